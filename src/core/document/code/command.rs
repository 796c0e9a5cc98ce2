//! Finds in running text what somebody typed into a shell: `kubectl rollout undo deployment/api -n prod`. A program's
//! name alone is none, nor are words behind it that sentences have.

use std::ops::Range;

/// Programs that are called with one of these words. Those whose names are English words are not here.
const PROGRAMS: &[(&str, &[&str])] = &[
    ("ansible", &[]),
    ("ansible-playbook", &[]),
    ("apk", &["add", "del", "update", "upgrade"]),
    ("apt", &["autoremove", "install", "purge", "remove", "update", "upgrade"]),
    ("apt-get", &["autoremove", "install", "purge", "remove", "update", "upgrade"]),
    ("awk", &[]),
    ("aws", &["cloudformation", "ec2", "ecs", "eks", "elbv2", "iam", "lambda", "rds", "route53", "s3", "s3api", "sts"]),
    ("az", &["account", "aks", "group", "login", "network", "storage", "vm", "webapp"]),
    ("brew", &["install", "uninstall", "update", "upgrade"]),
    ("cargo", &["add", "build", "install", "publish", "run", "test", "update"]),
    ("chmod", &[]),
    ("chown", &[]),
    ("crictl", &[]),
    ("ctr", &[]),
    ("curl", &[]),
    ("dig", &[]),
    ("dnf", &["install", "remove", "update", "upgrade"]),
    (
        "docker",
        &[
            "build", "compose", "exec", "images", "inspect", "kill", "login", "logs", "ps", "pull", "push", "restart",
            "rm", "rmi", "run", "start", "stop", "system", "tag", "volume",
        ],
    ),
    ("docker-compose", &["build", "down", "logs", "pull", "restart", "start", "stop", "up"]),
    ("etcdctl", &["get", "put", "del", "endpoint", "member", "snapshot"]),
    ("gcloud", &["app", "auth", "compute", "config", "container", "projects", "run", "sql"]),
    ("gh", &[]),
    (
        "git",
        &[
            "add",
            "checkout",
            "cherry-pick",
            "clone",
            "commit",
            "fetch",
            "log",
            "merge",
            "pull",
            "push",
            "rebase",
            "reset",
            "revert",
            "status",
            "switch",
            "tag",
        ],
    ),
    ("grep", &[]),
    ("gunzip", &[]),
    ("helm", &["install", "list", "repo", "rollback", "template", "uninstall", "upgrade"]),
    ("ifconfig", &[]),
    ("iptables", &[]),
    ("istioctl", &[]),
    ("journalctl", &[]),
    ("jq", &[]),
    ("k9s", &[]),
    (
        "kubectl",
        &[
            "apply",
            "config",
            "cordon",
            "create",
            "delete",
            "describe",
            "drain",
            "edit",
            "exec",
            "get",
            "label",
            "logs",
            "patch",
            "port-forward",
            "replace",
            "rollout",
            "scale",
            "set",
            "top",
            "uncordon",
        ],
    ),
    ("kubectx", &[]),
    ("kustomize", &[]),
    ("ls", &[]),
    ("mkdir", &[]),
    ("mongosh", &[]),
    ("mysql", &[]),
    ("mysqldump", &[]),
    ("nc", &[]),
    ("netstat", &[]),
    ("nmap", &[]),
    ("nomad", &["job", "node", "run", "status", "stop"]),
    ("npm", &["ci", "install", "publish", "run", "start", "test", "uninstall", "update"]),
    ("npx", &[]),
    ("nslookup", &[]),
    ("openssl", &[]),
    ("pg_dump", &[]),
    ("pg_restore", &[]),
    ("pip", &["freeze", "install", "uninstall"]),
    ("pip3", &["freeze", "install", "uninstall"]),
    ("pnpm", &[]),
    (
        "podman",
        &[
            "build", "compose", "exec", "images", "inspect", "kill", "login", "logs", "ps", "pull", "push", "restart",
            "rm", "rmi", "run", "start", "stop", "system", "tag", "volume",
        ],
    ),
    ("psql", &[]),
    ("pulumi", &[]),
    ("python", &[]),
    ("python3", &[]),
    ("rabbitmqctl", &[]),
    ("redis-cli", &["config", "flushall", "flushdb", "info", "keys", "monitor", "ping"]),
    ("rm", &[]),
    ("rsync", &[]),
    ("scp", &[]),
    ("sed", &[]),
    ("ssh", &[]),
    ("sudo", &[]),
    (
        "systemctl",
        &["daemon-reload", "disable", "enable", "mask", "reload", "restart", "start", "status", "stop", "unmask"],
    ),
    ("tar", &[]),
    ("tcpdump", &[]),
    ("terraform", &["apply", "destroy", "import", "init", "plan", "state", "taint", "validate"]),
    ("traceroute", &[]),
    ("vi", &[]),
    ("vim", &[]),
    ("wget", &[]),
    ("xargs", &[]),
    ("yarn", &["add", "build", "install", "run", "start", "test"]),
    ("yum", &["install", "remove", "update", "upgrade"]),
];

