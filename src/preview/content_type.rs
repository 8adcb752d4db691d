//! Content types of files in a site, by file extension.

/// File extensions with their types.
const TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("xml", "application/xml; charset=utf-8"),
    ("atom", "application/atom+xml; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/x-icon"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("zip", "application/zip"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
];

/// The type of pages.
pub(super) const HTML: &str = TYPES[0].1;
/// The type of data.
pub(super) const JSON: &str = TYPES[3].1;

/// The type of a file. For an unknown extension, it is a type that browsers only offer to save.
pub(super) fn for_path(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let known = TYPES.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known));
    known.map_or("application/octet-stream", |(_, kind)| kind)
}

/// Whether browsers may run the content of a file of this type. (PDF is not listed, because a browser's PDF viewer does
/// not work in a sandbox.)
pub(super) fn may_run(kind: &str) -> bool {
    ["text/html", "text/javascript", "image/svg+xml", "application/xml", "application/atom+xml"]
        .iter()
        .any(|prefix| kind.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    #[test]
    fn types_follow_the_extension_in_any_case() {
        assert_eq!(super::for_path("a/b.html"), super::HTML);
        assert_eq!(super::for_path("a/B.PNG"), "image/png");
        assert_eq!(super::for_path("a/none"), "application/octet-stream");
        assert_eq!(super::for_path("data.json"), super::JSON);
    }
}
