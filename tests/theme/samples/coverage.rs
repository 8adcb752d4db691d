//! Clauses, matrix and gaps of the sample.

use clausebook::testing::site::model::*;
use clausebook::testing::source::front_matter::Extent;
use clausebook::testing::standard::Clause;

use super::facts::*;
use super::lists::{kinds, whole_tally};
use super::{Sample, frame};

impl Sample {
    pub fn clause_page(&self, number: &str) -> ClausePage {
        let clause = self.clause(number);
        let parent = clause.parent.as_ref().map(|parent| self.clause_link_by_number(&parent.to_string()));
        let clause_link = self.clause_link(clause);
        let index = self.catalogue.clauses.iter().position(|other| other.id == clause.id).expect("its place");
        let neighbour = |index: usize| {
            self.catalogue
                .clauses
                .get(index)
                .map(|clause| self.clause_link(clause))
                .map(|clause| link(&format!("{} {}", clause.number, clause.title), &clause.url).into())
        };
        let children = self.catalogue.clauses.iter().filter(|other| other.parent.as_ref() == Some(&clause.id));
        ClausePage {
            frame: Frame {
                crumbs: [link(&self.catalogue.title, "clauses/iso20000-1/index.html")]
                    .into_iter()
                    .chain(parent.iter().map(|parent| link(&parent.number, &parent.url)))
                    .map(StepLink::from)
                    .collect(),
                ..frame(&clause_link.url, &format!("{} {}", clause_link.number, clause_link.title), Some(Area::Page(6)))
            },
            standard: self.standard(),
            number: number.into(),
            title: clause_link.title,
            summary: clause.summary.clone(),
            unit: clause.coverage_unit,
            facts: vec!["We know this title from one source only.".into()],
            verdict: clause_link.verdict,
            reason: "Two documents in force address it in full.".into(),
            later_reason: Some(LaterReason { missing: "missing".into(), draft: "draft".into(), units: 1 }),
            claims: claimants(number).into_iter().map(claim).collect(),
            no_claims: "No document claims this clause.".into(),
            inherited: vec![ClauseClaim { section: None, ..claim((by_id("PRC-SMS-001"), Extent::Full)) }],
            inherited_hint: "A document that addresses only a parent clause does not cover this one.".into(),
            mentioned_by: ["PRC-PRB-001", "PLN-COM-001"].map(|id| document(by_id(id))).into(),
            items: clause
                .documented_information
                .iter()
                .map(|item| self.item(item.id.as_str(), &item.name, number, ItemVerdict::Provided, &["PRO-INC-001"]))
                .collect(),
            planned_interval: clause.planned_interval.clone(),
            triggers: clause.triggers.clone(),
            crosswalk: clause
                .crosswalk
                .iter()
                .map(|(standard, entries)| CrosswalkGroup {
                    title: standard.clone(),
                    entries: entries
                        .iter()
                        .map(|entry| {
                            link(entry, if standard == "iso27001" { "clauses/iso27001/index.html" } else { "" })
                        })
                        .collect(),
                })
                .collect(),
            from_2011: clause.from_2011.clone(),
            parent,
            children: children.map(|clause| self.clause_link(clause)).collect(),
            audited: (number == "8.7.2").then(super::registers::clause_audits),
            pager: Pager { previous: index.checked_sub(1).and_then(neighbour), next: neighbour(index + 1) },
        }
    }

    pub fn information(&self) -> InformationPage {
        let item =
            self.item("continuity-plan", "Service continuity plan", "8.7.2", ItemVerdict::Stale, &["PLN-CON-001"]);
        InformationPage {
            frame: frame("information.html", "Documented information", Some(Area::Page(3))),
            standard: self.standard(),
            figures: self.figures(),
            count: 1,
            groups: vec![InformationGroup { clause: self.clause_link_by_number("8.7"), items: vec![item] }],
        }
    }

