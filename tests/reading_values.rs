//! The parsed values of settings and catalogues.

use std::sync::Arc;

use clausebook::testing::config::{self, Settings, TypeReview};
use clausebook::testing::finding::{RuleId, Severity};
use clausebook::testing::place::SourceText;
use clausebook::testing::rules::rule_ids;
use clausebook::testing::standard::{Basis, Catalogue, Retention, Standards, built_in, read_catalogue};

fn settings(text: &str) -> Settings {
    config::read(&Arc::new(SourceText::new("clausebook.yaml", text)), &rule_ids())
        .unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// The input of a case without problems in a literate file.
fn case(file: &str, name: &str) -> String {
    let path = format!("{}/tests/reading/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the literate file");
    let (_, section) = text.split_once(&format!("\n## {name}\n")).expect("the case");
    let (_, input) = section.split_once("````input\n").expect("an input");
    input.split_once("````").expect("its end").0.to_owned()
}

#[test]
fn settings_have_the_documented_defaults() {
    let settings = settings("title: Handbook\n");
    assert_eq!(settings.standards.iter().map(|id| id.value.as_str()).collect::<Vec<_>>(), ["iso20000-1"]);
    assert_eq!(
        (settings.lang.as_str(), settings.content.as_str(), settings.output.as_str()),
        ("en", "content", "site")
    );
    assert_eq!(
        (settings.warning_days, settings.review.to_string(), settings.bulk_review),
        (30, "12 months".into(), 10)
    );
    assert!(!settings.search_engines && settings.as_of.is_none() && settings.publish_limit().is_none());
    assert_eq!(settings.classifications, ["public", "internal", "confidential", "restricted"]);
    let prefixes: Vec<&str> = settings.types.iter().map(|kind| kind.prefix.as_str()).collect();
    assert_eq!(
        prefixes,
        ["POL", "PRC", "PRO", "PLN", "WIN", "GDL", "AGR", "CAT", "REG", "SPC", "ANA", "RPT", "REC", "TPL", ""]
    );
}

#[test]
fn every_setting_arrives_as_its_type() {
    let text = case("settings.md", "Every key");
    let settings = settings(&text);
    assert_eq!(settings.base_url.as_deref(), Some("https://handbook.example/sms"));
    assert_eq!(settings.as_of.map(|day| day.to_string()).as_deref(), Some("2026-11-22"));
    assert_eq!((settings.publish_limit(), settings.classification_rank("closed")), (Some(0), Some(1)));
    let kind = |name: &str| settings.find_type(name).unwrap_or_else(|| panic!("{name}"));
    assert_eq!((kind("policy").title.as_str(), kind("policy").prefix.as_str()), ("Charter", "POL"));
    assert!(matches!(kind("policy").review, TypeReview::Every(every) if every.to_string() == "24 months"));
    assert_eq!(kind("record").review, TypeReview::Never);
    assert_eq!(kind("runbook").prefix, "RUN");
    let weight = |rule| settings.severity(RuleId(rule), Severity::Error);
    assert_eq!(weight("broken-anchor"), None);
    assert_eq!(weight("broken-link"), Some(Severity::Warning));
    assert_eq!(weight("duplicate-id"), Some(Severity::Error));
    let reason = settings.reason_not_needed(|item| item.to_string() == "continuity-invocation-report");
    assert_eq!(reason, Some("No plan was invoked."));
    assert_eq!(settings.defaults.len(), 1);
    let pattern = settings.id_pattern.as_ref().expect("a pattern");
    assert!(pattern.regex.is_match("POL-CHG-001") && !pattern.regex.is_match("POL-CHG-001-OLD"));
    assert_eq!(settings.gates.fail_on, Some(Severity::Warning));
    let line_of = |part: &str| text.lines().position(|line| line.contains(part)).map(|at| at + 1);
    assert_eq!(Some(settings.standards_place().line() as usize), line_of("iso20000-1"));
    assert_eq!(Some(settings.place(settings.waivers[0].rule.span).line() as usize), line_of("rule: "));
}

#[test]
fn the_vocabulary_knows_own_types_own_keys_and_foreign_ones() {
    let vocabulary = settings(&case("settings.md", "Every key")).vocabulary();
    assert!(vocabulary.types.iter().any(|kind| kind == "runbook"));
    assert_eq!(vocabulary.meaning("doc_id"), Some("id"));
    assert_eq!(vocabulary.meaning("weight"), None);
    assert!(vocabulary.ignores("weight") && vocabulary.ignores("hugo_layout") && !vocabulary.ignores("owner"));
    assert_eq!((vocabulary.own_name("approved"), vocabulary.own_name("owner")), ("last_reviewed_on", "owner"));
}

#[test]
fn an_own_catalogue_keeps_its_numbers_as_written() {
    let text = SourceText::new("standards/house.yaml", &case("catalogue.md", "A small catalogue"));
    let catalogue = read_catalogue(&text).unwrap_or_else(|problems| panic!("{problems:?}"));
    let numbers: Vec<String> = catalogue.clauses.iter().map(|clause| clause.id.to_string()).collect();
    assert_eq!(numbers, ["1", "1.10", "A.1"]);
    assert_eq!(catalogue.edition.as_deref(), Some("2026"));
    assert_eq!(catalogue.published.as_deref(), Some("2026-01-01"));
    let standards = Standards::new([Arc::new(catalogue)]);
    assert!(standards.resolve(&"1.10".parse().expect("a reference")).is_ok());
    assert!(standards.resolve(&"1.1".parse().expect("a reference")).is_err());
}

fn catalogue(name: &str) -> Arc<Catalogue> {
    built_in(&name.parse().expect("a name")).expect("a built-in catalogue")
}

#[test]
fn built_in_catalogues_have_the_items_and_clauses_that_were_counted() {
    let catalogue_20000 = catalogue("iso20000-1");
    let items: Vec<_> = catalogue_20000.clauses.iter().flat_map(|clause| &clause.documented_information).collect();
    assert_eq!(items.iter().filter(|item| item.keep == Retention::Retain).count(), 45);
    assert_eq!(items.iter().filter(|item| item.basis == Basis::Expected).count(), 58);
    let security = catalogue("iso27001");
    let in_annex = security.clauses.iter().filter(|clause| clause.id.to_string().starts_with('A'));
    assert_eq!(security.clauses.len() - in_annex.count(), 41);
}
