//! What elements are by their names, in lower case (HTML Living Standard, sections 4 and 13.1.2). Nothing is read here.

/// Elements without content (HTML 13.1.2).
#[must_use]
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "ac:emoticon"
            | "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "ri:attachment"
            | "ri:blog-post"
            | "ri:page"
            | "ri:space"
            | "ri:url"
            | "ri:user"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that stand on lines of their own.
#[must_use]
pub fn is_block(name: &str) -> bool {
    is_table_part(name)
        || matches!(
            name,
            "ac:layout"
                | "ac:layout-cell"
                | "ac:layout-section"
                | "ac:plain-text-body"
                | "ac:rich-text-body"
                | "ac:task"
                | "ac:task-body"
                | "ac:task-list"
                | "address"
                | "article"
                | "aside"
                | "blockquote"
                | "body"
                | "center"
                | "dd"
                | "details"
                | "dialog"
                | "dir"
                | "div"
                | "dl"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "head"
                | "header"
                | "hgroup"
                | "hr"
                | "html"
                | "legend"
                | "li"
                | "main"
                | "menu"
                | "nav"
                | "ol"
                | "p"
                | "pre"
                | "section"
                | "summary"
                | "table"
                | "ul"
        )
}

/// Elements whose content is not running text, or not for readers.
#[must_use]
pub fn is_opaque(name: &str) -> bool {
    matches!(
        name,
        "ac:plain-text-body"
            | "ac:plain-text-link-body"
            | "ac:task-id"
            | "ac:task-status"
            | "audio"
            | "canvas"
            | "datalist"
            | "iframe"
            | "math"
            | "noembed"
            | "noframe"
            | "noframes"
            | "noscript"
            | "object"
            | "plaintext"
            | "pre"
            | "script"
            | "select"
            | "style"
            | "svg"
            | "template"
            | "textarea"
            | "title"
            | "video"
            | "xmp"
    )
}

pub(super) fn is_table_part(name: &str) -> bool {
    matches!(name, "caption" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr")
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Elements whose content is one text up to their end tag, or to the end of the document where there is none.
#[must_use]
pub fn is_raw(name: &str) -> bool {
    matches!(
        name,
        "iframe" | "noembed" | "noframe" | "noscript" | "plaintext" | "script" | "style" | "textarea" | "title" | "xmp"
    )
}

/// Text-level elements whose content stays as it is: it names what is typed, shown, or read by programs.
#[must_use]
pub fn is_verbatim(name: &str) -> bool {
    matches!(name, "code" | "kbd" | "samp" | "time" | "var")
}
