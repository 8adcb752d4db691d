//! The line of commits that leads to the one checked out: at each merge its first parent.

use crate::date::Date;
use crate::git::{Git, GitError, ObjectName, text_of};
use crate::path::MARKDOWN_ENDINGS;

/// Begins the head of a commit in git's answer.
const MARK: char = '\u{1}';

/// Leaves out what is not below the handbook's folder.
const RELATIVE: &str = "--relative";

/// Commits of the line that changed some paths, with the files that they changed. A merge counts as the day on which all it
/// brings came to the line. What a repository's settings could change in the answer is laid down.
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

/// Commits that changed some paths of a handbook's folder, the newest first.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// The commits.
    pub(crate) commits: Vec<LineCommit>,
}

/// A commit with what it brought to the line.
#[derive(Debug)]
pub(crate) struct LineCommit {
    /// Its name.
    pub(crate) name: ObjectName,
    /// The day on which it was made where its committer was.
    pub(crate) day: Date,
    /// Whether another commit comes before it, as far as this clone goes.
    pub(crate) has_parent: bool,
    /// The files among those paths that it changed.
    pub(crate) changes: Vec<FileChange>,
}

/// A file that a commit changed.
#[derive(Debug)]
pub(crate) struct FileChange {
    /// Its path below the handbook's folder.
    pub(crate) path: String,
    /// The object that held it before; nothing where it was added, or was no regular file.
    pub(crate) before: Option<ObjectName>,
    /// The object that holds it since; nothing where it was deleted.
    pub(crate) after: Option<ObjectName>,
    /// Whether it is a symbolic link since.
    pub(crate) is_link: bool,
}

impl Line {
    /// Reads the line that leads to a commit, or to the one checked out, by one `git log`: its commits that changed any of
    /// the `paths` below the handbook's folder, with those changes.
    ///
    /// # Errors
    /// When git fails or refuses.
    pub(crate) fn read(git: &Git, tip: Option<&ObjectName>, paths: &[&str]) -> Result<Line, GitError> {
        Line::of_log(git, (LOG.to_vec(), tip), paths)
    }

    /// The same for Markdown anywhere in the repository; paths are those from its top.
    ///
    /// # Errors
    /// When git fails or refuses.
    pub(crate) fn of_markdown(git: &Git, tip: Option<&ObjectName>) -> Result<Line, GitError> {
        let from_top = LOG.into_iter().filter(|option| *option != RELATIVE);
        let arguments = ["--no-literal-pathspecs"].into_iter().chain(from_top).collect();
        let patterns = MARKDOWN_ENDINGS.map(|ending| format!(":(top,icase)*.{ending}"));
        Line::of_log(git, (arguments, tip), &patterns.each_ref().map(String::as_str))
    }

    fn of_log(
        git: &Git,
        (mut arguments, tip): (Vec<&str>, Option<&ObjectName>),
        paths: &[&str],
    ) -> Result<Line, GitError> {
        let format = format!("--format={MARK}%H %cs %P");
        arguments.push(&format);
        arguments.extend(tip.map(ObjectName::as_str));
        arguments.push("--");
        arguments.extend(paths);
        Ok(Line::parse(&text_of(git.run(&arguments)?)))
    }

    /// Reads `MARK name day parents NUL`, then for each file `:mode mode object object letter NUL path NUL`. A path is
    /// whatever follows an entry, so that no name of a file looks like a commit.
    pub(super) fn parse(answer: &str) -> Line {
        let mut commits: Vec<LineCommit> = Vec::new();
        let mut fields = fields(answer);
        while let Some(field) = fields.next() {
            let field = field.trim_start_matches('\n');
            match field.strip_prefix(':') {
                Some(entry) => {
                    let (Some(path), Some(commit)) = (fields.next(), commits.last_mut()) else { continue };
                    commit.changes.extend(change(entry, path));
                }
                None => commits.extend(field.strip_prefix(MARK).and_then(head)),
            }
        }
        Line { commits }
    }
}

/// What is between the zero bytes.
fn fields(answer: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    memchr::memchr_iter(0, answer.as_bytes()).chain([answer.len()]).map(move |end| {
        let field = answer.get(start..end).unwrap_or_default();
        start = end + 1;
        field
    })
}

fn head(text: &str) -> Option<LineCommit> {
    let mut words = text.split(' ').filter(|word| !word.is_empty());
    let (name, day) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some(LineCommit { name, day, has_parent: words.next().is_some(), changes: Vec::new() })
}

/// Reads `mode mode object object letter`; of links and submodules nothing counts.
fn change(entry: &str, path: &str) -> Option<FileChange> {
    let mut words = entry.split(' ');
    let modes = [words.next()?, words.next()?];
    let objects = [words.next()?, words.next()?];
    let file = |at: usize| objects[at].parse().ok().filter(|_| modes[at].starts_with("100"));
    Some(FileChange { path: path.to_owned(), before: file(0), after: file(1), is_link: modes[1].starts_with("120") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(letter: char) -> String {
        letter.to_string().repeat(40)
    }

    #[test]
    fn commits_are_read_with_their_files_and_no_path_looks_like_a_commit() {
        let (a, b, c, none) = (name('a'), name('b'), name('c'), name('0'));
        let answer = format!(
            "\u{1}{a} 2026-05-04 {b}\0\n:100644 100644 {b} {c} M\0content/a b.md\0:100644 000000 {c} {none} D\0\u{1}{c} 2020-01-01\0\
             \u{1}{b} 2026-03-01 \0\n:000000 100644 {none} {b} A\0content/a b.md\0:000000 120000 {none} {b} A\0link.md\0"
        );
        let line = Line::parse(&answer);
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
        assert!(Line::parse("").commits.is_empty() && Line::parse("\u{1}nonsense\0\0:\0").commits.is_empty());
    }
}