/// Words with which the sentence round a command goes on.
const PROSE: &[&str] = &[
    "a",
    "after",
    "again",
    "also",
    "an",
    "and",
    "are",
    "as",
    "at",
    "because",
    "before",
    "breaks",
    "broke",
    "broken",
    "but",
    "by",
    "call",
    "calls",
    "can",
    "cannot",
    "command",
    "commands",
    "could",
    "crashed",
    "did",
    "do",
    "does",
    "error",
    "errors",
    "fail",
    "failed",
    "failing",
    "fails",
    "failures",
    "finished",
    "for",
    "from",
    "had",
    "hangs",
    "has",
    "helps",
    "if",
    "in",
    "instead",
    "into",
    "is",
    "it",
    "job",
    "jobs",
    "limits",
    "may",
    "must",
    "not",
    "now",
    "of",
    "on",
    "operations",
    "or",
    "output",
    "request",
    "requests",
    "returned",
    "returns",
    "should",
    "shows",
    "since",
    "so",
    "step",
    "steps",
    "still",
    "stopped",
    "succeeded",
    "succeeds",
    "takes",
    "than",
    "that",
    "the",
    "then",
    "this",
    "through",
    "timed",
    "times",
    "to",
    "took",
    "until",
    "was",
    "we",
    "were",
    "when",
    "which",
    "while",
    "will",
    "with",
    "without",
    "works",
    "would",
    "you",
];

/// Words behind a command that are part of it though nothing shows that they are arguments.
const ARGUMENTS: usize = 2;

/// The commands in a text, ascending.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let words: Vec<Range<usize>> = words(text);
    let word = |at: usize| words.get(at).and_then(|range| text.get(range.clone())).unwrap_or_default();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let is_prompt = at == 0 && word(0) == "$" && words.len() > 1;
        let first = if is_prompt { 1 } else { at };
        match end(&word, first, words.len(), is_prompt) {
            Some(end) if end > first => {
                let range = words.get(at).map_or(0, |range| range.start)..words.get(end - 1).map_or(0, |last| last.end);
                found.push(range.start..range.start + without_marks(text.get(range.clone()).unwrap_or_default()).len());
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// The index of the word behind a command that begins with this one; `None` where none begins.
fn end<'a>(word: &impl Fn(usize) -> &'a str, first: usize, count: usize, is_prompt: bool) -> Option<usize> {
    if is_prompt {
        return Some(count);
    }
    let mut at = first;
    if word(at) == "sudo" {
        let next = without_marks(word(at + 1));
        if PROGRAMS.binary_search_by(|(name, _)| (*name).cmp(next)).is_ok() {
            at += 1;
        } else if is_name(next) {
            // Whatever it calls, it calls something.
            return Some(at + 2);
        }
    }
    let index = PROGRAMS.binary_search_by(|(name, _)| (*name).cmp(word(at))).ok()?;
    let subcommands = PROGRAMS.get(index).map_or(&[][..], |(_, subcommands)| subcommands);
    at += 1;
    let next = without_marks(word(at));
    if subcommands.is_empty() {
        // Only what can be nothing but an argument makes a call of the name.
        if !is_argument(next) || next.is_empty() {
            return None;
        }
    } else if !subcommands.contains(&next) {
        return None;
    } else {
        at += 1;
        if ends(word(at - 1)) {
            return Some(at);
        }
    }
    let mut plain = 0;
    while at < count {
        let whole = word(at);
        let bare = without_marks(whole);
        if is_chain(word(at - 1)) && PROGRAMS.binary_search_by(|(name, _)| (*name).cmp(bare)).is_ok() {
            // The next command of a line: `… && journalctl -u nginx`.
            plain = 0;
        } else if !is_argument(bare) {
            if !is_name(bare) || plain == ARGUMENTS {
                break;
            }
            plain += 1;
        }
        at += 1;
        if ends(whole) {
            break;
        }
    }
    Some(at)
}

/// What may be the name of a thing that a command is about: no word with which the sentence goes on, nor one in the
/// past.
fn is_name(word: &str) -> bool {
    let is_past = word.len() > 4 && word.ends_with("ed");
    word.starts_with(|letter: char| letter.is_ascii_lowercase())
        && word.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-.@".contains(letter))
        && !is_past
        && PROSE.binary_search(&word).is_err()
}

/// What has a shape that words of prose have not: options, paths, assignments, pipes.
fn is_argument(word: &str) -> bool {
    matches!(word, "|" | "&&" | "||" | ">" | ">>" | "<" | "2>&1" | "." | "--")
        || word.starts_with(['-', '/', '~', '$', '\'', '"', '*'])
        || word.contains("://")
        || word.chars().zip(word.chars().skip(1)).any(|(one, two)| {
            (matches!(one, '/' | '=' | ':' | '@' | '_') && two.is_alphanumeric())
                || (one.is_ascii_digit() && !two.is_whitespace())
        })
}

/// What stands between two commands of one line.
fn is_chain(word: &str) -> bool {
    matches!(word, "|" | "&&" | "||")
}

/// Whether a word's marks end the command: `nginx,` `nginx.`
fn ends(word: &str) -> bool {
    without_marks(word).len() < word.len()
}

fn without_marks(word: &str) -> &str {
    if word == "." { word } else { word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '”']) }
}

fn words(text: &str) -> Vec<Range<usize>> {
    let base = text.as_ptr().addr();
    text.split_whitespace()
        .map(|word| {
            let start = word.as_ptr().addr() - base;
            start..start + word.len()
        })
        .collect()
}
