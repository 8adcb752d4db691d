//! The model handbook, read independently of Clausebook's own parsers and compared with Clausebook's assessment.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;
use serde_yaml::Value;

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn yaml(path: &Path) -> Value {
    serde_yaml::from_str(&std::fs::read_to_string(path).expect("a file")).expect("YAML")
}

/// The value under a key as a string; empty if there is none.
fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> Vec<&'v Value> {
    value.get(key).and_then(Value::as_sequence).into_iter().flatten().collect()
}

/// A document of the model handbook.
struct Document {
    path: PathBuf,
    front: Value,
    body: String,
}

impl Document {
    fn id(&self) -> &str {
        text(&self.front, "id")
    }

    fn kind(&self) -> &str {
        text(&self.front, "type")
    }

    /// Clauses of the main standard that the document claims in full, in front matter or in a heading.
    fn full_claims(&self) -> BTreeSet<String> {
        let full = |claim: &&Value| claim.get("extent").and_then(Value::as_str).is_none_or(|extent| extent == "full");
        let number = |claim: &Value| match claim.as_str() {
            Some(number) => number.to_owned(),
            None => text(claim, "clause").to_owned(),
        };
        let in_front_matter = list(&self.front, "clauses").into_iter().filter(full).map(number);
        let headings = self.body.lines().filter(|line| line.starts_with('#'));
        let in_headings =
            headings.filter_map(|line| line.split_once("clauses=\"")?.1.split_once('"')).flat_map(|(names, _)| {
                names.split([',', ' ']).map(|name| name.trim_end_matches("/full").to_owned()).collect::<Vec<_>>()
            });
        in_front_matter.chain(in_headings).filter(|number| !number.is_empty() && !number.contains([':', '/'])).collect()
    }

    /// The date of the last approval or review.
    fn last_confirmed(&self) -> &str {
        let approved = text(&self.front, "approved");
        let reviewed = list(&self.front, "reviews").into_iter().map(|review| text(review, "date"));
        reviewed.chain([approved]).max().unwrap_or_default()
    }

    /// The day from which its next review is counted; for evidence, the day of its content.
    fn review_counted_from(&self) -> &str {
        let evidence = matches!(self.kind(), "record" | "report");
        let date = text(&self.front, "date");
        if evidence && !date.is_empty() { date } else { self.last_confirmed() }
    }
}

/// The catalogue, the settings and the documents.
struct Handbook {
    standard: Value,
    settings: Value,
    documents: Vec<Document>,
}

fn handbook() -> Handbook {
    let root = repository();
    let files = walkdir::WalkDir::new(root.join("content")).sort_by_file_name();
    let files = files.into_iter().map(|entry| entry.expect("an entry").into_path());
    let documents = files.filter(|path| path.extension().is_some_and(|ending| ending == "md")).map(|path| {
        let content = std::fs::read_to_string(&path).expect("a text");
        let (front, body) =
            content.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).expect("front matter");
        Document { front: serde_yaml::from_str(front).expect("YAML"), body: body.to_owned(), path }
    });
    Handbook {
        standard: yaml(&root.join("standards/iso20000-1-2018.yaml")),
        settings: yaml(&root.join("clausebook.yaml")),
        documents: documents.collect(),
    }
}

impl Handbook {
    fn as_of(&self) -> &str {
        text(&self.settings, "as_of")
    }

    fn controlled(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(|document| !document.id().is_empty())
    }

    /// The months between reviews: the document's own, for evidence those of its items, its type's, or the handbook's.
    fn months(&self, document: &Document) -> i32 {
        let months = |value: &str| value.split_whitespace().next().and_then(|number| number.parse::<i32>().ok());
        let kind = self.settings.get("types").and_then(|types| types.get(document.kind()));
        let of_items = || {
            let dated = !text(&document.front, "date").is_empty();
            let provided = list(&document.front, "provides").into_iter().filter_map(Value::as_str);
            provided
                .filter(|_| dated)
                .filter_map(|item| self.item(item)?.get("suggested_interval_months")?.as_i64())
                .min()
        };
        let of_type = || kind.and_then(|kind| months(text(kind, "review")));
        let own_interval = months(text(&document.front, "review")).or_else(|| of_items().map(|months| months as i32));
        own_interval.or_else(of_type).or_else(|| months(text(&self.settings, "review"))).expect("an interval")
    }

