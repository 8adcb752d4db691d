//! Risks before and after treatment, as a picture and a list.

use std::collections::BTreeMap;

use super::nonconformities::list_jobs;
use crate::assess::EntryState;
use crate::config::RiskLevel;
use crate::handbook::EntryIndex;
use crate::register::{Action, Kind, Risk, Score};
use crate::site::entries::join_names;
use crate::site::job::Job;
use crate::site::model::{Grid, GridCell, GridRow, RiskCell, RiskGrid, RiskPicture};
use crate::site::portal::Portal;

/// The maximum number of risks named in a cell of the picture.
const MAX_NAMED: usize = 20;

/// The list of risks.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    list_jobs(portal, Kind::Risks, "risks", grid)
}

fn grid(portal: &Portal<'_>, label: &str, entries: &[EntryIndex]) -> Grid {
    let rows = entries.iter().filter_map(|index| {
        let entry = &portal.entry(*index).entry;
        let risk = Risk::from_entry(entry)?;
        let text = |key: &str| entry.record.text(key).unwrap_or_default();
        let scored = risk.last_scored(portal.assessment.clock.as_of);
        let cells = vec![
            portal.entry_cell(*index),
            GridCell {
                note: text("effect").to_owned(),
                remark: portal.details(*index, &["effect", "now", "treatment", "after", "owner", "scored"]),
                ..GridCell::text(entry.title())
            },
            GridCell::text(score(portal, risk, "now")),
            GridCell::text(text("treatment")),
            GridCell::text(score(portal, risk, "after")),
            GridCell { note: rescore_note(portal, *index, risk), ..GridCell::mark(portal.entry_mark(*index)) },
            GridCell::text(join_names(entry.owners())),
            GridCell::day(scored),
        ];
        Some(GridRow { id: portal.entry(*index).anchor.clone(), cells })
    });
    let columns = ["id", "risk", "now", "treatment", "after", "state", "owner", "scored"];
    Grid { label: label.to_owned(), columns: portal.column_headings(&columns), rows: rows.collect(), ..Grid::default() }
}

/// A note if the treatment is done but the risk has not been scored since.
fn rescore_note(portal: &Portal<'_>, index: EntryIndex, risk: Risk<'_>) -> String {
    let as_of = portal.assessment.clock.as_of;
    let is_treated = portal.assessment.entry(index).is_some_and(|life| life.state == EntryState::Treated);
    let last_done = portal.entry(index).entry.actions().filter_map(Action::done).max();
    let needs_score = is_treated && risk.last_scored(as_of) < last_done;
    if needs_score { portal.labels.text("risks.rescore").to_owned() } else { String::new() }
}

/// A score in words: `4 × 5 = 20, high`. A score off the scale has no meaningful product.
fn score(portal: &Portal<'_>, risk: Risk<'_>, when: &str) -> String {
    let Some(score) = risk.score(when) else { return String::new() };
    let scale = portal.reading.settings.registers.risk_scale;
    if scale.is_off_scale(score) {
        let steps = format!("{} × {}", score.likelihood, score.impact);
        return portal.labels.fill("risks.off", &[("score", &steps)]);
    }
    format!("{score}, {}", level_word(portal, scale.level(score)))
}

fn level_word(portal: &Portal<'_>, level: RiskLevel) -> String {
    let key = match level {
        RiskLevel::Low => "risks.low",
        RiskLevel::Medium => "risks.medium",
        RiskLevel::High => "risks.high",
    };
    portal.labels.text(key).to_owned()
}

/// The picture of open risks, if `kind` is risks and some of them have a score.
pub(super) fn risk_picture(portal: &Portal<'_>, kind: Kind) -> Option<RiskPicture> {
    if kind != Kind::Risks {
        return None;
    }
    let scale = portal.reading.settings.registers.risk_scale;
    let grids: Vec<RiskGrid> = [("now", "risks.now"), ("after", "risks.after")]
        .into_iter()
        .filter_map(|(when, title)| risk_grid(portal, when, title))
        .collect();
    let levels = [RiskLevel::Low, RiskLevel::Medium, RiskLevel::High];
    (!grids.is_empty()).then(|| RiskPicture {
        grids,
        likelihood: scale.likelihood,
        impact: scale.impact,
        levels: levels.map(|level| (level.as_str().to_owned(), level_word(portal, level))).into(),
    })
}

fn risk_grid(portal: &Portal<'_>, when: &str, title: &str) -> Option<RiskGrid> {
    let scale = portal.reading.settings.registers.risk_scale;
    let mut risks: BTreeMap<(u16, u16), Vec<&str>> = BTreeMap::new();
    for index in portal.known_entries(Kind::Risks) {
        let placed_entry = portal.entry(index);
        let risk = Risk::from_entry(&placed_entry.entry).filter(|risk| !risk.is_closed(portal.assessment.clock.as_of));
        let Some(score) = risk.and_then(|risk| risk.score(when)) else { continue };
        risks.entry((score.likelihood, score.impact)).or_default().push(placed_entry.id());
    }
    let count = |level: RiskLevel| {
        let of_level = risks.iter().filter(|((likelihood, impact), _)| {
            scale.level(Score { likelihood: *likelihood, impact: *impact }) == level
        });
        format!("{} {}", of_level.map(|(_, ids)| ids.len()).sum::<usize>(), level_word(portal, level))
    };
    let words = [RiskLevel::High, RiskLevel::Medium, RiskLevel::Low].map(count).join(", ");
    let steps =
        (1..=scale.likelihood).rev().flat_map(|likelihood| (1..=scale.impact).map(move |impact| (likelihood, impact)));
    let cell = |(likelihood, impact): (u16, u16)| {
        let level = scale.level(Score { likelihood, impact });
        let ids = risks.get(&(likelihood, impact)).map_or(&[][..], Vec::as_slice);
        let ids_text = ids.iter().take(MAX_NAMED).copied().collect::<Vec<_>>().join(", ");
        let title = format!("{likelihood} × {impact}, {}", level_word(portal, level));
        RiskCell {
            x: impact - 1,
            y: scale.likelihood - likelihood,
            level: level.as_str().to_owned(),
            count: ids.len(),
            title: if ids_text.is_empty() { title } else { format!("{title}: {ids_text}") },
        }
    };
    let title = portal.labels.text(title).to_owned();
    (!risks.is_empty()).then(|| RiskGrid {
        words: format!("{title}: {words}"),
        title,
        cells: steps.map(cell).collect(),
    })
}
