//! A small portal of an organization that does not exist, with every kind of page.

use std::collections::BTreeMap;
use std::str::FromStr;

use clausebook::date::Date;
use clausebook::finding::Severity;
use clausebook::site::model::*;
use clausebook::source::front_matter::{Extent, Status};
use clausebook::standard::{Basis, Catalogue, Clause, Keep};

const CATALOGUE: &str = include_str!("../../standards/iso20000-1-2018.yaml");

/// A document of the sample: id, title, type, version, owner, state, next review, clauses, where in the text.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, State, &'static str, &'static str);

const DOCUMENTS: &[Row] = &[
    (
        "ANA-CTX-001",
        "Context and interested parties",
        "analysis",
        "1.3",
        "Service Management Lead",
        State::Current,
        "2027-04-13",
        "4.1 4.2",
    ),
    (
        "POL-SMS-001",
        "Service management policy",
        "policy",
        "2.0",
        "Managing Director",
        State::Current,
        "2027-03-02",
        "5.1 5.2.1 5.2.2",
    ),
    (
        "SPC-SCP-001",
        "Scope of the service management system",
        "specification",
        "1.2",
        "Service Management Lead",
        State::Current,
        "2027-02-09",
        "4.3",
    ),
    (
        "PRC-SMS-001",
        "How the service management system works",
        "process",
        "1.4",
        "Service Management Lead",
        State::Current,
        "2027-05-11",
        "4.4 8.1",
    ),
    (
        "PLN-SMS-001",
        "Service management plan",
        "plan",
        "3.1",
        "Service Management Lead",
        State::Current,
        "2027-01-18",
        "6.3 6.1",
    ),
    (
        "PLN-OBJ-001",
        "Service management objectives 2026",
        "plan",
        "1.0",
        "Service Management Lead",
        State::DueSoon,
        "2026-12-10",
        "6.2",
    ),
    (
        "PRO-DOC-001",
        "Control of documents and records",
        "procedure",
        "2.2",
        "Document Controller",
        State::Current,
        "2027-06-01",
        "7.5.1 7.5.2 7.5.3 7.5.4",
    ),
    (
        "PLN-TRN-001",
        "Competence and training plan",
        "plan",
        "1.1",
        "People and Training Manager",
        State::Current,
        "2027-01-31",
        "7.2 7.3",
    ),
    (
        "PLN-COM-001",
        "Communication plan",
        "plan",
        "1.0",
        "Service Management Lead",
        State::Current,
        "2027-05-04",
        "7.4",
    ),
    (
        "CAT-SVC-001",
        "Service catalogue",
        "catalogue",
        "4.0",
        "Service Level Manager",
        State::DueSoon,
        "2026-12-15",
        "8.2.4",
    ),
    (
        "PRC-SAM-001",
        "Asset and configuration management",
        "process",
        "1.8",
        "Configuration Manager",
        State::Current,
        "2027-03-16",
        "8.2.5 8.2.6",
    ),
    (
        "PRC-BRM-001",
        "Business relationship management",
        "process",
        "1.2",
        "Customer Relationship Manager",
        State::Current,
        "2027-04-20",
        "8.3.2",
    ),
    (
        "PRC-SLM-001",
        "Service level management",
        "process",
        "2.1",
        "Service Level Manager",
        State::Current,
        "2027-04-20",
        "8.3.3",
    ),
    (
        "PRC-SUP-001",
        "Supplier management",
        "process",
        "2.1",
        "Supplier Manager",
        State::Changed,
        "2027-08-12",
        "8.3.4.1 8.3.4.2",
    ),
    (
        "PLN-CAP-001",
        "Capacity plan",
        "plan",
        "1.3",
        "Capacity Manager",
        State::Current,
        "2027-06-22",
        "8.4.3 8.4.2/partial",
    ),
    (
        "POL-CHG-001",
        "Change management policy",
        "policy",
        "3.0",
        "Change Manager",
        State::Current,
        "2027-10-12",
        "8.5.1.1",
    ),
    (
        "PRC-CHG-001",
        "Change management",
        "process",
        "3.1",
        "Change Manager",
        State::Current,
        "2027-03-09",
        "8.5.1.2 8.5.1.3",
    ),
    (
        "PRC-SDT-001",
        "Design and transition of services",
        "process",
        "1.6",
        "Service Transition Manager",
        State::Current,
        "2027-05-18",
        "8.5.2.1 8.5.2.2 8.5.2.3",
    ),
    (
        "PRC-REL-001",
        "Release and deployment",
        "process",
        "2.0",
        "Release Manager",
        State::InReview,
        "2027-05-18",
        "8.5.3",
    ),
    ("PRC-INC-001", "Incident management", "process", "2.4", "Incident Manager", State::Current, "2027-03-02", "8.6.1"),
    ("PRO-INC-001", "Major incidents", "procedure", "2.1", "Incident Manager", State::Current, "2027-03-02", "8.6.1"),
    (
        "WIN-SRM-002",
        "Field visits",
        "work-instruction",
        "1.2",
        "Service Desk Manager",
        State::Overdue,
        "2026-10-13",
        "8.6.2/partial",
    ),
    (
        "PRC-SRM-001",
        "Service request management",
        "process",
        "1.5",
        "Service Desk Manager",
        State::Current,
        "2027-02-23",
        "8.6.2",
    ),
    ("PRC-PRB-001", "Problem management", "process", "1.9", "Problem Manager", State::Overdue, "2026-11-02", "8.6.3"),
    (
        "PLN-CON-001",
        "Service continuity plan",
        "plan",
        "2.1",
        "Continuity Manager",
        State::Current,
        "2027-09-30",
        "8.7.2",
    ),
    (
        "PLN-CON-002",
        "Continuity plan for Data Exchange",
        "plan",
        "0.3",
        "Continuity Manager",
        State::Draft,
        "",
        "8.7.2/partial",
    ),
    (
        "PRO-SEC-001",
        "Information security incidents",
        "procedure",
        "1.7",
        "Information Security Manager",
        State::Future,
        "2027-12-01",
        "8.7.3.3",
    ),
    (
        "RPT-MEA-001",
        "Measurement report, third quarter 2026",
        "report",
        "1.0",
        "Service Level Manager",
        State::Current,
        "2027-01-20",
        "9.1 9.4",
    ),
    ("PLN-AUD-001", "Internal audit programme", "plan", "1.5", "Internal Auditor", State::Current, "2027-01-12", "9.2"),
    ("REC-MRV-001", "Management reviews", "record", "1.1", "Managing Director", State::Current, "2027-04-30", "9.3"),
    (
        "REG-IMP-001",
        "Improvement register",
        "register",
        "5.2",
        "Service Management Lead",
        State::Current,
        "2026-12-31",
        "10.2",
    ),
    ("PRO-OLD-004", "Telephone tree", "procedure", "1.0", "Service Desk Manager", State::Retired, "", ""),
];

