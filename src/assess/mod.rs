//! States, verdicts and findings of a handbook on a date: a function of the handbook, its standards and the date.

mod applicability;
mod clauses;
mod coverage;
mod emptiness;
mod figures;
mod forecast;
mod items;
mod state;
mod steps;
mod timeline;
mod verdict;
mod waivers;

pub(crate) use coverage::Coverage;
pub(crate) use figures::Figures;
pub(crate) use forecast::{Drop, Forecast, ForecastDay};
pub(crate) use items::fits;
pub(crate) use state::Life;
pub use state::{Clock, State};
pub(crate) use state::{attested, is_dated_by_content};
pub(crate) use steps::{Step, next_steps};
pub(crate) use timeline::{LaterClause, Series, Timeline, timeline};
pub(crate) use verdict::{ClaimRef, ClauseAssessment, ItemAssessment};
pub use verdict::{ItemVerdict, Verdict};
pub(crate) use waivers::Waived;

use std::collections::BTreeSet;

use applicability::Applicability;

use crate::config::Settings;
use crate::finding::{Fault, Finding, Severity};
use crate::handbook::{DocumentIndex, Handbook};
use crate::history::{History, Moment};
use crate::id::{ClauseKey, ItemKey};
use crate::rules;
use crate::standard::Standards;

/// All states, verdicts and findings of a handbook on a date.
#[derive(Debug)]
pub struct Assessment {
    /// The date, and the warning period.
    pub(crate) clock: Clock,
    /// The life of each document, in the handbook's order.
    pub(crate) lives: Vec<Life>,
    /// Clauses by standard, in the standards' order.
    pub(crate) clauses: Vec<Vec<ClauseAssessment>>,
    /// Items of documented information by standard, in the standards' order.
    pub(crate) items: Vec<Vec<ItemAssessment>>,
    /// What is wrong, by place; without what is waived.
    pub findings: Vec<Finding>,
    /// What is wrong and waived, by place.
    pub(crate) waived: Vec<Waived>,
    /// The figures that head every report.
    pub(crate) figures: Figures,
}

/// What an assessment is made of.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The handbook's settings.
    pub(crate) settings: &'a Settings,
    /// The standards that the settings name.
    pub(crate) standards: &'a Standards,
    /// The handbook.
    pub(crate) handbook: &'a Handbook,
    /// Faults that stand in no file of the handbook's content: settings, catalogues, files that could not be read.
    pub(crate) faults: &'a [Fault],
    /// Earlier texts of documents, as far as they were gathered: findings say more with them, and are the same ones.
    pub(crate) history: &'a History,
}

/// Assesses a handbook on a date.
pub fn assess(subject: Subject<'_>, clock: Clock) -> Assessment {
    let Subject { settings, standards, handbook, faults, history } = subject;
    let lives = state::lives(handbook, clock);
    let applicability = Applicability::of(settings, standards);
    let clauses = clauses::assess(subject, &lives, &applicability);
    let items = items::assess(subject, &lives, &applicability);
    let figures = figures::count(handbook, standards, &clauses, &items);
    let assessment = Assessment { clock, lives, clauses, items, findings: Vec::new(), waived: Vec::new(), figures };
    let context = rules::Context { settings, standards, handbook, assessment: &assessment, history };
    let mut ledger = waivers::Ledger::new(context);
    let mut findings = ledger.apply(rules::findings(context, faults));
    findings.extend(ledger.close());
    findings.extend(emptiness::findings(context));
    rules::sort(&mut findings);
    let waived = ledger.waived();
    Assessment { findings, waived, ..assessment }
}

/// Earlier texts that say which words changed where a document rests on another one; each once, by path and day.
pub(crate) fn wanted_texts(subject: Subject<'_>, clock: Clock) -> BTreeSet<Moment> {
    if !rules::is_suspicion_wanted(subject.settings) {
        return BTreeSet::new();
    }
    let lives = state::lives(subject.handbook, clock);
    let of = |(index, _)| rules::suspects(subject.handbook, (&lives, clock.as_of), index).map(|one| one.seen());
    subject.handbook.controlled().flat_map(of).collect()
}

impl Assessment {
    /// The life of a document.
    pub(crate) fn life(&self, document: DocumentIndex) -> &Life {
        &self.lives[document.at()]
    }

    /// What a document is.
    pub(crate) fn state(&self, document: DocumentIndex) -> State {
        self.life(document).state
    }

    /// A clause on the date.
    pub(crate) fn clause(&self, key: ClauseKey) -> &ClauseAssessment {
        &self.clauses[key.standard.at()][key.clause.at()]
    }

    /// An item on the date.
    pub(crate) fn item(&self, key: ItemKey) -> &ItemAssessment {
        &self.items[key.standard.at()][key.item.at()]
    }

    /// Adds faults that only a comparison can find, weighed and waived like all others.
    pub(crate) fn add(&mut self, subject: Subject<'_>, faults: Vec<Fault>) {
        let (findings, waived) = self.weigh(subject, faults);
        self.findings.extend(findings);
        self.waived.extend(waived);
        rules::sort(&mut self.findings);
    }

    /// The same faults as findings, in order, and those that are waived.
    pub(crate) fn weigh(&self, subject: Subject<'_>, faults: Vec<Fault>) -> (Vec<Finding>, Vec<Waived>) {
        let Subject { settings, standards, handbook, history, .. } = subject;
        let weighed = faults.into_iter().filter_map(|fault| rules::weigh(settings, handbook, fault)).collect();
        let mut ledger =
            waivers::Ledger::new(rules::Context { settings, standards, handbook, assessment: self, history });
        let mut findings = ledger.apply(weighed);
        rules::sort(&mut findings);
        (findings, ledger.waived())
    }

    /// How many findings weigh exactly this much.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}
