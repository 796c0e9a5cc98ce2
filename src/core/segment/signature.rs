//! Signatures: the line under `Kind regards` is the name of whoever wrote, unless it has a word that teams have in
//! their names. An engine makes words of names: `Jane Brown` would be of another colour in every language.

use super::{Segment, cells};
use crate::document::fact::{self, Verbatim};
use crate::document::{closes_letter, vocabulary};

/// Keeps the names under the closing lines of a part's letters.
pub(super) fn settle(segments: &mut [Segment]) {
    for at in 1..segments.len() {
        let (before, rest) = segments.split_at_mut(at);
        if let (Some(closing), Some(segment)) = (before.last(), rest.first_mut())
            && closes_letter(closing.source_text().trim())
            && let name = segment.source_text()
            && fact::is_person(&name)
            && vocabulary::any(&name).is_none()
        {
            cells::keep(segment, Verbatim::Name);
        }
    }
}
