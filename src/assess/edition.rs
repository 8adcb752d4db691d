//! The whole handbook behind an edition. An edition shows the assessment of the whole, as far as its subjects are
//! shown.

use std::sync::OnceLock;

use ahash::AHashMap;

use super::audits::{Audits, HiddenAudits};
use super::certificate::certificate_owners;
use super::deadlines::{Deadline, DeadlineKind, DeadlineSubject};
use super::shares::{self, Share};
use super::timeline::Timeline;
use super::{Assessed, Assessment, ClaimRef, ClauseAssessment, EntryLife, ItemAssessment, Life, Provider, UnitAudit};
use crate::date::Date;
use crate::handbook::{DocumentIndex, EntryIndex, Handbook, PlacedEntry, Reading};
use crate::register::Kind;

/// The assessment of the whole handbook, with a map of what an edition shows of it.
#[derive(Debug)]
pub(crate) struct WholeAssessment {
    assessment: Assessment,
    /// The index in the edition of each document of the whole, if it is shown.
    documents: Vec<Option<DocumentIndex>>,
    /// The index in the edition of each entry of the whole, if it is shown.
    entries: Vec<Option<EntryIndex>>,
}

impl WholeAssessment {
    pub(super) fn new(edition: &Handbook, full_handbook: &Handbook, assessment: Assessment) -> WholeAssessment {
        fn place(placed_entry: &PlacedEntry) -> (&str, u32) {
            (placed_entry.file.source.path(), placed_entry.entry.id.span.start)
        }
        let entries: AHashMap<(&str, u32), EntryIndex> =
            edition.registers.indexed().map(|(index, placed_entry)| (place(placed_entry), index)).collect();
        let entry = |placed_entry: &PlacedEntry| entries.get(&place(placed_entry)).copied();
        WholeAssessment {
            documents: full_handbook.documents.iter().map(|document| edition.lookup.by_path(document.path())).collect(),
            entries: full_handbook.registers.entries.iter().map(entry).collect(),
            assessment,
        }
    }

    /// Replaces the assessment by the result of `judge`, which may add findings, for example.
    pub(crate) fn map_assessment(self, judge: impl FnOnce(Assessment) -> Assessment) -> WholeAssessment {
        WholeAssessment { assessment: judge(self.assessment), ..self }
    }

    fn document(&self, full_index: DocumentIndex) -> Option<DocumentIndex> {
        self.documents.get(full_index.at()).copied().flatten()
    }

    /// The index of an entry in the edition, if it is shown.
    pub(super) fn entry(&self, full_index: EntryIndex) -> Option<EntryIndex> {
        self.entries.get(full_index.at()).copied().flatten()
    }

    /// The assessment that an edition shows. No state, verdict or day is derived from the visible part alone.
    pub(super) fn into_edition(self, edition: &Reading) -> Assessment {
        let assessment = &self.assessment;
        let clauses =
            assessment.clauses.iter().map(|list| list.iter().map(|clause| self.clause(clause)).collect()).collect();
        let items =
            assessment.items.iter().map(|list| list.iter().map(|item| self.item(edition, item)).collect()).collect();
        let deadlines = assessment.deadlines.iter().filter_map(|deadline| self.deadline(edition, deadline)).collect();
        Assessment {
            clock: assessment.clock,
            lives: self.lives(&edition.handbook),
            clauses,
            items,
            entries: self.edition_entries(edition),
            entry_lists: OnceLock::new(),
            audits: self.audits(edition),
            deadlines,
            findings: Vec::new(),
            waived: Vec::new(),
            figures: assessment.figures.with_counts(&edition.handbook),
            whole: Some(Box::new(self)),
        }
    }

    fn lives(&self, edition: &Handbook) -> Vec<Life> {
        let mut lives = vec![None; edition.documents.len()];
        for (life, index) in self.assessment.lives.iter().zip(&self.documents) {
            if let Some(slot) = index.and_then(|index| lives.get_mut(index.at())) {
                *slot = Some(*life);
            }
        }
        let life = |(index, life): (DocumentIndex, Option<Life>)| {
            life.unwrap_or_else(|| super::state::life(edition, index, self.assessment.clock))
        };
        (0..).map(DocumentIndex).zip(lives).map(life).collect()
    }

    fn edition_entries(&self, edition: &Reading) -> Vec<Option<EntryLife>> {
        let entries = &edition.handbook.registers.entries;
        let mut lives = vec![None; entries.len()];
        for (life, index) in self.assessment.entries.iter().zip(&self.entries) {
            if let Some(slot) = index.and_then(|index| lives.get_mut(index.at())) {
                *slot = *life;
            }
        }
        if !edition.settings.shows_figures() {
            let both = lives.iter_mut().zip(entries);
            both.for_each(|(life, placed_entry)| *life = life.map(|life| without_derived_days(life, placed_entry)));
        }
        lives
    }

    fn claims(&self, full_claims: &[ClaimRef]) -> Vec<ClaimRef> {
        let claim = |claim: &ClaimRef| Some(ClaimRef { document: self.document(claim.document)?, ..*claim });
        full_claims.iter().filter_map(claim).collect()
    }

