//! Comparison of today's texts with the approved ones, as far as the repository proves them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::DigestCalculator;
use super::digests::has_bare_claims;
use super::settings::{self, front_reading, front_reading_of};
use super::targets::{changed_targets, join_targets};
use crate::difference::{WordChange, WordChanges, find_changes};
use crate::handbook::{ApprovedText, Document, DocumentIndex, ParsedFile, People, Reading, people, same_front_matter};
use crate::history::{
    CommitLine, PastSettings, ProofFailure, ProvedText, VersionKey, VersionQuery, VersionText, version_texts,
};
use crate::id::DocumentId;
use crate::place::SourceText;
use crate::project::parse_file;
use crate::source::body_of;

/// Returns the repository's evidence on the approved text of each of these documents, on a line of commits.
/// Git runs a few times for all of them.
pub(crate) fn approved_texts(
    line: CommitLine<'_>,
    reading: &Reading,
    documents: &[DocumentIndex],
    digests: &mut DigestCalculator<'_>,
) -> HashMap<DocumentIndex, ApprovedText> {
    let texts = prove_texts(line, reading, documents, digests).into_iter();
    texts
        .map(|(index, text)| {
            (
                index,
                text.map_or_else(
                    |unproved| unproved,
                    |proved| compare_with_today(reading, reading.handbook.document(index), &proved, digests),
                ),
            )
        })
        .collect()
}

/// Returns the same evidence with the people whom the approved text named, if it is today's text.
pub(crate) fn approved_texts_with_people(
    line: CommitLine<'_>,
    reading: &Reading,
    documents: &[DocumentIndex],
    digests: &mut DigestCalculator<'_>,
) -> HashMap<DocumentIndex, (ApprovedText, Option<People>)> {
    let then = PastSettings::new(line.folder);
    let texts = prove_texts(line, reading, documents, digests).into_iter();
    let compare_text = |(index, text): (DocumentIndex, Result<ProvedText, ApprovedText>)| {
        let proved = match text {
            Err(unproved) => return (index, (unproved, None)),
            Ok(proved) => proved,
        };
        let text = compare_with_today(reading, reading.handbook.document(index), &proved, digests);
        let is_same = text == ApprovedText::Same;
        let people = then.as_ref().filter(|_| is_same).map(|then| people_at_commit(then, &proved));
        (index, (text, people))
    };
    texts.map(compare_text).collect()
}

/// The approved text of each of these documents, or why it is not proved.
fn prove_texts(
    line: CommitLine<'_>,
    reading: &Reading,
    documents: &[DocumentIndex],
    digests: &mut DigestCalculator<'_>,
) -> Vec<(DocumentIndex, Result<ProvedText, ApprovedText>)> {
    let wanted: Vec<(DocumentIndex, Option<VersionKey>)> =
        documents.iter().map(|index| (*index, approved_version(reading.handbook.document(*index)))).collect();
    let requested_documents = documents.iter().map(|index| reading.handbook.document(*index));
    let files: HashMap<DocumentId, Arc<ParsedFile>> =
        requested_documents.filter_map(|document| Some((document.id()?.clone(), document.file.clone()))).collect();
    let query = VersionQuery {
        versions: &wanted.iter().filter_map(|(_, wanted)| wanted.clone()).collect::<BTreeSet<_>>(),
        files: &files,
        reading: &front_reading(&reading.settings),
        read_settings: front_reading_of,
        is_for_edition: false,
        line,
        shows_commits: false,
    };
    let mut texts = version_texts(&query, digests);
    let take_text = |(index, version_key): (DocumentIndex, Option<VersionKey>)| {
        let text = match version_key.and_then(|wanted| texts.remove(&wanted)) {
            None => Err(ApprovedText::Unknown("it has no version".to_owned())),
            Some(VersionText::Unproved(ProofFailure::NoRepository, _)) => Err(ApprovedText::NoRepository),
            Some(VersionText::Unproved(ProofFailure::OtherText(day), _)) => Err(ApprovedText::SecondOfVersion(day)),
            Some(VersionText::Unproved(why, first)) => {
                let document = reading.handbook.document(index);
                let compared = first.map(|first| compare_with_today(reading, document, &first, digests));
                Err(unproved_text(why.to_string(), compared))
            }
            Some(VersionText::Proved(proved)) => Ok(proved),
        };
        (index, text)
    };
    wanted.into_iter().map(take_text).collect()
}

/// The evidence on an approved text that is not proved, from the comparison of its first known text with today's.
fn unproved_text(why: String, compared: Option<ApprovedText>) -> ApprovedText {
    match compared {
        Some(ApprovedText::Other { on, words }) => ApprovedText::Edited { on, words, why },
        _ => ApprovedText::Unknown(why),
    }
}

/// The people whom a text named in its commit, including defaults from the settings of that commit if these can be
/// read.
fn people_at_commit(then: &PastSettings, proved: &ProvedText) -> People {
    let settings = then.text(&proved.commit).and_then(|text| settings::read(&text)).unwrap_or_default();
    let text = SourceText::new(proved.file.clone(), &proved.text);
    people(&settings, &parse_file(text, &settings, &settings.vocabulary()))
}

fn approved_version(document: &Document) -> Option<VersionKey> {
    let front = document.front()?;
    let version = front.version.as_ref()?.value.trim().to_owned();
    let approved = front.approved.as_ref().map(|day| day.value);
    Some(VersionKey { id: document.id()?.clone(), version, approved, digest: front.approved_digest() })
}

