//! Text that another tool would hide, for good or under a condition, and that is on the page here.

use std::ops::Range;

use memchr::memmem;

use super::comment::begins_line;
use super::construct::{CONDITION, Construct, HIDDEN, PARTED_STRIKE};
use super::hiding_marks::{
    braces, comment_of_code, condition_of_tags, hiding_shortcode, is_comment_of_code, is_comment_of_rst,
    is_condition_of_tags, paragraph, shortcode, tag_word, through,
};

/// A way to hide text.
struct Syntax {
    /// What it begins with.
    open: &'static str,
    construct: &'static Construct,
    /// Whether the text before and after the beginning makes it one.
    is_meant: fn(&str, &str) -> bool,
    end: End,
}

/// Where hidden text ends.
enum End {
    /// With this mark; the opening mark may occur within it again, with a closing mark of its own.
    Nested(&'static str),
    /// With the first of these marks.
    First(&'static str),
    /// After this length; `None` if it does not end.
    Length(fn(&str) -> Option<usize>),
}

impl Syntax {
    /// Text between two marks that hide it wherever they are.
    const fn between(open: &'static str, close: &'static str, construct: &'static Construct) -> Syntax {
        Syntax { open, construct, is_meant: always, end: End::Nested(close) }
    }

    /// The length of the text with its marks, or `None` if it does not end.
    fn length(&self, text: &str) -> Option<usize> {
        match self.end {
            End::Nested(close) => nested(text, self.open, close),
            End::First(close) => through(text, close),
            End::Length(length) => length(text),
        }
    }
}

const SYNTAXES: [Syntax; 25] = [
    Syntax {
        open: "{%",
        construct: &CONDITION,
        is_meant: |_, text| closing_word(text).is_some(),
        end: End::Length(template_condition),
    },
    Syntax::between("{{#if", "{{/if}}", &CONDITION),
    Syntax::between("{{#unless", "{{/unless}}", &CONDITION),
    Syntax { open: ":::", construct: &HIDDEN, is_meant: is_hiding_container, end: End::Length(container) },
    Syntax { open: ":::", construct: &CONDITION, is_meant: is_conditional_container, end: End::Length(container) },
    Syntax {
        open: "////",
        construct: &HIDDEN,
        is_meant: |before, text| slashes(before, text) > 0,
        end: End::Length(slashed_lines),
    },
    Syntax::between("<Hidden>", "</Hidden>", &HIDDEN),
    Syntax { open: "[//]:", construct: &HIDDEN, is_meant: is_open_definition, end: End::Length(definition) },
    Syntax { open: "[comment]:", construct: &HIDDEN, is_meant: is_open_definition, end: End::Length(definition) },
    Syntax { open: "~~", construct: &PARTED_STRIKE, is_meant: is_line_of_tildes, end: End::Length(struck_lines) },
    Syntax { open: "\\sout{", construct: &PARTED_STRIKE, is_meant: always, end: End::Length(braces) },
    Syntax {
        open: "{{%",
        construct: &HIDDEN,
        is_meant: |_, text| hiding_shortcode(text).is_some(),
        end: End::Length(shortcode),
    },
    Syntax {
        open: "{{<",
        construct: &HIDDEN,
        is_meant: |_, text| hiding_shortcode(text).is_some(),
        end: End::Length(shortcode),
    },
    Syntax { open: "{false &&", construct: &HIDDEN, is_meant: always, end: End::Length(braces) },
    Syntax {
        open: "<%",
        construct: &CONDITION,
        is_meant: |_, text| is_condition_of_tags(text),
        end: End::Length(condition_of_tags),
    },
    Syntax::between("<if ", "</if>", &CONDITION),
    Syntax::between("<noinclude>", "</noinclude>", &CONDITION),
    Syntax::between("<includeonly>", "</includeonly>", &CONDITION),
    Syntax::between("<comment>", "</comment>", &HIDDEN),
    Syntax::between("<dialog>", "</dialog>", &HIDDEN),
    Syntax { open: "/*", construct: &HIDDEN, is_meant: is_comment_of_code, end: End::Length(comment_of_code) },
    Syntax { open: ".. ", construct: &HIDDEN, is_meant: is_comment_of_rst, end: End::Length(paragraph) },
    Syntax { open: "\\begin{comment}", construct: &HIDDEN, is_meant: always, end: End::First("\\end{comment}") },
    Syntax { open: "\\iffalse", construct: &HIDDEN, is_meant: always, end: End::First("\\fi\n") },
    Syntax { open: "\\phantom{", construct: &HIDDEN, is_meant: always, end: End::Length(braces) },
];

fn always(_: &str, _: &str) -> bool {
    true
}

/// All such text, in order and without overlaps. `is_text` says whether a position is neither code nor hidden anyway.
pub(super) fn hidden_texts(text: &str, is_text: &dyn Fn(usize) -> bool) -> Vec<(&'static Construct, Range<usize>)> {
    let mut opens: Vec<(usize, usize)> = Vec::new();
    let has_any = |syntax: &Syntax| memchr::memchr(syntax.open.as_bytes()[0], text.as_bytes()).is_some();
    for (kind, syntax) in SYNTAXES.iter().enumerate().filter(|(_, syntax)| has_any(syntax)) {
        opens.extend(memmem::find_iter(text.as_bytes(), syntax.open).map(|at| (at, kind)));
    }
    opens.sort_unstable();
    let mut found = Vec::new();
    // If text of some syntax does not end, no later one ends either.
    let mut is_open_ended = [false; SYNTAXES.len()];
    let mut done = 0;
    for (at, kind) in opens {
        let (syntax, (before, rest)) = (&SYNTAXES[kind], text.split_at(at));
        if at < done || is_open_ended[kind] || !(syntax.is_meant)(before, rest) || !is_text(at) {
            continue;
        }
        let length = syntax.length(rest);
        is_open_ended[kind] = length.is_none();
        if let Some(length) = length {
            done = at + length;
            found.push((syntax.construct, at..done));
        }
    }
    found
}

/// The length of `{% if … %}` to its `{% endif %}`, or of the same with `unless`.
fn template_condition(text: &str) -> Option<usize> {
    let end = closing_word(text)?;
    let mut depth = 0_usize;
    for at in memmem::find_iter(text.as_bytes(), "{%") {
        match tag_word(&text[at..], "{%") {
            Some("if" | "ifversion" | "unless") => depth += 1,
            Some("endif" | "endunless") => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return tag_word(&text[at..], "{%")
                .filter(|word| *word == end)
                .and(text[at..].find("%}"))
                .map(|length| at + length + 2);
        }
    }
    None
}

/// The word of the tag that ends a condition.
fn closing_word(text: &str) -> Option<&'static str> {
    match tag_word(text, "{%")? {
        "if" | "ifversion" => Some("endif"),
        "unless" => Some("endunless"),
        _ => None,
    }
}

/// The length of a text from an opening mark to the closing mark that belongs to it.
fn nested(text: &str, open: &str, close: &str) -> Option<usize> {
    let mut at = open.len();
    let mut depth = 1_usize;
    loop {
        let end = at + text[at..].find(close)?;
        depth += text[at..end].matches(open).count();
        depth -= 1;
        at = end + close.len();
        if depth == 0 {
            return Some(at);
        }
    }
}

/// Whether colons open a block of Pandoc or Quarto with a class that hides it.
fn is_hiding_container(before: &str, text: &str) -> bool {
    begins_block(before) && classes(text).any(|class| matches!(class, "hidden" | "content-hidden"))
}

/// Whether colons open a block that is shown under a condition: `{.content-visible when-format="pdf"}`, `if draft`.
fn is_conditional_container(before: &str, text: &str) -> bool {
    begins_block(before)
        && (matches!(classes(text).next(), Some("if" | "only" | "ifconfig"))
            || classes(text).any(|class| class == "content-visible"))
}

/// Whether colons at a position begin a block.
fn begins_block(before: &str) -> bool {
    begins_line(before) && !before.ends_with(':')
}

/// The words and classes after the colons that open a block.
fn classes(text: &str) -> impl Iterator<Item = &str> {
    let line = text.lines().next().unwrap_or_default().trim_matches([':', ' ', '\t', '{', '}', '\r']);
    line.split_whitespace().map(|class| class.trim_start_matches('.').trim_end_matches('}'))
}

/// The length of such a block, to the colons that close it.
fn container(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let inside = line.trim_start_matches([' ', '\t', '>']).trim_end();
        if inside.starts_with(":::") {
            let is_closing = inside.bytes().all(|byte| byte == b':');
            depth = if is_closing { depth.saturating_sub(1) } else { depth + 1 };
        }
        at += line.len();
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Whether a link's definition, `[//]: # (`, opens a title that continues over several paragraphs.
fn is_open_definition(before: &str, text: &str) -> bool {
    let target = text.lines().next().and_then(|line| line.split_once("]:")).map_or("", |(_, target)| target.trim());
    let after = target.strip_prefix("<>").or_else(|| target.strip_prefix('#'));
    begins_line(before) && after.is_some_and(|after| after.trim() == "(")
}

/// The length of a comment in this form.
fn definition(text: &str) -> Option<usize> {
    let line = text.lines().next()?;
    let mut at = line.len();
    for line in text[at..].split_inclusive('\n') {
        at += line.len();
        let inside = line.trim();
        if inside == ")" || inside.starts_with('[') && inside.contains("]:") && inside.ends_with(')') {
            return Some(at);
        }
    }
    None
}

/// The number of slashes that are a line of their own, as around a comment of AsciiDoc.
fn slashes(before: &str, text: &str) -> usize {
    let line = text.lines().next().unwrap_or_default().trim_end();
    let is_line = (before.is_empty() || before.ends_with('\n')) && line.bytes().all(|byte| byte == b'/');
    if is_line { line.len() } else { 0 }
}

/// The length of the lines between two such lines.
fn slashed_lines(text: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let mut at = first.len();
    for line in lines {
        at += line.len();
        if line.trim_end() == first.trim_end() {
            return Some(at);
        }
    }
    None
}

/// Whether two tildes are a line of their own.
fn is_line_of_tildes(before: &str, text: &str) -> bool {
    (before.is_empty() || before.ends_with('\n')) && text.lines().next().is_some_and(|line| line.trim() == "~~")
}

/// The length of paragraphs between two such lines.
fn struck_lines(text: &str) -> Option<usize> {
    let is_alone = |line: &str| line.trim() == "~~";
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let mut at = first.len();
    for line in lines {
        at += line.len();
        if is_alone(line) {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        hidden_texts(text, &|_| true).into_iter().map(|(_, range)| text[range].trim_end()).collect()
    }

    #[test]
    fn text_that_other_tools_hide_is_found_to_its_end() {
        for (text, hidden) in [
            ("a\n{% if false %}\nb\n{% endif %}\nc", "{% if false %}\nb\n{% endif %}"),
            ("{%- if a -%}b{% if c %}d{% endif %}e{%- endif -%}f", "{%- if a -%}b{% if c %}d{% endif %}e{%- endif -%}"),
            ("a {% unless x %}b{% endunless %} c", "{% unless x %}b{% endunless %}"),
            ("{{#if draft}}\n\na\n\n{{/if}}\nb", "{{#if draft}}\n\na\n\n{{/if}}"),
            (
                "::: {.content-hidden when-format=\"html\"}\na\n\nb\n:::\nc",
                "::: {.content-hidden when-format=\"html\"}\na\n\nb\n:::",
            ),
            (":::{.hidden}\na\n:::: note\nb\n::::\n:::\nc", ":::{.hidden}\na\n:::: note\nb\n::::\n:::"),
            (
                "::: {.content-visible when-format=\"pdf\"}\na\n:::\nb",
                "::: {.content-visible when-format=\"pdf\"}\na\n:::",
            ),
            (":::if draft\na\n:::\nb", ":::if draft\na\n:::"),
            ("a\n////\nb\n\nc\n////\nd", "////\nb\n\nc\n////"),
            ("a <Hidden>b</Hidden> c", "<Hidden>b</Hidden>"),
            ("[//]: # (\n\na\n\nb\n\n[//]: # )\nc", "[//]: # (\n\na\n\nb\n\n[//]: # )"),
            ("[comment]: <> (\n\na\n\n)\nb", "[comment]: <> (\n\na\n\n)"),
            ("~~\n\na\n\nb\n\n~~\nc", "~~\n\na\n\nb\n\n~~"),
            ("a \\sout{b {c} d} e", "\\sout{b {c} d}"),
            ("{{% hidden %}}\na\n{{% /hidden %}}\nb", "{{% hidden %}}\na\n{{% /hidden %}}"),
            (
                "{{< if draft >}}a {{< if x >}}b{{< /if >}}{{< /if >}} c",
                "{{< if draft >}}a {{< if x >}}b{{< /if >}}{{< /if >}}",
            ),
            ("{false && (\n\na\n\n)}\nb", "{false && (\n\na\n\n)}"),
            (
                "<% if false %>\na\n<% if b %>c<% end %>\n<% end %>\nd",
                "<% if false %>\na\n<% if b %>c<% end %>\n<% end %>",
            ),
            ("<% if (a) { %>b<% } else { %>c<% } %> d", "<% if (a) { %>b<% } else { %>c<% } %>"),
            ("<if draft>\n\na\n\n</if>\nb", "<if draft>\n\na\n\n</if>"),
            ("a\n/*\nb\n\nc\n*/\nd", "/*\nb\n\nc\n*/"),
            ("a\n\n.. b\nc\n\nd", ".. b\nc"),
            ("\\begin{comment}\na\n\\end{comment}\nb", "\\begin{comment}\na\n\\end{comment}"),
            (":::{only} draft\na\n:::\nb", ":::{only} draft\na\n:::"),
        ] {
            assert_eq!(found(text), [hidden], "{text}");
        }
    }

    #[test]
    fn other_texts_are_not_hidden() {
        for text in [
            "{% if a %} never ends",
            "{{% note %}}\na\n{{% /note %}}",
            "<% if a %> never ends",
            "a /* b */ c",
            "/*a*/",
            "/* b */ c",
            "... a",
            ".. note:: a",
            "{% endif %}",
            "{% raw %}a{% endraw %}",
            "::: note\na\n:::",
            "a ::: hidden",
            "::: note if draft\na\n:::",
            "file:////server/a",
            "////\nnever ends",
            "[//]: # (one line)",
            "[//]: # \"a\"",
            "a ~~b~~ c",
            "~~\nnever ends",
            "\\sout{never ends",
            "<Hidden> never ends",
            "{{#if never ends",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
