//! Lines of a document that only repeat its headings and its front matter, as exports of word processors contain them:
//! tables of contents, the title again, and control tables.

use ahash::AHashSet;

use super::control_data::{is_control_data, is_control_label, is_sign_off};
use super::revisions::Revisions;
use crate::placeholder::{label, normalize_words};
use crate::source::front_matter::FrontMatter;

/// Maximum number of bytes of a line that may only repeat something.
const MAX_BYTES: usize = 400;

/// Maximum number of digits in the number of a page.
const MAX_PAGE_DIGITS: usize = 3;

/// What lines may repeat, in lower case and without punctuation.
pub(super) struct Leftovers<'a> {
    /// The titles of headings, without numbers at their ends, and of the document.
    pub(super) titles: AHashSet<String>,
    /// Values of the front matter, except names.
    pub(super) values: AHashSet<String>,
    /// Names in the front matter.
    pub(super) names: AHashSet<String>,
    /// The description in the front matter if it is a sentence. Such a sentence may be the text itself, so that only an
    /// answer to a label repeats it.
    summary: Option<String>,
    /// Whether the lines are those of a whole document. Its control data do not count as its content.
    pub(super) is_document: bool,
    /// The history of the document, for a whole document.
    pub(super) revisions: Option<Revisions<'a>>,
}

impl<'a> Leftovers<'a> {
    /// Collects titles and, for a whole document, the values of its front matter.
    pub(super) fn new<'t>(
        titles: impl Iterator<Item = &'t str>,
        id: Option<&str>,
        front: Option<&FrontMatter>,
        revisions: Option<Revisions<'a>>,
    ) -> Leftovers<'a> {
        let mut titles: AHashSet<String> =
            titles.map(|title| without_numbers(&normalize_words(title)).to_owned()).collect();
        titles.remove("");
        let mut values: AHashSet<String> = front.map(front_values).unwrap_or_default();
        values.extend(id.map(normalize_words));
        values.extend(titles.iter().cloned());
        let names = front.map(front_names).unwrap_or_default();
        let summary = front.and_then(|front| front.description.as_ref()).filter(|text| is_sentence(&text.value));
        let summary = summary.map(|text| normalize_words(&text.value));
        Leftovers { titles, values, names, summary, is_document: front.is_some(), revisions }
    }

    /// Whether a line only repeats a title or a value: `2. Roles ..... 3`, `Version: 1.0`.
    pub(super) fn repeats(&self, line: &str) -> bool {
        if line.len() > MAX_BYTES {
            return false;
        }
        let is_title = |words: &str| self.titles.contains(without_numbers(words)) || self.titles.contains(words);
        let is_entry = |words: &str| without_numbers(words).is_empty() || is_title(words);
        let words = normalize_words(line);
        is_title(&words)
            || self.is_document && self.values.contains(&words)
            || is_control_data(&words, self)
            // In tables of contents, dots lead from each title to its page.
            || line.contains("...") && line.split("...").all(|entry| is_entry(&normalize_words(entry)))
            || label(line).is_some_and(|value| self.repeats_answer(line.split(':').next().unwrap_or_default(), value))
    }

    /// Whether an answer to a label, in a line or a table row, only repeats the front matter.
    ///
    /// A name counts only after a label such as `Owner`; elsewhere it says who does something.
    pub(super) fn repeats_answer(&self, label: &str, answer: &str) -> bool {
        if !self.is_document || answer.len() > MAX_BYTES {
            return false;
        }
        let (label, answer) = (normalize_words(label), normalize_words(answer));
        let is_name = || self.names.contains(&answer) && NAME_LABELS.contains(&label.as_str());
        let is_page = || answer.len() <= MAX_PAGE_DIGITS && without_numbers(&answer).is_empty();
        let is_date = || is_control_label(&label) && is_control_data(&answer, self);
        self.values.contains(&answer)
            || self.summary.as_ref() == Some(&answer)
            || is_name()
            || is_page() && self.titles.contains(&label)
            || is_date()
    }

    /// Whether a table with these heads only shows who prepared, reviewed and approved the document.
    pub(super) fn is_sign_off<'h>(&self, heads: impl Iterator<Item = &'h str>) -> bool {
        self.is_document && is_sign_off(heads)
    }
}

/// Labels of control tables before a name.
const NAME_LABELS: [&str; 30] = [
    "owner",
    "document owner",
    "process owner",
    "policy owner",
    "approver",
    "approved by",
    "approval",
    "author",
    "prepared by",
    "reviewer",
    "reviewers",
    "reviewed by",
    "eigentümer",
    "verantwortlich",
    "verantwortlicher",
    "dokumentverantwortlicher",
    "freigegeben von",
    "freigabe",
    "genehmigt von",
    "autor",
    "ersteller",
    "erstellt von",
    "geprüft von",
    "propriétaire",
    "auteur",
    "approuvé par",
    "responsable",
    "aprobado por",
    "responsabile",
    "eigenaar",
];

/// The values of front matter that control tables repeat.
fn front_values(front: &FrontMatter) -> AHashSet<String> {
    let label = front.description.as_ref().filter(|text| !is_sentence(&text.value));
    let texts = [&front.version, &front.title, &front.doc_type, &front.classification].map(Option::as_ref);
    let days = [&front.approved, &front.effective, &front.date];
    let texts = texts.into_iter().chain([label]).flatten().map(|text| normalize_words(&text.value));
    let days = days.into_iter().flatten().map(|day| normalize_words(&day.value.to_string()));
    let status = front.status.iter().map(|status| normalize_words(status.value.as_str()));
    texts.chain(days).chain(status).collect()
}

/// Whether a text is a sentence, not a name or a heading.
fn is_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', '。', '！', '？'])
}

fn front_names(front: &FrontMatter) -> AHashSet<String> {
    let names = [&front.owner, &front.approver, &front.author, &front.reviewers];
    names.into_iter().flatten().map(|name| normalize_words(&name.value)).collect()
}

/// Words without the numbers at either end.
fn without_numbers(words: &str) -> &str {
    words.trim_matches(|c: char| c.is_ascii_digit() || c == ' ')
}
