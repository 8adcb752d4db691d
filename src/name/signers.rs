//! People and roles who own, wrote, approved or checked something, compared with each other.

use super::core::{core_of, is_absence};
use super::parts::{Joint, parts};
use super::signer::Signer;
use super::{is_and, split_roles};

/// Everybody whom texts name, whatever titles, days and marks of signature stand beside the names.
#[derive(Debug, Default)]
pub(crate) struct Signers<'a>(Vec<Signer<'a>>);

impl<'a> Signers<'a> {
    /// Everybody whom these texts name.
    pub(crate) fn new<T: AsRef<str> + ?Sized + 'a>(texts: impl IntoIterator<Item = &'a T>) -> Signers<'a> {
        Signers(texts.into_iter().flat_map(|text| SignerReader::read(text.as_ref())).collect())
    }

    /// Everybody of whom no remark says that they were not there.
    pub(crate) fn present(self) -> Signers<'a> {
        Signers(self.0.into_iter().filter(|signer| !signer.is_absent).collect())
    }

    /// Whether anybody is among the others.
    pub(crate) fn share_one(&self, others: &Signers<'_>) -> bool {
        self.0.iter().any(|signer| others.contains(signer))
    }

    /// Whether somebody is named, and everybody is among the others.
    pub(crate) fn are_all_among(&self, others: &Signers<'_>) -> bool {
        !self.0.is_empty() && self.0.iter().all(|signer| others.contains_all_of(signer))
    }

    /// The names of those who are not among the others.
    pub(crate) fn names_except(&self, others: &Signers<'_>) -> Vec<&'a str> {
        self.0.iter().filter(|signer| !others.contains(signer)).map(|signer| signer.name).collect()
    }

    fn contains(&self, other: &Signer<'_>) -> bool {
        self.0.iter().any(|signer| signer.is_same(other))
    }

    /// Like `contains`, where everybody counts whom a text names as members of a body: `Board (Ann Lee, Bob Ray)`.
    fn contains_all_of(&self, other: &Signer<'_>) -> bool {
        let members = other.members();
        self.0.iter().any(|signer| signer.has_title_of(other))
            || self.contains(other) && members.iter().all(|member| self.0.iter().any(|signer| signer.has_name(member)))
    }
}

/// Whether a text names somebody whom another one names.
pub(crate) fn share_person(one: &str, other: &str) -> bool {
    one == other && !one.trim().is_empty() || Signers::new([one]).share_one(&Signers::new([other]))
}

/// Reads the people and roles in a text, part by part.
#[derive(Default)]
struct SignerReader<'a> {
    signers: Vec<Signer<'a>>,
    /// Whether remarks belong to the last of them.
    is_open: bool,
    /// The last part, if it names nobody.
    mark: Option<Mark>,
    /// Whether only one more name follows, behind a comma.
    is_pair: bool,
}

/// A part that names nobody, and how it was joined.
#[derive(Clone, Copy)]
struct Mark {
    joint: Joint,
    /// Whether it says that somebody was not there.
    is_absence: bool,
}

impl<'a> SignerReader<'a> {
    fn read(text: &'a str) -> Vec<Signer<'a>> {
        let parts = parts(text);
        let mut reader = SignerReader::default();
        for (at, (joint, part)) in parts.iter().enumerate() {
            if *joint == Joint::Next {
                reader.is_pair = is_pair(&parts[at..]);
            }
            let is_label = parts.get(at + 1).is_some_and(|(next, _)| *next == Joint::Labelled);
            match without_and(part) {
                // `Ann Lee (CIO) and Bob Ray (CSO)`
                Some(name) if *joint == Joint::Comma => reader.add(Joint::Next, core_of(name), is_label),
                _ => reader.add(*joint, core_of(part), is_label),
            }
        }
        reader.signers
    }

    fn add(&mut self, joint: Joint, part: &'a str, is_label: bool) {
        let label = self.mark.take().filter(|_| joint == Joint::Labelled);
        let joint = match joint {
            Joint::Labelled => label.map_or(Joint::Aside, |label| label.joint),
            _ => joint,
        };
        let is_absent = label.is_some_and(|label| label.is_absence);
        self.is_open &= joint != Joint::Next;
        let is_remark = self.is_open && joint != Joint::Next;
        let is_tick = joint == Joint::Aside && part.chars().count() == 1;
        let is_absence = is_absence(part);
        match self.signers.last_mut() {
            // `Quality Manager (absent: Service Director)`
            Some(_) if is_remark && is_absent => {}
            Some(signer) if is_remark && is_absence && !is_label => signer.is_absent = true,
            _ if part.is_empty() || is_tick || is_absence => self.mark = Some(Mark { joint, is_absence }),
            Some(signer) if is_remark && joint == Joint::Aside => signer.add_aside(part),
            _ => self.add_names(joint, part, is_absent),
        }
    }

    /// Adds the people and roles of a part that is no remark.
    fn add_names(&mut self, joint: Joint, part: &'a str, is_absent: bool) {
        for (at, name) in split_roles(part).into_iter().map(core_of).enumerate().filter(|(_, name)| has_letters(name)) {
            let may_continue = at == 0 && joint == Joint::Comma && self.is_open;
            let last = self.signers.last_mut().filter(|_| may_continue);
            if last.is_some_and(|last| last.add_after_comma(name, self.is_pair)) {
                continue;
            }
            let mut signer = Signer::new(name);
            signer.is_absent |= is_absent;
            if let Some(last) = self.signers.last_mut().filter(|_| may_continue && self.is_pair) {
                last.join_office(&mut signer);
            }
            self.signers.push(signer);
            self.is_open = true;
        }
    }
}

/// Whether parts begin with two names and a comma between them.
fn is_pair(parts: &[(Joint, &str)]) -> bool {
    let group = parts.iter().skip(1).take_while(|(joint, _)| *joint != Joint::Next);
    let names = group.filter(|(joint, part)| *joint == Joint::Comma && !core_of(part).is_empty());
    names.take(2).count() == 1
}

/// A part behind a word for *and*.
fn without_and(part: &str) -> Option<&str> {
    let (first, rest) = part.trim_start().split_once(char::is_whitespace)?;
    is_and(first).then_some(rest)
}

/// Whether a part is no tick or bullet: `[x]`.
fn has_letters(name: &str) -> bool {
    name.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests;
