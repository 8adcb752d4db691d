//! Fields in a text that are still to be filled in: `{{ name }}`, `[insert …]`, `[Company Name]`, `<your name>`.

use std::ops::Range;

/// Maximum length of a field, in bytes.
const MAX_FIELD_BYTES: usize = 120;
/// First words of a field, in lower case.
const FIRST_WORDS: [&str; 7] = ["insert", "enter", "your", "add", "fill in", "specify", "select"];
/// Names of the requested content, as the last of a few capitalized words: `[Company Name]`, `[DATE]`.
const CONTENT_NAMES: [&str; 49] = [
    "address",
    "amount",
    "approver",
    "author",
    "ciso",
    "city",
    "client",
    "company",
    "contact",
    "country",
    "customer",
    "date",
    "department",
    "domain",
    "email",
    "firma",
    "firmenname",
    "fecha",
    "fecha actual",
    "job title",
    "location",
    "logo",
    "manager",
    "name",
    "number",
    "nombre",
    "org",
    "organisation",
    "organization",
    "owner",
    "percentage",
    "phone",
    "phone number",
    "position",
    "product",
    "responsible person",
    "role",
    "signature",
    "supplier",
    "team",
    "telephone",
    "time",
    "title",
    "url",
    "vendor",
    "version",
    "website",
    "year",
    "datum",
];
/// Maximum number of words in a field, unless it starts with an instruction.
const MAX_WORDS: usize = 4;

/// First words of an instruction that fills its line, in lower case: `[List the roles here]`.
const INSTRUCTIONS: [&str; 20] = [
    "add",
    "define",
    "describe",
    "detail",
    "document",
    "enter",
    "explain",
    "fill",
    "identify",
    "include",
    "insert",
    "list",
    "name",
    "outline",
    "provide",
    "specify",
    "state",
    "summarise",
    "summarize",
    "write",
];

/// Whether a line is nothing but a field in brackets of any kind. The field may be a sentence that describes the
/// content to be written.
pub(super) fn is_field_alone(line: &str) -> bool {
    let line = line.trim();
    if is_variable_alone(line) || is_only_fields(line) {
        return true;
    }
    let aside = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    if aside.is_some_and(|aside| is_instruction(aside) || INSERTIONS.iter().any(|end| aside.ends_with(end))) {
        return true;
    }
    let pairs = [('[', ']'), ('<', '>'), ('{', '}')];
    let within = |(open, close): &(char, char)| line.strip_prefix(*open)?.strip_suffix(*close);
    let Some(inner) = pairs.iter().find_map(within) else { return false };
    let word = inner.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_single_field = !inner.contains(['[', ']', '<', '>', '{', '}']);
    let is_known = |known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(word));
    // `[Evidence]`, `[Step 1]`
    let is_short = line.starts_with('[') && (1..=2).contains(&inner.split_whitespace().count());
    is_single_field
        && (is_short
            || is_known(&INSTRUCTIONS)
            || is_known(&CONTENT_NAMES) && inner.trim() == word
            || names_content(inner.trim()))
}

/// Last words of an instruction in brackets, in German.
const INSERTIONS: [&str; 4] = [" einsetzen", " eintragen", " einfügen", " ergänzen"];

/// Whether a line is only a variable that a form would replace: `$DESCRIPTION`, `%DESCRIPTION%`, `@@DESCRIPTION@@`.
fn is_variable_alone(line: &str) -> bool {
    let line = line.trim_end_matches('.');
    let marked = |mark: &str| line.strip_prefix(mark)?.strip_suffix(mark);
    let name = marked("@@").or_else(|| marked("%")).or_else(|| line.strip_prefix('$'));
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '_' | '-'));
    name.is_some_and(|name| name.len() > 2 && name.starts_with(|c: char| c.is_ascii_uppercase()) && is_name(name))
}

/// Whether a line is nothing but names in angle brackets or braces: `<role>`, `{description}`, `<Name>, <Date>`.
fn is_only_fields(line: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(char::is_alphabetic)
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '/'))
            && name.split([' ', '_']).count() <= MAX_WORDS
    };
    let mut rest = line;
    let mut count = 0;
    while let Some(at) = rest.find(['<', '{']) {
        let closing = if rest.as_bytes()[at] == b'<' { '>' } else { '}' };
        let inner = rest[at + 1..].split_once(closing);
        let Some((_, after)) = inner.filter(|(name, _)| is_name(name)) else { return false };
        if rest[..at].contains(char::is_alphanumeric) {
            return false;
        }
        (rest, count) = (after, count + 1);
    }
    count > 0 && !rest.contains(char::is_alphanumeric)
}

/// All fields in a text, in order.
pub(crate) fn find_fields(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    memchr::memchr3_iter(b'[', b'<', b'{', text.as_bytes()).filter_map(|at| field_at(text, at))
}

/// The first field between double percent signs: `%%title%%`.
pub(crate) fn percent_field(text: &str) -> Option<Range<usize>> {
    // Most texts contain no percent sign, and looking for one byte is much faster than for two.
    let first = memchr::memchr(b'%', text.as_bytes())?;
    let start = first + text[first..].find("%%")?;
    let name = &text[start + 2..][..text[start + 2..].find("%%")?];
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.');
    (name.contains(char::is_alphabetic) && name.chars().all(is_name)).then_some(start..start + name.len() + 4)
}

