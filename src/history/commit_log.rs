//! The line of commits that leads to a commit, following the first parent of each merge.

use crate::date::Date;
use crate::git::{Git, GitError, ObjectName, text_of};
use crate::path::MARKDOWN_EXTENSIONS;

/// Marks the start of a commit's header in git's output.
const MARK: char = '\u{1}';

/// Excludes files outside the handbook's folder and makes paths relative to it.
const RELATIVE: &str = "--relative";

/// Lists the commits that changed some paths, with the files that they changed. A merge counts as the day on which all
/// its changes reached the line. Options that a repository's settings could change are set explicitly.
const LOG: [&str; 13] = [
    "log",
    "--first-parent",
    "-m",
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-renames",
    RELATIVE,
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-show-signature",
    "-O/dev/null",
];

/// Commits that changed some paths in a handbook's folder, newest first.
#[derive(Debug, Default)]
pub(crate) struct CommitLog {
    /// The commits.
    pub(crate) commits: Vec<CommitChanges>,
}

/// A commit with the changes it brought to the line.
#[derive(Debug)]
pub(crate) struct CommitChanges {
    /// The name of the commit.
    pub(crate) name: ObjectName,
    /// The day of the commit in the committer's time zone.
    pub(crate) day: Date,
    /// Whether the commit has a parent in this clone.
    pub(crate) has_parent: bool,
    /// The changed files among those paths.
    pub(crate) changes: Vec<FileChange>,
}

/// A change of a file by a commit.
#[derive(Debug)]
pub(crate) struct FileChange {
    /// The path below the handbook's folder.
    pub(crate) path: String,
    /// The blob before the commit; `None` if the file was added or was not a regular file.
    pub(crate) before: Option<ObjectName>,
    /// The blob since the commit; `None` if the file was deleted or is not a regular file.
    pub(crate) after: Option<ObjectName>,
    /// Whether the file is a symbolic link since the commit.
    pub(crate) is_link: bool,
}

impl CommitLog {
    /// Reads the line that leads to `tip`, or to `HEAD`, with a single `git log`: the commits that changed any of the
    /// `paths` below the handbook's folder, with those changes.
    ///
    /// # Errors
    /// If git fails or refuses.
    pub(crate) fn read(git: &Git, tip: Option<&ObjectName>, paths: &[&str]) -> Result<CommitLog, GitError> {
        CommitLog::run_log(git, &LOG, tip, paths)
    }

    /// Reads the line for Markdown files anywhere in the repository. Paths are relative to its root.
    ///
    /// # Errors
    /// If git fails or refuses.
    pub(crate) fn read_markdown(git: &Git, tip: Option<&ObjectName>) -> Result<CommitLog, GitError> {
        let from_top = LOG.into_iter().filter(|option| *option != RELATIVE);
        let options: Vec<&str> = ["--no-literal-pathspecs"].into_iter().chain(from_top).collect();
        let patterns = MARKDOWN_EXTENSIONS.map(|ending| format!(":(top,icase)*.{ending}"));
        CommitLog::run_log(git, &options, tip, &patterns.each_ref().map(String::as_str))
    }

    fn run_log(git: &Git, options: &[&str], tip: Option<&ObjectName>, paths: &[&str]) -> Result<CommitLog, GitError> {
        let format = format!("--format={MARK}%H %cs %P");
        let mut arguments = options.to_vec();
        arguments.push(&format);
        arguments.extend(tip.map(ObjectName::as_str));
        arguments.push("--");
        arguments.extend(paths);
        Ok(CommitLog::parse(&text_of(git.run(&arguments)?)))
    }

    /// The oldest commit, if this clone has no parent of it.
    pub(super) fn root(&self) -> Option<&CommitChanges> {
        self.commits.last().filter(|commit| !commit.has_parent)
    }

    /// Parses `MARK name day parents NUL`, then for each file `:mode mode object object letter NUL path NUL`. A path is
    /// always the field after an entry, so no file name can be mistaken for a commit.
    pub(super) fn parse(output: &str) -> CommitLog {
        let mut commits: Vec<CommitChanges> = Vec::new();
        let mut fields = fields(output);
        while let Some(field) = fields.next() {
            let field = field.trim_start_matches('\n');
            match field.strip_prefix(':') {
                Some(entry) => {
                    let (Some(path), Some(commit)) = (fields.next(), commits.last_mut()) else { continue };
                    commit.changes.extend(parse_change(entry, path));
                }
                None => commits.extend(field.strip_prefix(MARK).and_then(parse_header)),
            }
        }
        CommitLog { commits }
    }
}

/// The fields between the NUL bytes.
fn fields(output: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    memchr::memchr_iter(0, output.as_bytes()).chain([output.len()]).map(move |end| {
        let field = output.get(start..end).unwrap_or_default();
        start = end + 1;
        field
    })
}

fn parse_header(text: &str) -> Option<CommitChanges> {
    let mut words = text.split(' ').filter(|word| !word.is_empty());
    let (name, day) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some(CommitChanges { name, day, has_parent: words.next().is_some(), changes: Vec::new() })
}

/// Parses `mode mode object object letter`. Blobs of links and submodules are ignored.
fn parse_change(entry: &str, path: &str) -> Option<FileChange> {
    let mut words = entry.split(' ');
    let modes = [words.next()?, words.next()?];
    let objects = [words.next()?, words.next()?];
    let file = |at: usize| objects[at].parse().ok().filter(|_| modes[at].starts_with("100"));
    Some(FileChange { path: path.to_owned(), before: file(0), after: file(1), is_link: modes[1].starts_with("120") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object_name(digit: char) -> String {
        digit.to_string().repeat(40)
    }

    #[test]
    fn commits_are_read_with_their_files_and_no_path_looks_like_a_commit() {
        let (a, b, c, none) = (object_name('a'), object_name('b'), object_name('c'), object_name('0'));
        let answer = format!(
            "\u{1}{a} 2026-05-04 {b}\0\n:100644 100644 {b} {c} M\0content/a b.md\0:100644 000000 {c} {none} D\0\u{1}{c} 2020-01-01\0\
             \u{1}{b} 2026-03-01 \0\n:000000 100644 {none} {b} A\0content/a b.md\0:000000 120000 {none} {b} A\0link.md\0"
        );
        let line = CommitLog::parse(&answer);
        let shown: Vec<String> = line
            .commits
            .iter()
            .map(|commit| {
                let is =
                    |object: &Option<ObjectName>| object.as_ref().map_or("-", |name| &name.as_str()[..1]).to_owned();
                let changes =
                    commit.changes.iter().map(|one| format!(" {}{} {:?}", is(&one.before), is(&one.after), one.path));
                format!("{} {}{}", commit.day, commit.has_parent, changes.collect::<String>())
            })
            .collect();
        let forged = format!("\u{1}{c} 2020-01-01");
        assert_eq!(
            shown,
            [
                format!("2026-05-04 true bc \"content/a b.md\" c- {forged:?}"),
                "2026-03-01 false -b \"content/a b.md\" -- \"link.md\"".to_owned()
            ]
        );
        assert!(CommitLog::parse("").commits.is_empty() && CommitLog::parse("\u{1}nonsense\0\0:\0").commits.is_empty());
    }
}
