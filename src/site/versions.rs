//! Addresses of version pages, and former texts as HTML.

use crate::difference::{BlockKind, Redline, RedlinePart, Segment};
use crate::handbook::{Destination, DocumentIndex, ParsedFile};
use crate::history::ProofFailure;
use crate::html::escape;
use crate::markdown::{Fill, LinkForm};
use crate::site::model::{Html, KeyChange};
use crate::site::phrases;
use crate::site::portal::Portal;
use crate::url::SitePath;

/// The page of a document's versions; `None` if no versions are known, if the portal shows no history, or if another
/// document has the same ID in a different letter case and comes first.
pub(super) fn path(portal: &Portal<'_>, index: DocumentIndex) -> Option<SitePath> {
    let document = portal.document(index);
    let has_versions = portal.past.is_some_and(|past| !past.versions_of(document).is_empty());
    let is_twin = || portal.reading.handbook.addresses.case_duplicates.contains(&index);
    let id = document.id().filter(|_| has_versions && !is_twin())?;
    SitePath::parse(&format!("versions/{id}/index.html")).ok()
}

/// A page in the same folder as the page of a document's versions.
pub(super) fn sibling_path(versions: &SitePath, name: &str) -> SitePath {
    SitePath::parse(&format!("{}/{name}", versions.folder())).unwrap_or_else(|_| versions.clone())
}

/// A former text as HTML. Links lead to today's documents and entries. Images and attachments are left out, because
/// today's files may differ from those of the past.
pub(super) fn text(portal: &Portal<'_>, file: &ParsedFile, page: &SitePath) -> String {
    let fragment = &file.body.html;
    let mut out = String::with_capacity(fragment.len());
    fragment.render(&mut out, |out, fill| Filler { portal, file, page }.fill(out, fill));
    out
}

struct Filler<'a> {
    portal: &'a Portal<'a>,
    file: &'a ParsedFile,
    page: &'a SitePath,
}

impl Filler<'_> {
    fn fill(&self, out: &mut String, fill: Fill) {
        match fill {
            Fill::LinkOpen(link) => match self.target(link) {
                Some(target) => {
                    out.push_str("<a href=\"");
                    escape(out, &target);
                    out.push_str("\">");
                }
                None => out.push_str("<span>"),
            },
            Fill::LinkClose(link) => out.push_str(if self.target(link).is_some() { "</a>" } else { "</span>" }),
            Fill::LinkText(link) => escape(out, &self.file.body.links[link as usize].target),
            Fill::Image(link) => {
                let image = &self.file.body.links[link as usize];
                debug_assert!(matches!(image.form, LinkForm::Image | LinkForm::RawImage));
                out.push_str("<span>");
                escape(out, if image.text.is_empty() { &image.target } else { &image.text });
                out.push_str("</span>");
            }
            Fill::Code(block) => {
                let words = |phrase| self.portal.labels.text(phrases::label(phrase));
                self.file.body.code[block as usize].write_html(out, self.portal.highlighter, &words);
            }
            Fill::Phrase(phrase) => out.push_str(self.portal.phrases.escaped(phrase)),
            Fill::AnchorPrefix | Fill::NamePrefix | Fill::Claims(_) | Fill::MentionOpen(_) | Fill::MentionClose(_) => {}
        }
    }

    /// The address of a link's target on a portal page; `None` if the link is not kept.
    fn target(&self, link: u32) -> Option<String> {
        let portal = self.portal;
        let content = &portal.reading.settings.content;
        let link = self.file.body.links.get(link as usize)?;
        match portal.reading.handbook.lookup.resolve(link, self.file.path(), content) {
            Destination::Document { document, .. } => Some(portal.document(document).url.relative_to(self.page)),
            Destination::Entry { entry, .. } => Some(portal.entry_url(entry, self.page)),
            _ => None,
        }
    }
}

/// Why a text cannot be proved, in the portal's language.
pub(super) fn proof_failure_text(portal: &Portal<'_>, failure: &ProofFailure) -> String {
    let (key, day) = match failure {
        ProofFailure::NotCommitted => ("say.unproved_not_committed", None),
        ProofFailure::OtherDigest => ("say.unproved_other_digest", None),
        ProofFailure::RootCommit(day) => ("say.unproved_root", Some(*day)),
        ProofFailure::Arrived(day) => ("say.unproved_arrived", Some(*day)),
        ProofFailure::Outside(day) => ("say.unproved_outside", Some(*day)),
        ProofFailure::Shallow(day) => ("say.unproved_shallow", Some(*day)),
        ProofFailure::MissingObject(day) => ("say.unproved_missing", Some(*day)),
        ProofFailure::Settings(day) => ("say.unproved_settings", Some(*day)),
        ProofFailure::OtherSettings(day) => ("say.unproved_other_settings", Some(*day)),
        ProofFailure::OtherVersion(day, _) => ("say.unproved_other_version", Some(*day)),
        ProofFailure::OtherText(day) => ("say.unproved_other_text", Some(*day)),
        ProofFailure::OtherDocument(day, _) => ("say.unproved_other_document", Some(*day)),
        ProofFailure::SymbolicLink => ("say.unproved_link", None),
        ProofFailure::NoRepository | ProofFailure::Git(_) => ("say.unproved_git", None),
    };
    let day = day.map_or_else(String::new, |day| portal.labels.day(day));
    portal.labels.fill(key, &[("date", &day)])
}

/// The changes between two texts as HTML, with removed words in `del` and added words in `ins`. Markdown markup is
/// shown as written.
pub(super) fn redline(redline: &Redline<'_>) -> String {
    let mut writer = Writer::default();
    redline.parts.iter().filter(|part| kind(part) != BlockKind::Key).for_each(|part| writer.part(part));
    writer.close();
    writer.out
}

