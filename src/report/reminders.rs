//! Reminders of deadlines, grouped by responsible person or role: as text, JSON and Markdown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Serialize;

use super::unread::unread_sentences;
use super::{count_noun, deadline_kind, without_controls};
use crate::assess::{Assessed, Deadline, DeadlineKind, DeadlineState};
use crate::date::Date;
use crate::name::{name_key, share_person};
use crate::spelling::nearest;

/// Which deadlines to include.
#[derive(Clone, Debug)]
pub(crate) struct ReminderFilter {
    /// The roles to remind; everybody if empty.
    pub(crate) roles: Vec<String>,
    /// The numbers of days before a deadline on which it is included.
    pub(crate) days: Vec<u16>,
    /// When overdue deadlines are included.
    pub(crate) overdue: Overdue,
}

/// When overdue deadlines are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Overdue {
    /// On Mondays
    Weekly,
    /// Every day
    Daily,
    /// Never
    Never,
}

/// Deadlines by the person or role who must meet them. Those without one are under an empty name.
#[derive(Debug)]
pub(crate) struct Reminders<'a> {
    as_of: Date,
    assessed: Assessed<'a>,
    by_role: BTreeMap<&'a str, Vec<&'a Deadline>>,
    /// The number of overdue deadlines of the selected roles that are not included today; 0 if overdue deadlines are
    /// never included.
    omitted_overdue: usize,
}

impl<'a> Reminders<'a> {
    /// Returns the reminders for the assessed day.
    pub(crate) fn new(assessed: Assessed<'a>, filter: &ReminderFilter) -> Reminders<'a> {
        let as_of = assessed.assessment.clock.as_of;
        let mut by_role: BTreeMap<&str, Vec<&Deadline>> = BTreeMap::new();
        for one in assessed.assessment.deadlines.iter().filter(|one| is_included(one, as_of, filter)) {
            let nobody = one.assignees.is_empty().then_some("");
            for who in one.assignees.iter().map(|who| &**who).chain(nobody) {
                let is_wanted = filter.roles.is_empty() || filter.roles.iter().any(|role| is_same_name(role, who));
                by_role.entry(who).or_default().extend(is_wanted.then_some(one));
            }
        }
        by_role.retain(|_, list| !list.is_empty());
        let is_wanted = |deadline: &&Deadline| {
            let is_selected = |who: &str| filter.roles.iter().any(|role| is_same_name(role, who));
            filter.roles.is_empty() || deadline.assignees.iter().any(|who| is_selected(who))
        };
        let late = assessed.assessment.deadlines.iter().filter(|one| one.state == DeadlineState::Overdue);
        let unnamed = late.filter(is_wanted).filter(|deadline| !is_included(deadline, as_of, filter)).count();
        let unnamed = if filter.overdue == Overdue::Never { 0 } else { unnamed };
        Reminders { as_of, assessed, by_role, omitted_overdue: unnamed }
    }
}

/// Returns a sentence for each requested role that neither documents nor deadlines nor settings name, so that a
/// scheduled job that reminds nobody reports it.
pub(crate) fn unknown_roles(assessed: Assessed<'_>, roles: &[String]) -> Vec<String> {
    let settings = &assessed.reading.settings.registers.roles;
    let due: BTreeSet<&str> =
        assessed.assessment.deadlines.iter().flat_map(|one| &one.assignees).map(|who| &**who).collect();
    let is_known = |role: &str| {
        let mut others = due.iter().copied().chain(settings.iter().map(|(role, _)| role.as_str()));
        assessed.reading.handbook.names.display_name(role).is_some() || others.any(|who| is_same_name(role, who))
    };
    let sentence = |role: &String| {
        let suggestion = nearest(role, due.iter().copied());
        let near = suggestion.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        format!("no document, deadline or setting names the role `{}`{near}", without_controls(role))
    };
    roles.iter().filter(|role| !is_known(role)).map(sentence).collect()
}

/// Whether a role is the one named, or one of several in a name such as `Change Manager, Release Manager`.
fn is_same_name(role: &str, who: &str) -> bool {
    role == who || name_key(role) == name_key(who) || share_person(role, who)
}

fn is_included(deadline: &Deadline, as_of: Date, filter: &ReminderFilter) -> bool {
    match (deadline.state, filter.overdue) {
        (DeadlineState::Done, _) | (DeadlineState::Overdue, Overdue::Never) => false,
        (DeadlineState::Overdue, Overdue::Daily) => true,
        (DeadlineState::Overdue, Overdue::Weekly) => as_of.is_monday(),
        _ => filter.days.iter().any(|days| deadline.day.is_some_and(|day| as_of.days_until(day) == i32::from(*days))),
    }
}

/// What a deadline is about: its kind, its ID and its task, such as `action 2 of NC-7: Train the team`.
pub(super) fn subject(deadline: &Deadline) -> String {
    let kind = deadline_kind(deadline.kind);
    let text = match deadline.number {
        Some(number) => format!("{kind} {number} of {}: {}", deadline.id, deadline.task),
        None => format!("{kind} {}", format!("{} {}", deadline.id, deadline.task).trim()),
    };
    without_controls(&text)
}

/// Formats a deadline on one line.
fn format_deadline(deadline: &Deadline, as_of: Date) -> String {
    let subject = subject(deadline);
    let Some(day) = deadline.day else { return format!("date unknown (overdue): {subject}") };
    let days = as_of.days_until(deadline.end.unwrap_or(day));
    let when = match as_of.days_until(day) {
        _ if days < 0 => format!("{} overdue", count_noun(days.unsigned_abs() as usize, "day")),
        0 => "today".to_owned(),
        ahead if ahead > 0 => format!("in {}", count_noun(ahead.unsigned_abs() as usize, "day")),
        _ => "under way".to_owned(),
    };
    format!("{day} ({when}): {subject}")
}

fn name(who: &str) -> &str {
    if who.is_empty() { "No owner" } else { who }
}

/// Renders reminders for a terminal.
pub(crate) fn text(reminders: &Reminders<'_>) -> String {
    let mut out = String::new();
    for (who, list) in &reminders.by_role {
        let _ = writeln!(out, "{}", without_controls(name(who)));
        let lines: String =
            list.iter().map(|deadline| format!("  {}\n", format_deadline(deadline, reminders.as_of))).collect();
        out.push_str(&lines);
    }
    for sentence in unread_sentences(reminders.assessed.reading, None) {
        let _ = writeln!(out, "{sentence}");
    }
    match (out.is_empty(), reminders.omitted_overdue) {
        (false, _) => out,
        (true, 0) => format!("no reminders for {}\n", reminders.as_of),
        (true, count) => {
            let are = if count == 1 { "1 is".to_owned() } else { format!("{count} are") };
            format!("nothing falls due on {}; {are} overdue: `--overdue daily` lists them\n", reminders.as_of)
        }
    }
}

/// Renders reminders as Markdown for an email or a chat. Empty if there are none.
pub(crate) fn markdown(reminders: &Reminders<'_>) -> String {
    let mut out = String::new();
    for (who, list) in &reminders.by_role {
        let _ = writeln!(out, "## {}\n", escape_markdown(&without_controls(name(who))));
        let lines: String = list
            .iter()
            .map(|deadline| format!("- {}\n", escape_markdown(&format_deadline(deadline, reminders.as_of))))
            .collect();
        out.push_str(&lines);
        out.push('\n');
    }
    for sentence in unread_sentences(reminders.assessed.reading, None) {
        let _ = writeln!(out, "{}\n", escape_markdown(&sentence));
    }
    out
}

/// Escapes all Markdown characters in a text.
fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[derive(Serialize)]
struct ReminderReport<'a> {
    schema: u32,
    as_of: Date,
    /// Registers of which some entries cannot be read, and their deadlines are missing.
    unread: Vec<String>,
    reminders: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    role: &'a str,
    mail: Option<&'a str>,
    deadlines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    /// Null if the day is not known; `days` is then null too.
    day: Option<Date>,
    end: Option<Date>,
    days: Option<i32>,
    kind: &'static str,
    state: &'static str,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<usize>,
    what: &'a str,
    place: String,
}

