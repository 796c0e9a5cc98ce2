//! `polypost token`: makes, lists and revokes the bearer tokens of the store. A token is printed once, when it is made;
//! afterwards there is only its hash.

use std::process::ExitCode;

use clap::Subcommand;
use comfy_table::Cell;
use jiff::civil::Date;
use jiff::{Timestamp, tz};
use serde_json::json;

use super::Context;
use super::access;
use super::failure::{Advised, WrongCall};
use super::terminal::{lines, table};
use polypost_store::{Scope, Token, token_hash};

const LONGEST_NAME: usize = 64;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a token and print it; it cannot be shown again
    New(New),
    /// List the tokens, without the tokens themselves
    List {
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// End a token; servers refuse it within a second
    Revoke {
        /// As `polypost token list` shows it
        #[arg(value_name = "NAME")]
        name: String,
    },
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: polypost token new --name publisher --expires 2027-12-31")]
struct New {
    /// What it is called in `polypost token list`: lower-case letters, digits, `.`, `_`, `-`
    #[arg(long, value_parser = name)]
    name: String,
    /// `publish`: publish, withdraw, re-translate; `operate`: metrics and reasons of failures as well
    #[arg(long, default_value = "publish")]
    scope: Scope,
    /// When it ends, a date or a time (2027-12-31, 2027-12-31T12:00:00Z); never, if not given
    #[arg(long, value_name = "TIME", value_parser = time)]
    expires: Option<Timestamp>,
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    match args.what {
        What::New(new) => make(new, &context).await,
        What::List { json } => list(json, &context).await,
        What::Revoke { name } => revoke(&name, &context).await,
    }
}

async fn make(new: New, context: &Context) -> anyhow::Result<ExitCode> {
    let store = context.store().await?;
    let now = context.now();
    if let Some(expires_at) = new.expires.filter(|expires_at| *expires_at <= now) {
        return Err(WrongCall::new(format!("`--expires {expires_at}` is in the past")).into());
    }
    let token = access::new_token()?;
    let row = Token {
        name: new.name,
        hash: token_hash(&token),
        scope: new.scope,
        created_at: now,
        expires_at: new.expires,
        revoked_at: None,
    };
    if !store.add_token(&row).await? {
        let message = format!("there is a token `{}` already", row.name);
        return Err(Advised::new(message, "choose another name; `polypost token list` shows them").into());
    }
    context.terminal.data(&token)?;
    context.terminal.note(format_args!("token `{}` created; it is not shown again", row.name));
    if !context.config.publish.token_hashes.is_empty() {
        context.terminal.note("those of `publish.token_hashes` are accepted as well");
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(json: bool, context: &Context) -> anyhow::Result<ExitCode> {
    let store = context.store_to_read().await?;
    let (tokens, now) = (store.tokens().await?, context.now());
    if json {
        let tokens: Vec<_> = tokens
            .iter()
            .map(|token| {
                json!({
                    "name": token.name, "scope": token.scope, "valid": token.is_valid(now),
                    "created_at": token.created_at, "expires_at": token.expires_at, "revoked_at": token.revoked_at,
                })
            })
            .collect();
        context.terminal.json(&json!({ "tokens": tokens }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = table(&["name", "scope", "created", "expires", "state"]);
    for token in &tokens {
        let state = match (token.revoked_at, token.is_valid(now)) {
            (Some(at), _) => format!("revoked {at:.0}"),
            (None, true) => "valid".to_owned(),
            (None, false) => "expired".to_owned(),
        };
        let expires = token.expires_at.map_or_else(|| "never".to_owned(), |at| format!("{at:.0}"));
        let cells = [token.name.clone(), token.scope.as_str().to_owned(), format!("{:.0}", token.created_at)];
        table.add_row(cells.into_iter().chain([expires, state]).map(Cell::new));
    }
    context.terminal.data(lines(&table))?;
    Ok(ExitCode::SUCCESS)
}

async fn revoke(name: &str, context: &Context) -> anyhow::Result<ExitCode> {
    let store = context.existing_store().await?;
    if !store.revoke_token(name, context.now()).await? {
        let message = format!("there is no token `{name}` that could be revoked");
        return Err(Advised::new(message, "`polypost token list` shows what there is").into());
    }
    context.terminal.note(format_args!("token `{name}` is revoked"));
    Ok(ExitCode::SUCCESS)
}

fn name(text: &str) -> Result<String, String> {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte);
    let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
    if begins && text.len() <= LONGEST_NAME && text.bytes().all(is_allowed) {
        return Ok(text.to_owned());
    }
    Err(format!("use 1 to {LONGEST_NAME} lower-case letters, digits, `.`, `_` and `-`, a letter or digit first"))
}

/// A time of RFC 3339, or the first moment of a day of UTC.
fn time(text: &str) -> Result<Timestamp, String> {
    let day = |date: Date| date.to_zoned(tz::TimeZone::UTC).map(|start| start.timestamp());
    text.parse()
        .or_else(|_| text.parse().and_then(day))
        .map_err(|_| "use a date or a time of RFC 3339, such as `2027-12-31` or `2027-12-31T12:00:00Z`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_word_and_an_end_a_day_or_a_moment() {
        assert!(name("ci-2.publisher").is_ok());
        for wrong in ["", "-x", "Upper", "a b", "é", &"x".repeat(65)] {
            assert!(name(wrong).is_err(), "{wrong}");
        }
        let (day, moment) = (time("2027-12-31").expect("a day"), time("2027-12-31T00:00:00Z").expect("a moment"));
        assert_eq!(day, moment);
        assert!(time("tomorrow").is_err() && time("").is_err());
    }
}
