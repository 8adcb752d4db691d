//! The first page of a pack: the organization, the contents and how to verify the pack.

use super::context::Pack;
use super::page::{PackPage, READ_ME};
use crate::archive::{PackFile, SUMS_FILE};

/// Writes the first page.
pub(super) fn render_read_me(pack: &Pack<'_, '_>) -> PackFile {
    let settings = &pack.portal.reading.settings;
    let owner = settings.organization.as_deref().unwrap_or(&settings.title);
    let mut page = PackPage::new(READ_ME, &pack.label(&format!("profile.{}", pack.options.profile.name)), pack.portal);
    page.paragraph(owner);
    write_revision_warning(pack, &mut page);
    pack.portal.all_unread_notices().iter().for_each(|notice| page.warn(notice));
    write_facts(pack, &mut page);
    page.heading(2, "contents", &pack.label("contents"));
    page.raw("<ul>\n");
    for section in pack.options.profile.sections {
        page.raw("<li>");
        page.link(section.path, &pack.label(&format!("title.{}", section.key)));
        page.raw(": ");
        page.text(&pack.label(&format!("about.{}", section.key)));
        page.raw("</li>\n");
    }
    let printed = pack.options.pdfs.iter().map(|file| (file.path.as_str(), "about.pdf"));
    for (file, about) in
        [("register.xlsx", "about.workbook"), ("assessment.json", "about.data")].into_iter().chain(printed)
    {
        page.raw("<li>");
        page.link(file, file);
        page.raw(": ");
        page.text(&pack.label(about));
        page.raw("</li>\n");
    }
    page.raw("</ul>\n");
    page.heading(2, "verify", &pack.label("verify"));
    page.paragraph(&pack.portal.labels.fill("pack.verify_how", &[("sums", SUMS_FILE)]));
    PackFile { path: READ_ME.to_owned(), bytes: page.finish() }
}

fn write_revision_warning(pack: &Pack<'_, '_>, page: &mut PackPage) {
    let warning = match pack.options.revision {
        Some((_, true)) => return,
        Some((_, false)) => "not_committed",
        None => "no_repository",
    };
    page.raw("<p class=\"warn\">");
    page.text(&pack.label(warning));
    page.raw("</p>\n");
}

fn write_facts(pack: &Pack<'_, '_>, page: &mut PackPage) {
    let reading = pack.portal.reading;
    let settings = &reading.settings;
    let figures = pack.portal.assessment.figures;
    let certificate = settings.shown_certificate();
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let main = reading.standards.main().map(|main| reading.standards.catalogue(main).title.clone());
    let since = pack.options.since.map(|day| day.to_string()).unwrap_or_default();
    let withheld = reading.handbook.withheld;
    let of = |part: u32, total: u32| {
        pack.portal.labels.fill("pack.of", &[("part", &part.to_string()), ("whole", &total.to_string())])
    };
    let provided = figures.requires_items().then(|| of(figures.required_items_provided, figures.required_items));
    let provided = provided.unwrap_or_default();
    let facts = [
        ("handbook", settings.title.clone()),
        ("day", pack.portal.assessment.clock.as_of.to_string()),
        ("revision", pack.options.revision.map(|(revision, _)| revision.clone()).unwrap_or_default()),
        ("since", since),
        ("standard", main.unwrap_or_default()),
        ("covered", of(figures.units_covered, figures.units)),
        ("provided", provided),
        ("documents", pack.document_pages.len().to_string()),
        ("withheld", if withheld > 0 { withheld.to_string() } else { String::new() }),
        ("certificate", text(certificate.and_then(|certificate| certificate.number.as_ref()))),
        ("body", text(certificate.and_then(|certificate| certificate.body.as_ref()))),
        ("scope", text(certificate.and_then(|certificate| certificate.scope.as_ref()))),
    ];
    page.facts(&facts.map(|(key, value)| (pack.label(&format!("fact.{key}")), value)));
}