/// Renders reminders as JSON for programs that send them.
pub(crate) fn json(reminders: &Reminders<'_>) -> String {
    let roles = &reminders.assessed.reading.settings.registers.roles;
    let mail = |who: &str| roles.iter().find(|(role, _)| is_same_name(role, who)).map(|(_, mail)| mail.as_str());
    let groups = reminders.by_role.iter().map(|(who, list)| {
        let lines = list.iter().map(|deadline| Line {
            day: deadline.day,
            end: deadline.end,
            days: deadline.day.map(|day| reminders.as_of.days_until(day)),
            kind: deadline.kind.as_str(),
            state: deadline.state.as_str(),
            id: &deadline.id,
            action: deadline.number,
            what: &deadline.task,
            place: deadline.place.to_string(),
        });
        Group { role: who, mail: mail(who), deadlines: lines.collect() }
    });
    let unread = unread_sentences(reminders.assessed.reading, None);
    let report = ReminderReport { schema: 1, as_of: reminders.as_of, unread, reminders: groups.collect() };
    super::stream::json_text(&report)
}

/// What to do about an overdue deadline, in a sentence.
pub(super) fn overdue_advice(deadline: &Deadline) -> String {
    let (id, what) = (without_controls(&deadline.id), without_controls(&deadline.task));
    let Some(day) = deadline.day else {
        return match deadline.kind {
            DeadlineKind::Requirement | DeadlineKind::Issue => format!("Review {id} {what} and record the date"),
            DeadlineKind::ContractReview => format!("Review the contract with {id} {what} and record the date"),
            DeadlineKind::Performance => format!("Review the performance of {id} {what} and record the date"),
            DeadlineKind::Risk => format!("Score {id} {what} and record the date"),
            DeadlineKind::Nonconformity => {
                format!("Correct the due date or the grade of {id} {what}, which cannot be read")
            }
            _ => format!("Correct the date of {id} {what}, which cannot be read"),
        };
    };
    match deadline.kind {
        DeadlineKind::Nonconformity => format!("Close {id} {what}, which was due on {day}"),
        DeadlineKind::Effect => format!("Check the effect of {id} {what}, which was due on {day}"),
        _ => {
            let who = deadline.assignees.iter().map(|who| without_controls(who)).collect::<Vec<_>>().join(", ");
            let finish = if who.is_empty() { "Finish".to_owned() } else { format!("Ask {who} to finish") };
            format!("{finish} what {id} requires, which was due on {day}: {what}")
        }
    }
}
