//! Entries of registers as pages show them.

use std::collections::BTreeSet;

use super::links::{url, url_at};
use super::model::{DocumentLink, GridCell, ItemRow, Link, Mark, Shared, Tone};
use super::portal::Portal;
use crate::assess::{EntryState, ItemAssessment, ItemVerdict, Measurement, UnitAudit, find_indicator};
use crate::date::{Date, Interval};
use crate::handbook::{DocumentIndex, EntryIndex, PlacedEntry};
use crate::id::{ClauseKey, ClauseRef};
use crate::place::Located;
use crate::register::{
    Action, Entry, Indicator, Kind, Objective, Period, Reference, Target, ValueType, comma_separated, format_figure,
};
use crate::text::{is_isolated, isolate};

/// The maximum number of clauses, documents or entries listed in a cell.
const MAX_LINKS: usize = 12;

/// The maximum number of services and suppliers listed as lacking an item.
const MAX_LACKING: usize = 30;

impl GridCell {
    /// A cell with text.
    pub(super) fn text(text: impl Into<String>) -> GridCell {
        GridCell { text: text.into(), ..GridCell::default() }
    }

    /// A cell with a date, if there is one.
    pub(super) fn day(day: Option<Date>) -> GridCell {
        GridCell { day, ..GridCell::default() }
    }

    /// A cell with the first and last day of a period.
    pub(super) fn days(period: Option<Period>) -> GridCell {
        GridCell { day: period.map(|days| days.from), until: period.map(|days| days.to), ..GridCell::default() }
    }

    /// A cell with a state.
    pub(super) fn mark(mark: Mark) -> GridCell {
        GridCell { mark: Some(mark), ..GridCell::default() }
    }

    /// A cell with links.
    pub(super) fn links(links: Vec<Link>) -> GridCell {
        GridCell { links, ..GridCell::default() }
    }
}

/// The colour tone of an entry's state.
pub(super) fn tone(state: EntryState) -> Tone {
    match state {
        EntryState::Overdue
        | EntryState::Reopened
        | EntryState::Missed
        | EntryState::NoValue
        | EntryState::Untreated => Tone::Overdue,
        EntryState::DueSoon => Tone::DueSoon,
        EntryState::Open => Tone::Open,
        EntryState::Planned => Tone::Future,
        EntryState::WaitsForEffect | EntryState::Treated => Tone::InReview,
        EntryState::Effective | EntryState::Held | EntryState::Done | EntryState::Closed => Tone::Current,
        EntryState::Live | EntryState::Current | EntryState::Met | EntryState::Accepted => Tone::Current,
        EntryState::Rejected | EntryState::Retired | EntryState::Recorded => Tone::Retired,
    }
}

/// Joins names with commas.
pub(super) fn join_names(names: &[Located<String>]) -> String {
    comma_separated(names.iter().map(|name| name.value.as_str())).into_owned()
}

