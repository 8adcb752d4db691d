//! Finds markup of other tools in a text.

use memchr::memmem;

use super::anchor::anchors;
use super::construct::{CRITIC, Construct, MATH, MAX_CONSTRUCT_BYTES, SHORTCODE, Sink};
use super::{backslash, component, emphasis, latex, lines, module, reference, spans, tag};

/// Passes all such markup to `sink`; the caller must exclude code.
pub(super) fn all(text: &str, sink: &mut Sink<'_>) {
    let contains = |byte: u8| memchr::memchr(byte, text.as_bytes()).is_some();
    lines::all(text, sink);
    module::all(text, sink);
    let braces = contains(b'{');
    if braces || contains(b'\\') || contains(b'%') {
        find_delimited(text, sink);
    }
    formulas(text, sink);
    if contains(b'\\') {
        backslash::paths(text, sink);
        latex::commands(text, sink);
    }
    emphasis::all(text, sink);
    reference::all(text, sink);
    if contains(b'<') {
        component::all(text, sink);
        tag::all(text, sink);
    }
    if braces {
        anchors(text, sink);
    }
    spans::all(text, sink);
}

/// The longest review comment to look at, in bytes.
const MAX_COMMENT_BYTES: usize = 20_000;

/// Markup with an opening and a closing delimiter.
const DELIMITERS: [(&str, &str, &Construct); 15] = [
    ("{++", "++}", &CRITIC),
    ("{+", "+}", &CRITIC),
    ("{-", "-}", &CRITIC),
    ("[+", "+]", &CRITIC),
    ("[-", "-]", &CRITIC),
    ("{::", "}", &SHORTCODE),
    ("{:/", "}", &SHORTCODE),
    ("{--", "--}", &CRITIC),
    ("{>>", "<<}", &CRITIC),
    ("{~~", "~~}", &CRITIC),
    ("<%", "%>", &SHORTCODE),
    ("{{<", ">}}", &SHORTCODE),
    ("{{%", "%}}", &SHORTCODE),
    ("{%", "%}", &SHORTCODE),
    ("\\[", "\\]", &MATH),
];

fn find_delimited(text: &str, sink: &mut Sink<'_>) {
    for (open, close, construct) in DELIMITERS.iter().chain(&[("\\(", "\\)", &MATH)]) {
        let mut resume_at = 0;
        for at in memmem::find_iter(text.as_bytes(), open) {
            // Nobody opens a review comment by accident, so it may be longer.
            let longest = if open.starts_with("{>") { MAX_COMMENT_BYTES } else { MAX_CONSTRUCT_BYTES };
            let rest = &text[at..text.floor_char_boundary(at + longest)];
            let Some(length) = rest[open.len()..].find(close).map(|at| at + open.len()).filter(|_| at >= resume_at)
            else {
                continue;
            };
            let end = at + length + close.len();
            if is_plausible(open, &text[..at], &rest[open.len()..length.max(open.len())]) {
                sink(construct, at..end);
                resume_at = end;
            }
        }
    }
}

/// Whether the text between two delimiters is plausible for them.
fn is_plausible(open: &str, before: &str, inner: &str) -> bool {
    match open.as_bytes() {
        [b'\\', ..] => is_typeset(inner),
        // `{- gone -}` of GitLab marks one change within a line.
        [bracket, sign @ (b'+' | b'-')] => {
            let is_other = |c: char| "{}[]\n".contains(c) || c == char::from(*sign);
            let is_apart = !before.ends_with(|c: char| c.is_alphanumeric() || c == char::from(*bracket));
            is_apart && inner.contains(char::is_alphabetic) && !inner.contains(is_other)
        }
        _ => true,
    }
}

/// Commands of formulas that have no argument in braces.
const SYMBOLS: [&str; 36] = [
    "alpha",
    "approx",
    "beta",
    "cdot",
    "cdots",
    "delta",
    "Delta",
    "div",
    "epsilon",
    "equiv",
    "ge",
    "geq",
    "infty",
    "int",
    "lambda",
    "le",
    "left",
    "leq",
    "ln",
    "log",
    "max",
    "min",
    "mu",
    "ne",
    "neq",
    "omega",
    "pi",
    "pm",
    "prod",
    "rightarrow",
    "sigma",
    "Sigma",
    "sum",
    "theta",
    "times",
    "to",
];

/// Whether the text between `\(` and `\)`, or `\[` and `\]`, can only be a formula; escaped brackets may contain paths.
fn is_typeset(inside: &str) -> bool {
    let is_command = |rest: &str| {
        let name = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        SYMBOLS.contains(&name) || !name.is_empty() && rest[name.len()..].starts_with('{')
    };
    let mut signs = inside.match_indices('\\').filter(|(at, _)| !inside[..*at].ends_with('\\'));
    signs.any(|(at, _)| is_command(&inside[at + 1..])) || has_exponent(inside)
}

