//! The whole handbook behind an edition. An edition shows the assessment of the whole, as far as its subjects are
//! shown.

use ahash::AHashMap;

use super::audits::{Audits, HiddenAudits};
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
    pub(super) fn new(shown: &Handbook, whole: &Handbook, assessment: Assessment) -> WholeAssessment {
        fn place(placed: &PlacedEntry) -> (&str, u32) {
            (placed.file.source.path(), placed.entry.id.span.start)
        }
        let entries: AHashMap<(&str, u32), EntryIndex> =
            shown.registers.indexed().map(|(index, placed)| (place(placed), index)).collect();
        let entry = |placed: &PlacedEntry| entries.get(&place(placed)).copied();
        WholeAssessment {
            documents: whole.documents.iter().map(|one| shown.lookup.by_path(one.path())).collect(),
            entries: whole.registers.entries.iter().map(entry).collect(),
            assessment,
        }
    }

    /// Replaces the assessment by the result of `judge`, which may add findings, for example.
    pub(crate) fn map_assessment(self, judge: impl FnOnce(Assessment) -> Assessment) -> WholeAssessment {
        WholeAssessment { assessment: judge(self.assessment), ..self }
    }

    fn document(&self, of_whole: DocumentIndex) -> Option<DocumentIndex> {
        self.documents.get(of_whole.at()).copied().flatten()
    }

    /// The index of an entry in the edition, if it is shown.
    pub(super) fn entry(&self, of_whole: EntryIndex) -> Option<EntryIndex> {
        self.entries.get(of_whole.at()).copied().flatten()
    }

    /// The assessment that an edition shows. No state, verdict or day is derived from the visible part alone.
    pub(super) fn into_edition(self, shown: &Reading) -> Assessment {
        let whole = &self.assessment;
        let clauses = whole.clauses.iter().map(|list| list.iter().map(|one| self.clause(one)).collect()).collect();
        let items = whole.items.iter().map(|list| list.iter().map(|one| self.item(shown, one)).collect()).collect();
        let deadlines = whole.deadlines.iter().filter_map(|one| self.deadline(shown, one)).collect();
        Assessment {
            clock: whole.clock,
            lives: self.lives(&shown.handbook),
            clauses,
            items,
            entries: self.edition_entries(shown),
            audits: self.audits(shown),
            deadlines,
            findings: Vec::new(),
            waived: Vec::new(),
            figures: whole.figures.with_counts(&shown.handbook),
            whole: Some(Box::new(self)),
        }
    }

    fn lives(&self, shown: &Handbook) -> Vec<Life> {
        let mut lives = vec![None; shown.documents.len()];
        for (life, index) in self.assessment.lives.iter().zip(&self.documents) {
            if let Some(own) = index.and_then(|index| lives.get_mut(index.at())) {
                *own = Some(*life);
            }
        }
        let life = |(index, life): (DocumentIndex, Option<Life>)| {
            life.unwrap_or_else(|| super::state::life(shown, index, self.assessment.clock))
        };
        (0..).map(DocumentIndex).zip(lives).map(life).collect()
    }

    fn edition_entries(&self, shown: &Reading) -> Vec<Option<EntryLife>> {
        let entries = &shown.handbook.registers.entries;
        let mut lives = vec![None; entries.len()];
        for (life, index) in self.assessment.entries.iter().zip(&self.entries) {
            if let Some(own) = index.and_then(|index| lives.get_mut(index.at())) {
                *own = *life;
            }
        }
        if !shown.settings.shows_figures() {
            let both = lives.iter_mut().zip(entries);
            both.for_each(|(life, placed)| *life = life.map(|life| without_derived_days(life, placed)));
        }
        lives
    }

    fn claims(&self, of_whole: &[ClaimRef]) -> Vec<ClaimRef> {
        let claim = |claim: &ClaimRef| Some(ClaimRef { document: self.document(claim.document)?, ..*claim });
        of_whole.iter().filter_map(claim).collect()
    }

    fn clause(&self, of_whole: &ClauseAssessment) -> ClauseAssessment {
        let (claims, mentions) = (self.claims(&of_whole.claims), self.claims(&of_whole.mentions));
        ClauseAssessment { claims, mentions, reason: of_whole.reason.clone(), ..*of_whole }
    }

    fn item(&self, shown: &Reading, of_whole: &ItemAssessment) -> ItemAssessment {
        let provider = |one: &Provider| Some(Provider { document: self.document(one.document)?, ..*one });
        let withheld = shares::hides_recipients(shown, of_whole.item);
        ItemAssessment {
            providers: of_whole.providers.iter().filter_map(provider).collect(),
            share: of_whole.share.map(|share| Share { withheld, ..share }),
            reason: of_whole.reason.clone(),
            ..*of_whole
        }
    }

    /// Audits of clauses, if the edition shows audits and figures. Hidden audits are mentioned but neither named nor
    /// dated.
    fn audits(&self, shown: &Reading) -> Option<Audits> {
        let is_shown = shown.settings.shows_figures() && shown.handbook.registers.has(Kind::Audits);
        let audits = self.assessment.audits.as_ref().filter(|_| is_shown)?;
        let shows_findings = shown.settings.shows_kind(Kind::Nonconformities);
        let unit = |unit: &UnitAudit| {
            let last = unit.last.and_then(|(day, audit)| Some((day, self.entry(audit)?)));
            let next = unit.next.and_then(|(days, audit)| Some((days, self.entry(audit)?)));
            let ahead = unit.upcoming.and_then(|(days, audit)| Some((days, self.entry(audit)?)));
            let open: Vec<EntryIndex> = unit.open.iter().filter_map(|one| self.entry(*one)).collect();
            let unseen = HiddenAudits {
                last: unit.last.is_some() && last.is_none(),
                next: unit.next.is_some() && next.is_none(),
                open: shows_findings && open.len() < unit.open.len(),
            };
            UnitAudit {
                due: unit.due.filter(|_| !unseen.last),
                last,
                next,
                upcoming: ahead,
                open,
                hidden: unseen,
                state: unit.state,
            }
        };
        Some(audits.map_units(unit))
    }

    fn deadline(&self, shown: &Reading, of_whole: &Deadline) -> Option<Deadline> {
        let mut who = of_whole.who.clone();
        let of = match of_whole.subject {
            DeadlineSubject::Document(index) => {
                let index = self.document(index)?;
                who = shown.handbook.document(index).owners.iter().cloned().collect();
                DeadlineSubject::Document(index)
            }
            DeadlineSubject::Entry(index) => DeadlineSubject::Entry(self.entry(index)?),
            DeadlineSubject::Action(index, number) => DeadlineSubject::Action(self.entry(index)?, number),
            DeadlineSubject::Certificate => {
                shown.settings.shown_certificate()?;
                DeadlineSubject::Certificate
            }
            // A waiver may concern something that an edition withholds.
            DeadlineSubject::Waiver(_) => return None,
        };
        let registers = &shown.handbook.registers;
        let is_shown = match of_whole.kind {
            // Editions do not show who has acknowledged a document.
            DeadlineKind::Acknowledgement => false,
            DeadlineKind::Visit => registers.has(Kind::Audits),
            _ => true,
        };
        is_shown.then(|| Deadline { subject: of, who, ..of_whole.clone() })
    }

    /// The later states of shown documents. Clauses and items are those of the whole.
    pub(super) fn timeline(&self, shown: &Handbook, of_whole: Timeline) -> Timeline {
        let mut states = vec![Vec::new(); shown.documents.len()];
        for (series, index) in of_whole.states.into_iter().zip(&self.documents) {
            if let Some(own) = index.and_then(|index| states.get_mut(index.at())) {
                *own = series;
            }
        }
        Timeline { states, ..of_whole }
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
fn without_derived_days(life: EntryLife, placed: &PlacedEntry) -> EntryLife {
    let EntryLife { due, effect_due, .. } = life;
    let span = placed.entry.record.span;
    let text = placed.file.source.as_str().get(span.start as usize..span.end as usize).unwrap_or_default();
    let is_written = |day: &Date| text.contains(&day.to_string());
    let life = life.without_verdict(placed.entry.kind);
    EntryLife { due: due.filter(is_written), effect_due: effect_due.filter(is_written), ..life }
}