    fn items(&self) -> Vec<&Value> {
        list(&self.standard, "clauses").into_iter().flat_map(|clause| list(clause, "documented_information")).collect()
    }

    fn item(&self, id: &str) -> Option<&Value> {
        self.items().into_iter().find(|item| text(item, "id") == id)
    }

    fn is_approved(&self, document: &Document) -> bool {
        text(&document.front, "status") == "approved"
    }

    fn is_retired(&self, document: &Document) -> bool {
        text(&document.front, "status") == "retired"
    }

    fn is_overdue(&self, document: &Document) -> bool {
        if !self.is_approved(document) {
            return false;
        }
        let last: jiff::civil::Date = document.review_counted_from().parse().expect("a date");
        let next = last.checked_add(jiff::Span::new().months(self.months(document))).expect("a date");
        next.to_string().as_str() < self.as_of()
    }

    fn is_in_force(&self, document: &Document) -> bool {
        let has_begun = ["approved", "effective"].iter().all(|key| text(&document.front, key) <= self.as_of());
        let approved = !text(&document.front, "approved").is_empty() && !text(&document.front, "approver").is_empty();
        has_begun && approved && self.is_approved(document) && !self.is_overdue(document)
    }

    /// Whether a document that it depends on was approved after it was last reviewed.
    fn is_suspect(&self, document: &Document) -> bool {
        let dependencies = list(&document.front, "depends_on").into_iter().filter_map(Value::as_str);
        let newer = |id: &str| {
            let other = self.controlled().find(|other| other.id() == id).expect("the document that is named");
            text(&other.front, "approved") > document.last_confirmed()
        };
        self.is_approved(document) && dependencies.filter(|id| newer(id)).count() > 0
    }

    /// Numbers of the coverage units.
    fn units(&self) -> BTreeSet<String> {
        let units = list(&self.standard, "clauses").into_iter();
        let units = units.filter(|clause| clause.get("coverage_unit").and_then(Value::as_bool) == Some(true));
        units.map(|clause| text(clause, "id").to_owned()).collect()
    }

    fn covered_units(&self) -> BTreeSet<String> {
        let counts =
            |document: &&Document| !matches!(document.kind(), "page" | "template") && self.is_in_force(document);
        let claimed: BTreeSet<String> = self.controlled().filter(counts).flat_map(Document::full_claims).collect();
        claimed.intersection(&self.units()).cloned().collect()
    }

    /// Required items that a document of a suitable type provides.
    fn provided_items(&self) -> BTreeSet<&str> {
        let evidence = ["record", "report", "register", "analysis", "catalogue"];
        let fits = |document: &Document, item: &Value| match text(item, "keep") {
            "retain" => evidence.contains(&document.kind()),
            _ => !matches!(document.kind(), "record" | "template"),
        };
        let provides = |document: &Document, id: &str| {
            list(&document.front, "provides").into_iter().any(|item| item.as_str() == Some(id))
        };
        let required = self.items().into_iter().filter(|item| text(item, "basis") == "required");
        let items = required.filter(|item| {
            let id = text(item, "id");
            self.controlled()
                .any(|document| self.is_in_force(document) && provides(document, id) && fits(document, item))
        });
        items.map(|item| text(item, "id")).collect()
    }
}

#[test]
fn every_clause_is_answered_and_every_required_item_provided() {
    let handbook = handbook();
    let (units, covered) = (handbook.units(), handbook.covered_units());
    assert_eq!(units.len(), 56);
    assert_eq!(units.difference(&covered).collect::<Vec<_>>(), Vec::<&String>::new());
    let required = handbook.items().into_iter().filter(|item| text(item, "basis") == "required").count();
    assert_eq!((required, handbook.provided_items().len()), (51, 51));
}

