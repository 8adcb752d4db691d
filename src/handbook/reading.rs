//! A handbook together with everything else that was read.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::digest::Surroundings;
use super::history::History;
use super::{AssetIndex, Destination, Document, Handbook, ParsedFile};
use crate::config::Settings;
use crate::finding::Problem;
use crate::place::SourceText;
use crate::source::attachment_hash;
use crate::source::front_matter::{DigestScheme, WrittenDigest};
use crate::standard::Standards;

/// A handbook as read.
#[derive(Debug)]
pub struct Reading {
    /// The settings.
    pub settings: Settings,
    /// The standards in the settings.
    pub(crate) standards: Standards,
    /// The handbook.
    pub(crate) handbook: Handbook,
    /// Problems that do not belong to a document.
    pub(crate) problems: Vec<Problem>,
    /// The location of each asset on disk, by its path in the handbook.
    pub(crate) assets: BTreeMap<Arc<str>, PathBuf>,
    /// The texts of settings and catalogues, for quoting lines.
    pub(crate) sources: Vec<Arc<SourceText>>,
    /// Earlier texts of documents; empty unless they are gathered from a repository.
    pub(crate) history: History,
    /// The whole handbook, if this edition may omit anything: verdicts and figures are always those of the whole.
    pub(crate) whole: Option<Box<Reading>>,
}

impl Reading {
    /// The source text of a file that was read.
    pub(crate) fn text(&self, path: &str) -> Option<&SourceText> {
        self.handbook.text(path).or_else(|| self.sources.iter().find(|text| **text.path() == *path)).map(|text| &**text)
    }

    /// The digest of a document as rendered, as recorded in an approval or a review.
    ///
    /// # Errors
    /// If an attachment cannot be read; returns the path of the first one.
    pub(crate) fn text_digest(&self, document: &Document) -> Result<WrittenDigest, Arc<str>> {
        self.text_digest_by(DigestScheme::NEWEST, document)
    }

    /// Like [`text_digest`](Reading::text_digest), in any scheme.
    ///
    /// # Errors
    /// If an attachment cannot be read; returns the path of the first one.
    pub(crate) fn text_digest_by(&self, scheme: DigestScheme, document: &Document) -> Result<WrittenDigest, Arc<str>> {
        self.rendered_digest(scheme, &document.file, &document.links)
    }

    /// The digest of a text that may take the place of a file of this handbook, as it would be rendered there.
    ///
    /// # Errors
    /// If an attachment cannot be read; returns the path of the first one.
    pub(crate) fn digest_of(&self, scheme: DigestScheme, file: &ParsedFile) -> Result<WrittenDigest, Arc<str>> {
        let lead = |link| self.handbook.lookup.resolve(link, file.path(), &self.settings.content);
        let links: Vec<Destination> = file.body.links.iter().map(lead).collect();
        self.rendered_digest(scheme, file, &links)
    }

    fn rendered_digest(
        &self,
        scheme: DigestScheme,
        file: &ParsedFile,
        links: &[Destination],
    ) -> Result<WrittenDigest, Arc<str>> {
        if scheme == DigestScheme::Written {
            return Ok(WrittenDigest { scheme, bytes: file.facts.digest.0 });
        }
        let path = |asset: AssetIndex| self.handbook.assets.get(asset.0 as usize).map(|asset| &asset.path);
        let hash = |asset| attachment_hash(self.assets.get(path(asset)?)?).ok();
        let main = self.settings.standards.first().map(|main| &main.value);
        let surroundings = Surroundings { handbook: &self.handbook, content: &self.settings.content, main };
        let digest = super::digest::rendered(surroundings, scheme, (file, links), hash);
        digest.map_err(|asset| path(asset).cloned().unwrap_or_default())
    }

    /// Adds earlier texts of documents.
    pub(crate) fn with_history(self, history: History) -> Reading {
        Reading { history, ..self }
    }

    /// Adds texts from which findings quote lines.
    pub(crate) fn with_texts(mut self, texts: Vec<Arc<SourceText>>) -> Reading {
        self.sources.extend(texts);
        self
    }
}
