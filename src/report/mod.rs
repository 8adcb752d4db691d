//! Findings and assessments in the formats that people and other tools read, one file per format.

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
mod unread;
mod words;
pub(crate) mod xml;

pub(crate) use stream::LineFilter;
pub(crate) use summary::closing_words;
pub(crate) use words::{
    count_noun, deadline_kind, held_days, is_control_char, lines_without_controls, printable, without_controls,
};

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::assess::Assessed;
use crate::finding::{Finding, Severity};
use crate::judge::{BaselineMatch, Comparison, Gate, VerdictChange};
use crate::path::RelativePath;

/// The kinds of verdict change, in the order of reports, each with its heading.
const VERDICT_CHANGES: [(VerdictChange, &str); 3] =
    [(VerdictChange::Lost, "Lost"), (VerdictChange::Gained, "Gained"), (VerdictChange::Excluded, "Excluded")];

/// The result of a check.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Report<'a> {
    /// The handbook with its assessment.
    pub(crate) assessed: Assessed<'a>,
    /// The comparison with a baseline, if there is one.
    pub(crate) baseline: Option<&'a BaselineMatch>,
    /// The comparison with another revision, if one was named.
    pub(crate) comparison: Option<&'a Comparison>,
    /// The gates with their results.
    pub(crate) gates: &'a [Gate],
    /// Findings of this severity or higher fail the check.
    pub(crate) fail_on: Severity,
    /// The files whose findings are shown, if any were named. The gates apply to all files.
    pub(crate) files: Option<&'a BTreeSet<String>>,
    /// How much to show at a terminal.
    pub(crate) view: View,
    /// The path of the handbook's folder in its repository, for formats that other tools read.
    pub(crate) prefix: Option<&'a RelativePath>,
}

/// How much to show at a terminal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    /// The maximum number of findings shown with their lines.
    pub(crate) limit: usize,
    /// Whether waived findings are also shown.
    pub(crate) waived: bool,
    /// Whether machine-readable reports also include waived, known and fixed findings.
    pub(crate) suppressed: bool,
}

impl<'a> Report<'a> {
    /// The findings to show: those that count and, if files were named, are in one of them. Problems in documents come
    /// before gaps of the standard; within each, errors before warnings before notes, then by place.
    pub(crate) fn findings(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let mut findings: Vec<&Finding> = self.counted_findings().filter(|finding| self.is_shown(finding)).collect();
        findings.sort_by_key(|finding| (gaps::is_handbook_gap(self, finding), Reverse(finding.severity)));
        findings.into_iter()
    }

    /// Whether a finding is in a file whose findings are shown.
    pub(crate) fn is_shown(&self, finding: &Finding) -> bool {
        self.files.is_none_or(|files| files.contains(&*finding.problem.place.file))
    }

    /// The findings that count, by place: all of them, or with a baseline only the new ones.
    pub(crate) fn counted_findings(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let known_flags = self.baseline.map(|matched| matched.is_known.as_slice());
        let is_new = move |at: usize| known_flags.is_none_or(|known| !known.get(at).copied().unwrap_or(false));
        self.assessed
            .assessment
            .findings
            .iter()
            .enumerate()
            .filter(move |(at, _)| is_new(*at))
            .map(|(_, finding)| finding)
    }

    /// The number of shown findings of this severity.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.findings().filter(|finding| finding.severity == severity).count()
    }

    /// A file's path as other tools know it: prefixed with the handbook's folder in its repository.
    pub(crate) fn path(&self, file: &str) -> String {
        self.prefix.map_or_else(|| file.to_owned(), |prefix| format!("{prefix}/{file}"))
    }

    /// Whether every gate is met.
    pub(crate) fn has_passed(&self) -> bool {
        self.gates.iter().all(|gate| gate.met)
    }
}

/// An output format of a check.
#[derive(Debug)]
pub(crate) struct Format {
    /// The name on the command line.
    pub(crate) name: &'static str,
    /// The purpose, for help texts.
    pub(crate) purpose: &'static str,
    /// The writer of the format.
    write: FormatWriter,
    /// The kind of reader.
    pub(crate) reader: ReaderKind,
}

/// A function that writes a report.
#[derive(Debug)]
enum FormatWriter {
    /// Returns the whole report as a string.
    Whole(fn(&Report<'_>) -> String),
    /// Writes the report piece by piece, for formats that can be large.
    Stream(fn(&Report<'_>, &mut dyn Write) -> io::Result<()>),
}

impl Format {
    /// Writes a report to `out`.
    ///
    /// # Errors
    /// If writing to `out` fails.
    pub(crate) fn write(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        match self.write {
            FormatWriter::Whole(render) => out.write_all(render(report).as_bytes()),
            FormatWriter::Stream(write) => write(report, out),
        }
    }
}

/// The kind of reader of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReaderKind {
    /// A person at a terminal: the output has colours and ends with whether the check passed.
    Terminal,
    /// A person elsewhere: the output ends with whether the check passed.
    Page,
    /// A program, or a person using one: whether the check passed goes to standard error.
    Program,
}

/// Every format.
pub(crate) static FORMATS: &[Format] = &[
    Format {
        name: "text",
        purpose: "for a person at a terminal",
        write: FormatWriter::Whole(terminal::render),
        reader: ReaderKind::Terminal,
    },
    Format {
        name: "concise",
        purpose: "one line per finding",
        write: FormatWriter::Whole(concise::render),
        reader: ReaderKind::Program,
    },
    Format {
        name: "json",
        purpose: "the assessment as data",
        write: FormatWriter::Stream(assessment::write_check),
        reader: ReaderKind::Program,
    },
    Format {
        name: "sarif",
        purpose: "SARIF 2.1.0, for code scanning",
        write: FormatWriter::Stream(sarif::write),
        reader: ReaderKind::Program,
    },
    Format {
        name: "junit",
        purpose: "JUnit XML, for test reports",
        write: FormatWriter::Whole(junit::render),
        reader: ReaderKind::Program,
    },
    Format {
        name: "github",
        purpose: "annotations of GitHub Actions",
        write: FormatWriter::Whole(github::render),
        reader: ReaderKind::Program,
    },
    Format {
        name: "gitlab",
        purpose: "GitLab's code quality report",
        write: FormatWriter::Stream(gitlab::write),
        reader: ReaderKind::Program,
    },
    Format {
        name: "markdown",
        purpose: "a comment for a merge request",
        write: FormatWriter::Whole(markdown::render),
        reader: ReaderKind::Page,
    },
];

/// Returns the format with this name.
pub(crate) fn find_format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