    pub fn practices(&self) -> PracticesPage {
        PracticesPage {
            frame: frame("practices.html", "ITIL practices", Some(Area::Page(1))),
            standard: self.standard(),
            crosswalk: link("By clause", "crosswalk/itil4.html"),
            practices: vec![Practice {
                id: "incident-management".into(),
                name: "Incident management".into(),
                clauses: vec![self.clause_link_by_number("8.6.1")],
                documents: vec![document(by_id("PRO-INC-001"))],
                ..Practice::default()
            }],
        }
    }

    pub fn applicability(&self) -> ApplicabilityPage {
        let row = |number: &str, reason: Option<&str>| ApplicabilityRow {
            clause: self.clause_link_by_number(number),
            reason: reason.map(str::to_owned),
            documents: vec![document(by_id("PRO-INC-001"))],
        };
        ApplicabilityPage {
            frame: frame("applicability-iso20000-1.html", "Statement of applicability", Some(Area::Page(1))),
            standard: self.standard(),
            applicable: 1,
            rows: vec![row("8.6.1", None), row("8.4.1", Some("We do not bill anybody."))],
        }
    }

    pub fn clauses(&self) -> ClauseIndexPage {
        let tops = self.catalogue.clauses.iter().filter(|clause| clause.parent.is_none());
        let section = |top: &Clause| {
            let prefix = format!("{}.", top.id);
            let below = self.catalogue.clauses.iter().filter(|clause| clause.id.to_string().starts_with(&prefix));
            ClauseSection {
                clause: self.clause_link(top),
                rows: below
                    .map(|clause| (clause.id.to_string().matches('.').count(), self.clause_link(clause)))
                    .collect(),
            }
        };
        ClauseIndexPage {
            frame: frame("clauses/iso20000-1/index.html", &self.catalogue.title, Some(Area::Page(6))),
            standard: self.standard(),
            about: self.catalogue.name.clone(),
            amendments: vec!["Amd 1:2024, climate action: 4.1, 4.2".into()],
            figures: Some(self.figures()),
            crosswalks: vec![link("ISO 9001:2015", "crosswalk/iso9001.html")],
            sections: tops.map(section).collect(),
        }
    }

    pub fn matrix(&self) -> MatrixPage {
        let owners: Vec<String> = {
            let mut owners: Vec<_> = DOCUMENTS.iter().map(|row| row.owner.to_owned()).collect();
            owners.sort();
            owners.dedup();
            owners
        };
        let columns = MatrixColumn::ALL[..4].to_vec();
        let chip = |(row, extent): (&Row, Extent)| MatrixChip {
            lang: None,
            id: row.id.into(),
            title: row.title.into(),
            url: format!("{}#criteria", document_url(row)),
            state: row.state,
            later: badge(row).later,
            extent,
            kind: row.kind.into(),
            owners: owners.iter().position(|owner| owner == row.owner).into_iter().collect(),
            about: DocumentParties { services: vec![0], locations: vec![1] },
        };
        let row = |clause: ClauseLink| MatrixRow {
            depth: 1,
            unit: true,
            part_of: None,
            audited: Some(super::registers::mark(Tone::Overdue, "607 days ago")),
            cells: columns
                .iter()
                .map(|column| {
                    let claims = claimants(&clause.number).into_iter();
                    let chips: Vec<MatrixChip> =
                        claims.filter(|(row, _)| MatrixColumn::from_type(row.kind) == *column).map(chip).collect();
                    let long = *column == MatrixColumn::Practice && !chips.is_empty();
                    MatrixCell {
                        more: if long { 3 } else { 0 },
                        tally: long.then(|| Tally { of: "matrix/8.6.1/practice".into(), ..whole_tally() }),
                        total: chips.len() + 3,
                        kinds: vec!["procedure".into()],
                        owners: vec![0, 1],
                        about: DocumentParties { services: vec![0], locations: Vec::new() },
                        chips,
                    }
                })
                .collect(),
            clause,
        };
        MatrixPage {
            frame: frame("matrix.html", "Coverage matrix", Some(Area::Page(1))),
            standard: self.standard(),
            others: vec![link("ISO/IEC 27001:2022", "matrix-iso27001.html")],
            figures: self.figures(),
            groups: GROUPS
                .iter()
                .map(|group| MatrixGroup {
                    clause: self.clause_link_by_number(group),
                    anchor: format!("g{group}"),
                    figures: self.figures(),
                    rows: self.units(group).into_iter().map(row).collect(),
                })
                .collect(),
            audited: true,
            columns: columns.clone(),
            filters: MatrixFilters {
                kinds: kinds(),
                owners: owners.clone(),
                about: PartyFilters {
                    services: vec!["Managed Network".into()],
                    locations: vec!["North".into(), "South".into()],
                },
            },
            csv: "matrix.csv".into(),
        }
    }

