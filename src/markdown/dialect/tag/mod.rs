//! Tags with which other generators insert or wrap content: shortcodes of Hugo, tags of Liquid and GitBook, and
//! components of MDX.
//!
//! A tag with an equivalent in Markdown is replaced by it: alerts, links, images, code, or a title above the wrapped
//! content. A tag that only affects layout is removed and its content kept. An unknown tag stays unchanged and is
//! reported to the author.

mod address;
mod children;
mod lost;
mod module;
mod parse;
mod replacement;
mod write;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::line::Line;
use super::outline::Outline;
use crate::markdown::rewrite::Edits;
pub(in crate::markdown) use module::parse_import;
pub(in crate::markdown) use parse::component_at;
use parse::{Syntax, Tag, TagKind, tags};
use replacement::{TagReplacement, find_replacement};
use write::Writer;

/// Places to report after tags have been rewritten.
#[derive(Default)]
pub(super) struct TagReport {
    /// Tags that only label something.
    pub(super) labels: Vec<Range<usize>>,
    /// Attributes of tags whose words do not appear on the page.
    pub(super) lost_words: Vec<Range<usize>>,
}

/// Rewrites tags, and URLs that other generators compute.
pub(super) fn rewrite(text: &str, lines: &[Line], outline: &Outline, edits: &mut Edits) -> TagReport {
    let modules = module::Modules::find(text, lines, outline);
    let tags = tags(text, outline);
    let closers = closers(&tags);
    modules.remove(edits);
    module::convert_liquid_comments(&tags, &closers, text, edits);
    let (mut tab_tags, mut lost) = (HashSet::new(), Vec::new());
    let mut writer = Writer { text, lines, edits, labels: Vec::new() };
    let mut resume_at = 0;
    for (number, tag) in tags.iter().enumerate() {
        if tag.range.start < resume_at || tag.kind == TagKind::Close || tab_tags.contains(&number) {
            continue;
        }
        let children = children::title_tabs(number, &tags, &closers, writer.edits);
        // The titles of a set of tabs are shown at its tabs or above them.
        let is_set = children.is_some();
        tab_tags.extend(children.into_iter().flatten());
        let closer = closers.get(&number).and_then(|closer| tags.get(*closer));
        if let Some(document) = modules.document(tag) {
            lost.extend(lost::find_lost_attributes(tag, false, &TagReplacement::Invisible));
            resume_at = resume_at.max(writer.link_to(tag, closer, document));
            continue;
        }
        if let Some(meaning) = find_replacement(tag, closer.is_some()) {
            let has_content = closer.is_some_and(|closer| !text[tag.range.end..closer.range.start].trim().is_empty());
            lost.extend(lost::find_lost_attributes(tag, has_content, &meaning).into_iter().filter(|_| !is_set));
            resume_at = resume_at.max(writer.write(tag, closer, &meaning));
        } else if tag.syntax != Syntax::Component && is_in_element(text, tag.range.start) {
            writer.edits.delete(tag.range.clone());
        } else if tag.syntax == Syntax::Component {
            address::attributes(text, tag, &modules, writer.edits);
            if let Some(closer) = closer {
                resume_at = resume_at.max(writer.separate_content(tag, closer));
            }
        }
    }
    let labels = writer.labels;
    address::rewrite(text, outline, edits);
    module::convert_comments(text, outline, edits);
    TagReport { labels, lost_words: lost }
}

/// Whether a position is among the attributes of an HTML element, but not inside a value.
fn is_in_element(text: &str, at: usize) -> bool {
    let before = &text[text.floor_char_boundary(at.saturating_sub(MAX_ELEMENT_BYTES))..at];
    let Some((open, inner)) = before.rfind('<').map(|open| (open, &before[open + 1..])) else { return false };
    let is_name = inner.starts_with(|c: char| c.is_ascii_lowercase());
    is_name
        && !before[open..].contains('>')
        && inner.ends_with(char::is_whitespace)
        && inner.matches('"').count() % 2 == 0
}

/// Maximum length of an HTML element whose attributes are examined, in bytes.
const MAX_ELEMENT_BYTES: usize = 2_000;

