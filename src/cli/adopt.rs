//! `clausebook adopt`: turns an existing folder into a handbook.
//!
//! It writes the settings and the proposals of clauses, but no other file unless `--apply` is given. Then it adds the
//! IDs and titles derived from names and headings to the files, and preserves every other byte of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::init::standard;
use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, DateArgument, Failure, check, output};
use crate::adopt::{
    AdoptOptions, Adoption, PROPOSALS_FILE, external_links_message, external_sections, is_proposals_file,
    plan_adoption, render_proposals, with_identity,
};
use crate::assess::assess;
use crate::config::SETTINGS_FILE;
use crate::edit::{Edits, read_current};
use crate::finding::Finding;
use crate::handbook::{Document, Reading};
use crate::judge::judge;
use crate::place::SourceText;
use crate::project::{Project, is_handbook, parse_file};
use crate::report::{count_noun, without_controls};
use crate::site::pages;
use crate::url::{host, is_web};

/// Arguments of `clausebook adopt`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder to adopt: the one with the settings of its generator, such as mkdocs.yml
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Title of the handbook [default: the site's]
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// The organization whose handbook it is
    #[arg(long, value_name = "ORGANIZATION")]
    name: Option<String>,
    /// Role that owns documents without an owner
    #[arg(long, value_name = "ROLE", default_value = "Service Manager")]
    owner: String,
    /// Where the site is on the web, for parts of it that are not in the files [default: what its generator's settings
    /// say]
    #[arg(long, value_name = "ADDRESS")]
    web: Option<String>,
    /// Standard to cover, such as iso20000-1; the first is the main standard [repeatable]
    #[arg(long, value_name = "ID", default_value = "iso20000-1")]
    standard: Vec<String>,
    /// Write the IDs and titles that come from file names and headings into the files
    #[arg(long)]
    apply: bool,
    /// Show what would be written without writing it
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    date: DateArgument,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let root = &arguments.folder;
    let adoption = match is_handbook(root) {
        true if arguments.apply => None,
        true => return Err(Failure::new(already_adopted_message(root))),
        false => Some(plan_adoption(root, &adopt_options(arguments)?, &[])?),
    };
    let (adoption, reading) = read(arguments, adoption)?;
    let (text, proposed) = render_proposals(&reading);
    let mut edits = Edits::new(root);
    if let Some(adoption) = &adoption {
        edits.create(SETTINGS_FILE, &adoption.settings);
    }
    let keeps = replace_proposals(root, &text, &mut edits)?;
    let applied = if arguments.apply { apply(root, &reading, &mut edits)? } else { ApplyResult::default() };
    if arguments.dry_run {
        output::print(&adoption.as_ref().map_or_else(String::new, |adoption| adoption.settings.clone()))?;
    } else {
        // The author's files are changed either all together or not at all.
        Interrupt::listen(InterruptMode::Graceful)?;
        edits.save()?;
    }
    let clock = arguments.date.clock(&reading.settings);
    let findings = judge(&reading, assess(&reading, clock), Vec::new()).findings;
    let summary = Summary {
        arguments,
        adoption: adoption.as_ref(),
        reading: &reading,
        findings: &findings,
        applied,
        proposal_count: proposed,
        keeps_foreign_file: keeps,
    };
    output::print(&summary.text())?;
    Ok(ExitCode::SUCCESS)
}

/// Reads the folder with its settings, or with those that it will get. If links lead to parts of the site that exist
/// only on the web, reads it again with settings for these parts.
fn read(arguments: &Arguments, adoption: Option<Adoption>) -> Result<(Option<Adoption>, Reading), Failure> {
    let root = &arguments.folder;
    let Some(mut adoption) = adoption else {
        let project = Project::find(Some(root), &pages::reserved_places())?;
        return Ok((None, check::read(&project)?));
    };
    let drafted =
        |adoption: &Adoption| check::read(&Project::with_draft(root, &adoption.settings, &pages::reserved_places()));
    let reading = drafted(&adoption)?;
    let sections = external_sections(&reading);
    if sections.is_empty() || adoption.web.is_none() {
        adoption.not_understood.extend(external_links_message(&sections));
        return Ok((Some(adoption), reading));
    }
    let adoption = plan_adoption(root, &adopt_options(arguments)?, &sections)?;
    let reading = drafted(&adoption)?;
    Ok((Some(adoption), reading))
}

fn already_adopted_message(root: &Path) -> String {
    let path = root.display();
    format!(
        "`{path}` is a handbook already: it has a {SETTINGS_FILE}; use --apply to write derived IDs into its files, or move the settings \
         away to adopt it again"
    )
}

