//! Proposed clauses for documents, with reasons, in a file that is for people only and never read by Clausebook.

use crate::handbook::{Document, Reading};
use crate::id::ClauseKey;
use crate::standard::Standards;
use crate::suggest::{SubjectText, Suggester, Suggestion};

/// The file of proposals, in the handbook's folder.
pub(crate) const PROPOSALS_FILE: &str = "clause-proposals.md";
/// The start of the file.
const FILE_START: &str = "# Clause proposals\n";

/// Returns the content of the file, and the number of documents with a proposal.
pub(crate) fn render_proposals(reading: &Reading) -> (String, usize) {
    let suggester = Suggester::new(&reading.standards);
    let documents = reading.handbook.controlled().map(|(_, document)| document);
    let mut out = format!(
        "{FILE_START}\nClausebook compared the words of each document with those of each clause. These are proposals, not claims: read the document, and\n\
         copy a line into its front matter only if the document really addresses the clause. Clausebook does not read this file.\n"
    );
    let mut count = 0;
    for document in documents.filter(|document| document.claims.is_empty()) {
        let suggestions = suggestions(&suggester, document);
        if !suggestions.is_empty() {
            count += 1;
            out += &section(reading, document, &suggestions);
        }
    }
    (out, count)
}

/// Whether a text is a proposals file.
pub(crate) fn is_proposals_file(text: &str) -> bool {
    text.starts_with(FILE_START)
}

/// The clauses that a document may address.
fn suggestions(suggester: &Suggester, document: &Document) -> Vec<Suggestion> {
    let words = document.file.words();
    let headings: Vec<&str> = document.file.body.headings.iter().map(|heading| heading.text.as_str()).collect();
    suggester.suggest(SubjectText { title: &document.title, headings: &headings.join("\n"), text: &words.text })
}

fn section(reading: &Reading, document: &Document, suggestions: &[Suggestion]) -> String {
    let id = document.id().map_or_else(String::new, ToString::to_string);
    let clauses: Vec<String> =
        suggestions.iter().map(|suggestion| clause_name(&reading.standards, suggestion.clause)).collect();
    let mut out = format!("\n## {id}: {}\n\n`{}`\n\n", escape_cell(&document.title), document.path());
    out += &format!(
        "```yaml\nclauses: [{}]\n```\n\n| clause | title | shared words |\n| --- | --- | --- |\n",
        clauses.join(", ")
    );
    for suggestion in suggestions {
        out += &row(reading, suggestion);
    }
    out
}

fn row(reading: &Reading, suggestion: &Suggestion) -> String {
    let title = reading.standards.clause(suggestion.clause).title.as_deref().unwrap_or_default();
    format!(
        "| {} | {} | {} |\n",
        clause_name(&reading.standards, suggestion.clause),
        escape_cell(title),
        escape_cell(&reasons(suggestion))
    )
}

/// The reasons why a clause is proposed, as text.
pub(crate) fn reasons(suggestion: &Suggestion) -> String {
    let list_words =
        |what: &str, words: &[String]| (!words.is_empty()).then(|| format!("{what}: {}", words.join(", ")));
    let reasons = [list_words("title", &suggestion.in_title), list_words("text", &suggestion.in_text)];
    reasons.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The name of a clause in a claim.
pub(crate) fn clause_name(standards: &Standards, key: ClauseKey) -> String {
    let number = &standards.clause(key).id;
    match standards.main() == Some(key.standard) {
        true => number.to_string(),
        false => format!("{}:{number}", standards.catalogue(key.standard).id),
    }
}

fn escape_cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace(['<', '\n'], " ")
}
