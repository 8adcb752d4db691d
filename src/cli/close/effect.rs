//! `clausebook close --effect`: records the check of whether the actions were effective.

use super::{EntryMapping, Failure, FrontMatterValue, RegisterChange, Registers};
use crate::cli::entry::ChangedRegister;
use crate::date::Date;
use crate::handbook::PlacedEntry;
use crate::name::share_person;
use crate::placeholder::names_only_persons_or_roles;
use crate::register::{Effect, EffectResult, Improvement, Nonconformity};
use crate::report::without_controls;
use crate::source::Fields;

/// What the check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum EffectAnswer {
    /// The cause is gone, or the aim is reached
    Effective,
    /// It is not; the entry is open again
    NotEffective,
}

impl EffectAnswer {
    fn as_str(self) -> &'static str {
        match self {
            EffectAnswer::Effective => "effective",
            EffectAnswer::NotEffective => "not-effective",
        }
    }
}

/// A check of effectiveness.
pub(super) struct EffectCheck<'a> {
    pub(super) answer: EffectAnswer,
    /// The checkers, unless the entry names them already.
    pub(super) checkers: Vec<String>,
    /// A description of what was checked and found.
    pub(super) description: Option<&'a str>,
    /// The date of the check.
    pub(super) day: Date,
}

impl EffectCheck<'_> {
    /// Returns the register with the check of the effect recorded.
    pub(super) fn apply(
        &self,
        registers: &Registers<'_>,
        placed_entry: &PlacedEntry,
    ) -> Result<ChangedRegister, Failure> {
        let (id, entry) = (placed_entry.id(), &*placed_entry.entry);
        match (Nonconformity::from_entry(entry), Improvement::from_entry(entry)) {
            (Some(one), _) => {
                self.refuse_time(id, one.closed(registers.today), one.effect())?;
                self.refuse_checker(placed_entry, one.effect())?;
            }
            (_, Some(one)) => {
                self.refuse_time(id, one.done(registers.today), one.effect())?;
                self.refuse_named_checker(id)?;
            }
            _ => {
                let message = format!("`{id}` has no effect to check; only nonconformities and improvements have one");
                return Err(Failure::new(message));
            }
        }
        self.refuse_stale_description(placed_entry)?;
        let fields = self.fields();
        let result = match self.answer {
            EffectAnswer::Effective => "effective",
            EffectAnswer::NotEffective => "not effective, so it is open again",
        };
        let message = format!("{id} {}: checked on {}, {result}", without_controls(entry.title()), self.day);
        let change = RegisterChange::Keys { entry: id.to_owned(), within: EntryMapping::Record("effect"), fields };
        registers.apply_change(&placed_entry.file, &change, message)
    }

    /// The fields to write; a checker who is already named is kept.
    fn fields(&self) -> Fields {
        let mut fields: Fields = Vec::new();
        if !self.checkers.is_empty() {
            fields.push(("who", FrontMatterValue::Names(self.checkers.clone())));
        }
        fields.push(("checked", FrontMatterValue::Day(self.day)));
        fields.push(("result", FrontMatterValue::Text(self.answer.as_str().to_owned())));
        fields.extend(self.description.map(|words| ("words", FrontMatterValue::Text(words.to_owned()))));
        fields
    }

    /// Refuses a check before the closing, and a second one for the same closing.
    fn refuse_time(&self, id: &str, closed: Option<Date>, effect: Effect<'_>) -> Result<(), Failure> {
        let Some(closed) = closed else {
            let message = format!("`{id}` is not closed; close it first: `clausebook close {id}`");
            return Err(Failure::new(message));
        };
        if self.day < closed {
            return Err(Failure::new(format!("`{id}` was closed only on {closed}, after {}", self.day)));
        }
        match effect.checked(Date::MAX).filter(|(checked, _)| *checked >= closed) {
            None => Ok(()),
            Some((checked, EffectResult::Effective)) => {
                Err(Failure::new(format!("the effect of `{id}` was already checked on {checked}")))
            }
            Some((checked, EffectResult::NotEffective)) => Err(Failure::new(format!(
                "the effect of `{id}` was checked on {checked} and was not effective; close it again first: `clausebook close {id}`"
            ))),
        }
    }

    /// Refuses to keep the description of an earlier check with the result of this one.
    fn refuse_stale_description(&self, placed_entry: &PlacedEntry) -> Result<(), Failure> {
        let effect = placed_entry.entry.record.record("effect");
        let is_whole = |key: &str| effect.is_some_and(|effect| effect.text(key).is_some());
        let earlier =
            effect.filter(|_| is_whole("words") && is_whole("result")).and_then(|effect| effect.day("checked"));
        match earlier.filter(|_| self.description.is_none()) {
            Some(checked) => Err(Failure::new(format!(
                "`{}` has the words of the check on {checked}; say with --words what was seen this time",
                placed_entry.id()
            ))),
            None => Ok(()),
        }
    }

    /// Refuses a check without a checker, and one by the owner.
    fn refuse_checker(&self, placed_entry: &PlacedEntry, effect: Effect<'_>) -> Result<(), Failure> {
        let id = placed_entry.id();
        if let Some(by) = self.checkers.iter().find(|by| !names_only_persons_or_roles(by)) {
            return Err(Failure::new(format!(
                "`{}` names nobody; say with --by ROLE who checked `{id}`",
                without_controls(by)
            )));
        }
        let written: Vec<String> = effect.who().iter().map(|who| who.value.clone()).collect();
        let names = if self.checkers.is_empty() { &written } else { &self.checkers };
        if !names.iter().any(|name| names_only_persons_or_roles(name)) {
            return Err(Failure::new(format!("nobody is named who checks `{id}`; add --by ROLE")));
        }
        let owners = placed_entry.entry.owners();
        match names.iter().find(|name| owners.iter().any(|owner| share_person(&owner.value, name))) {
            Some(owner) => {
                let message =
                    format!("{} owns `{id}`; somebody else checks the effect: --by ROLE", without_controls(owner));
                Err(Failure::new(message))
            }
            None => Ok(()),
        }
    }

    fn refuse_named_checker(&self, id: &str) -> Result<(), Failure> {
        let message = || format!("`{id}` is an improvement, which does not say who checks; leave out --by");
        if self.checkers.is_empty() { Ok(()) } else { Err(Failure::new(message())) }
    }
}
