//! Constructs of other tools, and a record of those found in a text.

use std::ops::Range;

use crate::finding::{RuleId, Severity, reading};
use crate::place::Span;

/// Takes a construct and its byte range.
pub(super) type Sink<'s> = dyn FnMut(&'static Construct, Range<usize>) + 's;

/// Maximum length of a construct with an opening and a closing delimiter, in bytes.
pub(super) const MAX_CONSTRUCT_BYTES: usize = 2_000;

/// A construct of another tool.
#[derive(Debug, PartialEq)]
pub(in crate::markdown) struct Construct {
    /// The rule that reports it.
    pub(crate) rule: RuleId,
    /// The description, which follows the quoted text in a message.
    pub(crate) description: &'static str,
    /// The correction to suggest.
    pub(crate) help: &'static str,
    /// The maximum severity, if nothing is lost.
    pub(crate) at_most: Option<Severity>,
    /// Whether the construct only addresses a program and means nothing to readers.
    pub(crate) is_mark: bool,
}

/// A construct whose remains are visible to readers.
const fn visible(what: &'static str, help: &'static str) -> Construct {
    Construct { rule: reading::FOREIGN_SYNTAX, description: what, help, at_most: None, is_mark: false }
}

/// Malformed markup, so that readers see its characters, or a different block from the one intended.
const fn malformed(what: &'static str, help: &'static str) -> Construct {
    Construct { rule: reading::MALFORMED_MARKUP, ..visible(what, help) }
}

/// Characters that Markdown removes although they belong to the text.
const fn losing_characters(what: &'static str, help: &'static str) -> Construct {
    Construct { rule: reading::LOST_TEXT, ..visible(what, help) }
}

/// A construct that another program would replace; its remains mean nothing.
const fn mark(what: &'static str, help: &'static str) -> Construct {
    Construct { is_mark: true, ..visible(what, help) }
}

/// A construct that is dropped without loss.
const fn dropped(what: &'static str, help: &'static str) -> Construct {
    Construct { at_most: Some(Severity::Note), ..visible(what, help) }
}

pub(in crate::markdown) static CONFLICT: Construct = Construct {
    rule: reading::MERGE_CONFLICT,
    ..mark(
        "is left over from a merge in Git, so both versions of the text are on the page",
        "keep the lines that are right, and remove those that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
    )
};
pub(in crate::markdown) static TABS: Construct =
    mark("opens a tab; tabs are not supported", "write a heading for each tab, for example `### Windows`");
pub(in crate::markdown) static INCLUSION: Construct = mark(
    "includes another file, which the settings do not allow",
    "list the file's folder under `includes` in the settings, write the text here, or link to the document that contains it",
);
pub(in crate::markdown) static UNREAD_INCLUSION: Construct = mark(
    "includes another file in a form that is not read",
    "write `--8<-- \"file.md\"` on a line of its own, or another form that is supported",
);
pub(in crate::markdown) static ESCAPED_INCLUSION: Construct =
    mark("is on the page with its semicolon", "write it as code, between backticks and without the semicolon");
pub(in crate::markdown) static CONTAINER: Construct = mark(
    "opens a block that is not supported",
    "write headings or lists; for an alert, write `> [!NOTE]` above its quoted lines",
);
pub(in crate::markdown) static MATH: Construct =
    visible("is mathematics, which is not typeset", "write the formula in words or as code, or show it as an image");
pub(in crate::markdown) static DRAWING: Construct = mark(
    "begins a diagram that is not drawn",
    "write the diagram in a block of code with the language `mermaid`, or show it as an image",
);
pub(in crate::markdown) static ICON: Construct =
    mark("is the short code of an icon, which is not replaced", "remove it, or write a word");
pub(in crate::markdown) static SHORTCODE: Construct =
    mark("is a shortcode or template tag of another tool", "write in Markdown what it would insert");
pub(in crate::markdown) static ALERT: Construct =
    mark("is the mark of an alert where none is read", "write `> [!NOTE]` as the first line of a quote");
