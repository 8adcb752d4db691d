//! Page numbers in a table of contents. A browser knows them only after printing, so they are read from the PDF and
//! inserted into the page, which is then printed again. Their placeholders have a fixed width, so page breaks do not
//! move.

use std::collections::HashMap;
use std::fs;
use std::io;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, ObjectIdentifier};

use super::PrintJob;

/// The text before the anchor of a placeholder, and between the anchor and the number.
const PLACEHOLDER: (&str, &str) = ("<i class=\"folio\" data-of=\"", "\">");

/// Inserts page numbers into the contents of a printed page. Returns whether there are any numbers, so that it must be
/// printed again.
pub(super) fn fill_page_numbers(sheet: &PrintJob<'_>) -> io::Result<bool> {
    let html = fs::read_to_string(sheet.page)?;
    if !html.contains(PLACEHOLDER.0) {
        return Ok(false);
    }
    let numbers = page_numbers(fs::read(sheet.output)?);
    fs::write(sheet.page, fill_placeholders(&html, &numbers))?;
    Ok(!numbers.is_empty())
}

fn fill_placeholders(html: &str, numbers: &HashMap<String, usize>) -> String {
    let mut parts = html.split(PLACEHOLDER.0);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(PLACEHOLDER.0);
        let Some((anchor, rest)) = part.split_once(PLACEHOLDER.1) else {
            out.push_str(part);
            continue;
        };
        let number = numbers.get(anchor).map(usize::to_string).unwrap_or_default();
        out.extend([anchor, PLACEHOLDER.1, &number, rest.find('<').map_or("", |end| &rest[end..])]);
    }
    out
}

/// The page number in a PDF, from 1, of each anchor that a link points to.
fn page_numbers(pdf: Vec<u8>) -> HashMap<String, usize> {
    let Ok(pdf) = Pdf::new(pdf) else { return HashMap::new() };
    let ids = (1..).zip(pdf.pages().iter());
    let pages: HashMap<ObjectIdentifier, usize> =
        ids.filter_map(|(number, page)| Some((page.raw().obj_id()?, number))).collect();
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let Some(destinations) = root.and_then(|root| root.get::<Dict<'_>>("Dests")) else { return HashMap::new() };
    let page_of = |name: &[u8]| {
        let page = destinations.get::<Array<'_>>(name)?.raw_iter().next()?.as_obj_ref()?;
        pages.get(&page.into()).copied()
    };
    let names = destinations.keys();
    names.filter_map(|name| Some((String::from_utf8_lossy(&name).into_owned(), page_of(&name)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_their_places_and_take_them_again() {
        let html = "<li>One <i class=\"folio\" data-of=\"d1\">000</i></li><i class=\"folio\" data-of=\"d2\">000</i>";
        let numbers = |one, two| HashMap::from([("d1".to_owned(), one), ("d2".to_owned(), two)]);
        let once = fill_placeholders(html, &numbers(3, 12));
        let expected = "<li>One <i class=\"folio\" data-of=\"d1\">3</i></li><i class=\"folio\" data-of=\"d2\">12</i>";
        assert_eq!(once, expected);
        assert_eq!(fill_placeholders(&once, &numbers(4, 5)), html.replacen("000", "4", 1).replacen("000", "5", 1));
        assert_eq!(fill_placeholders(html, &HashMap::new()), html.replace("000", ""));
    }

    #[test]
    fn a_file_that_is_not_a_pdf_has_no_pages() {
        assert!(page_numbers(b"%PDF-1.4 nonsense".to_vec()).is_empty());
        assert!(page_numbers(Vec::new()).is_empty());
    }
}