/// All fields in angle brackets in a text, in order.
pub(crate) fn angle_fields(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    memchr::memchr_iter(b'<', text.as_bytes()).filter_map(|at| field_at(text, at))
}

/// The field opened by the bracket at a position.
fn field_at(text: &str, at: usize) -> Option<Range<usize>> {
    let (rest, closing) = match text.as_bytes()[at] {
        b'{' => (text[at..].strip_prefix("{{")?, "}}"),
        b'[' => (&text[at + 1..], "]"),
        b'<' => (&text[at + 1..], ">"),
        _ => return None,
    };
    let opening = text.len() - rest.len();
    let rest = &rest[..rest.floor_char_boundary(MAX_FIELD_BYTES)];
    let inner = &rest[..rest.find(closing)?];
    let end = opening + inner.len() + closing.len();
    let is_field = !inner.contains('\n')
        && match closing {
            "}}" => is_variable(inner),
            // If a target follows, it is the text of a link.
            "]" => !text[end..].starts_with(['(', '[']) && (is_instruction(inner) || names_content(inner)),
            _ => is_instruction(inner),
        };
    is_field.then_some(at..end)
}

/// Whether the text in double braces is a name to be replaced, and not a shortcode of another tool.
fn is_variable(inner: &str) -> bool {
    let name = inner.trim();
    let name = name.strip_prefix('.').unwrap_or(name);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '\'');
    name.starts_with(char::is_alphabetic) && name.chars().all(is_name) && !is_tool_word(name)
}

/// Whether another tool replaces this word in double braces by generated content.
fn is_tool_word(name: &str) -> bool {
    const TOOL_WORDS: [&str; 6] = ["toc", "content", "else", "end", "nav", "children"];
    TOOL_WORDS.iter().any(|tool_word| tool_word.eq_ignore_ascii_case(name))
}

/// Whether the text is an instruction: `insert date of approval`.
fn is_instruction(inner: &str) -> bool {
    let text = inner.trim_start();
    let starts = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let rest = FIRST_WORDS.iter().find(|word| starts(word)).map(|word| &text[word.len()..]);
    rest.is_some_and(|rest| rest.starts_with(' ') && rest.contains(char::is_alphabetic))
}

/// Whether the text names the content to be written: `Company Name`, `DATE`.
fn names_content(inner: &str) -> bool {
    let is_name = |c: char| c.is_alphabetic() || matches!(c, ' ' | '/' | '\'' | '-' | '’');
    if !inner.starts_with(char::is_uppercase) || !inner.chars().all(is_name) {
        return false;
    }
    let words: Vec<&str> = inner.split([' ', '/']).filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.len() > MAX_WORDS {
        return false;
    }
    // A sentence in brackets continues in lower case.
    let is_titled = words.iter().all(|word| word.starts_with(char::is_uppercase) || is_small(word));
    let lower = inner.to_lowercase();
    let is_wanted = |wanted: &&str| {
        lower.strip_suffix(*wanted).is_some_and(|before| before.is_empty() || before.ends_with([' ', '/']))
    };
    CONTENT_NAMES.iter().any(is_wanted) && (is_titled || words.len() <= 2)
}

fn is_small(word: &str) -> bool {
    matches!(word, "of" | "the" | "and" | "or" | "for" | "to" | "de" | "la" | "del" | "der" | "des")
}

#[cfg(test)]
mod tests {
    use super::{find_fields, is_field_alone, percent_field};

    fn found(text: &str) -> Vec<&str> {
        find_fields(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn percent_signs_hold_names_of_fields() {
        assert_eq!(percent_field("A %%title%% x"), Some(2..11));
        for text in ["10%% of calls, 30%%", "%%%%", "%% a", "%%"] {
            assert_eq!(percent_field(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_of_names_to_replace_is_a_field() {
        for line in [
            "<role>",
            "{description}",
            "<Name>, <Date>",
            "$DESCRIPTION",
            "%DESCRIPTION%",
            "@@DESCRIPTION@@.",
            "(insert name)",
            "(Name einsetzen)",
        ] {
            assert!(is_field_alone(line), "{line}");
        }
        for line in [
            "Press <Esc>",
            "{a: 1}",
            "<https://example.org>",
            "$5",
            "$PATH is set",
            "5% to 10%",
            "(see below)",
            "a < b > c",
        ] {
            assert!(!is_field_alone(line), "{line}");
        }
    }

    #[test]
    fn fields_are_distinguished_from_brackets_and_shortcodes() {
        for text in [
            "{{ organization }}",
            "{{.Name}}",
            "{{company_name}}",
            "[insert date of approval]",
            "[Your organization]",
            "<your name>",
            "<insert name>",
            "[Company Name]",
            "[DATE]",
            "[Date]",
            "[Name of the Organisation]",
            "[Fecha Actual]",
        ] {
            assert_eq!(found(text), [text]);
        }
        for text in [
            "{{generator:teams}}",
            "{{#need}}",
            "{{/need}}",
            "{{ site.email }}",
            "{{< note >}}",
            "{{% note %}}",
            "{{> part}}",
            "{{ x | upper }}",
            "{{ include(\"x\") }}",
            "{{toc}}",
            "[your name](x.md)",
            "[Date][x]",
            "[of the region]",
            "[sic]",
            "[the Company]",
            "[Enter]",
            "[Applause]",
            "[yes]",
            "[The server was down at that time]",
            "<https://example.org>",
            "[A.8.32]",
            "[1]",
            "[x number of]",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
