//! The home page of the sample.

use std::collections::BTreeMap;

use clausebook::testing::site::model::*;

use super::facts::*;
use super::lists::{reviews, tally, whole_tally};
use super::{Sample, frame};

impl Sample {
    pub fn figures(&self) -> Figures {
        let units: Vec<_> = self.catalogue.clauses.iter().filter(|clause| clause.coverage_unit).collect();
        let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
        for clause in &units {
            *counts.entry(verdict(&clause.id.to_string())).or_default() += 1;
        }
        Figures {
            units_covered: counts.get(&Verdict::Covered).copied().unwrap_or_default(),
            units: units.len(),
            items_provided: 38,
            items: 51,
            of: "iso20000-1".into(),
            units_drop: Some(FigureDrop { on: date("2026-12-11"), left: 33 }),
            items_drop: None,
            segments: BarSegment::bar(counts.into_iter().rev()),
        }
    }

    pub fn home(&self) -> HomePage {
        let frame = Frame {
            description: Some("How Gullwhistle runs its services: policies, processes and procedures, each with the clause of the standard that it answers.".into()),
            ..frame("index.html", "Service management handbook", Some(Area::Page(0)))
        };
        HomePage {
            later_files: None,
            frame,
            introduction: None,
            standard: self.standard(),
            figures: Some(self.figures()),
            forecast: Some(ForecastPicture {
                units: "M34 12H120.5V40.2H354".into(),
                items: "M34 12H200V80H354".into(),
                days: 365,
                ticks: vec![(42.0, date("2026-12-01")), (120.5, date("2027-03-01"))],
                months: vec![ForecastMonth {
                    on: date("2027-03-01"),
                    units_covered: 31,
                    units: 56,
                    items_provided: 30,
                    items: 51,
                    lapses: vec![document(by_id("PLN-CON-001"))],
                    more: 2,
                }],
            }),
            groups: GROUPS.iter().map(|group| self.group_coverage(group)).collect(),
            map: GROUPS
                .iter()
                .map(|group| MapRow {
                    clause: self.clause_link_by_number(group),
                    tiles: self.units(group).into_iter().map(tile).collect(),
                })
                .collect(),
            states: state_counts(),
            tally: whole_tally(),
            documents: DOCUMENTS.len(),
            attention: attention(),
            errors: 2,
            reviews: reviews("2026-11-22", "2027-02-20"),
            reviews_more: 2,
            changes: changes(),
            entries: Some(super::registers::open_entries()),
            certificate: Some(Certificate {
                number: Some("SMS-20000-0417".into()),
                standard: "ISO/IEC 20000-1:2018".into(),
                body: Some("issued by an accredited certification body".into()),
                scope: Some("The service management system of Gullwhistle".into()),
                issued: Some(date("2025-06-02")),
                valid_to: Some(date("2028-06-01")),
                expired: Some(Mark { tone: Tone::Overdue, word: "Expired".into() }),
                next_audit: Some(("Surveillance audit".into(), date("2027-05-18"))),
                overdue_visits: vec![("V26-1 Surveillance audit".into(), date("2026-05-18"))],
                overdue_mark: Mark { tone: Tone::Overdue, word: "Overdue".into() },
                more: None,
            }),
            others: vec![(
                StandardLink { title: "ISO/IEC 27001:2022".into(), ..self.standard() },
                Figures { units_covered: 31, units: 116, ..Figures::default() },
            )],
        }
    }

    fn group_coverage(&self, group: &str) -> GroupCoverage {
        let units = self.units(group);
        let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
        for verdict in units.iter().filter_map(|unit| unit.verdict) {
            *counts.entry(verdict).or_default() += 1;
        }
        GroupCoverage {
            clause: self.clause_link_by_number(group),
            figures: Figures {
                units_covered: counts.get(&Verdict::Covered).copied().unwrap_or_default(),
                units: units.len(),
                items_provided: units.len().saturating_sub(1),
                items: units.len(),
                of: self.clause_link_by_number(group).url,
                segments: BarSegment::bar(counts.into_iter().rev()),
                ..Figures::default()
            },
        }
    }
}

pub(super) fn state_counts() -> Vec<StateCount> {
    let mut x = 0.0;
    let place = |tally: StateTally| {
        let width = tally.count as f64 * 100.0 / DOCUMENTS.len() as f64;
        x += width;
        StateCount { state: tally.state, count: tally.count, x: x - width, width }
    };
    tally().into_iter().map(place).collect()
}

pub(super) fn attention() -> Vec<Attention> {
    let entry = |kind, text: &str, detail: &str, url: &str, name: Option<&str>| Attention {
        kind,
        text: text.into(),
        detail: Some(detail.into()),
        url: url.into(),
        owner: name.map(owner),
    };
    vec![
        entry(
            AttentionKind::Missing,
            "Nothing answers 8.4.1 Budgeting and accounting for services",
            "Required: a budget and accounts of services",
            "clauses/iso20000-1/8.4.1.html",
            None,
        ),
        entry(
            AttentionKind::Overdue,
            "WIN-SRM-002 Field visits should have been reviewed",
            "since 13 October 2026, 40 days ago",
            "documents/win-srm-002.html",
            Some("Service Desk Manager"),
        ),
        entry(
            AttentionKind::Overdue,
            "PRC-PRB-001 Problem management should have been reviewed",
            "since 2 November 2026; 8.6.3 is stale because of it",
            "documents/prc-prb-001.html",
            Some("Problem Manager"),
        ),
        entry(
            AttentionKind::Changed,
            "PRC-SUP-001 Supplier management was changed after approval",
            "8.3.4.1 and 8.3.4.2 are stale because of it",
            "documents/prc-sup-001.html",
            Some("Supplier Manager"),
        ),
        entry(
            AttentionKind::Draft,
            "PLN-CON-002 Continuity plan for Data Exchange awaiting approval",
            "the service starts on 8 March 2027",
            "documents/pln-con-002.html",
            Some("Continuity Manager"),
        ),
        entry(
            AttentionKind::DueSoon,
            "PLN-OBJ-001 Service management objectives 2026 is due for review",
            "on 10 December 2026",
            "documents/pln-obj-001.html",
            Some("Service Management Lead"),
        ),
    ]
}

pub(super) fn changes() -> Vec<RecentChange> {
    let change = |(id, on, summary): (&str, &str, &str)| RecentChange {
        on: date(on),
        version: Some(by_id(id).version.into()),
        summary: summary.into(),
        document: document(by_id(id)),
    };
    [
        ("REG-IMP-001", "2026-11-02", "Added IMP-2026-11, the reading-list test for new starters."),
        ("PRC-CHG-001", "2026-10-28", "Failover is tested after every firmware change of a redundant pair."),
        ("PLN-CON-001", "2026-10-07", "Added the DNS step that the test of September found missing."),
    ]
    .map(change)
    .into()
}

fn tile(clause: ClauseLink) -> HeatTile {
    HeatTile { hint: format!("{}\nPRC-INC-001 Incident management, Incident Manager", clause.title), clause }
}
