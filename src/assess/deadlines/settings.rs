//! Deadlines from the settings: the end of the certificate, the visits that it requires, and the ends of waivers.

use super::{Deadline, DeadlineKind, DeadlineList, DeadlineSubject};
use crate::assess::certificate::{DueVisit, announced_visit, certificate_owners, due_visits};
use crate::config::CertificateSettings;
use crate::date::Date;
use crate::place::Place;
use crate::register::Period;

impl DeadlineList<'_> {
    /// Adds the end of the certificate, its visits and the ends of waivers.
    pub(super) fn add_settings(&mut self) {
        let settings = &self.reading.settings;
        if let Some(certificate) = settings.shown_certificate() {
            if let Some(day) = certificate.expires {
                let place = settings.place(certificate.span_of("expires"));
                let what = certificate.number.as_deref().unwrap_or_default();
                let due = self.for_setting(DeadlineKind::Certificate, DeadlineSubject::Certificate, day, place);
                let assignees = certificate_owners(self.reading);
                self.deadlines.push(Deadline { task: what.into(), assignees, ..due });
            }
            self.add_visits(certificate);
        }
        // A waiver may concern something that an edition withholds.
        for (at, waiver) in settings.waivers.iter().enumerate().filter(|_| !settings.is_limited()) {
            let (assignees, place) = (vec![self.name(&waiver.accepted_by.value)], settings.place(waiver.until.span));
            let due = self.for_setting(DeadlineKind::Waiver, DeadlineSubject::Waiver(at), waiver.until.value, place);
            self.deadlines.push(Deadline { task: waiver.rule.value.as_str().into(), assignees, ..due });
        }
    }

    /// Adds the visit that the settings announce, and the last days of the visits that a certificate requires and for
    /// which no audit was held or is planned.
    fn add_visits(&mut self, certificate: &CertificateSettings) {
        let settings = &self.reading.settings;
        let owners = certificate_owners(self.reading);
        if let Some(visit) = announced_visit(self.reading, self.clock.as_of) {
            let what = visit.kind.map_or("next audit".to_owned(), |kind| format!("{} audit", kind.as_str()));
            let place = settings.place(certificate.span_of("next_audit"));
            let subject = DeadlineSubject::Visit { kind: visit.kind, is_announced: true };
            let due = self.for_setting(DeadlineKind::Visit, subject, visit.day, place);
            self.deadlines.push(Deadline { task: what.into(), assignees: owners.clone(), ..due });
        }
        let key = if certificate.decided.is_some() { "decided" } else { "issued" };
        let place = settings.place(certificate.span_of(key));
        let due = due_visits(self.reading, certificate, self.clock.as_of);
        for visit in due.into_iter().filter(DueVisit::is_missing) {
            let what = format!("{} audit", visit.kind.as_str());
            let subject = DeadlineSubject::Visit { kind: Some(visit.kind), is_announced: false };
            let due = self.for_setting(DeadlineKind::Visit, subject, visit.due, place.clone());
            self.deadlines.push(Deadline { task: what.into(), assignees: owners.clone(), ..due });
        }
    }

    /// A deadline from the settings, without a task and people.
    fn for_setting(&self, kind: DeadlineKind, subject: DeadlineSubject, day: Date, place: Place) -> Deadline {
        Deadline {
            number: None,
            day: Some(day),
            end: None,
            kind,
            state: self.state(Some(Period::single_day(day)), false),
            task: "".into(),
            id: "".into(),
            assignees: Vec::new(),
            subject,
            place,
        }
    }
}
