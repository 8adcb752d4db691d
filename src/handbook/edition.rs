//! Decides which documents an edition of the handbook shows; if in doubt, it withholds them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::file::ParsedFile;
use super::registers::{KnownParties, RegisterParts};
use crate::config::{Edition, Settings};
use crate::name::name_key;
use crate::place::Located;
use crate::register::{Entry, Kind};
use crate::source::{self, IncludedFile};

/// Whether readers of this edition may see a file.
///
/// Without an edition in the settings, everything is shown. With one, a document is shown only if its classification is
/// known and not above the limit; it is withheld if it has no classification or its front matter could not be read.
/// Pages without a classification are shown, since they only help readers find their way. An edition for roles shows
/// documents above the lowest classification only if their audience includes one of the roles; an edition for services
/// or locations shows what names one of them, or none at all.
pub(crate) fn is_shown(settings: &Settings, known_parties: &KnownParties, file: &ParsedFile) -> bool {
    let Some(edition) = &settings.edition else { return true };
    let is_unclear = match &file.front {
        Some(front) => front.classification_is_unclear(),
        None => source::misplaced_front(file.source.as_str()).is_some(),
    };
    if is_unclear {
        return false;
    }
    let classification = super::defaults::classification(settings, file);
    let is_shown = match classification.and_then(|name| settings.classification_rank(&name)) {
        Some(rank) => rank <= edition.limit && (rank == 0 || is_for_roles(settings, edition, file)),
        None => is_page(file),
    };
    let is_about = |kind, allowed| is_about(file, known_parties, kind, allowed);
    is_shown && is_about(Kind::Services, &edition.services) && is_about(Kind::Locations, &edition.locations)
}

/// Splits files into those that readers of this edition may see and the others. A file that includes a withheld file is
/// withheld; so is one that includes a register, whose entries are shown one by one.
pub(super) fn split_files(
    settings: &Settings,
    known: &KnownParties,
    files: EditionFiles,
    registers: &RegisterParts,
) -> (EditionFiles, EditionFiles) {
    let (shown, mut withheld): (EditionFiles, EditionFiles) =
        files.into_iter().partition(|file| is_shown(settings, known, file));
    if settings.edition.is_none() || shown.iter().all(|file| file.body.included.files.is_empty()) {
        return (shown, withheld);
    }
    let paths: BTreeSet<Arc<str>> = shown.iter().map(|file| file.path().clone()).collect();
    let unseen: BTreeSet<Arc<str>> = withheld.iter().map(|file| file.path().clone()).collect();
    let is_register = registers_among(registers);
    // The classification of a document outside the handbook is unknown.
    let may_be_seen = |included: &IncludedFile| {
        !unseen.contains(&included.path)
            && (!included.has_front || paths.contains(&included.path))
            && !is_register(included)
    };
    let (shown, excluded): (EditionFiles, EditionFiles) =
        shown.into_iter().partition(|file| file.body.included.files.iter().all(may_be_seen));
    withheld.extend(excluded);
    withheld.sort_by(|a, b| a.path().cmp(b.path()));
    (shown, withheld)
}

type EditionFiles = Vec<Arc<ParsedFile>>;

/// Recognizes registers among included files: by path, and by content in case a symbolic link leads to one.
fn registers_among(registers: &RegisterParts) -> impl Fn(&IncludedFile) -> bool {
    let sources = || registers.files.iter().map(|file| &file.source);
    let paths: BTreeSet<Arc<str>> =
        sources().map(|text| text.path().clone()).chain(registers.unnamed.clone()).collect();
    let texts: BTreeSet<[u8; 32]> = sources().map(|text| *blake3::hash(text.as_str().as_bytes()).as_bytes()).collect();
    move |included| paths.contains(&included.path) || included.hash.is_some_and(|hash| texts.contains(&hash))
}

/// Whether a file's audience includes one of the edition's roles, or everybody.
fn is_for_roles(settings: &Settings, edition: &Edition, file: &ParsedFile) -> bool {
    if edition.roles.is_empty() {
        return true;
    }
    if file.front.as_ref().is_none_or(|front| front.is_unclear("audience")) {
        return false;
    }
    let audience = super::defaults::audience_of(settings, file);
    let is_named = |role: &str| {
        edition.roles.iter().any(|edition_role| is_same_name(edition_role, role))
            || is_same_name(&settings.editions.everyone, role)
    };
    audience.iter().any(|role| is_named(role))
}

/// Whether a file names one of these services or locations, or none at all; anything unreadable may name another.
fn is_about(file: &ParsedFile, known_parties: &KnownParties, kind: Kind, wanted: &[Located<String>]) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let Some(front) = &file.front else { return is_page(file) };
    let named: &[Located<String>] = if kind == Kind::Services { &front.services } else { &front.locations };
    // An unreadable part may have named others.
    !front.is_incomplete && !front.is_unclear(kind.row().name) && known_parties.are_about(kind, named, wanted)
}

fn is_same_name(a: &str, b: &str) -> bool {
    name_key(a) == name_key(b)
}

/// Whether readers of an edition for roles may see an entry: an entry above the lowest classification is for the
/// audience of the document that owns it, as that document would be.
pub(super) fn is_for_readers(settings: &Settings, owner: &ParsedFile, entry: &Entry) -> bool {
    let Some(edition) = &settings.edition else { return true };
    let is_raised = entry.classification().is_some_and(|level| settings.classification_rank(level) != Some(0));
    !is_raised || is_for_roles(settings, edition, owner)
}

/// Whether an entry is shown, provided that its register is.
pub(super) fn shows_entry(settings: &Settings, known_parties: &KnownParties, entry: &Entry) -> bool {
    settings.shows_kind(entry.kind) && may_be_named(settings, known_parties, entry)
}

/// Whether readers may know of an entry whose register is shown; not if its classification is unclear.
pub(super) fn may_be_named(settings: &Settings, known_parties: &KnownParties, entry: &Entry) -> bool {
    let Some(edition) = &settings.edition else { return true };
    let is_within = |level: &str| settings.classification_rank(level).is_some_and(|rank| rank <= edition.limit);
    let is_about = |kind: Kind, allowed: &[Located<String>]| {
        let (key, record) = (kind.row().name, &entry.record);
        // A service or location is about itself.
        let own_name = (entry.kind == kind).then(|| Located::new(entry.id.value.to_string(), entry.id.span));
        let names = own_name.as_ref().map_or_else(|| record.names(key), std::slice::from_ref);
        allowed.is_empty() || (!record.is_unclear(key) && known_parties.are_about(kind, names, allowed))
    };
    !entry.classification_is_unclear()
        && entry.classification().is_none_or(is_within)
        && is_about(Kind::Services, &edition.services)
        && is_about(Kind::Locations, &edition.locations)
}

fn is_page(file: &ParsedFile) -> bool {
    let kind = file.front.as_ref().and_then(|front| front.doc_type.as_ref());
    kind.is_some_and(|kind| kind.value == super::assemble::PAGE)
}