const GROUPS: &[&str] = &["4", "5", "6", "7", "8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "8.7", "9", "10"];

const PAGES: &[(&str, &str)] = &[
    ("home", "index.html"),
    ("matrix", "matrix.html"),
    ("gaps", "gaps.html"),
    ("register", "register.html"),
    ("calendar", "calendar.html"),
    ("findings", "findings.html"),
    ("clauses", "clauses/iso20000-1/index.html"),
    ("owners", "owners/index.html"),
    ("types", "types/index.html"),
    ("roles", "roles/index.html"),
];

/// The sample's data.
pub struct Sample {
    catalogue: Catalogue,
}

pub fn date(text: &str) -> Date {
    Date::from_str(text).expect("a date")
}

fn named(kind: &str) -> Named {
    let mut name = kind.replace('-', " ");
    name[..1].make_ascii_uppercase();
    Named { key: kind.to_owned(), name }
}

fn slug(text: &str) -> String {
    text.to_lowercase().replace(' ', "-")
}

fn owner(name: &str) -> Person {
    Person { name: name.to_owned(), url: Some(format!("owners/{}.html", slug(name))) }
}

fn link(text: &str, url: &str) -> Link {
    Link { text: text.to_owned(), url: url.to_owned() }
}

fn document_url(row: &Row) -> String {
    format!("documents/{}.html", row.0.to_lowercase())
}

fn badge(row: &Row) -> Badge {
    let status = match row.5 {
        State::Draft => Status::Draft,
        State::InReview => Status::InReview,
        State::Retired => Status::Retired,
        _ => Status::Approved,
    };
    let from =
        (status == Status::Approved).then(|| date(if row.5 == State::Future { "2026-12-01" } else { "2026-03-09" }));
    let next_review = Date::from_str(row.6).ok();
    Badge { state: row.5, status, from, next_review, superseded: None, changed: row.5 == State::Changed }
}

pub fn document(row: &Row) -> DocumentLink {
    DocumentLink {
        id: row.0.to_owned(),
        title: row.1.to_owned(),
        url: document_url(row),
        kind: named(row.2),
        badge: badge(row),
    }
}

fn by_id(id: &str) -> &'static Row {
    DOCUMENTS.iter().find(|row| row.0 == id).expect("a document of the sample")
}

