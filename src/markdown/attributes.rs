//! The attribute block at the end of a heading: `{#id clauses="8.6.1 8.6.2/partial"}`.
//!
//! The Markdown parser finds the block but splits its content at every space, so it is parsed again here, with
//! positions.

mod limits;

use std::ops::Range;

use crate::finding::{RuleId, reading};
use crate::spelling;
pub(super) use limits::limits;

/// The content of an attribute block.
#[derive(Default)]
pub(super) struct Attributes<'s> {
    /// The anchor chosen by the author.
    pub(crate) id: Option<&'s str>,
    /// The clauses claimed by the section, each with its byte range in the block.
    pub(crate) clauses: Vec<(&'s str, Range<usize>)>,
    /// Whether anything in the block looks like an attribute; otherwise the block is text.
    pub(crate) has_attributes: bool,
    /// The problems in the block, in order of position.
    pub(super) problems: Vec<AttributeProblem>,
    /// Whether a problem may limit the claims beside it, so that none of them is certain.
    pub(super) doubtful: bool,
    /// Whether words are given that would limit a claim, and have no effect without one.
    has_words: bool,
}

/// A part of a block that cannot be understood.
pub(super) struct AttributeProblem {
    /// Byte range in the block.
    pub(super) range: Range<usize>,
    /// The rule that is broken.
    pub(super) rule: RuleId,
    /// The message for the author.
    pub(super) message: String,
    /// The correction to suggest.
    pub(super) help: String,
}

/// Attributes of HTML that do not affect claims; they have no effect in a heading.
const HARMLESS_ATTRIBUTES: [&str; 7] = ["class", "dir", "id", "lang", "role", "style", "width"];
/// Attributes that other tools show beside a heading, so they may say something about a claim.
const WORD_ATTRIBUTES: [&str; 4] = ["number", "title", "toc", "tooltip"];

/// Anchors that only express the extent to which a clause is addressed.
const EXTENTS: [&str; 5] = ["incomplete", "partial", "partially", "partly", "teilweise"];

const HOW_TO_CLAIM: &str = "write `{clauses=\"8.6.1 8.6.2/partial\"}`";

/// Finds the attribute block at the end of a heading's source, and returns the range between the braces.
///
/// As in the Markdown parser, these are the last braces of the heading; nothing follows them, and they contain no
/// braces, angle brackets, backslashes or line ends.
pub(super) fn find_block(heading: &str) -> Option<Range<usize>> {
    let heading = heading.trim_ascii_end();
    let end = match heading.rfind('\n') {
        // The last line of a multi-line heading is its underline.
        Some(underline) => heading[..underline].trim_ascii_end().len(),
        None => heading.len(),
    };
    let close = heading[..end].strip_suffix('}')?.len();
    let open = heading[..close].rfind(['{', '}', '<', '>', '\\', '\n'])?;
    heading[open..].starts_with('{').then_some(open + 1..close)
}

/// Parses the text between the braces.
pub(super) fn read_block(block: &str) -> Attributes<'_> {
    // Pandoc does not number a heading with `{-}`.
    let mut attributes = Attributes { has_attributes: matches!(block.trim(), "" | "-"), ..Attributes::default() };
    let mut tokens = tokens(block);
    // In kramdown and Python-Markdown, an attribute list starts with a colon. Such a list contains no claims.
    let claims = tokens.iter().any(|token| block[token.clone()].contains("clause"));
    match tokens.first_mut().filter(|first| !claims && block[first.start..].starts_with(':')) {
        Some(first) if first.len() > 1 => first.start += 1,
        Some(_) => drop(tokens.remove(0)),
        None => {}
    }
    attributes.has_attributes |= tokens.iter().any(|token| is_attribute(&block[token.clone()]));
    if !attributes.has_attributes {
        return attributes;
    }
    let mut claimed = false;
    for token in tokens {
        let text = &block[token.clone()];
        if text.starts_with('#') && text.contains('=') {
            attributes.report_doubtful(token, format!("`{text}` cannot be read as an attribute of a heading"));
        } else if let Some(id) = text.strip_prefix('#') {
            if EXTENTS.iter().any(|extent| extent.eq_ignore_ascii_case(id)) {
                attributes.report_doubtful(token, format!("`{text}` is an anchor and limits no claim"));
            }
            attributes.id = Some(id).filter(|id| !id.is_empty());
        } else if let Some((name, value)) = text.split_once('=').filter(|(name, _)| !name.is_empty()) {
            attributes.read_assignment(&token, name, value, claimed);
            claimed |= name == "clauses";
        } else {
            attributes.read_word(&token, text);
        }
    }
    attributes.doubtful |= attributes.has_words && !attributes.clauses.is_empty();
    attributes
}

/// Range from the first to the last word of a block that is not an attribute.
pub(super) fn find_stray_words(block: &str) -> Option<Range<usize>> {
    let mut stray: Option<Range<usize>> = None;
    let mut at = 0;
    while let Some(token) = next_token(block, at) {
        at = token.end;
        // In kramdown, the list begins with a colon.
        let text = block[token.clone()].trim_start_matches(':');
        if !text.is_empty() && !text.starts_with(['#', '.']) && !text.contains('=') {
            stray = Some(stray.map_or(token.start, |stray| stray.start)..token.end);
        }
    }
    stray
}

