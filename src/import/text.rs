//! The text of a draft: front matter that says where it came from, and the words of the file.

use super::Imported;
use crate::starter::yaml;

/// What identifies a draft, beside what its control table says.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// Its id.
    pub(crate) id: String,
    /// Its title.
    pub(crate) title: String,
    /// Its type.
    pub(crate) kind: String,
    /// The file that it came from, for people.
    pub(crate) from: String,
    /// The id that the file says and another document has.
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

/// Keys whose values are texts.
const TEXTS: [&str; 4] = ["version", "owner", "author", "approver"];

impl Draft<'_> {
    /// The text of the file.
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
        // Spaces before the first words are those of code.
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

/// A text as a remark: on one line, without what could not be in YAML.
fn remark(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
