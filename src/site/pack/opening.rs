//! The first page of a pack: whose it is, what is in it, and how to verify it.

use super::ground::Pack;
use super::shell::{Page, READ_ME};
use crate::archive::{PackFile, SUMS};

/// The first page.
pub(super) fn read_me(pack: &Pack<'_, '_>) -> PackFile {
    let settings = &pack.portal.reading.settings;
    let owner = settings.organization.as_deref().unwrap_or(&settings.title);
    let mut page = Page::new(READ_ME, pack.order.profile.title, &settings.lang);
    page.paragraph(owner);
    warn(pack, &mut page);
    facts(pack, &mut page);
    page.heading(2, "contents", "Contents");
    page.raw("<ul>\n");
    for section in pack.order.profile.sections {
        page.raw("<li>");
        page.link(section.path, section.title);
        page.raw(": ");
        page.text(section.about);
        page.raw("</li>\n");
    }
    page.raw("<li>");
    page.link("register.xlsx", "register.xlsx");
    page.raw(": the same lists as a workbook</li>\n<li>");
    page.link("assessment.json", "assessment.json");
    page.raw(": the same as data</li>\n</ul>\n");
    page.heading(2, "verify", "How to verify this pack");
    page.paragraph(&format!(
        "The file {SUMS} has a SHA-256 sum for every other file. “sha256sum -c {SUMS}” in the unpacked folder, or “clausebook verify” \
         with the ZIP file, names each file that was changed, removed or added. If {SUMS} is signed, verify its signature first."
    ));
    PackFile { path: READ_ME.to_owned(), bytes: page.finish() }
}

fn warn(pack: &Pack<'_, '_>, page: &mut Page) {
    let warning = match pack.order.revision {
        Some((_, true)) => return,
        Some((_, false)) => "Not everything in this pack was committed: the repository had changes when it was made.",
        None => "No Git repository proves when these texts were written.",
    };
    page.raw("<p class=\"warn\">");
    page.text(warning);
    page.raw("</p>\n");
}

fn facts(pack: &Pack<'_, '_>, page: &mut Page) {
    let reading = pack.portal.reading;
    let settings = &reading.settings;
    let figures = pack.portal.assessment.figures;
    let certificate = settings.shown_certificate();
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let main = reading.standards.main().map(|main| reading.standards.catalogue(main).title.clone());
    let since = pack.order.since.map(|day| day.to_string()).unwrap_or_default();
    let withheld = reading.handbook.withheld;
    page.facts(&[
        ("Handbook", settings.title.clone()),
        ("Day", pack.portal.assessment.clock.as_of.to_string()),
        ("Revision", pack.order.revision.map(|(revision, _)| revision.clone()).unwrap_or_default()),
        ("Changes since", since),
        ("Standard", main.unwrap_or_default()),
        ("Clauses covered", format!("{} of {}", figures.units_covered, figures.units)),
        ("Required items provided", format!("{} of {}", figures.required_items_provided, figures.required_items)),
        ("Documents", pack.pages.len().to_string()),
        ("Not shown in this edition", if withheld > 0 { withheld.to_string() } else { String::new() }),
        ("Certificate", text(certificate.and_then(|one| one.number.as_ref()))),
        ("Certification body", text(certificate.and_then(|one| one.body.as_ref()))),
        ("Scope", text(certificate.and_then(|one| one.scope.as_ref()))),
    ]);
}
