//! Recovers from errors: the keys above and below a broken one are still worth reading.

use super::node::{Entry, Node, Value};
use super::offsets::Offsets;
use super::parse::{Failure, Progress, build, remove_duplicates};
use super::syntax::SyntaxError;
use crate::place::Span;

/// Reads a text one top-level key at a time, after reading it as a whole has failed with `whole_error`.
///
/// In a block mapping, all further lines of a value are indented. Thus each line at the column of the mapping starts a
/// key, and the text between two such lines can be read separately. For any other text, `whole_error` is reported and
/// the result is `None`.
pub(super) fn by_keys(text: &str, base: usize, whole_error: SyntaxError, progress: &mut Progress<'_>) -> Option<Node> {
    let pieces = pieces(text);
    if !pieces.iter().any(|(_, piece)| has_key(piece)) {
        progress.syntax_errors.push(whole_error);
        return None;
    }
    let mut recovery = Recovery { entries: Vec::new(), syntax_errors: Vec::new() };
    for (at, piece) in pieces {
        let syntax_error = recovery.read(piece, base + at, progress);
        if let Err(Failure::TooLarge(syntax_error)) = syntax_error {
            recovery.syntax_errors.push(syntax_error);
            break;
        }
    }
    recovery.finish(whole_error, progress)
}

/// The entries and errors found so far.
struct Recovery {
    entries: Vec<Entry>,
    syntax_errors: Vec<SyntaxError>,
}

impl Recovery {
    fn read(&mut self, piece: &str, at: usize, progress: &mut Progress<'_>) -> Result<(), Failure> {
        if piece.starts_with('%') {
            self.syntax_errors.push(directive(piece, at));
            return Ok(());
        }
        let mut inner = Progress {
            limits: progress.limits,
            nodes: progress.nodes,
            syntax_errors: &mut self.syntax_errors,
            duplicates: progress.duplicates,
        };
        let result = build(Offsets::new(piece, at), &mut inner);
        progress.nodes = inner.nodes;
        match result {
            Ok(Some(Node { value: Value::Map(entries), .. })) => self.entries.extend(entries),
            Ok(Some(Node { value: Value::Refused, .. }) | None) => {}
            Ok(Some(node)) => {
                self.syntax_errors.push(SyntaxError::new(
                    node.span,
                    "this line is not a `key: value` pair",
                    "write a `:` and a space after the key",
                ));
            }
            Err(Failure::Syntax(syntax_error)) => {
                self.read_first_line(piece, at, syntax_error.span.start, progress);
                self.syntax_errors.push(syntax_error);
            }
            Err(failure) => return Err(failure),
        }
        Ok(())
    }

    /// Reads the first line of a piece that cannot be read as a whole; if the error is below that line, the key itself
    /// may be valid.
    fn read_first_line(&mut self, piece: &str, at: usize, error: u32, progress: &mut Progress<'_>) {
        let is_below = |(line, _): &(&str, &str)| error as usize > at + line.len();
        let Some((line, rest)) = piece.split_once('\n').filter(is_below) else { return };
        let (mut unheard, limits, nodes) = (Vec::new(), progress.limits, progress.nodes);
        let mut inner = Progress { limits, nodes, syntax_errors: &mut unheard, duplicates: progress.duplicates };
        let result = build(Offsets::new(line, at), &mut inner);
        progress.nodes = inner.nodes;
        if let Ok(Some(Node { value: Value::Map(entries), .. })) = result
            && rest.lines().next().is_some_and(|next| begins_key(next.trim_start()))
        {
            let is_whole = |entry: &Entry| !matches!(&entry.value.value, Value::Scalar(scalar) if scalar.is_null() || scalar.text.trim().is_empty());
            self.entries.extend(entries.into_iter().filter(is_whole));
        }
    }

    /// Completes the recovery. If no single key has an error, the error of the whole text is reported.
    fn finish(mut self, whole_error: SyntaxError, progress: &mut Progress<'_>) -> Option<Node> {
        if self.syntax_errors.is_empty() {
            self.syntax_errors.push(whole_error);
        }
        progress.syntax_errors.append(&mut self.syntax_errors);
        progress.duplicates.extend(remove_duplicates(&mut self.entries, progress.syntax_errors));
        let start = self.entries.first()?.key.span.start;
        let end = self.entries.last()?.value.span.end;
        Some(Node { span: Span { start, end }, value: Value::Map(self.entries) })
    }
}

/// Splits the text before each line that starts a key of the outermost mapping; returns the pieces with their offsets.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let mut starts = Vec::new();
    let mut column = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        if begins_key(content) && indent <= *column.get_or_insert(indent) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| (start, &text[start..end])).collect()
}

fn directive(piece: &str, at: usize) -> SyntaxError {
    let span = Span::from(at..at + piece.trim_end().len());
    SyntaxError::new(span, "a line that begins with `%` is not a `key: value` pair", "remove it")
}

/// Whether a piece starts with a word that contains a colon, as a key does and a sentence does not.
fn has_key(piece: &str) -> bool {
    let content = piece.trim_start_matches([' ', '"', '\'']);
    let word = content.split([' ', '\t', '\n']).next().unwrap_or_default();
    word.len() > 1 && word.trim_end_matches(['"', '\'']).contains(':')
}

/// Whether a line without its indentation may start a key, because it is not empty and does not continue anything.
fn begins_key(content: &str) -> bool {
    let bare = content.trim_end();
    let continues = bare.starts_with(['#', ']', '}', '\t', ',']) || bare == "-" || bare.starts_with("- ");
    !bare.is_empty() && !continues && bare != "---" && bare != "..."
}