    pub fn gaps(&self) -> GapsPage {
        let open =
            GROUPS.iter().flat_map(|group| self.units(group)).filter(|clause| clause.verdict != Some(Verdict::Covered));
        let gap = |clause: ClauseLink| {
            let claims = claimants(&clause.number);
            ClauseGap {
                verdict: clause.verdict.expect("a unit has a verdict"),
                reason: claims
                    .first()
                    .map_or("Nothing claims it.".into(), |(row, _)| format!("{} is not in force.", row.id)),
                owner: claims.first().map(|(row, _)| owner(row.owner)),
                next_step: if claims.is_empty() {
                    "Name an owner and write the document, or claim the clause where it is answered.".into()
                } else {
                    "Review and approve the document.".into()
                },
                documents: claims.iter().map(|(row, _)| document(row)).collect(),
                clause,
            }
        };
        let mut clauses: Vec<_> = open.map(gap).collect();
        clauses.sort_by_key(|gap| gap.verdict);
        let item = |id: &str, name: &str, clause: &str, verdict, documents: &[&str]| {
            let row = self.item(id, name, clause, verdict, documents);
            ItemGap {
                id: row.id,
                name: row.name,
                clause: row.clause,
                keep: row.keep,
                unverified: false,
                basis: row.basis,
                verdict: row.verdict.unwrap_or(ItemVerdict::Missing),
                reason: row.reason,
                owner: documents.first().map(|id| owner(by_id(id).owner)),
                next_step: Some("Write it, and name it under `provides`.".into()),
                documents: row.documents,
            }
        };
        GapsPage {
            frame: frame("gaps.html", "Gaps", Some(Area::Page(2))),
            standard: self.standard(),
            others: vec![],
            figures: self.figures(),
            clauses,
            required: vec![
                item("problem-records", "Records of problems", "8.6.3", ItemVerdict::Stale, &["PRC-PRB-001"]),
                item("budget", "Budget and accounts of services", "8.4.1", ItemVerdict::Missing, &[]),
            ],
            expected: vec![],
            not_needed: vec![item(
                "continuity-invocation-report",
                "Report after a continuity plan was invoked",
                "8.7.2",
                ItemVerdict::NotNeeded,
                &[],
            )],
            csv: "gaps.csv".into(),
        }
    }

    pub fn crosswalk(&self) -> CrosswalkPage {
        let row = |clause: &Clause| CrosswalkRow {
            clause: self.clause_link(clause),
            related: clause.crosswalk.values().next().into_iter().flatten().map(|entry| link(entry, "")).collect(),
        };
        CrosswalkPage {
            frame: frame(
                "clauses/iso20000-1/crosswalk-iso27001.html",
                "ISO/IEC 20000-1:2018 and ISO/IEC 27001:2022",
                Some(Area::Page(6)),
            ),
            from: self.standard(),
            practices: false,
            to: "ISO/IEC 27001:2022".into(),
            others: vec![link("ISO 9001:2015", "clauses/iso20000-1/crosswalk-iso9001.html")],
            rows: self.catalogue.clauses.iter().filter(|clause| !clause.crosswalk.is_empty()).map(row).collect(),
        }
    }
}

pub(super) fn claim((row, extent): (&'static Row, Extent)) -> ClauseClaim {
    ClauseClaim {
        document: document_at(row, format!("{}#criteria", document_url(row))),
        section: Some("When an incident is major".into()),
        extent,
        note: None,
        discounted: (row.state == State::Draft).then(|| "A draft covers nothing yet.".into()),
        by_state: true,
    }
}