#[test]
fn clausebook_reaches_the_same_results() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    let status = Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .args(["build", "--quiet", "--source"])
        .arg(repository())
        .arg("--output")
        .arg(&site)
        .status();
    assert!(status.expect("the program").success());
    let assessment: Json =
        serde_json::from_str(&std::fs::read_to_string(site.join("assessment.json")).expect("a file")).expect("JSON");
    let handbook = handbook();
    assert_eq!(assessment["as_of"], handbook.as_of());
    let standard = &assessment["standards"][0];
    let with = |key: &str, id: &str, verdict: &str| -> BTreeSet<String> {
        let entries = standard[key].as_array().expect("a list").iter();
        let entries = entries
            .filter(|entry| entry["verdict"] == verdict && (entry["unit"] == true || entry["basis"] == "required"));
        entries.map(|entry| entry[id].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(with("clauses", "id", "covered"), handbook.covered_units());
    let provided: BTreeSet<String> = handbook.provided_items().into_iter().map(str::to_owned).collect();
    assert_eq!(with("documented_information", "id", "provided"), provided);
    for document in assessment["documents"].as_array().expect("documents") {
        let own = handbook.controlled().find(|own| document["id"] == own.id()).expect("the document");
        let in_force = matches!(document["state"].as_str(), Some("current" | "due-soon"));
        assert_eq!(in_force, handbook.is_in_force(own), "{}", own.id());
        assert_eq!(document["state"] == "overdue", handbook.is_overdue(own), "{}", own.id());
    }
    assert_eq!(assessment["documents"].as_array().map(Vec::len), Some(handbook.controlled().count()));
}

#[test]
fn ids_are_given_once_and_owner_approver_and_author_are_three_roles() {
    let handbook = handbook();
    let mut paths_by_id = BTreeMap::new();
    for document in handbook.controlled() {
        if let Some(other) = paths_by_id.insert(document.id(), &document.path) {
            panic!("{} is the id of {} and {}", document.id(), other.display(), document.path.display());
        }
        let roles: BTreeSet<&str> = ["owner", "approver", "author"].map(|key| text(&document.front, key)).into();
        assert!(roles.len() == 3 && !roles.contains(""), "{}: {roles:?}", document.id());
    }
    assert!(paths_by_id.len() >= 60);
}

#[test]
fn exactly_one_draft_one_overdue_and_one_suspect_are_left_open() {
    let handbook = handbook();
    let ids = |is: &dyn Fn(&Document) -> bool| -> Vec<&str> {
        handbook.controlled().filter(|document| is(document)).map(Document::id).collect()
    };
    let home = std::fs::read_to_string(repository().join("content/index.md")).expect("a home page");
    for (state, expected) in [
        ("draft", ids(&|document| !handbook.is_approved(document) && !handbook.is_retired(document))),
        ("overdue", ids(&|document| handbook.is_overdue(document))),
        ("suspect", ids(&|document| handbook.is_suspect(document))),
    ] {
        assert_eq!(expected.len(), 1, "{state}: {expected:?}");
        let file = handbook.controlled().find(|document| document.id() == expected[0]).expect("the document");
        let name = file.path.file_name().and_then(|name| name.to_str()).expect("a name");
        let line = home.lines().find(|line| line.starts_with(&format!("| {state} |"))).expect("a line of the tour");
        assert!(line.contains(name), "{state}: {line}");
    }
}

#[test]
fn a_retired_document_is_replaced_or_says_that_nothing_replaces_it() {
    let handbook = handbook();
    let replaced: BTreeSet<&str> = handbook
        .controlled()
        .flat_map(|document| list(&document.front, "supersedes"))
        .filter_map(Value::as_str)
        .collect();
    let retired: BTreeSet<&str> =
        handbook.controlled().filter(|document| handbook.is_retired(document)).map(Document::id).collect();
    assert!(replaced.is_subset(&retired), "{replaced:?} {retired:?}");
    assert_eq!((retired.len(), replaced.len()), (2, 1));
    for document in handbook.controlled().filter(|document| handbook.is_retired(document)) {
        let says_so = document.body.contains("has no successor") || replaced.contains(document.id());
        assert!(says_so, "{}", document.id());
    }
}

#[test]
fn external_documents_name_their_issuer_edition_and_place() {
    let handbook = handbook();
    let register = handbook.controlled().find(|document| document.id() == "REG-OBL-001").expect("the register");
    let external: Vec<&Document> = handbook.controlled().filter(|document| document.id().starts_with("EXT-")).collect();
    assert_eq!(external.len(), 12);
    for document in external {
        for key in ["issuer", "edition", "location"] {
            assert!(!text(&document.front, key).is_empty(), "{}: {key}", document.id());
        }
        assert!(register.body.contains(&format!("[[{}]]", document.id())), "{}", document.id());
    }
}
