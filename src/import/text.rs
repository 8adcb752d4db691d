//! The content of a draft: front matter with its origin, and the text of the file.

use super::ImportedDocument;
use crate::starter::quote_yaml;

/// The identity of a draft, in addition to the values in its control table.
#[derive(Clone, Debug)]
pub(crate) struct DraftIdentity {
    /// The document ID.
    pub(crate) id: String,
    /// The title.
    pub(crate) title: String,
    /// The document type.
    pub(crate) doc_type: String,
    /// The file that it came from, for readers.
    pub(crate) source_file: String,
    /// The ID in the file, if another document already has it.
    pub(crate) taken_id: Option<String>,
    /// Clauses that it may address, each with the reasons.
    pub(crate) clauses: Vec<(String, String)>,
}

/// A draft.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) identity: DraftIdentity,
    pub(crate) imported: &'a ImportedDocument,
}

/// Keys with string values.
const STRING_KEYS: [&str; 4] = ["version", "owner", "author", "approver"];

impl Draft<'_> {
    /// Returns the content of the file.
    pub(crate) fn text(&self) -> String {
        let DraftIdentity { id, title, doc_type: kind, source_file: from, .. } = &self.identity;
        let mut out = format!(
            "---\n# Imported from {}\nid: {id}\ntitle: {}\ntype: {kind}\nstatus: draft\n",
            clean_remark(from),
            quote_yaml(title)
        );
        let value_of = |key: &str| self.imported.values.iter().find(|(name, _)| *name == key).map(|(_, value)| value);
        if value_of("version").is_none() {
            out += "version: \"0.1\"\n";
        }
        for (key, value) in self.imported.values.iter().filter(|(key, _)| *key != "id") {
            let value = if STRING_KEYS.contains(key) { quote_yaml(value) } else { value.clone() };
            out += &format!("{key}: {value}\n");
        }
        self.identity.taken_id.iter().for_each(|line| out += &format!("# {}\n", clean_remark(line)));
        self.imported.remarks.iter().for_each(|line| out += &format!("# {}\n", clean_remark(line)));
        out += &self.clauses();
        // Spaces before the first words belong to indented code.
        format!("{out}---\n\n{}\n", self.imported.markdown.trim_start_matches('\n').trim_end())
    }

    fn clauses(&self) -> String {
        if self.identity.clauses.is_empty() {
            return String::new();
        }
        let numbers: Vec<&str> = self.identity.clauses.iter().map(|(clause, _)| clause.as_str()).collect();
        let mut out = String::from("# Clauses that it may address; keep those that are right:\n");
        for (clause, reasons) in &self.identity.clauses {
            out += &format!("#   {clause} ({})\n", clean_remark(reasons));
        }
        out + &format!("# clauses: [{}]\n", numbers.join(", "))
    }
}

/// Prepares a text for a remark: on one line, without characters that YAML does not allow.
fn clean_remark(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
