//! Changes between two texts of a document: for a terminal, and as Markdown for a comment.

use std::fmt::Write;

use anstyle::{AnsiColor, Effects, Style};

use super::plain;
use crate::difference::{Block, BlockKind, Part, Redline, Segment};

const HEADING: Style = Style::new().bold();
const REMOVED: Style = AnsiColor::Red.on_default().effects(Effects::STRIKETHROUGH);
const ADDED: Style = AnsiColor::Green.on_default();

/// A comparison of two texts of a document, with their origins.
pub(crate) struct Compared<'a> {
    /// The document's id and title.
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
fn unchanged(compared: &Compared<'_>) -> String {
    let said = if compared.inserts { NO_OWN_CHANGE } else { NO_CHANGE };
    format!("{said}{}", closing(compared))
}

/// The notes after the changed words: attachments that differ, and content that is not compared.
fn closing(compared: &Compared<'_>) -> String {
    let attachments: String = compared.attachments.iter().map(|one| format!("- {}\n", plain(one))).collect();
    let attachments = match attachments.as_str() {
        "" => String::new(),
        list => format!("\nChanged attachments:\n\n{list}"),
    };
    format!("{attachments}{}", if compared.inserts { NOT_COMPARED } else { "" })
}

/// Collapses white space to single spaces, and replaces control characters.
fn inline(text: &str) -> String {
    plain(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Renders changes for a terminal: deleted words in `[-…-]`, inserted words in `{+…+}`.
pub(crate) fn text(compared: &Compared<'_>) -> String {
    let mut out = format!("{HEADING}{}{HEADING:#}\n", plain(&compared.name));
    let _ = writeln!(out, "  old: {}\n  new: {}\n", plain(&compared.old), plain(&compared.new));
    if compared.redline.is_empty() {
        return out + &unchanged(compared);
    }
    let mut heading = Headings::default();
    for part in &compared.redline.parts {
        heading.pass(part);
        let line = match part {
            Part::Same(..) => continue,
            Part::Gone(block) => format!("{REMOVED}- {}{REMOVED:#}", inline(block.text)),
            Part::Come(block) => format!("{ADDED}+ {}{ADDED:#}", inline(block.text)),
            Part::Changed(_, _, segments) => format!("  {}", segments.iter().map(word).collect::<String>().trim_end()),
        };
        if let Some(title) = heading.due() {
            let _ = writeln!(out, "{HEADING}{title}{HEADING:#}");
        }
        let _ = writeln!(out, "{line}");
    }
    out + &closing(compared)
}

fn word(segment: &Segment<'_>) -> String {
    match segment {
        Segment::Same(_, text) => spaced(text, |text| text),
        Segment::Gone(text) => spaced(text, |text| format!("{REMOVED}[-{text}-]{REMOVED:#}")),
        Segment::Come(text) => spaced(text, |text| format!("{ADDED}{{+{text}+}}{ADDED:#}")),
    }
}

/// Words in marks, followed by a space if they ended in white space.
fn spaced(text: &str, mark: impl Fn(String) -> String) -> String {
    let tail = if text.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{}{tail}", mark(inline(text)))
}

/// The headings above changes.
#[derive(Default)]
struct Headings {
    now: Option<String>,
    shown: Option<String>,
}

impl Headings {
    /// Moves past a part of the text.
    fn pass(&mut self, part: &Part<'_>) {
        let block = match part {
            Part::Same(_, block) | Part::Come(block) | Part::Changed(_, block, _) => block,
            Part::Gone(block) if block.kind == BlockKind::Key => block,
            Part::Gone(_) => return,
        };
        match block.kind {
            BlockKind::Heading(_) => self.now = Some(title(block)),
            BlockKind::Key if block.content() == "---" => self.now = None,
            BlockKind::Key => self.now = Some("Front matter".to_owned()),
            _ => {}
        }
    }

    /// The heading to show before a change, or `None` if it has been shown.
    fn due(&mut self) -> Option<String> {
        if self.now == self.shown {
            return None;
        }
        self.shown.clone_from(&self.now);
        self.now.clone()
    }
}

/// The words of a heading.
fn title(block: &Block<'_>) -> String {
    inline(block.content().trim_start_matches('#'))
}

/// Renders changes as Markdown: deleted words are struck out, inserted words are bold, and front matter is a table of
/// keys.
pub(crate) fn markdown(compared: &Compared<'_>) -> String {
    let mut out = format!("## {}\n\n", escaped(&compared.name));
    let _ = writeln!(out, "Old: {}  \nNew: {}\n", escaped(&compared.old), escaped(&compared.new));
    if compared.redline.is_empty() {
        return out + &unchanged(compared);
    }
    front_matter(&mut out, compared.redline);
    let (mut heading, mut table) = (Headings::default(), Table::default());
    for part in &compared.redline.parts {
        heading.pass(part);
        table.pass(part);
        if matches!(part, Part::Same(..)) || kind(part) == BlockKind::Key {
            continue;
        }
        if let Some(title) = heading.due() {
            let _ = writeln!(out, "\n### {}\n", escaped(&title));
            table.is_open = false;
        }
        match kind(part) {
            BlockKind::Row => table.row(&mut out, part),
            _ => block(&mut out, part, &mut table),
        }
    }
    out + &closing(compared)
}

fn kind(part: &Part<'_>) -> BlockKind {
    match part {
        Part::Same(_, block) | Part::Gone(block) | Part::Come(block) | Part::Changed(_, block, _) => block.kind,
    }
}

/// Writes a changed paragraph, item, heading or line of code.
fn block(out: &mut String, part: &Part<'_>, table: &mut Table) {
    table.is_open = false;
    let words = match part {
        Part::Same(..) => return,
        Part::Gone(block) => marked("~~", block.text),
        Part::Come(block) => marked("**", block.text),
        Part::Changed(_, _, segments) => segments.iter().map(marked_segment).collect(),
    };
    let _ = writeln!(out, "\n{}", words.trim());
}

fn marked_segment(segment: &Segment<'_>) -> String {
    match segment {
        Segment::Same(_, text) => spaced(text, |text| escaped(&text)),
        Segment::Gone(text) => spaced(text, |text| marked("~~", &text)),
        Segment::Come(text) => spaced(text, |text| marked("**", &text)),
    }
}

fn marked(mark: &str, text: &str) -> String {
    match inline(text) {
        text if text.is_empty() => String::new(),
        text => format!("{mark}{}{mark}", escaped(&text)),
    }
}

/// Writes the changed keys with their old and new values.
fn front_matter(out: &mut String, redline: &Redline<'_>) {
    let value = |block: &Block<'_>| {
        let content = block.content();
        cell(content.split_once(':').map_or(content, |(_, value)| value))
    };
    let key = |block: &Block<'_>| cell(block.content().split(':').next().unwrap_or_default());
    let rows = redline.parts.iter().filter(|part| kind(part) == BlockKind::Key).filter_map(|part| match part {
        Part::Same(..) => None,
        Part::Gone(block) => Some(format!("| {} | {} | |\n", key(block), value(block))),
        Part::Come(block) => Some(format!("| {} | | {} |\n", key(block), value(block))),
        Part::Changed(old, new, _) => Some(format!("| {} | {} | {} |\n", key(new), value(old), value(new))),
    });
    let rows: String = rows.collect();
    if !rows.is_empty() {
        let _ = write!(out, "### Front matter\n\n| Key | Old | New |\n|---|---|---|\n{rows}");
    }
}

fn cell(text: &str) -> String {
    escaped(&inline(text)).replace('|', "\\|")
}

/// The table that contains a row.
#[derive(Default)]
struct Table {
    /// The header row and the delimiter row; `None` outside a table.
    head: Option<[String; 2]>,
    /// The previous row.
    last: Option<String>,
    /// Whether the header has been written.
    is_open: bool,
}

impl Table {
    /// Moves past a part of the text.
    fn pass(&mut self, part: &Part<'_>) {
        let (Part::Same(_, block) | Part::Come(block) | Part::Changed(_, block, _) | Part::Gone(block)) = part;
        if block.kind != BlockKind::Row {
            *self = Table::default();
            return;
        }
        if matches!(part, Part::Gone(_)) {
            return;
        }
        let row = inline(block.text);
        if block.is_delimiter() {
            self.head = self.last.take().map(|head| [head, row]);
            self.is_open = false;
        } else {
            self.last = Some(row);
        }
    }

    /// Writes a row with its old and new words below the table's header.
    fn row(&mut self, out: &mut String, part: &Part<'_>) {
        let row = match part {
            Part::Same(..) => return,
            Part::Gone(block) | Part::Come(block) if block.is_delimiter() => return,
            Part::Gone(block) => cells(&[Segment::Gone(block.text)], true),
            Part::Come(block) => cells(&[Segment::Come(block.text)], false),
            Part::Changed(_, _, segments) => cells(segments, false),
        };
        if !std::mem::replace(&mut self.is_open, true) {
            out.push('\n');
            for line in self.head.iter().flatten() {
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
            Segment::Gone(text) => (*text, "~~", keeps_strokes),
            Segment::Come(text) => (*text, "**", true),
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
fn escaped(text: &str) -> String {
    plain(text).replace('<', "&lt;").replace("~~", "\\~\\~").replace("**", "\\*\\*")
}
