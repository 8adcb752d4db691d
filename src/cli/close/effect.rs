//! `clausebook close --effect`: records the check of whether the actions were effective.

use super::{EntryMapping, Failure, FrontMatterValue, RegisterChange, Registers};
use crate::cli::entry::ChangedRegister;
use crate::date::Date;
use crate::handbook::PlacedEntry;
use crate::name::name_key;
use crate::placeholder::names_person_or_role;
use crate::register::{Effect, EffectResult, Improvement, Nonconformity};
use crate::report::plain;
use crate::source::Fields;

/// What the check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Answer {
    /// The cause is gone, or the aim is reached
    Effective,
    /// It is not; the entry is open again
    NotEffective,
}

impl Answer {
    fn as_str(self) -> &'static str {
        match self {
            Answer::Effective => "effective",
            Answer::NotEffective => "not-effective",
        }
    }
}

/// A check of effectiveness.
pub(super) struct Check<'a> {
    pub(super) answer: Answer,
    /// The checkers, unless the entry names them already.
    pub(super) by: Vec<String>,
    /// A description of what was checked and found.
    pub(super) words: Option<&'a str>,
    /// The date of the check.
    pub(super) on: Date,
}

impl Check<'_> {
    /// The register with the check.
    pub(super) fn record(&self, registers: &Registers<'_>, placed: &PlacedEntry) -> Result<ChangedRegister, Failure> {
        let (id, entry) = (placed.id(), &*placed.entry);
        match (Nonconformity::of(entry), Improvement::of(entry)) {
            (Some(one), _) => {
                self.refuse_time(id, one.closed(registers.today), one.effect())?;
                self.refuse_checker(placed, one.effect())?;
            }
            (_, Some(one)) => {
                self.refuse_time(id, one.done(registers.today), one.effect())?;
                self.refuse_name(id)?;
            }
            _ => {
                let message = format!("`{id}` has no effect to check; only nonconformities and improvements have one");
                return Err(Failure::new(message));
            }
        }
        self.refuse_old_words(placed)?;
        let fields = self.fields();
        let result = match self.answer {
            Answer::Effective => "effective",
            Answer::NotEffective => "not effective, so it is open again",
        };
        let said = format!("{id} {}: checked on {}, {result}", plain(entry.title()), self.on);
        let change = RegisterChange::Keys { entry: id.to_owned(), within: EntryMapping::Record("effect"), fields };
        registers.change(&placed.file, &change, said)
    }

    /// The fields to write; a checker who is already named is kept.
    fn fields(&self) -> Fields {
        let mut fields: Fields = Vec::new();
        if !self.by.is_empty() {
            fields.push(("who", FrontMatterValue::Names(self.by.clone())));
        }
        fields.push(("checked", FrontMatterValue::Day(self.on)));
        fields.push(("result", FrontMatterValue::Text(self.answer.as_str().to_owned())));
        fields.extend(self.words.map(|words| ("words", FrontMatterValue::Text(words.to_owned()))));
        fields
    }

    /// Refuses a check before the closing, and a second one for the same closing.
    fn refuse_time(&self, id: &str, closed: Option<Date>, effect: Effect<'_>) -> Result<(), Failure> {
        let Some(closed) = closed else {
            let message = format!("`{id}` is not closed; close it first: `clausebook close {id}`");
            return Err(Failure::new(message));
        };
        if self.on < closed {
            return Err(Failure::new(format!("`{id}` was closed only on {closed}, after {}", self.on)));
        }
        match effect.checked(Date::LAST).filter(|(checked, _)| *checked >= closed) {
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
    fn refuse_old_words(&self, placed: &PlacedEntry) -> Result<(), Failure> {
        let effect = placed.entry.record.record("effect");
        let is_whole = |key: &str| effect.is_some_and(|effect| effect.text(key).is_some());
        let earlier =
            effect.filter(|_| is_whole("words") && is_whole("result")).and_then(|effect| effect.day("checked"));
        match earlier.filter(|_| self.words.is_none()) {
            Some(checked) => Err(Failure::new(format!(
                "`{}` has the words of the check on {checked}; say with --words what was seen this time",
                placed.id()
            ))),
            None => Ok(()),
        }
    }

    /// Refuses a check without a checker, and one by the owner.
    fn refuse_checker(&self, placed: &PlacedEntry, effect: Effect<'_>) -> Result<(), Failure> {
        let id = placed.id();
        if let Some(by) = self.by.iter().find(|by| !names_person_or_role(by)) {
            return Err(Failure::new(format!("`{}` names nobody; say with --by ROLE who checked `{id}`", plain(by))));
        }
        let written: Vec<String> = effect.who().iter().map(|who| who.value.clone()).collect();
        let names = if self.by.is_empty() { &written } else { &self.by };
        if !names.iter().any(|name| names_person_or_role(name)) {
            return Err(Failure::new(format!("nobody is named who checks `{id}`; add --by ROLE")));
        }
        let owners = placed.entry.owners();
        match names.iter().find(|name| owners.iter().any(|one| name_key(&one.value) == name_key(name))) {
            Some(owner) => {
                let message = format!("{} owns `{id}`; somebody else checks the effect: --by ROLE", plain(owner));
                Err(Failure::new(message))
            }
            None => Ok(()),
        }
    }

    fn refuse_name(&self, id: &str) -> Result<(), Failure> {
        let message = || format!("`{id}` is an improvement, which does not say who checks; leave out --by");
        if self.by.is_empty() { Ok(()) } else { Err(Failure::new(message())) }
    }
}