    fn clause(&self, full_clause: &ClauseAssessment) -> ClauseAssessment {
        let (claims, mentions) = (self.claims(&full_clause.claims), self.claims(&full_clause.mentions));
        ClauseAssessment { claims, mentions, reason: full_clause.reason.clone(), ..*full_clause }
    }

    fn item(&self, edition: &Reading, full_item: &ItemAssessment) -> ItemAssessment {
        let provider = |full_provider: &Provider| {
            Some(Provider { document: self.document(full_provider.document)?, ..*full_provider })
        };
        let withheld = shares::hides_recipients(edition, full_item.item);
        ItemAssessment {
            providers: full_item.providers.iter().filter_map(provider).collect(),
            share: full_item.share.map(|share| Share { withheld, ..share }),
            reason: full_item.reason.clone(),
            ..*full_item
        }
    }

    /// Audits of clauses, if the edition shows audits and figures. Hidden audits are mentioned but neither named nor
    /// dated.
    fn audits(&self, edition: &Reading) -> Option<Audits> {
        let is_shown = edition.settings.shows_figures() && edition.handbook.registers.has(Kind::Audits);
        let audits = self.assessment.audits.as_ref().filter(|_| is_shown)?;
        let shows_findings = edition.settings.shows_kind(Kind::Nonconformities);
        let unit = |unit: &UnitAudit| {
            let last = unit.last.and_then(|(day, audit)| Some((day, self.entry(audit)?)));
            let next = unit.next.and_then(|(days, audit)| Some((days, self.entry(audit)?)));
            let upcoming = unit.upcoming.and_then(|(days, audit)| Some((days, self.entry(audit)?)));
            let open: Vec<EntryIndex> = unit.open.iter().filter_map(|index| self.entry(*index)).collect();
            let hidden = HiddenAudits {
                last: unit.last.is_some() && last.is_none(),
                next: unit.next.is_some() && next.is_none(),
                open: shows_findings && open.len() < unit.open.len(),
            };
            UnitAudit { due: unit.due.filter(|_| !hidden.last), last, next, upcoming, open, hidden, state: unit.state }
        };
        Some(audits.map_units(unit))
    }

    fn deadline(&self, edition: &Reading, full_deadline: &Deadline) -> Option<Deadline> {
        let mut assignees = full_deadline.assignees.clone();
        let subject = match full_deadline.subject {
            DeadlineSubject::Document(index) => {
                let index = self.document(index)?;
                assignees = edition.handbook.document(index).owners.iter().cloned().collect();
                DeadlineSubject::Document(index)
            }
            DeadlineSubject::Entry(index) => DeadlineSubject::Entry(self.entry(index)?),
            DeadlineSubject::Action(index, number) => DeadlineSubject::Action(self.entry(index)?, number),
            subject @ (DeadlineSubject::Certificate | DeadlineSubject::Visit { .. }) => {
                edition.settings.shown_certificate()?;
                assignees = certificate_owners(edition);
                subject
            }
            // A waiver may concern something that an edition withholds.
            DeadlineSubject::Waiver(_) => return None,
        };
        let registers = &edition.handbook.registers;
        let is_shown = match full_deadline.kind {
            // Editions do not show who has acknowledged a document.
            DeadlineKind::Acknowledgement => false,
            DeadlineKind::Visit => {
                let is_announced = matches!(subject, DeadlineSubject::Visit { is_announced: true, .. });
                is_announced || registers.has(Kind::Audits)
            }
            _ => true,
        };
        is_shown.then(|| Deadline { subject, assignees, ..full_deadline.clone() })
    }

    /// The later states of shown documents. Clauses and items are those of the whole.
    pub(super) fn timeline(&self, edition: &Handbook, full_timeline: Timeline) -> Timeline {
        let mut states = vec![Vec::new(); edition.documents.len()];
        for (series, index) in full_timeline.states.into_iter().zip(&self.documents) {
            if let Some(slot) = index.and_then(|index| states.get_mut(index.at())) {
                *slot = series;
            }
        }
        Timeline { states, ..full_timeline }
    }
}

impl<'a> Assessed<'a> {
    /// The whole handbook with its assessment; `self` if this is not an edition.
    pub(crate) fn whole(self) -> Assessed<'a> {
        match (&self.reading.full_handbook, &self.assessment.whole) {
            (Some(reading), Some(whole)) => Assessed { reading, assessment: &whole.assessment },
            _ => self,
        }
    }
}

/// The life of an entry as recorded: without verdicts and without derived days.
fn without_derived_days(life: EntryLife, placed_entry: &PlacedEntry) -> EntryLife {
    let EntryLife { due, effect_due, .. } = life;
    let span = placed_entry.entry.record.span;
    let text = placed_entry.file.source.as_str().get(span.start as usize..span.end as usize).unwrap_or_default();
    let is_written = |day: &Date| text.contains(&day.to_string());
    let life = life.without_verdict(placed_entry.entry.kind);
    EntryLife { due: due.filter(is_written), effect_due: effect_due.filter(is_written), ..life }
}
