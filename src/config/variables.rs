//! Names of environment variables. Whatever begins with `POLYPOST_` is meant for this program, so that a slip is told
//! as a slip in the file is; but an orchestrator that runs a service of this name sets variables of its own.

use polypost_core::nearest::nearest;

/// What every variable of ours begins with.
const PREFIX: &str = "POLYPOST_";

/// Names the configuration file; the command line reads it.
const CONFIG: &str = "POLYPOST_CONFIG";

/// The key that a variable is to set: `POLYPOST_STORE__URL` is `store.url`; one that separates by a single underscore
/// has a key that nobody knows. `None` where it is not for the configuration.
pub(super) fn key_of(variable: &str, value: &str) -> Option<String> {
    let name = variable.strip_prefix(PREFIX).filter(|_| variable != CONFIG)?;
    (!is_an_orchestrators(name, value)).then(|| name.to_lowercase().replace("__", "."))
}

/// What is perhaps meant by a variable that is none, and how variables are written.
pub(super) fn advice<'list>(key: &str, known: impl Iterator<Item = &'list str> + Clone) -> String {
    let routes = written_flat("engines.routes.");
    let flat = written_flat(key);
    if let Some(locale) = flat.strip_prefix(&routes).filter(|locale| !locale.is_empty()) {
        return format!("unknown key; did you mean `{PREFIX}ENGINES__ROUTES__{}`?", locale.to_uppercase());
    }
    let flattened: Vec<(String, &str)> = known.map(|key| (written_flat(key), key)).collect();
    let whole = nearest(&flat, flattened.iter().map(|(flat, _)| flat.as_str()));
    match whole.or_else(|| only_one_ending_in(&flat, &flattened)) {
        Some(meant) => {
            let key = flattened.iter().find(|(flat, _)| flat == meant).map_or(meant, |(_, key)| key);
            format!("unknown key; did you mean `{}`?", variable_of(key))
        }
        None => format!(
            "unknown key; variables are `{PREFIX}SECTION__KEY`, with two underscores, and `polypost config default` \
             lists the keys"
        ),
    }
}

fn variable_of(key: &str) -> String {
    format!("{PREFIX}{}", key.to_uppercase().replace('.', "__"))
}

/// With one underscore wherever sections are separated.
fn written_flat(key: &str) -> String {
    key.replace('.', "_")
}

/// The section was left out: `POLYPOST_LISTEN`.
fn only_one_ending_in<'list>(name: &str, flattened: &'list [(String, &str)]) -> Option<&'list str> {
    let mut ending = flattened.iter().filter(|(_, key)| key.rsplit('.').next() == Some(name));
    let first = ending.next()?;
    ending.next().is_none().then_some(first.0.as_str())
}

/// Kubernetes sets `NAME_SERVICE_HOST`, `NAME_SERVICE_PORT`, `NAME_SERVICE_PORT_HTTP`, and, as links of Docker did,
/// `NAME_PORT` and `NAME_PORT_8080_TCP` with `_PROTO`, `_PORT` and `_ADDR`, for every service whose name begins as ours
/// (<https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables>).
fn is_an_orchestrators(name: &str, value: &str) -> bool {
    let name = format!("_{name}");
    if name.contains("__") {
        return false;
    }
    let is_protocol = |word: &str| ["TCP", "UDP", "SCTP"].contains(&word);
    let is_address = || value.split_once("://").is_some_and(|(scheme, _)| is_protocol(&scheme.to_uppercase()));
    if name.ends_with("_SERVICE_HOST") || name.ends_with("_SERVICE_PORT") || name.contains("_SERVICE_PORT_") {
        return true;
    }
    if name.ends_with("_PORT") && is_address() {
        return true;
    }
    let Some((_, of_port)) = name.rsplit_once("_PORT_").filter(|(_, rest)| rest.contains('_')) else {
        // `…_PORT_8080_TCP_PORT` ends in one itself.
        return false;
    };
    let mut words = of_port.split('_');
    let is_number = words.next().is_some_and(|port| port.parse::<u16>().is_ok());
    let has_protocol = words.next().is_some_and(is_protocol);
    let rest = words.collect::<Vec<_>>();
    is_number && has_protocol && matches!(rest.as_slice(), [] | ["PROTO" | "PORT" | "ADDR"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_from_what_an_orchestrator_sets() {
        for (name, value) in [
            ("POLYPOST_SERVICE_HOST", "10.0.0.1"),
            ("POLYPOST_SERVICE_PORT", "80"),
            ("POLYPOST_SERVICE_PORT_HTTP", "80"),
            ("POLYPOST_PORT", "tcp://10.0.0.1:80"),
            ("POLYPOST_PORT_80_TCP", "tcp://10.0.0.1:80"),
            ("POLYPOST_PORT_80_TCP_PROTO", "tcp"),
            ("POLYPOST_PORT_80_TCP_PORT", "80"),
            ("POLYPOST_PORT_80_TCP_ADDR", "10.0.0.1"),
            ("POLYPOST_STORE_PORT_5432_TCP_ADDR", "10.0.0.1"),
            ("POLYPOST_STORE_SERVICE_HOST", "10.0.0.1"),
            ("POLYPOST_CONFIG", "x.toml"),
            ("POLYPOSTER_X", "1"),
            ("PATH", "/bin"),
        ] {
            assert_eq!(key_of(name, value), None, "{name}");
        }
        for (name, value, key) in [
            ("POLYPOST_PORT", "8080", "port"),
            ("POLYPOST_STORE__URL", "x", "store.url"),
            ("POLYPOST_STORE_URL", "x", "store_url"),
            ("POLYPOST_PORT_OF_CALL", "x", "port_of_call"),
            ("POLYPOST_ENGINES__ROUTES__PT_BR", "x", "engines.routes.pt_br"),
            ("POLYPOST_", "x", ""),
        ] {
            assert_eq!(key_of(name, value).as_deref(), Some(key), "{name}");
        }
    }

    #[test]
    fn what_is_meant_is_named_as_it_is_written() {
        let known = ["store.url", "server.listen", "engines.route", "engines.deepl.key", "engines.google.key"];
        for (key, meant) in [
            ("store_url", "`POLYPOST_STORE__URL`"),
            ("store_uri", "`POLYPOST_STORE__URL`"),
            ("listen", "`POLYPOST_SERVER__LISTEN`"),
            ("engines_deepl_key", "`POLYPOST_ENGINES__DEEPL__KEY`"),
            ("engines_routes_pt_br", "`POLYPOST_ENGINES__ROUTES__PT_BR`"),
            ("foo", "`POLYPOST_SECTION__KEY`"),
            ("key", "`POLYPOST_SECTION__KEY`"),
            ("", "`POLYPOST_SECTION__KEY`"),
        ] {
            let advice = advice(key, known.into_iter());
            assert!(advice.contains(meant), "{key}: {advice}");
        }
    }
}
