//! A handbook together with everything else that was read.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::digest::{LinkedText, TextContext};
use super::history::History;
use super::{AssetIndex, ContentHash, Destination, Document, Handbook, ParsedFile};
use crate::config::Settings;
use crate::finding::Problem;
use crate::markdown::Link;
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
    pub(crate) full_handbook: Option<Box<Reading>>,
}

/// The target of a link in a text, as the text's digest covers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextTarget {
    /// The path of the attachment, if the link leads to one.
    pub(crate) attachment: Option<Arc<str>>,
    /// The link as written.
    pub(crate) written: Arc<str>,
    /// Equal for equal targets; `None` for an attachment that cannot be read.
    pub(crate) digest: Option<[u8; 16]>,
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

    /// The targets of the links in a document's text that its digest covers, in document order.
    pub(crate) fn text_targets(&self, document: &Document) -> Vec<TextTarget> {
        let (surroundings, hash) = (self.text_context(), |asset| self.attachment_hash(asset));
        let text = LinkedText { file: &document.file, links: &document.links };
        let targets = super::digest::targets(surroundings, text, hash);
        let target = |(link, to, covered): (&Link, &Destination, _)| TextTarget {
            attachment: match to {
                Destination::Asset { asset, .. } => self.asset_path(*asset).cloned(),
                _ => None,
            },
            written: link.target.as_str().into(),
            digest: covered,
        };
        targets.into_iter().map(target).collect()
    }

    fn asset_path(&self, asset: AssetIndex) -> Option<&Arc<str>> {
        self.handbook.assets.get(asset.0 as usize).map(|asset| &asset.path)
    }

    fn attachment_hash(&self, asset: AssetIndex) -> Option<ContentHash> {
        attachment_hash(self.assets.get(self.asset_path(asset)?)?).ok()
    }

    fn text_context(&self) -> TextContext<'_> {
        let main = self.settings.standards.first().map(|main| &main.value);
        TextContext { handbook: &self.handbook, content: &self.settings.content, main }
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
        let hash = |asset| self.attachment_hash(asset);
        let digest = super::digest::rendered_digest(self.text_context(), scheme, LinkedText { file, links }, hash);
        digest.map_err(|asset| self.asset_path(asset).cloned().unwrap_or_default())
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
