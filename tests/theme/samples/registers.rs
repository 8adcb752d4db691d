//! Register pages.

use clausebook::testing::site::model::*;

use super::facts::*;
use super::{Sample, frame};

pub(super) fn mark(tone: Tone, word: &str) -> Mark {
    Mark { tone, word: word.into() }
}

fn cell(text: &str) -> GridCell {
    GridCell { text: text.into(), ..GridCell::default() }
}

/// A table with a cell of every kind.
pub(super) fn grid(label: &str, id: &str) -> Grid {
    let ageing =
        AgeMeter { tone: Tone::DueSoon, words: "55 of 74 days used".into(), used: 74, given: 100, limit: Some(81) };
    let cells = vec![
        GridCell { url: format!("nonconformities.html#{id}"), code: true, ..cell("NC-2026-07") },
        GridCell { note: "8.5.1 · minor".into(), ..cell("Failover <not> tested & missed") },
        GridCell { line: Some(value_line()), ..cell("78.6% (2026-Q3)") },
        GridCell { links: vec![link("A26-3", "audits/A26-3.html"), link("a complaint", "")], ..GridCell::default() },
        GridCell { mark: Some(mark(Tone::Overdue, "Overdue")), note: "1 action overdue".into(), ..GridCell::default() },
        GridCell { age: Some(ageing), ..GridCell { day: Some(date("2026-12-11")), ..GridCell::default() } },
        GridCell { until: Some(date("2026-09-10")), day: Some(date("2026-09-08")), ..GridCell::default() },
    ];
    Grid {
        label: label.into(),
        columns: ["ID", "What", "Newest value", "Source", "State", "Due", "Days"].map(String::from).to_vec(),
        rows: vec![GridRow { id: id.into(), cells }],
        hidden_count: 2,
        ..Grid::default()
    }
}

fn facts() -> Vec<(String, AuditFact)> {
    let fact = AuditFact { text: "Internal Auditor".into(), ..AuditFact::default() };
    let days = AuditFact { day: Some(date("2026-09-08")), until: Some(date("2026-09-10")), ..AuditFact::default() };
    let links = AuditFact { links: vec![link("8.5", "clauses/iso20000-1/8.5.html")], ..AuditFact::default() };
    vec![("Auditors".into(), fact), ("Held".into(), days), ("Clauses".into(), links)]
}

fn deadline(tone: Tone) -> DeadlineRow {
    DeadlineRow {
        on: Some(date("2026-11-20")),
        no_day: String::new(),
        end: None,
        kind: keyed_name("action"),
        text: "NC-2026-07 Check the <power> feeds".into(),
        url: "nonconformities.html#NC-2026-07".into(),
        people: vec![owner("Incident Manager")],
        mark: mark(tone, "Overdue"),
    }
}

fn pages_of(total: usize) -> Option<Pagination> {
    let parts = vec![link("1", "nonconformities.html"), link("2", "nonconformities-2.html")];
    Some(Pagination { number: 1, current: 1, of: 2, first: 1, last: 200, total, parts })
}

impl Sample {
    pub fn entries(&self) -> EntriesPage {
        EntriesPage {
            risks: Some(risk_picture()),
            frame: Frame { registers: true, ..frame("nonconformities.html", "Nonconformities", Some(Area::Page(1))) },
            lead: "Open first.".into(),
            counts: vec![Count { number: 1, mark: mark(Tone::Overdue, "Overdue"), ..Count::default() }],
            owners: vec![document(by_id("PLN-CON-001"))],
            grid: grid("Nonconformities", "NC-2026-07"),
            pagination: pages_of(230),
        }
    }