fn has_exponent(inside: &str) -> bool {
    ["^{", "_{", "^2", "^n"].iter().any(|exponent| inside.contains(exponent))
}

/// Whether the text between two delimiters can only be a formula.
fn is_formula(inner: &str) -> bool {
    let commands =
        inner.match_indices('\\').any(|(at, _)| inner[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()));
    commands || has_exponent(inner)
}

/// Finds `$$…$$`, and `$…$` that contains a command.
fn formulas(text: &str, sink: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut resume_at = 0;
    for at in memchr::memchr_iter(b'$', bytes) {
        if at < resume_at {
            continue;
        }
        let rest = &text[at..text.floor_char_boundary(at + MAX_CONSTRUCT_BYTES)];
        resume_at = at + 1;
        let length = match rest.as_bytes() {
            [b'$', b'$', b'$', ..] => None,
            [b'$', b'$', ..] => {
                rest[2..].find("$$").filter(|length| !rest[2..2 + length].trim().is_empty()).map(|length| length + 4)
            }
            _ => single_dollar_length(rest),
        };
        if let Some(length) = length {
            sink(&MATH, at..at + length);
            resume_at = at + length;
        }
    }
}

/// Length of a formula between single dollar signs.
fn single_dollar_length(rest: &str) -> Option<usize> {
    let line = rest[1..].lines().next()?;
    let inner = &line[..line.find('$')?];
    let is_tight = !inner.is_empty() && inner.trim() == inner;
    (is_tight && is_formula(inner)).then_some(inner.len() + 2)
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
            ("- @include(a.md)\r", &INCLUSION, "@include(a.md)"),
            ("{{#include a.md}}", &INCLUSION, "{{#include a.md}}"),
            (":::tabs", &CONTAINER, ":::tabs"),
            ("a {{< figure src=\"x\" >}} b", &SHORTCODE, "{{< figure src=\"x\" >}}"),
            ("{% raw %}", &SHORTCODE, "{% raw %}"),
            ("import Tabs from '@theme/Tabs';", &MODULE, "import Tabs from '@theme/Tabs';"),
            ("export const a = 1", &MODULE, "export const a = 1"),
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
            ("see \\ref{fig:x} and", &LATEX, "\\ref{fig:x}"),
            ("so \\textbf{bold} it", &LATEX, "\\textbf{"),
            ("{{ :img.png?200 |Flow}}", &WIKI, "{{ :img.png?200 |Flow}}"),
            ("see [[:wiki:policy|the policy]]", &WIKI, "[[:wiki:policy|the policy]]"),
            ("[[Category:Policy]]", &WIKI, "[[Category:Policy]]"),
            ("so((See the policy.)) it", &NOTE, "((See the policy.))"),
            ("^ Prio ^ Target ^", &WIKI, "^ Prio ^ Target ^"),
            ("so //bold words// it", &WIKI, "//bold words//"),
            ("see @fig-flow.", &CITATION, "@fig-flow"),
            ("\\newpage", &LATEX, "\\newpage"),
            ("\\input{x.tex}", &LATEX, "\\input{x.tex}"),
            ("/// tab | Windows", &CONTAINER, "/// tab | Windows"),
            ("{toc:levels=2}", &SHORTCODE, "{toc:levels=2}"),
            ("__TOC__", &SHORTCODE, "TOC"),
            ("#+TITLE: Calls", &SHORTCODE, "#+TITLE: Calls"),
            ("+++ {\"tag\": \"x\"}", &SHORTCODE, "+++ {\"tag\": \"x\"}"),
            ("; Desk : whoever answers", &WIKI, "; Desk : whoever answers"),
            ("Table: Hours {#tbl:hours}", &CAPTION, "Table: Hours {#tbl:hours}"),
            ("so <%= company %> is", &SHORTCODE, "<%= company %>"),
            ("The desk{--, by night,--} restores", &CRITIC, "{--, by night,--}"),
            ("so {>>why?<<}", &CRITIC, "{>>why?<<}"),
            ("~~The desk\n\nrestores~~", &STRIKE, "~~The desk\n\nrestores~~"),
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
            "2^[n] and x^2",
            "mail [@home] and [a](b){#c}",
            "\\server",
            "C:\\ref\\url and \\ref",
            "\\[see AC\\DC and \\\\frac{a}\\]",
            "[[:space:]] and [[ -f x ]] and [[1:2]] and [[a: b]]",
            "((a) or (b)) and ((1)) and ((x))",
            "https://example.org//a// and // so //",
            "mail@fig-tree.org and @figures",
            "\\begin of the shift",
            "{toc is missing}",
            "{{ e.g. the name }} and {{name | }}",
            "; and so on",
            "#+1 for this",
            "Set $HOME and %TEMP%; ${PATH} stays.",
            "// so /// far",
            "include:: what you know",
            ".. and so on: etc.",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
