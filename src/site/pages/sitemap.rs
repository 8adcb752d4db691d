//! The sitemap, for portals that search engines may list and whose address is known.

use super::feed::absolute_url;
use crate::report::xml::escape;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::portal::Portal;

/// The maximum number of addresses in a sitemap (sitemaps.org).
const MAX_ADDRESSES: usize = 50_000;
/// The first line of every file.
const XML_DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// The namespace of the elements.
const NAMESPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// A sitemap, or several with an index. None if the settings exclude search engines, as every page also states, or if
/// there is no base URL, since addresses in sitemaps must be absolute.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    if portal.reading.settings.base_url.is_none() || !portal.reading.settings.search_engines {
        return Vec::new();
    }
    let addresses = addresses(portal);
    let file = |path: &str, text: String| Job::file(layout::own_path(path), move |_| text.clone().into_bytes());
    if addresses.len() <= MAX_ADDRESSES {
        return vec![file("sitemap.xml", render_sitemap(&addresses))];
    }
    let parts: Vec<(String, String)> = (1..)
        .zip(addresses.chunks(MAX_ADDRESSES))
        .map(|(number, part)| (format!("sitemap-{number}.xml"), render_sitemap(part)))
        .collect();
    let index = index(&parts.iter().map(|(path, _)| absolute_url(portal, path)).collect::<Vec<_>>());
    parts.into_iter().chain([("sitemap.xml".to_owned(), index)]).map(|(path, text)| file(&path, text)).collect()
}

/// The absolute addresses of own pages, documents and clauses, sorted and without duplicates.
fn addresses(portal: &Portal<'_>) -> Vec<String> {
    let own_paths = portal.navigation_pages.iter().map(|page| page.path.clone());
    let documents = portal.reading.handbook.documents.iter().map(|document| url(&document.url));
    let clauses = portal.reading.standards.indexes().flat_map(|standard| portal.reading.standards.clauses(standard));
    let clauses = clauses.map(|key| url(&portal.clause_path(key)));
    let mut paths: Vec<String> = own_paths.chain(documents).chain(clauses).collect();
    paths.sort();
    paths.dedup();
    paths.iter().map(|path| absolute_url(portal, path)).collect()
}

fn render_sitemap(addresses: &[String]) -> String {
    let lines: String =
        addresses.iter().map(|address| format!("<url><loc>{}</loc></url>\n", escape(address))).collect();
    format!("{XML_DECLARATION}<urlset {NAMESPACE}>\n{lines}</urlset>\n")
}

fn index(addresses: &[String]) -> String {
    let lines: String =
        addresses.iter().map(|address| format!("<sitemap><loc>{}</loc></sitemap>\n", escape(address))).collect();
    format!("{XML_DECLARATION}<sitemapindex {NAMESPACE}>\n{lines}</sitemapindex>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_escaped() {
        assert!(
            render_sitemap(&["https://a.example/?x&y".to_owned()]).contains("<loc>https://a.example/?x&amp;y</loc>")
        );
        assert!(index(&["<".to_owned()]).contains("<sitemap><loc>&lt;</loc></sitemap>"));
    }
}
