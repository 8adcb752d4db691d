//! Changes between two texts of a document: for a terminal, and as Markdown for a comment.

use std::fmt::Write;

use anstyle::{AnsiColor, Effects, Style};

use super::without_controls;
use crate::difference::{Block, BlockKind, Redline, RedlinePart, Segment};

const HEADING: Style = Style::new().bold();
const REMOVED: Style = AnsiColor::Red.on_default().effects(Effects::STRIKETHROUGH);
const ADDED: Style = AnsiColor::Green.on_default();

/// A comparison of two texts of a document, with their origins.
pub(crate) struct TextComparison<'a> {
    /// The document's ID and title.
    pub(crate) name: String,
    /// The origin of the old text.
    pub(crate) old: String,
    /// The origin of the new text.
    pub(crate) new: String,
    /// The changes.
    pub(crate) redline: &'a Redline<'a>,
    /// Whether either text inserts files, whose content is not compared.
    pub(crate) inserts: bool,
    /// Attachments that differ, in words.
    pub(crate) attachments: Vec<String>,
}

/// Message for identical texts.
const NO_CHANGE: &str = "No words changed.\n";

/// Message for identical texts of a document that inserts files.
const NO_OWN_CHANGE: &str = "No words changed in the document's own file.\n";

/// Note on content that is not compared.
const NOT_COMPARED: &str = "\nThe text of files that the document inserts is not compared.\n";

/// The message for two identical texts.
fn unchanged_message(compared: &TextComparison<'_>) -> String {
    let message = if compared.inserts { NO_OWN_CHANGE } else { NO_CHANGE };
    format!("{message}{}", closing_notes(compared))
}

/// The notes after the changed words: attachments that differ, and content that is not compared.
fn closing_notes(compared: &TextComparison<'_>) -> String {
    let attachments: String =
        compared.attachments.iter().map(|attachment| format!("- {}\n", without_controls(attachment))).collect();
    let attachments = match attachments.as_str() {
        "" => String::new(),
        list => format!("\nChanged attachments:\n\n{list}"),
    };
    format!("{attachments}{}", if compared.inserts { NOT_COMPARED } else { "" })
}

