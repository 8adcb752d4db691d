//! Documents that MDX imports and inserts: `import Hours from './_hours.mdx'` and `<Hours />`.

use std::ops::Range;

use super::directive::{Directive, DirectiveAction, IncludeRequest, LookupBase, text_until};
use crate::markdown::dialect::{Line, Outline, fences, parse_import};
use crate::path::is_markdown;
use crate::source::joined;

/// Maximum number of import lines that are examined.
const MAX_IMPORTS: usize = 200;

/// Finds all components outside code that stand for a document.
pub(super) fn find(text: &str, lines: &[Line], directives: &mut Vec<Directive>) {
    let loads = |line: &&Line| line.content == line.start && line.text(text).starts_with("import ");
    let mut outline = None;
    let fences = fences(text);
    let (blocks, before_all) = (blocks(&fences), directives.len());
    let is_open = |at: usize| blocks.iter().any(|block| block.contains(&at));
    for line in lines.iter().filter(loads).take(MAX_IMPORTS) {
        let Some((name, path)) = parse_import(line.text(text)).filter(|(_, path)| is_markdown(path)) else { continue };
        let outline = outline.get_or_insert_with(|| Outline::parse(text));
        let is_code = |at: usize| outline.is_code(at) && !is_open(at);
        if is_code(line.start) {
            continue;
        }
        let open = format!("<{name}");
        let (before, mut others) = (directives.len(), 0);
        for at in memchr::memmem::find_iter(text.as_bytes(), &open) {
            let from = at + open.len();
            let is_whole = text[from..].starts_with(|c: char| c.is_whitespace() || c == '/');
            let inside = text_until(text, from, "/>").filter(|inside| is_whole && !inside.contains('<'));
            if let Some(inside) = inside.filter(|_| !is_code(at)) {
                let request = IncludeRequest { is_module: true, ..IncludeRequest::new(&path, LookupBase::SameFolder) };
                let range = at..from + inside.len() + 2;
                directives.push(Directive { range, action: DirectiveAction::Insert(vec![request]) });
            } else if !is_code(at) {
                others += 1;
            }
        }
        if directives.len() > before && others == 0 {
            // The import line has no other purpose left.
            directives.push(Directive { range: line.content..line.end, action: DirectiveAction::Remove });
        }
    }
    if directives.len() > before_all {
        // A fence in the inserted text would end the block.
        directives.extend(fences.into_iter().map(|range| Directive { range, action: DirectiveAction::Remove }));
    }
}

/// Ranges between an opening fence and its closing fence or the next one.
fn blocks(fences: &[Range<usize>]) -> Vec<Range<usize>> {
    fences.windows(2).map(|pair| pair[0].end..pair[1].start).step_by(2).collect()
}

/// The text of a module without its import lines, for use at an indented position.
pub(super) fn without_imports(text: &str) -> String {
    let stays = |line: &&str| !(line.starts_with("import ") && parse_import(line).is_some());
    text.split('\n').filter(stays).collect::<Vec<_>>().join("\n")
}

/// Converts the relative links of a text from one folder to another.
pub(super) fn rebase_links(text: &str, from: &str, to: &str) -> String {
    if from == to || !text.contains("](.") {
        return text.to_owned();
    }
    let outline = Outline::parse(text);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), "](.").map(|at| at + 2) {
        let end = text[at..].find([')', '#', '?', ' ', '\n']).map_or(text.len(), |length| at + length);
        let target = &text[at..end];
        if outline.is_code(at) || !(target.starts_with("./") || target.starts_with("../")) {
            continue;
        }
        let Some(path) = joined(from, target) else { continue };
        let slash = if target.ends_with('/') { "/" } else { "" };
        out += &text[copied..at];
        out += &format!("{}{slash}", relative(to, &path));
        copied = end;
    }
    out + &text[copied..]
}

/// A path relative to a folder.
fn relative(folder: &str, path: &str) -> String {
    let folders: Vec<&str> = folder.split('/').filter(|name| !name.is_empty() && *name != ".").collect();
    let names: Vec<&str> = path.split('/').collect();
    let common = folders.iter().zip(&names).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(folders.len() - common);
    let down = names[common..].join("/");
    if up.is_empty() { format!("./{down}") } else { format!("{up}{down}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_their_targets() {
        let text = "[a](./a.md#x) [b](../b/c.md) [d](d.md) `[e](./e.md)` [f](https://example.org) ![g](./img/)";
        let expected =
            "[a](../parts/a.md#x) [b](../b/c.md) [d](d.md) `[e](./e.md)` [f](https://example.org) ![g](../parts/img/)";
        assert_eq!(rebase_links(text, "docs/parts", "docs/desk"), expected);
        assert_eq!(rebase_links("[a](./a.md)", "docs", "docs"), "[a](./a.md)");
        assert_eq!(rebase_links("[a](../../../a.md)", "docs/x", "docs"), "[a](../../../a.md)");
        assert_eq!(relative("docs", "docs/a/b.md"), "./a/b.md");
    }
}