pub(in crate::markdown) static WIKI: Construct = visible("is wiki markup, which is not read", "write it in Markdown");
pub(in crate::markdown) static FIELD: Construct = mark(
    "is left over from a field of a word processor",
    "write what the field stood for: a number, a title, or a link",
);
pub(in crate::markdown) static MODULE: Construct =
    mark("is MDX code, which is not run", "remove it, and write in Markdown what its components show");
pub(in crate::markdown) static COMPONENT: Construct = visible(
    "is a component of another tool",
    "write in Markdown what it would show, or `\\<` for words in angle brackets",
);
pub(in crate::markdown) static DIRECTIVE: Construct = visible(
    "is a directive of another tool; its block is shown as code",
    "write an alert as `> [!WARNING]` above its quoted lines, and anything else in plain Markdown",
);
pub(in crate::markdown) static ROLE: Construct =
    visible("is a role of another tool", "write a link as `[text](file.md)`, and anything else in plain Markdown");
pub(in crate::markdown) static GRID: Construct = mark(
    "draws a table in the style of Pandoc, which is not supported",
    "write the table with `|` and a line `| --- | --- |` below its head",
);
pub(in crate::markdown) static RST: Construct = mark(
    "is a directive of reStructuredText, which is not read",
    "write an alert as `> [!WARNING]` above its quoted lines, and anything else in plain Markdown",
);
pub(in crate::markdown) static LATEX: Construct =
    mark("is a LaTeX command, which is not run", "remove it, and write in Markdown what it would insert");
pub(in crate::markdown) static COMMENT: Construct = mark(
    "is a comment of another tool, and is on the page",
    "remove it, or write it as `<!-- … -->` on lines of its own",
);
pub(in crate::markdown) static HIDDEN: Construct = mark(
    "begins text that another tool hides, and is on the page",
    "remove the text, or write it as `<!-- … -->` on lines of its own",
);
pub(in crate::markdown) static CONDITION: Construct = mark(
    "begins text that another tool shows under a condition, and is always on the page",
    "remove the condition, and the text where it must not be shown",
);
pub(in crate::markdown) static PARTED_STRIKE: Construct =
    mark("strikes nothing out", "remove the words, or put `~~` directly around the words of each paragraph");
pub(in crate::markdown) static CRITIC: Construct =
    mark("is a review mark, and is on the page", "accept or reject the change, and remove the mark");
pub(in crate::markdown) static CITATION: Construct =
    visible("is a citation of another tool, which is not looked up", "name the source, or link to it");
pub(in crate::markdown) static NOTE: Construct =
    visible("is an inline note, which is not read as one", "write `[^1]`, and `[^1]: …` on a line of its own");
pub(in crate::markdown) static SPAN: Construct =
    mark("gives attributes to words, and is on the page", "remove the braces, and the brackets before them");
pub(in crate::markdown) static STRIKE: Construct =
    mark("strikes nothing out, because a paragraph ends in it", "remove the words, or strike out each paragraph alone");
pub(in crate::markdown) static CAPTION: Construct =
    visible("is the caption of a table in another tool", "write it as a sentence, without a colon or braces");
pub(in crate::markdown) static HIGHLIGHT: Construct =
    visible("marks words in a way that is not supported", "write `**words**`");
pub(in crate::markdown) static ABBREVIATION: Construct =
    mark("defines an abbreviation, which is not supported", "explain it where it is first used, or in a glossary");
pub(in crate::markdown) static KEYS: Construct =
    visible("names keys in a way that is not supported", "write `<kbd>Ctrl</kbd>`");
pub(in crate::markdown) static ANCHOR: Construct = mark(
    "is an anchor where none is read",
    "write it at the end of a heading, or `<a id=\"name\"></a>` at the beginning of the text",
);
pub(in crate::markdown) static FENCE: Construct =
    mark("closes a block that was never opened", "write `:::note` to open an alert, or remove the line");
