//! `clausebook check` of a handbook in a repository with three years of commits, compared with the same handbook
//! without a repository.
//!
//! No approval has a digest, so git is queried for each. Every month a third of the documents change: before its
//! approval, the words of a document change under the version in force at that time; afterwards, somebody reviews it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use jiff::ToSpan;
use jiff::civil::Date;

use super::check::check_command;
use crate::generator::write_handbook;
use crate::measure::process::Usage;
use crate::measure::report::{Figure, Report, Row};
use crate::measure::series::Series;
use crate::measure::stage::Stage;
use crate::measure::tree::read_texts;

/// The day of the first commit.
const FIRST_DAY: Date = Date::constant(2023, 11, 10);
const MONTHS: i64 = 36;
/// The maximum number of documents; more would not add information.
const MAX_DOCUMENTS: usize = 1000;

/// Runs the experiment.
///
/// # Errors
/// If a program cannot be run or fails.
pub fn run(stage: &Stage) -> Result<Report> {
    let (plain, repository) = (stage.path("no-repository"), stage.path("repository"));
    let documents = stage.size.documents.min(MAX_DOCUMENTS);
    for root in [&plain, &repository] {
        write_handbook(root, documents)?;
        let past = PastHandbook::read(&root.join("content"))?;
        if root == &repository {
            past.commit(root)?;
        }
        past.write(MONTHS)?;
    }
    let (mut without, mut with) = (Series::default(), Series::default());
    for _ in 0..stage.runs {
        without.push(stage.measure(&check_command(&plain, &stage.path("without.json")))?);
        with.push(stage.measure(&check_command(&repository, &stage.path("with.json")))?);
    }
    let cpu = with.ratio(&without, |usage: &Usage| usage.user + usage.system);
    let figure = Figure::new("CPU of a check that asks git about three years", cpu, "times");
    let figures = vec![figure.at_most(1.5, documents == MAX_DOCUMENTS)];
    let row = |program, series: Series| Row::new(program, &series);
    let rows = vec![row("clausebook check, no repository", without), row("the same in a repository", with)];
    Ok(Report { rows, figures, ..Report::default() })
}

/// A handbook with the text of its documents in each month.
struct PastHandbook(Vec<PastDocument>);

struct PastDocument {
    path: PathBuf,
    text: String,
    /// The document changes every third month, starting with this one.
    first_month: i64,
}

impl PastHandbook {
    /// Reads the documents in a folder, which are today's texts except for reviews.
    fn read(folder: &Path) -> Result<PastHandbook> {
        let mut texts = Vec::new();
        read_texts(folder, &mut texts)?;
        let documents = texts.into_iter().zip((0..3).cycle());
        Ok(PastHandbook(
            documents.map(|((path, text), first)| PastDocument { path, text, first_month: first }).collect(),
        ))
    }

    /// Commits the handbook of each month.
    fn commit(&self, root: &Path) -> Result<()> {
        git(root, FIRST_DAY, &["init", "-q"])?;
        for month in 0..=MONTHS {
            let day = FIRST_DAY + month.months();
            self.write(month)?;
            git(root, day, &["add", "-A"])?;
            git(root, day, &["commit", "-q", "-m", "month"])?;
        }
        // As in a clone.
        git(root, FIRST_DAY, &["gc", "-q"])
    }

    /// Writes the documents as they were in a month.
    fn write(&self, month: i64) -> Result<()> {
        for document in &self.0 {
            fs::write(&document.path, document.text_in(month)?)?;
        }
        Ok(())
    }
}

impl PastDocument {
    /// The months up to `month` in which it changed.
    fn changed_months(&self, month: i64) -> impl Iterator<Item = i64> {
        (self.first_month..=month).step_by(3)
    }

    /// The text in a month.
    fn text_in(&self, month: i64) -> Result<String> {
        let approved = self.text.lines().find_map(|line| line.strip_prefix("approved: "));
        let Some(approved) = approved.map(str::parse::<Date>).transpose()? else {
            return Ok(self.text_before(month, Date::MAX));
        };
        let reviews: Vec<String> = self
            .changed_months(month)
            .map(|month| FIRST_DAY + month.months())
            .filter(|day| *day > approved)
            .map(|day| format!("  - {{date: {day}, by: Compliance Manager}}\n"))
            .collect();
        let last = self.changed_months(month).last().map_or(FIRST_DAY, |month| FIRST_DAY + month.months());
        if last < approved && month < MONTHS {
            return Ok(self.text_before(month, approved));
        }
        let lists = if reviews.is_empty() { String::new() } else { format!("reviews:\n{}", reviews.concat()) };
        Ok(self.text.replacen("\n---\n", &format!("\n{lists}---\n"), 1))
    }

    /// The text in a month before its approval: the previous version, with its history until then, and with other
    /// words.
    fn text_before(&self, month: i64, approved: Date) -> String {
        let last = self.changed_months(month).last().unwrap_or_default();
        let is_newest = |line: &&str| line.starts_with("  - {version: ") && line.contains(&format!("on: {approved}"));
        let before = self.text.lines().filter_map(older_version).nth(1);
        let lines = self.text.lines().filter(|line| !is_newest(line)).filter_map(|line| match (line, before) {
            (line, Some((version, _))) if line.starts_with("version: ") => Some(format!("version: {version}")),
            (line, Some((_, day))) if line.starts_with("approved: ") => Some(format!("approved: {day}")),
            (line, Some((_, day))) if line.starts_with("effective: ") => Some(format!("effective: {day}")),
            (line, None) if line.starts_with("version: ") => Some("version: \"0.9\"".to_owned()),
            ("status: approved", None) => Some("status: draft".to_owned()),
            (line, None) if line.starts_with("approved: ") || line.starts_with("effective: ") => None,
            ("changes:", None) => None,
            (line, _) => Some(line.to_owned()),
        });
        let text = lines.collect::<Vec<_>>().join("\n");
        format!("{text}\n\nAs it was worded in month {last}.\n")
    }
}

/// The version, with its quotes, and the day of an entry in the revision history.
fn older_version(line: &str) -> Option<(&str, &str)> {
    let (version, rest) = line.strip_prefix("  - {version: ")?.split_once(", on: ")?;
    Some((version, rest.split_once(',')?.0))
}

/// Runs Git with a fixed date and without the user's settings.
fn git(root: &Path, day: Date, arguments: &[&str]) -> Result<()> {
    let time = format!("{day}T12:00:00+0000");
    let mut command = Command::new("git");
    command.current_dir(root).env("GIT_AUTHOR_DATE", &time).env("GIT_COMMITTER_DATE", &time);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.args(["-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0"]);
    let status = command.args(arguments).status().context("git")?;
    ensure!(status.success(), "git {arguments:?}: {status}");
    Ok(())
}
