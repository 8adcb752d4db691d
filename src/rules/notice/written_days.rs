//! The days on which a document ends or must be reviewed according to its own title, headings and text.

use std::cell::Cell;
use std::ops::Range;

use super::control_block::{Area, Block, is_control_heading, is_own_name, is_own_value};
use super::last_day::{StatedDay, day_in_cells, day_in_line, is_time_heading};
use super::section_heading::last_day_of;
use super::status_table::pair_of;
use crate::date::last_day_at;
use crate::handbook::{FileView, WrittenDay, WrittenDayKind, is_dated_by_content};
use crate::markdown::Heading;
use crate::name::fold_case;
use crate::rules::words::{doc_type, is_prose};
use crate::source::front_matter::{FrontMatter, Status};
use crate::source::version::is_same_version;

/// The number of first lines of a text, and of a section on document control, that are searched.
const MAX_LINES: usize = 16;
/// Maximum length of a heading or line that is searched for such things, in bytes.
const MAX_CONTEXT_BYTES: usize = 400;
/// Maximum number of sections on document control that are searched.
const MAX_CONTROL_SECTIONS: usize = 3;

/// Stems of things that have a last day of their own.
const THINGS: &str = "certificat,licen,contract,agreement,warrant,subscription,password,token,domain,permit,insurance,quotation,lease,zertifikat,\
     lizenz,vertrag,garantie,abonnement,passwort,versicherung,angebot,contrat,assurance,contrato,\
     certificado,garantía,contratto,garanzia,証明書,契約,ライセンス";

/// The days in an approved document by which its own text limits it.
pub(crate) fn written_days(file: &FileView<'_>) -> Vec<WrittenDay> {
    let kind = doc_type(file);
    let is_approved =
        |front: &&FrontMatter| front.status.as_ref().is_some_and(|status| status.value == Status::Approved);
    let Some(front) = file.front.as_ref().filter(is_approved) else { return Vec::new() };
    // A template is about the documents made from it, a record about what it records.
    if matches!(kind, "page" | "template") || is_dated_by_content(kind) {
        return Vec::new();
    }
    let mut days: Vec<WrittenDay> = days_in_headings(file, front).collect();
    days.extend(searched_lines(file).filter_map(|line| day_in(file, front, line)));
    days.sort_unstable_by_key(|found| (found.span.start, found.span.end));
    days.dedup();
    days
}

/// The last days in the title and in the headings of sections with claims: `Known errors (until 2026-10-31)`. Those
/// before the document was in force contradict its status, which another rule reports.
fn days_in_headings<'f>(file: &'f FileView<'_>, front: &'f FrontMatter) -> impl Iterator<Item = WrittenDay> + 'f {
    let title = front.title.iter().map(|title| (title.value.as_str(), title.span));
    let headings = file.body.headings.iter().filter(|heading| !heading.claims.is_empty());
    let texts = title.chain(headings.map(|heading| (&*heading.text, heading.span)));
    let start = front.effective.as_ref().or(front.approved.as_ref()).map(|day| day.value);
    texts.filter_map(move |(text, span)| {
        let last_day = last_day_of(text)?;
        let (day, behind) = last_day_at(&last_day)?;
        let is_whole = behind.trim().is_empty() && start.is_none_or(|start| start <= day);
        is_whole.then_some(WrittenDay { kind: WrittenDayKind::LastDay, day, span })
    })
}

/// A line of the running text that may be about the document.
struct Line<'f> {
    range: Range<usize>,
    part: Part<'f>,
}

/// Where such a line is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part<'f> {
    /// Among the first lines.
    Beginning,
    /// In a section on document control, or on how long the document applies, below this heading.
    Control(&'f str),
    /// The last line.
    End,
}

/// The first lines of a text, those of sections on document control, and the last one.
fn searched_lines<'f>(file: &'f FileView<'_>) -> impl Iterator<Item = Line<'f>> + 'f {
    let text = file.words.text.trim_end();
    let first = lines_from(text, 0).map(|range| Line { range, part: Part::Beginning });
    let headings = &file.body.headings;
    let is_control =
        |heading: &Heading| is_control_heading(&heading.text) || heading.level < 3 && is_time_heading(&heading.text);
    let controls = headings.iter().enumerate().filter(move |(_, heading)| is_control(heading));
    let in_controls = controls.take(MAX_CONTROL_SECTIONS).flat_map(move |(at, heading)| {
        let end = headings.get(at + 1).map_or(text.len(), |next| next.text_start as usize);
        let lines = lines_from(text, heading.text_start as usize).filter(move |range| range.end <= end);
        lines.map(|range| Line { range, part: Part::Control(&heading.text) })
    });
    let last = text.rfind('\n').map_or(0, |end| end + 1)..text.len();
    first.chain(in_controls).chain([Line { range: last, part: Part::End }])
}

fn lines_from(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let lines = text.get(start..).unwrap_or_default().lines().take(MAX_LINES);
    lines.map(move |line| {
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        start..start + line.len()
    })
}

