//! Where a text holds marks of other tools.

use memchr::memmem;

use super::anchor::anchors;
use super::construct::{
    ABBREVIATION, CAPTION, COMMENT, CONTAINER, CRITIC, Construct, GRID, INCLUSION, LATEX, LONGEST, MATH, MODULE, RST,
    SHORTCODE, Sink, TABS,
};
use super::spans;
use crate::markdown::dialect::is_alert;

/// Shows all marks of a text to `found`; what is code is for the caller to know.
pub(super) fn all(text: &str, found: &mut Sink<'_>) {
    let has = |sign: u8| memchr::memchr(sign, text.as_bytes()).is_some();
    at_line_starts(text, found);
    let braces = has(b'{');
    if braces || has(b'\\') || has(b'%') {
        enclosed(text, found);
    }
    formulas(text, found);
    if braces {
        anchors(text, found);
    }
    spans::all(text, found);
}

/// Marks that a line begins with.
const LINES: [(&str, &Construct); 22] = [
    ("*[", &ABBREVIATION),
    ("=== \"", &TABS),
    ("=== '", &TABS),
    ("===! \"", &TABS),
    ("===+ \"", &TABS),
    ("--8<--", &INCLUSION),
    ("@include", &INCLUSION),
    ("@import", &INCLUSION),
    ("!include", &INCLUSION),
    ("!!!include", &INCLUSION),
    ("[!include", &INCLUSION),
    ("[!INCLUDE", &INCLUSION),
    ("{{#", &INCLUSION),
    ("{{include", &INCLUSION),
    ("include::", &INCLUSION),
    (".. ", &RST),
    ("\\", &LATEX),
    ("/// ", &CONTAINER),
    ("{", &SHORTCODE),
    ("Table: ", &CAPTION),
    ("+--", &GRID),
    ("+==", &GRID),
];

fn at_line_starts(text: &str, found: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let lead = bytes[start..end].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
        let first = bytes.get(start + lead).copied().unwrap_or(b'\n');
        if matches!(
            first,
            b'=' | b'-'
                | b'@'
                | b'!'
                | b'['
                | b'{'
                | b'.'
                | b'$'
                | b'+'
                | b':'
                | b'i'
                | b'e'
                | b'*'
                | b'\\'
                | b'/'
                | b'T'
        ) {
            at_line_start(&text[start + lead..end], start + lead, found);
        }
        start = end + 1;
    }
}

fn at_line_start(line: &str, at: usize, found: &mut Sink<'_>) {
    let bare = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line).trim_start();
    let at = at + line.len() - bare.len();
    let line = bare.trim_end();
    let range = at..at + line.len();
    if let Some((mark, construct)) = LINES.iter().find(|(mark, _)| line.starts_with(mark) && is_whole(line, mark)) {
        // An alert of reStructuredText may have its text behind the mark.
        let alert = line[mark.len()..].split_once("::").filter(|(name, _)| *mark == ".. " && is_alert(name));
        let length = alert.map_or(line.len(), |(name, _)| mark.len() + name.len() + "::".len());
        found(construct, at..at + length);
    } else if line.starts_with(":::")
        && line.trim_start_matches(':').trim_start().starts_with(|letter: char| letter.is_alphabetic() || letter == '{')
    {
        found(&CONTAINER, range);
    } else if is_module(line) {
        found(&MODULE, range);
    }
}

/// Whether a line that begins with a mark is what the mark stands for.
fn is_whole(line: &str, mark: &str) -> bool {
    let rest = &line[mark.len()..];
    match mark {
        "@include" | "@import" | "!include" => rest.starts_with(['(', ' ', '"', '\'']),
        ".. " => is_directive_of_rst(rest),
        "\\" => is_command(rest),
        "/// " => rest.starts_with(char::is_alphabetic),
        "include::" => rest.ends_with(']') && !rest.contains(' '),
        "{" => is_macro(rest),
        "Table: " => rest.ends_with('}') && rest.contains(" {#"),
        "*[" => rest.contains("]: "),
        "+--" | "+==" => line.ends_with('+') && line.bytes().all(|byte| b"+-=:".contains(&byte)),
        _ => true,
    }
}