    pub fn programme(&self) -> ProgrammePage {
        let tile = AuditTile {
            url: "audits/A26-3.html".into(),
            title: "A26-3".into(),
            month: 9,
            mark: mark(Tone::Current, "Held"),
        };
        let row = ProgrammeRow {
            clause: self.clause_link_by_number("8.6.1"),
            years: vec![Vec::new(), vec![tile]],
            since: mark(Tone::Current, "73 days ago"),
            open: vec![link("NC-2026-07", "nonconformities.html#NC-2026-07")],
        };
        ProgrammePage {
            frame: Frame { registers: true, ..frame("audits/index.html", "Audit programme", Some(Area::Page(1))) },
            lead: "56 clauses; each is audited every 12 months.".into(),
            owners: vec![document(by_id("PLN-CON-001"))],
            counts: vec![Count { number: 50, mark: mark(Tone::Current, "Audited in time"), ..Count::default() }],
            other_years: true,
            years: vec![2025, 2026],
            groups: vec![ProgrammeGroup { clause: self.clause_link_by_number("8.6"), rows: vec![row] }],
            legend: vec![mark(Tone::Future, "Planned")],
            audits: grid("Audits and visits", "a1"),
            pagination: None,
        }
    }

    pub fn audit(&self) -> AuditPage {
        let empty = |label: &str| Grid { label: label.into(), ..Grid::default() };
        AuditPage {
            frame: Frame { registers: true, ..frame("audits/A26-3.html", "A26-3 Change & resolution", None) },
            id: "A26-3".into(),
            mark: mark(Tone::Current, "Held"),
            facts: facts().into(),
            note: Some(Html::new("3 observations &amp; more.")),
            results: grid("Results by clause", "r1"),
            findings: empty("Findings"),
            no_findings: "No findings are recorded for this audit.".into(),
            changed: grid("Changed since", "c1"),
            actions: empty("Actions"),
        }
    }

    pub fn party(&self) -> PartyPage {
        PartyPage {
            frame: Frame { registers: true, ..frame("suppliers/SUP-1.html", "SUP-1 Mail & post", None) },
            id: "SUP-1".into(),
            mark: mark(Tone::DueSoon, "Due soon"),
            facts: facts().into(),
            note: Some(Html::new("Two sites &amp; more.")),
            grids: vec![grid("Documents", "d1"), grid("Findings and actions", "f1")],
        }
    }

    pub fn certificate(&self) -> CertificatePage {
        let event = CycleMark {
            x: 400,
            mark: mark(Tone::Future, "Planned"),
            url: "audits/A26-3.html".into(),
            title: "A26-3 <Change>".into(),
        };
        let line = CheckLine {
            mark: mark(Tone::Overdue, "Fail"),
            title: "Every clause audited".into(),
            figure: "50 of 56".into(),
            text: String::new(),
            links: vec![link("9.1", "clauses/iso20000-1/9.1.html")],
        };
        CertificatePage {
            frame: Frame { registers: true, ..frame("certificate.html", "Certificate", Some(Area::Page(1))) },
            facts: facts(),
            scope: Some("Services & support.".into()),
            next: Some(NextVisit { title: "V27-1".into(), url: "audits/A26-3.html".into(), on: date("2027-05-18") }),
            cycle: Some(CyclePicture {
                years: vec![(0, 2026), (500, 2027)],
                today: 440,
                valid: Some((100, 600)),
                lanes: vec![("Visits".into(), vec![event])],
            }),
            events: grid("The cycle", "e1"),
            ready: Some(Checklist {
                title: "Readiness for V27-1".into(),
                mark: mark(Tone::Overdue, "Not ready"),
                sentence: "0 of 1 checks pass.".into(),
                lines: vec![line],
            }),
        }
    }

    pub fn management_reviews(&self) -> ManagementReviewPage {
        let input = |id: &str, grid: Option<Grid>| ReviewInput {
            id: id.into(),
            title: "Results of <audits>".into(),
            documents: if grid.is_some() { vec![document(by_id("PLN-CON-001"))] } else { Vec::new() },
            nothing: grid.is_none().then(|| "Nothing is recorded: ask the Service Director.".into()),
            grid,
            links: Vec::new(),
        };
        let planned = PlannedReview {
            id: "MRV-2027-04".into(),
            title: "First review of 2027".into(),
            from: date("2027-04-01"),
            to: date("2027-04-30"),
        };
        ManagementReviewPage {
            frame: Frame { registers: true, ..frame("management-reviews.html", "Management reviews", None) },
            next: Some(planned),
            from: Some(date("2026-10-01")),
            to: date("2027-03-31"),
            inputs: vec![input("audits", Some(grid("Audits", "i1"))), input("feedback", None)],
            reviews: grid("Reviews", "MRV-2026-10"),
            decisions: grid("Decisions", "D-2026-07"),
            pagination: pages_of(230),
            owners: vec![document(by_id("PLN-CON-001"))],
        }
    }

