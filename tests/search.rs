//! The search index of whole handbooks, read like the script in the browser.

#[path = "../benches/generator/mod.rs"]
mod generator;
#[path = "../benches/reader/mod.rs"]
mod reader;
mod support;

use std::collections::BTreeMap;

use reader::Reader;
use support::{Fixture, policy};

/// Builds a handbook and opens its index.
fn build(files: &[(&str, &str)]) -> (Fixture, Reader) {
    let fixture = Fixture::new(files);
    fixture.build();
    let reader = Reader::open(fixture.path("site")).expect("an index");
    (fixture, reader)
}

/// The results for a term's sections, heaviest first.
fn results_for(reader: &mut Reader, term: &str) -> Vec<[String; 5]> {
    let mut sections = reader.sections(term).expect("a list");
    sections.sort_by_key(|(section, weight)| (std::cmp::Reverse(*weight), *section));
    sections.into_iter().map(|(section, _)| reader.record(section).expect("a record")).collect()
}

fn ids(results: &[[String; 5]]) -> Vec<&str> {
    results.iter().map(|[id, ..]| id.as_str()).collect()
}

/// All files of the index as strings.
fn index_files(site: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, String> {
    let parts = site.iter().filter(|(path, _)| path.starts_with("find/"));
    parts.map(|(path, bytes)| (path.as_str(), String::from_utf8(bytes.clone()).expect("UTF-8"))).collect()
}

#[test]
fn an_id_leads_to_its_document_before_all_that_speak_of_it() {
    let text = "As POL-AAA-001 says, POL-AAA-001 and POL-AAA-001 again.";
    let (_fixture, mut reader) = build(&[
        ("content/a.md", &policy("POL-AAA-001", "", "Text.")),
        ("content/b.md", &policy("POL-AAA-002", "", text)),
    ]);
    assert_eq!(ids(&results_for(&mut reader, "pol-aaa-001")), ["POL-AAA-001", "POL-AAA-002"]);
    let heaviest = reader.sections("pol-aaa-001").expect("a list");
    assert_eq!(heaviest.iter().filter(|(_, weight)| *weight == 26).count(), 1);
}

#[test]
fn what_a_page_shows_beside_its_text_is_found() {
    let front = "description: Descriptum words.\naudience: [Audientia]\nretention: Retentum for ever\nreviewers: [Reviewia]\n\
                 clauses:\n  - {clause: 8.6.1, coverage: partial, note: Claimnotum only}\n\
                 changes:\n  - {version: 1.0, on: 2026-03-02, by: Changebya, summary: Changesummum}\n\
                 registers: [nc.yaml]\n";
    let body = "![Altum](a.svg \"Captionum\") and [out](https://h.example/ \"Linktitlum\").";
    let register = "nonconformities:\n  - id: NC-2026-01\n    title: Late\n    found: 2026-03-01\n    owner: Ownera\n\
                    \x20   source: Sourcum\n    actions:\n      - {what: Do it, who: Whoa, due: 2026-12-01, proof: Proofum}\n";
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"></svg>";
    let (_fixture, mut reader) = build(&[
        ("content/a.md", &policy("POL-AAA-001", front, body)),
        ("content/a.svg", picture),
        ("content/nc.yaml", register),
    ]);
    let of_document = [
        "descriptum",
        "director",
        "writer",
        "audientia",
        "retentum",
        "reviewia",
        "claimnotum",
        "changebya",
        "changesummum",
        "captionum",
        "linktitlum",
    ];
    for term in of_document {
        assert_eq!(ids(&results_for(&mut reader, term)), ["POL-AAA-001"], "{term}");
    }
    for term in ["ownera", "sourcum", "whoa", "proofum", "2026-01"] {
        assert_eq!(ids(&results_for(&mut reader, term)), ["NC-2026-01"], "{term}");
    }
}

#[test]
fn a_count_of_acknowledgements_is_found_by_its_id_and_title() {
    let register = "id,title,document,version,date,asked,given,location\n\
                    ACK-01,Countum,POL-AAA-001,1.0,2026-03-12,86,84,Locatium\n";
    let (_fixture, mut reader) = build(&[
        ("content/a.md", &policy("POL-AAA-001", "registers: [acknowledgements.csv]\n", "Text.")),
        ("content/acknowledgements.csv", register),
    ]);
    for term in ["ack-01", "countum"] {
        assert_eq!(ids(&results_for(&mut reader, term)), ["ACK-01"], "{term}");
    }
    // The document's readers look for the document, which may have been counted many times.
    assert_eq!(ids(&results_for(&mut reader, "pol-aaa-001")), ["POL-AAA-001"]);
    assert_eq!(ids(&results_for(&mut reader, "locatium")), [""; 0]);
}

#[test]
fn numbers_are_found_without_what_groups_their_digits() {
    let (_fixture, mut reader) = build(&[("content/a.md", &policy("POL-AAA-001", "", "1,900 users, £9,500."))]);
    for term in ["1900", "9500"] {
        assert_eq!(ids(&results_for(&mut reader, term)), ["POL-AAA-001"], "{term}");
    }
}

#[test]
fn an_id_without_a_digit_is_found_as_a_whole() {
    let (_fixture, mut reader) = build(&[("content/a.md", &policy("POL-CHG", "", "Text."))]);
    assert_eq!(ids(&results_for(&mut reader, "pol-chg")), ["POL-CHG"]);
}

#[test]
fn a_clause_number_leads_to_its_page_and_then_to_what_claims_it() {
    let body = "Text.\n\n## Part {#part clauses=\"8.6.2\"}\n\nMore.";
    let (_fixture, mut reader) = build(&[("content/a.md", &policy("POL-AAA-001", "clauses: [8.6.1]\n", body))]);
    let results = results_for(&mut reader, "8.6.1");
    assert_eq!(results[0][2], "clauses/iso20000-1/8.6.1.html");
    assert!(ids(&results).contains(&"POL-AAA-001"));
    let section = results_for(&mut reader, "8.6.2");
    assert!(section.iter().any(|[_, _, url, heading, _]| url == "a.html#part" && heading == "Part"), "{section:?}");
}

#[test]
fn a_clause_of_the_main_standard_comes_before_one_of_the_same_number() {
    let fixture = Fixture::new(&[]);
    fixture.write("clausebook.yaml", "title: Test\nstandards: [iso9001, iso20000-1]\n");
    fixture.build();
    let mut reader = Reader::open(fixture.path("site")).expect("an index");
    let results = results_for(&mut reader, "8.5.1");
    assert_eq!(results[0][2], "clauses/iso9001/8.5.1.html");
    assert_eq!(results[1][0], "iso20000-1:8.5.1");
}

#[test]
fn eight_point_one_is_not_eight_point_ten() {
    let (_fixture, mut reader) = build(&[
        ("content/a.md", &policy("POL-AAA-001", "", "Version 8.10 is out.")),
        ("content/b.md", &policy("POL-AAA-002", "", "See 8.1, please.")),
    ]);
    assert_eq!(ids(&results_for(&mut reader, "8.10")), ["POL-AAA-001"]);
    assert!(!ids(&results_for(&mut reader, "8.1")).contains(&"POL-AAA-001"));
    assert!(reader.sections("8").expect("a list").iter().all(|(_, weight)| *weight == 26), "only the clause itself");
}

#[test]
fn titles_weigh_more_than_headings_and_headings_more_than_text() {
    let title = policy("POL-AAA-001", "", "Text.").replace("Title of POL-AAA-001", "Tapes");
    let text = "Tapes, tapes, tapes and tapes.";
    let (_fixture, mut reader) = build(&[
        ("content/c.md", &policy("POL-AAA-003", "", text)),
        ("content/b.md", &policy("POL-AAA-002", "", "## Tapes\n\nText.")),
        ("content/a.md", &title),
    ]);
    assert_eq!(ids(&results_for(&mut reader, "tapes")), ["POL-AAA-001", "POL-AAA-002", "POL-AAA-003"]);
}

#[test]
fn accents_other_scripts_and_code_are_found() {
    let text = "Größe, naïve Œuvre.\n\n## 変更管理\n\nサーバーの変更。\n\n```sh\nsystemctl restart postfix\n```\n";
    let (_fixture, mut reader) = build(&[("content/a.md", &policy("POL-AAA-001", "tags: [Läufer]\n", text))]);
    for term in ["grosse", "naive", "oeuvre", "変更", "更管", "サー", "postfix", "laufer"] {
        assert_eq!(ids(&results_for(&mut reader, term)).first(), Some(&"POL-AAA-001"), "{term}");
    }
    assert!(ids(&results_for(&mut reader, "owner")).contains(&"POL-AAA-001"), "who answers for it");
    assert_eq!(results_for(&mut reader, "postfix")[0][2], "a.html#変更管理");
}

#[test]
fn the_name_of_a_practice_leads_to_the_page_of_practices() {
    let (_fixture, mut reader) = build(&[("content/a.md", &policy("POL-AAA-001", "", "Text."))]);
    for practice in ["incident management", "change enablement", "service desk"] {
        let with_all = practice
            .split(' ')
            .map(|term| results_for(&mut reader, term))
            .reduce(|all, with| all.into_iter().filter(|result| with.contains(result)).collect());
        let urls: Vec<String> = with_all.unwrap_or_default().into_iter().map(|[_, _, url, ..]| url).collect();
        assert!(urls.iter().any(|url| url.starts_with("practices.html")), "{practice}: {urls:?}");
    }
}

#[test]
fn a_retired_document_is_marked_as_one() {
    let retired = policy("POL-AAA-001", "", "Text.").replace("status: approved", "status: retired");
    let (_fixture, mut reader) = build(&[("content/a.md", &retired)]);
    let section = reader.sections("pol-aaa-001").expect("a list")[0].0;
    let page = reader.page_of(section);
    assert_eq!(reader.pages.state.chars().nth(page), Some('0'));
    let owner = reader.owner(page).expect("facts").as_u64().expect("a number");
    assert_eq!(reader.directory.owners[owner as usize], "Owner");
}

#[test]
fn nothing_in_a_text_breaks_out_of_its_script() {
    let text = "He said \"`</script><script>alert(1)</script>`\" \\ \u{2028} \u{2029} <!--";
    let (fixture, mut reader) = build(&[("content/a.md", &policy("POL-AAA-001", "", text))]);
    let [.., excerpt] = &results_for(&mut reader, "alert")[0];
    assert!(excerpt.contains("\"</script><script>alert(1)</script>\"") && excerpt.contains('\u{2028}'), "{excerpt}");
    for (path, part) in index_files(&support::tree(&fixture.path("site"))) {
        assert!(!part.contains(['<', '\u{2028}', '\u{2029}']), "{path}");
        assert_eq!(part.lines().count(), 1, "{path}");
    }
}

#[test]
fn what_an_edition_withholds_is_not_in_its_index() {
    let fixture = Fixture::new(&[
        ("content/a.md", &policy("POL-AAA-001", "classification: public\n", "Visible words.")),
        (
            "content/b.md",
            &policy("POL-AAA-002", "classification: restricted\ntags: [hush]\n", "Zanzibar, [[POL-AAA-001]]."),
        ),
    ]);
    fixture.write("clausebook.yaml", &format!("{}publish: {{up_to: public}}\n", support::SETTINGS));
    let site = fixture.build();
    let parts = index_files(&site);
    assert!(parts.values().any(|part| part.contains("Visible words.")));
    for word in ["zanzibar", "Zanzibar", "hush", "POL-AAA-002", "pol-aaa-002"] {
        assert!(!parts.values().any(|part| part.contains(word)), "{word}");
    }
}

#[test]
fn a_handbook_can_do_without_search() {
    let fixture = Fixture::new(&[("content/a.md", &policy("POL-AAA-001", "", "Text."))]);
    fixture.write("clausebook.yaml", &format!("{}search: false\n", support::SETTINGS));
    let site = fixture.build();
    assert!(!site.keys().any(|path| path.starts_with("find/") || path == "search.html"));
    assert!(!String::from_utf8_lossy(&site["index.html"]).contains("data-search"));
    fixture.write("clausebook.yaml", support::SETTINGS);
    assert!(String::from_utf8_lossy(&fixture.build()["index.html"]).contains("data-search"));
}

#[test]
fn a_change_of_a_text_changes_the_files_of_its_terms_and_the_version() {
    let words = |number: usize| (0..400).map(|word| format!("word{}x{}", number, word)).collect::<Vec<_>>().join(" ");
    let fixture = Fixture::new(&[]);
    for number in 0..40 {
        fixture.write(&format!("content/{number}.md"), &policy(&format!("POL-AAA-{number:03}"), "", &words(number)));
    }
    let before = fixture.build();
    fixture.write("content/7.md", &policy("POL-AAA-007", "", &format!("{} zebra", words(7))));
    let after = fixture.build();
    let changed: Vec<&String> =
        after.keys().filter(|path| path.starts_with("find/t/") && before.get(*path) != after.get(*path)).collect();
    let all = after.keys().filter(|path| path.starts_with("find/t/")).count();
    assert!(all > 8 && changed.len() <= all / 2, "{changed:?} of {all}");
    assert_ne!(before["find/index.js"], after["find/index.js"]);
    assert_eq!(before["find/pages.js"], after["find/pages.js"]);
}

#[test]
fn a_query_loads_a_bounded_amount() {
    let folder = tempfile::tempdir().expect("a folder");
    generator::write_handbook(folder.path(), 600).expect("a handbook");
    let output = folder.path().join("site");
    let mut command = assert_cmd::Command::cargo_bin("clausebook").expect("the binary");
    command.args(["build", "-q", "--source"]).arg(folder.path()).arg("--output").arg(&output).assert().success();
    let mut reader = Reader::open(&output).expect("an index");
    for query in ["incident manager", "back-out plan", "weekly report", "re", "co in", "PRC-RES-00042"] {
        reader.clear_loaded();
        assert!(!reader.find(query).expect("results").is_empty(), "{query}");
        // With a misspelt word, the word list is also loaded.
        reader.words().expect("a list of words");
        assert!(reader.compressed_size() < 190_000, "{query} loads {}", reader.compressed_size());
    }
    for entry in walkdir::WalkDir::new(output.join("find")).into_iter().map(Result::unwrap) {
        let bytes = entry.metadata().expect("a file").len();
        assert!(!entry.file_type().is_file() || bytes < 60_000, "{} has {bytes} bytes", entry.path().display());
    }
}
