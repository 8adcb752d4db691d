//! The content of a draft: front matter with its origin, and the text of the file.

use super::Imported;
use crate::starter::yaml;

/// The identity of a draft, in addition to the values in its control table.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// The document id.
    pub(crate) id: String,
    /// The title.
    pub(crate) title: String,
    /// The document type.
    pub(crate) kind: String,
    /// The file that it came from, for readers.
    pub(crate) from: String,
    /// The id in the file, if another document already has it.
    pub(crate) unused: Option<String>,
    /// Clauses that it may address, each with the reasons.
    pub(crate) clauses: Vec<(String, String)>,
}

/// A draft.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) identity: Identity,
    pub(crate) imported: &'a Imported,
}

/// Keys with string values.
const TEXTS: [&str; 4] = ["version", "owner", "author", "approver"];

impl Draft<'_> {
    /// Returns the content of the file.
    pub(crate) fn text(&self) -> String {
        let Identity { id, title, kind, from, .. } = &self.identity;
        let mut out = format!(
            "---\n# Imported from {}\nid: {id}\ntitle: {}\ntype: {kind}\nstatus: draft\n",
            remark(from),
            yaml(title)
        );
        let own = |key: &str| self.imported.values.iter().find(|(known, _)| *known == key).map(|(_, value)| value);
        if own("version").is_none() {
            out += "version: \"0.1\"\n";
        }
        for (key, value) in self.imported.values.iter().filter(|(key, _)| *key != "id") {
            let value = if TEXTS.contains(key) { yaml(value) } else { value.clone() };
            out += &format!("{key}: {value}\n");
        }
        self.identity.unused.iter().for_each(|line| out += &format!("# {}\n", remark(line)));
        self.imported.remarks.iter().for_each(|line| out += &format!("# {}\n", remark(line)));
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
            out += &format!("#   {clause} ({})\n", remark(reasons));
        }
        out + &format!("# clauses: [{}]\n", numbers.join(", "))
    }
}

/// Prepares a text for a remark: on one line, without characters that YAML does not allow.
fn remark(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
