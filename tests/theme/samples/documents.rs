//! Pages of the sample's documents.

use clausebook::testing::site::model::*;
use clausebook::testing::site::theme::Theme;
use clausebook::testing::source::front_matter::Extent;
use clausebook::testing::standard::{Basis, Retention};

use super::facts::*;
use super::lists::findings;
use super::{Sample, frame};

impl Sample {
    pub fn document(&self, id: &str) -> DocumentPage {
        let row = by_id(id);
        let group = claims(row).next().and_then(|(number, _)| group_of(number));
        let index = DOCUMENTS.iter().position(|other| other.id == id).expect("its place");
        let neighbour = |index: usize| DOCUMENTS.get(index).map(|row| link(row.title, &document_url(row)).into());
        DocumentPage {
            frame: Frame {
                crumbs: group
                    .map(|group| {
                        link(
                            &self.clause_link_by_number(GROUPS[group]).title,
                            &format!("groups/{}.html", GROUPS[group]),
                        )
                        .into()
                    })
                    .into_iter()
                    .collect(),
                neighbourhood: group.map(|group| neighbourhood(group, id)),
                description: Some("What the document settles, in one sentence.".into()),
                ..frame(&document_url(row), row.title, group.map(Area::Group))
            },
            id: row.id.into(),
            kind: keyed_name(row.kind),
            kind_url: format!("types/{}.html", row.kind),
            badge: badge(row),
            superseded_text: None,
            chips: vec![ClaimChip {
                number: "8.6.1".into(),
                url: "clauses/iso20000-1/8.6.1.html".into(),
                extent: Extent::Partial,
                hint: "8.6.1 Incident management: partly addressed by this document".into(),
            }],
            chips_more: if row.clauses.is_empty() { 0 } else { 2 },
            actions: actions(),
            suspicions: vec![SuspicionNote {
                document: Some(document(by_id("PLN-CON-001"))),
                version: Some("2.0".into()),
                replaced: false,
                successor: None,
                changed: date("2026-10-07"),
                seen: date("2026-03-09"),
                summary: Some("Added the DNS step.".into()),
            }],
            caveats: vec![CaveatNote {
                document: Some(document(by_id("PLN-CON-001"))),
                text: "has been retired.".into(),
            }],
            control: control(row),
            body: Html::new(BODY),
            toc: TocEntry::nest(HEADINGS.iter().copied()).into(),
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
            relations: vec![
                Relations { kind: "related", rows: rows(&["PRC-INC-001", "PRC-PRB-001"]) },
                Relations { kind: "depends_on", rows: rows(&["PLN-CON-001"]) },
                Relations { kind: "supersedes", rows: rows(&["PRO-OLD-004"]) },
            ],
            referenced_rows: rows(&["PRC-INC-001", "PRC-CHG-001", "PLN-CON-001", "PRO-SEC-001"]),
            vicinity: Some(neighbour_diagram()),
            history: history().into(),
            versions: None,
            reviews: vec![ReviewRecord {
                on: date("2026-10-12"),
                by: Some("Change Manager".into()),
                version: Some("2.1".into()),
                note: Some("Confirmed after audit A26-3; no change to the text.".into()),
                matches: Some(true),
            }],
            findings: if row.state == State::Overdue { findings().into_iter().take(1).collect() } else { Vec::new() },
            more_findings: if row.state == State::Overdue { 12 } else { 0 },
            entries: Some(NamingEntries {
                entries: super::registers::grid("Findings and actions", ""),
                more: 2,
                completed: vec![(
                    Link { text: "NC-2026-01".into(), url: "nonconformities.html#NC-2026-01".into() },
                    "Restores were not tested".into(),
                )],
                more_completed: 3,
                as_of: date("2026-11-22"),
            })
            .into(),
            pager: Pager { previous: index.checked_sub(1).and_then(neighbour), next: neighbour(index + 1) },
        }
    }

    fn addressed(&self, row: &Row) -> Vec<AddressedClause> {
        let addressed = |(number, extent): (&str, Extent)| AddressedClause {
            clause: self.clause_link_by_number(number),
            extent,
            note: (extent == Extent::Partial).then(|| "The process is described elsewhere.".into()),
            sections: vec![link("When an incident is major", "#criteria"), link("Who does what", "#roles")],
        };
        claims(row).map(addressed).collect()
    }

    pub(super) fn item(&self, id: &str, name: &str, clause: &str, verdict: ItemVerdict, documents: &[&str]) -> ItemRow {
        ItemRow {
            id: id.into(),
            name: name.into(),
            clause: self.clause_link_by_number(clause),
            keep: if name.starts_with("Record") { Retention::Retain } else { Retention::Maintain },
            basis: Basis::Required,
            conditional: verdict == ItemVerdict::NotNeeded,
            unverified: id.starts_with("major"),
            verdict: Some(verdict),
            without: Vec::new(),
            reason: (verdict == ItemVerdict::NotNeeded).then(|| "No continuity plan has been invoked.".into()),
            documents: documents.iter().map(|id| document(by_id(id))).collect(),
        }
    }