    pub fn deadlines(&self) -> DeadlineListPage {
        DeadlineListPage {
            frame: frame("calendar/action.html", "Deadlines: Action", None),
            entries: vec![
                deadline(Tone::Overdue),
                DeadlineRow {
                    on: None,
                    no_day: "no <date>".into(),
                    url: String::new(),
                    people: vec![owner("Incident Manager"), owner("Change Manager")],
                    ..deadline(Tone::DueSoon)
                },
                DeadlineRow { people: Vec::new(), ..deadline(Tone::Future) },
            ]
            .into(),
            pagination: pages_of(230),
        }
    }

    pub fn calendar(&self) -> CalendarPage {
        let month = |index: usize| {
            let (year, month) = if index < 2 { (2026, 11 + index as i8) } else { (2027, index as i8 - 1) };
            let entries = if index == 3 { Vec::new() } else { vec![deadline(Tone::Future)] };
            CalendarMonth {
                id: format!("m{year}-{month:02}"),
                year,
                month,
                height: entries.len() as f32 * 16.0,
                count: entries.len(),
                entries: entries.into(),
                more: index,
                url: format!("calendar/{year}-{month:02}.html"),
            }
        };
        let list = |text: &str, url: &str| DeadlineGroup { link: link(text, url), count: 2, overdue_count: 1 };
        CalendarPage {
            frame: frame("calendar.html", "Deadlines", Some(Area::Page(4))),
            kinds: vec![list("Action", "calendar/action.html")],
            overdue: vec![deadline(Tone::Overdue)].into(),
            overdue_more: 3,
            overdue_url: "calendar/overdue.html".into(),
            months: (0..12).map(month).collect(),
            later: vec![list("December 2027", "calendar/2027-12.html")],
            unscheduled: vec![document(by_id("PLN-CON-002"))],
            ics: Some("deadlines.ics".into()),
            roles: vec![link("Change Manager", "owners/change-manager.ics")],
            csv: "deadlines.csv".into(),
        }
    }
}

/// The audits of a clause.
pub(super) fn clause_audits() -> ClauseAudits {
    ClauseAudits {
        mark: mark(Tone::Overdue, "Audit overdue"),
        last: Some((link("A25-4", "audits/A26-3.html"), date("2025-03-25"))),
        no_last: "never".into(),
        next: None,
        no_next: "none planned".into(),
        open: grid("Open findings", "o1"),
        more_open: Some("There are further open findings, which this edition does not show.".into()),
        changed: grid("Changed since", "o2"),
    }
}

/// The registers on the home page.
pub(super) fn open_entries() -> OpenEntries {
    OpenEntries {
        nonconformities: Some("at least 1".into()),
        actions: "2".into(),
        visit: Some(NextVisit { title: "V27-1".into(), url: "audits/A26-3.html".into(), on: date("2027-05-18") }),
        ready: Some(mark(Tone::Overdue, "Not ready")),
    }
}

fn risk_picture() -> RiskPicture {
    let cell = RiskCell { x: 2, y: 1, level: "high".into(), count: 3, title: "4 × 3, high: R-1, R-2, R-3".into() };
    RiskPicture {
        grids: vec![RiskGrid { title: "As it stands".into(), words: "3 high".into(), cells: vec![cell] }],
        likelihood: 5,
        impact: 5,
        levels: vec![("low".into(), "low".into()), ("high".into(), "high".into())],
    }
}

fn value_line() -> ValueLine {
    ValueLine {
        words: "2026-Q2: 91%, target met; 2026-Q3: 78.6%, target missed".into(),
        points: "5,5 115,27".into(),
        values: vec![LineValue { x: 5, y: 5, met: true }, LineValue { x: 115, y: 27, met: false }],
        targets: vec![8],
    }
}
