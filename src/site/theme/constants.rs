//! What is the same on every page of a site, put into our templates before the template engine reads them.
//!
//! Words, addresses of assets and the site's own texts are a third of what stands between braces in our templates. Looked
//! up on every page they would cost time; as text of the template they cost none.

use std::collections::BTreeMap;

use super::Labels;
use super::inline::replaced;
use crate::site::model::Site;

/// What templates can name that no page changes.
pub(super) struct Constants<'a> {
    /// Words, as `t.…`.
    pub(crate) labels: &'a Labels,
    /// The site, as `site.…`.
    pub(crate) site: &'a Site,
    /// Addresses of assets by their names, as `assets["…"]`.
    pub(crate) assets: &'a BTreeMap<&'a str, String>,
}

impl Constants<'_> {
    /// One of our templates in which every `{{ … }}` of a constant is its text; what cannot be told apart from markup
    /// of the template stays as it is.
    pub(super) fn put_into(&self, template: &str) -> String {
        replaced(template, "{{ ", " }}", |name| self.get(name))
    }

    /// What a name stands for, as a template prints it.
    fn get(&self, name: &str) -> Option<String> {
        if let Some(key) = name.strip_prefix("t.") {
            return plain(self.labels.find(key)?.as_str()?);
        }
        if let Some(asset) = name.strip_prefix("assets[\"") {
            return plain(self.assets.get(asset.strip_suffix("\"]")?)?);
        }
        let field = name.strip_prefix("site.")?;
        of_site(self.site).into_iter().find(|(known, _)| *known == field)?.1
    }

    /// The constants, to be compared with later ones.
    pub(super) fn kept(&self) -> Kept {
        Kept {
            labels: self.labels.clone(),
            site: of_site(self.site),
            assets: self.assets.iter().map(|(name, url)| ((*name).to_owned(), url.clone())).collect(),
        }
    }

    /// Whether they are the same as others were.
    pub(super) fn are(&self, kept: &Kept) -> bool {
        let assets = kept.assets.iter().map(|(name, url)| (name.as_str(), url));
        self.labels.has_words_of(&kept.labels)
            && of_site(self.site) == kept.site
            && self.assets.iter().map(|(name, url)| (*name, url)).eq(assets)
    }
}

/// Constants of an earlier site.
pub(super) struct Kept {
    labels: Labels,
    site: OfSite,
    assets: BTreeMap<String, String>,
}

/// Fields of the site with what a template prints for them; nothing for one that must be looked up.
type OfSite = [(&'static str, Option<String>); 7];

fn of_site(site: &Site) -> OfSite {
    let Site { title, organization, lang, as_of, standing, warning_days, feed, .. } = site;
    [
        ("title", plain(title)),
        ("organization", organization.as_deref().and_then(plain)),
        ("lang", plain(lang)),
        ("feed", plain(feed)),
        ("as_of", plain(&as_of.to_string())),
        ("warning_days", plain(&warning_days.to_string())),
        ("standing", as_it_is(standing.as_str())),
    ]
}

/// A text as a template prints it.
fn plain(text: &str) -> Option<String> {
    let mut escaped = Vec::with_capacity(text.len());
    tera::escape_html(text, &mut escaped).ok()?;
    as_it_is(&String::from_utf8(escaped).ok()?)
}

/// A text that can stand in a template: nothing of it would be read as the template's own, or taken away as white space.
fn as_it_is(text: &str) -> Option<String> {
    let is_safe = !text.is_empty() && text.trim() == text && !text.contains(['{', '}', '\n', '\r']);
    is_safe.then(|| text.to_owned())
}
