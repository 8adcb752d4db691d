//! Findings and assessments in the formats that people and other tools read; one file a format.

pub(crate) mod assessment;
mod bar;
mod comparison;
mod concise;
pub(crate) mod documents;
pub(crate) mod explain;
pub(crate) mod explain_register;
mod gaps;
mod github;
mod gitlab;
mod junit;
mod markdown;
pub(crate) mod minutes;
mod pretty;
pub(crate) mod readiness;
pub(crate) mod redline;
mod registers;
pub(crate) mod reminders;
mod sarif;
pub(crate) mod status;
mod stream;
mod summary;
mod terminal;
pub(crate) mod text;
pub(crate) mod trend;
mod words;
pub(crate) mod xml;

pub(crate) use stream::Lines;
pub(crate) use summary::closing_words;
pub(crate) use words::{counted, deadline_kind, held_days, is_control_char, plain, plain_lines, printable};

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::assess::Assessed;
use crate::finding::{Finding, Severity};
use crate::judge::{BaselineMatch, Comparison, Gate, VerdictChange};
use crate::path::RelativePath;

/// The ways in which verdicts change, in the order of reports, each with its heading.
const TURNS: [(VerdictChange, &str); 3] =
    [(VerdictChange::Lost, "Lost"), (VerdictChange::Gained, "Gained"), (VerdictChange::Excluded, "Excluded")];

/// What a check came to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Report<'a> {
    /// The handbook with its assessment.
    pub(crate) assessed: Assessed<'a>,
    /// What a baseline knows, when there is one.
    pub(crate) baseline: Option<&'a BaselineMatch>,
    /// What changed against another revision, when one was named.
    pub(crate) comparison: Option<&'a Comparison>,
    /// The gates with what they came to.
    pub(crate) gates: &'a [Gate],
    /// Findings that weigh this much or more fail the check.
    pub(crate) fail_on: Severity,
    /// The files whose findings are shown, when some were named; the gates judge all.
    pub(crate) files: Option<&'a BTreeSet<String>>,
    /// How a person at a terminal wants it.
    pub(crate) view: View,
    /// The handbook's folder in its repository, for formats that other tools read.
    pub(crate) prefix: Option<&'a RelativePath>,
}

/// How much a person at a terminal wants to see.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    /// The most findings that are shown with their lines.
    pub(crate) limit: usize,
    /// Whether waived findings are shown too.
    pub(crate) waived: bool,
    /// Whether reports for machines have waived, known and fixed findings too.
    pub(crate) suppressed: bool,
}

impl<'a> Report<'a> {
    /// The findings that are shown: those that count, in the named files when some were named. What authors wrote comes
    /// before the standing gaps of the standard, errors before warnings before notes, then by place.
    pub(crate) fn findings(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let mut findings: Vec<&Finding> = self.counting().filter(|finding| self.shows(finding)).collect();
        findings.sort_by_key(|finding| (gaps::is_standing(self, finding), Reverse(finding.severity)));
        findings.into_iter()
    }

    /// Whether a finding is in a file whose findings are shown.
    pub(crate) fn shows(&self, finding: &Finding) -> bool {
        self.files.is_none_or(|files| files.contains(&*finding.problem.place.file))
    }

    /// The findings that count, by place: all, or with a baseline those that it does not know.
    pub(crate) fn counting(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let known = self.baseline.map(|matched| matched.known.as_slice());
        let is_new = move |at: usize| known.is_none_or(|known| !known.get(at).copied().unwrap_or(false));
        self.assessed
            .assessment
            .findings
            .iter()
            .enumerate()
            .filter(move |(at, _)| is_new(*at))
            .map(|(_, finding)| finding)
    }

    /// How many findings that are shown weigh exactly this much.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.findings().filter(|finding| finding.severity == severity).count()
    }

    /// A file's path as other tools know it: with the handbook's folder in its repository in front.
    pub(crate) fn path(&self, file: &str) -> String {
        self.prefix.map_or_else(|| file.to_owned(), |prefix| format!("{prefix}/{file}"))
    }

    /// Whether every gate is met.
    pub(crate) fn passed(&self) -> bool {
        self.gates.iter().all(|gate| gate.met)
    }
}

/// A format of a check's output.
#[derive(Debug)]
pub(crate) struct Format {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// What it is for.
    pub(crate) purpose: &'static str,
    /// How it is written.
    write: Writer,
    /// Who reads it.
    pub(crate) reader: Reader,
}

/// How a report is written.
#[derive(Debug)]
enum Writer {
    /// As one text.
    Whole(fn(&Report<'_>) -> String),
    /// As it is made, for what can be large.
    Stream(fn(&Report<'_>, &mut dyn Write) -> io::Result<()>),
}

impl Format {
    /// Writes a report to `out`.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub(crate) fn write(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        match self.write {
            Writer::Whole(render) => out.write_all(render(report).as_bytes()),
            Writer::Stream(write) => write(report, out),
        }
    }
}

/// Who reads a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// A person at a terminal: it has colours, and ends with the words that say whether the check passed.
    Terminal,
    /// A person elsewhere: it ends with these words.
    Page,
    /// A program, or a person with one: the words go to standard error.
    Program,
}

/// Every format.
pub(crate) static FORMATS: &[Format] = &[
    Format {
        name: "text",
        purpose: "for a person at a terminal",
        write: Writer::Whole(terminal::render),
        reader: Reader::Terminal,
    },
    Format {
        name: "concise",
        purpose: "one line per finding",
        write: Writer::Whole(concise::render),
        reader: Reader::Program,
    },
    Format {
        name: "json",
        purpose: "the assessment as data",
        write: Writer::Stream(assessment::write_check),
        reader: Reader::Program,
    },
    Format {
        name: "sarif",
        purpose: "SARIF 2.1.0, for code scanning",
        write: Writer::Stream(sarif::write),
        reader: Reader::Program,
    },
    Format {
        name: "junit",
        purpose: "JUnit XML, for test reports",
        write: Writer::Whole(junit::render),
        reader: Reader::Program,
    },
    Format {
        name: "github",
        purpose: "annotations of GitHub Actions",
        write: Writer::Whole(github::render),
        reader: Reader::Program,
    },
    Format {
        name: "gitlab",
        purpose: "GitLab's code quality report",
        write: Writer::Stream(gitlab::write),
        reader: Reader::Program,
    },
    Format {
        name: "markdown",
        purpose: "a comment for a merge request",
        write: Writer::Whole(markdown::render),
        reader: Reader::Page,
    },
];

/// The format with a name.
pub(crate) fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
