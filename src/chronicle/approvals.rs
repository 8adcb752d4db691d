//! Whether the texts of today are those that were approved, as far as the repository proves it.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::Digests;
use crate::config::Settings;
use crate::difference::{Change, Changes, changes};
use crate::git::ObjectName;
use crate::handbook::{ApprovedText, Document, DocumentIndex, ParsedFile, Reading, front_agrees};
use crate::history::{Asked, NoProof, ProvedText, VersionText, WantedVersion, version_texts};
use crate::id::DocumentId;
use crate::place::SourceText;
use crate::project::parse_file;
use crate::source::body_of;

/// What the repository says of the approved text of each of these documents, on the line of commits that leads to `tip`, or
/// with none to the one checked out. Git is asked a few times for all of them.
pub(crate) fn approved_texts(
    (handbook, reading, tip): (&Path, &Reading, Option<&ObjectName>),
    documents: &[DocumentIndex],
    digests: &mut Digests<'_>,
) -> HashMap<DocumentIndex, ApprovedText> {
    let wanted: Vec<(DocumentIndex, Option<WantedVersion>)> =
        documents.iter().map(|index| (*index, wanted(reading.handbook.document(*index)))).collect();
    let known = documents.iter().map(|index| reading.handbook.document(*index));
    let files: HashMap<DocumentId, Arc<ParsedFile>> =
        known.filter_map(|document| Some((document.id()?.clone(), document.file.clone()))).collect();
    let asked = Asked {
        wanted: &wanted.iter().filter_map(|(_, wanted)| wanted.clone()).collect::<BTreeSet<_>>(),
        files: &files,
        vocabulary: &reading.settings.vocabulary(),
        tip,
        shows_commits: false,
    };
    let texts = version_texts(handbook, &asked, digests);
    let answer = |(index, wanted): (DocumentIndex, Option<WantedVersion>)| {
        let text = match wanted.and_then(|wanted| texts.get(&wanted)) {
            None => ApprovedText::Unknown("it has no version".to_owned()),
            Some(VersionText::Unproved(NoProof::NoRepository)) => ApprovedText::NoRepository,
            Some(VersionText::Unproved(why)) => ApprovedText::Unknown(why.to_string()),
            Some(VersionText::Proved(proved)) => compared(reading, (index, proved), digests),
        };
        (index, text)
    };
    wanted.into_iter().map(answer).collect()
}

fn wanted(document: &Document) -> Option<WantedVersion> {
    let front = document.front()?;
    let version = front.version.as_ref()?.value.trim().to_owned();
    let approved = front.approved.as_ref().map(|day| day.value);
    Some(WantedVersion { id: document.id()?.clone(), version, approved, digest: front.approved_digest() })
}

/// Compares a text of the past with that of today. Where the words are the same, what they refer to is looked up in the
/// handbook of that day, since files may have moved and attachments may have been replaced.
fn compared(
    reading: &Reading,
    (index, proved): (DocumentIndex, &ProvedText),
    digests: &mut Digests<'_>,
) -> ApprovedText {
    let document = reading.handbook.document(index);
    let settings = &reading.settings;
    let is_here = proved.file == *document.path() && !document.has_attachments();
    if is_here && is_untouched(proved, settings, &document.file) {
        return ApprovedText::Same;
    }
    let then = SourceText::new(proved.file.clone(), &proved.text);
    let before = parse_file(then, settings, &settings.vocabulary());
    let other = || ApprovedText::Other { on: proved.day, words: words(&before, &document.file) };
    let today = match reading.text_digest(document) {
        Ok(today) => today,
        Err(attachment) => return ApprovedText::Unknown(format!("`{attachment}` cannot be read")),
    };
    if before.body.rendered != document.file.body.rendered {
        return other();
    }
    if !document.has_attachments() && reading.digest_of(&before) == Ok(today) {
        return ApprovedText::Same;
    }
    match digests.had(proved, today) {
        Some(true) => ApprovedText::Same,
        Some(false) => other(),
        None => ApprovedText::Unknown(format!("the handbook of {} cannot be read", proved.day)),
    }
}

/// Whether nothing but front matter that is no part of the text differs; says so without parsing the body again.
fn is_untouched(proved: &ProvedText, settings: &Settings, today: &ParsedFile) -> bool {
    let (old, new) = (&*proved.text, today.source.as_str());
    if old == new {
        return true;
    }
    // With other ends of lines, front matter may end elsewhere.
    if memchr::memchr(b'\r', old.as_bytes()).is_some() || body_of(old) != body_of(new) {
        return false;
    }
    let front = proved.front(&settings.vocabulary());
    front.zip(today.front.as_ref()).is_some_and(|(front, today)| front_agrees(front, today))
}

/// The words that differ, one line each for those that are gone and those that came.
fn words(before: &ParsedFile, after: &ParsedFile) -> String {
    let Changes { shown, more } = changes(&before.words().text, &after.words().text);
    let inserts = [before, after].iter().any(|file| !file.body.included.places.is_empty());
    if shown.is_empty() && inserts {
        return "\nno words of its own differ; the text of files that it inserts is not compared".to_owned();
    }
    if shown.is_empty() {
        return "\nno words differ; what differs is a link, an attachment, code, the title or a claim".to_owned();
    }
    let lines: String = shown.iter().map(|Change { before, after }| format!("\n- {before}\n+ {after}")).collect();
    let not_compared = if inserts { "\nthe text of files that it inserts is not compared" } else { "" };
    format!("{lines}{}{not_compared}", if more { "\nand more" } else { "" })
}
