//! A single document as it was in a commit.

use std::path::Path;

use super::earlier_texts::describe_error;
use super::tree::{Blob, BlobKind, list};
use crate::git::{Git, GitError, ObjectName};
use crate::id::DocumentId;
use crate::path::is_markdown;
use crate::place::SourceText;
use crate::source::{MAX_BYTES, Vocabulary, decode};

/// The past state of a document's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PastDocument {
    /// The path below the handbook's folder.
    pub(crate) file: String,
    /// The content of the file.
    pub(crate) bytes: Vec<u8>,
}

/// Returns the file that had this ID in a commit, or `None` if no file had it. If several had it, today's file of the
/// document is preferred, then the first path below the handbook's folder.
///
/// # Errors
/// If git fails. The error is a sentence fragment.
pub(crate) fn find_past_document(
    handbook: &Path,
    commit: &ObjectName,
    id: &DocumentId,
    today: Option<&str>,
    vocabulary: &Vocabulary,
) -> Result<Option<PastDocument>, String> {
    let find = || {
        let git = Git::of(handbook)?;
        let blobs = list(&git, commit, &git.prefix()?)?.blobs;
        let is_document = |blob: &Blob| blob.kind == BlobKind::Text && is_markdown(&blob.path.to_string_lossy());
        let (here, elsewhere): (Vec<Blob>, Vec<Blob>) = blobs
            .into_iter()
            .filter(is_document)
            .partition(|blob| today.is_some_and(|today| blob.path == Path::new(today)));
        match find_first_with_id(&git, &here, id, vocabulary)? {
            Some(found) => Ok(Some(found)),
            None => find_first_with_id(&git, &elsewhere, id, vocabulary),
        }
    };
    find().map_err(describe_error)
}

/// The first of these files with the given ID.
fn find_first_with_id(
    git: &Git,
    blobs: &[Blob],
    id: &DocumentId,
    vocabulary: &Vocabulary,
) -> Result<Option<PastDocument>, GitError> {
    let names: Vec<&ObjectName> = blobs.iter().map(|blob| &blob.object).collect();
    let mut found = None;
    git.read_present_objects(&names, MAX_BYTES, |at, bytes| {
        let Some(bytes) = bytes.filter(|_| found.is_none()) else { return Ok(()) };
        let file = blobs[at].path.to_string_lossy().replace('\\', "/");
        let text = SourceText::new(file.as_str(), &String::from_utf8_lossy(&bytes));
        let front = decode(&text, vocabulary).front;
        if front.and_then(|front| front.id).is_some_and(|front_id| front_id.value == *id) {
            found = Some(PastDocument { file, bytes });
        }
        Ok(())
    })?;
    Ok(found)
}
