//! Commands that stand in a sentence without a mark round them: `run kubectl rollout undo deployment/api`. A command
//! begins with the name of a program that is no English word, and ends where the sentence goes on.

use super::token::{Kind, Tokens};

/// Most tokens of a command.
const LONGEST: usize = 80;

/// Programs whose names are no words, and are followed by an argument.
const PROGRAMS: &str = "\
    ansible apt-get awk brew cargo chmod chown crictl ctr curl dig docker docker-compose gcloud gh git grep gunzip helm \
    ifconfig iptables istioctl jq journalctl k9s kubectl kubectx kustomize ls mkdir mongosh mysql mysqldump nc netstat \
    nmap npm npx nslookup openssl pg_dump pg_restore pip pip3 pnpm podman psql pulumi python python3 rabbitmqctl redis-cli \
    rm rsync scp sed ssh sudo systemctl tar tcpdump terraform traceroute vi vim wget xargs yarn";

/// Words with which the sentence goes on.
const BEHIND: &str = "\
    a after again against and as at because before but by can could did does failed fails fixed for from had has have \
    hung if in instead into is it manually may might now of on once or our over returned returns shall should showed shows \
    so still succeeded that the then they this times to twice until using via was we were when where which while will with \
    without worked works would yesterday you";

/// The position behind the command that begins at `at`, which is a word's beginning: the program and at least one argument.
pub(super) fn command(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let mut end = program(tokens, at)?;
    // "sudo systemctl"
    let first = end;
    while let Some(next) = tokens.behind_space(end).filter(|next| *next < at + LONGEST) {
        let Some(behind) = argument(tokens, next) else { break };
        end = behind;
        // A comma, full stop or bracket behind an argument is the sentence's.
        if tokens.kind(end) != Some(Kind::Space) {
            break;
        }
    }
    (end > first).then_some(end)
}

fn program(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let mut end = at + 1;
    while end < at + 4 && tokens.is_mark(end, '-') && tokens.letters(end + 1).is_some() {
        end += 2;
    }
    end += usize::from(tokens.kind(end) == Some(Kind::Digits));
    let name = tokens.slice(at, end);
    PROGRAMS.split(' ').any(|program| program == name).then_some(end)
}

/// The position behind what may be an argument: no word of the sentence, no mark that ends it.
fn argument(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let mut end = at;
    while end < at + LONGEST && tokens.kind(end).is_some_and(|kind| kind != Kind::Space) {
        end += 1;
    }
    while end > at
        && matches!(tokens.mark(end - 1), Some('.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '"' | '”' | '’'))
    {
        end -= 1;
    }
    let text = tokens.slice(at, end);
    // "sudo reboot helped"
    let past = text.len() > 4 && text.ends_with("ed") && text.bytes().all(|byte| byte.is_ascii_lowercase());
    let goes_on = past || BEHIND.split(' ').any(|word| word == text);
    // A word that begins upper case is a name of the sentence, or begins another.
    let is_argument =
        text.starts_with(|first: char| first.is_ascii_lowercase() || "-/.~$<{'@*|>&0123456789".contains(first));
    (end > at && !goes_on && (is_argument || text.contains(['/', '=', '-', '_']))).then_some(end)
}