/// `name::`, `|name| date::`, `_label:`.
fn is_directive_of_rst(rest: &str) -> bool {
    let is_name = |name: &str| name.chars().all(|letter| letter.is_alphanumeric() || "-_:|. ".contains(letter));
    let is_plain = |name: &str| !name.contains(' ') || name.starts_with('|');
    let label = rest.strip_prefix('_').and_then(|rest| rest.strip_suffix(':'));
    label.is_some_and(is_name) || rest.split_once("::").is_some_and(|(name, _)| is_name(name) && is_plain(name))
}

/// Commands of LaTeX that stand on a line of their own.
const COMMANDS: [&str; 17] = [
    "appendix",
    "begin",
    "bibliography",
    "clearpage",
    "cleardoublepage",
    "end",
    "include",
    "input",
    "label",
    "listoffigures",
    "listoftables",
    "maketitle",
    "newpage",
    "pagebreak",
    "printbibliography",
    "tableofcontents",
    "vspace",
];

/// `newpage`, `input{file}`.
fn is_command(rest: &str) -> bool {
    let name = rest.find(|letter: char| !letter.is_ascii_alphabetic()).map_or(rest, |end| &rest[..end]);
    let behind = &rest[name.len()..];
    COMMANDS.contains(&name)
        && (behind.is_empty() || behind.starts_with(['{', '[', '*']) && behind.ends_with(['}', ']', '*']))
}

/// Macros of Confluence that stand on a line of their own.
const MACROS: [&str; 6] = ["toc", "include", "excerpt-include", "children", "pagetree", "toc-zone"];

/// `toc}`, `include:page}`.
fn is_macro(rest: &str) -> bool {
    let inside = rest.strip_suffix('}').unwrap_or_default();
    MACROS.contains(&inside.split(':').next().unwrap_or_default()) && !inside.contains(['{', '}'])
}

/// Whether a line asks for the text of a file.
pub(crate) fn is_include_line(line: &str) -> bool {
    let mut asks = false;
    at_line_start(line.trim(), 0, &mut |construct, _| asks |= *construct == INCLUSION);
    asks
}

/// Whether a line is code of MDX that loads or defines something.
fn is_module(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("import ") {
        let rest = rest.trim_end_matches(';').trim_end();
        let is_quoted = rest.ends_with(['"', '\'']);
        return is_quoted && (rest.starts_with(['"', '\'']) || rest.contains(" from "));
    }
    line.strip_prefix("export ").is_some_and(|rest| {
        ["const ", "let ", "function ", "async function "].iter().any(|word| rest.starts_with(word))
            || rest.strip_prefix("default ").is_some_and(is_value)
    })
}

/// Whether what a module exports is one name, or begins as code does.
fn is_value(text: &str) -> bool {
    let is_name = |letter: char| letter.is_alphanumeric() || "_$.;".contains(letter);
    text.starts_with(['{', '[', '('])
        || ["function", "class ", "async "].iter().any(|word| text.starts_with(word))
        || text.chars().all(is_name)
}

/// Marks that have an opening and a closing sign.
const ENCLOSED: [(&str, &str, &Construct); 16] = [
    ("{::comment}", "{:/comment}", &COMMENT),
    ("{::comment}", "{:/}", &COMMENT),
    ("{{!--", "--}}", &COMMENT),
    ("{{!", "}}", &COMMENT),
    ("{#", "#}", &COMMENT),
    ("{!", "!}", &INCLUSION),
    ("{++", "++}", &CRITIC),
    ("{--", "--}", &CRITIC),
    ("{>>", "<<}", &CRITIC),
    ("{~~", "~~}", &CRITIC),
    ("<%", "%>", &SHORTCODE),
    ("{{<", ">}}", &SHORTCODE),
    ("{{%", "%}}", &SHORTCODE),
    ("{%", "%}", &SHORTCODE),
    ("{/*", "*/}", &MODULE),
    ("\\[", "\\]", &MATH),
];

