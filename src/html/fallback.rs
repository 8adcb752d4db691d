//! Text within a video, a sound or another embedded file, which browsers show only if they cannot show the file.

/// Words of texts about browsers.
const PROGRAMS: [&str; 7] = ["browser", "navigat", "navegador", "html5", "javascript", "iframe", "frames"];

/// Whether such a text only says that a browser is too old, or is a single word.
pub(crate) fn is_fallback_notice(text: &str) -> bool {
    let text = text.to_lowercase();
    text.split_whitespace().count() < 2 || PROGRAMS.iter().any(|word| text.contains(word))
}
