//! Checks whether past texts have the digests in entries of revision histories.

use std::collections::HashMap;
use std::sync::Arc;

use super::reader::{PastReader, PastSource};
use crate::git::ObjectName;
use crate::handbook::{Destination, Document, ParsedFile, Reading, TextTarget};
use crate::history::{Candidate, CommittedText, DigestVerifier, ProvedText};
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
    /// The digests of all texts in commits whose handbooks were read for them, by file; `None` if one is not certain.
    past_digests: HashMap<ObjectName, HashMap<Arc<str>, Option<WrittenDigest>>>,
}

impl<'a> DigestCalculator<'a> {
    /// Creates a calculator for the texts of `reading`, the handbook in the folder of `source`.
    pub(crate) fn new(reading: &'a Reading, source: PastSource<'a>) -> DigestCalculator<'a> {
        DigestCalculator { reading, source, reader: None, past_digests: HashMap::new() }
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
        (computed == digest || !is_misread(then, document, is_whole)).then_some(computed == digest)
    }

    /// The digest of a text in the handbook of its commit, if it is certain. The digests of the other texts of that
    /// handbook are kept, because documents are often approved together.
    fn past_digest(&mut self, commit: &ObjectName, file: &str) -> Option<WrittenDigest> {
        if !self.past_digests.contains_key(commit) {
            let digests = self.digests_at(commit).unwrap_or_default();
            self.past_digests.insert(commit.clone(), digests);
        }
        *self.past_digests.get(commit)?.get(file)?
    }

    fn digests_at(&mut self, commit: &ObjectName) -> Option<HashMap<Arc<str>, Option<WrittenDigest>>> {
        let reader = self.open_reader()?;
        let is_whole = reader.missing_files(commit).ok()?.is_empty();
        let then = reader.read(commit).ok()?;
        let digest =
            |document: &Document| then.text_digest(document).ok().filter(|_| !is_misread(then, document, is_whole));
        let documents = then.handbook.documents.iter();
        Some(documents.map(|document| (document.path().clone(), digest(document))).collect())
    }

    /// Whether two texts are the same, judged without the handbooks of their commits; `None` if these decide, because
    /// files may have moved, and attachments and inserted files may have been replaced.
    fn are_same_today(&self, one: CommittedText<'_>, other: CommittedText<'_>) -> Option<bool> {
        let settings = &self.reading.settings;
        let parse = |committed: CommittedText<'_>| {
            let source = SourceText::new(committed.text.file.clone(), &committed.text.text);
            parse_file(source, settings, &settings.vocabulary())
        };
        let files = [parse(one), parse(other)];
        if files.iter().any(|file| !file.body.included.places.is_empty()) {
            return None;
        }
        let [before, after] = &files;
        if before.body.shown_digest() != after.body.shown_digest() {
            return Some(false);
        }
        let has_same_claims = one.main_standard == other.main_standard || !files.iter().any(has_bare_claims);
        let is_open = !has_same_claims || files.iter().any(|file| self.refers_to_files(file));
        let digest = |file| self.reading.digest_of(DigestScheme::NEWEST, file).ok();
        (!is_open && digest(before).is_some() && digest(before) == digest(after)).then_some(true)
    }

    /// Whether a text refers to attachments, or to files that today's handbook does not have.
    fn refers_to_files(&self, file: &ParsedFile) -> bool {
        let lookup = &self.reading.handbook.lookup;
        let lead = |link| lookup.resolve(link, file.path(), &self.reading.settings.content);
        let mut links = file.body.links.iter().map(lead);
        links.any(|link| matches!(link, Destination::Asset { .. } | Destination::Broken(_)))
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

/// Whether git does not have the actual files that a text links to.
fn is_misread(then: &Reading, document: &Document, is_whole: bool) -> bool {
    let is_lost = |link: &Destination| !is_whole && matches!(link, Destination::Broken(_));
    document.links.iter().any(is_lost) || has_placeholder_attachment(then, document)
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

    fn are_same_text(&mut self, one: CommittedText<'_>, other: CommittedText<'_>) -> Option<bool> {
        self.are_same_today(one, other).or_else(|| {
            let before = self.past_digest(one.commit, &one.text.file)?;
            Some(before == self.past_digest(other.commit, &other.text.file)?)
        })
    }
}

/// Whether a file has claims that do not name their standard.
pub(super) fn has_bare_claims(file: &ParsedFile) -> bool {
    let of_front = file.front.iter().flat_map(|front| &front.clauses);
    let of_headings = file.body.headings.iter().flat_map(|heading| &heading.claims);
    of_front.chain(of_headings).any(|claim| claim.clause.value.standard.is_none())
}