/// Whether a value can serve as an anchor and cannot be meant to limit a claim.
fn is_anchor(text: &str) -> bool {
    let is_anchor_char = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    !text.is_empty() && text.chars().all(is_anchor_char) && !limits(text)
}

fn is_attribute(token: &str) -> bool {
    token.starts_with(['#', '.']) || token.split_once('=').is_some_and(|(name, _)| !name.is_empty())
}

impl<'s> Attributes<'s> {
    /// Handles `name=value`; `claimed` says whether the block has already listed clauses.
    fn read_assignment(&mut self, token: &Range<usize>, name: &'s str, value: &'s str, claimed: bool) {
        if let Some((id, _)) = unquoted(value).filter(|(id, _)| name == "id" && is_anchor(id)) {
            self.id = Some(id);
            return;
        }
        if name != "clauses" {
            return self.report_unknown(token.start..token.start + name.len(), name, value);
        }
        let start = token.end - value.len();
        let Some((list, lead)) = unquoted(value) else {
            return self
                .report_doubtful(token.clone(), "the quotation marks around these clauses do not match".to_owned());
        };
        let before = self.clauses.len();
        self.clauses.extend(items(list).map(|(item, at)| (item, start + lead + at..start + lead + at + item.len())));
        if claimed {
            self.report_doubtful(token.clone(), "`clauses` is listed twice".to_owned());
        } else if self.clauses.len() == before {
            self.report_doubtful(token.clone(), "`clauses` names no clause".to_owned());
        }
    }

    fn report_unknown(&mut self, range: Range<usize>, name: &str, value: &str) {
        let lower = name.to_ascii_lowercase();
        let is_data = lower.starts_with("data-") || lower.starts_with("aria-");
        let is_words = WORD_ATTRIBUTES.contains(&lower.as_str()) && !is_clause_number(value);
        self.has_words |= is_words;
        let is_known = HARMLESS_ATTRIBUTES.contains(&lower.as_str()) || is_data && !lower.ends_with("note") || is_words;
        self.doubtful |= !is_known || limits(name) || limits(value);
        let help = match lower.as_str() {
            "extent" => "write the extent after the clause: `8.6.2/partial`",
            "note" => "write `/partial` after the clause, and the remark in the text of the section",
            _ => match spelling::nearest(name, ["clauses"]) {
                Some(_) => "did you mean `clauses`?",
                None => "a heading can have only `#anchor` and `clauses=\"...\"` alone",
            },
        };
        let message = format!("`{name}` is not a known attribute of a heading");
        self.problems.push(AttributeProblem { range, rule: reading::UNKNOWN_KEY, message, help: help.to_owned() });
    }

    /// Handles a token that is not an assignment: a class, or something unknown.
    fn read_word(&mut self, token: &Range<usize>, text: &str) {
        let is_class = text.strip_prefix('.').is_some_and(|name| !has_digit(name) || is_numbered_class(name));
        if (!is_class || limits(text)) && text != "-" {
            self.report_doubtful(token.clone(), format!("`{text}` cannot be read as an attribute of a heading"));
        }
    }

    fn report_doubtful(&mut self, range: Range<usize>, message: String) {
        self.doubtful = true;
        self.problems.push(AttributeProblem {
            range,
            rule: reading::UNKNOWN_CLAUSE,
            message,
            help: HOW_TO_CLAIM.to_owned(),
        });
    }
}

/// Whether a value looks like the number of a clause: `"8.6.1"`.
fn is_clause_number(value: &str) -> bool {
    let is_dot =
        |pair: &[u8]| pair[0].is_ascii_digit() && pair[1] == b'.' || pair[0] == b'.' && pair[1].is_ascii_digit();
    value.as_bytes().windows(2).any(is_dot)
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// Whether the digits in a class name come from a style sheet, as in `h5` and `col-6`, not from a clause or a standard.
fn is_numbered_class(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    let is_reference = ["iso", "clause", "annex", "anhang"].iter().any(|word| name.contains(word));
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(is_plain) && !is_reference
}

/// Whether an attribute block outside the end of a heading was meant to claim a clause.
pub(super) fn looks_like_claim(block: &str) -> bool {
    let content = block.trim_matches(['{', '}', ':', ' ']);
    tokens(content).into_iter().any(|token| content[token].to_ascii_lowercase().starts_with("clause"))
}

/// All tokens of a block, separated by white space outside quotation marks.
fn tokens(block: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(token) = next_token(block, at) {
        at = token.end;
        tokens.push(token);
    }
    tokens
}

/// The next token at or after `at`.
fn next_token(block: &str, at: usize) -> Option<Range<usize>> {
    let start = at + block[at..].find(|c: char| !c.is_ascii_whitespace())?;
    let mut quote = None;
    let mut before = ' ';
    for (offset, c) in block[start..].char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c.is_ascii_whitespace() => return Some(start..start + offset),
            None if before == '=' && matches!(c, '"' | '\'') => quote = Some(c),
            None => {}
        }
        before = c;
    }
    Some(start..block.len())
}

