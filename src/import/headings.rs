//! Detection of headings. In Word, many are only bold paragraphs with a number.

use serde_json::{Value, json};

use super::anchors;
use super::tree::{Node, contains_node, content, header, level, list, name, part, plain};

/// The maximum length of a heading in characters.
const MAX_HEADING_CHARS: usize = 100;

/// Turns bold numbered lines into headings. If a document has no headings at all, short bold lines also become
/// headings.
pub(super) fn find(blocks: Vec<Node>) -> Vec<Node> {
    let has_headings = blocks.iter().any(|block| level(block).is_some() || numbered_level(block).is_some());
    blocks.into_iter().flat_map(|block| to_headings(block, has_headings)).collect()
}

fn to_headings(block: Node, has_headings: bool) -> Vec<Node> {
    if level(&block).is_some() && list(part(&block, 2)).is_empty() {
        return Vec::new();
    }
    if let Some(level) = numbered_level(&block) {
        return vec![header(level, remove_bold(&block))];
    }
    if name(&block) == "OrderedList" && list(part(&block, 1)).iter().all(is_heading_item) {
        return headings_from_list(&block);
    }
    let is_short = !has_headings && is_bold(&block) && plain(content(&block)).chars().count() <= MAX_HEADING_CHARS;
    if is_short { vec![header(2, remove_bold(&block))] } else { vec![block] }
}

/// The level of a bold line that begins with a number: 2 for `1.`, 3 for `1.1`.
fn numbered_level(block: &Node) -> Option<u64> {
    let text = Some(block).filter(|block| is_bold(block)).map(|block| plain(content(block)))?;
    let (number, words) = text.split_once(' ').filter(|_| text.chars().count() <= MAX_HEADING_CHARS)?;
    let number = number.trim_end_matches(['.', ')']);
    let parts: Vec<&str> = number.split('.').collect();
    let is_number =
        parts.iter().all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    (is_number && !words.trim().is_empty()).then_some(parts.len() as u64 + 1)
}

/// Whether a whole paragraph is bold, ignoring spaces.
fn is_bold(block: &Node) -> bool {
    let inlines = || list(content(block)).iter().filter(|inline| !is_invisible(inline));
    matches!(name(block), "Para" | "Plain")
        && inlines().next().is_some()
        && inlines().all(|inline| name(inline) == "Strong")
}

/// Whether an inline is invisible.
fn is_invisible(inline: &Node) -> bool {
    matches!(name(inline), "Space" | "SoftBreak") || anchors::id(inline).is_some()
}

/// The words of a bold paragraph, no longer bold.
fn remove_bold(block: &Node) -> Value {
    let mut out = Vec::new();
    for inline in list(content(block)) {
        if name(inline) == "Strong" {
            out.extend(list(content(inline)).iter().cloned())
        } else {
            out.push(inline.clone())
        }
    }
    Value::Array(out)
}

/// Whether an item of a numbered list begins with a bold line.
fn is_heading_item(item: &Value) -> bool {
    list(item).first().is_some_and(is_bold)
}

/// Turns a numbered list of bold lines into numbered headings, each followed by the rest of its item.
fn headings_from_list(block: &Node) -> Vec<Node> {
    let start = part(block, 0).get(0).and_then(Value::as_u64).unwrap_or(1);
    let mut out = Vec::new();
    for (number, item) in (start..).zip(list(part(block, 1))) {
        let mut blocks = list(item).iter();
        if let Some(first) = blocks.next() {
            let mut words = vec![json!({"t": "Str", "c": format!("{number}.")}), json!({"t": "Space"})];
            words.extend(list(&remove_bold(first)).iter().cloned());
            out.push(header(2, Value::Array(words)));
        }
        out.extend(blocks.cloned());
    }
    out
}

/// Whether a document begins with a heading directly followed by one of a lower level.
fn is_title_above(blocks: &[Node]) -> bool {
    let level = |at: usize| blocks.get(at).and_then(level);
    level(0).zip(level(1)).is_some_and(|(first, second)| first < second) && numbered_title(&blocks[0]).is_none()
}

/// The index of the block that looks like the title: the first heading if it matches `known_title`, the only heading of
/// the first level, or a heading directly above another.
fn title_at(blocks: &[Node], known_title: Option<&str>) -> Option<usize> {
    let first = (0..blocks.len()).find(|at| level(&blocks[*at]).is_some());
    let is_above = |at: usize| at == 0 || level(&blocks[at]) == Some(1);
    let says_it = |at: &usize| {
        is_above(*at) && known_title.is_some_and(|known| is_same_title(known, &plain(part(&blocks[*at], 2))))
    };
    if let Some(first) = first.filter(says_it) {
        return Some(first);
    }
    let firsts: Vec<usize> = (0..blocks.len()).filter(|at| level(&blocks[*at]) == Some(1)).collect();
    match firsts[..] {
        [only] if blocks[..only].iter().all(|block| level(block).is_none()) => Some(only),
        _ => is_title_above(blocks).then_some(0),
    }
}

