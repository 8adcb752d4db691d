//! Markup in blocks that are code only because they are indented, and that nobody shows as code.

use super::announcement::announces_code;

/// The first line of an indented block that was meant as text: with a link or a picture, with a line of a table, an
/// alert or an item of a list. `before` is the text above the block, which may announce code.
pub(super) fn first_markup<'c>(code: &'c str, before: &str) -> Option<&'c str> {
    let lines = || code.lines().map(str::trim).filter(|line| !line.is_empty());
    let marked = lines().find(|line| has_link(line) || is_table_line(line) || line.starts_with("> [!"));
    let first = marked.or_else(|| lines().next().filter(|_| lines().count() > 1 && is_list(lines())));
    first.filter(|_| !announces_code(before))
}

/// Whether a line contains a link or a picture whose target is an address or a file, or a link to an ID.
fn has_link(line: &str) -> bool {
    let is_target = |target: &str| {
        let name = target.split(['#', '?', ' ']).next().unwrap_or_default();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        target.starts_with("https://") || target.starts_with("http://") || ENDINGS.contains(&ending)
    };
    let link = line.match_indices("](").any(|(at, _)| {
        let Some(open) = line[..at].rfind('[') else { return false };
        let is_apart = !line[..open].ends_with(|c: char| c.is_alphanumeric() || "])_\\".contains(c));
        // An argument of a command may contain one.
        let is_quoted = line[..open].matches('"').count() % 2 == 1;
        let target = line[at + 2..].split(')').next().unwrap_or_default();
        is_apart && !is_quoted && open + 1 < at && is_target(target)
    });
    link || line.match_indices("[[").any(|(at, _)| line[at + 2..].split_once("]]").is_some_and(|(id, _)| is_id(id)))
}

/// Endings of files that documents link to.
const ENDINGS: [&str; 11] = ["md", "mdx", "png", "jpg", "jpeg", "svg", "gif", "webp", "pdf", "docx", "xlsx"];

/// Whether a name has the form of an ID such as `PRO-INC-001`.
fn is_id(name: &str) -> bool {
    let name = name.split(['#', '|']).next().unwrap_or_default();
    name.contains('-')
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Whether a line is the one below the head of a table.
fn is_table_line(line: &str) -> bool {
    line.starts_with('|')
        && line.contains("--")
        && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
        && line.bytes().filter(|byte| *byte == b'|').count() > 2
}

/// Whether all lines are items with the same mark that are sentences; data may be a list, too, and what a program
/// prints.
fn is_list<'t>(mut lines: impl Iterator<Item = &'t str>) -> bool {
    let is_sentence = |words: &str| {
        words.starts_with(char::is_uppercase)
            && words.contains(' ')
            && !words.contains([':', '=', '{', '$', '/', '_'])
            && !words.contains("...")
    };
    let mut first = None;
    lines.all(|line| {
        let mark = line.bytes().next().filter(|byte| !byte.is_ascii_digit());
        if *first.get_or_insert(mark) != mark {
            return false;
        }
        let number = line.bytes().take_while(u8::is_ascii_digit).count();
        let item =
            line.strip_prefix(['-', '*', '+']).or_else(|| line[number..].strip_prefix('.').filter(|_| number > 0));
        item.and_then(|words| words.strip_prefix(' ')).is_some_and(is_sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::first_markup;

    #[test]
    fn markup_is_distinguished_from_code() {
        for (code, line) in [
            ("See [the policy](https://e.org) and **do not** restart.", Some(0)),
            ("a\nSee [[PRO-INC-001]].", Some(1)),
            ("![flow](p.png)", Some(0)),
            ("1. Stop the queue.\n2. Start the queue.", Some(0)),
            ("- Stop the queue.\n- Start the queue.", Some(0)),
            ("| a | b |\n|---|---|", Some(1)),
            ("> [!NOTE]", Some(0)),
            ("$ ls\nfile", None),
            ("Priority = Impact * Urgency", None),
            ("- name: mail\n- name: web", None),
            ("callbacks[0](x.y)", None),
            ("if [[ $a-b ]]; then", None),
            ("+----+\n| a  |", None),
            ("1. Only one line.", None),
            ("+ Added line of text\n- Removed line of text", None),
            ("* Trying 192.0.2.1 ...\n* Connected to relay", None),
            ("curl -H \"x: [a](https://e.org)\"", None),
        ] {
            assert_eq!(first_markup(code, "Do this:"), line.and_then(|at| code.lines().nth(at)), "{code}");
            assert_eq!(first_markup(code, "The log shows:"), None, "{code}");
        }
    }
}
