//! Parses the info string of a code block after its language.

/// Keys whose value other programs display above the code.
const KEYS: [&str; 4] = ["title=", "caption=", "lst-cap=", "filename="];
/// Keys whose value is displayed if it consists of several words; one word is a name for the program.
const KEYS_OF_WORDS: [&str; 2] = ["name=", "label="];

/// The language of a code block, and the length of what names it: `sh` of `sh{1}[Title]` and `sh:/etc/relay.conf`.
pub(super) fn language(info: &str) -> (&str, usize) {
    let word = info.split([' ', ',', '\t']).next().unwrap_or_default();
    if word.starts_with('{') {
        return (word.trim_matches(['{', '}', '.']), word.len());
    }
    let word = &word[..word.find(['{', '[']).unwrap_or(word.len())];
    match file_name(word) {
        Some(file) => (&word[..word.len() - file.len() - 1], word.len()),
        None => (word.trim_matches(['{', '}', '.']), word.len()),
    }
}

/// The file name after a language: `sh:/etc/relay.conf`. Other words there are options: `ts:line-numbers`.
fn file_name(word: &str) -> Option<&str> {
    let (language, file) = word.split_once(':')?;
    let is_file = file.contains(['.', '/']) && !file.ends_with('.') || !file.is_ascii();
    (is_file && !language.is_empty() && !file.starts_with([':', '='])).then_some(file)
}

/// The titles of a code block, in the order of their meaning: `title="Title"`, `{lst-cap="Title"}`, `[Title]`,
/// `"Title"`, `sh:/etc/relay.conf`.
pub(super) fn titles(info: &str) -> Vec<&str> {
    let keyed = KEYS.iter().filter_map(|key| value(info, key));
    let worded = KEYS_OF_WORDS.iter().filter_map(|key| value(info, key)).filter(|value| value.trim().contains(' '));
    let (_, length) = language(info);
    let file = file_name(&info[..length]);
    let mut titles: Vec<&str> = keyed.chain(worded).chain(bracketed(info)).chain(quoted(info)).chain(file).collect();
    titles.iter_mut().for_each(|title| *title = title.trim());
    titles.retain(|title| !title.is_empty());
    titles
}

/// The words in brackets at the end, except for braces with options: `sh [Title]{1}`.
fn bracketed(info: &str) -> Option<&str> {
    let info = info.trim_end();
    let end = if info.ends_with('}') { info[..info.rfind('{')?].trim_end() } else { info };
    let open = end.strip_suffix(']')?.rfind('[').filter(|open| end[..*open].ends_with([' ', '}']))?;
    Some(&end[open + 1..end.len() - 1])
}

/// Words in quotation marks that no key precedes.
fn quoted(info: &str) -> Option<&str> {
    let word = tokens(info).into_iter().skip(1).find(|token| token.starts_with('"') && token.ends_with('"'))?;
    word.strip_prefix('"')?.strip_suffix('"')
}

/// The value of a key, with or without quotation marks.
fn value<'t>(info: &'t str, key: &str) -> Option<&'t str> {
    let is_word_start = |at: &usize| info[..*at].ends_with([' ', '\t', ',', '{']);
    let at = info.match_indices(key).map(|(at, _)| at).find(is_word_start)?;
    let value = &info[at + key.len()..];
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split_once(quote).map(|(value, _)| value),
        _ => value.split([' ', '\t', ',', '}']).next(),
    }
}

/// Lower-case options of other programs.
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

/// Keys whose values are settings, even if they consist of several words.
const SETTINGS: [&str; 8] = ["class", "style", "id", "hl_lines", "highlight", "theme", "cmd", "options"];
/// Minimum number of words in a sentence, and the minimum length of its longest word; the value of a key needs one word
/// more.
const MIN_WORDS: usize = 2;
const MIN_LONG_WORD_CHARS: usize = 3;

