//! Markdown as HTML that is still to be sanitised: with the labels of alerts, with ids where the report's own links
//! point, with footnotes that link both ways.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};

use super::Official;
use crate::document::markdown::dialect::{self, Alert, Notice, NoticeKind, Shown};
use crate::document::{Layout, escape, markdown};

/// HTML of a Markdown text, in which a line end that is meant is a line break.
pub(super) fn html(layout: &Layout, official: Official<'_>) -> String {
    let start = markdown::front_matter(&layout.text);
    let body = layout.text.get(start..).unwrap_or_default();
    let places: Vec<usize> = layout.line_ends.iter().filter_map(|place| place.checked_sub(start)).collect();
    let Shown { text: body, line_ends } = dialect::shown(body, &places);
    let is_meant = |range: &Range<usize>| {
        let next = line_ends.partition_point(|place| *place < range.start);
        line_ends.get(next).is_some_and(|place| *place < range.end)
    };
    let dialect = dialect::read(&body, 0);
    let shown = blotted(&dialect.text, &dialect.kept);
    let mut writer = Writer {
        official,
        notices: dialect.notices.into_iter().peekable(),
        events: Vec::new(),
        ids: Vec::new(),
        title: None,
        heading: 0,
        notes: HashMap::new(),
        note: None,
    };
    for (event, range) in Parser::new_ext(&shown, markdown::OPTIONS).into_offset_iter() {
        let is_end = matches!(event, Event::End(_));
        writer.notices_before(if is_end { range.end } else { range.start + 1 });
        let event = match event {
            Event::SoftBreak if is_meant(&range) => Event::HardBreak,
            Event::Html(line) if is_meant(&range) => Event::Html(broken(&line).into()),
            event => event,
        };
        writer.event(event, range.start);
    }
    writer.notices_before(usize::MAX);
    let mut html = String::with_capacity(body.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, writer.events.into_iter());
    html
}

/// A line of an HTML block that ends as its writer meant it.
fn broken(line: &str) -> String {
    let text = line.trim_end_matches(['\n', '\r']);
    format!("{text}<br>{}", line.get(text.len()..).unwrap_or_default())
}

/// A text without these ranges.
fn blotted(text: &str, ranges: &[Range<usize>]) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for range in ranges {
        shown.push_str(text.get(from..range.start).unwrap_or_default());
        shown.push_str(&" ".repeat(range.len()));
        from = range.end;
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown
}

struct Writer<'a, 'text, Notices: Iterator<Item = Notice>> {
    official: Official<'a>,
    notices: std::iter::Peekable<Notices>,
    events: Vec<Event<'text>>,
    /// Ids of what comes next.
    ids: Vec<String>,
    /// Where the title of the directive that was just begun stands, and its label.
    title: Option<(usize, String)>,
    /// How many headings there were.
    heading: usize,
    /// By label: a footnote's number, and how often it was referred to.
    notes: HashMap<String, (usize, usize)>,
    /// The footnote that begins: its mark stands in its first paragraph.
    note: Option<String>,
}

