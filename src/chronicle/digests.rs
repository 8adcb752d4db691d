//! Checks whether past texts have the digests in entries of revision histories.

use super::reader::{PastReader, PastSource};
use crate::git::ObjectName;
use crate::handbook::{Destination, Document, Reading, TextTarget};
use crate::history::{Candidate, DigestVerifier, ProvedText};
use crate::place::SourceText;
use crate::project::parse_file;
use crate::source;
use crate::source::front_matter::{DigestScheme, WrittenDigest};

/// Computes digests, first as if the text were in today's handbook, then in the handbook of its commit, where files may
/// have had other paths and attachments other content.
pub(crate) struct DigestCalculator<'a> {
    reading: &'a Reading,
    source: PastSource<'a>,
    reader: Option<PastReader>,
}

impl<'a> DigestCalculator<'a> {
    /// Creates a calculator for the texts of `reading`, the handbook in the folder of `source`.
    pub(crate) fn new(reading: &'a Reading, source: PastSource<'a>) -> DigestCalculator<'a> {
        DigestCalculator { reading, source, reader: None }
    }

    /// Whether a text had a digest in the handbook of its commit. Returns `None` if that handbook cannot be read, or if
    /// git does not have the actual files that the text links to.
    pub(super) fn had_digest(&mut self, proved: &ProvedText, digest: WrittenDigest) -> Option<bool> {
        let reader = self.open_reader()?;
        let is_whole = reader.missing_files(&proved.commit).ok()?.is_empty();
        let then = reader.read(&proved.commit).ok()?;
        let index = then.handbook.lookup.by_path(&proved.file)?;
        let document = then.handbook.document(index);
        let computed = then.text_digest_by(digest.scheme, document).ok()?;
        let is_lost = |link: &Destination| !is_whole && matches!(link, Destination::Broken(_));
        let is_misread = || document.links.iter().any(is_lost) || has_placeholder_attachment(then, document);
        (computed == digest || !is_misread()).then_some(computed == digest)
    }

    /// The targets of a text's links in the handbook of a commit; `None` if that handbook cannot be read or lacks the
    /// file.
    pub(crate) fn link_targets(&mut self, commit: &ObjectName, file: &str) -> Option<Vec<TextTarget>> {
        let then = self.open_reader()?.read(commit).ok()?;
        let document = then.handbook.document(then.handbook.lookup.by_path(file)?);
        Some(then.text_targets(document))
    }

    fn open_reader(&mut self) -> Option<&mut PastReader> {
        if self.reader.is_none() {
            self.reader = self.source.open("a version").ok();
        }
        self.reader.as_mut()
    }
}

/// Whether git stores a placeholder for any attachment of a document, as Git LFS does.
fn has_placeholder_attachment(then: &Reading, document: &Document) -> bool {
    document.attachments().any(|asset| {
        let path = then.handbook.assets.get(asset.0 as usize).map(|asset| &asset.path);
        path.and_then(|path| then.assets.get(path)).is_some_and(|file| source::is_placeholder_file(file))
    })
}

impl DigestVerifier for DigestCalculator<'_> {
    fn matches_today(&mut self, candidate: &Candidate, digest: WrittenDigest) -> bool {
        let settings = &self.reading.settings;
        let file = SourceText::new(candidate.file.clone(), &candidate.text);
        let file = parse_file(file, settings, &settings.vocabulary());
        self.reading.digest_of(digest.scheme, &file).is_ok_and(|computed| computed == digest)
    }

    fn matched_then(&mut self, commit: &ObjectName, candidate: &Candidate, digest: WrittenDigest) -> bool {
        if digest.scheme == DigestScheme::Written {
            // A digest of the source text does not depend on the handbook, and was checked before.
            return false;
        }
        let Some(Ok(then)) = self.open_reader().map(|reader| reader.read(commit)) else { return false };
        let document = then.handbook.lookup.by_path(&candidate.file);
        let document = document.map(|index| then.handbook.document(index));
        let computed = document.map(|document| then.text_digest_by(digest.scheme, document));
        computed.is_some_and(|taken| taken == Ok(digest))
    }
}