/// Words that are neither displayed nor understood by any program: a sentence in the place of options, or as the value
/// of an option. `titles` are the parts that are displayed.
pub(super) fn sentence<'t>(arguments: &'t str, titles: &[&str]) -> Option<&'t str> {
    let mut words: Vec<&str> = Vec::new();
    for token in tokens(arguments) {
        let inner = token.trim_start_matches(['{', '[']).trim_end_matches(['}', ']']);
        let is_title = titles
            .iter()
            .any(|title| inner.trim() == *title || inner.contains(title) && inner.contains(['=', '[', ']', '"']));
        match inner.split_once('=') {
            _ if is_title => {}
            Some((key, value)) if !key.contains(char::is_whitespace) || token.starts_with('{') => {
                let value = value.trim_matches(['"', '\'']);
                let key = key.rsplit([' ', ',']).next().unwrap_or(key);
                let is_setting = SETTINGS.contains(&key) || key.starts_with("data-") || value.contains('=');
                if !is_setting && is_sentence(&value.split_whitespace().collect::<Vec<_>>(), MIN_WORDS + 1) {
                    return Some(value);
                }
            }
            _ if token.starts_with('{') => {}
            _ => words.extend(inner.split_whitespace()),
        }
    }
    if !is_sentence(&words, MIN_WORDS) {
        return None;
    }
    let at = |word: &str| word.as_ptr().addr() - arguments.as_ptr().addr();
    let (first, last) = (words.first()?, words.last()?);
    arguments.get(at(first)..at(last) + last.len())
}

/// Whether words are addressed to a human reader, because enough of them are neither options nor symbols.
fn is_sentence(words: &[&str], min_words: usize) -> bool {
    let plain = words.iter().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let plain: Vec<&str> = plain.filter(|word| is_natural_word(word)).collect();
    let dense = plain.iter().flat_map(|word| word.chars()).filter(|c| is_unspaced_script(*c)).count();
    let is_long = plain.iter().any(|word| word.chars().count() >= MIN_LONG_WORD_CHARS);
    plain.len() >= min_words && is_long || dense >= 2 * min_words
}

/// Whether a word is natural language. Options are written as one word, for example `showLineNumbers` or `no_run`.
fn is_natural_word(word: &str) -> bool {
    let has_capital = word.chars().skip(1).any(char::is_uppercase) && !word.chars().all(char::is_uppercase);
    let is_word = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{2019}'));
    is_word && !word.is_empty() && !has_capital && !OPTIONS.contains(&&*word.to_lowercase())
}

/// Whether a character belongs to a script without spaces between words.
pub(super) fn is_unspaced_script(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{e00}'..='\u{eff}')
}

/// Whether a character belongs to an East Asian script, including Korean, which has spaces.
pub(super) fn is_east_asian(c: char) -> bool {
    is_unspaced_script(c) || ('\u{ac00}'..='\u{d7a3}').contains(&c)
}

/// Splits a text at spaces, but keeps quoted and bracketed parts together with what directly precedes them.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let (mut start, mut open): (Option<usize>, Option<char>) = (None, None);
    for (at, c) in text.char_indices() {
        match (open, c) {
            (Some(closing), _) if c == closing => open = None,
            (Some(_), _) => {}
            (None, ' ' | '\t') => tokens.extend(start.take().and_then(|start| text.get(start..at))),
            (None, _) => {
                let closing = closing_char(c, &text[start.unwrap_or(at)..at]);
                open = closing.filter(|closing| text[at + c.len_utf8()..].contains(*closing));
                start = start.or(Some(at));
            }
        }
    }
    tokens.extend(start.and_then(|start| text.get(start..)));
    tokens
}

