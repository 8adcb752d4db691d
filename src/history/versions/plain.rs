//! What front matter plainly says, told without reading it as YAML: enough to pass over most texts that are another version.

use super::WantedVersion;
use crate::source::Vocabulary;

const KEY: &str = "version";

/// Whether the front matter of a text says beyond doubt that it is another version. What is written in any unusual way is not
/// beyond doubt.
pub(super) fn is_other_version(text: &str, wanted: &WantedVersion, vocabulary: &Vocabulary) -> bool {
    let is_ours = vocabulary.written(KEY) == KEY && vocabulary.meaning(KEY) == Some(KEY);
    is_ours && plain_version(text).is_some_and(|version| version != wanted.version)
}

/// The version, when it stands alone on the only line of its key and every other key stands on a line of its own.
fn plain_version(text: &str) -> Option<&str> {
    let mut lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines();
    if lines.next()?.trim_end() != "---" {
        return None;
    }
    let mut version = None;
    for line in lines {
        if line.starts_with("---") {
            return version;
        }
        if line.starts_with([' ', '#']) || line.starts_with("- ") || line.is_empty() {
            continue;
        }
        let (key, value) = line.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with(' '))?;
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
            return None;
        }
        if key == KEY && version.replace(plain(value.trim())?).is_some() {
            return None;
        }
    }
    None
}

/// A scalar without anything that YAML reads otherwise than it is written.
fn plain(value: &str) -> Option<&str> {
    let quoted = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
    let value = quoted.unwrap_or(value);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    (!value.is_empty() && value.bytes().all(is_plain)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_told_only_where_nothing_is_unusual() {
        let told = |lines: &str| plain_version(&format!("---\n{lines}\n---\nversion: 9\n")).map(str::to_owned);
        for lines in
            ["id: A-1\nversion: \"1.2\"\ntags:\n- a\n- version: 3", "# version: 8\nversion: 1.2\nnote: |\n  version: 7"]
        {
            assert_eq!(told(lines).as_deref(), Some("1.2"), "{lines}");
        }
        for lines in [
            "id: A-1",
            "version: 1\nversion: 2",
            "version: 1 # or 2",
            "version: \"1\\x32\"",
            "version: &a 1",
            "version:\n  1",
            "\"version\": 2\nversion: 1",
            "? version\n: 2\nversion: 1",
            "{id: A-1, version: 2}",
            "title: [a,\nversion: 1]\nb: c",
            "<<: *other\nversion: 1",
            "title: a\u{85}\n\tversion: 2\nversion: 1",
        ] {
            assert_eq!(told(lines), None, "{lines}");
        }
        assert_eq!(plain_version("---\rversion: 1\r---\r"), None);
        assert_eq!(plain_version("\u{feff}---\r\nversion: 1\r\n---\r\n"), Some("1"));
        assert_eq!(plain_version("version: 1"), None);
        assert_eq!(plain_version("---\nversion: 1"), None);
    }
}
