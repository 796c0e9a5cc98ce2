//! Single lines of dialects: what one begins, ends or says. Nothing here remembers the line before.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// The kinds of alerts that have a label of their own, as GitHub has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

impl Alert {
    pub const ALL: [Self; 5] = [Self::Note, Self::Tip, Self::Important, Self::Warning, Self::Caution];

    /// Its name in the bundles and in directives.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }

    /// What a directive's name stands for in Docusaurus, `MyST`, `MkDocs`, `VitePress` and Obsidian.
    fn of(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "note" | "info" | "information" | "seealso" | "abstract" | "summary" | "tldr" | "question" | "faq"
            | "example" | "todo" => Self::Note,
            "tip" | "hint" | "success" | "check" | "done" => Self::Tip,
            "important" => Self::Important,
            "warning" | "attention" | "warn" => Self::Warning,
            "caution" | "danger" | "error" | "failure" | "fail" | "bug" | "critical" | "missing" => Self::Caution,
            _ => return None,
        })
    }
}

/// Names of directives that hold text and are no alerts.
fn holds_text(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "admonition" | "details" | "dropdown" | "quote" | "cite" | "card" | "margin" | "sidebar" | "topic" | "tab-item"
    )
}

/// What closes a block: so many signs or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    pub(super) sign: char,
    pub(super) length: usize,
    pub(super) is_shown: bool,
}

impl Fence {
    fn of(content: &str, sign: char) -> Option<Self> {
        let length = content.chars().take_while(|other| *other == sign).count();
        (length >= 3).then_some(Self { sign, length, is_shown: false })
    }

    /// The fence of a code block (CommonMark 4.5).
    pub(super) fn of_code(content: &str) -> Option<Self> {
        let content = content.trim_start_matches(['-', '*', '+', ' ']);
        let fence = Self::of(content, '`').or_else(|| Self::of(content, '~'))?;
        let info = content.get(fence.length..).unwrap_or_default();
        (fence.sign == '~' || !info.contains('`')).then_some(fence)
    }

    pub(super) fn is_closed_by(self, content: &str) -> bool {
        Self::of(content, self.sign).is_some_and(|other| other.length >= self.length && content.len() == other.length)
    }
}

/// The first line of a directive. Ranges are bytes of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) alert: Option<Alert>,
    pub(super) title: Option<Range<usize>>,
    /// What closes it; `None` where the quote or the indentation ends it.
    pub(super) fence: Option<Fence>,
    /// Whether readers see that there is something.
    pub(super) is_shown: bool,
    pub(super) takes_options: bool,
    pub(super) is_indented: bool,
}

/// A line that begins a directive, an admonition or an alert.
pub(super) fn directive(content: &str, next: &str, in_quote: bool) -> Option<Head> {
    colons(content, next)
        .or_else(|| fenced(content))
        .or_else(|| alert(content).filter(|_| in_quote))
        .or_else(|| mkdocs(content, next))
}

/// `:::caution Title`, `:::note[Title]`, `:::{admonition} Title`, `::: {.callout-note}`; other directives as a whole.
fn colons(content: &str, next: &str) -> Option<Head> {
    static COLONS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"\A:{3,}[ \t]*(?:\{([A-Za-z][\w:-]*)\}|([A-Za-z][\w-]*))?(?:\[([^\]]*)\])?(\{[^{}]*\})?[ \t]*(.*)\z",
        )
        .ok()
    });
    let fence = Fence::of(content, ':')?;
    let found = COLONS.as_ref()?.captures(content)?;
    let name = found.get(1).or(found.get(2)).map_or("", |name| name.as_str());
    let rest = found.get(5).filter(|rest| !rest.is_empty());
    let attributes = found.get(4).map_or("", |attributes| attributes.as_str());
    if name.is_empty() && attributes.is_empty() {
        return None;
    }
    let is_text = Alert::of(name).is_some() || holds_text(name);
    // A line that ends as it began is whole: `:::image source="x":::`.
    let is_whole = content.ends_with(":::");
    let is_setting = rest.is_some_and(|rest| rest.as_str().contains('=')) && !is_text;
    let class = attributes.trim_matches(['{', '}']).trim_start_matches('.').trim_start_matches("callout-");
    let class = class.split([' ', '}', '.', '"']).next().unwrap_or_default();
    let in_option = next.trim().strip_prefix(":class:").and_then(|class| class.split_whitespace().find_map(Alert::of));
    let title = found.get(3).or(rest).filter(|_| !is_setting && !is_whole).map(|title| title.range());
    Some(Head {
        alert: Alert::of(name).or(in_option.filter(|_| is_text)).or(Alert::of(class).filter(|_| name.is_empty())),
        title,
        fence: (!is_whole).then_some(fence),
        is_shown: !is_whole && (is_text || name.is_empty()),
        takes_options: found.get(1).is_some(),
        is_indented: false,
    })
}

