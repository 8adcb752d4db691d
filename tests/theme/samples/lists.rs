//! Lists of the sample's documents.

use clausebook::testing::finding::Severity;
use clausebook::testing::site::model::*;

use super::documents::neighbourhood;
use super::facts::*;
use super::{Sample, frame};

impl Sample {
    pub fn register(&self) -> RegisterPage {
        const COLUMNS: [&str; 14] = [
            "ID",
            "Title",
            "Type",
            "Version",
            "Status",
            "State",
            "Owner",
            "Approver",
            "In force from",
            "Last review",
            "Next review",
            "Classification",
            "Audience",
            "Retention",
        ];
        let text = |text: &str| RegisterCell::Text { text: text.to_owned() };
        let row = |row: &Row| RegisterRow {
            document: document(row),
            about: DocumentParties { services: vec![0], locations: vec![1] },
            cells: vec![
                RegisterCell::Id,
                RegisterCell::Title,
                RegisterCell::Type,
                text(row.version),
                RegisterCell::Status,
                RegisterCell::State,
                RegisterCell::Person { person: Some(owner(row.owner)) },
                text("Service Delivery Director"),
                RegisterCell::Day { day: applies_from(row) },
                RegisterCell::Day { day: applies_from(row) },
                RegisterCell::Day { day: next_review(row) },
                text("internal"),
                text("All staff"),
                text(if row.kind == "record" { "6 years, then destroyed" } else { "" }),
            ],
        };
        RegisterPage {
            frame: frame("register.html", "Document register", Some(Area::Page(3))),
            columns: COLUMNS.map(str::to_owned).into(),
            at_once: 5,
            filters: PartyFilters {
                services: vec!["Managed Network".into()],
                locations: vec!["North".into(), "South".into()],
            },
            states: vec![StateLink {
                state: State::Overdue,
                count: 3,
                text: "Overdue".into(),
                url: "states/overdue.html".into(),
            }],
            total: 61,
            files: Some(RowFiles { before: "rows/register-".into(), count: 2 }),
            rows: DOCUMENTS.iter().map(row).collect(),
            tally: whole_tally(),
            pagination: Some(Pagination {
                number: 1,
                of: 2,
                first: 1,
                last: 32,
                total: 61,
                current: 1,
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
            rules: vec![keyed_name("broken-link"), keyed_name("review-overdue")],
            rows: findings(),
            files: None,
            pagination: None,
        }
    }

    pub fn index(&self, kind: IndexKind) -> IndexPage {
        let (path, title, area) = match kind {
            IndexKind::Owner => ("owners/index.html", "By owner", 7),
            IndexKind::Type => ("types/index.html", "By type", 8),
            IndexKind::Tag => ("tags/index.html", "By tag", 10),
            _ => ("roles/index.html", "Reading lists", 9),
        };
        let mut names: Vec<String> = DOCUMENTS
            .iter()
            .map(|row| if kind == IndexKind::Type { keyed_name(row.kind).name } else { row.owner.to_owned() })
            .collect();
        names.sort();
        names.dedup();
        let entry = |name: String| IndexEntry {
            url: format!("{}/{}.html", path.split('/').next().unwrap_or_default(), slug(&name)),
            count: 3,
            tally: Tally {
                of: path.to_owned(),
                states: vec![
                    StateTally { state: State::Current, count: 2 },
                    StateTally { state: State::Overdue, count: 1 },
                ],
                counts: "0,0,0,0,0,1,0,2".into(),
            },
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
            version: Some(row.version.into()),
            owner: Some(owner(row.owner)),
            next_review: next_review(row),
            changed_on: Some(date("2026-10-07")),
            change: (kind == IndexKind::Role).then(|| "New telephone numbers; step 4 split in two.".into()),
            reading: (kind == IndexKind::Role).then(|| "7 min".into()),
            changes: Vec::new(),
            approved: None,
        };
        let changed = |row: ListRow| ListRow {
            changes: vec![HistoryEntry {
                version: Some("1.2".into()),
                on: row.changed_on,
                by: None,
                summary: row.change.clone(),
            }],
            ..row
        };
        let recent = if kind == IndexKind::Role { 2 } else { 0 };
        let (recent, rows) = (&DOCUMENTS[18..18 + recent], &DOCUMENTS[18 + recent..26]);
        let laid_out = |rows: &[Row]| {
            let name = |row: &Row| {
                format!(
                    "<li><p class=\"name\"><a class=\"doc\" href=\"../{}\">{}</a></p></li>\n",
                    document_url(row),
                    row.title
                )
            };
            Html::new(&rows.iter().map(name).collect::<String>())
        };
        ListPage {
            frame: frame(path, title, Some(Area::Page(7))),
            kind,
            tally: whole_tally(),
            recent: recent.iter().map(row).map(changed).map(Shared::new).collect(),
            rows: rows.iter().map(row).map(Shared::new).collect(),
            recent_laid_out: laid_out(recent),
            rows_laid_out: laid_out(rows),
            reading: (kind == IndexKind::Role).then(|| "1 h 5 min".into()),
            pagination: None,
            ics: (kind == IndexKind::Owner).then(|| "owners/incident-manager.ics".into()),
        }
    }

    pub fn changes(&self) -> ChangesPage {
        let row = |id: &str, on: Option<&str>| ChangeRow {
            on: on.map(date),
            document: document(by_id(id)),
            version: Some("2.0".into()),
            by: Some("Author".into()),
            approver: on.map(|_| "Service Director".into()),
            summary: Some("Targets & limits <halved>.".into()),
            owners: "owners/incident-manager.html owners/change-manager.html".into(),
            clauses: "8.6.1 8.6.2".into(),
        };
        ChangesPage {
            frame: frame("changes.html", "Changes", Some(Area::Page(5))),
            quarter: Some("Q4 2026".into()),
            quarters: vec![link("Q4 2026", "changes.html"), link("Q3 2026", "changes/2026-q3.html")],
            types: vec![KeyedName { key: "plan".into(), name: "Plan".into() }],
            owners: vec![KeyedName { key: "owners/incident-manager.html".into(), name: "Incident Manager".into() }],
            clauses: vec!["8.6.1".into(), "8.6.2".into()],
            rows: vec![row("PLN-CON-002", Some("2026-11-02")), row("PLN-CON-002", None)],
            pagination: None,
        }
    }

    pub fn ages(&self) -> AgesPage {
        let entry = |id: &str, on: Option<&str>| AgeEntry {
            on: on.map(date),
            document: document(by_id(id)),
            owner: Some(owner(by_id(id).owner)),
        };
        let column = |at: usize, from, to, entry: AgeEntry| AgeColumn {
            id: format!("age-{at}"),
            from,
            to,
            x: at * 100,
            top: 40.0,
            segments: vec![AgeSegment { state: State::Current, count: 1, y: 40.0, height: 60.0 }],
            counts: vec![1],
            total: 1,
            entries: vec![entry],
            more: at,
        };
        AgesPage {
            frame: Frame { pictures: true, ..frame("ages.html", "Document age", Some(Area::Page(5))) },
            states: vec![State::Current],
            columns: vec![
                column(0, Some(0), Some(3), entry("PRO-INC-001", Some("2026-10-12"))),
                column(12, Some(36), None, entry("PRC-PRB-001", Some("2021-10-12"))),
                column(13, None, None, entry("PLN-CON-002", None)),
            ],
            dated: 2,
            undated: 1,
            oldest: Some(entry("PRC-PRB-001", Some("2021-10-12"))),
        }
    }

    pub fn map(&self) -> MapPage {
        let cell = |count, own_group| MapCell { count, level: usize::from(count > 0), own: own_group };
        let group = |number: &str, x, side, to: [usize; 2], own_group: usize| MapGroup {
            number: number.into(),
            title: self.clause_link_by_number(number).title,
            lang: None,
            name: format!("{number} {}", self.clause_link_by_number(number).title),
            url: format!("groups/{number}.html"),
            documents: 4,
            x,
            y: 270.0,
            radius: 14.0,
            name_x: x,
            name_y: 250.0,
            side,
            to: to.iter().enumerate().map(|(at, count)| cell(*count, at == own_group)).collect(),
            total: to.iter().sum(),
        };
        MapPage {
            frame: Frame { pictures: true, ..frame("map.html", "Map", Some(Area::Page(6))) },
            groups: vec![group("8.5", 210.0, "before", [3, 7], 0), group("8.6", 590.0, "after", [0, 2], 1)],
            lines: vec![MapLine {
                path: "M210 270Q400 270 590 270".into(),
                level: 5,
                from: "8.5".into(),
                to: "8.6".into(),
                count: 7,
            }],
            references: 12,
            within: 5,
            most_referenced: vec![(document(by_id("PRO-INC-001")), 9)],
        }
    }

    pub fn group(&self, number: &str) -> ListPage {
        let group = group_of(number).expect("a group");
        let title = format!("{number} {}", self.clause_link_by_number(number).title);
        let mut page = self.list(IndexKind::Group, &format!("groups/{number}.html"), &title);
        page.frame.area = Some(Area::Group(group));
        page.frame.neighbourhood = Some(neighbourhood(group, ""));
        page
    }
}

pub(super) fn kinds() -> Vec<KeyedName> {
    let mut kinds: Vec<_> = DOCUMENTS.iter().map(|row| keyed_name(row.kind)).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

pub(super) fn whole_tally() -> Tally {
    let counts = State::ALL.map(|state| DOCUMENTS.iter().filter(|row| row.state == state).count().to_string());
    Tally { of: "states/all".into(), states: tally(), counts: counts.join(",") }
}

pub(super) fn tally() -> Vec<StateTally> {
    let count =
        |state: &State| StateTally { state: *state, count: DOCUMENTS.iter().filter(|row| row.state == *state).count() };
    State::ALL.iter().rev().map(count).filter(|tally| tally.count > 0).collect()
}

pub(super) fn reviews(from: &str, to: &str) -> Vec<ReviewEntry> {
    let (from, to) = (date(from), date(to));
    let entry = |row: &Row| {
        let on = next_review(row).filter(|on| *on >= from && *on < to)?;
        Some(ReviewEntry { on, document: document(row), owner: Some(owner(row.owner)) })
    };
    let mut reviews: Vec<_> = DOCUMENTS.iter().filter_map(entry).collect();
    reviews.sort_by_key(|review| review.on);
    reviews
}

pub(super) fn findings() -> Vec<FindingRow> {
    let row = |severity, rule: &str, message: &str, id: &str, line| FindingRow {
        severity,
        rule: rule.into(),
        message: message.into(),
        help: Some("Review the document and add an entry under `reviews`.".into()),
        file: format!("content/8.6-resolution/{}.md", slug(by_id(id).title)),
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
