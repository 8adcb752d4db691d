//! The status of a handbook on one screen.

mod steps;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use anstyle::Style;

use super::bar::draw_bar;
use super::reminders::subject;
use super::unread::unread_sentences;
use super::{count_noun, without_controls};
use crate::assess::{
    Assessed, Assessment, Deadline, DeadlineKind, DeadlineState, Forecast, ForecastDay, State, compute_timeline,
};
use crate::date::Date;
use crate::finding::Severity;
use crate::handbook::{Document, DocumentIndex, Reading};
use crate::judge::share;
use crate::rules::suspect_links;
use crate::standard::tops;
use crate::text::shorten;
pub(crate) use steps::approval_command;

const HEADING: Style = Style::new().bold();
/// The maximum number of lines in a list.
const MAX_LINES: usize = 5;
/// The number of days ahead that are shown.
const DAYS_AHEAD: i32 = 90;

/// Renders the status with colours, which the caller strips if they are not wanted.
pub(crate) fn render(reading: &Reading, assessment: &Assessment) -> String {
    let status = StatusReport { reading, assessment };
    let title = without_controls(&reading.settings.title);
    let mut out = format!("{HEADING}{title}{HEADING:#} on {}\n\n", assessment.clock.as_of);
    out.push_str(&super::summary::basis(reading, assessment));
    status.write_figures(&mut out);
    status.write_problems(&mut out);
    status.write_groups(&mut out);
    status.write_forecast(&mut out);
    status.write_reviews(&mut out);
    status.write_deadlines(&mut out);
    status.write_owners(&mut out);
    status.write_steps(&mut out);
    out
}

struct StatusReport<'a> {
    reading: &'a Reading,
    assessment: &'a Assessment,
}