/// Collapses white space to single spaces, and replaces control characters.
fn inline(text: &str) -> String {
    without_controls(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Renders changes for a terminal: deleted words in `[-…-]`, inserted words in `{+…+}`.
pub(crate) fn text(compared: &TextComparison<'_>) -> String {
    let mut out = format!("{HEADING}{}{HEADING:#}\n", without_controls(&compared.name));
    let _ = writeln!(out, "  old: {}\n  new: {}\n", without_controls(&compared.old), without_controls(&compared.new));
    if compared.redline.is_empty() {
        return out + &unchanged_message(compared);
    }
    let mut heading = Headings::default();
    for part in &compared.redline.parts {
        heading.advance(part);
        let line = match part {
            RedlinePart::Same(..) => continue,
            RedlinePart::Deleted(block) => format!("{REMOVED}- {}{REMOVED:#}", inline(block.text)),
            RedlinePart::Inserted(block) => format!("{ADDED}+ {}{ADDED:#}", inline(block.text)),
            RedlinePart::Changed(_, _, segments) => {
                format!("  {}", segments.iter().map(word).collect::<String>().trim_end())
            }
        };
        if let Some(title) = heading.pending_heading() {
            let _ = writeln!(out, "{HEADING}{title}{HEADING:#}");
        }
        let _ = writeln!(out, "{line}");
    }
    out + &closing_notes(compared)
}

fn word(segment: &Segment<'_>) -> String {
    match segment {
        Segment::Same(_, text) => mark_words(text, |text| text),
        Segment::Deleted(text) => mark_words(text, |text| format!("{REMOVED}[-{text}-]{REMOVED:#}")),
        Segment::Inserted(text) => mark_words(text, |text| format!("{ADDED}{{+{text}+}}{ADDED:#}")),
    }
}

/// Words in marks, followed by a space if they ended in white space.
fn mark_words(text: &str, mark: impl Fn(String) -> String) -> String {
    let tail = if text.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{}{tail}", mark(inline(text)))
}

/// The headings above changes.
#[derive(Default)]
struct Headings {
    current: Option<String>,
    last_shown: Option<String>,
}

impl Headings {
    /// Moves past a part of the text.
    fn advance(&mut self, part: &RedlinePart<'_>) {
        let block = match part {
            RedlinePart::Same(_, block) | RedlinePart::Inserted(block) | RedlinePart::Changed(_, block, _) => block,
            RedlinePart::Deleted(block) if block.kind == BlockKind::Key => block,
            RedlinePart::Deleted(_) => return,
        };
        match block.kind {
            BlockKind::Heading(_) => self.current = Some(title(block)),
            BlockKind::Key if block.content() == "---" => self.current = None,
            BlockKind::Key => self.current = Some("Front matter".to_owned()),
            _ => {}
        }
    }

    /// The heading to show before a change, or `None` if it has been shown.
    fn pending_heading(&mut self) -> Option<String> {
        if self.current == self.last_shown {
            return None;
        }
        self.last_shown.clone_from(&self.current);
        self.current.clone()
    }
}

/// The words of a heading.
fn title(block: &Block<'_>) -> String {
    inline(block.content().trim_start_matches('#'))
}

/// Renders changes as Markdown: deleted words are struck out, inserted words are bold, and front matter is a table of
/// keys.
pub(crate) fn markdown(compared: &TextComparison<'_>) -> String {
    let mut out = format!("## {}\n\n", escape_text(&compared.name));
    let _ = writeln!(out, "Old: {}  \nNew: {}\n", escape_text(&compared.old), escape_text(&compared.new));
    if compared.redline.is_empty() {
        return out + &unchanged_message(compared);
    }
    write_front_matter(&mut out, compared.redline);
    let (mut heading, mut table) = (Headings::default(), OpenTable::default());
    for part in &compared.redline.parts {
        heading.advance(part);
        table.advance(part);
        if matches!(part, RedlinePart::Same(..)) || block_kind(part) == BlockKind::Key {
            continue;
        }
        if let Some(title) = heading.pending_heading() {
            let _ = writeln!(out, "\n### {}\n", escape_text(&title));
            table.is_open = false;
        }
        match block_kind(part) {
            BlockKind::Row => table.write_row(&mut out, part),
            _ => write_block(&mut out, part, &mut table),
        }
    }
    out + &closing_notes(compared)
}

fn block_kind(part: &RedlinePart<'_>) -> BlockKind {
    match part {
        RedlinePart::Same(_, block)
        | RedlinePart::Deleted(block)
        | RedlinePart::Inserted(block)
        | RedlinePart::Changed(_, block, _) => block.kind,
    }
}

/// Writes a changed paragraph, item, heading or line of code.
fn write_block(out: &mut String, part: &RedlinePart<'_>, table: &mut OpenTable) {
    table.is_open = false;
    let words = match part {
        RedlinePart::Same(..) => return,
        RedlinePart::Deleted(block) => marked("~~", block.text),
        RedlinePart::Inserted(block) => marked("**", block.text),
        RedlinePart::Changed(_, _, segments) => segments.iter().map(marked_segment).collect(),
    };
    let _ = writeln!(out, "\n{}", words.trim());
}

fn marked_segment(segment: &Segment<'_>) -> String {
    match segment {
        Segment::Same(_, text) => mark_words(text, |text| escape_text(&text)),
        Segment::Deleted(text) => mark_words(text, |text| marked("~~", &text)),
        Segment::Inserted(text) => mark_words(text, |text| marked("**", &text)),
    }
}

fn marked(mark: &str, text: &str) -> String {
    match inline(text) {
        text if text.is_empty() => String::new(),
        text => format!("{mark}{}{mark}", escape_text(&text)),
    }
}

/// Writes the changed keys with their old and new values.
fn write_front_matter(out: &mut String, redline: &Redline<'_>) {
    let value = |block: &Block<'_>| {
        let content = block.content();
        cell(content.split_once(':').map_or(content, |(_, value)| value))
    };
    let key = |block: &Block<'_>| cell(block.content().split(':').next().unwrap_or_default());
    let rows = redline.parts.iter().filter(|part| block_kind(part) == BlockKind::Key).filter_map(|part| match part {
        RedlinePart::Same(..) => None,
        RedlinePart::Deleted(block) => Some(format!("| {} | {} | |\n", key(block), value(block))),
        RedlinePart::Inserted(block) => Some(format!("| {} | | {} |\n", key(block), value(block))),
        RedlinePart::Changed(old, new, _) => Some(format!("| {} | {} | {} |\n", key(new), value(old), value(new))),
    });
    let rows: String = rows.collect();
    if !rows.is_empty() {
        let _ = write!(out, "### Front matter\n\n| Key | Old | New |\n|---|---|---|\n{rows}");
    }
}

fn cell(text: &str) -> String {
    escape_text(&inline(text)).replace('|', "\\|")
}

/// The table that contains a row.
#[derive(Default)]
struct OpenTable {
    /// The header row and the delimiter row; `None` outside a table.
    header: Option<[String; 2]>,
    /// The previous row.
    last: Option<String>,
    /// Whether the header has been written.
    is_open: bool,
}

impl OpenTable {
    /// Moves past a part of the text.
    fn advance(&mut self, part: &RedlinePart<'_>) {
        let (RedlinePart::Same(_, block)
        | RedlinePart::Inserted(block)
        | RedlinePart::Changed(_, block, _)
        | RedlinePart::Deleted(block)) = part;
        if block.kind != BlockKind::Row {
            *self = OpenTable::default();
            return;
        }
        if matches!(part, RedlinePart::Deleted(_)) {
            return;
        }
        let row = inline(block.text);
        if block.is_delimiter() {
            self.header = self.last.take().map(|head| [head, row]);
            self.is_open = false;
        } else {
            self.last = Some(row);
        }
    }

    /// Writes a row with its old and new words below the table's header.
    fn write_row(&mut self, out: &mut String, part: &RedlinePart<'_>) {
        let row = match part {
            RedlinePart::Same(..) => return,
            RedlinePart::Deleted(block) | RedlinePart::Inserted(block) if block.is_delimiter() => return,
            RedlinePart::Deleted(block) => cells(&[Segment::Deleted(block.text)], true),
            RedlinePart::Inserted(block) => cells(&[Segment::Inserted(block.text)], false),
            RedlinePart::Changed(_, _, segments) => cells(segments, false),
        };
        if !std::mem::replace(&mut self.is_open, true) {
            out.push('\n');
            for line in self.header.iter().flatten() {
                let _ = writeln!(out, "{line}");
            }
        }
        let _ = writeln!(out, "{row}");
    }
}

/// A row of cells with marks inside. Deleted cell separators are left out unless the whole row was deleted.
fn cells(segments: &[Segment<'_>], keeps_strokes: bool) -> String {
    let mut row = String::new();
    for segment in segments {
        let (text, mark, strokes) = match segment {
            Segment::Same(_, text) => (*text, "", true),
            Segment::Deleted(text) => (*text, "~~", keeps_strokes),
            Segment::Inserted(text) => (*text, "**", true),
        };
        for (at, piece) in text.split('|').enumerate() {
            if at > 0 && strokes {
                row.push_str("| ");
            }
            let words = marked(mark, piece);
            if !words.is_empty() {
                row.push_str(&words);
                row.push(' ');
            }
        }
    }
    row.trim_end().to_owned()
}

/// Escapes an author's text for use in our Markdown: no HTML, and no marks that would end ours.
fn escape_text(text: &str) -> String {
    without_controls(text).replace('<', "&lt;").replace("~~", "\\~\\~").replace("**", "\\*\\*")
}
