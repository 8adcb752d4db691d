//! The facts about ISO/IEC 20000-1 that the generator needs: its coverage units and their items of documented
//! information.

use serde::Deserialize;

/// A coverage unit.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The clause number.
    pub clause: String,
    /// The title.
    pub title: String,
    /// The items of the clause and of its subclauses.
    pub items: Vec<Item>,
}

/// An item of documented information.
#[derive(Clone, Debug, Deserialize)]
pub struct Item {
    /// The id in `provides`.
    pub id: String,
    keep: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct Catalogue {
    clauses: Vec<Clause>,
}

#[derive(Deserialize)]
struct Clause {
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    coverage_unit: bool,
    #[serde(default)]
    documented_information: Vec<Item>,
}

/// The catalogue's names of kinds, each with the document type that provides it, if they differ.
const TYPE_BY_KIND: &[(&str, &str)] = &[
    ("contract", "agreement"),
    ("criteria", "specification"),
    ("instruction", "work-instruction"),
    ("objectives", "plan"),
    ("schedule", "register"),
    ("statement", "policy"),
];

impl Item {
    /// The document type that provides the item.
    pub fn document_type(&self) -> &str {
        if self.keep == "retain" {
            return if self.kind == "report" { "report" } else { "record" };
        }
        TYPE_BY_KIND.iter().find(|(kind, _)| *kind == self.kind).map_or(&self.kind, |(_, document_type)| document_type)
    }
}

/// All coverage units, in the order of the standard.
pub fn units() -> Vec<Unit> {
    let text = include_str!("../../standards/iso20000-1-2018.yaml");
    let catalogue: Catalogue = serde_yaml::from_str(text).expect("the bundled catalogue is valid");
    let mut units: Vec<Unit> = Vec::new();
    for clause in catalogue.clauses {
        if clause.coverage_unit {
            units.push(Unit { clause: clause.id, title: clause.title, items: clause.documented_information });
        } else if let Some(unit) = units.last_mut()
            && clause.id.starts_with(&format!("{}.", unit.clause))
        {
            unit.items.extend(clause.documented_information);
        }
    }
    units
}
