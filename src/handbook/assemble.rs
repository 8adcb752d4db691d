//! Assembles a handbook from parsed files: assigns IDs and URLs, follows links, and collects references.
//!
//! Nothing is reported here; the rules examine the result.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::Handbook;
use super::addresses::{AddressInputs, assign_addresses};
use super::backlinks::{add_backlinks, outgoing_references};
use super::claims::claims;
use super::content_check::ContentCheck;
use super::contents::HandbookContents;
use super::defaults::EffectiveValues;
use super::document::{Document, DocumentIndex, ResolvedClaim};
use super::file::{FileFacts, ParsedFile};
use super::link::Destination;
use super::lookup::{Lookup, LookupTarget};
use super::own_places::own_places;
use super::registers::{KnownParties, RegisterParts, Registers, owned_entries};
use super::replaced::ReplacedDocuments;
use super::review::{ReviewContext, ReviewStatus};
use super::unchanged::has_same_names;
use crate::config::Settings;
use crate::id::ClauseKey;
use crate::markdown::{ClauseOwner, Mention};
use crate::name::Spellings;
use crate::place::Located;
use crate::placeholder::Placeholders;
use crate::register::Entry;
use crate::source::front_matter::FrontMatter;
use crate::source::{AssetFacts, is_picture};
use crate::standard::Standards;
use crate::url::{OwnPlace, ReservedPlaces};

/// The type of files that are not under document control.
pub(crate) const PAGE: &str = "page";

/// The parts that a handbook is assembled from.
#[derive(Debug)]
pub(crate) struct HandbookParts<'a> {
    /// The handbook's settings.
    pub(crate) settings: &'a Settings,
    /// The standards in the settings.
    pub(crate) standards: &'a Standards,
    /// Every Markdown file, sorted by path.
    pub(crate) files: Vec<Arc<ParsedFile>>,
    /// Paths of all other files below the content folder, sorted, each with any problem that keeps readers from using
    /// it.
    pub(crate) assets: Vec<(Arc<str>, AssetFacts)>,
    /// Paths of files that are skipped because they are hidden, sorted.
    pub(crate) hidden: Vec<Arc<str>>,
    /// Registers that documents name.
    pub(crate) registers: RegisterParts,
    /// Addresses of the portal's own pages.
    pub(crate) own_places: &'a [OwnPlace],
    /// Names of the files that a custom theme adds to the site's assets.
    pub(crate) theme: Vec<String>,
}

/// Assembles a handbook.
///
/// Given an `earlier` handbook assembled with the same settings and standards, reuses its documents whose files are
/// unchanged, as long as the IDs and paths of all files are the same, so that every link still leads to the same place.
pub(crate) fn assemble(parts: HandbookParts<'_>, earlier: Option<&Handbook>) -> Handbook {
    let HandbookParts { settings, standards, files, assets, hidden, registers, own_places, theme } = parts;
    let known_parties = KnownParties::new(&registers.files);
    let (shown, withheld) = super::edition::split_files(settings, &known_parties, files, &registers);
    let is_picture =
        |at: usize| assets.get(at).is_some_and(|(path, facts)| facts.problem.is_none() && is_picture(path));
    let placeholders = Placeholders::new(settings.words.placeholders.iter().map(String::as_str));
    let entries = owned_entries(&shown, &registers, &settings.content);
    let replaced = &ReplacedDocuments::new(&shown, &settings.content);
    let context =
        AssemblyContext { settings, standards, theme: &theme, placeholders, is_image: &is_picture, entries, replaced };
    let is_same = |earlier: &&Handbook| {
        has_same_names(earlier, &shown, &withheld, &assets, &hidden)
            && earlier.registers.matches_parts(&registers)
            && earlier.lookup.former_site.has_same_folders(&settings.documents.addresses)
    };
    let renewed = |earlier| update_handbook(&context, earlier, &shown, &withheld, own_places);
    if let Some(renewed) = earlier.filter(is_same).and_then(renewed) {
        return renewed;
    }
    let (mut registers, unseen) = Registers::new(settings, known_parties, &shown, &withheld, registers);
    let mut lookup = build_lookup(&shown, &withheld, &assets, hidden);
    lookup.former_site.set_address_targets(&settings.documents.addresses);
    lookup.add_registers(&registers, unseen);
    let mut documents = build_documents(&context, &lookup, &shown);
    let names = resolve_names(&context, &lookup, &mut documents, &mut registers);
    let (places, inputs) = collect_places(&context, own_places, &documents, &registers, &lookup);
    let (assets, addresses) = assign_addresses(&places, inputs, &mut documents, assets, &settings.content);
    add_backlinks(&mut documents);
    Handbook {
        registers: connect_registers(registers, &documents, &lookup, &assets),
        documents,
        names,
        assets: assets.into(),
        replaced_by_withheld: find_replaced_by_withheld(replaced, &lookup, &withheld),
        titles: OnceLock::new(),
        lookup: Arc::new(lookup),
        addresses,
        withheld: withheld.len(),
        withheld_documents: withheld.iter().filter(|file| file.controlled_id().is_some()).count(),
    }
}