/// The character that closes what `c` opens; `before` is the part of the word in front of it.
fn closing_char(c: char, before: &str) -> Option<char> {
    match c {
        '"' | '\'' if before.ends_with('=') || before.is_empty() => Some(c),
        '{' => Some('}'),
        '[' => Some(']'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_read_however_they_are_written() {
        for (info, expected) in [
            ("sh title=\"Run on host B\"", &["Run on host B"] as &[&str]),
            ("sh {linenos=true, title='On B'}", &["On B"]),
            ("{.sh filename=\"a.sh\"}", &["a.sh"]),
            ("sh hl_lines=\"2\" title=Own", &["Own"]),
            ("sh [On host B]", &["On host B"]),
            ("{.sh lst-cap=\"Stop the relay\"}", &["Stop the relay"]),
            ("sh{1}[On host B]", &["On host B"]),
            ("sh [On host B]{1}", &["On host B"]),
            ("sh [On host B] {1,3}", &["On host B"]),
            ("sh \"On host B\"", &["On host B"]),
            ("sh:/etc/relay.conf", &["/etc/relay.conf"]),
            ("sh label=\"On host B\"", &["On host B"]),
            ("sh filename=\"a.sh\" title=\"On B\"", &["On B", "a.sh"]),
            ("sh name=setup", &[]),
            ("ts:line-numbers {1}", &[]),
            ("sh {linenos=table,hl_lines=[8,\"15-17\"]}", &[]),
            ("sh caption=\"\"", &[]),
            ("sh subtitle=\"x\"", &[]),
            ("sh {1,3}", &[]),
            ("", &[]),
        ] {
            assert_eq!(titles(info), expected, "{info}");
        }
        for (info, expected) in [
            ("sh{1}[On B]", "sh"),
            ("js:a.js", "js"),
            ("ts:line-numbers", "ts:line-numbers"),
            ("{.sh}", "sh"),
            ("c++", "c++"),
        ] {
            assert_eq!(language(info).0, expected, "{info}");
        }
    }

    #[test]
    fn options_are_not_a_sentence() {
        for (words, expected) in [
            ("Run on host B only.", "Run on host B only."),
            ("run this on host B", "run this on host B"),
            ("on host", "on host"),
            ("copy the file to host B by night", "copy the file to host B by night"),
            ("Restart MySQL on host B", "Restart MySQL on host B"),
            ("Restart within 4.5 hours, mail/web only", "Restart within 4.5 hours, mail/web only"),
            ("Call +44 1632 960111 first", "Call +44 1632 960111 first"),
            ("Run this, e.g. by night, and wait", "Run this, e.g. by night, and wait"),
            ("{1,3} The Board has agreed to it", "The Board has agreed to it"),
            ("[The Board] has agreed to it", "The Board] has agreed to it"),
            ("description=\"The desk restores by night\"", "The desk restores by night"),
            ("\u{4ec5}\u{5728}\u{591c}\u{95f4}\u{91cd}\u{542f}", "\u{4ec5}\u{5728}\u{591c}\u{95f4}\u{91cd}\u{542f}"),
        ] {
            assert_eq!(sentence(words, &[]), Some(expected), "{words}");
        }
        assert_eq!(sentence("{title=\"On B\"} nights included", &["On B"]), Some("nights included"));
        assert_eq!(sentence("title=Restart only by night", &["Restart"]), Some("only by night"));
        assert_eq!(sentence("title=\"On host B by night\"", &["On host B by night"]), None);
        assert_eq!(sentence("[On host B by night]", &["On host B by night"]), None);
        for options in ["", "twoslash showLineNumbers wrap copy", "linenums=\"1\" a b c", "{1,3} copy Wrap"] {
            assert_eq!(sentence(options, &[]), None, "{options}");
        }
        for options in [
            "showLineNumbers copy",
            "wrap copy",
            "live noInline showLineNumbers copy",
            "no_run should_panic edition2021",
            "{linenos=table,hl_lines=[8,\"15-17\"],linenostart=199}",
            ".numberLines startFrom=\"10\"}",
            "class=\"one two three four\"",
            "setup, include=FALSE, echo=TRUE}",
        ] {
            assert_eq!(sentence(options, &[]), None, "{options}");
        }
    }
}