pub(in crate::markdown) static QUOTE: Construct = mark(
    "is the marker of a multi-line quote, which is not supported",
    "remove it, and write `>` before each line of the quote",
);
pub(in crate::markdown) static HEADING: Construct =
    visible("is another tool's heading syntax and is not read as a heading", "write it as `## Title`");
pub(in crate::markdown) static LINK: Construct =
    visible("is another tool's link syntax and is not read as a link", "write `[text](file.md)`");
pub(in crate::markdown) static TABLE: Construct = malformed(
    "is not read as part of a table",
    "write `| --- | --- |` below the header row, with the same number of cells, and put an empty line above the table but none inside it",
);
pub(in crate::markdown) static ROW: Construct =
    malformed("is read as a row of the table above it", "put an empty line between the table and this text");
pub(in crate::markdown) static WRAPPED_ROW: Construct = malformed(
    "is read as a row of its own, although it ends the row above",
    "write the whole row on one line; `<br>` breaks a line within a cell",
);
pub(in crate::markdown) static RULE_ROW: Construct = malformed(
    "is read as a row of its table, so its hyphens are on the page",
    "remove it: a table has one such line, directly below its head",
);
pub(in crate::markdown) static TAG: Construct = Construct {
    is_mark: true,
    ..malformed(
        "is not read as an HTML tag, so it is on the page",
        "close each quotation mark and the tag itself: `<img src=\"plan.png\" alt=\"The plan\">`",
    )
};
pub(in crate::markdown) static INDENTED: Construct = malformed(
    "is code because of the four spaces before it, so its markup is on the page",
    "indent it no further than the words of the item above, or not at all; write code between lines of three backticks",
);
pub(in crate::markdown) static EMPTY_ALERT: Construct = malformed(
    "is an alert without text, so the text meant for it is not in it",
    "write `>` before each line of the alert, including empty ones",
);
pub(in crate::markdown) static LIST: Construct = malformed(
    "does not start a list item, so the lines of this paragraph run together",
    "write `1.` or `-` and a space at the start of each line, and put an empty line above the first",
);
pub(in crate::markdown) static NUMBER: Construct = Construct {
    at_most: Some(Severity::Note),
    ..malformed(
        "is shown with a different number, because a list counts up from its first item",
        "number the items without gaps, or put a paragraph before the item whose number differs",
    )
};
pub(in crate::markdown) static DAY: Construct = losing_characters(
    "is read as an item of a list that counts up, so the page shows another day",
    "write a backslash before the full stop, `15\\. Januar`, or begin the line with a word or a bullet",
);
pub(in crate::markdown) static COUNTED: Construct = losing_characters(
    "is read as an item of a list that counts up, so the page shows another number",
    "write a backslash before the full stop, `1\\. Quartal`, or begin the line with a word or a bullet",
);
pub(in crate::markdown) static BAR: Construct =
    malformed("contains code that is split by a bar", "write a bar inside a cell as `\\|`, even in code");
pub(in crate::markdown) static CHECKBOX: Construct =
    malformed("is not read as a checkbox", "write `- [ ] words` or `- [x] words`");