/// Refuses an invalid address of a site, and one with a user name or password.
fn check_web(web: &str) -> Result<(), Failure> {
    let host = host(web);
    if host.contains('@') {
        return Err(Failure::new(
            "--web takes an address without a user name or password, which the settings would show",
        ));
    }
    let is_invalid = |c: char| c.is_whitespace() || c.is_control() || "?#\"'<>\\{}$".contains(c);
    if !is_web(web) || !host.starts_with(char::is_alphanumeric) || web.contains(is_invalid) {
        return Err(Failure::new("--web takes the address of a site, such as https://www.example.org/handbook/"));
    }
    Ok(())
}

fn adopt_options(arguments: &Arguments) -> Result<AdoptOptions<'_>, Failure> {
    let standards = arguments.standard.iter().map(|name| Ok(standard(name)?.to_string()));
    let standards = standards.collect::<Result<Vec<String>, Failure>>()?;
    let (title, organization) = (arguments.title.as_deref(), arguments.name.as_deref());
    for text in [title, organization, Some(arguments.owner.as_str())].into_iter().flatten() {
        if text.trim().is_empty() || text.contains(char::is_control) {
            return Err(Failure::new("a title, a name or a role is one line of text, and not empty"));
        }
    }
    let web = arguments.web.as_deref();
    web.map_or(Ok(()), check_web)?;
    Ok(AdoptOptions { title, organization, owner: &arguments.owner, standards, web })
}

/// Writes the file of proposals, replacing an older one of ours; returns whether somebody else's file is kept instead.
fn replace_proposals(root: &Path, text: &str, edits: &mut Edits) -> Result<bool, Failure> {
    match read_current(root, PROPOSALS_FILE) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => edits.create(PROPOSALS_FILE, text),
        Ok(old) if is_proposals_file(&old) => edits.replace(PROPOSALS_FILE, &old, text),
        Ok(_) => return Ok(true),
        Err(error) => return Err(Failure::new(format!("`{PROPOSALS_FILE}` cannot be read: {error}"))),
    }
    Ok(false)
}

/// The result of `--apply`.
#[derive(Default)]
struct ApplyResult {
    files: usize,
    /// Messages about files that were not changed because the result would have a different meaning.
    skipped: Vec<String>,
    /// Files that were not changed because others include lines of them by number.
    included_by_lines: Vec<String>,
}

fn apply(root: &Path, reading: &Reading, edits: &mut Edits) -> Result<ApplyResult, Failure> {
    let mut applied = ApplyResult::default();
    let documents = reading.handbook.indexed().map(|(_, document)| document);
    let by_lines: BTreeSet<&str> =
        documents.flat_map(|document| &document.file.body.included.by_lines).map(|path| &**path).collect();
    for (_, document) in reading.handbook.controlled() {
        let is_derived = document.front().is_some_and(|front| front.has_derived_id || front.has_derived_title);
        if !is_derived {
            continue;
        }
        let path = document.path();
        if by_lines.contains(&**path) {
            applied.included_by_lines.push(path.to_string());
            continue;
        }
        let raw = read_current(root, path)
            .map_err(|error| Failure::new(format!("`{}` cannot be read: {error}", without_controls(path))))?;
        match with_identity(&raw, document).filter(|new| has_same_meaning(reading, document, &raw, new)) {
            Some(new) => {
                edits.replace(path, &raw, &new);
                applied.files += 1;
            }
            None => applied.skipped.push(describe_skipped(document)),
        }
    }
    Ok(applied)
}

/// Why a file was not changed, and what to do about it.
fn describe_skipped(document: &Document) -> String {
    let path = document.path();
    if document.front().is_some_and(|front| front.has_unread_rest || front.is_incomplete) {
        return format!(
            "{path} is not changed: its front matter cannot be read in full; fix it, then use --apply again"
        );
    }
    format!(
        "{path}:1 is not changed: id and title cannot be added to front matter written like this; add them yourself"
    )
}

/// Whether the new text has the same meaning, and the file has not changed since it was read; otherwise, it is left
/// alone.
fn has_same_meaning(reading: &Reading, document: &Document, raw: &str, new: &str) -> bool {
    let read = |text: &str| {
        let text = SourceText::new(document.path().clone(), text);
        parse_file(text, &reading.settings, &reading.settings.vocabulary())
    };
    let (old, new) = (read(raw), read(new));
    let id = |file: &crate::handbook::ParsedFile| file.controlled_id().cloned();
    let is_written = new.front.as_ref().is_some_and(|front| !front.has_derived_id && !front.has_derived_title);
    let is_read_in_full = |file: &crate::handbook::ParsedFile| {
        file.front.as_ref().is_none_or(|front| !front.has_unread_rest && !front.is_incomplete)
    };
    old.source.as_str() == document.file.source.as_str()
        && is_written
        && (is_read_in_full(&new) || !is_read_in_full(&old))
        && new.problems.len() <= old.problems.len()
        && id(&old) == id(&new)
        && old.facts.title == new.facts.title
        && old.body.digest == new.body.digest
}

