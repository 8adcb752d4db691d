//! `clausebook check` of a handbook in a repository with three years of commits, beside the same without a repository.
//!
//! No approval names its text, so that git is asked about each. Every month a third of the documents change: before its
//! approval the text and the version of a document, afterwards only its front matter.

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

/// The day of the first commit.
const FIRST: Date = Date::constant(2023, 12, 5);
const MONTHS: i64 = 36;
/// More documents than this say nothing more.
const MOST: usize = 1000;

/// Measures it.
///
/// # Errors
/// When a program cannot be run or fails.
pub fn run(stage: &Stage) -> Result<Report> {
    let (plain, repository) = (stage.path("no-repository"), stage.path("repository"));
    let documents = stage.size.documents.min(MOST);
    write_handbook(&plain, documents)?;
    write_handbook(&repository, documents)?;
    commit_years(&repository)?;
    let (mut without, mut with) = (Series::default(), Series::default());
    for _ in 0..stage.runs {
        without.push(stage.measure(&check_command(&plain, &stage.path("without.json")))?);
        with.push(stage.measure(&check_command(&repository, &stage.path("with.json")))?);
    }
    let figures = vec![Figure {
        name: "CPU of a check that asks git about three years",
        value: with.ratio(&without, |usage: &Usage| usage.user + usage.system),
        unit: "times",
        at_most: (documents == MOST).then_some(1.5),
    }];
    let row = |program, series: Series| Row::of(program, &series);
    let rows = vec![row("clausebook check, no repository", without), row("the same in a repository", with)];
    Ok(Report { rows, figures, per_document: Vec::new() })
}

/// Commits the handbook of each month; the last is the handbook as it was written.
fn commit_years(root: &Path) -> Result<()> {
    let mut texts = Vec::new();
    read_texts(&root.join("content"), &mut texts)?;
    git(root, FIRST, &["init", "-q"])?;
    for month in 0..=MONTHS {
        let day = FIRST + month.months();
        for (at, (path, text)) in (0..).zip(&texts) {
            if month == 0 || month == MONTHS || (at + month) % 3 == 0 {
                let then = if month == MONTHS { text.clone() } else { text_of(text, month, day)? };
                fs::write(path, then)?;
            }
        }
        git(root, day, &["add", "-A"])?;
        git(root, day, &["commit", "-q", "-m", "month"])?;
    }
    // As a clone has it.
    git(root, FIRST, &["gc", "-q"])
}

/// What a document said in a month.
fn text_of(text: &str, month: i64, day: Date) -> Result<String> {
    let approved = text.lines().find_map(|line| line.strip_prefix("approved: "));
    let is_approved = approved.map(str::parse::<Date>).transpose()?.is_some_and(|approved| approved <= day);
    let text = text.replacen("---\n", &format!("---\n# month {month}\n"), 1);
    if is_approved {
        return Ok(text);
    }
    let text =
        text.replace("\nstatus: approved\n", "\nstatus: draft\n").replacen("\nversion: \"", "\nversion: \"0.", 1);
    let kept = text.lines().filter(|line| !line.starts_with("approved: ")).collect::<Vec<_>>().join("\n");
    Ok(format!("{kept}\n\nAs it was drafted in month {month}.\n"))
}

fn read_texts(folder: &Path, texts: &mut Vec<(PathBuf, String)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_texts(&path, texts)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(&path)?;
            texts.push((path, text));
        }
    }
    texts.sort();
    Ok(())
}

/// Runs git on a day, with the same settings everywhere.
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