pub(in crate::markdown) static UNDERLINE: Construct = malformed(
    "is read as a heading because of the line below it",
    "put an empty line above `---`, or write the heading as `## Title`",
);
pub(in crate::markdown) static DOUBLE_UNDERLINE: Construct = malformed(
    "is read as a heading of the first level because of the line below it",
    "remove the line of equals signs, or write the heading as `## Title`",
);
pub(in crate::markdown) static EMPHASIS: Construct = malformed(
    "is not read as emphasis, so its asterisks appear on the page",
    "put the asterisks directly around the words, with spaces and punctuation outside: `**words**:`",
);
pub(in crate::markdown) static UNDERSCORES: Construct = malformed(
    "is not read as emphasis, so its underscores appear on the page",
    "write `**words**`, with spaces and punctuation outside the asterisks",
);
pub(in crate::markdown) static UNCLOSED: Construct = malformed(
    "opens emphasis that nothing closes in its paragraph, item or cell, so its asterisks appear on the page",
    "write `**` after the last word in the same paragraph, item or cell, or `\\*\\*` for asterisks",
);
pub(in crate::markdown) static UNPARSED_IN_HTML: Construct = malformed(
    "appears on the page unformatted, because Markdown is not read inside an HTML block",
    "put an empty line before and after it, or write `<b>words</b>`",
);
pub(in crate::markdown) static STRUCK: Construct = Construct {
    is_mark: true,
    ..malformed(
        "is not struck out, because there is a space or a bracket inside the tildes",
        "put the tildes directly around the words, `~~words~~`, or remove them",
    )
};
pub(in crate::markdown) static WIDE_TILDES: Construct = Construct {
    is_mark: true,
    ..malformed(
        "is not struck out, because its tildes are those of an East Asian keyboard",
        "write `~~words~~` with narrow tildes, or remove the words",
    )
};
pub(in crate::markdown) static SHARE: Construct = losing_characters(
    "loses one of its two leading backslashes on the page",
    "write the path as code, between backticks",
);
pub(in crate::markdown) static PATH: Construct =
    losing_characters("loses a backslash on the page", "write the path as code, between backticks");
pub(in crate::markdown) static GREATER: Construct = losing_characters(
    "is read as a quotation, so its `>` is missing from the page",
    "write `\\>` for the sign, or say it in words, for example `more than 30 minutes`",
);
pub(in crate::markdown) static PLUS: Construct = losing_characters(
    "is read as a list item, so its `+` is missing from the page",
    "write `\\+` for the sign, or without a space after it: `+44 20 7946 0000`",
);
pub(in crate::markdown) static NOTE_STAR: Construct = losing_characters(
    "is read as a list item, so its `*` is missing from the page",
    "write `\\*` before the note, or a footnote: `[^1]` in the text and `[^1]: …` on a line of its own",
);
pub(in crate::markdown) static STAR: Construct = losing_characters(
    "is read as emphasis, so characters are missing from the page",
    "write `\\*` or `\\_` for a literal character or `×` for multiplication, or put the text in backticks",
);
pub(in crate::markdown) static ATTRIBUTES: Construct = dropped(
    "gives attributes that are dropped",
    "remove them; only the anchor of a heading, and the width and height of an image, are read",
);

/// The constructs found, each with its first place and its number of occurrences.
#[derive(Default)]
pub(in crate::markdown) struct ForeignMarkup {
    /// The constructs in the order in which they were found.
    pub(in crate::markdown) list: Vec<(&'static Construct, Span, usize)>,
    /// Tags of components, which assert nothing.
    pub(in crate::markdown) tags: Vec<Span>,
    /// Comments, which appear on the page but assert nothing, in order.
    pub(in crate::markdown) comments: Vec<Span>,
    /// Whether the settings allow other files to be included.
    pub(in crate::markdown) allows_inclusions: bool,
}

impl ForeignMarkup {
    /// Whether a position is within a comment.
    pub(in crate::markdown) fn is_in_comment(&self, at: u32) -> bool {
        is_in(&self.comments, at)
    }

    /// Records an occurrence of a construct.
    pub(in crate::markdown) fn record(&mut self, construct: &'static Construct, span: Span) {
        match self.list.iter_mut().find(|(existing, ..)| *existing == construct) {
            Some((_, first, count)) => {
                *count += 1;
                *first = if span.start < first.start { span } else { *first };
            }
            None => self.list.push((construct, span, 1)),
        }
    }
}

/// Whether a position is within one of these spans, which must be in ascending order and disjoint.
pub(in crate::markdown) fn is_in(spans: &[Span], at: u32) -> bool {
    let next = spans.partition_point(|span| span.start <= at);
    next.checked_sub(1).is_some_and(|last| at < spans[last].end)
}
