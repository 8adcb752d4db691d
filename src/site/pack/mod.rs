//! Packs to hand over: a folder of static pages that works without the portal, with everything that auditors or
//! directors ask for and checksums of all files.

mod documents;
mod evidence;
mod ground;
mod lists;
mod manifest;
mod opening;
mod redlines;
mod registers;
mod shell;
mod sources;

use std::path::PathBuf;

use super::build::{BuildError, Plan, PreparedSite, SiteTools, assets};
use super::pages::one_file;
use crate::archive::{PackFile, checksum_file};
use crate::handbook::Reading;
use ground::{AUDITS_PATH, Pack, REGISTERS_PATH, REVIEWS_PATH, Section};
pub(crate) use ground::{Attachment, Order, Profile};
use manifest::manifest;
pub(crate) use sources::recomputed;

const CLAUSES: Section = Section { path: "1-clauses.html", key: "clauses", write: lists::clauses };
const INFORMATION: Section = Section { path: "2-information.html", key: "information", write: lists::information };
const REGISTER: Section = Section { path: "3-register.html", key: "register", write: lists::register };
const SCOPE: Section = Section { path: "4-scope.html", key: "scope", write: lists::scope };
const AUDITS: Section = Section { path: AUDITS_PATH, key: "audits", write: evidence::audits };
const REVIEWS: Section = Section { path: REVIEWS_PATH, key: "reviews", write: evidence::reviews };
const CHANGES: Section = Section { path: "7-changes.html", key: "changes", write: evidence::changes };
/// Every profile includes the open items.
const OPEN: Section = Section { path: "8-open.html", key: "open", write: evidence::open };
const REGISTERS: Section = Section { path: REGISTERS_PATH, key: "registers", write: registers::registers };
const INPUTS: Section = Section { path: "0-inputs.html", key: "inputs", write: evidence::inputs };

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
    let mut taken = Vec::new();
    let attachment = |(asset, file): (&crate::handbook::Asset, &PathBuf)| {
        let path = documents::free(&format!("files/{}", documents::ascii(asset.url.as_str())), &mut taken);
        Attachment { url: asset.url.as_str().to_owned(), path, file: file.clone(), asset: asset.path.clone() }
    };
    assets(reading).into_iter().map(attachment).collect()
}

/// Creates all files of a pack; `attached` contains the attachments and their bytes.
///
/// # Errors
/// If the theme or its labels contain errors, or if a data file cannot be made.
pub(crate) fn files(
    plan: Plan<'_>,
    order: Order<'_>,
    attached: &[(Attachment, Vec<u8>)],
) -> Result<Vec<PackFile>, BuildError> {
    let kit = SiteTools::of(plan)?;
    let PreparedSite { portal, theme, .. } = PreparedSite::new(plan, &kit)?;
    let redlines = redlines::places(&portal, order);
    let pack = Pack { portal: &portal, order, pages: documents::places(&portal), redlines };
    let mut files = vec![opening::read_me(&pack)];
    for section in order.profile.sections {
        let mut page = shell::Page::new(section.path, &pack.word(&format!("title.{}", section.key)), &portal);
        (section.write)(&pack, &mut page);
        files.push(PackFile { path: section.path.to_owned(), bytes: page.finish() });
    }
    files.extend(redlines::files(&pack));
    files.extend(documents::files(&pack, attached));
    for name in ["assessment.json", "register.xlsx"] {
        let bytes = one_file(&portal, &theme, name).transpose();
        let bytes = bytes.map_err(|error| BuildError::Theme(vec![error]))?.unwrap_or_default();
        files.push(PackFile { path: name.to_owned(), bytes });
    }
    files.extend(attached.iter().map(|(one, bytes)| PackFile { path: one.path.clone(), bytes: bytes.clone() }));
    let (sources, texts) = sources::sources(&pack, attached);
    files.extend(texts);
    files.extend(order.printed.iter().cloned());
    files.push(manifest(&pack, &files, &sources));
    files.push(checksum_file(&files));
    Ok(files)
}