/// Compares a past text with today's. If the words are the same, their references are looked up in the handbook of that
/// day, because files may have moved and attachments may have been replaced.
fn compare_with_today(
    reading: &Reading,
    document: &Document,
    proved: &ProvedText,
    digests: &mut DigestCalculator<'_>,
) -> ApprovedText {
    let settings = &reading.settings;
    let main = settings.standards.first().map(|standard| &standard.value);
    let is_same_standard = proved.main_standard.as_ref() == main;
    let has_same_claims = |file: &ParsedFile| is_same_standard || !has_bare_claims(file);
    let is_same_file = proved.file == *document.path() && !document.has_attachments();
    if is_same_file && has_same_claims(&document.file) && has_same_text(proved, &document.file) {
        return ApprovedText::Same;
    }
    let then = SourceText::new(proved.file.clone(), &proved.text);
    let before = parse_file(then, settings, &settings.vocabulary());
    let other =
        |targets| ApprovedText::Other { on: proved.day, words: describe_differences(&before, &document.file, targets) };
    let today = match reading.text_digest(document) {
        Ok(today) => today,
        Err(attachment) => return ApprovedText::Unknown(format!("`{attachment}` cannot be read")),
    };
    if before.body.shown_digest() != document.file.body.shown_digest() {
        return other(None);
    }
    let has_same_claims = has_same_claims(&before);
    if !document.has_attachments() && has_same_claims && reading.digest_of(today.scheme, &before) == Ok(today) {
        return ApprovedText::Same;
    }
    match digests.had_digest(proved, today) {
        Some(true) => ApprovedText::Same,
        Some(false) => {
            let then = digests.link_targets(&proved.commit, &proved.file);
            let changed = then.and_then(|then| join_targets(&changed_targets(&then, &reading.text_targets(document))));
            other(changed.or_else(|| (!has_same_claims).then(|| OTHER_STANDARD.to_owned())))
        }
        None => ApprovedText::Unknown(format!(
            "the handbook of {}, or a file that the text refers to, cannot be read",
            proved.day
        )),
    }
}

/// What differs if the settings make another standard the main one.
const OTHER_STANDARD: &str = "the standard of claims that do not name one: the settings make another the main one";

/// Whether only front matter that is not part of the approved text differs, judged without parsing the body again.
fn has_same_text(proved: &ProvedText, today: &ParsedFile) -> bool {
    let (old, new) = (&*proved.text, today.source.as_str());
    if old == new {
        return true;
    }
    // With other line endings, front matter may end elsewhere.
    if memchr::memchr(b'\r', old.as_bytes()).is_some() || body_of(old) != body_of(new) {
        return false;
    }
    let front = proved.front();
    front.zip(today.front.as_ref()).is_some_and(|(front, today)| same_front_matter(front, today))
}

/// Describes what differs: removed and added words, one line each, or the link targets if no words differ.
fn describe_differences(before: &ParsedFile, after: &ParsedFile, targets: Option<String>) -> String {
    let WordChanges { shown, has_more } = find_changes(&before.words().text, &after.words().text);
    let inserts = [before, after].iter().any(|file| !file.body.included.places.is_empty());
    if shown.is_empty() && inserts {
        return "\nits own text is unchanged; the text of inserted files is not compared".to_owned();
    }
    let others = other_differences(before, after);
    if shown.is_empty() {
        let others = others.or(targets).unwrap_or_else(|| "an attachment or the target of a link".to_owned());
        return format!("\nthe wording is unchanged; what changed is {others}");
    }
    let not_words = others.map_or_else(String::new, |others| format!("\nbeside these words, {others} differs"));
    let lines: String = shown.iter().map(|WordChange { before, after }| format!("\n- {before}\n+ {after}")).collect();
    let not_compared = if inserts { "\nthe text of files that it inserts is not compared" } else { "" };
    format!("{lines}{}{not_words}{not_compared}", if has_more { "\nand more" } else { "" })
}

/// Differences other than words: the title and claims in front matter, and links or code in the text, if any.
fn other_differences(before: &ParsedFile, after: &ParsedFile) -> Option<String> {
    let title = |file: &ParsedFile| file.front.as_ref().and_then(|front| Some(front.title.as_ref()?.value.clone()));
    let claims = |file: &ParsedFile| -> Vec<_> {
        let claims = file.front.iter().flat_map(|front| &front.clauses);
        claims.map(|claim| (claim.clause.value.clone(), claim.extent, claim.note.clone())).collect()
    };
    let items = |file: &ParsedFile| -> Vec<_> {
        file.front.iter().flat_map(|front| &front.provides).map(|item| item.value.clone()).collect()
    };
    let same_words = before.words().text == after.words().text;
    let differences = [
        (title(before) != title(after), "the title"),
        (claims(before) != claims(after), "a claim of the front matter"),
        (items(before) != items(after), "what it provides"),
        (same_words && before.body.shown_digest() != after.body.shown_digest(), "a link, code or a claim of a heading"),
    ];
    let named: Vec<&str> = differences.into_iter().filter(|(differs, _)| *differs).map(|(_, name)| name).collect();
    (!named.is_empty()).then(|| named.join(" and "))
}
