//! Answers to requests, each from a single generation.

use std::borrow::Cow;
use std::fs::File;
use std::io::{Cursor, Read};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use tiny_http::Method;

use super::content_type;
use super::files::Attachment;
use super::generation::Generation;
use super::guard;
use super::head::{RequestHead, percent_decode};
use super::site::{Content, Resource};
use crate::html::{InsertPosition, escape, insert, replace_first};
use crate::site::theme::ThemeError;

/// The preview's own script. No path of a site begins with `~`.
pub(super) const SCRIPT_PATH: &str = "/~preview/preview.js";
/// The page that is shown if the requested page does not exist.
pub(super) const NOT_FOUND_PAGE: &str = "404.html";

/// The preview's own files, which are not part of a build.
const OWN_FILES: &[(&str, &str, &str)] = &[
    (SCRIPT_PATH, include_str!("../../themes/default/static/preview.js"), "text/javascript; charset=utf-8"),
    ("/~preview/preview.css", include_str!("../../themes/default/static/preview.css"), "text/css; charset=utf-8"),
];

/// The answer to a request.
#[derive(Debug)]
pub(super) struct Reply {
    /// The status code.
    pub(crate) code: u16,
    /// The content type of the body.
    pub(crate) kind: &'static str,
    /// The body.
    pub(crate) body: Body,
}

/// The body of an answer.
#[derive(Debug)]
pub(super) enum Body {
    /// A file of the site.
    Shared(Arc<[u8]>),
    /// Content made for this request.
    Generated(Vec<u8>),
    /// An attachment, with its length and a hash that identifies its version.
    Attached(File, u64, [u8; 32]),
}

impl Body {
    /// The length in bytes.
    pub(super) fn length(&self) -> usize {
        match self {
            Body::Shared(bytes) => bytes.len(),
            Body::Generated(bytes) => bytes.len(),
            Body::Attached(_, length, _) => usize::try_from(*length).unwrap_or(usize::MAX),
        }
    }

    /// A hash that clients use to recognize the content.
    pub(super) fn hash(&self) -> [u8; 32] {
        match self {
            Body::Shared(bytes) => *blake3::hash(bytes).as_bytes(),
            Body::Generated(bytes) => *blake3::hash(bytes).as_bytes(),
            Body::Attached(_, _, hash) => *hash,
        }
    }

    /// Whether it is an attachment, which is never one of the preview's own pages.
    pub(super) fn is_attached(&self) -> bool {
        matches!(self, Body::Attached(..))
    }

    /// Returns a reader of the body.
    pub(super) fn read(self) -> Box<dyn Read> {
        match self {
            Body::Shared(bytes) => Box::new(Cursor::new(bytes)),
            Body::Generated(bytes) => Box::new(Cursor::new(bytes)),
            Body::Attached(file, length, _) => Box::new(file.take(length)),
        }
    }
}

/// The result of routing a request.
#[derive(Debug)]
pub(super) enum Route {
    /// An answer that is available immediately.
    Immediate(Reply),
    /// A request for news: whether `page` has changed since generation `seen`, or there is something else to report.
    Update {
        /// The page as a path from the site's root.
        page: String,
        /// The generation that the page shows.
        seen: u64,
        /// Whether to wait for news.
        wait: bool,
    },
}

impl Reply {
    /// A plain text answer for a request that cannot be served.
    pub(super) fn plain_text(code: u16, text: &str) -> Reply {
        Reply { code, kind: "text/plain; charset=utf-8", body: Body::Generated(format!("{text}\n").into_bytes()) }
    }

    /// A JSON answer.
    pub(super) fn json(value: &impl serde::Serialize) -> Reply {
        match serde_json::to_vec(value) {
            Ok(bytes) => Reply { code: 200, kind: content_type::JSON, body: Body::Generated(bytes) },
            Err(_) => Reply::plain_text(500, "This cannot be represented as data."),
        }
    }
}

/// Returns the decoded path in the site that a request is for, or `None` if it is not answered with a file.
pub fn requested_path(request: &[u8]) -> Option<String> {
    let head = RequestHead::parse(request).ok().filter(|head| matches!(head.method, Method::Get | Method::Head))?;
    let path = percent_decode(&head.path).filter(|_| guard::is_allowed(&head, Ipv4Addr::LOCALHOST.into()))?;
    Some(site_path(&path).into_owned())
}

/// Routes a request. `bound` is the local address that received it.
pub(super) fn route(head: &RequestHead, bound: IpAddr, generation: &Generation) -> Route {
    if !guard::is_allowed(head, bound) {
        return Route::Immediate(Reply::plain_text(
            403,
            "This preview accepts requests only from pages that it served itself.",
        ));
    }
    if !matches!(head.method, Method::Get | Method::Head) {
        return Route::Immediate(Reply::plain_text(405, "Only GET and HEAD requests are supported."));
    }
    let Some(path) = percent_decode(&head.path) else { return Route::Immediate(not_found(generation)) };
    if let Some((_, text, kind)) = OWN_FILES.iter().find(|(own_path, ..)| *own_path == path) {
        return Route::Immediate(Reply { code: 200, kind, body: Body::Generated(text.as_bytes().to_vec()) });
    }
    match path.strip_prefix("/~preview/") {
        Some("poll") => route_update(head, true),
        Some("status") => route_update(head, false),
        _ => Route::Immediate(file_reply(&path, generation)),
    }
}

