//! Tabs whose titles are listed in their set: `{{< tabs "Linux" "Windows" >}}`.

use std::collections::HashMap;

use super::parse::{Syntax, Tag, TagKind};
use crate::markdown::rewrite::Edits;

/// Assigns the titles of the set at index `number` to its tabs, which are rewritten in the next round. Returns the
/// indexes of their tags, which this round must skip, or `None` if the tag is not such a set. If the numbers of tabs
/// and titles differ, the titles are shown above the set.
pub(super) fn title_tabs(
    number: usize,
    tags: &[Tag<'_>],
    closers: &HashMap<usize, usize>,
    edits: &mut Edits,
) -> Option<Vec<usize>> {
    let set = &tags[number];
    let is_set = set.syntax == Syntax::Shortcode && set.kind == TagKind::Open && set.name.eq_ignore_ascii_case("tabs");
    let titles: Vec<&str> = set.positional().collect();
    let closer = *closers.get(&number).filter(|_| is_set && !titles.is_empty())?;
    let tabs = tags_within(tags, closers, number + 1..closer);
    if tabs.len() != titles.len() || !tabs.iter().all(|tab| tags[*tab].attributes.is_empty()) {
        let titles: Vec<String> = titles.iter().map(|title| format!("**{title}**")).collect();
        edits.insert(set.range.start, format!("\n{}\n\n", titles.join(" ")));
        return Some(Vec::new());
    }
    for (tab, title) in tabs.iter().zip(titles) {
        let mark = if title.contains('"') { '`' } else { '"' };
        edits.replace(tags[*tab].range.clone(), format!("{{{{< tab {mark}{title}{mark} >}}}}"));
        edits.replace(tags[closers[tab]].range.clone(), "{{< /tab >}}");
    }
    Some(tabs.iter().flat_map(|tab| [*tab, closers[tab]]).collect())
}

/// The indexes of the tags directly within a set that have a closing tag.
fn tags_within(tags: &[Tag<'_>], closers: &HashMap<usize, usize>, inner: std::ops::Range<usize>) -> Vec<usize> {
    let mut indexes = Vec::new();
    let mut at = inner.start;
    while at < inner.end {
        match closers.get(&at).filter(|_| tags[at].syntax == Syntax::Shortcode) {
            Some(&closer) => {
                indexes.push(at);
                at = closer + 1;
            }
            None => at += 1,
        }
    }
    indexes
}