/// Whether two titles are equal, ignoring case and white space.
pub(super) fn is_same_title(a: &str, b: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    words(a) == words(b)
}

/// Removes the paragraph that is the title from the beginning of a document, and returns its words. One with a picture
/// or a note stays.
pub(super) fn take_title_paragraph(blocks: &mut Vec<Node>, title: Option<&str>) -> Option<String> {
    let title = title?;
    let is_title = |block: &Node| name(block) == "Para" && is_same_title(&plain(content(block)), title);
    if blocks.first().is_some_and(|first| is_title(first) && !contains_node(content(first), &["Image", "Note"])) {
        blocks.remove(0);
    }
    Some(title.to_owned())
}

/// The digit that a heading begins with.
fn numbered_title(block: &Node) -> Option<char> {
    plain(part(block, 2)).chars().next().filter(char::is_ascii_digit)
}

/// Removes the title from the document, and shifts the headings so that they begin at the second level.
///
/// If a title is `known_title` from elsewhere, only a matching heading is removed. A heading with a picture or a note
/// is always kept.
pub(super) fn normalize_headings(blocks: &mut Vec<Node>, known_title: Option<&str>) -> Option<String> {
    let at = title_at(blocks, known_title);
    let title = at.map(|at| plain(part(&blocks[at], 2))).filter(|title| !title.is_empty());
    let title = title.filter(|title| known_title.is_none_or(|known| is_same_title(known, title)));
    if let Some(at) = at.filter(|at| title.is_some() && !contains_node(part(&blocks[*at], 2), &["Image", "Note"])) {
        blocks.remove(at);
    }
    let min_level = blocks.iter().filter_map(level).min().unwrap_or(2);
    for block in blocks.iter_mut() {
        if let Some(own_level) = level(block) {
            *block = header(own_level + 2 - min_level.min(own_level), part(block, 2).clone());
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u64, words: &str) -> Node {
        header(level, json!([{"t": "Str", "c": words}]))
    }

    /// The title, and the remaining headings.
    fn normalized(headings: &[(u64, &str)], known: Option<&str>) -> (Option<String>, Vec<(u64, String)>) {
        let mut blocks: Vec<Node> = headings.iter().map(|(level, words)| heading(*level, words)).collect();
        let title = normalize_headings(&mut blocks, known);
        (title, blocks.iter().map(|block| (level(block).unwrap_or(0), plain(part(block, 2)))).collect())
    }

    #[test]
    fn a_heading_is_taken_out_only_for_the_title() {
        let chapters = [(1, "Scope"), (2, "Systems"), (1, "Roles")];
        let all = |first: u64| {
            vec![(first, "Scope".to_owned()), (first + 1, "Systems".to_owned()), (first, "Roles".to_owned())]
        };
        assert_eq!(normalized(&chapters, Some("Access")), (None, all(2)));
        assert_eq!(
            normalized(&chapters, Some("scope")),
            (Some("Scope".to_owned()), vec![all(2)[1].clone(), all(2)[2].clone()])
        );
        assert_eq!(normalized(&[(1, "Keys")], Some("Export")), (None, vec![(2, "Keys".to_owned())]));
        assert_eq!(normalized(&[(1, "Keys")], None), (Some("Keys".to_owned()), Vec::new()));
        let two = || vec![(2, "Keys".to_owned()), (2, "Doors".to_owned())];
        assert_eq!(normalized(&[(1, "Keys"), (1, "Doors")], None), (None, two()));
        assert_eq!(normalized(&[(1, "Room : Keys"), (1, "Doors")], Some("Room : Keys")).1, [(2, "Doors".to_owned())]);
        assert_eq!(
            normalized(&[(3, "Keys"), (3, "Doors")], Some("Export")).1,
            [(2, "Keys".to_owned()), (2, "Doors".to_owned())]
        );
    }

    #[test]
    fn a_heading_with_a_note_stays() {
        let note = json!({"t": "Note", "c": [{"t": "Para", "c": [{"t": "Str", "c": "Mind"}]}]});
        let mut blocks = vec![header(1, json!([{"t": "Str", "c": "Keys"}, note]))];
        assert_eq!(normalize_headings(&mut blocks, None), Some("Keys".to_owned()));
        assert_eq!(blocks.len(), 1);
    }
}
