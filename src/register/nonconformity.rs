//! Nonconformities, and the check whether what was done has helped.
//!
//! What happened after a day has not happened yet on that day; `as_of` is that day.

use super::entry::Entry;
use super::grade::Grade;
use super::kinds::Kind;
use super::record::Record;
use super::views::Action;
use crate::date::Date;
use crate::place::Located;
use crate::placeholder::{has_content, names_person_or_role};

/// What the check of an effect came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EffectResult {
    /// The cause is gone.
    Effective,
    /// It is not.
    NotEffective,
}

/// The check whether what was done has had its effect.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effect<'a> {
    record: Option<&'a Record>,
    /// Whether it is written and cannot be read at all.
    is_lost: bool,
    /// Whether it counts only with the name of who checked it.
    needs_name: bool,
}

impl<'a> Effect<'a> {
    /// The check that an entry asks for or records.
    pub(super) fn of(entry: &'a Entry) -> Effect<'a> {
        let record = entry.record.record("effect");
        let is_lost = record.is_none() && entry.record.is_unclear("effect");
        Effect { record, is_lost, needs_name: entry.kind == Kind::Nonconformities }
    }

    /// The day on which it is to be checked, if one is written.
    pub(crate) fn due(self) -> Option<Date> {
        self.record?.day("due")
    }

    /// Whether a day is written and nobody knows which.
    pub(crate) fn has_unclear_due(self) -> bool {
        self.is_lost || self.due().is_none() && self.record.is_some_and(|effect| effect.is_unclear("due"))
    }

    /// Whether it says that it is to be checked, or may say so.
    pub(crate) fn is_requested(self) -> bool {
        let is_of_check = |record: &Record| {
            record.get("due").is_some() || ["due", "checked", "result"].iter().any(|key| record.is_unclear(key))
        };
        self.is_lost || self.record.is_some_and(is_of_check)
    }

    /// Who checks it.
    pub(crate) fn who(self) -> &'a [Located<String>] {
        self.record.map_or(&[], |effect| effect.names("who"))
    }

    /// Whether a role is named that checks it; one such as `TBD` is none.
    pub(crate) fn names_somebody(self) -> bool {
        self.who().iter().any(|who| names_person_or_role(&who.value))
    }

    /// When it was checked and with what result, if that was known on a day. A check without a result is none, nor is a
    /// nonconformity effectively settled by a check of nobody's.
    pub(crate) fn checked(self, as_of: Date) -> Option<(Date, EffectResult)> {
        self.recorded(as_of).filter(|_| !self.lacks_checker(as_of))
    }

    /// Whether it is said to have been effective on a day, by nobody.
    pub(crate) fn lacks_checker(self, as_of: Date) -> bool {
        let is_effective = self.recorded(as_of).is_some_and(|(_, result)| result == EffectResult::Effective);
        self.needs_name && is_effective && !self.names_somebody()
    }

    /// The day of a check, if one had found on a day that what was done did not help, and it has not been closed since.
    pub(crate) fn failed_since(self, closed: Date, as_of: Date) -> Option<Date> {
        let (on, result) = self.checked(as_of)?;
        (result == EffectResult::NotEffective && on >= closed).then_some(on)
    }

    /// What is written of the check, whoever did it.
    fn recorded(self, as_of: Date) -> Option<(Date, EffectResult)> {
        let effect = self.record?;
        let on = effect.day("checked").filter(|on| *on <= as_of)?;
        match effect.text("result")? {
            "effective" => Some((on, EffectResult::Effective)),
            _ => Some((on, EffectResult::NotEffective)),
        }
    }
}

/// A nonconformity, an observation or a complaint.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nonconformity<'a>(&'a Entry);

impl<'a> Nonconformity<'a> {
    /// An entry as a nonconformity, if it is one.
    pub(crate) fn of(entry: &'a Entry) -> Option<Nonconformity<'a>> {
        (entry.kind == Kind::Nonconformities).then_some(Nonconformity(entry))
    }

    /// The entry.
    pub(crate) fn entry(self) -> &'a Entry {
        self.0
    }

    /// The day on which it was found.
    pub(crate) fn found(self) -> Option<Date> {
        self.0.record.day("found")
    }