fn route_update(head: &RequestHead, wait: bool) -> Route {
    let seen = head.query_value("generation").and_then(|number| number.parse().ok());
    match (head.query_value("page"), seen) {
        (Some(page), Some(seen)) => Route::Update { page: site_path(&page).into_owned(), seen, wait },
        _ => {
            Route::Immediate(Reply::plain_text(400, "Say which page and which generation, as in ?page=/&generation=1."))
        }
    }
}

/// Converts a URL path to the path of a file in the site. No component is interpreted.
fn site_path(path: &str) -> Cow<'_, str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html").into() } else { path.into() }
}

fn file_reply(path: &str, generation: &Generation) -> Reply {
    let key = site_path(path);
    match generation.find(&key) {
        Some(Ok(Resource { content: Content::Attachment(attachment), kind })) => attachment_reply(&attachment, kind),
        Some(Ok(Resource { content: Content::Generated(bytes), kind })) => {
            let body = if kind == content_type::HTML {
                generation.view(&key);
                Body::Generated(add_generation(&bytes, generation.number))
            } else {
                Body::Shared(bytes)
            };
            Reply { code: 200, kind, body }
        }
        Some(Err(problem)) => {
            generation.view(&key);
            template_error_page(&problem, generation)
        }
        None => not_found(generation),
    }
}

/// Answers with an attachment. If it has just changed, there will soon be another generation.
fn attachment_reply(attachment: &Attachment, kind: &'static str) -> Reply {
    match attachment.open() {
        Ok(file) => Reply { code: 200, kind, body: Body::Attached(file, attachment.length(), attachment.hash()) },
        Err(error) => {
            Reply::plain_text(503, &format!("This file cannot be shown now: {error}. Try again in a moment."))
        }
    }
}

/// The page for an error in a custom template. It reloads automatically once the template works.
fn template_error_page(problem: &ThemeError, generation: &Generation) -> Reply {
    let page = message_page("This page could not be built", &problem.to_string());
    Reply {
        code: 500,
        kind: content_type::HTML,
        body: Body::Generated(add_generation(page.as_bytes(), generation.number)),
    }
}

fn not_found(generation: &Generation) -> Reply {
    let page = |bytes: &[u8]| {
        let html = add_generation(bytes, generation.number);
        // The page is shown at any depth, so its links must start from the root.
        Body::Generated(insert(&html, "<head>", "\n<base href=\"/\">", InsertPosition::After))
    };
    match generation.find(NOT_FOUND_PAGE) {
        Some(Err(problem)) => template_error_page(&problem, generation),
        Some(Ok(Resource { content: Content::Generated(bytes), .. })) => {
            Reply { code: 404, kind: content_type::HTML, body: page(&bytes) }
        }
        Some(Ok(_)) => Reply::plain_text(404, "Page not found."),
        None if generation.has_site() => Reply::plain_text(404, "Page not found."),
        None => Reply { code: 503, kind: content_type::HTML, body: Body::Generated(no_site_page(generation.number)) },
    }
}

/// The page shown until there is a site. Its panel says why there is none.
fn no_site_page(number: u64) -> Vec<u8> {
    let page = message_page(
        "Nothing to show yet",
        "The handbook could not be built. This page reloads when the problem is fixed.",
    );
    add_generation(page.as_bytes(), number)
}

/// A page with a message instead of the requested page.
fn message_page(title: &str, text: &str) -> String {
    let mut safe = String::new();
    escape(&mut safe, text);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Preview</title>\n\
         <script defer src=\"{SCRIPT_PATH}\"></script>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{safe}</p>\n</body>\n</html>\n"
    )
}

/// Tells the script of a page which generation the page belongs to, adding the script if the theme leaves it out.
fn add_generation(html: &[u8], number: u64) -> Vec<u8> {
    let plain = format!("src=\"{SCRIPT_PATH}\"");
    let marked = format!("src=\"{SCRIPT_PATH}?generation={number}\"");
    replace_first(html, &plain, &marked).unwrap_or_else(|| {
        insert(html, "</head>", &format!("<script defer {marked}></script>\n"), InsertPosition::Before)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_show_their_index() {
        assert_eq!(site_path("/"), "index.html");
        assert_eq!(site_path("/a/"), "a/index.html");
        assert_eq!(site_path("/a/b.html"), "a/b.html");
        assert_eq!(site_path("//a"), "/a");
    }

    #[test]
    fn a_page_knows_its_generation_with_or_without_a_place_for_the_script() {
        let own = add_generation(format!("<head><script defer src=\"{SCRIPT_PATH}\">").as_bytes(), 7);
        assert_eq!(own, format!("<head><script defer src=\"{SCRIPT_PATH}?generation=7\">").as_bytes());
        let bare = String::from_utf8(add_generation(b"<head></head><body>", 7)).unwrap();
        assert!(bare.contains("generation=7\"></script>\n</head>"), "{bare}");
        assert!(String::from_utf8(add_generation(b"", 7)).unwrap().contains("generation=7"));
    }
}
