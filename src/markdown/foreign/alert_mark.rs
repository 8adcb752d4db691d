//! Marks of alerts that are misspelt: `> [NOTE]`, `> [!NOTE`, `> !NOTE`.

use super::construct::{ALERT, Sink};
use super::shape::ContentLine;

/// Kinds of alerts, as GitHub and others write them.
const KINDS: [&str; 7] = ["CAUTION", "DANGER", "IMPORTANT", "INFO", "NOTE", "TIP", "WARNING"];

/// Passes a misspelt mark that fills a line of a quote to `sink`.
pub(super) fn find(line: ContentLine<'_>, sink: &mut Sink<'_>) {
    let text = line.text();
    let is_quoted = || line.line.get(..line.words).is_some_and(|marks| marks.contains('>'));
    if !text.starts_with(['[', '!']) || !is_quoted() {
        return;
    }
    let name = text.trim_matches(['[', ']', '!']);
    if KINDS.contains(&name) && text != format!("[!{name}]") {
        sink(&ALERT, line.range());
    }
}