    /// The name of its grade, where that can be read.
    pub(crate) fn grade_name(self) -> Option<&'a str> {
        self.0.record.text("grade")
    }

    /// Its grade among those of the settings.
    pub(crate) fn grade(self, grades: &[Grade]) -> Option<&Grade> {
        grades.iter().find(|grade| Some(grade.name.as_str()) == self.grade_name())
    }

    /// Whether a requirement is not met; so it is where the grade cannot be read.
    pub(crate) fn is_severe(self, grades: &[Grade]) -> bool {
        self.grade(grades).is_none_or(|grade| grade.is_nonconformity)
    }

    /// The first date that was set; without one, that of its grade.
    fn first_due(self, grades: &[Grade]) -> Option<Date> {
        let by_grade = || Some(self.found()?.plus(self.grade(grades)?.close?));
        self.0.record.day("due").or_else(by_grade)
    }

    /// The date that held on a day: the last one that it had been moved to, else the first. Nothing where nobody knows.
    pub(crate) fn due(self, grades: &[Grade], as_of: Date) -> Option<Date> {
        if self.has_unclear_due(grades, as_of) {
            return None;
        }
        self.moved(as_of).or_else(|| self.first_due(grades))
    }

    /// Whether a date puts it off: one was set before, or that of its grade comes earlier.
    pub(crate) fn is_postponed_by(self, due: Date, grades: &[Grade]) -> bool {
        let is_set = self.0.record.get("due").is_some() || self.0.record.get("moved").is_some();
        is_set || self.first_due(grades).is_some_and(|first| due > first)
    }

    /// Whether it has a date, which it keeps when another is agreed: one was set, or its grade has one.
    pub(crate) fn has_date(self, grades: &[Grade]) -> bool {
        self.is_postponed_by(Date::LAST, grades)
    }

    /// The last date that it had been moved to on a day.
    fn moved(self, as_of: Date) -> Option<Date> {
        let moved = self.0.record.records("moved").iter();
        let known = moved.filter_map(|one| Some((one.day("date").filter(|on| *on <= as_of)?, one.day("to")?)));
        known.max_by_key(|(on, _)| *on).map(|(_, to)| to)
    }

    /// Whether it has a date and nobody knows which: one that is written or that of its grade cannot be read.
    pub(crate) fn has_unclear_due(self, grades: &[Grade], as_of: Date) -> bool {
        let record = &self.0.record;
        // Nobody put off what nobody agreed to, or for no reason.
        let is_agreed = |one: &Record| !one.names("by").is_empty() && one.text("reason").is_some();
        let is_lost = |one: &Record| one.day("to").is_none() || one.day("date").is_none() || !is_agreed(one);
        let moved = record.records("moved");
        if moved.iter().any(is_lost) || moved.is_empty() && record.is_unclear("moved") {
            return true;
        }
        let depends_on_grade = self.grade(grades).is_none_or(|grade| grade.close.is_some());
        match (self.moved(as_of), record.day("due")) {
            (Some(_), _) | (None, Some(_)) => false,
            (None, None) => record.is_unclear("due") || depends_on_grade && self.first_due(grades).is_none(),
        }
    }

    /// The day on which it was closed, if it had been on a day.
    pub(crate) fn closed(self, as_of: Date) -> Option<Date> {
        self.0.record.day("closed").filter(|closed| *closed <= as_of)
    }

    /// Actions that were not done when it was closed, as far as is known on a day. Those of one whose check found that it had
    /// not helped belong to the next closing.
    pub(crate) fn open_at_closing(self, closed: Date, as_of: Date) -> impl Iterator<Item = Action<'a>> {
        let is_open_again = self.effect().failed_since(closed, as_of).is_some();
        self.0.actions().filter(move |action| !is_open_again && !action.is_done(closed))
    }

    /// The check of what was done.
    pub(crate) fn effect(self) -> Effect<'a> {
        Effect::of(self.0)
    }

    /// Why it happened.
    pub(crate) fn cause(self) -> Option<&'a str> {
        self.0.record.text("cause").filter(|text| has_content(text))
    }

    /// What was done at once.
    pub(crate) fn correction(self) -> Option<&'a str> {
        self.0.record.text("correction").filter(|text| has_content(text))
    }
}