/// Claims of the sample: the clause's number, and whether it is claimed in part.
fn claims(row: &Row) -> impl Iterator<Item = (&'static str, Extent)> {
    row.7.split_whitespace().map(|claim| match claim.strip_suffix("/partial") {
        Some(number) => (number, Extent::Partial),
        None => (claim, Extent::Full),
    })
}

fn claimants(number: &str) -> Vec<(&'static Row, Extent)> {
    let claim =
        |row: &'static Row| claims(row).find(|(claimed, _)| *claimed == number).map(|(_, extent)| (row, extent));
    DOCUMENTS.iter().filter_map(claim).collect()
}

fn verdict(number: &str) -> Verdict {
    let of = |(row, extent): (&Row, Extent)| match (row.5, extent) {
        (State::Current | State::DueSoon, Extent::Full) => Verdict::Covered,
        (State::Current | State::DueSoon, Extent::Partial) => Verdict::Partial,
        (State::Overdue | State::Changed, _) => Verdict::Stale,
        _ => Verdict::Draft,
    };
    claimants(number).into_iter().map(of).min().unwrap_or(Verdict::Missing)
}

fn group_of(number: &str) -> Option<usize> {
    GROUPS.iter().position(|group| number == *group || number.starts_with(&format!("{group}.")))
}

impl Sample {
    pub fn new() -> Sample {
        Sample { catalogue: serde_yaml::from_str(CATALOGUE).expect("the catalogue") }
    }

    fn clause(&self, number: &str) -> &Clause {
        self.catalogue.clauses.iter().find(|clause| clause.id.to_string() == number).expect("a clause")
    }

    fn clause_link(&self, clause: &Clause) -> ClauseLink {
        let number = clause.id.to_string();
        ClauseLink {
            title: clause.title.clone().unwrap_or_default(),
            url: format!("clauses/iso20000-1/{number}.html"),
            verdict: clause.coverage_unit.then(|| verdict(&number)),
            number,
        }
    }

    fn linked(&self, number: &str) -> ClauseLink {
        self.clause_link(self.clause(number))
    }

    fn units(&self, group: &str) -> Vec<ClauseLink> {
        let index = group_of(group);
        let within = |clause: &&Clause| clause.coverage_unit && group_of(&clause.id.to_string()) == index;
        self.catalogue.clauses.iter().filter(within).map(|clause| self.clause_link(clause)).collect()
    }

    fn standard(&self) -> StandardLink {
        StandardLink {
            id: "iso20000-1".into(),
            title: self.catalogue.title.clone(),
            url: "clauses/iso20000-1/index.html".into(),
        }
    }