impl StatusReport<'_> {
    fn assessed(&self) -> Assessed<'_> {
        Assessed { reading: self.reading, assessment: self.assessment }
    }

    fn write_figures(&self, out: &mut String) {
        let figures = self.assessment.figures;
        if let Some(main) = self.reading.standards.main() {
            let _ = writeln!(out, "{}", without_controls(&self.reading.standards.catalogue(main).title));
        }
        let line = |name: &str, part: u32, total: u32| {
            format!("  {name:<24} {part:>3} of {total:<3} {}  {}\n", draw_bar(part, total), share(part, total))
        };
        out.push_str(&line("clauses covered", figures.units_covered, figures.units));
        out.push_str(&match figures.requires_items() {
            true => line("required items provided", figures.required_items_provided, figures.required_items),
            false => format!("  {:<24} not checked: this catalogue lists no required documents\n", "required items"),
        });
        let states = State::ALL.iter().rev().filter_map(|state| {
            let count = self.documents().filter(|(index, _)| self.assessment.state(*index) == *state).count();
            (count > 0).then(|| format!("{count} {}", state.words()))
        });
        let states: Vec<String> = states.collect();
        let documents = count_noun(figures.documents as usize, "document");
        let _ = writeln!(out, "  {documents}{}{}\n", if states.is_empty() { "" } else { ": " }, states.join(", "));
    }

    /// Writes the number of errors and the registers that cannot be read in full, if any.
    fn write_problems(&self, out: &mut String) {
        let mut lines = unread_sentences(self.reading, None);
        let errors = Assessment::count(self.assessment, Severity::Error);
        if errors > 0 {
            lines.insert(0, format!("{}: `clausebook check` lists them", count_noun(errors, "error")));
        }
        for line in &lines {
            let _ = writeln!(out, "  {line}");
        }
        out.push_str(if lines.is_empty() { "" } else { "\n" });
    }

    fn documents(&self) -> impl Iterator<Item = (DocumentIndex, &Document)> {
        self.reading.handbook.controlled()
    }

    fn write_groups(&self, out: &mut String) {
        let _ = writeln!(out, "{HEADING}Coverage by clause{HEADING:#}");
        for key in tops(&self.reading.standards) {
            let clause = self.reading.standards.clause(key);
            let assessed = self.assessment.clause(key);
            if assessed.units > 0 {
                let title = clip(clause.title.as_deref().unwrap_or_default(), 44);
                let (part, total) = (assessed.units_covered, assessed.units);
                let _ = writeln!(
                    out,
                    "  {:<5} {title:<44} {} {part} of {total}",
                    clause.id.to_string(),
                    draw_bar(part, total)
                );
            }
        }
        out.push('\n');
    }

    /// Writes the coverage forecast if nothing is done: the months that begin with changed figures, and the last day.
    fn write_forecast(&self, out: &mut String) {
        let subject = self.reading;
        let forecast = Forecast::new(subject, self.assessment, &compute_timeline(subject, self.assessment));
        let months = forecast.months(self.assessment.clock.as_of);
        let Some((last, months)) = months.split_last() else { return };
        let _ = writeln!(out, "{HEADING}If nothing is done{HEADING:#}");
        let (mut before, mut after) = (forecast.now, self.assessment.clock.as_of);
        let changed = |month: &&ForecastDay| std::mem::replace(&mut before, month.coverage) != month.coverage;
        for month in months.iter().filter(changed).take(MAX_LINES).chain([last]) {
            let coverage = month.coverage;
            let clauses = format!("{} of {} clauses", coverage.covered(), coverage.units());
            let items = match self.assessment.figures.requires_items() {
                true => format!(", {} of {} required items", coverage.provided, coverage.needed),
                false => String::new(),
            };
            let _ = writeln!(
                out,
                "  {}  {clauses}{items}{}",
                month.day,
                self.lapses(&forecast.lapses_between(after, month.day))
            );
            after = month.day;
        }
        out.push('\n');
    }

    fn lapses(&self, documents: &[DocumentIndex]) -> String {
        let ids = documents.iter().take(2).map(|index| id(self.reading.handbook.document(*index)));
        let hidden_count = documents.len().saturating_sub(2);
        let more_text = (hidden_count > 0).then(|| format!("{hidden_count} more"));
        let names: Vec<String> = ids.map(str::to_owned).chain(more_text).collect();
        if names.is_empty() { String::new() } else { format!("; no longer in force: {}", names.join(", ")) }
    }

    /// Writes the documents that are overdue or changed, and those due soon, earliest first.
    fn write_reviews(&self, out: &mut String) {
        let until = self.assessment.clock.as_of.plus_days(DAYS_AHEAD);
        let stale = |state| matches!(state, State::Overdue | State::Changed);
        self.write_list(out, "Overdue or changed", &self.select_dated(|state, _| stale(state)));
        let due = |state: State, next: Option<Date>| state.is_in_force() && next.is_some_and(|next| next <= until);
        self.write_list(out, &format!("Due within {DAYS_AHEAD} days"), &self.select_dated(due));
        self.write_suspects(out);
    }

    /// Writes the overdue and imminent deadlines of registers and settings, if any.
    fn write_deadlines(&self, out: &mut String) {
        let until = self.assessment.clock.as_of.plus_days(DAYS_AHEAD);
        let is_near =
            |deadline: &&Deadline| deadline.state != DeadlineState::Done && deadline.day.is_none_or(|day| day <= until);
        let is_listed_above =
            |deadline: &&Deadline| matches!(deadline.kind, DeadlineKind::Review | DeadlineKind::Refresh);
        let others = self.assessment.deadlines.iter().filter(|deadline| !is_listed_above(deadline));
        let near: Vec<&Deadline> = others.filter(is_near).collect();
        if near.is_empty() {
            return;
        }
        let _ = writeln!(out, "{HEADING}Other deadlines within {DAYS_AHEAD} days{HEADING:#}: {}", near.len());
        for deadline in near.iter().take(MAX_LINES) {
            let overdue_prefix = if deadline.state == DeadlineState::Overdue { "overdue " } else { "" };
            let responsible =
                if deadline.assignees.is_empty() { "no owner".to_owned() } else { deadline.assignees.join(", ") };
            let subject = subject(deadline);
            let day = deadline.day.map_or_else(|| "unknown".to_owned(), |day| day.to_string());
            let _ = writeln!(
                out,
                "  {day:<10}  {overdue_prefix}{} ({})",
                clip(&subject, 70),
                without_controls(&responsible)
            );
        }
        if near.len() > MAX_LINES {
            let _ = writeln!(out, "  and {} more", near.len() - MAX_LINES);
        }
        out.push('\n');
    }

    /// Writes the documents that depend on a changed document, if any.
    fn write_suspects(&self, out: &mut String) {
        let first = |(index, _)| Some((index, suspect_links(&self.assessed(), index).into_iter().next()?));
        let found: Vec<_> = self.documents().filter_map(first).collect();
        if found.is_empty() {
            return;
        }
        let _ = writeln!(out, "{HEADING}Suspect (a document they depend on has changed){HEADING:#}: {}", found.len());
        for (index, suspicion) in found.iter().take(MAX_LINES) {
            let target = suspicion.target.map_or("another", |target| id(self.reading.handbook.document(target)));
            let what = if suspicion.is_replaced { "was replaced" } else { "changed" };
            let _ = writeln!(out, "  {}  {}: {target} {what}", suspicion.changed, self.name(*index));
        }
        if found.len() > MAX_LINES {
            let _ = writeln!(out, "  and {} more", found.len() - MAX_LINES);
        }
        out.push('\n');
    }

    fn select_dated(&self, is_selected: impl Fn(State, Option<Date>) -> bool) -> Vec<(Option<Date>, DocumentIndex)> {
        let life = |index: DocumentIndex| self.assessment.life(index);
        let documents = self.documents().map(|(index, _)| (life(index).next_review, index));
        let mut documents: Vec<_> = documents.filter(|(next, index)| is_selected(life(*index).state, *next)).collect();
        documents.sort_by_key(|(next, index)| (*next, id(self.reading.handbook.document(*index))));
        documents
    }

    fn write_list(&self, out: &mut String, title: &str, documents: &[(Option<Date>, DocumentIndex)]) {
        let _ = writeln!(out, "{HEADING}{title}{HEADING:#}: {}", documents.len());
        for (next, index) in documents.iter().take(MAX_LINES) {
            let next = next.map_or_else(|| "no date   ".to_owned(), |date| date.to_string());
            let state = if self.assessment.state(*index) == State::Changed { ", changed" } else { "" };
            let _ = writeln!(out, "  {next}  {}{state}", self.name(*index));
        }
        if documents.len() > MAX_LINES {
            let _ = writeln!(out, "  and {} more", documents.len() - MAX_LINES);
        }
        out.push('\n');
    }

    /// A document's ID, title and owner.
    fn name(&self, index: DocumentIndex) -> String {
        let document = self.reading.handbook.document(index);
        let owner = document.owners.joined().unwrap_or("no owner".into());
        format!("{} {} ({})", id(document), clip(&document.title, 48), without_controls(&owner))
    }

    fn write_owners(&self, out: &mut String) {
        let mut owners: BTreeMap<Cow<'_, str>, Workload> = BTreeMap::new();
        let until = self.assessment.clock.as_of.plus_days(DAYS_AHEAD);
        for (index, document) in self.documents() {
            let life = self.assessment.life(index);
            let work = owners.entry(document.owners.joined().unwrap_or("no owner".into())).or_default();
            match life.state {
                State::Overdue | State::Changed => work.stale += 1,
                State::Draft | State::InReview => work.drafts += 1,
                state if state.is_in_force() && life.next_review.is_some_and(|next| next <= until) => work.due += 1,
                _ => {}
            }
        }
        let mut owners: Vec<(Cow<'_, str>, Workload)> =
            owners.into_iter().filter(|(_, work)| work.total() > 0).collect();
        owners.sort_by(|(a, one), (b, other)| {
            let rank = |work: &Workload| (work.stale, work.total());
            rank(other).cmp(&rank(one)).then_with(|| a.cmp(b))
        });
        if owners.is_empty() {
            return;
        }
        let _ = writeln!(out, "{HEADING}By owner{HEADING:#}");
        for (name, Workload { stale, due, drafts }) in owners.iter().take(MAX_LINES) {
            let _ =
                writeln!(out, "  {:<32} {stale} overdue or changed, {due} due, {drafts} not approved", clip(name, 32));
        }
        if owners.len() > MAX_LINES {
            let _ = writeln!(out, "  and {} more", owners.len() - MAX_LINES);
        }
        out.push('\n');
    }
}

/// The open work of an owner.
#[derive(Default)]
struct Workload {
    stale: usize,
    due: usize,
    drafts: usize,
}

impl Workload {
    fn total(&self) -> usize {
        self.stale + self.due + self.drafts
    }
}

fn id(document: &Document) -> &str {
    document.id().map_or("", |id| id.as_str())
}

/// A text without control characters, shortened to `max` characters.
fn clip(text: &str, max: usize) -> String {
    let text = without_controls(text);
    if text.chars().count() <= max { text } else { shorten(&text, max - 1).into_owned() }
}
