//! Packs to hand over: a folder of static pages that opens without the portal, with everything that an auditor or the
//! directors ask for, and sums of every file.

mod documents;
mod evidence;
mod ground;
mod lists;
mod manifest;
mod opening;
mod shell;

use std::path::PathBuf;

use super::build::{BuildError, Kit, Plan, Ready, assets};
use super::pages::one_file;
use crate::archive::{PackFile, sums};
use crate::handbook::Reading;
use ground::{AUDITS_PATH, Pack, Section};
pub(crate) use ground::{Attachment, Order, Profile};
use manifest::manifest;

const CLAUSES: Section = Section {
    path: "1-clauses.html",
    title: "Clauses",
    about: "each clause with the documents that address it, who approved them, and when it was last audited",
    write: lists::clauses,
};
const INFORMATION: Section = Section {
    path: "2-information.html",
    title: "Documented information",
    about: "each required item with the document that provides it, or why it is not needed",
    write: lists::information,
};
const REGISTER: Section = Section {
    path: "3-register.html",
    title: "Document register",
    about: "every document with version, owner, approval and reviews; register.xlsx has all columns",
    write: lists::register,
};
const SCOPE: Section = Section {
    path: "4-scope.html",
    title: "Scope",
    about: "the scope as certified, services and locations, and clauses that do not apply",
    write: lists::scope,
};
const AUDITS: Section = Section {
    path: AUDITS_PATH,
    title: "Audits and findings",
    about: "the audit programme, what was found, and whether it is closed",
    write: evidence::audits,
};
const REVIEWS: Section = Section {
    path: "6-reviews.html",
    title: "Management reviews",
    about: "management reviews and their decisions",
    write: evidence::reviews,
};
const CHANGES: Section = Section {
    path: "7-changes.html",
    title: "Changes",
    about: "versions and approvals, newest first",
    write: evidence::changes,
};
/// Whatever a pack is for, it says what is wrong.
const OPEN: Section = Section {
    path: "8-open.html",
    title: "What is open",
    about: "findings, waivers with their reasons, and everything that is overdue",
    write: evidence::open,
};
const INPUTS: Section = Section {
    path: "0-inputs.html",
    title: "Inputs of the management review",
    about: "what the handbook records on each input, and whom to ask where it records nothing",
    write: evidence::inputs,
};

/// Every profile: one row each.
pub(crate) const PROFILES: &[Profile] = &[
    Profile {
        name: "stage-1",
        title: "Documents for a stage 1 audit",
        sections: &[&CLAUSES, &INFORMATION, &REGISTER, &SCOPE, &AUDITS, &REVIEWS, &CHANGES, &OPEN],
    },
    Profile {
        name: "surveillance",
        title: "Documents for a surveillance audit",
        sections: &[&CLAUSES, &INFORMATION, &REGISTER, &SCOPE, &AUDITS, &REVIEWS, &CHANGES, &OPEN],
    },
    Profile {
        name: "management-review",
        title: "Documents for the management review",
        sections: &[&INPUTS, &CLAUSES, &REGISTER, &AUDITS, &REVIEWS, &CHANGES, &OPEN],
    },
];

/// Attachments of documents that are shown.
pub(crate) fn attachments(reading: &Reading) -> Vec<Attachment> {
    let mut taken = Vec::new();
    let attachment = |(asset, file): (&crate::handbook::Asset, &PathBuf)| {
        let path = documents::free(&format!("files/{}", documents::ascii(asset.url.as_str())), &mut taken);
        Attachment { url: asset.url.as_str().to_owned(), path, file: file.clone() }
    };
    assets(reading).into_iter().map(attachment).collect()
}

/// Every file of a pack; `attached` are the bytes of attachments, each with what it is.
///
/// # Errors
/// When a file of data cannot be made.
pub(crate) fn files(
    plan: Plan<'_>,
    order: Order<'_>,
    attached: &[(Attachment, Vec<u8>)],
) -> Result<Vec<PackFile>, BuildError> {
    let kit = Kit::of(plan)?;
    let Ready { portal, theme, .. } = Ready::new(plan, &kit)?;
    let pack = Pack { portal: &portal, order, pages: documents::places(&portal) };
    let mut files = vec![opening::read_me(&pack)];
    for section in order.profile.sections {
        let mut page = shell::Page::new(section.path, section.title, &portal.reading.settings.lang);
        (section.write)(&pack, &mut page);
        files.push(PackFile { path: section.path.to_owned(), bytes: page.finish() });
    }
    files.extend(documents::files(&pack, attached));
    for name in ["assessment.json", "register.xlsx"] {
        let bytes = one_file(&portal, &theme, name).transpose();
        let bytes = bytes.map_err(|error| BuildError::Theme(vec![error]))?.unwrap_or_default();
        files.push(PackFile { path: name.to_owned(), bytes });
    }
    files.extend(attached.iter().map(|(one, bytes)| PackFile { path: one.path.clone(), bytes: bytes.clone() }));
    files.push(manifest(&pack, &files));
    files.push(sums(&files));
    Ok(files)
}