impl<'a> Portal<'a> {
    /// The entry with this index.
    pub(super) fn entry(&self, index: EntryIndex) -> &'a PlacedEntry {
        self.reading.handbook.registers.entry(index)
    }

    /// The address of an entry on its page.
    pub(crate) fn entry_address(&self, index: EntryIndex) -> String {
        let placed_entry = self.entry(index);
        url_at(self.assessed().entry_page(index), &placed_entry.anchor)
    }

    /// A row for an item of documented information, with the services and suppliers that lack it.
    pub(super) fn item_row_with_lacking(&self, assessed: &ItemAssessment) -> ItemRow {
        ItemRow { without: self.lacking_parties(assessed), ..self.item_row(assessed) }
    }

    /// The services and suppliers that lack an incomplete item; empty in editions that do not show all of them.
    fn lacking_parties(&self, assessed: &ItemAssessment) -> Vec<Link> {
        let is_shown = self.shows_figures() && assessed.verdict == ItemVerdict::Incomplete;
        if !is_shown || assessed.share.is_none_or(|share| share.figures().is_none()) {
            return Vec::new();
        }
        let without = self.assessment.recipients_without(self.reading, assessed.item);
        without.into_iter().take(MAX_LACKING).map(|index| self.entry_link(index)).collect()
    }

    /// A link to an entry, labelled with its ID.
    pub(super) fn entry_link(&self, index: EntryIndex) -> Link {
        Link { text: self.entry(index).id().to_owned(), url: self.entry_address(index) }
    }

    /// The value of an entry's key: words defined by Clausebook and grades are translated, other text is returned
    /// unchanged.
    pub(super) fn word<'t>(&'t self, kind: Kind, key: &str, text: &'t str) -> &'t str {
        match kind.keys().find(|one| one.name == key).map(|one| &one.value_type) {
            Some(ValueType::Word(_)) => self.labels.get(&format!("entries.word.{text}")).unwrap_or(text),
            Some(ValueType::Grade) => self.grade(text),
            _ => text,
        }
    }

    /// The label of a grade, or its name if it has none.
    pub(super) fn grade<'t>(&'t self, name: &'t str) -> &'t str {
        self.labels.get(&format!("entries.grade.{name}")).unwrap_or(name)
    }

    /// A target in words, such as `≥ 97%` or `−3 to 3%`.
    pub(super) fn target(&self, target: &Target) -> String {
        let (min, Some(max)) = target.chart_lines() else { return target.to_string() };
        let (from, to) = (format_figure(min, ""), format_figure(max, &target.unit));
        self.labels.fill("entries.range", &[("from", &from), ("to", &to)])
    }

    /// The target for the values of an indicator or objective; `None` if it cannot be read.
    pub(super) fn entry_target(&self, index: EntryIndex) -> Option<Target> {
        let entry = &self.entry(index).entry;
        match Objective::from_entry(entry) {
            Some(objective) => objective.target(find_indicator(self.reading, objective)),
            None => Indicator::from_entry(entry)?.target(),
        }
    }

    /// The newest value of an indicator or objective and its target, such as `78.6% (2026-Q3); Target: ≥ 95%`; empty
    /// for other entries.
    pub(super) fn measurement_text(&self, entry: &Entry) -> String {
        let Some(Measurement { newest, target }) =
            Measurement::newest(self.reading, entry, self.assessment.clock.as_of)
        else {
            return String::new();
        };
        let value = newest.map(|(value, period)| format!("{value} ({period})"));
        let target = target.map(|target| format!("{}: {}", self.labels.text("registers.target"), self.target(&target)));
        value.into_iter().chain(target).collect::<Vec<_>>().join("; ")
    }

    /// An entry's ID as the first cell of a row.
    pub(super) fn entry_cell(&self, index: EntryIndex) -> GridCell {
        let Link { text, url } = self.entry_link(index);
        GridCell { text, url, code: true, ..GridCell::default() }
    }

    /// A link to a document or entry that an entry refers to; a reference in words gets no address.
    pub(super) fn reference_link(&self, reference: &Reference) -> Link {
        let text = reference.as_str().to_owned();
        let Some(id) = reference.id() else { return Link { text, url: String::new() } };
        let lookup = &self.reading.handbook.lookup;
        let url = match (lookup.by_id(id), lookup.entry(id)) {
            (Some(document), _) => url(&self.document(document).url),
            (None, Some(entry)) => self.entry_address(entry),
            (None, None) => String::new(),
        };
        Link { text, url }
    }

    /// Links to the documents and entries that an entry refers to.
    pub(super) fn reference_links(&self, references: &[Located<Reference>]) -> Vec<Link> {
        let lookup = &self.reading.handbook.lookup;
        // Never name what this edition withholds.
        let is_shown = |reference: &&Located<Reference>| reference.value.id().is_none_or(|id| !lookup.is_withheld(id));
        references
            .iter()
            .filter(is_shown)
            .take(MAX_LINKS)
            .map(|reference| self.reference_link(&reference.value))
            .collect()
    }

    /// The names of services or locations, linked to their entries.
    pub(super) fn party_links(&self, kind: Kind, names: &[Located<String>]) -> Vec<Link> {
        let link = |name: &Located<String>| match self.reading.handbook.registers.find_party(kind, &name.value) {
            Some(index) => Link { text: self.entry(index).entry.title().to_owned(), url: self.entry_address(index) },
            None => Link { text: name.value.clone(), url: String::new() },
        };
        let known_parties = &self.reading.handbook.registers.known_parties;
        names.iter().filter(|name| !known_parties.withholds(kind, &name.value)).map(link).collect()
    }

    /// The clauses that an entry lists, linked to their pages if they are known.
    pub(super) fn clause_refs(&self, clauses: &[Located<ClauseRef>]) -> Vec<Link> {
        let link = |clause: &Located<ClauseRef>| {
            let known: Option<ClauseKey> = self.reading.standards.find_reference(&clause.value);
            known.map_or_else(
                || Link { text: clause.value.to_string(), url: String::new() },
                |key| Link { text: self.clause_link(key).number, url: url(&self.clause_path(key)) },
            )
        };
        clauses.iter().take(MAX_LINKS).map(link).collect()
    }

    /// The documents that own registers of these kinds.
    pub(super) fn register_owners(&self, kinds: &[Kind]) -> Vec<Shared<DocumentLink>> {
        let registers = &self.reading.handbook.registers;
        let owners: BTreeSet<_> = kinds.iter().flat_map(|kind| registers.owners_of(*kind)).collect();
        owners.into_iter().map(|owner| self.document_link(owner)).collect()
    }

    /// The name of an entry's kind.
    pub(super) fn kind_of_entry(&self, index: EntryIndex) -> String {
        self.labels.text(&["entries.one.", self.entry(index).entry.kind.as_str()].concat()).to_owned()
    }

    /// The title of a list of entries that name the same document or entry. Requirements, risks and the like are not
    /// findings.
    pub(super) fn naming_title(&self, naming: &[EntryIndex]) -> String {
        let is_finding =
            |index: &EntryIndex| matches!(self.entry(*index).entry.kind, Kind::Nonconformities | Kind::Improvements);
        let key = if naming.iter().all(is_finding) { "open_entries.title" } else { "open_entries.entries" };
        self.labels.text(key).to_owned()
    }

    /// A mark with the text of a label.
    pub(super) fn tone(&self, tone: Tone, key: &str) -> Mark {
        Mark { tone, word: self.labels.text(key).to_owned() }
    }

    /// Labels as the column headings of a table.
    pub(super) fn column_headings(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.labels.text(&format!("registers.{key}")).to_owned()).collect()
    }

    /// The state of an entry on the build's day; empty if the entry was not known by then.
    pub(super) fn entry_mark(&self, index: EntryIndex) -> Mark {
        let Some(life) = self.assessment.entry(index) else { return Mark::default() };
        if life.has_late_effect(self.assessment.clock.as_of) {
            return self.tone(Tone::Overdue, "entry_state.effect-overdue");
        }
        self.tone(tone(life.state), &["entry_state.", life.state.as_str()].concat())
    }

    /// The state of an action or a decision on the build's day; without figures, only whether it is done.
    pub(super) fn action_state(&self, action: Action<'_>) -> EntryState {
        let clock = self.assessment.clock;
        match () {
            () if action.is_done(clock.as_of) => EntryState::Done,
            () if !self.shows_figures() => EntryState::Open,
            () if action.is_overdue(clock.as_of) => EntryState::Overdue,
            () if action.due().is_some_and(|due| due <= clock.warning_end()) => EntryState::DueSoon,
            () => EntryState::Open,
        }
    }

    /// The state of an entry in the words that block conditions use; an overdue effect check has a label instead.
    pub(super) fn state_word(&self, index: EntryIndex) -> &str {
        match self.assessment.entry(index) {
            Some(life) if life.has_late_effect(self.assessment.clock.as_of) => {
                self.labels.text("entry_state.effect-overdue")
            }
            Some(life) => {
                let state = life.state.as_str();
                self.labels.get(&["entries.state.", state].concat()).unwrap_or(state)
            }
            None => "",
        }
    }

    /// The entries of a kind that are known on the build's day.
    pub(super) fn known_entries(&self, kind: Kind) -> Vec<EntryIndex> {
        let entries_of_kind = self.reading.handbook.registers.of_kind(kind);
        entries_of_kind.map(|(index, _)| index).filter(|index| self.assessment.entry(*index).is_some()).collect()
    }

    /// The audits of a clause that counts towards coverage; `None` for other clauses, or if no register of audits is
    /// shown.
    pub(super) fn unit_audit(&self, key: ClauseKey) -> Option<&'a UnitAudit> {
        self.assessment.audits.as_ref()?.unit(key)
    }

    /// An interval in words, such as `every 12 months`.
    pub(super) fn interval_text(&self, interval: Interval) -> String {
        match interval {
            Interval::Days(days) => self.labels.count("say.every_days", days.into()),
            Interval::Months(months) => self.labels.count("say.every_months", months.into()),
        }
    }

    /// A period in words.
    pub(super) fn days_text(&self, days: Period) -> String {
        let from = self.labels.day(days.from);
        if days.from == days.to {
            return from;
        }
        let until = self.labels.text("registers.until");
        let period = format!("{from} {until} {}", self.labels.day(days.to));
        if is_isolated(until) { isolate(&period) } else { period }
    }

    /// Whether a document owns entries of a register or is named by entries.
    pub(super) fn has_entries(&self, document: DocumentIndex) -> bool {
        let registers = &self.reading.handbook.registers;
        !registers.kinds_of(document).is_empty() || !registers.entries_naming(document).is_empty()
    }

    /// Whether the navigation lists an own page with this key.
    pub(super) fn has_navigation_item(&self, key: &str) -> bool {
        self.navigation_pages.iter().any(|page| page.key == key)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::register::{KINDS, Key, STATES, default_grades};
    use crate::site::theme::Labels;

    #[test]
    fn every_state_has_a_word_in_every_language() {
        for lang in ["en", "de"] {
            let keys = Labels::load(lang, &BTreeMap::new()).expect("words").keys();
            for state in STATES {
                for list in ["entry_state", "entries.state"] {
                    assert!(keys.contains(&format!("{list}.{state}")), "{lang}: {list}.{state}");
                }
            }
        }
    }

    /// The allowed words of keys, including keys of nested mappings.
    fn words(keys: impl Iterator<Item = &'static Key>) -> Vec<&'static str> {
        keys.flat_map(|key| match key.value_type {
            ValueType::Word(words) => words.to_vec(),
            ValueType::Record(keys) | ValueType::Records(keys) => words(keys.iter()),
            _ => Vec::new(),
        })
        .collect()
    }

    #[test]
    fn entry_words_have_labels() {
        let labels = Labels::english();
        for word in KINDS.iter().flat_map(|row| words(row.kind.keys())) {
            assert!(labels.get(&format!("entries.word.{word}")).is_some(), "{word}");
        }
        for grade in default_grades() {
            assert!(labels.get(&format!("entries.grade.{}", grade.name)).is_some(), "{}", grade.name);
        }
    }
}