    pub fn print(&self, theme: &Theme) -> PrintPage {
        let printed = |id: &str| PrintedDocument {
            lang: None,
            id: id.into(),
            title: by_id(id).title.into(),
            anchor: id.to_lowercase(),
            kind: keyed_name(by_id(id).kind),
            badge: badge(by_id(id)),
            control: control(by_id(id)),
            body: Html::new(
                &BODY
                    .replace("id=\"", &format!("id=\"{}.", id.to_lowercase()))
                    .replace("href=\"#", &format!("href=\"#{}.", id.to_lowercase()))
                    .replace("aria-label=\"", &format!("aria-label=\"{id}: ")),
            ),
            clauses: self.addressed(by_id(id)),
            history: history(),
        };
        let entry = |id: &str| {
            let article = theme.render_part(&printed(id), "../").unwrap_or_else(|error| panic!("{error}"));
            Shared::new(PrintEntry { id: id.into(), title: by_id(id).title.into(), anchor: id.to_lowercase(), article })
        };
        PrintPage {
            frame: frame("print/8.6.html", "Resolution and fulfilment", None),
            standard: self.catalogue.title.clone(),
            cover: Cover {
                figures: Some(self.figures()),
                certificate: None,
                documents: 2,
                classification: Some("internal".into()),
            },
            others: vec![link("The whole handbook", "print/index.html").into()],
            groups: vec![PrintGroup {
                clause: self.clause_link_by_number("8.6"),
                documents: vec![entry("PRO-INC-001"), entry("PRC-PRB-001")],
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
            actions: PageActions::default(),
            pager: Pager::default(),
        }
    }
}

/// The actions for readers. The real URLs point to other sites, unlike all other URLs on a page.
fn actions() -> PageActions {
    PageActions {
        pdf: Some("document.pdf".into()),
        source: Some("source.html".into()),
        problem: Some("problem.html?at=".into()),
        problem_at: Some("problem.html?at={heading}".into()),
    }
}

/// Rows of documents for pages one folder deep.
fn rows(ids: &[&str]) -> Html {
    let row = |id: &&str| {
        let (url, title) = (document_url(by_id(id)), by_id(id).title);
        format!("<li><a class=\"doc\" href=\"../{url}\"><span class=\"id\">{id}</span> {title}</a></li>")
    };
    Html::new(&ids.iter().map(row).collect::<String>())
}

fn neighbour_diagram() -> NeighbourDiagram {
    let name = |across: u32, id: &str| {
        let (url, title) = (document_url(by_id(id)), by_id(id).title);
        Html::new(&format!("<a href=\"../{url}\"><tspan x=\"{across}\" dy=\"22\">{title}</tspan></a>"))
    };
    NeighbourDiagram {
        height: 110,
        middle: 55,
        before: name(232, "PRC-PRB-001"),
        lines_before: "M240 51C265 51 265 55 290 55".into(),
        top_before: 33,
        before_more: 3,
        after: name(488, "PLN-CON-002"),
        lines_after: "M430 55C455 55 455 51 480 51".into(),
        top_after: 33,
        after_more: 0,
    }
}

pub(super) fn neighbourhood(group: usize, id: &str) -> Neighbourhood {
    let within = |row: &&Row| claims(row).next().and_then(|(number, _)| group_of(number)) == Some(group);
    let rows: Vec<&Row> = DOCUMENTS.iter().filter(within).collect();
    let entry = |row: &&Row| NavigationDocument {
        title: row.title.into(),
        url: document_url(row),
        badge: (row.state != State::Current).then(|| badge(row)),
    };
    let current = rows.iter().position(|row| row.id == id);
    Neighbourhood { block: 0, documents: rows.iter().map(entry).collect(), current, more: 4 }
}

pub(super) fn control(row: &Row) -> Control {
    Control {
        version: Some(row.version.into()),
        owner: Some(owner(row.owner)),
        author: Some(owner("Service Operations Manager")),
        approver: Some(owner("Service Delivery Director")),
        approved: applies_from(row),
        effective: applies_from(row),
        last_review: applies_from(row),
        next_review: next_review(row),
        interval: Some("every 12 months".into()),
        classification: Some("internal".into()),
        audience: vec![
            Shared::new(Person {
                name: "Incident Manager".into(),
                url: Some("roles/incident-manager.html".into()),
                ..Person::default()
            }),
            Shared::new(Person {
                name: "Duty Manager".into(),
                url: Some("roles/duty-manager.html".into()),
                ..Person::default()
            }),
        ],
        services: vec![link("IAM", "services/IAM.html"), link("NET", "")],
        tags: vec!["incident".into(), "night".into()],
        source: format!("content/8.6-resolution/{}.md", slug(row.title)),
        digest: "3f9ac1d2".into(),
        ..Control::default()
    }
}

pub(super) fn history() -> Vec<HistoryEntry> {
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

const HEADINGS: &[(u8, &str, &str)] = &[
    (2, "criteria", "When an incident is major"),
    (2, "timings", "Timings"),
    (3, "messages", "Messages to customers"),
    (3, "continuity", "Deciding on continuity"),
    (2, "steps", "Steps"),
    (2, "roles", "Who does what"),
    (2, "records", "Records"),
];

const BODY: &str = include_str!("body.html");
