//! What stands behind the fence of a code block beside its language.

/// Keys whose value other programs show above the code.
const KEYS: [&str; 3] = ["title=", "caption=", "filename="];

/// The title of a code block: `title="Title"`, `{title="Title"}`, `[Title]`.
pub(super) fn title(info: &str) -> Option<&str> {
    let keyed = KEYS.iter().find_map(|key| value(info, key));
    let bracketed = || info.trim_end().strip_suffix(']')?.rsplit_once(" [").map(|(_, title)| title);
    keyed.or_else(bracketed).map(str::trim).filter(|title| !title.is_empty())
}

/// The value of a key, with quotation marks or without.
fn value<'t>(info: &'t str, key: &str) -> Option<&'t str> {
    let is_apart = |at: &usize| info[..*at].ends_with([' ', '\t', ',', '{']);
    let at = info.match_indices(key).map(|(at, _)| at).find(is_apart)?;
    let value = &info[at + key.len()..];
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split_once(quote).map(|(value, _)| value),
        _ => value.split([' ', '\t', ',', '}']).next(),
    }
}

/// Options of programs that are written in small letters.
const OPTIONS: [&str; 24] = [
    "collapse",
    "collapsed",
    "copy",
    "diff",
    "echo",
    "editable",
    "eval",
    "exec",
    "expand",
    "expanded",
    "foldable",
    "hidden",
    "ignore",
    "inline",
    "linenos",
    "linenums",
    "live",
    "noplayground",
    "nowrap",
    "numbered",
    "playground",
    "runnable",
    "twoslash",
    "wrap",
];

/// Words that no program shows or means anything by: a sentence where options would be.
pub(super) fn sentence(arguments: &str) -> Option<&str> {
    let is_word = |word: &str| {
        let word = word.trim_matches(['.', ',', ':', ';', '!', '?', '(', ')', '"', '\'']);
        !word.is_empty() && word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '\''))
    };
    // Options are written in one word, such as `showLineNumbers`.
    let is_option = |word: &str| word.chars().skip(1).any(char::is_uppercase) || OPTIONS.contains(&word);
    let is_sentence = arguments.split_whitespace().count() > 1;
    let mut written = arguments.split_whitespace();
    (is_sentence && written.clone().all(is_word) && !written.any(is_option)).then_some(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_read_however_it_is_written() {
        for (info, expected) in [
            ("sh title=\"Run on host B\"", Some("Run on host B")),
            ("sh {linenos=true, title='On B'}", Some("On B")),
            ("{.sh filename=\"a.sh\"}", Some("a.sh")),
            ("sh hl_lines=\"2\" title=Own", Some("Own")),
            ("sh [On host B]", Some("On host B")),
            ("sh caption=\"\"", None),
            ("sh subtitle=\"x\"", None),
            ("sh {1,3}", None),
            ("", None),
        ] {
            assert_eq!(title(info), expected, "{info}");
        }
    }

    #[test]
    fn options_are_not_a_sentence() {
        assert_eq!(sentence("Run on host B only."), Some("Run on host B only."));
        assert_eq!(sentence("run this on host B"), Some("run this on host B"));
        assert_eq!(sentence("only on weekdays"), Some("only on weekdays"));
        assert_eq!(sentence("on host"), Some("on host"));
        for options in ["", "twoslash", "showLineNumbers wrap copy", "linenums=\"1\" a b c", "{1,3} copy Wrap"] {
            assert_eq!(sentence(options), None, "{options}");
        }
        for options in ["showLineNumbers copy", "wrap copy", "live noInline showLineNumbers copy"] {
            assert_eq!(sentence(options), None, "{options}");
        }
    }
}
