//! The settings that turn a folder into a handbook, as text.

use super::keys::KeyMapping;
use super::page_types::AssignedTypes;
use super::site::SourceSite;
use crate::starter::quote_yaml;

/// The inputs for the settings.
pub(super) struct SettingsDraft<'a> {
    pub(super) title: &'a str,
    pub(super) organization: Option<&'a str>,
    pub(super) standards: &'a [String],
    pub(super) output: &'a str,
    pub(super) owner: &'a str,
    pub(super) site: &'a SourceSite,
    pub(super) includes: &'a [String],
    pub(super) keys: &'a KeyMapping,
    pub(super) kinds: &'a AssignedTypes,
}

/// The maximum length in characters of a list on one line.
const MAX_LINE_CHARS: usize = 110;

impl SettingsDraft<'_> {
    /// Returns the content of the settings file.
    pub(super) fn render(&self) -> String {
        let mut out = format!("title: {}\n", quote_yaml(self.title));
        if let Some(organization) = self.organization {
            out += &format!("organization: {}\n", quote_yaml(organization));
        }
        out += &format!("standards: [{}]\n", self.standards.join(", "));
        out += &format!("content: {}\noutput: {}\n", yaml_scalar(&self.site.content), yaml_scalar(self.output));
        out += &list("exclude", "", &self.site.exclude, "Not part of the handbook:");
        out += &list("includes", "", self.includes, "Folders whose files documents insert:");
        if !self.site.addresses.is_empty() {
            out += "\n# Where addresses of the old site lead:\naddresses:\n";
            out += &addresses(&self.site.addresses);
        }
        if !self.site.permalinks.is_empty() {
            out += "\n# What addresses of the old site were made of:\npermalinks:\n";
            let line =
                |(folder, pattern): &(String, String)| format!("  {}: {}\n", yaml_scalar(folder), quote_yaml(pattern));
            out.extend(self.site.permalinks.iter().map(line));
        }
        out += &self.defaults();
        out += &self.front_matter();
        out += self.rules();
        let comment = self.site.ordered_by.as_ref().map(|by| format!("The order of {by}:")).unwrap_or_default();
        out + &list("order", "", &self.site.order, &comment)
    }

    /// The defaults for documents, broadest entry first.
    fn defaults(&self) -> String {
        let mut out = String::from(
            "\n# For documents that do not say it themselves. Every document starts as a draft; nothing is approved by being adopted.\n\
             # Correct the owner. IDs come from file names; `clausebook adopt --apply` writes them into the files.\n\
             defaults:\n- id: from-file\n  title: from-heading\n  default_type: guideline\n  status: draft\n  version: \"0.1\"\n",
        );
        out += &format!("  owner: {}\n", quote_yaml(self.owner));
        for (folder, kind) in &self.kinds.folders {
            out += &format!("- {{folder: {}, default_type: {kind}}}\n", yaml_scalar(folder));
        }
        for (file, kind) in &self.kinds.files {
            out += &format!("- {{file: {}, default_type: {kind}}}\n", yaml_scalar(file));
        }
        out
    }

    /// A generator's sidebar links to every document, so the documents seldom link to each other.
    fn rules(&self) -> &'static str {
        if self.site.marker_file.is_empty() {
            return "";
        }
        "\nrules:\n  # The sidebar led to every document. Remove this line once documents link to each other.\n  orphan-document: off\n"
    }

    fn front_matter(&self) -> String {
        let keys = self.keys;
        let mut body = String::new();
        if !keys.map.is_empty() {
            body += "  map:\n";
            keys.map
                .iter()
                .for_each(|(key, handbook_key)| body += &format!("    {}: {handbook_key}\n", yaml_scalar(key)));
        }
        let preset = self.site.preset.filter(|_| keys.uses_preset).map(|name| format!("{name}:*"));
        let ignored: Vec<String> = preset.into_iter().chain(keys.ignore.iter().cloned()).collect();
        body += &list("ignore", "  ", &ignored, "");
        if !keys.values.is_empty() {
            body += "  values:\n";
            for (key, values) in &keys.values {
                body += &format!("    {key}:\n");
                values.iter().for_each(|(value, meaning)| body += &format!("      {}: {meaning}\n", quote_yaml(value)));
            }
        }
        let dates: Vec<String> = keys.dates.iter().map(|format| (*format).to_owned()).collect();
        body += &list("dates", "  ", &dates, "");
        if body.is_empty() { body } else { format!("\nfront_matter:\n{body}") }
    }
}

/// URL prefixes, each with its folder or list of folders.
fn addresses(addresses: &[(String, String)]) -> String {
    let mut out = String::new();
    for (at, (beginning, _)) in addresses.iter().enumerate() {
        if addresses[..at].iter().any(|(other, _)| other == beginning) {
            continue;
        }
        let folders = addresses.iter().filter(|(other, _)| other == beginning);
        let folders: Vec<String> = folders.map(|(_, folder)| yaml_scalar(folder)).collect();
        out += &match folders.as_slice() {
            [folder] => format!("  {}: {folder}\n", yaml_scalar(beginning)),
            several => format!("  {}: [{}]\n", yaml_scalar(beginning), several.join(", ")),
        };
    }
    out
}

/// A list under a key, on one line if it is short; an empty string if the list is empty.
fn list(key: &str, indent: &str, items: &[String], comment: &str) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: Vec<String> = items.iter().map(|item| yaml_scalar(item)).collect();
    let comment_line = if comment.is_empty() { String::new() } else { format!("\n{indent}# {comment}\n") };
    let line = format!("{indent}{key}: [{}]\n", items.join(", "));
    if line.len() <= MAX_LINE_CHARS {
        return comment_line + &line;
    }
    let items: String = items.iter().map(|item| format!("{indent}- {item}\n")).collect();
    format!("{comment_line}{indent}{key}:\n{items}")
}

/// Writes a string as a YAML scalar, quoted only if necessary.
fn yaml_scalar(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '.' | '-');
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '.'));
    let is_reserved = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    if is_word && text.chars().all(is_plain) && !is_reserved { text.to_owned() } else { quote_yaml(text) }
}
