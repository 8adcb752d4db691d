//! Checks whether an earlier handbook has the same names, so that its links still lead to the same targets.

use std::sync::Arc;

use super::Handbook;
use super::assemble::named_aliases;
use super::document::Document;
use super::file::ParsedFile;
use crate::source::AssetFacts;

/// The path of an attachment and its facts.
type NamedAsset = (Arc<str>, AssetFacts);

/// Whether everything by which links are looked up is unchanged.
pub(super) fn has_same_names(
    earlier: &Handbook,
    shown: &[Arc<ParsedFile>],
    withheld: &[Arc<ParsedFile>],
    assets: &[NamedAsset],
    hidden: &[Arc<str>],
) -> bool {
    let same = |(old, new): (&Arc<Document>, &Arc<ParsedFile>)| {
        let old = &old.file;
        Arc::ptr_eq(old, new)
            || (old.path() == new.path()
                && old.controlled_id() == new.controlled_id()
                && named_aliases(old).eq(named_aliases(new))
                && old.former_address == new.former_address
                && old.is_named_by_file() == new.is_named_by_file())
    };
    earlier.documents.len() == shown.len()
        && earlier.documents.iter().zip(shown).all(same)
        && earlier.lookup.withholds_exactly(withheld.iter().map(|file| (file.path(), file.controlled_id())))
        && withheld.iter().all(|file| {
            earlier.lookup.former_site.has_exactly(file.path(), named_aliases(file), file.former_address.as_deref())
        })
        && withheld.iter().all(|file| earlier.lookup.named_files.has(file.path()) == file.is_named_by_file())
        && earlier.lookup.hides_exactly(hidden)
        && earlier
            .assets
            .iter()
            .map(|asset| (&asset.path, &asset.facts))
            .eq(assets.iter().map(|(path, facts)| (path, facts)))
}