    pub fn site(&self, lang: &str) -> Site {
        let page = |(key, url): &(&str, &str)| NavigationPage {
            key: (*key).into(),
            url: (*url).into(),
            count: (*key == "gaps").then_some(17),
        };
        let group = |number: &&str| NavigationGroup {
            number: (*number).into(),
            title: self.linked(number).title,
            url: format!("groups/{number}.html"),
        };
        Site {
            title: "Service management handbook".into(),
            organization: Some("Gullwhistle Managed Services".into()),
            lang: lang.into(),
            as_of: date("2026-11-22"),
            warning_days: 30,
            indexed: false,
            pages: PAGES.iter().map(page).collect(),
            groups: GROUPS.iter().map(group).collect(),
            standards: vec![self.standard()],
            searchable: true,
            previews: true,
            brand: Brand::default(),
            preview: None,
            footer: vec![link("assessment.json", "assessment.json"), link("Print the handbook", "print/index.html")],
        }
    }

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
            segments: Segment::bar(counts),
        }
    }

    pub fn home(&self) -> HomePage {
        let frame = Frame {
            description: Some("How Gullwhistle runs its services: policies, processes and procedures, each with the clause of the standard that it answers.".into()),
            ..frame("index.html", "Service management handbook", Some(Area::Page(0)))
        };
        HomePage {
            frame,
            introduction: None,
            standard: self.standard(),
            figures: self.figures(),
            groups: GROUPS.iter().map(|group| self.group_coverage(group)).collect(),
            map: GROUPS.iter().map(|group| MapRow { clause: self.linked(group), cells: self.units(group) }).collect(),
            states: state_counts(),
            documents: DOCUMENTS.len(),
            attention: attention(),
            reviews: reviews("2026-11-22", "2027-02-20"),
            reviews_more: 2,
            changes: changes(),
            certificate: Some(Certificate {
                number: "SMS-20000-0417".into(),
                standard: "ISO/IEC 20000-1:2018".into(),
                body: Some("issued by an accredited certification body".into()),
                issued: Some(date("2025-06-02")),
                valid_to: Some(date("2028-06-01")),
                next_audit: Some(("Surveillance audit".into(), date("2027-05-18"))),
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
            clause: self.linked(group),
            covered: counts.get(&Verdict::Covered).copied().unwrap_or_default(),
            units: units.len(),
            items_provided: units.len().saturating_sub(1),
            items: units.len(),
            segments: Segment::bar(counts),
        }
    }

    pub fn document(&self, id: &str) -> DocumentPage {
        let row = by_id(id);
        let group = claims(row).next().and_then(|(number, _)| group_of(number));
        let index = DOCUMENTS.iter().position(|other| other.0 == id).expect("its place");
        let neighbour = |index: usize| DOCUMENTS.get(index).map(|row| link(row.1, &document_url(row)));
        DocumentPage {
            frame: Frame {
                crumbs: group
                    .map(|group| link(&self.linked(GROUPS[group]).title, &format!("groups/{}.html", GROUPS[group])))
                    .into_iter()
                    .collect(),
                neighbourhood: group.map(|group| neighbourhood(group, id)),
                description: Some("What the document settles, in one sentence.".into()),
                ..frame(&document_url(row), row.1, group.map(Area::Group))
            },
            id: row.0.into(),
            kind: named(row.2),
            kind_url: format!("types/{}.html", row.2),
            badge: badge(row),
            control: control(row),
            body: Html::new(BODY),
            toc: TocEntry::nest(HEADINGS.iter().copied()),
            clauses: self.addressed(row),
            provides: vec![self.item(
                "major-incident-procedure",
                "Procedure for major incidents",
                "8.6.1",
                ItemVerdict::Provided,
                &[],
            )],
            related: vec![document(by_id("PRC-INC-001")), document(by_id("PRC-PRB-001"))],
            depends_on: vec![document(by_id("PLN-CON-001"))],
            supersedes: vec![document(by_id("PRO-OLD-004"))],
            superseded_by: Vec::new(),
            referenced_by: ["PRC-INC-001", "PRC-CHG-001", "PLN-CON-001", "PRO-SEC-001"]
                .map(|id| document(by_id(id)))
                .into(),
            referenced_by_more: 3,
            history: history(),
            reviews: vec![ReviewRecord {
                on: date("2026-10-12"),
                by: Some("Change Manager".into()),
                version: Some("2.1".into()),
                note: Some("Confirmed after audit A26-3; no change to the text.".into()),
                matches: Some(true),
            }],
            findings: if row.5 == State::Overdue { findings().into_iter().take(1).collect() } else { Vec::new() },
            pager: Pager { previous: index.checked_sub(1).and_then(neighbour), next: neighbour(index + 1) },
        }
    }

    fn addressed(&self, row: &Row) -> Vec<AddressedClause> {
        let addressed = |(number, extent): (&str, Extent)| AddressedClause {
            clause: self.linked(number),
            extent,
            note: (extent == Extent::Partial).then(|| "The process is described elsewhere.".into()),
            sections: vec![link("When an incident is major", "#criteria"), link("Who does what", "#roles")],
        };
        claims(row).map(addressed).collect()
    }

    fn item(&self, id: &str, name: &str, clause: &str, verdict: ItemVerdict, documents: &[&str]) -> ItemRow {
        ItemRow {
            id: id.into(),
            name: name.into(),
            clause: self.linked(clause),
            keep: if name.starts_with("Record") { Keep::Retain } else { Keep::Maintain },
            basis: Basis::Required,
            conditional: verdict == ItemVerdict::NotNeeded,
            verdict,
            reason: (verdict == ItemVerdict::NotNeeded).then(|| "No continuity plan has been invoked.".into()),
            documents: documents.iter().map(|id| document(by_id(id))).collect(),
        }
    }

    pub fn clause_page(&self, number: &str) -> ClausePage {
        let clause = self.clause(number);
        let parent = clause.parent.as_ref().map(|parent| self.linked(&parent.to_string()));
        let own = self.clause_link(clause);
        let index = self.catalogue.clauses.iter().position(|other| other.id == clause.id).expect("its place");
        let neighbour = |index: usize| {
            self.catalogue
                .clauses
                .get(index)
                .map(|clause| self.clause_link(clause))
                .map(|clause| link(&format!("{} {}", clause.number, clause.title), &clause.url))
        };
        let children = self.catalogue.clauses.iter().filter(|other| other.parent.as_ref() == Some(&clause.id));
        ClausePage {
            frame: Frame {
                crumbs: [link(&self.catalogue.title, "clauses/iso20000-1/index.html")]
                    .into_iter()
                    .chain(parent.iter().map(|parent| link(&parent.number, &parent.url)))
                    .collect(),
                ..frame(&own.url, &format!("{} {}", own.number, own.title), Some(Area::Page(6)))
            },
            standard: self.standard(),
            number: number.into(),
            title: own.title,
            summary: clause.summary.clone(),
            unit: clause.coverage_unit,
            verdict: own.verdict,
            reason: "Two documents in force address it in full.".into(),
            claims: claimants(number).into_iter().map(claim).collect(),
            inherited: vec![ClauseClaim { section: None, ..claim((by_id("PRC-SMS-001"), Extent::Full)) }],
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
            pager: Pager { previous: index.checked_sub(1).and_then(neighbour), next: neighbour(index + 1) },
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
            figures: self.figures(),
            sections: tops.map(section).collect(),
        }
    }

    pub fn matrix(&self) -> MatrixPage {
        let owners: Vec<String> = {
            let mut owners: Vec<_> = DOCUMENTS.iter().map(|row| row.4.to_owned()).collect();
            owners.sort();
            owners.dedup();
            owners
        };
        let columns = Column::ALL[..4].to_vec();
        let chip = |(row, extent): (&Row, Extent)| Chip {
            id: row.0.into(),
            title: row.1.into(),
            url: format!("{}#criteria", document_url(row)),
            state: row.5,
            extent,
            kind: row.2.into(),
            owner: owners.iter().position(|owner| owner == row.4),
        };
        let row = |clause: ClauseLink| MatrixRow {
            unit: true,
            cells: columns
                .iter()
                .map(|column| {
                    claimants(&clause.number)
                        .into_iter()
                        .filter(|(row, _)| Column::of_type(row.2) == *column)
                        .map(chip)
                        .collect()
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
                    clause: self.linked(group),
                    rows: self.units(group).into_iter().map(row).collect(),
                })
                .collect(),
            columns: columns.clone(),
            filters: MatrixFilters { kinds: kinds(), owners: owners.clone() },
            pagination: None,
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
                    .map_or("Nothing claims it.".into(), |(row, _)| format!("{} is not in force.", row.0)),
                owner: claims.first().map(|(row, _)| owner(row.4)),
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
        clauses.sort_by_key(|gap| std::cmp::Reverse(gap.verdict));
        let item = |id: &str, name: &str, clause: &str, verdict, documents: &[&str]| {
            let row = self.item(id, name, clause, verdict, documents);
            ItemGap {
                id: row.id,
                name: row.name,
                clause: row.clause,
                keep: row.keep,
                basis: row.basis,
                verdict: row.verdict,
                reason: row.reason,
                owner: documents.first().map(|id| owner(by_id(id).4)),
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

    pub fn register(&self) -> RegisterPage {
        let row = |row: &Row| RegisterRow {
            document: document(row),
            version: Some(row.3.into()),
            owner: Some(owner(row.4)),
            approver: Some(Person { name: "Service Delivery Director".into(), url: None }),
            effective: badge(row).from,
            last_review: badge(row).from,
            next_review: badge(row).next_review,
            classification: Some("internal".into()),
            distribution: vec!["All staff".into()],
            retention: (row.2 == "record").then(|| "6 years, then destroyed".into()),
        };
        RegisterPage {
            frame: frame("register.html", "Document register", Some(Area::Page(3))),
            rows: DOCUMENTS.iter().map(row).collect(),
            states: tally(),
            pagination: Some(Pagination {
                number: 1,
                of: 2,
                first: 1,
                last: 32,
                total: 61,
                parts: vec![link("1", "register.html"), link("2", "register-2.html")],
            }),
            csv: "register.csv".into(),
            workbook: None,
        }
    }

    pub fn findings(&self) -> FindingsPage {
        FindingsPage {
            frame: frame("findings.html", "Findings", Some(Area::Page(5))),
            counts: vec![
                SeverityCount { severity: Severity::Error, count: 1 },
                SeverityCount { severity: Severity::Warning, count: 2 },
            ],
            rules: vec![named("broken-link"), named("review-overdue")],
            rows: findings(),
            pagination: None,
        }
    }

    pub fn index(&self, kind: IndexKind) -> IndexPage {
        let (path, title, area) = match kind {
            IndexKind::Owner => ("owners/index.html", "By owner", 7),
            IndexKind::Type => ("types/index.html", "By type", 8),
            _ => ("roles/index.html", "Reading lists", 9),
        };
        let mut names: Vec<String> = DOCUMENTS
            .iter()
            .map(|row| if kind == IndexKind::Type { named(row.2).name } else { row.4.to_owned() })
            .collect();
        names.sort();
        names.dedup();
        let entry = |name: String| IndexEntry {
            url: format!("{}/{}.html", path.split('/').next().unwrap_or_default(), slug(&name)),
            count: 3,
            states: vec![
                StateTally { state: State::Current, count: 2 },
                StateTally { state: State::Overdue, count: 1 },
            ],
            name,
        };
        IndexPage {
            frame: frame(path, title, Some(Area::Page(area))),
            kind,
            entries: names.into_iter().map(entry).collect(),
        }
    }

    pub fn list(&self, kind: IndexKind, path: &str, title: &str) -> ListPage {
        let row = |row: &Row| ListRow {
            document: document(row),
            version: Some(row.3.into()),
            owner: Some(owner(row.4)),
            next_review: badge(row).next_review,
            changed_on: Some(date("2026-10-07")),
            change: (kind == IndexKind::Role).then(|| "New telephone numbers; step 4 split in two.".into()),
        };
        ListPage {
            frame: frame(path, title, Some(Area::Page(7))),
            kind,
            states: tally(),
            rows: DOCUMENTS[18..26].iter().map(row).collect(),
            pagination: None,
        }
    }

    pub fn calendar(&self) -> CalendarPage {
        let month = |index: usize| {
            let (year, month) = if index < 2 { (2026, 11 + index as i8) } else { (2027, index as i8 - 1) };
            let first = format!("{year}-{month:02}-01");
            let last = date(&first).plus_days(31).to_string();
            let entries = reviews(&first, &format!("{}-01", &last[..7]));
            CalendarMonth {
                id: format!("m{year}-{month:02}"),
                year,
                month,
                height: entries.len() as f32 * 16.0,
                entries,
            }
        };
        CalendarPage {
            frame: frame("calendar.html", "Reviews", Some(Area::Page(4))),
            overdue: reviews("2026-01-01", "2026-11-22"),
            months: (0..12).map(month).collect(),
            later: 2,
            unscheduled: vec![document(by_id("PLN-CON-002"))],
            ics: Some("reviews.ics".into()),
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
            to: "ISO/IEC 27001:2022".into(),
            others: vec![link("ISO 9001:2015", "clauses/iso20000-1/crosswalk-iso9001.html")],
            rows: self.catalogue.clauses.iter().filter(|clause| !clause.crosswalk.is_empty()).map(row).collect(),
        }
    }

    pub fn print(&self) -> PrintPage {
        let printed = |id: &str| PrintedDocument {
            id: id.into(),
            title: by_id(id).1.into(),
            anchor: id.to_lowercase(),
            kind: named(by_id(id).2),
            badge: badge(by_id(id)),
            control: control(by_id(id)),
            body: Html::new(
                &BODY
                    .replace("id=\"", &format!("id=\"{}.", id.to_lowercase()))
                    .replace("href=\"#", &format!("href=\"#{}.", id.to_lowercase())),
            ),
            clauses: self.addressed(by_id(id)),
            history: history(),
        };
        PrintPage {
            frame: frame("print/8.6.html", "Resolution and fulfilment", None),
            standard: self.catalogue.title.clone(),
            others: vec![link("The whole handbook", "print/index.html")],
            groups: vec![PrintGroup {
                clause: self.linked("8.6"),
                documents: vec![printed("PRO-INC-001"), printed("PRC-PRB-001")],
            }],
        }
    }

    pub fn prose(&self) -> ProsePage {
        ProsePage {
            frame: frame("glossary.html", "Glossary", None),
            body: Html::new(
                "<p>Words as we use them.</p>\n<dl>\n<dt id=\"asset\">Asset</dt>\n<dd>Anything of value that a service needs.</dd>\n<dt id=\"back-out\">Back-out</dt>\n<dd>The way back to how things were before a change.</dd>\n</dl>\n",
            ),
            toc: Vec::new(),
            pager: Pager::default(),
        }
    }

    pub fn not_found(&self) -> NotFoundPage {
        NotFoundPage { frame: frame("404.html", "Nothing here", None) }
    }

    pub fn search(&self) -> SearchPage {
        SearchPage {
            frame: frame("search.html", "Search", None),
            kinds: kinds(),
            owners: vec!["Change Manager".into(), "Incident Manager".into()],
            groups: GROUPS.iter().map(|group| Named { key: (*group).into(), name: self.linked(group).title }).collect(),
        }
    }

    pub fn redirect(&self) -> RedirectPage {
        RedirectPage {
            frame: frame("old/major-incidents.html", "Major incidents", None),
            target: "documents/pro-inc-001.html".into(),
        }
    }

    pub fn document_ids(&self) -> impl Iterator<Item = &'static str> {
        DOCUMENTS.iter().map(|row| row.0)
    }

    pub fn clause_numbers(&self) -> Vec<String> {
        self.catalogue.clauses.iter().map(|clause| clause.id.to_string()).collect()
    }
}

fn frame(path: &str, title: &str, area: Option<Area>) -> Frame {
    Frame {
        path: path.into(),
        root: "../".repeat(path.matches('/').count()),
        title: title.into(),
        area,
        ..Frame::default()
    }
}

fn neighbourhood(group: usize, id: &str) -> Neighbourhood {
    let within = |row: &&Row| claims(row).next().and_then(|(number, _)| group_of(number)) == Some(group);
    let entry = |row: &Row| NavigationDocument { title: row.1.into(), url: document_url(row), current: row.0 == id };
    Neighbourhood { documents: DOCUMENTS.iter().filter(within).map(entry).collect(), more: 4 }
}

fn control(row: &Row) -> Control {
    Control {
        version: Some(row.3.into()),
        owner: Some(owner(row.4)),
        author: Some(owner("Service Operations Manager")),
        approver: Some(owner("Service Delivery Director")),
        approved: badge(row).from,
        effective: badge(row).from,
        last_review: badge(row).from,
        next_review: badge(row).next_review,
        interval: Some("every 12 months".into()),
        classification: Some("internal".into()),
        audience: vec![
            Person { name: "Incident Manager".into(), url: Some("roles/incident-manager.html".into()) },
            Person { name: "Duty Manager".into(), url: Some("roles/duty-manager.html".into()) },
        ],
        services: vec!["IAM".into(), "NET".into(), "HOS".into()],
        tags: vec!["incident".into(), "night".into()],
        source: format!("content/8.6-resolution/{}.md", slug(row.1)),
        digest: "3f9ac1d2".into(),
        ..Control::default()
    }
}

fn claim((row, extent): (&'static Row, Extent)) -> ClauseClaim {
    ClauseClaim {
        document: DocumentLink { url: format!("{}#criteria", document_url(row)), ..document(row) },
        section: Some("When an incident is major".into()),
        extent,
        note: None,
        discounted: (row.5 == State::Draft).then(|| "A draft covers nothing yet.".into()),
    }
}

fn kinds() -> Vec<Named> {
    let mut kinds: Vec<_> = DOCUMENTS.iter().map(|row| named(row.2)).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

fn tally() -> Vec<StateTally> {
    let count =
        |state: &State| StateTally { state: *state, count: DOCUMENTS.iter().filter(|row| row.5 == *state).count() };
    State::ALL.iter().map(count).filter(|tally| tally.count > 0).collect()
}

fn state_counts() -> Vec<StateCount> {
    let mut x = 0.0;
    let place = |tally: StateTally| {
        let width = tally.count as f32 * 100.0 / DOCUMENTS.len() as f32;
        x += width;
        StateCount { state: tally.state, count: tally.count, x: x - width, width }
    };
    tally().into_iter().map(place).collect()
}

fn reviews(from: &str, to: &str) -> Vec<ReviewEntry> {
    let (from, to) = (date(from), date(to));
    let entry = |row: &Row| {
        let on = badge(row).next_review.filter(|on| *on >= from && *on < to)?;
        Some(ReviewEntry { on, document: document(row), owner: Some(owner(row.4)) })
    };
    let mut reviews: Vec<_> = DOCUMENTS.iter().filter_map(entry).collect();
    reviews.sort_by_key(|review| review.on);
    reviews
}

fn attention() -> Vec<Attention> {
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
            "PLN-CON-002 Continuity plan for Data Exchange waits for approval",
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

fn changes() -> Vec<RecentChange> {
    let change = |(id, on, summary): (&str, &str, &str)| RecentChange {
        on: date(on),
        version: Some(by_id(id).3.into()),
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

fn history() -> Vec<HistoryEntry> {
    let entry = |version: &str, on: &str, summary: &str| HistoryEntry {
        version: Some(version.into()),
        on: Some(date(on)),
        by: Some("Service Operations Manager".into()),
        summary: Some(summary.into()),
    };
    vec![
        entry("2.1", "2026-10-05", "Rehearsed message texts after INC-2026-1873; new bridge number."),
        entry("2.0", "2026-03-02", "The Duty Manager declares at night; criteria (c) to (e) added."),
        entry("1.0", "2025-02-17", "First version."),
    ]
}

fn findings() -> Vec<FindingRow> {
    let row = |severity, rule: &str, message: &str, id: &str, line| FindingRow {
        severity,
        rule: rule.into(),
        message: message.into(),
        help: Some("Review the document and add an entry under `reviews`.".into()),
        file: format!("content/8.6-resolution/{}.md", slug(by_id(id).1)),
        line: Some(line),
        column: Some(9),
        document: Some(document(by_id(id))),
        related: vec![RelatedPlace { place: "clausebook.yaml:14:3".into(), label: "the interval is set here".into() }],
    };
    vec![
        row(
            Severity::Error,
            "broken-link",
            "The link leads to `../8.5-change/polcy.md`, which does not exist",
            "PRC-PRB-001",
            48,
        ),
        row(
            Severity::Warning,
            "review-overdue",
            "The next review was due on 2026-10-13, 40 days ago",
            "WIN-SRM-002",
            12,
        ),
        row(
            Severity::Warning,
            "review-overdue",
            "The next review was due on 2026-11-02, 20 days ago",
            "PRC-PRB-001",
            12,
        ),
    ]
}

const HEADINGS: &[(u8, &str, &str)] = &[
    (2, "criteria", "When an incident is major"),
    (2, "timings", "Timings"),
    (3, "messages", "Messages to customers"),
    (3, "continuity", "Deciding on continuity"),
    (2, "steps", "Steps"),
    (2, "roles", "Who does what"),
    (2, "records", "Records"),
];

const BODY: &str = r##"<p>This procedure says when an incident is a <strong>major incident</strong>, who declares it, and what happens in which order until the service is back. It is written for the person who reads it at three in the morning. It follows the <a href="prc-inc-001.html">incident management process</a> and answers <a href="../clauses/iso20000-1/8.6.1.html">clause 8.6.1</a>.</p>
<h2 id="criteria">When an incident is major</h2>
<p>A P1 <em>and</em> at least one of:</p>
<ol>
<li>a vital service is unavailable to a whole customer for more than 15 minutes, or is expected to be;</li>
<li>two or more customers cannot use any one service for more than 60 minutes;</li>
<li>a security incident of severity S1, as the <a href="pro-sec-001.html">security procedure</a> has it;</li>
<li>safety or a public service is at stake;</li>
<li>the Service Delivery Director or the <dfn data-term="duty-manager">Duty Manager</dfn> says so.</li>
</ol>
<div class="alert alert-important">
<p class="alert-title">Important</p>
<p>When in doubt, declare. Standing down after ten minutes costs nothing.</p>
</div>
<h2 id="timings">Timings</h2>
<div class="table-wrap" tabindex="0" role="region" aria-label="Table">
<table><thead><tr><th>What</th><th>By when</th><th>Who</th></tr></thead><tbody>
<tr><td>Declared</td><td>15 minutes after the criteria are met</td><td>Major Incident Manager</td></tr>
<tr><td>Bridge open, <code>01632 960111</code></td><td>15 minutes after declaration</td><td>Major Incident Manager</td></tr>
<tr><td>Director informed, first message sent</td><td>30 minutes after declaration</td><td>Service Desk</td></tr>
<tr><td>Updates</td><td>every 30 minutes for 2 hours, then every 60</td><td>Service Desk</td></tr>
<tr><td>Closing message</td><td>60 minutes after restoration</td><td>Service Desk</td></tr>
</tbody></table>
</div>
<h3 id="messages">Messages to customers</h3>
<p>Say what does not work, since when, what we do, and when the next message comes. Do not guess at causes.</p>
<blockquote><p>Since 09:42 the network at your sites has been down. Our engineers are at work on the firewall. Next message at 10:45.</p></blockquote>
<h3 id="continuity">Deciding on continuity</h3>
<p>At the latest two hours after the start of the outage the Major Incident Manager decides whether the <a href="pln-con-001.html">continuity plan</a> is invoked.</p>
<div class="alert alert-warning">
<p class="alert-title">Warning</p>
<p>Never invoke and roll back at the same time.</p>
</div>
<h2 id="steps">Steps</h2>
<ol>
<li><strong>Declare.</strong> Set the flag <kbd>Major</kbd> in Beacon and page the team leads.</li>
<li><strong>Open the bridge.</strong> Number them who join; one person speaks at a time.</li>
<li><strong>Look at what changed.</strong> List the changes of the last three days:
<pre><code class="language-sh">beacon changes --since 3d --service NET
beacon changes show CHG-2026-1427 --with-plan</code></pre>
</li>
<li><strong>Restore first,</strong> find the cause later.</li>
</ol>
<ul>
<li><input type="checkbox" disabled="" checked="" aria-label="Done"> Duty Manager paged</li>
<li><input type="checkbox" disabled="" aria-label="Open"> First message sent</li>
</ul>
<h2 id="roles">Who does what</h2>
<p>In support hours the Incident Manager wears the hat of the Major Incident Manager, at other times the Duty Manager.</p>
<h2 id="records">Records</h2>
<p>The report is written within 10 working days and kept for 6 years.</p>
"##;