fn enclosed(text: &str, found: &mut Sink<'_>) {
    for (open, close, construct) in ENCLOSED.iter().chain(&[("\\(", "\\)", &MATH)]) {
        let mut done = 0;
        for at in memmem::find_iter(text.as_bytes(), open) {
            let rest = &text[at..text.floor_char_boundary(at + LONGEST)];
            let Some(length) = rest.find(close).filter(|_| at >= done) else { continue };
            let end = at + length + close.len();
            let inside = rest.get(open.len()..length).unwrap_or_default();
            let is_meant = match *open {
                // `{#a} and {#b#}` are anchors.
                "{#" | "{!" => !inside.is_empty() && !inside.contains(['{', '}']),
                "{{!" => !inside.starts_with("--"),
                "{++" => !inside.is_empty(),
                _ => !open.starts_with('\\') || is_formula(inside),
            };
            if is_meant {
                found(construct, at..end);
                done = end;
            }
        }
    }
}

/// Whether what stands between two signs can only be a formula.
fn is_formula(inside: &str) -> bool {
    let commands = inside
        .match_indices('\\')
        .any(|(at, _)| inside[at + 1..].starts_with(|letter: char| letter.is_ascii_alphabetic()));
    commands || ["^{", "_{", "^2", "^n"].iter().any(|sign| inside.contains(sign))
}

/// `$$…$$`, and `$…$` with a command within.
fn formulas(text: &str, found: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for at in memchr::memchr_iter(b'$', bytes) {
        if at < done {
            continue;
        }
        let rest = &text[at..text.floor_char_boundary(at + LONGEST)];
        done = at + 1;
        let length = match rest.as_bytes() {
            [b'$', b'$', b'$', ..] => None,
            [b'$', b'$', ..] => {
                rest[2..].find("$$").filter(|length| !rest[2..2 + length].trim().is_empty()).map(|length| length + 4)
            }
            _ => one_sign(rest),
        };
        if let Some(length) = length {
            found(&MATH, at..at + length);
            done = at + length;
        }
    }
}

