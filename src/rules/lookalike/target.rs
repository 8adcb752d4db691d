//! Checks whether a text between brackets is plausible as a link target.

use crate::path::has_file_extension;

/// Prefixes of URLs and paths.
const ADDRESS_PREFIXES: [&str; 9] = ["http://", "https://", "mailto:", "tel:", "www.", "./", "../", "/", "#"];

/// The content of the round brackets of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rules) struct ParsedTarget<'t> {
    /// The target, without angle brackets and without a title.
    pub(in crate::rules) target: &'t str,
    /// The white space and title after it, if any.
    pub(in crate::rules) title: &'t str,
}

impl<'t> ParsedTarget<'t> {
    /// Splits the content into target and title.
    pub(in crate::rules) fn read(inner: &'t str) -> ParsedTarget<'t> {
        let inner = inner.trim();
        let (target, title) = inner.split_at(title_start(inner));
        let target = target.trim();
        let target = target.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(target);
        ParsedTarget { target, title }
    }

    /// Whether it can only be meant as a target.
    pub(in crate::rules) fn is_plain(&self) -> bool {
        let ParsedTarget { target, .. } = self;
        if target.contains(char::is_whitespace) {
            return has_file_extension(target);
        }
        is_incomplete(target) || has_file_extension(target)
    }

    /// Whether it begins like a web URL.
    pub(super) fn is_address(&self) -> bool {
        ["http://", "https://"].iter().any(|beginning| self.target.starts_with(beginning))
    }

    /// Whether it is a template for another program, whose syntax another rule reports.
    pub(super) fn is_template(&self) -> bool {
        ["{{", "{%", "<%", "{#"].iter().any(|beginning| self.target.starts_with(beginning))
    }

    /// Whether it is so clearly a file or a URL that it is meant as a target anywhere.
    pub(in crate::rules) fn is_file(&self) -> bool {
        let target = self.target;
        let is_address = target.contains("://") || target.starts_with("../") || target.starts_with("./");
        !target.contains(char::is_whitespace) && (is_address || has_file_extension(target))
    }
}

/// The offset of the white space before a title in quotation marks.
fn title_start(inner: &str) -> usize {
    let Some(mark) = inner.chars().next_back().filter(|mark| matches!(mark, '"' | '\'' | '”' | '“')) else {
        return inner.len();
    };
    let body = &inner[..inner.len() - mark.len_utf8()];
    let opens = |c: char| c == mark || matches!(mark, '”' | '“') && matches!(c, '“' | '„');
    let opening = body.find(opens).filter(|at| body[..*at].ends_with(char::is_whitespace));
    opening.map_or(inner.len(), |at| body[..at].trim_end().len())
}

fn is_incomplete(target: &str) -> bool {
    let rest = ADDRESS_PREFIXES.iter().find_map(|beginning| target.strip_prefix(beginning));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '+' | '.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_distinguished_from_a_remark() {
        for text in ["b.md", "b.md#scope", "../x", "https://example.org", "#scope", "my file.md", "a/b.PDF \"A form\""]
        {
            assert!(ParsedTarget::read(text).is_plain(), "{text}");
        }
        for text in ["see below", "or no", "e.g.", "1", "#", "a/b", "x, y", "/", "v1.2", "the plan."] {
            assert!(!ParsedTarget::read(text).is_plain(), "{text}");
        }
    }

    #[test]
    fn a_title_is_not_part_of_the_target() {
        let read = |text| (ParsedTarget::read(text).target, ParsedTarget::read(text).title);
        assert_eq!(read("my file.md \"The form\""), ("my file.md", " \"The form\""));
        assert_eq!(read(" <my file.md> 'x'"), ("my file.md", " 'x'"));
        assert_eq!(read("it's.md"), ("it's.md", ""));
    }
}