/// The day that a line gives for its document.
fn day_in(file: &FileView<'_>, front: &FrontMatter, line: Line<'_>) -> Option<WrittenDay> {
    let Line { range, part } = line;
    let text = &file.words.text[range.clone()];
    if !text.contains(|c: char| c.is_ascii_digit()) || !is_prose(file.words, &range) {
        return None;
    }
    let block = Block::around(file, &range);
    let is_sole = || block.lines.len() == 1 && block.is_plain() && !follows_thing(file, &range);
    let is_in_section = || Area::at(file, range.start) == Area::Section;
    let is_own = || match part {
        Part::Control(_) => true,
        Part::Beginning if is_in_section() => false,
        Part::Beginning | Part::End => block.is_about(front) || is_sole(),
    };
    let may_be_own = |stated: &StatedDay| stated.names_subject || !block.is_introduced(file, &range) && is_own();
    let stated = match part {
        Part::Beginning if block.is_table() && is_in_section() => return None,
        _ if block.is_table() => block.day_in_table(front, part)?,
        Part::Control(heading) => day_in_line(text).or_else(|| day_in_line(&format!("{heading}: {text}")))?,
        _ => day_in_line(text).filter(may_be_own)?,
    };
    Some(WrittenDay { kind: stated.kind, day: stated.day, span: file.words.source_span(range) })
}

/// Whether a line is below a heading, or a line of text, about something that has a last day of its own.
fn follows_thing(file: &FileView<'_>, range: &Range<usize>) -> bool {
    const MIN_INNER_BYTES: usize = 7;
    let is_thing = |word: &str| {
        let mut things = THINGS.split(',');
        things.any(|thing| word.starts_with(thing) || thing.len() >= MIN_INNER_BYTES && word.contains(thing))
    };
    let names_thing = |text: &str| {
        let folded = fold_case(&text[..text.floor_char_boundary(MAX_CONTEXT_BYTES)]);
        folded.split(|c: char| !c.is_alphanumeric()).any(is_thing)
    };
    let before = |heading: &&Heading| heading.text_start as usize <= range.start;
    let heading = file.body.headings.iter().take_while(before).last().filter(|heading| heading.level > 1);
    let line = file.words.text[..range.start].trim_end().rsplit('\n').next().unwrap_or_default();
    let is_title = file.body.headings.first().is_some_and(|first| first.level == 1 && *first.text == *line);
    heading.is_some_and(|heading| names_thing(&heading.text)) || !is_title && names_thing(line)
}

impl Block<'_> {
    /// Whether the line is in a table.
    fn is_table(&self) -> bool {
        self.own.iter().any(|line| line.starts_with('|') || line.contains("<t"))
    }

    /// The day in a row of a table, or in the only row below its head, if the table is about the document.
    fn day_in_table(&self, front: &FrontMatter, part: Part<'_>) -> Option<StatedDay> {
        let is_own = || matches!(part, Part::Control(_)) || self.own_values(front) > 1;
        if let [line] = self.own[..]
            && let Some((label, value)) = pair_of(line)
        {
            return day_in_cells(label, value).filter(|_| is_own());
        }
        let found = Cell::new(None);
        let is_day = |label: &str, value: &str| {
            let stated = day_in_cells(label, value);
            found.set(found.get().or(stated));
            stated.is_some()
        };
        self.value_in_table(front, &is_day).filter(|_| is_own())?;
        found.get()
    }

    /// Whether the block states the version of the document, or names it.
    fn is_about(&self, front: &FrontMatter) -> bool {
        self.states_version(front) || self.own_values(front) > 1
    }

    /// How much of the block is about the document: its ID and its title count twice, its version and its roles once.
    fn own_values(&self, front: &FrontMatter) -> usize {
        let marks = |c: char| c.is_whitespace() || "*_`".contains(c);
        let signs = ['|', '<', '>', ':', '：', '·', ';', ',', '–', '—', '(', ')'];
        let pieces = self.lines.iter().flat_map(|line| line.split(signs)).map(|piece| piece.trim_matches(marks));
        let worth = |piece: &str| 2 * usize::from(is_own_name(front, piece)) + usize::from(is_own_value(front, piece));
        pieces.filter(|piece| !piece.is_empty()).map(worth).sum()
    }

    /// Whether a block of running text states the version of the document: `Version 1.0 – valid until 2026-10-31`.
    fn states_version(&self, front: &FrontMatter) -> bool {
        const LABELS: [&str; 9] =
            ["version", "versión", "versione", "versie", "wersja", "fassung", "ausgabe", "revision", "v"];
        let Some(version) = front.version.as_ref().map(|version| version.value.trim()) else { return false };
        let is_own = |part: &str| {
            let folded = fold_case(part.trim_matches(|c: char| !c.is_alphanumeric()));
            let mut numbers = LABELS.iter().filter_map(|label| folded.strip_prefix(label));
            numbers.any(|number| is_same_version(version, number.trim_start_matches([':', '.', ' ', '*'])))
        };
        self.lines.iter().flat_map(|line| line.split(['|', ';', '·', ',', '–', '—', '(', ')'])).any(is_own)
    }
}