/// The changed keys of front matter and their values, with removed words in `del` and added words in `ins`.
pub(super) fn changed_keys(redline: &Redline<'_>) -> Vec<KeyChange> {
    let row = |part: &RedlinePart<'_>| {
        let block = match part {
            RedlinePart::Same(..) => return None,
            RedlinePart::Deleted(block) | RedlinePart::Inserted(block) | RedlinePart::Changed(_, block, _) => block,
        };
        let key = block.content().split(':').next().unwrap_or_default();
        let mut writer = Writer::default();
        writer.words(part, false);
        // The key is shown in a separate cell.
        let mut name = String::new();
        escape(&mut name, &format!("{key}:"));
        let value = writer.out.replacen(&name, "", 1);
        Some(KeyChange { key: key.to_owned(), value: Html::new(value.trim()) })
    };
    redline.parts.iter().filter(|part| kind(part) == BlockKind::Key).filter_map(row).collect()
}

fn kind(part: &RedlinePart<'_>) -> BlockKind {
    match part {
        RedlinePart::Same(_, block)
        | RedlinePart::Deleted(block)
        | RedlinePart::Inserted(block)
        | RedlinePart::Changed(_, block, _) => block.kind,
    }
}

/// Writes blocks; adjacent table rows and adjacent lines of code are grouped.
#[derive(Default)]
struct Writer {
    out: String,
    /// The closing tags to write before a block of another kind.
    open: Option<(BlockKind, &'static str)>,
}

impl Writer {
    fn part(&mut self, part: &RedlinePart<'_>) {
        let kind = kind(part);
        let (opening, closing) = match kind {
            BlockKind::Row => ("<div class=\"table-wrap\"><table><tbody>", "</tbody></table></div>\n"),
            BlockKind::Code => ("<pre><code>", "</code></pre>\n"),
            _ => ("", ""),
        };
        if self.open.is_none_or(|(open, _)| open != kind) {
            self.close();
            if !opening.is_empty() {
                self.out.push_str(opening);
                self.open = Some((kind, closing));
            }
        }
        match kind {
            BlockKind::Row => self.row(part),
            BlockKind::Code => self.words(part, true),
            BlockKind::Heading(_) => self.write_element("<p class=\"redline-heading\">", part),
            BlockKind::Item => self.write_element("<p class=\"redline-item\">", part),
            _ => self.write_element("<p>", part),
        }
    }

    fn close(&mut self) {
        if let Some((_, closing)) = self.open.take() {
            self.out.push_str(closing);
        }
    }

    fn write_element(&mut self, opening: &str, part: &RedlinePart<'_>) {
        self.out.push_str(opening);
        self.words(part, false);
        self.out.push_str("</p>\n");
    }

    fn words(&mut self, part: &RedlinePart<'_>, is_code: bool) {
        for segment in segments(part) {
            let (element, text) = marked(&segment);
            self.marked(element, if is_code { text } else { text.trim_end() });
            if !is_code && text.ends_with(char::is_whitespace) {
                self.out.push(' ');
            }
        }
        while !is_code && self.out.ends_with(' ') {
            self.out.pop();
        }
    }

    /// Writes a table row. Removed `|` characters do not separate cells, unless the whole row was removed.
    fn row(&mut self, part: &RedlinePart<'_>) {
        let block = match part {
            RedlinePart::Same(_, block)
            | RedlinePart::Deleted(block)
            | RedlinePart::Inserted(block)
            | RedlinePart::Changed(_, block, _) => block,
        };
        if block.is_delimiter() {
            return;
        }
        let mut cells: Vec<Vec<(Option<&str>, &str)>> = vec![Vec::new()];
        let segments = segments(part);
        for segment in &segments {
            let (element, text) = marked(segment);
            let has_strokes = element != Some("del") || matches!(part, RedlinePart::Deleted(_));
            for (at, piece) in text.split('|').enumerate() {
                if at > 0 && has_strokes {
                    cells.push(Vec::new());
                }
                if let Some(cell) = cells.last_mut().filter(|_| !piece.trim().is_empty()) {
                    cell.push((element, piece.trim()));
                }
            }
        }
        self.out.push_str("<tr>");
        // The text before the first and after the last `|` is not a cell.
        let inner = cells.len().saturating_sub(1).max(1);
        for cell in cells.iter().take(inner).skip(usize::from(cells.len() > 1)) {
            self.out.push_str("<td>");
            for (at, (element, text)) in cell.iter().enumerate() {
                if at > 0 {
                    self.out.push(' ');
                }
                self.marked(*element, text);
            }
            self.out.push_str("</td>");
        }
        self.out.push_str("</tr>\n");
    }

    fn marked(&mut self, element: Option<&str>, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(element) = element {
            self.out.push_str(&format!("<{element}>"));
        }
        escape(&mut self.out, text);
        if let Some(element) = element {
            self.out.push_str(&format!("</{element}>"));
        }
    }
}

fn segments<'t>(part: &RedlinePart<'t>) -> Vec<Segment<'t>> {
    match part {
        RedlinePart::Same(_, block) => vec![Segment::Same(block.text, block.text)],
        RedlinePart::Deleted(block) => vec![Segment::Deleted(block.text)],
        RedlinePart::Inserted(block) => vec![Segment::Inserted(block.text)],
        RedlinePart::Changed(_, _, segments) => segments.clone(),
    }
}

fn marked<'t>(segment: &Segment<'t>) -> (Option<&'static str>, &'t str) {
    match segment {
        Segment::Same(_, text) => (None, text),
        Segment::Deleted(text) => (Some("del"), text),
        Segment::Inserted(text) => (Some("ins"), text),
    }
}