/// A value without its quotation marks, and the length in bytes of the opening one; `None` if they do not match.
fn unquoted(value: &str) -> Option<(&str, usize)> {
    let Some(quote) = value.chars().next().filter(|first| matches!(first, '"' | '\'')) else {
        return Some((value, 0)).filter(|(value, _)| !value.ends_with(['"', '\'']));
    };
    let content = value[1..].strip_suffix(quote)?;
    (!content.contains(quote)).then_some((content, 1))
}

/// The items of a list separated by white space or commas, each with its offset.
fn items(list: &str) -> impl Iterator<Item = (&str, usize)> {
    list.split(|c: char| c.is_whitespace() || c == ',')
        .filter(|item| !item.is_empty())
        .map(move |item| (item, offset_within(list, item)))
}

/// Byte offset of a part within the text that contains it.
fn offset_within(text: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clauses(block: &str) -> Vec<&str> {
        read_block(block).clauses.iter().map(|(_, range)| &block[range.clone()]).collect()
    }

    #[test]
    fn quoted_values_hold_several_items_each_with_its_place() {
        assert_eq!(
            clauses("#x clauses=\"8.6.1 8.6.2/partial, iso27001:A.5.24\""),
            ["8.6.1", "8.6.2/partial", "iso27001:A.5.24"]
        );
        assert_eq!(clauses("clauses=8.6.1"), ["8.6.1"]);
        assert_eq!(clauses("clauses='8.6.1' #id .wide"), ["8.6.1"]);
        assert!(
            clauses("clauses=\"\"").is_empty() && clauses("clauses=").is_empty() && clauses("clauses=\"").is_empty()
        );
        assert_eq!(read_block(".wide #id-1 x=y").id, Some("id-1"));
    }

    #[test]
    fn a_possible_limit_makes_a_claim_doubtful() {
        for block in [
            "clauses=8.6.1",
            "#id clauses='8.6.1' .wide",
            "clauses=\"8.6.1\" -",
            "clauses=8.6.1 lang=en",
            ": #a .no_toc",
            ":.no_toc",
            "clauses=8.6.1 .unnumbered data-id=12",
            ".class title=\"T\"",
            "#x number=\"3\"",
            "-",
        ] {
            assert!(!read_block(block).doubtful, "{block}");
        }
        for block in [
            "clauses=8.6.1 partial",
            "clauses=\"8.6.1\" extent=\"partial\"",
            "clauses=\"8.6.1\" note=\"only mail\"",
            "clauses=\"\"",
            "clauses=",
            "clauses=\"8.6.1",
            "clauses=\"8.6.1'",
            "clauses=8.6.1\"",
            "clauses=8.6.1 clauses=8.6.2",
            "CLAUSES=8.6.1",
            "clause=8.6.1",
            ".clauses-8.6.1",
            ": clauses=8.6.1",
            "clauses=\"8.6.1\" .only-mail",
            "clauses=\"8.6.1\" .not-applicable",
            "clauses=\"8.6.1\" data-note=\"the mail service\"",
            "clauses = \"8.6.1\" #a",
            "clauses=\"8.6.1\" .partial",
            "clauses=\"8.6.1\" class=\"partial\"",
            "clauses=\"8.6.1\" title=\"only mail\"",
            "clauses=\"8.6.1\" title=\"Mail\"",
            "#x number=\"8.6.1\"",
            "data-clauses=\"8.6.1/partial\" clauses=\"8.6.1\"",
        ] {
            let attributes = read_block(block);
            assert!(attributes.doubtful && !attributes.problems.is_empty(), "{block}");
        }
    }

    #[test]
    fn braces_without_an_attribute_are_text() {
        assert!(!read_block("TBD").has_attributes);
        assert!(
            read_block("#id").has_attributes
                && read_block("").has_attributes
                && read_block("-").has_attributes
                && read_block("key=value").has_attributes
        );
    }

    #[test]
    fn words_that_are_not_attributes_are_distinguished() {
        let found = |block: &'static str| find_stray_words(block).map(|range| &block[range]);
        assert_eq!(found("#scope see the policy .x"), Some("see the policy"));
        assert_eq!(found("#a clauses=\"8.6.1 8.6.2\" .b"), None);
        assert_eq!(found(":#a"), None);
    }

    #[test]
    fn the_block_is_at_the_very_end() {
        let found = |heading: &'static str| find_block(heading).map(|range| &heading[range]);
        assert_eq!(found("## A {#b}"), Some("#b"));
        assert_eq!(found("## A {#b} \n"), Some("#b"));
        assert_eq!(found("A {#b}\n==="), Some("#b"));
        assert_eq!(found("## A {#b} ##"), None);
        assert_eq!(found("## A {{b}}"), None);
        assert_eq!(found("## A b}"), None);
        assert_eq!(found(""), None);
    }
}
