//! Packs to hand over: a folder of static pages that works without the portal, with everything that auditors or
//! directors ask for and checksums of all files.

mod context;
mod documents;
mod evidence;
mod inputs;
mod lists;
mod manifest;
mod opening;
mod page;
mod redlines;
mod registers;
mod sources;

use std::path::PathBuf;

use super::build::{BuildError, Plan, PreparedSite, SiteTools, assets};
use super::pages::make_file;
use crate::archive::{PackFile, checksum_file};
use crate::handbook::Reading;
use context::{AUDITS_PATH, Pack, PackSection, REGISTERS_PATH, REVIEWS_PATH};
pub(crate) use context::{Attachment, PackOptions, Profile};
use manifest::manifest;
pub(crate) use sources::verify_digests;

const CLAUSES: PackSection = PackSection { path: "1-clauses.html", key: "clauses", write: lists::write_clauses };
const INFORMATION: PackSection =
    PackSection { path: "2-information.html", key: "information", write: lists::write_information };
const REGISTER: PackSection = PackSection { path: "3-register.html", key: "register", write: lists::write_register };
const SCOPE: PackSection = PackSection { path: "4-scope.html", key: "scope", write: lists::write_scope };
const AUDITS: PackSection = PackSection { path: AUDITS_PATH, key: "audits", write: evidence::write_audits };
const REVIEWS: PackSection = PackSection { path: REVIEWS_PATH, key: "reviews", write: evidence::write_reviews };
const CHANGES: PackSection = PackSection { path: "7-changes.html", key: "changes", write: evidence::write_changes };
/// Every profile includes the open items.
const OPEN: PackSection = PackSection { path: "8-open.html", key: "open", write: evidence::write_open_items };
const REGISTERS: PackSection =
    PackSection { path: REGISTERS_PATH, key: "registers", write: registers::write_registers };
const INPUTS: PackSection = PackSection { path: "0-inputs.html", key: "inputs", write: inputs::write_inputs };

/// All profiles.
pub(crate) const PROFILES: &[Profile] = &[
    Profile {
        name: "stage-1",
        help: "Documents for a stage 1 audit",
        sections: &[&CLAUSES, &INFORMATION, &REGISTER, &SCOPE, &AUDITS, &REVIEWS, &CHANGES, &OPEN, &REGISTERS],
    },
    Profile {
        name: "surveillance",
        help: "Documents for a surveillance audit",
        sections: &[&CLAUSES, &INFORMATION, &REGISTER, &SCOPE, &AUDITS, &REVIEWS, &CHANGES, &OPEN, &REGISTERS],
    },
    Profile {
        name: "management-review",
        help: "Documents for the management review",
        sections: &[&INPUTS, &CLAUSES, &REGISTER, &AUDITS, &REVIEWS, &CHANGES, &OPEN, &REGISTERS],
    },
];

/// Attachments of the documents shown.
pub(crate) fn attachments(reading: &Reading) -> Vec<Attachment> {
    let mut used_paths = Vec::new();
    let attachment = |(asset, file): (&crate::handbook::Asset, &PathBuf)| {
        let path =
            documents::claim_path(&format!("files/{}", documents::to_ascii_path(asset.url.as_str())), &mut used_paths);
        Attachment { url: asset.url.as_str().to_owned(), path, file: file.clone(), asset: asset.path.clone() }
    };
    assets(reading).into_iter().map(attachment).collect()
}

/// Creates all files of a pack; `attached` contains the attachments and their bytes.
///
/// # Errors
/// If the theme or its labels contain errors, or if a data file cannot be made.
pub(crate) fn create_files(
    plan: Plan<'_>,
    order: PackOptions<'_>,
    attached: &[(Attachment, Vec<u8>)],
) -> Result<Vec<PackFile>, BuildError> {
    let site_tools = SiteTools::load(plan)?;
    let PreparedSite { portal, theme, .. } = PreparedSite::new(plan, &site_tools)?;
    let redlines = redlines::compare_versions(&portal, order);
    let pack = Pack { portal: &portal, options: order, document_pages: documents::document_paths(&portal), redlines };
    let mut files = vec![opening::render_read_me(&pack)];
    for section in order.profile.sections {
        let mut page = page::PackPage::new(section.path, &pack.label(&format!("title.{}", section.key)), &portal);
        (section.write)(&pack, &mut page);
        files.push(PackFile { path: section.path.to_owned(), bytes: page.finish() });
    }
    files.extend(redlines::files(&pack));
    files.extend(documents::files(&pack, attached));
    for name in ["assessment.json", "register.xlsx"] {
        let bytes = make_file(&portal, &theme, name).transpose();
        let bytes = bytes.map_err(|error| BuildError::Theme(vec![error]))?.unwrap_or_default();
        files.push(PackFile { path: name.to_owned(), bytes });
    }
    files.extend(
        attached.iter().map(|(attachment, bytes)| PackFile { path: attachment.path.clone(), bytes: bytes.clone() }),
    );
    let (sources, texts) = sources::collect_sources(&pack, attached);
    files.extend(texts);
    files.extend(order.pdfs.iter().cloned());
    files.push(manifest(&pack, &files, &sources));
    files.push(checksum_file(&files));
    Ok(files)
}