/// Completes registers with the references to and from their entries.
fn connect_registers(
    mut registers: Registers,
    documents: &[Arc<Document>],
    lookup: &Lookup,
    assets: &[super::Asset],
) -> Registers {
    registers.connect(documents, |id| (lookup.by_id(id), lookup.entry(id)));
    let links = HandbookContents { documents, registers: &registers }.links();
    let linked = links.filter_map(|link| match link {
        Destination::Asset { asset, .. } => assets.get(asset.0 as usize).map(|asset| &*asset.path),
        _ => None,
    });
    let linked: BTreeSet<&str> = linked.collect();
    registers.find_orphans(|path| linked.contains(path));
    registers
}

/// Resolves the links of notes and unifies the spelling of names.
fn resolve_names(
    AssemblyContext { settings, standards, .. }: &AssemblyContext<'_>,
    lookup: &Lookup,
    documents: &mut [Arc<Document>],
    registers: &mut Registers,
) -> Spellings {
    registers.resolve_note_links(lookup, &settings.content, |mention| resolve_mention(standards, mention));
    super::names::unify_spellings(documents, &registers.entries)
}

/// The portal's own places, and everything that decides on addresses apart from paths.
fn collect_places<'a>(
    AssemblyContext { settings, standards, theme, .. }: &AssemblyContext<'_>,
    table: &'a [OwnPlace],
    documents: &[Arc<Document>],
    registers: &Registers,
    lookup: &Lookup,
) -> (ReservedPlaces<'a>, AddressInputs) {
    let contents = HandbookContents { documents, registers };
    let places = own_places(table, theme, settings, standards, contents);
    let inputs = AddressInputs::new(&places, contents, lookup.logo(settings));
    (places, inputs)
}

/// Documents replaced by withheld ones: a replaced document is replaced in every edition.
fn find_replaced_by_withheld(
    replaced: &ReplacedDocuments<'_>,
    lookup: &Lookup,
    withheld: &[Arc<ParsedFile>],
) -> Vec<(DocumentIndex, Arc<ParsedFile>)> {
    let controlled = withheld.iter().filter(|file| file.controlled_id().is_some());
    let pairs =
        controlled.flat_map(|file| replaced.find(lookup, file).into_iter().map(move |index| (index, file.clone())));
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_by_key(|(index, _)| *index);
    pairs
}

pub(super) fn named_aliases(file: &ParsedFile) -> impl Iterator<Item = &str> {
    file.front.iter().flat_map(|front| &front.aliases).map(|alias| alias.value.as_str())
}

fn add_to_lookup(lookup: &mut Lookup, file: &ParsedFile, target: LookupTarget) {
    lookup.former_site.add_aliases(file.path(), named_aliases(file), target);
    if let Some(address) = &file.former_address {
        lookup.former_site.add_derived(file.path(), address, target);
    }
    if file.is_named_by_file() {
        lookup.named_files.add(file.path(), target);
    }
}