/// Length of a formula between single signs.
fn one_sign(rest: &str) -> Option<usize> {
    let line = rest[1..].lines().next()?;
    let inside = &line[..line.find('$')?];
    let is_tight = !inside.is_empty() && inside.trim() == inside;
    (is_tight && is_formula(inside)).then_some(inside.len() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::foreign::construct::*;

    fn found(text: &str) -> Vec<(&'static Construct, &str)> {
        let mut found = Vec::new();
        all(text, &mut |construct, range| found.push((construct, &text[range])));
        found
    }

    #[test]
    fn marks_of_other_tools_are_found() {
        for (text, construct, mark) in [
            ("=== \"Windows\"", &TABS, "=== \"Windows\""),
            ("- === \"Windows\"", &TABS, "=== \"Windows\""),
            ("--8<-- \"a.md\"", &INCLUSION, "--8<-- \"a.md\""),
            ("> @include(a.md)\r", &INCLUSION, "@include(a.md)"),
            ("{{#include a.md}}", &INCLUSION, "{{#include a.md}}"),
            (":::tabs", &CONTAINER, ":::tabs"),
            ("a {{< figure src=\"x\" >}} b", &SHORTCODE, "{{< figure src=\"x\" >}}"),
            ("{% raw %}", &SHORTCODE, "{% raw %}"),
            ("import Tabs from '@theme/Tabs';", &MODULE, "import Tabs from '@theme/Tabs';"),
            ("export const a = 1", &MODULE, "export const a = 1"),
            ("{/* no */}", &MODULE, "{/* no */}"),
            ("so $$a = b$$.", &MATH, "$$a = b$$"),
            ("$$\na\n$$", &MATH, "$$\na\n$$"),
            ("so $\\alpha$.", &MATH, "$\\alpha$"),
            ("\\(x^{2}\\)", &MATH, "\\(x^{2}\\)"),
            (":material-account:", &ICON, ":material-account:"),
            ("see :ref:`x`", &ROLE, ":ref:"),
            ("see {doc}`x`", &ROLE, "{doc}"),
            (".. note:: x", &RST, ".. note::"),
            (".. include:: x.rst", &RST, ".. include:: x.rst"),
            (".. _hours:", &RST, ".. _hours:"),
            (".. |day| date::", &RST, ".. |day| date::"),
            ("include::x.adoc[]", &INCLUSION, "include::x.adoc[]"),
            ("\\newpage", &LATEX, "\\newpage"),
            ("\\input{x.tex}", &LATEX, "\\input{x.tex}"),
            ("/// tab | Windows", &CONTAINER, "/// tab | Windows"),
            ("{toc:levels=2}", &SHORTCODE, "{toc:levels=2}"),
            ("__TOC__", &SHORTCODE, "TOC"),
            ("Table: Hours {#tbl:hours}", &CAPTION, "Table: Hours {#tbl:hours}"),
            ("so <%= company %> is", &SHORTCODE, "<%= company %>"),
            ("The desk{--, by night,--} restores", &CRITIC, "{--, by night,--}"),
            ("so {>>why?<<}", &CRITIC, "{>>why?<<}"),
            ("~~The desk\n\nrestores~~", &STRIKE, "~~The desk\n\nrestores~~"),
            ("%%Max is on leave%%", &COMMENT, "%%Max is on leave%%"),
            ("%%\nMax is on leave\n%%", &COMMENT, "%%\nMax is on leave\n%%"),
            ("%% Max is on leave %%", &COMMENT, "%% Max is on leave %%"),
            ("- %% Max is\n  on leave. %%", &COMMENT, "%% Max is\n  on leave. %%"),
            ("{::comment}\nMax\n{:/comment}", &COMMENT, "{::comment}\nMax\n{:/comment}"),
            ("{::comment}Max{:/}", &COMMENT, "{::comment}Max{:/}"),
            ("so {# Max is on leave #}", &COMMENT, "{# Max is on leave #}"),
            ("so {{!-- Max --}}", &COMMENT, "{{!-- Max --}}"),
            ("so {{! Max }}", &COMMENT, "{{! Max }}"),
            ("so <ac:link/> is", &OFFICE, "<ac:link/>"),
            ("so</o:p>", &OFFICE, "</o:p>"),
            ("{!incidents.md!}", &INCLUSION, "{!incidents.md!}"),
            ("The desk {++now++} restores", &CRITIC, "{++now++}"),
            ("The desk{++, by night,++} restores", &CRITIC, "{++, by night,++}"),
            ("of {{ site.company }}.", &SHORTCODE, "{{ site.company }}"),
            ("{{ page.version | default: \"1\" }}", &SHORTCODE, "{{ page.version | default: \"1\" }}"),
            ("{{ read_csv(\"x.csv\") }}", &SHORTCODE, "{{ read_csv(\"x.csv\") }}"),
            ("{{> contact}}", &SHORTCODE, "{{> contact}}"),
            ("see [@smith2020, p. 3]", &CITATION, "[@smith2020, p. 3]"),
            ("so^[Within four hours.].", &NOTE, "^[Within four hours.]"),
            ("[by night]{.mark} only", &SPAN, "{.mark}"),
            ("+----+---+", &GRID, "+----+---+"),
            ("*[SLA]: Service level agreement", &ABBREVIATION, "*[SLA]: Service level agreement"),
            ("press ++ctrl+c++.", &KEYS, "++ctrl+c++"),
            ("so ==this word== is", &HIGHLIGHT, "==this word=="),
        ] {
            assert_eq!(found(text), [(construct, mark)], "{text}");
        }
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in [
            "=== ",
            "===",
            "--8<",
            "@includes all",
            "[TOC](x.md)",
            ":::",
            "{{ name }}",
            "import goods from abroad",
            "export documents are kept",
            "costs $5 and $6, or $$$",
            "\\(not a link\\) and \\[none\\]",
            "at 10:30:45, key:value:more and :nosuchcode:",
            "*[one] and [two]",
            "C++ and D++, i++ + j++",
            "a == b and c == d, x==1 && y==2",
            "+1 for this + that",
            "... and so on",
            "e.g. i.e.",
            "export default settings to the archive",
            "10%% of 20%% and %% of %%",
            "100 %% sure",
            "between 5 %% and 6 %% of all",
            "see <https://example.org> and <your:name>",
            "a <b and c:d> e",
            "{#a #b} or {# c",
            "{!} and {!}",
            "2^[n] and x^2",
            "mail [@home] and [a](b){#c}",
            "\\server",
            "\\begin of the shift",
            "{toc is missing}",
            "{{ e.g. the name }} and {{name | }}",
            "// so /// far",
            "include:: what you know",
            ".. and so on: etc.",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