impl<'text, Notices: Iterator<Item = Notice>> Writer<'_, 'text, Notices> {
    /// Writes what the notices before a place of the text say.
    fn notices_before(&mut self, place: usize) {
        while let Some(Notice { at, kind }) = self.notices.next_if(|notice| notice.at < place) {
            match kind {
                NoticeKind::Open { alert, titled, in_quote } => {
                    if !in_quote {
                        self.html("<div>\n");
                    }
                    let label = alert.and_then(|alert| self.label(alert)).unwrap_or_default();
                    if titled {
                        self.title = Some((at, label));
                    } else if !label.is_empty() {
                        self.html(format!("<p><strong>{}</strong></p>\n", escape::html(&label)));
                    }
                }
                NoticeKind::Close => self.html("</div>\n"),
                NoticeKind::Id(id) => self.ids.push(id),
            }
        }
    }

    fn label(&self, alert: Alert) -> Option<String> {
        self.official.labels.iter().find(|(known, _)| *known == alert).map(|(_, label)| label.clone())
    }

    fn html(&mut self, html: impl Into<CowStr<'text>>) {
        self.events.push(Event::Html(html.into()));
    }

    fn inline(&mut self, html: impl Into<CowStr<'text>>) {
        self.events.push(Event::InlineHtml(html.into()));
    }

    fn event(&mut self, event: Event<'text>, at: usize) {
        match event {
            // Form controls are not shown.
            Event::TaskListMarker(is_done) => {
                self.events.push(Event::Text(if is_done { "☑ " } else { "☐ " }.into()));
            }
            Event::Start(Tag::Heading { level, .. }) => {
                if let Some((_, label)) = self.title.take_if(|(place, _)| *place == at) {
                    let label = if label.is_empty() { label } else { format!("{}: ", escape::html(&label)) };
                    self.html(format!("<p><strong>{label}"));
                    self.title = Some((usize::MAX, String::new()));
                    return;
                }
                let number = self.heading;
                self.heading += 1;
                let mut ids = std::mem::take(&mut self.ids);
                let id = ids.pop().or_else(|| self.official.headings.get(number).cloned().flatten());
                let id = id.map(CowStr::from);
                self.events.push(Event::Start(Tag::Heading { level, id, classes: Vec::new(), attrs: Vec::new() }));
            }
            Event::End(TagEnd::Heading(_)) if self.title.take_if(|(place, _)| *place == usize::MAX).is_some() => {
                self.html("</strong></p>\n");
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let number = self.note_number(&label);
                self.html(format!("<div id=\"fn-{number}\">\n"));
                self.note = Some(format!("<a href=\"#fnref-{number}\">[{number}]</a> "));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some(mark) = self.note.take() {
                    self.html(mark);
                }
                self.html("</div>\n");
            }
            Event::FootnoteReference(label) => {
                let number = self.note_number(&label);
                let count = self.notes.get_mut(&*label).map_or(0, |(_, count)| {
                    *count += 1;
                    *count
                });
                let again = if count > 1 { format!("-{count}") } else { String::new() };
                self.inline(format!("<sup><a id=\"fnref-{number}{again}\" href=\"#fn-{number}\">[{number}]</a></sup>"));
            }
            Event::Start(Tag::Paragraph) => {
                self.anchors();
                self.events.push(Event::Start(Tag::Paragraph));
                if let Some(mark) = self.note.take() {
                    self.inline(mark);
                }
            }
            event => {
                if matches!(event, Event::Start(_)) {
                    self.anchors();
                }
                self.events.push(event);
            }
        }
    }

    /// Places of links before what is no heading.
    fn anchors(&mut self) {
        for id in std::mem::take(&mut self.ids) {
            self.html(format!("<a id=\"{}\"></a>\n", escape::attribute(&id)));
        }
    }

    fn note_number(&mut self, label: &str) -> usize {
        let next = self.notes.len() + 1;
        self.notes.entry(label.to_owned()).or_insert((next, 0)).0
    }
}

/// The ids of a source's headings, in order, of those that its own links point to: made as GitHub makes them, so that
/// `#next-steps` is found in every language.
pub(super) fn headings(source: &str) -> Vec<Option<String>> {
    if !source.contains('#') || crate::document::limits::check_containers(source).is_err() {
        return Vec::new();
    }
    let wanted = super::anchors::wanted(source);
    if wanted.is_empty() {
        return Vec::new();
    }
    let body = source.get(markdown::front_matter(source)..).unwrap_or_default();
    let body = dialect::shown(body, &[]).text;
    let dialect = dialect::read(&body, 0);
    let titles: Vec<usize> = dialect
        .notices
        .iter()
        .filter(|notice| matches!(notice.kind, NoticeKind::Open { titled: true, .. }))
        .map(|notice| notice.at)
        .collect();
    let shown = blotted(&dialect.text, &dialect.kept);
    let mut slugs = super::anchors::Slugs::default();
    let mut ids = Vec::new();
    let mut open: Option<String> = None;
    for (event, range) in Parser::new_ext(&shown, markdown::OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) if titles.binary_search(&range.start).is_err() => {
                open = Some(String::new());
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(text) = open.take() {
                    ids.push(Some(slugs.next(&text)).filter(|slug| wanted.contains(slug)));
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(open) = &mut open {
                    open.push_str(&text);
                }
            }
            _ => {}
        }
    }
    ids
}
