//! Resolving addresses as browsers do.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The target of a reference within the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Address {
    /// The form of the reference.
    pub(super) form: AddressForm,
    /// The file's path from the site's root; the path of a folder ends with `/` or is empty.
    pub(super) path: String,
    /// The ID of the target element, if the reference has one.
    pub(super) fragment: Option<String>,
}

/// The forms of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum AddressForm {
    /// Relative to the page.
    Relative,
    /// A fragment alone: an element of the page itself; the path is empty.
    SamePage,
    /// Absolute, from the root of the web server.
    FromRoot,
    /// Relative, with more parent steps than the page has parent folders; the path is as written.
    AboveRoot,
}

/// Resolves a reference relative to `page`. Returns `None` if it leads elsewhere.
pub(super) fn resolve(page: &str, reference: &str) -> Option<Address> {
    let reference = strip_ignored(reference);
    if is_elsewhere(&reference) {
        return None;
    }
    let (file, fragment) = reference.split_once('#').map_or((&*reference, None), |(file, rest)| (file, Some(rest)));
    let fragment = fragment.map(fragment_text).filter(|text| !text.is_empty() && text != "top");
    let file = file.split('?').next().unwrap_or_default();
    if file.is_empty() {
        return Some(Address { form: AddressForm::SamePage, path: String::new(), fragment });
    }
    let (form, start) = if file.starts_with('/') { (AddressForm::FromRoot, "") } else { (AddressForm::Relative, page) };
    match join_path(start, file.trim_start_matches('/')) {
        Some(path) => Some(Address { form, path, fragment }),
        None => Some(Address { form: AddressForm::AboveRoot, path: file.to_owned(), fragment: None }),
    }
}

/// The base for references on a page with `<base href>`; `None` if it is not a relative address within the site.
pub(super) fn base(page: &str, base: &str) -> Option<Cow<'static, str>> {
    resolve(page, base).filter(|address| address.form == AddressForm::Relative).map(|address| address.path.into())
}

/// Whether an address has a scheme or names another server.
pub(in crate::site) fn is_elsewhere(reference: &str) -> bool {
    let scheme = reference.find([':', '/', '?', '#']).filter(|at| reference[*at..].starts_with(':'));
    scheme.is_some() || reference.starts_with("//")
}

/// The fragment as an ID. Anything after `:~:` is text for the browser to highlight, not part of the ID.
fn fragment_text(fragment: &str) -> String {
    percent_decode(fragment.split(":~:").next().unwrap_or_default()).into_owned()
}

/// Removes the characters that browsers ignore in an address.
fn strip_ignored(reference: &str) -> Cow<'_, str> {
    let trimmed = reference.trim_matches(|c: char| c <= ' ');
    let is_ignored = |c: char| matches!(c, '\t' | '\n' | '\r');
    if trimmed.contains(is_ignored) { trimmed.replace(is_ignored, "").into() } else { trimmed.into() }
}

fn percent_decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// Resolves `file` relative to `page`; `None` if it leads out of the site.
fn join_path(page: &str, file: &str) -> Option<String> {
    let mut path = String::with_capacity(page.len() + file.len());
    path.push_str(page.rfind('/').map_or("", |end| &page[..=end]));
    let mut names = file.split('/').peekable();
    while let Some(name) = names.next() {
        match name {
            "" | "." => {}
            ".." => {
                let folder = path.strip_suffix('/')?;
                path.truncate(folder.rfind('/').map_or(0, |end| end + 1));
            }
            name => {
                path.push_str(&percent_decode(name));
                path.push_str(if names.peek().is_some() { "/" } else { "" });
            }
        }
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(reference: &str) -> Option<(AddressForm, String, Option<String>)> {
        resolve("a/b/page.html", reference).map(|address| (address.form, address.path, address.fragment))
    }

    #[test]
    fn addresses_are_read_from_the_page_they_stand_on() {
        let relative = |path: &str, fragment: Option<&str>| {
            Some((AddressForm::Relative, path.to_owned(), fragment.map(str::to_owned)))
        };
        assert_eq!(shown(" c.html?v=1#x%C3%A9\n"), relative("a/b/c.html", Some("xé")));
        assert_eq!(shown("../../c%20d.html#top"), relative("c d.html", None));
        assert_eq!(shown("./c/"), relative("a/b/c/", None));
        assert_eq!(shown("../.."), relative("", None));
        assert_eq!(shown("c.html#a:~:text=b"), relative("a/b/c.html", Some("a")));
        assert_eq!(shown("#x"), Some((AddressForm::SamePage, String::new(), Some("x".to_owned()))));
        assert_eq!(shown(""), Some((AddressForm::SamePage, String::new(), None)));
        assert_eq!(shown("/x.html"), Some((AddressForm::FromRoot, "x.html".to_owned(), None)));
        assert_eq!(shown("../../../x.html"), Some((AddressForm::AboveRoot, "../../../x.html".to_owned(), None)));
    }

    #[test]
    fn external_links_are_not_site_addresses() {
        for reference in
            ["https://x/y", "mailto:a@b", "data:image/png;base64,x", "//host/x", "javascript:x", "\thttp://x"]
        {
            assert_eq!(shown(reference), None, "{reference}");
        }
        assert!(shown("a/b:c.html").is_some() && shown("?a:b").is_some());
    }
}
