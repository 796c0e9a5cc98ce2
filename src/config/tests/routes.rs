//! Routes, of all locales and of single ones.

use super::*;

fn route(config: &Config, locale: &str) -> Vec<String> {
    config.engines.route_of(&locale.parse().expect("a locale")).iter().map(ToString::to_string).collect()
}

#[test]
fn a_locale_has_its_own_route_from_the_file_or_the_environment() {
    let (_directory, path) = file(
        "[engines]\nroute = [\"pseudo\"]\n[engines.routes]\nes = [\"deepl\", \"neural>pt>apertium\"]\n\
         pt_br = [\"amazon\"]\nzh-Hant = [\"google\"]\n",
    );
    let environment = [
        ("POLYPOST_ENGINES__ROUTES__PT_BR", "azure, deepl>ES>apertium"),
        ("POLYPOST_ENGINES__ROUTES__CA", "deepl>es>apertium"),
    ];
    let config = Config::load(Some(&path), variables(&environment)).expect("good");
    assert_eq!(route(&config, "es-MX"), ["deepl", "neural>pt>apertium"]);
    assert_eq!(route(&config, "pt-BR"), ["azure", "deepl>es>apertium"]);
    assert_eq!(route(&config, "ca"), ["deepl>es>apertium"]);
    assert_eq!(route(&config, "zh-TW"), ["google"]);
    assert_eq!(route(&config, "zh"), ["pseudo"]);
    let shown = in_force(Some(&path), variables(&environment)).expect("good");
    let section = &shown[shown.find("[engines.routes]").expect("the section")..];
    let lines: Vec<&str> = section.lines().take(5).collect();
    assert!(lines[1].starts_with("ca = [\"deepl>es>apertium\"]  # environment variable"), "{section}");
    assert!(
        lines[2].starts_with("es = [\"deepl\", \"neural>pt>apertium\"]  # ") && lines[2].ends_with(":4"),
        "{section}"
    );
    assert!(lines[3].starts_with("pt-BR = [\"azure\", \"deepl>ES>apertium\"]"), "{section}");
    toml::from_str::<toml::Table>(&shown).expect("what is shown is TOML");
}

#[test]
fn without_any_all_locales_have_the_one_route() {
    let config = load_file("[engines.routes]\n").expect("good");
    assert_eq!(route(&config, "es"), ["neural", "apertium"]);
    assert!(!in_force(None, std::iter::empty()).expect("good").contains("[engines.routes]"));
}

#[test]
fn every_problem_with_a_route_is_told_with_its_place() {
    let text = r#"
[engines]
route = ["neural>pt", "neural>pt>parrot", "neural>x!>apertium", "deepl"]

[engines.routes]
es = ["neural", "nueral", "neural"]
it = []
"español" = ["deepl"]
ca = "deepl"
fr = ["deepl>es>apertium", "deepl>ES>apertium", 3]
pt-BR = ["deepl"]
pt_BR = ["deepl"]
de = ["deepl>es>apertium>pt>neural"]
"#;
    let error = load_file(text).expect_err("bad");
    let expected = [
        "engines.route[0]",
        "engines.route[1]",
        "engines.route[2]",
        "engines.routes.ca",
        "engines.routes.de[0]",
        "engines.routes.es[1]",
        "engines.routes.es[2]",
        "engines.routes.español",
        "engines.routes.fr[1]",
        "engines.routes.fr[2]",
        "engines.routes.it",
        "engines.routes.pt-BR",
    ];
    assert_eq!(keys(&error), expected.into_iter().collect::<BTreeSet<_>>(), "{error}");
    let text = error.to_string();
    for part in [
        "polypost.toml:3: `engines.route[0]` is `neural>pt`: two engines in a row are written `FIRST>LOCALE>SECOND`",
        "unknown engine `parrot` (known: ",
        "`x!` is not a locale",
        "polypost.toml:6: `engines.routes.es[1]` is `nueral`: unknown engine `nueral`; did you mean `neural`?",
        "`engines.routes.es[2]` is `neural`: `neural` stands in the route already",
        "polypost.toml:7: `engines.routes.it` is `[]`: at least one engine is wanted",
        "`español` is not a locale",
        "polypost.toml:9: `engines.routes.ca` is `deepl`: expected a list of texts",
        "polypost.toml:12: `engines.routes.pt-BR`: the locale stands there already, in another spelling",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn a_route_of_no_locale_is_refused_in_the_environment_too() {
    for (variable, value, part) in [
        ("POLYPOST_ENGINES__ROUTES", "deepl", "`engines.routes` is `deepl`: expected a section, found a text"),
        ("POLYPOST_ENGINES__ROUTES__ES", "parrot", "`engines.routes.es[0]` is `parrot`: unknown engine"),
        ("POLYPOST_ENGINES__ROUTES__ES", "", "`engines.routes.es` is `[]`: at least one engine"),
        ("POLYPOST_ENGINES__ROUTES__SPAIN_ES", "deepl", "is not a locale"),
        ("POLYPOST_ENGINES__ROUTES__ES__MX", "deepl", "is not a locale"),
    ] {
        let error = Config::load(None, variables(&[(variable, value)])).expect_err(variable).to_string();
        assert!(error.contains(&format!("environment variable `{variable}`")) && error.contains(part), "{error}");
    }
}
