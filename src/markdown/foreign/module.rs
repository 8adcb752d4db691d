//! Code of MDX: lines that import or define something.

use super::construct::{MODULE, Sink};
use crate::markdown::dialect::parse_import;

/// Passes all such code to `sink`: lines at the start of a block, and lines directly after them.
pub(super) fn all(text: &str, sink: &mut Sink<'_>) {
    let contains = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    if !contains("import ") && !contains("export ") {
        return;
    }
    let mut may_begin = true;
    let mut at = 0;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        let line = text[at..end].trim_end();
        let length = if may_begin { code_length(&text[at..], line) } else { None };
        if let Some(length) = length {
            sink(&MODULE, at..at + length);
            at = text[at + length..].find('\n').map_or(text.len(), |rest| at + length + rest + 1);
            continue;
        }
        may_begin = line.trim().is_empty();
        at = end + 1;
    }
}

/// Maximum number of lines in a list of names.
const MAX_LIST_LINES: usize = 50;

/// Length of the code at the start of a text; `line` is its first line.
fn code_length(text: &str, line: &str) -> Option<usize> {
    if is_module(line) {
        return Some(line.len());
    }
    let opens = ["import {", "export {"].iter().any(|begin| line.starts_with(begin)) && !line.contains('}');
    let rest = text.get(line.len()..).filter(|_| opens)?;
    let mut length = line.len();
    for (number, next) in rest.split_inclusive('\n').enumerate().take(MAX_LIST_LINES) {
        length += next.len();
        let words = next.trim();
        let is_name = |c: char| c.is_alphanumeric() || "_$, ".contains(c);
        if words.starts_with('}') {
            let is_end = words == "}" || words == "};" || words.starts_with("} from ");
            return is_end.then_some(text[..length].trim_end().len());
        }
        if number > 0 && (words.is_empty() || !words.chars().all(is_name)) {
            return None;
        }
    }
    None
}

/// Whether a line is code that imports or defines something.
fn is_module(line: &str) -> bool {
    if line.starts_with("import ") {
        return parse_import(line).is_some() || is_quoted(line.trim_start_matches("import "));
    }
    let Some(rest) = line.strip_prefix("export ") else { return false };
    let defines = ["const ", "let ", "var ", "class ", "function ", "async function ", "function* "]
        .iter()
        .find_map(|word| rest.strip_prefix(word).map(is_definition));
    defines.unwrap_or(false)
        || rest.strip_prefix("default ").is_some_and(is_value)
        || rest.starts_with('{') && (rest.trim_end_matches(';').trim_end().ends_with('}') || rest.contains("} from "))
        || rest.starts_with("* from ")
        || rest.starts_with("* as ") && rest.contains(" from ")
}

/// Whether a whole text is in quotation marks.
fn is_quoted(text: &str) -> bool {
    let text = text.trim_end_matches(';').trim_end();
    text.len() > 2 && ["\"", "'"].iter().any(|mark| text.starts_with(mark) && text.ends_with(mark))
}

/// Recognizes `name = 1`, `name(argument)` and `Name {`.
fn is_definition(text: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
    let after = text[end..].trim_start();
    let is_list = text.starts_with(['{', '[']) && text.contains('=');
    is_list || end > 0 && (after.starts_with(['=', '(', '{', ':', '<']) || after.starts_with("extends "))
}

/// Whether an exported value is a single name, or starts like code.
fn is_value(text: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || "_$;".contains(c);
    let defines = ["function", "class ", "async "].iter().find_map(|word| text.strip_prefix(word));
    text.starts_with(['{', '[', '('])
        || defines.is_some_and(|name| {
            is_definition(name.trim_start_matches("function").trim_start()) || name.trim_start().starts_with('(')
        })
        || text.chars().all(is_name)
}
