//! Remains of other programs: broken references, fields, block names, superscripts and subscripts.

use memchr::memmem;

use super::construct::{ANCHOR, CITATION, FIELD, HIGHLIGHT, Sink};
use super::spans::paired;

/// Passes each occurrence to `sink`.
pub(super) fn all(text: &str, sink: &mut Sink<'_>) {
    let contains = |byte: u8| memchr::memchr(byte, text.as_bytes()).is_some();
    if contains(b'!') {
        errors(text, sink);
    }
    if contains(b'{') {
        fields(text, sink);
    }
    if contains(b'^') {
        carets(text, sink);
        sub_and_superscripts(text, '^', sink);
        block_names(text, sink);
    }
    if contains(b'~') {
        sub_and_superscripts(text, '~', sink);
    }
}

/// Messages that Word inserts for a broken reference.
const ERRORS: [&str; 11] = [
    "Error! Reference source not found",
    "Error! Bookmark not defined",
    "Fehler! Verweisquelle konnte nicht gefunden werden",
    "Fehler! Textmarke nicht definiert",
    "Erreur ! Source du renvoi introuvable",
    "Erreur\u{a0}! Source du renvoi introuvable",
    "Erreur ! Signet non défini",
    "¡Error! No se encuentra el origen de la referencia",
    "Fout! Verwijzingsbron niet gevonden",
    "Erro! Fonte de referência não encontrada",
    "Błąd! Nie można odnaleźć źródła odwołania",
];

/// Finds these messages by their exclamation mark.
fn errors(text: &str, sink: &mut Sink<'_>) {
    for mark in memchr::memchr_iter(b'!', text.as_bytes()) {
        let range_of = |error: &&str| {
            let start = mark.checked_sub(error.find('!')?)?;
            text.get(start..)?.starts_with(*error).then_some(start..start + error.len())
        };
        if let Some(range) = ERRORS.iter().find_map(range_of) {
            let dots = usize::from(text[range.end..].starts_with('.'));
            sink(&FIELD, range.start..range.end + dots);
        }
    }
}

/// Finds `^^words^^` of MkDocs.
fn carets(text: &str, sink: &mut Sink<'_>) {
    let is_word = |c: char| !c.is_whitespace() && c != '^';
    paired(text, ("^^", 200), &HIGHLIGHT, sink, |before, inner, after| {
        let tight = inner.starts_with(is_word) && inner.ends_with(is_word) && !inner.contains('\n');
        tight && !before.ends_with('^') && !after.starts_with('^')
    });
}

/// Maximum length of a field that is examined, in bytes.
const MAX_FIELD_BYTES: usize = 200;

/// Finds `{ TOC \\o "1-3" }` of Word and `{@tbl:hours}` of Pandoc.
fn fields(text: &str, sink: &mut Sink<'_>) {
    for at in memchr::memchr_iter(b'{', text.as_bytes()) {
        let line = text[at + 1..text.floor_char_boundary(at + 1 + MAX_FIELD_BYTES)].lines().next().unwrap_or_default();
        let Some(inner) = line.find('}').map(|end| &line[..end]) else { continue };
        let name = inner.trim_start().split(' ').next().unwrap_or_default();
        let is_field = name.len() > 1
            && name.bytes().all(|byte| byte.is_ascii_uppercase())
            && [" \\", " _Toc", " _Ref"].iter().any(|marker| inner.contains(marker));
        let is_key = |key: &str| {
            key.contains(':') && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":-_.".contains(&byte))
        };
        if is_field {
            sink(&FIELD, at..at + inner.len() + 2);
        } else if inner.strip_prefix('@').is_some_and(is_key) {
            sink(&CITATION, at..at + inner.len() + 2);
        }
    }
}

/// Finds `H~2~O` and `x^2^` of Pandoc.
fn sub_and_superscripts(text: &str, delimiter: char, sink: &mut Sink<'_>) {
    let mut resume_at = 0;
    for (at, _) in text.match_indices(delimiter) {
        let length = text[at + 1..].bytes().take(4).take_while(u8::is_ascii_alphanumeric).count();
        let end = at + 1 + length;
        let is_closed = length > 0 && text[end..].starts_with(delimiter) && !text[end + 1..].starts_with(delimiter);
        if at >= resume_at && is_closed && text[..at].ends_with(char::is_alphanumeric) {
            sink(&HIGHLIGHT, at..end + 1);
            resume_at = end + 1;
        }
    }
}

/// Finds ` ^block-name` of Obsidian, at the end of a line.
fn block_names(text: &str, sink: &mut Sink<'_>) {
    for at in memmem::find_iter(text.as_bytes(), " ^") {
        let name =
            text[at + 2..].bytes().take(60).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
        let end = at + 2 + name;
        let is_end = text[end..].chars().next().is_none_or(|next| next == '\n' || next == '\r');
        if name > 2 && is_end {
            sink(&ANCHOR, at + 1..end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::collected;
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        collected(text, all)
    }

    #[test]
    fn debris_is_found_and_prose_is_not() {
        for (text, mark) in [
            ("See Error! Reference source not found. for it", "Error! Reference source not found."),
            ("so { TOC \\o \"1-3\" } it", "{ TOC \\o \"1-3\" }"),
            ("see { PAGEREF _Toc12 }", "{ PAGEREF _Toc12 }"),
            ("see {@tbl:hours}", "{@tbl:hours}"),
            ("H~2~O", "~2~"),
            ("m^2^ of room", "^2^"),
            ("a ^^new^^ word", "^^new^^"),
            ("The desk ^desk-1\nmore", "^desk-1"),
        ] {
            assert_eq!(found(text), [mark], "{text}");
        }
        for text in [
            "an error! not found",
            "{ NAME }",
            "{@ home}",
            "x^2 and 2^n",
            "a ~~b~~ c",
            "~2~",
            "PROGRA~1",
            "x ^2",
            "a ^ b",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
