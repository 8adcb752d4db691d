//! The built-in catalogues.

use std::sync::{Arc, OnceLock};

use super::catalogue::Catalogue;
use crate::id::StandardId;

/// A catalogue's name, its source and, once it was requested, its parsed content.
type Entry = (&'static str, &'static str, OnceLock<Option<Arc<Catalogue>>>);

/// A file of `standards/`, as converted by `build.rs`.
macro_rules! catalogue {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json"))
    };
}

static CATALOGUES: [Entry; 3] = [
    ("iso20000-1", catalogue!("iso20000-1-2018"), OnceLock::new()),
    ("iso27001", catalogue!("iso27001-2022"), OnceLock::new()),
    ("iso9001", catalogue!("iso9001-2015"), OnceLock::new()),
];

/// The names of the built-in catalogues.
pub(crate) fn built_in_names() -> impl Iterator<Item = &'static str> {
    CATALOGUES.iter().map(|(name, ..)| *name)
}

/// A built-in catalogue; `None` if there is none of this name.
pub fn built_in(id: &StandardId) -> Option<Arc<Catalogue>> {
    let (_, text, parsed) = CATALOGUES.iter().find(|(name, ..)| *name == id.as_str())?;
    parsed.get_or_init(|| serde_json::from_str(text).ok().map(Arc::new)).clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::{Basis, Retention, Standards};

    fn catalogue(name: &str) -> Arc<Catalogue> {
        built_in(&name.parse().expect("a name")).expect("a catalogue that can be read")
    }

    #[test]
    fn iso_20000_1_has_the_clauses_and_items_that_were_counted() {
        let catalogue = catalogue("iso20000-1");
        let items: Vec<_> = catalogue.clauses.iter().flat_map(|clause| &clause.documented_information).collect();
        assert_eq!(catalogue.clauses.len(), 88);
        assert_eq!(catalogue.clauses.iter().filter(|clause| clause.coverage_unit).count(), 56);
        assert_eq!(catalogue.clauses.iter().filter(|clause| clause.planned_interval.is_some()).count(), 14);
        assert_eq!(items.len(), 109);
        assert_eq!(items.iter().filter(|item| item.keep == Retention::Maintain).count(), 64);
        assert_eq!(items.iter().filter(|item| item.basis == Basis::Required).count(), 51);
    }

    #[test]
    fn every_input_of_the_management_review_says_where_its_data_are() {
        let catalogue = catalogue("iso20000-1");
        let inputs: Vec<_> = catalogue.clauses.iter().flat_map(|clause| &clause.inputs).collect();
        assert_eq!(inputs.len(), 14);
        let is_item = |name: &str| {
            catalogue
                .clauses
                .iter()
                .flat_map(|clause| &clause.documented_information)
                .any(|item| item.id.as_str() == name)
        };
        let registers = [
            "audits",
            "nonconformities",
            "improvements",
            "management_reviews",
            "issues",
            "requirements",
            "indicators",
            "objectives",
            "suppliers",
            "competences",
            "risks",
            "complaints",
            "system-changes",
        ];
        for input in inputs {
            assert!(!input.from.is_empty(), "{}", input.id);
            let strangers: Vec<_> =
                input.from.iter().filter(|name| !registers.contains(&name.as_str()) && !is_item(name)).collect();
            assert!(strangers.is_empty(), "{}: {strangers:?}", input.id);
        }
    }

    #[test]
    fn the_other_catalogues_have_the_clauses_that_were_counted() {
        let security = catalogue("iso27001");
        let controls = security.clauses.iter().filter(|clause| {
            clause.id.to_string().starts_with("A.") && clause.id.to_string().matches('.').count() == 2
        });
        assert_eq!(controls.count(), 93);
        assert_eq!(catalogue("iso9001").clauses.len(), 91);
    }

    #[test]
    fn standards_never_mix_and_numbers_compare_exactly() {
        let standards = Standards::new([catalogue("iso20000-1"), catalogue("iso27001")]);
        let resolve = |text: &str| standards.resolve(&text.parse().expect("a reference"));
        let (ours, theirs) = (resolve("9.2").expect("a clause"), resolve("iso27001:9.2").expect("a clause"));
        assert_ne!(ours, theirs);
        assert!(resolve("8.10").is_err());
        assert!(resolve("A.5.24").is_err());
        assert_eq!(standards.ancestors(resolve("8.5.1.1").expect("a clause")).count(), 3);
        assert_eq!(
            standards
                .indexes()
                .map(|index| standards.clauses(index).filter(|key| standards.is_unit(*key)).count())
                .next(),
            Some(56)
        );
    }

    #[test]
    fn built_in_catalogues_list_parents_first_and_name_only_parents_that_exist() {
        for name in built_in_names() {
            let catalogue = catalogue(name);
            let mut seen = std::collections::HashSet::new();
            for clause in &catalogue.clauses {
                assert!(clause.parent.as_ref().is_none_or(|parent| seen.contains(parent)), "{name} {}", clause.id);
                assert!(seen.insert(clause.id.clone()), "{name} {} twice", clause.id);
            }
        }
    }
}
