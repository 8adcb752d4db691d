//! Tables of contents of mdBook and GitBook: lists of links.

/// The link targets in a table of contents, in order.
pub(super) fn links(text: &str) -> Vec<String> {
    text.lines().flat_map(links_in).collect()
}

fn links_in(line: &str) -> Vec<String> {
    let mut links = Vec::new();
    let mut rest = line;
    while let Some((_, after)) = rest.split_once("](") {
        let (target, after) = target(after);
        rest = after;
        let is_path = !target.is_empty() && !target.contains("://") && !target.starts_with(['#', '/']);
        links.extend(is_path.then_some(target));
    }
    links
}

/// The target of a link, and the text after it: `<a b.md>`, `a(1).md "title"`, `a%20b.md`.
fn target(after: &str) -> (String, &str) {
    if let Some((destination, rest)) = after.strip_prefix('<').and_then(|after| after.split_once('>')) {
        return (destination.to_owned(), rest);
    }
    let mut depth = 0_i32;
    let closes = |(_, c): &(usize, char)| {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        depth < 0
    };
    let end = after.char_indices().find(closes).map_or(after.len(), |(at, _)| at);
    let destination = after[..end].split(" \"").next().unwrap_or_default().trim();
    (destination.replace("%20", " "), &after[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_a_table_of_contents_are_found_in_order() {
        let text = "# Summary\n\n[Intro](README.md)\n\n* [A](a/a.md)\n  * [B (1)](<a/b 1.md>) and [C](c%20d.md \"title\")\n\
                    * [Draft]()\n* [Web](https://example.org/x.md)\n- [D](d(1).md#part)\n";
        assert_eq!(links(text), ["README.md", "a/a.md", "a/b 1.md", "c d.md", "d(1).md#part"]);
    }
}
