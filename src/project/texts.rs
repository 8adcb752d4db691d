//! A handbook whose texts are in memory, for example those in a pack, as far as the digests of its documents require
//! it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::parse_file;
use crate::config;
use crate::finding::Problem;
use crate::handbook::{
    AssetIndex, ContentHash, FilePaths, Handbook, HandbookParts, ParsedFile, RegisterParts, assemble, named_registers,
};
use crate::place::SourceText;
use crate::source::AssetFacts;
use crate::standard::Standards;
use crate::{register, rules};

/// The texts of a handbook.
#[derive(Debug)]
pub(crate) struct Texts {
    /// The settings.
    pub(crate) settings: SourceText,
    /// The texts of documents and pages.
    pub(crate) documents: Vec<SourceText>,
    /// The texts of registers.
    pub(crate) registers: Vec<SourceText>,
    /// Other texts that documents include.
    pub(crate) included: Vec<Arc<SourceText>>,
    /// Hashes of attachments by path.
    pub(crate) attachments: BTreeMap<Arc<str>, ContentHash>,
}

impl Texts {
    /// Assembles the handbook and computes the digests of its documents.
    ///
    /// # Errors
    /// If the settings are invalid; returns their problems.
    pub(crate) fn assemble(self) -> Result<Handbook, Vec<Problem>> {
        let mut settings =
            config::read(&Arc::new(self.settings), &rules::rule_ids()).map_err(|invalid| invalid.problems)?;
        let copy = |text: &SourceText| Arc::new(SourceText::new(text.path().clone(), text.as_str()));
        let inserted = self.documents.iter().map(copy).chain(self.included);
        settings.documents.includes = settings.documents.includes.with_texts(inserted);
        let (vocabulary, standards) = (settings.vocabulary(), Standards::with_usage(Vec::new()));
        let parse = |text| Arc::new(parse_file(text, &settings, &vocabulary));
        let mut files: Vec<Arc<ParsedFile>> = self.documents.into_iter().map(parse).collect();
        files.sort_by(|a, b| a.path().cmp(b.path()));
        let file_paths = FilePaths::new(self.registers.iter().map(SourceText::path));
        let declared_kinds = named_registers(&files, &settings.content, &file_paths);
        let read = |text: SourceText| {
            let declared_kind = declared_kinds.get(&**text.path()).copied().flatten();
            Arc::new(register::read(Arc::new(text), declared_kind, settings.register_terms()))
        };
        let mut registers: Vec<_> = self.registers.into_iter().map(read).collect();
        registers.sort_by(|a, b| a.source.path().cmp(b.source.path()));
        let assets = self.attachments.keys().map(|path| (path.clone(), AssetFacts::default())).collect();
        let parts = HandbookParts {
            settings: &settings,
            standards: &standards,
            files,
            assets,
            hidden: Vec::new(),
            registers: RegisterParts { files: registers, unnamed: Vec::new() },
            own_places: &[],
            theme: Vec::new(),
        };
        let mut handbook = assemble(parts, None);
        let paths: Vec<Arc<str>> = handbook.assets.iter().map(|asset| asset.path.clone()).collect();
        let hash = |asset: AssetIndex| self.attachments.get(paths.get(asset.0 as usize)?).copied();
        let main = settings.standards.first().map(|main| &main.value);
        handbook.compute_digests(&settings.content, main, hash);
        Ok(handbook)
    }
}
