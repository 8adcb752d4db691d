//! Pages about the past.

use clausebook::testing::site::model::*;

use super::facts::*;
use super::{Sample, frame};

const VERSIONS: &str = "versions/PLN-CON-002/index.html";

impl Sample {
    pub fn versions(&self) -> VersionsPage {
        let proved = |proof: &'static str, current: bool| VersionRow {
            version: if current { "2.0" } else { "1.0" }.into(),
            current,
            on: Some(date("2026-11-02")),
            approver: Some("Service Director".into()),
            summary: Some("Targets & limits <halved>.".into()),
            proof,
            commit: Some("0123456789ab".into()),
            committed: Some(date("2026-11-03")),
            author: Some("Ann <Author>".into()),
            signed: current,
            ..VersionRow::default()
        };
        let unproved = VersionRow {
            version: "0.9".into(),
            proof: "none",
            reason: Some("The repository begins on 1 Jan 2026 with this version.".into()),
            ..VersionRow::default()
        };
        VersionsPage {
            frame: frame(VERSIONS, "Versions of PLN-CON-002", None),
            document: document(by_id("PLN-CON-002")),
            rows: vec![proved("digest", true), proved("git", false), unproved],
            redline: Some("versions/PLN-CON-002/changes.html".into()),
            before: Some("versions/PLN-CON-002/before.html".into()),
        }
    }

    pub fn redline(&self) -> RedlinePage {
        RedlinePage {
            lang: None,
            frame: frame("versions/PLN-CON-002/changes.html", "PLN-CON-002: changes in version 2.0", None),
            document: document(by_id("PLN-CON-002")),
            old: "1.0".into(),
            new: "2.0".into(),
            proved: true,
            keys: vec![KeyChange { key: "version".into(), value: Html::new("<del>1.0</del> <ins>2.0</ins>") }],
            text: Html::new("<p>Within <del>five</del> <ins>three</ins> days.</p>\n"),
            versions: VERSIONS.into(),
        }
    }

    pub fn past_version(&self) -> PastVersionPage {
        PastVersionPage {
            lang: None,
            frame: frame("versions/PLN-CON-002/before.html", "PLN-CON-002: version 1.0", None),
            document: document(by_id("PLN-CON-002")),
            version: "1.0".into(),
            replaced_by: "2.0".into(),
            replaced: Some(date("2026-11-02")),
            body: Html::new("<p>Within five days.</p>\n"),
            versions: VERSIONS.into(),
        }
    }

    pub fn history(&self) -> HistoryPage {
        let row = |on: &str, figures: Option<[u32; 10]>| PeriodRow {
            on: date(on),
            commit: figures.map(|_| "0123456789ab".into()),
            no_commit: figures.is_none(),
            figures,
            unreadable: None,
        };
        let unreadable = PeriodRow { no_commit: false, unreadable: Some("settings".into()), ..row("2026-08-31", None) };
        HistoryPage {
            frame: frame("history.html", "History of coverage", None),
            picture: Some(HistoryPicture {
                units: ["M31 20H34L100 30".into(), "M97 30H100L714 90".into()],
                items: ["M31 40H34L100 45".into(), "M97 45H100L714 99".into()],
                today: 100.0,
                ticks: vec![(34.0, date("2026-09-30")), (100.0, date("2026-11-22"))],
            }),
            past: vec![
                unreadable,
                row("2026-09-30", Some([78, 50, 56, 49, 51, 2, 3, 1, 0, 4])),
                row("2026-11-22", None),
            ],
            ahead: vec![row("2026-12-31", Some([78, 40, 56, 39, 51, 9, 3, 4, 0, 14]))],
            begins: Some(date("2026-09-01")),
            shallow: false,
            unknown: None,
        }
    }
}
