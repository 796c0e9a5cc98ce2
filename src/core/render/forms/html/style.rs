//! Finds the elements that say the same as a `style` attribute: bold, italics and the like, which sanitising would
//! lose.

/// What a style says of its words.
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// `None` where it says nothing of the weight.
    bold: Option<bool>,
    italic: bool,
    deleted: bool,
    raised: bool,
    lowered: bool,
}

impl Style {
    pub(super) fn of(style: &str) -> Self {
        let mut read = Self::default();
        for (property, value) in style.split(';').filter_map(|declaration| declaration.split_once(':')) {
            let value = value.trim().to_ascii_lowercase();
            match property.trim().to_ascii_lowercase().as_str() {
                "font-weight" => read.bold = Some(is_bold(&value)),
                "font-style" => read.italic = matches!(value.as_str(), "italic" | "oblique"),
                "text-decoration" | "text-decoration-line" => read.deleted = value.contains("line-through"),
                "vertical-align" => {
                    read.raised = value == "super";
                    read.lowered = value == "sub";
                }
                _ => {}
            }
        }
        read
    }

    /// The elements in place of one of this name, outermost first.
    pub(super) fn elements(self, name: &str) -> Vec<&'static str> {
        let is_bold = self.bold.unwrap_or(matches!(name, "b" | "strong"));
        let bold = if name == "b" { "b" } else { "strong" };
        [(is_bold, bold), (self.italic, "em"), (self.deleted, "s"), (self.raised, "sup"), (self.lowered, "sub")]
            .into_iter()
            .filter_map(|(is_wanted, element)| is_wanted.then_some(element))
            .collect()
    }
}

fn is_bold(weight: &str) -> bool {
    match weight.parse::<u32>() {
        Ok(weight) => weight >= 600,
        Err(_) => matches!(weight, "bold" | "bolder"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_elements() {
        for (name, style, elements) in [
            ("b", "font-weight:normal;", &[][..]),
            ("b", "color:red", &["b"]),
            ("span", "font-weight:700; font-style: Italic", &["strong", "em"]),
            ("span", "font-weight:400;text-decoration:underline line-through", &["s"]),
            ("span", "vertical-align: super", &["sup"]),
            ("span", "font-weight", &[]),
        ] {
            assert_eq!(Style::of(style).elements(name), elements, "{style}");
        }
    }
}
