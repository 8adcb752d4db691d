//! Sections of a pack by clause and by document.

use std::collections::BTreeSet;

use super::context::{AUDITS_PATH, Pack};
use super::documents::{proof_key, version};
use super::page::{CellLine, PackPage, PageCell, PageRow};
use super::registers::cell;
use crate::assess::{ClaimRef, UnitAudit};
use crate::date::Date;
use crate::handbook::{Document, DocumentIndex, EntryIndex};
use crate::id::{ClauseKey, ClauseRef, ItemKey};
use crate::register::{Kind, STATE_COLUMN};
use crate::site::portal::Portal;
use crate::source::front_matter::FrontMatter;
use crate::standard::Basis;

/// The columns of the table of documented information.
const ITEM_COLUMNS: [&str; 5] = ["clause", "item", "basis", "verdict", "documents"];

/// The heading of a column.
pub(super) fn column(pack: &Pack<'_, '_>, key: &str) -> String {
    pack.label(&format!("column.{key}"))
}

fn format_day(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn approval_text(document: &Document) -> String {
    let on = document.front().and_then(|front| front.approved.as_ref()).map(|day| day.value.to_string());
    let by = document.approvers.joined().map(|name| name.into_owned());
    [on, by].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Writes each clause that counts towards coverage, and each part of one, with the documents that address it.
pub(super) fn write_clauses(pack: &Pack<'_, '_>, page: &mut PackPage) {
    let standards = &pack.portal.reading.standards;
    for standard in standards.to_cover() {
        let catalogue = standards.catalogue(standard);
        page.heading(2, catalogue.id.as_str(), &catalogue.title);
        let keys: Vec<ClauseKey> =
            standards.clauses(standard).filter(|key| pack.portal.assessment.clause(*key).verdict.is_some()).collect();
        let prefix = if pack.portal.is_main(standard) { String::new() } else { format!("{}-", catalogue.id) };
        let rows: Vec<PageRow> = keys.into_iter().map(|key| clause_row(pack, key, &prefix)).collect();
        let columns = ["clause", "verdict", "claims", "approved", "audited", "findings"];
        page.table(&columns.map(|key| column(pack, key)), &rows, &pack.label("no_clause"));
    }
}

fn clause_row(pack: &Pack<'_, '_>, key: ClauseKey, prefix: &str) -> PageRow {
    let portal = pack.portal;
    let facts = portal.reading.standards.clause(key);
    let assessed = portal.assessment.clause(key);
    let verdict =
        assessed.verdict.map(|verdict| portal.labels.text(&format!("verdict.{}", verdict.as_str())).to_owned());
    let title = format!("{} {}", facts.id, facts.title.as_deref().unwrap_or_default());
    let audit = portal.unit_audit(key);
    PageRow::with_anchor(
        &format!("c{prefix}{}", facts.id),
        vec![
            PageCell::text(title.trim()),
            PageCell::text(verdict.unwrap_or_default()),
            PageCell(assessed.claims.iter().map(|claim| claimant(pack, claim)).collect()),
            PageCell(
                assessed.claims.iter().map(|claim| text_line(approval_text(portal.document(claim.document)))).collect(),
            ),
            PageCell(audit.and_then(|audit| last_audit(pack, audit)).into_iter().collect()),
            PageCell(findings(pack, key, audit)),
        ],
    )
}

/// The last internal audit or, if an edition does not show it, whether the clause was audited on time.
fn last_audit(pack: &Pack<'_, '_>, audit: &UnitAudit) -> Option<CellLine> {
    let labels = pack.portal.labels;
    match audit.last {
        Some((day, entry)) => {
            let id = pack.portal.entry(entry).id();
            Some(CellLine { text: format!("{day}, {id}"), target: Some(format!("{AUDITS_PATH}#{id}")) })
        }
        None if audit.hidden.last => {
            let key = format!("audit_state.{}", audit.state.as_str());
            Some(text_line(format!("{}, {}", labels.text(&key), labels.text("audits.unseen"))))
        }
        None => None,
    }
}

/// The findings of audits on a clause, open or closed.
fn findings(pack: &Pack<'_, '_>, key: ClauseKey, audit: Option<&UnitAudit>) -> Vec<CellLine> {
    let portal = pack.portal;
    let facts = portal.reading.standards.clause(key);
    let own_standard = &portal.reading.standards.catalogue(key.standard).id;
    let open = audit.map_or(&[][..], |unit| unit.open.as_slice());
    let is_meant = |reference: &ClauseRef| {
        reference.clause == facts.id
            && reference.standard.as_ref().map_or(portal.is_main(key.standard), |standard| standard == own_standard)
    };
    let nonconformities = portal
        .known_entries(crate::register::Kind::Nonconformities)
        .into_iter()
        .filter(|index| portal.entry(*index).entry.clauses().iter().any(|clause| is_meant(&clause.value)));
    let finding = |index: EntryIndex| {
        let (id, state) = (portal.entry(index).id(), pack.label(if open.contains(&index) { "open" } else { "closed" }));
        CellLine { text: format!("{id} ({state})"), target: Some(format!("{AUDITS_PATH}#{id}")) }
    };
    let more_line =
        audit.filter(|unit| unit.hidden.open).map(|_| text_line(portal.labels.text("audits.more_open").to_owned()));
    nonconformities.map(finding).chain(more_line).collect()
}

fn text_line(text: String) -> CellLine {
    CellLine { text, target: None }
}

fn claimant(pack: &Pack<'_, '_>, claim: &ClaimRef) -> CellLine {
    let document = pack.portal.document(claim.document);
    let id = document.id().map(ToString::to_string).unwrap_or_default();
    let url = pack.portal.claim_url(claim);
    let anchor = url.split_once('#').map(|(_, anchor)| anchor);
    let section = pack.portal.claim_section(claim).map(|title| format!(", {title}")).unwrap_or_default();
    let text = format!("{id} {} {}{section}", document.title, version(document));
    CellLine { text, target: pack.document_address(claim.document, anchor) }
}

/// Writes all items of documented information.
pub(super) fn write_information(pack: &Pack<'_, '_>, page: &mut PackPage) {
    let standards = &pack.portal.reading.standards;
    for standard in standards.to_cover().filter(|standard| standards.items(*standard).next().is_some()) {
        let catalogue = standards.catalogue(standard);
        page.heading(2, catalogue.id.as_str(), &catalogue.title);
        let rows: Vec<PageRow> = standards.items(standard).map(|item| item_row(pack, item)).collect();
        page.table(&ITEM_COLUMNS.map(|key| column(pack, key)), &rows, &pack.label("no_item"));
    }
}

fn item_row(pack: &Pack<'_, '_>, key: ItemKey) -> PageRow {
    let portal = pack.portal;
    let item = portal.reading.standards.item_at(key);
    let assessed = portal.assessment.item(key);
    let basis = if item.basis == Basis::Required { "basis.required" } else { "basis.expected" };
    let mut providers: Vec<CellLine> =
        assessed.providers.iter().map(|provider| document_line(pack, provider.document)).collect();
    providers.extend(portal.item_reason(assessed).map(text_line));
    PageRow::new(vec![
        PageCell::text(portal.reading.standards.clause(assessed.clause).id.to_string()),
        PageCell::text(item.name.clone()),
        PageCell::text(portal.labels.text(basis)),
        PageCell::text(portal.labels.text(&format!("item_verdict.{}", assessed.verdict.as_str()))),
        PageCell(providers),
    ])
}

/// The ID and title of a document, with a link to its page.
pub(super) fn document_line(pack: &Pack<'_, '_>, index: DocumentIndex) -> CellLine {
    let document = pack.portal.document(index);
    let id = document.id().map(ToString::to_string).unwrap_or_default();
    CellLine { text: format!("{id} {}", document.title), target: pack.document_address(index, None) }
}

/// Writes the document register.
pub(super) fn write_register(pack: &Pack<'_, '_>, page: &mut PackPage) {
    let row = |index: &DocumentIndex| {
        let document = pack.portal.document(*index);
        let life = pack.portal.assessment.life(*index);
        PageRow::new(vec![
            PageCell(vec![document_line(pack, *index)]),
            PageCell::text(version(document)),
            PageCell::text(pack.state_words(*index)),
            PageCell::text(document.owners.joined().unwrap_or_default()),
            PageCell::text(approval_text(document)),
            PageCell::text(pack.label(proof_key(document))),
            PageCell::text(format_day(life.last_review)),
            PageCell::text(format_day(life.next_review)),
        ])
    };
    let rows: Vec<PageRow> = pack.portal.register().documents.iter().map(row).collect();
    let columns = [
        "pack.column.document",
        "control.version",
        "control.state",
        "control.owner",
        "pack.column.approved",
        "pack.column.proof",
        "control.last_review",
        "control.next_review",
    ];
    page.table(&pack.heads(&columns), &rows, &pack.label("no_document"));
}

/// Writes the services or locations: those in the register, each with its state or place, and others in documents.
fn write_parties(pack: &Pack<'_, '_>, page: &mut PackPage, kind: Kind) {
    let portal = pack.portal;
    let registers = &portal.reading.handbook.registers;
    let (key, state_key) = if kind == Kind::Services { ("services", STATE_COLUMN) } else { ("locations", "inside") };
    page.heading(2, key, portal.labels.text(&format!("control.{key}")));
    let of_entry = |index: EntryIndex| {
        let placed_entry = portal.entry(index);
        let name = CellLine {
            text: format!("{} {}", placed_entry.id(), placed_entry.entry.title()),
            target: Some(pack.entry_address(index)),
        };
        PageRow::new(vec![PageCell(vec![name]), cell(pack, index, state_key)])
    };
    let unregistered =
        names_in_documents(portal, kind).into_iter().filter(|name| registers.find_party(kind, name).is_none());
    let rows: Vec<PageRow> = portal.known_entries(kind).into_iter().map(of_entry).collect();
    let plain = |name: String| PageRow::new(vec![PageCell::text(name), PageCell::text("")]);
    let rows: Vec<PageRow> = rows.into_iter().chain(unregistered.map(plain)).collect();
    let state_heading = portal.labels.text(&format!("entries.column.{state_key}")).to_owned();
    page.table(&[column(pack, "name"), state_heading], &rows, &pack.label("not_named"));
}

/// The services or locations that the front matter of documents names, without those that this edition withholds.
fn names_in_documents(portal: &Portal<'_>, kind: Kind) -> BTreeSet<String> {
    let known_parties = &portal.reading.handbook.registers.known_parties;
    let names = |front: &'_ FrontMatter| match kind {
        Kind::Services => front.services.clone(),
        _ => front.locations.clone(),
    };
    let fronts = portal.reading.handbook.controlled().filter_map(|(_, document)| document.front());
    fronts.flat_map(names).map(|name| name.value).filter(|name| !known_parties.withholds(kind, name)).collect()
}

/// Writes the certified scope, what registers and documents name, and what does not apply.
pub(super) fn write_scope(pack: &Pack<'_, '_>, page: &mut PackPage) {
    let portal = pack.portal;
    let certificate = portal.reading.settings.shown_certificate();
    page.heading(2, "certified", &pack.label("certified"));
    let empty_key = match &portal.reading.settings.certificate {
        Some(_) if certificate.is_none() => "no_certificate",
        _ => "no_scope",
    };
    page.paragraph(certificate.and_then(|certificate| certificate.scope.as_deref()).unwrap_or(&pack.label(empty_key)));
    page.heading(2, "documents", &pack.label("fact.documents"));
    let standards = &portal.reading.standards;
    let of_context = |key: &ItemKey| standards.clause(standards.clause_of(*key)).id.to_string().starts_with("4.");
    let items = standards.main().into_iter().flat_map(|main| standards.items(main)).filter(of_context);
    let rows: Vec<PageRow> = items.map(|item| item_row(pack, item)).collect();
    page.table(&ITEM_COLUMNS.map(|key| column(pack, key)), &rows, &pack.label("no_context"));
    for kind in [Kind::Services, Kind::Locations] {
        write_parties(pack, page, kind);
    }
    page.heading(2, "excluded", &pack.label("excluded"));
    let all = standards.to_cover().flat_map(|standard| standards.clauses(standard));
    let excluded = all.filter_map(|key| Some((key, portal.assessment.clause(key).reason.clone()?)));
    let rows: Vec<PageRow> = excluded
        .map(|(key, reason)| PageRow::new(vec![PageCell::text(portal.clause_link(key).number), PageCell::text(reason)]))
        .collect();
    page.table(&["clause", "reason"].map(|key| column(pack, key)), &rows, &pack.label("none_excluded"));
}