/// Maps the index of each opening tag to the index of its closing tag, if it has one.
fn closers(tags: &[Tag<'_>]) -> HashMap<usize, usize> {
    let mut open: HashMap<(Syntax, &str), Vec<usize>> = HashMap::new();
    let mut closers = HashMap::new();
    for (number, tag) in tags.iter().enumerate() {
        let open = open.entry((tag.syntax, tag.name)).or_default();
        match tag.kind {
            TagKind::Open => open.push(number),
            TagKind::Close => closers.extend(open.pop().map(|opener| (opener, number))),
            TagKind::Empty => {}
        }
    }
    closers
}

/// Whether a text may contain such tags. This is a quick test that allows false positives, but no false negatives.
pub(super) fn may_hold_tags(bytes: &[u8]) -> bool {
    let contains = |needle: &[u8]| memchr::memmem::find(bytes, needle).is_some();
    let begins_component = |at: usize| bytes.get(at + 1).is_some_and(u8::is_ascii_uppercase);
    memchr::memchr_iter(b'<', bytes).any(begins_component)
        || [&b"{{"[..], b"{%", b"{/*", b"={", b"@site/", b"className", b" markdown"]
            .iter()
            .any(|needle| contains(needle))
}

#[cfg(test)]
mod tests {
    use super::super::rewritten_by;
    use super::*;

    fn rewritten(text: &str) -> String {
        rewritten_by(text, |text, lines, outline, edits| drop(rewrite(text, lines, outline, edits)))
    }

    #[test]
    fn tags_become_what_they_stand_for() {
        for (text, expected) in [
            ("{{% notice tip %}}\nMind *it*.\n{{% /notice %}}\nx", "> [!tip]\n> Mind *it*.\n\n\nx"),
            (
                "{{% alert title=\"Own\" color=\"warning\" %}}\na\n\nb\n{{% /alert %}}",
                "> [!warning] Own\n> a\n> \n> b\n\n",
            ),
            ("<Note>Short.</Note>", "> [!Note]\n> Short.\n"),
            ("<Callout type=\"info\">\n  a\n    b\n</Callout>", "> [!info]\n> a\n>   b\n\n"),
            ("- one\n  <Tip>two</Tip>", "- one\n  > [!Tip]\n  > two\n  "),
            (
                "a\n{{< tabs >}}\n{{% tab name=\"Linux\" %}}\nx\n{{% /tab %}}\n{{< /tabs >}}",
                "a\n\n\n**Linux**\n\nx\n\n",
            ),
            ("<Steps>\n1. a\n</Steps>", "\n1. a\n"),
            ("<Link href=\"b.md\">\n\nThe policy\n\n</Link>", "[The policy](b.md)"),
            ("<Button href=\"b.md\">\n  The policy\n</Button>", "[The policy](b.md)"),
            ("<Link to=\"b.md\">\n\n## One\n\nTwo\n\n</Link>", "[b.md](b.md)\n\n## One\n\nTwo\n\n"),
            ("<Card title=\"A\" description=\"B\">\nc\n</Card>", "\n**A** B\n\nc\n"),
            ("{{< button href=\"a.md\" >}}Go{{< /button >}}", "[Go](a.md)"),
            ("see <Link to=\"/a b\">x</Link>.", "see [x](/a%20b)."),
            ("{{< figure src=\"a.png\" alt=\"A [b]\" caption=\"The plan\" >}}", "![A \\[b\\]](a.png) The plan"),
            ("{{<mermaid align=\"left\">}}\ngraph\n{{< /mermaid >}}", "```mermaid\ngraph\n```"),
            (
                "[x]({{< ref \"b.md#c\" >}}) [y]({{ site.baseurl }}/d) [z]({% link e f.md %})",
                "[x](b.md#c) [y](/d) [z](/e%20f.md)",
            ),
            ("![p](@site/static/img/a.png)", "![p](/img/a.png)"),
            (
                "<img className=\"w\" src={require('@site/static/a.png').default} style={{x: 'y'}} />",
                "<img  src=\"/a.png\"  />",
            ),
            (
                "<figure markdown=\"span\">\n![F](x.png)\n</figure>",
                "<figure markdown=\"span\">\n\n![F](x.png)\n\n</figure>",
            ),
            ("import A from './_a.md';\n\n<A />", "\n[A](./_a.md)"),
            ("import A from './_a.md';\n\n<A b=\"c\">\n  d\n</A>", "\n\n[A](./_a.md)\n\nd\n"),
            ("import A from './_a.md';\n\nSee <A>d</A>.", "\nSee [A](./_a.md) d."),
            ("import P from './p.png';\n\n<img src={P} />", "\n<img src=\"./p.png\" />"),
        ] {
            assert_eq!(rewritten(text), expected, "{text}");
        }
    }

    #[test]
    fn unknown_constructs_are_left_unchanged() {
        for text in [
            "Dear <Name>, see <Steps> and <Note>.",
            "<Unknown label=\"x\" />",
            "<details>\n<summary markdown='span'>\nx\n</summary>\n</details>",
            "{{ value }} {% if a %} {{< own >}}",
            "`<Note>x</Note>` and\n\n```\n<Note>x</Note>\n{{< ref \"x\" >}}\n```",
            "<!-- <Note>x</Note> -->",
            "{{</* ref \"x\" */>}}",
            "import goods from abroad",
            "<Note",
            "{{< ref \"x\"",
            "<A b={{c}",
        ] {
            assert_eq!(rewritten(text), text);
        }
    }
}