/// A handbook with the same names, some of whose files changed; `None` if its addresses may have changed as well.
fn update_handbook(
    context: &AssemblyContext<'_>,
    earlier: &Handbook,
    files: &[Arc<ParsedFile>],
    unseen: &[Arc<ParsedFile>],
    own_places: &[OwnPlace],
) -> Option<Handbook> {
    let renew = |(old, file): (&Arc<Document>, &Arc<ParsedFile>)| {
        if Arc::ptr_eq(&old.file, file) && ReplacedDocuments::is_certain(&earlier.lookup, file) {
            return (old.clone(), true);
        }
        // Its URL depends on the names of all files; references to it are updated below if they may have changed.
        let Document { url, referenced_by, superseded_by, .. } = &**old;
        let (url, referenced_by, superseded_by) = (url.clone(), referenced_by.clone(), superseded_by.clone());
        let new = Document { url, referenced_by, superseded_by, ..build_document(context, &earlier.lookup, file) };
        let same = outgoing_references(old).eq(outgoing_references(&new)) && old.supersedes == new.supersedes;
        (Arc::new(new), same)
    };
    let (mut documents, same): (Vec<Arc<Document>>, Vec<bool>) =
        earlier.documents.par_iter().zip(files).map(renew).unzip();
    if same.contains(&false) {
        add_backlinks(&mut documents);
    }
    let Handbook { assets, lookup, addresses, withheld, withheld_documents, .. } = earlier;
    let mut registers = earlier.registers.clone();
    let names = resolve_names(context, lookup, &mut documents, &mut registers);
    if collect_places(context, own_places, &documents, &registers, lookup).1 != addresses.inputs {
        return None;
    }
    Some(Handbook {
        registers: connect_registers(registers, &documents, lookup, assets),
        documents,
        names,
        assets: assets.clone(),
        lookup: lookup.clone(),
        addresses: addresses.clone(),
        withheld: *withheld,
        withheld_documents: *withheld_documents,
        replaced_by_withheld: find_replaced_by_withheld(context.replaced, lookup, unseen),
        titles: OnceLock::new(),
    })
}

fn build_lookup(
    shown: &[Arc<ParsedFile>],
    withheld: &[Arc<ParsedFile>],
    assets: &[(Arc<str>, AssetFacts)],
    hidden: Vec<Arc<str>>,
) -> Lookup {
    let indexed = shown.iter().zip((0..).map(DocumentIndex));
    let ids = indexed.filter_map(|(file, index)| Some((file.controlled_id()?, index)));
    let mut lookup = Lookup::new(shown.iter().map(|file| file.path()), ids, assets.iter().map(|(path, _)| path));
    withheld.iter().for_each(|file| lookup.add_withheld(file.path(), file.controlled_id()));
    for (file, index) in shown.iter().zip((0..).map(DocumentIndex)) {
        add_to_lookup(&mut lookup, file, LookupTarget::Document(index));
    }
    for (file, rank) in withheld.iter().zip(0..) {
        add_to_lookup(&mut lookup, file, LookupTarget::Withheld(rank));
    }
    lookup.add_hidden(hidden);
    lookup
}

fn build_documents(context: &AssemblyContext<'_>, lookup: &Lookup, files: &[Arc<ParsedFile>]) -> Vec<Arc<Document>> {
    files.par_iter().map(|file| Arc::new(build_document(context, lookup, file))).collect()
}

