//! Whether the content of `[[` and `]]` was meant as a document, although no document has that ID.
//!
//! Programs, forms and other tools use such brackets, too: `[[ -f x ]]`, `[[1]]`, `[[nodiscard]]`. They are shown as
//! written. Whatever looks like a file, an address or an ID that this handbook does not have is a broken link.

use super::link::{has_scheme, join};
use super::lookup::Lookup;
use crate::id::DocumentId;
use crate::path::has_file_extension;

/// Characters that some authors put around a name.
const WRAPPER_CHARS: [char; 12] = ['*', '_', '`', '"', '\'', '@', '<', '>', '\u{201c}', '\u{201d}', '\u{201e}', ' '];
/// Maximum length of a text that is searched for names, in bytes.
const MAX_TEXT_BYTES: usize = 300;

impl Lookup {
    /// Whether a broken link by ID was meant as a link; `target` and `words` are written in the file `from`.
    pub(super) fn is_intended_link(&self, target: &str, words: &str, from: &str, content: &str) -> bool {
        if target.len() > MAX_TEXT_BYTES || target.contains(['$', '=']) {
            return false;
        }
        // Obsidian refers to a block of a page as `[[page^block]]`.
        let name = target.split(['#', '^']).next().unwrap_or_default();
        // Org mode puts the link text in its own brackets: `[[b.md][words]]`.
        let name = name.split("][").next().unwrap_or_default();
        let name = with_hyphens(name.trim_matches(WRAPPER_CHARS));
        let has_letter = |text: &str| text.contains(char::is_alphabetic);
        if name.is_empty() {
            return has_letter(words) && target.trim().is_empty();
        }
        has_letter(&name)
            && (self.looks_like_name(&name)
                || is_address(&name, words)
                || self.is_path(&name, from, content)
                || ids(&name).any(|id| self.has_id(id))
                || self.has_id(words.trim()))
    }

    /// The ID of a document or an entry among other words, as in `[[ID: words]]`.
    pub(crate) fn id_within(&self, target: &str) -> Option<DocumentId> {
        let name = with_hyphens(target.get(..MAX_TEXT_BYTES).unwrap_or(target));
        let known_id = ids(&name).find(|id| self.has_id(id))?;
        DocumentId::parse_lenient(known_id)
    }

    fn has_id(&self, id: &str) -> bool {
        let exists = |id: &DocumentId| self.by_id(id).is_some() || self.entry(id).is_some();
        id.contains('-') && DocumentId::parse_lenient(id).as_ref().is_some_and(exists)
    }

    /// Whether a text that is not an ID of the handbook looks like the name of a document: an ID, a title or a file
    /// name.
    fn looks_like_name(&self, text: &str) -> bool {
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ' | '\'' | '&' | '/' | ',');
        let is_plain = text.starts_with(char::is_alphabetic) && text.chars().all(is_word);
        let is_titled =
            text.starts_with(char::is_uppercase) || text.contains(['-', '_']) || text.contains(char::is_numeric);
        let is_id = is_titled && text.len() > 1 && !text.eq_ignore_ascii_case("toc");
        is_plain && (is_id || self.is_file_name(&format!("{text}.md")))
    }

    /// Whether a text is a path, or the name of a file of the handbook in any letter case.
    fn is_path(&self, text: &str, from: &str, content: &str) -> bool {
        let is_path_char = |c: char| c.is_alphanumeric() || c == ' ' || "-_./&'(),+%:@".contains(c);
        let begins = text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '/'));
        if !begins || text.contains(" -") || text.starts_with("...") || !text.chars().all(is_path_char) {
            return false;
        }
        let exists = |path: Option<String>| path.is_some_and(|path| self.page_or_file(&path, text).is_some());
        let paths = || [join(from, text), join(&format!("{content}/"), text), join("", text)];
        has_file_extension(text) || text.starts_with("./") || text.starts_with("../") || paths().into_iter().any(exists)
    }
}

/// Whether a text is an address, or a page in a wiki namespace: `policies:incident`.
fn is_address(name: &str, words: &str) -> bool {
    let in_group = || {
        let is_word = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_alphanumeric() || c == '_');
        !words.is_empty() && name.split_once(':').is_some_and(|(group, name)| is_word(group) && is_word(name))
    };
    has_scheme(name) && (name.contains("://") || in_group())
}

/// The parts of a text that may be IDs.
fn ids(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .map(|part| part.trim_matches(['.', '_']))
}

/// Replaces each character that looks like a hyphen with a hyphen.
fn with_hyphens(text: &str) -> String {
    let hyphen = |c| {
        if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}') { '-' } else { c }
    };
    text.chars().map(hyphen).collect()
}