/// Directives of `MyST` in a code block's fence, of those that hold text.
fn fenced(content: &str) -> Option<Head> {
    static FENCED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\A(?:`{3,}|~{3,})\{([A-Za-z][\w:-]*)\}[ \t]*(.*)\z").ok());
    let found = FENCED.as_ref()?.captures(content)?;
    let name = found.get(1)?.as_str();
    if Alert::of(name).is_none() && !holds_text(name) {
        return None;
    }
    Some(Head {
        alert: Alert::of(name),
        title: found.get(2).map(|title| title.range()),
        fence: Fence::of(content, '`').or_else(|| Fence::of(content, '~')),
        is_shown: true,
        takes_options: true,
        is_indented: false,
    })
}

/// `[!WARNING]` in a quote, with Obsidian's titles and folds.
fn alert(content: &str) -> Option<Head> {
    static ALERT: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\A\[!([A-Za-z][A-Za-z-]*)\][+-]?(?:[ \t]+(.*))?\z").ok());
    let found = ALERT.as_ref()?.captures(content)?;
    let name = found.get(1)?.as_str();
    Some(Head {
        alert: Alert::of(name),
        title: found.get(2).map(|title| title.range()),
        fence: None,
        is_shown: Alert::of(name).is_some(),
        takes_options: false,
        is_indented: false,
    })
}

/// `!!! warning "Title"`, `??? note`, `=== "Tab"`, with a body that is set in by four.
pub(super) fn mkdocs(content: &str, next: &str) -> Option<Head> {
    static MKDOCS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r#"\A(?:(?:!!!|\?\?\?\+?)[ \t]+([A-Za-z][\w-]*)(?:[ \t]+[\w-]+)*(?:[ \t]+"(.*)")?|(?:===[+!]?|\?\?\?\+?)[ \t]+"(.+)")\z"#,
        )
        .ok()
    });
    if !content.starts_with(['!', '?', '=']) {
        return None;
    }
    let found: Captures<'_> = MKDOCS.as_ref()?.captures(content)?;
    let name = found.get(1).map_or("", |name| name.as_str());
    let title = found.get(2).or(found.get(3));
    let has_body = next.starts_with("    ") || next.starts_with('\t') || next.trim().is_empty();
    // Three exclamation marks may be prose.
    let is_certain = title.is_some() || (Alert::of(name).is_some() && has_body && !content.trim_end().contains("  "));
    let is_prose = title.is_none() && content.split_whitespace().count() > 3;
    (is_certain && !is_prose).then(|| Head {
        alert: Alert::of(name),
        title: title.map(|title| title.range()),
        fence: None,
        is_shown: true,
        takes_options: false,
        is_indented: true,
    })
}

/// A line `:key: value` right behind a directive's first.
pub(super) fn is_option(content: &str) -> bool {
    content.strip_prefix(':').and_then(|rest| rest.split_once(':')).is_some_and(|(key, value)| {
        !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            && (value.is_empty() || value.starts_with(' '))
    })
}

/// The id of a heading, `## Next steps {#next-steps}`, or of what comes behind it, `(next-steps)=`.
pub(super) fn id(content: &str, next: &str) -> Option<(Range<usize>, String)> {
    static ID: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let others = r"(?:[.][\w:-]+[ \t]+)*";
        Regex::new(&format!(
            r"[ \t]+\{{:?[ \t]*(?:/\*[ \t]*)?{others}#([A-Za-z][\w.:-]*)(?:[ \t]+[^{{}}]*|[ \t]*\*/)?\}}[ \t]*#*\z"
        ))
        .ok()
    });
    static TARGET: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\A\(([A-Za-z][\w.:-]*)\)=\z").ok());
    let underline = next.trim();
    let is_heading = content.starts_with('#')
        || (!underline.is_empty() && underline.bytes().all(|byte| byte == b'=' || byte == b'-'));
    let found = if content.ends_with(['}', '#']) && is_heading {
        ID.as_ref()?.captures(content)
    } else if content.starts_with('(') {
        TARGET.as_ref()?.captures(content)
    } else {
        None
    }?;
    Some((found.get(0)?.range(), found.get(1)?.as_str().to_owned()))
}