fn build_document(context: &AssemblyContext<'_>, lookup: &Lookup, file: &Arc<ParsedFile>) -> Document {
    let AssemblyContext { settings, standards, .. } = *context;
    let front = file.front.as_ref();
    let effective = EffectiveValues::new(settings, standards, file);
    let find_documents = |list: fn(&FrontMatter) -> &[Located<crate::id::DocumentId>]| -> Vec<DocumentIndex> {
        front.map_or(&[][..], list).iter().filter_map(|id| lookup.by_id(&id.value)).collect()
    };
    let body = &file.body;
    let FileFacts { control, title, doc_type: kind, url, digest } = file.facts.clone();
    let mut document = Document {
        control,
        title,
        doc_type: kind,
        url,
        owners: effective.owners,
        approvers: effective.approvers,
        authors: effective.authors,
        classification: effective.classification,
        audience: effective.audience,
        review: effective.review,
        claims: claims(standards, file),
        provides: provided_items(standards, front),
        links: body.links.iter().map(|link| lookup.resolve(link, file.path(), &settings.content)).collect(),
        mentions: body.mentions.iter().map(|mention| resolve_mention(standards, mention)).collect(),
        related: find_documents(|front| &front.related),
        depends_on: find_documents(|front| &front.depends_on),
        supersedes: context.replaced.find(lookup, file),
        superseded_by: Vec::new(),
        referenced_by: Vec::new(),
        digest,
        rendered: [None; 2],
        spellings: OnceLock::new(),
        file: file.clone(),
        requires_digest: false,
        reviews: Vec::new(),
        has_content: false,
    };
    document.requires_digest = settings.approvals_bound && document.can_record_digest();
    document.reviews = reviews(settings, &document);
    resolve_claims(&mut document, lookup, context);
    document
}

/// Determines which claims of a document have content behind them.
fn resolve_claims(document: &mut Document, lookup: &Lookup, context: &AssemblyContext<'_>) {
    // Any controlled document may be named as a contract, which must have content.
    if document.claims.is_empty() && document.provides.is_empty() && !document.is_controlled() {
        document.has_content = true;
        return;
    }
    let lang = document.front().and_then(|front| front.lang.as_ref());
    let lang = lang.map_or(context.settings.lang.clone(), |lang| lang.value.clone());
    let entries = context.entries.get(document.path()).map_or(&[][..], Vec::as_slice);
    let substance = ContentCheck {
        document,
        index: document.id().and_then(|id| lookup.by_id(id)),
        words: document.file.words(),
        placeholders: &context.placeholders,
        lang: &lang,
        is_image: context.is_image,
        entries,
        terms: context.settings.register_terms(),
        standards: context.standards,
    };
    let document_has_content = substance.document_has_content();
    let of_claim = |claim: &ResolvedClaim| {
        claim.heading.map_or(document_has_content, |heading| substance.section_has_content(heading))
    };
    let claims_with_content: Vec<bool> = document.claims.iter().map(of_claim).collect();
    document.has_content = document_has_content;
    document
        .claims
        .iter_mut()
        .zip(claims_with_content)
        .for_each(|(claim, has_content)| claim.has_content = has_content);
}

/// The context that documents are assembled in.
struct AssemblyContext<'a> {
    settings: &'a Settings,
    standards: &'a Standards,
    /// Names of the files that a custom theme adds to the site's assets.
    theme: &'a [String],
    placeholders: Placeholders,
    /// Whether an asset, by index, is a picture that a reader can see.
    is_image: &'a (dyn Fn(usize) -> bool + Sync),
    /// The entries that a document owns, by the document's path.
    entries: BTreeMap<Arc<str>, Vec<Arc<Entry>>>,
    /// Finds the documents that a file replaces.
    replaced: &'a ReplacedDocuments<'a>,
}

fn reviews(settings: &Settings, document: &Document) -> Vec<ReviewStatus> {
    let Some(front) = document.front().filter(|front| !front.reviews.is_empty()) else { return Vec::new() };
    let (owners, authors, by_another) = (&document.owners, &document.authors, settings.reviews_by_another);
    ReviewContext { front, approved: document.approved(), owners, authors, requires_independence: by_another }
        .review_statuses()
}

/// The clause that a mention leads to; `None` for a contract's clause, or for a standard that is not in use.
fn resolve_mention(standards: &Standards, mention: &Mention) -> Option<ClauseKey> {
    match &mention.owner {
        ClauseOwner::Main => standards.find_reference(&mention.clause),
        ClauseOwner::Named(designation) => {
            standards.find(standards.find_by_designation(designation)?, &mention.clause.clause)
        }
        ClauseOwner::Foreign => None,
    }
}

fn provided_items(standards: &Standards, front: Option<&FrontMatter>) -> Vec<(crate::id::ItemKey, crate::place::Span)> {
    let items = front.map_or(&[][..], |front| &front.provides);
    items.iter().filter_map(|item| Some((standards.item(&item.value)?, item.span))).collect()
}