/// Everything that the output summarizes.
struct Summary<'a> {
    arguments: &'a Arguments,
    adoption: Option<&'a Adoption>,
    reading: &'a Reading,
    findings: &'a [Finding],
    applied: ApplyResult,
    proposal_count: usize,
    keeps_foreign_file: bool,
}

/// Rules that report clauses or items of the standard that no document covers or provides.
const GAP_RULES: [&str; 3] = ["uncovered-clause", "missing-document", "missing-record"];

/// Rules that report content that was not understood, with a description of it.
const NOT_UNDERSTOOD_RULES: [(&str, &str); 6] = [
    ("foreign-syntax", "written for another tool"),
    ("raw-html-removed", "in HTML that pages do not contain"),
    ("lost-text", "that readers would not see"),
    ("unread-file", "in files that are not read"),
    ("unreadable-source", "in files that cannot be read"),
    ("missing-front-matter", "in files that are neither document nor page"),
];

impl Summary<'_> {
    fn text(&self) -> String {
        let mut out = String::new();
        if let Some(adoption) = self.adoption {
            out += &section("Found", &adoption.recognized);
        }
        out += &section("Not understood", &self.not_understood_lines());
        out += &section(if self.arguments.dry_run { "Would be written" } else { "Written" }, &self.written_lines());
        out + &section("Next", &self.next_steps())
    }

    fn not_understood_lines(&self) -> Vec<String> {
        let mut lines = self.adoption.map_or_else(Vec::new, |adoption| adoption.not_understood.clone());
        let mut found: BTreeMap<&str, (usize, String)> = BTreeMap::new();
        for finding in self.findings {
            let place = || finding.problem.place.to_string();
            found.entry(finding.problem.rule.0).or_insert_with(|| (0, place())).0 += 1;
        }
        for (rule, what) in NOT_UNDERSTOOD_RULES {
            if let Some((count, first)) = found.get(rule) {
                lines.push(format!("{} {what}, first at {first} ({rule})", count_noun(*count, "passage")));
            }
        }
        lines.extend(self.applied.skipped.iter().cloned());
        let by_lines = self.applied.included_by_lines.iter().map(|path| {
            format!("{path} is not changed: another file inserts lines of it by their numbers, which would be others")
        });
        lines.extend(by_lines);
        lines
    }

    fn written_lines(&self) -> Vec<String> {
        let settings = self.adoption.map(|_| format!("{SETTINGS_FILE}: the settings"));
        let proposals = match self.keeps_foreign_file {
            true => format!("not {PROPOSALS_FILE}, which somebody else wrote"),
            false => {
                format!("{PROPOSALS_FILE}: clauses for {}, with reasons", count_noun(self.proposal_count, "document"))
            }
        };
        let files = self.applied.files;
        let applied =
            (files > 0).then(|| format!("{}: id and title, and no other byte", count_noun(files, "document")));
        settings.into_iter().chain([proposals]).chain(applied).collect()
    }

    /// The number of findings, apart from clauses and items that have not been claimed yet.
    fn findings_to_fix(&self) -> String {
        let is_gap = |finding: &&Finding| GAP_RULES.contains(&finding.problem.rule.0);
        let gaps = self.findings.iter().filter(is_gap).count();
        let rest = count_noun(self.findings.len() - gaps, "finding");
        format!("{rest} to fix, and {} in coverage", count_noun(gaps, "gap"))
    }

    fn next_steps(&self) -> Vec<String> {
        let documents = self.reading.handbook.controlled().count();
        let pages = self.reading.handbook.documents.len() - documents;
        let unchanged = if self.applied.files == 0 { "; no file was changed" } else { "" };
        let mut lines = vec![
            format!("{} and {}{unchanged}", count_noun(documents, "document"), count_noun(pages, "page")),
            format!("clausebook check          {}", self.findings_to_fix()),
            "clausebook serve          read the handbook while you correct it".to_owned(),
            format!("{PROPOSALS_FILE}       copy the clauses that are right into the documents"),
        ];
        if !self.arguments.apply {
            lines.push("clausebook adopt --apply  write the IDs into the files before one is renamed".to_owned());
        }
        lines
    }
}

fn section(title: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lines: String = lines.iter().map(|line| format!("  {}\n", without_controls(line))).collect();
    format!("{title}:\n{lines}\n")
}