/// Whether a line is no text: where a table of contents goes (`[TOC]`, `[[_TOC_]]`), or what kramdown and
/// Python-Markdown say of the block beside it (`{: .note}`).
pub(super) fn is_setting(content: &str) -> bool {
    static SETTING: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\A(?:\[TOC\]|\[\[_?(?:TOC|toc)_?\]\]|\{:[^{}]*\}|\{::[^{}]*/\}|@\[toc\]|\$\{toc\})\z").ok()
    });
    content.starts_with(['[', '{', '@', '$']) && SETTING.as_ref().is_some_and(|pattern| pattern.is_match(content))
}

/// The id in such a line: `{: #causes .note}`
pub(super) fn setting_id(content: &str) -> Option<String> {
    static ID: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\A\{:(?:[^{}]*\s)?#([A-Za-z][\w.:-]*)").ok());
    ID.as_ref()?.captures(content).and_then(|found| found.get(1)).map(|id| id.as_str().to_owned())
}

/// What attribute lists within lines say of what they stand behind: `[a](b){: target="_blank"}`, `## More { .wide }`.
/// Without a colon, braces behind other words are the text's own: `{i=1}`, `{code="500"}`.
pub(super) fn attribute_lists(content: &str) -> Vec<Range<usize>> {
    static LIST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let class = r"[.#][A-Za-z][\w:-]*";
        let entry = format!(r#"(?:{class}|[A-Za-z][\w:-]*=(?:"[^"{{}}]*"|'[^'{{}}]*'|[^\s"'{{}}]+))"#);
        let certain = format!(r"\{{(?::[ \t]*{entry}|[ \t]*{class})(?:[ \t]+{entry})*[ \t]*\}}");
        let any = format!(r"\{{:?[ \t]*{entry}(?:[ \t]+{entry})*[ \t]*\}}");
        Regex::new(&format!(
            r"\][(][^()\s]*(?:[ ]\x22[^\x22]*\x22)?[)]({any})|[\])*`]({certain})|[ \t](\{{:[^{{}}]*\}})[ \t]*\z|\A#.*[ \t]({any})[ \t]*#*\z"
        ))
        .ok()
    });
    if !content.contains('{') {
        return Vec::new();
    }
    let found = LIST.iter().flat_map(|pattern| pattern.captures_iter(content));
    let lists = found.filter_map(|found| (1..5).find_map(|group| found.get(group)).map(|list| list.range()));
    lists
        .filter(|list| {
            let before = content.get(..list.start).unwrap_or_default();
            before.matches('`').count() % 2 == 0
        })
        .collect()
}

/// Whether a line is a statement of an MDX module, and whether it is the whole of it.
pub(super) fn module(content: &str) -> Option<bool> {
    static MODULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r#"\A(?:import[ \t]+(?:[\w*{},$ \t]+[ \t]from[ \t]+)?["'][^"']+["'];?\z"#,
            r"|import[ \t]+(?:\w+,[ \t]*)?\{[\w,$ \t]*\z",
            r"|export[ \t]+(?:const|let|var)[ \t]+[\w$]+[ \t]*=",
            r"|export[ \t]+(?:default[ \t]+)?(?:async[ \t]+)?(?:function|class)[ \t*]+[\w$]*[ \t]*[({]",
            r"|export[ \t]+default[ \t]+(?:[({]|[A-Z]\w*;?\z)",
            r"|export[ \t]*(?:\{|\*[ \t]+from))"
        ))
        .ok()
    });
    if !content.starts_with("import") && !content.starts_with("export") {
        return None;
    }
    MODULE.as_ref()?.is_match(content).then(|| {
        let count = |signs: [char; 3]| content.matches(signs).count();
        count(['(', '[', '{']) == count([')', ']', '}'])
    })
}

/// Where bars stand in the addresses of links, which do not end a table's cell: no author of a link means that.
pub(super) fn bars(line: &str) -> Vec<usize> {
    static BAR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\]\([^\s()<>`|]*\|[^\s()<>`]*\)").ok());
    if !line.contains("](") || !line.contains('|') {
        return Vec::new();
    }
    let mut bars = Vec::new();
    for link in BAR.iter().flat_map(|pattern| pattern.find_iter(line)) {
        let is_escaped = |bar: usize| link.as_str().get(..bar).is_some_and(|before| before.ends_with('\\'));
        let within = link.as_str().match_indices('|').map(|(bar, _)| bar);
        bars.extend(within.filter(|bar| !is_escaped(*bar)).map(|bar| link.start() + bar));
    }
    bars
}
