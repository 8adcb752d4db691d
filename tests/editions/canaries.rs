//! Random handbooks in which every field of every document and entry has unique words: no output of an edition contains
//! anything that it withholds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::process::Command;

use proptest::prelude::*;

use crate::support::{Fixture, text_of, tree};

const LEVELS: [&str; 4] = ["public", "internal", "confidential", "restricted"];
const EDITIONS: [(&str, usize, &str); 4] = [
    ("outside", 0, ""),
    ("staff", 1, ", figures: whole, registers: all, history: true"),
    ("board", 2, ", figures: whole, registers: [audits, risks, objectives, services], history: true"),
    ("desk", 2, ", figures: whole, registers: all, roles: [Desk]"),
];
/// Ways to write something that is not a valid level.
const INVALID_LEVELS: [&str; 5] =
    ["clasification: public", "classification: [public]", "classification: secret", "tags: [plain]", "x: \"torn"];

/// Entries of each kind. `@` stands for unique words, `~` for an entry of another document, `^` for such a document.
const ENTRIES: [(&str, &str); 14] = [
    (
        "audits",
        "id: A-@, title: \"@1\", kind: internal, planned: 2026-10-01, held: 2026-10-02, clauses: [\"9.1\"], auditors: [\"@2\"], source: \"@3\", note: \"@4 [[NC-~|that]]\", owner: \"@5\", report: ^",
    ),
    (
        "nonconformities",
        "id: NC-@, title: \"@1\", grade: minor, found: 2026-01-01, owner: \"@2\", source: A-~, cause: \"@3\", correction: \"@4\", similar: \"@5\", documents: [^], clauses: [\"8.6.1\"], actions: [{what: \"@6\", who: \"@7\", due: 2026-02-01, proof: \"@8\"}], effect: {due: 2026-03-01, who: \"@9\", words: \"@10\"}",
    ),
    (
        "improvements",
        "id: IMP-@, title: \"@1\", state: proposed, target: \"@2\", due: 2026-01-01, source: NC-~, note: \"@3\\n\\n- as [[NC-~|that]] says\"",
    ),
    (
        "management_reviews",
        "id: MR-@, title: \"@1\", held: 2026-01-01, present: [\"@2\"], inputs: {feedback: \"@3\"}, decisions: [{id: D-@, what: \"@4\", who: \"@5\", due: 2026-02-01}]",
    ),
    (
        "services",
        "id: SV-@, title: \"@1\", state: live, owner: \"@2\", criticality: \"@3\", from: 2026-01-01, rto: \"@4\", rpo: \"@5\", mtd: \"@6\", note: \"@7\"",
    ),
    ("locations", "id: LO-@, title: \"@1\", inside: true, note: \"@2\""),
    (
        "suppliers",
        "id: SU-@, title: \"@1\", kind: external, services: [SV-~], locations: [LO-~], manager: \"@2\", judged_by: \"@3\", score: \"@4\", note: \"@5\", contract: {document: ^, location: \"@6\", ends: 2026-12-01, notice: 2026-11-30, review: 6 months, reviewed: 2026-01-01}, performance: {every: 1 month, last: 2026-01-02}",
    ),
    (
        "indicators",
        "id: K-@, title: \"@1\", owner: \"@2\", target: \">= 90 @3\", period: quarter, values: {2026-Q1: 1, 2026-Q2: 2, 2026-Q3: 3}",
    ),
    ("objectives", "id: OBJ-@, title: \"@1\", indicator: K-~, serves: \"@2\", ends: 2026-09-30"),
    (
        "risks",
        "id: R-@, title: \"@1\", kind: organization, effect: \"@2\", treatment: \"@3\", now: {likelihood: 4, impact: 5}, accepted: {by: \"@4\", until: 2026-02-01}, services: [SV-~]",
    ),
    (
        "requirements",
        "id: REQ-@, title: \"@1\", party: \"@2\", source: \"@3\", evidence: \"@4\", documents: [^], reviewed: 2025-01-01",
    ),
    ("issues", "id: ISS-@, title: \"@1\", kind: external, effect: \"@2\", risks: [R-~], reviewed: 2025-01-01"),
    (
        "competences",
        "id: CMP-@, title: \"@1\", role: \"@2\", needed: \"@3\", gap: \"@4\", evidence: \"@5\", actions: [{what: \"@6\", who: \"@7\", due: 2026-02-01}]",
    ),
    (
        "acknowledgements",
        "id: ACK-@, title: \"@1\", document: ^, version: \"2.0\", date: 2026-03-05, asked: 20, given: 10, location: \"@2\"",
    ),
];

const FRONT_MATTER: &str = "id: @-001\ntitle: \"@a\"\ntype: policy\nversion: \"VERSION\"\nstatus: approved\nowner: \"@b\"\nauthor: \"@c\"\n\
    approver: \"@d\"\nreviewers: [\"@e\"]\napproved: APPROVED\ndescription: \"@f\"\nclauses: [8.6.1, 8.6.2]\nprovides: [incident-records]\n\
    services: [SV-~]\nlocations: [LO-~]\nretention: \"@i\"\nlocation: \"@j\"\nissuer: \"@k\"\nedition: \"@l\"\ntags: [\"@m\"]\n\
    aliases: [\"@n.html\"]\ndepends_on: [^]\nrelated: [^]\nsupersedes: [^]\nreview: 12 months\n\
    changes:\n- {version: \"VERSION\", date: APPROVED, by: \"@o\", summary: \"@p\"}\n\
    reviews:\n- {date: 2026-04-01, by: \"@q\", note: \"@r\"}\n";

const BODY: &str = "Words @s of clause 8.6.3. See [[^|it]], [there](FILE.md#FILE-anchor), [[NC-~|these]] and [that](FILE.yaml).\n\n\
    ## Heading @t {#@-anchor}\n\nTerm @u\n: meaning @v\n\n![picture @w](@x.png)\n\n| column @y |\n| --- |\n| cell @z |\n\n\
    ```mermaid\nflowchart LR\n a[node @aa] --> b[end @ab]\n```\n\n```text\ncode @ac\n```\n\nA note.[^1]\n\n[^1]: Note @ad.\n\n\
    ```register nonconformities\n```\n";

/// The level of a document or an entry: its rank, or `None` if it is not known.
type Level = Option<usize>;

#[derive(Clone, Debug)]
struct RandomDocument {
    level: Level,
    /// How an unclear level is written.
    unclear: usize,
    /// The level of its previous version.
    before: usize,
    is_for_desk: bool,
    /// For each kind, whether there is an entry, and its own level.
    entries: Vec<Option<Option<usize>>>,
    /// The document that this one refers to.
    other: usize,
}

fn document() -> impl Strategy<Value = RandomDocument> {
    let entry = prop::option::weighted(0.6, prop::option::weighted(0.4, 0..LEVELS.len()));
    let entries = prop::collection::vec(entry, ENTRIES.len());
    (
        prop::option::weighted(0.8, 0..LEVELS.len()),
        0..INVALID_LEVELS.len(),
        0..LEVELS.len(),
        any::<bool>(),
        entries,
        0usize..6,
    )
        .prop_map(|(level, unclear, before, is_for_desk, entries, other)| RandomDocument {
            level,
            unclear,
            before,
            is_for_desk,
            entries,
            other,
        })
}

fn word(document: usize) -> String {
    format!("kst{document}q")
}

fn old_word(document: usize) -> String {
    format!("old{document}q")
}

fn entry_word(document: usize, kind: usize) -> String {
    format!("ent{document}k{kind}q")
}

impl RandomDocument {
    /// The content. `level` is the line with its classification.
    fn text(&self, unique: &str, level: &str, (version, approved): (&str, &str), file: usize) -> String {
        let audience = if self.is_for_desk { "\"@g\", Desk" } else { "\"@g\"" };
        let front = format!("{FRONT_MATTER}audience: [{audience}]\nregisters: [{}.yaml]\n{level}\n", word(file));
        let front = front.replace("VERSION", version).replace("APPROVED", approved);
        let text = format!("---\n{front}---\n\n{BODY}").replace("@-001", &format!("{}-001", word(file).to_uppercase()));
        self.fill(&text, unique)
    }

    /// Fills in words and references.
    fn fill(&self, text: &str, unique: &str) -> String {
        let other = word(self.other);
        let mut text =
            text.replace('@', unique).replace("FILE", &other).replace('^', &format!("{}-001", other.to_uppercase()));
        text = text.replace(&format!("[{}-0011]", other.to_uppercase()), "[^1]");
        for (kind, prefix) in [(0, "A"), (1, "NC"), (4, "SV"), (5, "LO"), (7, "K"), (9, "R")] {
            text = text.replace(&format!("{prefix}-~"), &format!("{prefix}-{}", entry_word(self.other, kind)));
        }
        text
    }

    fn level_line(&self) -> String {
        self.level.map_or_else(
            || INVALID_LEVELS[self.unclear].to_owned(),
            |level| format!("classification: {}", LEVELS[level]),
        )
    }

    fn register(&self, document: usize) -> String {
        let mut out = String::new();
        for (kind, rank) in self.entries.iter().enumerate() {
            let Some(rank) = rank else { continue };
            let (name, entry) = ENTRIES[kind];
            let level = rank.map_or_else(String::new, |own| format!(", classification: {}", LEVELS[own]));
            let entry = self.fill(entry, &entry_word(document, kind));
            let _ = writeln!(out, "{name}:\n- {{{entry}{level}}}");
        }
        out
    }

    fn is_shown(&self, limit: usize, edition: &str) -> bool {
        let is_for = |level: usize| level == 0 || edition != "desk" || self.is_for_desk;
        self.level.is_some_and(|level| level <= limit && is_for(level))
    }
}

fn git(fixture: &Fixture, day: &str, arguments: &[&str]) {
    let time = format!("{day}T12:00:00Z");
    let mut command = Command::new("git");
    command.current_dir(fixture.path("")).env("GIT_AUTHOR_DATE", &time).env("GIT_COMMITTER_DATE", &time);
    command.args(["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]);
    assert!(command.args(arguments).status().expect("git").success());
}

/// The handbook with its previous version, in a repository.
fn handbook(documents: &[RandomDocument]) -> Fixture {
    let mut settings =
        String::from("title: Test handbook\nas_of: 2026-11-22\nbase_url: https://h.example\neditions:\n");
    for (name, limit, figures) in EDITIONS {
        let _ = writeln!(settings, "  {name}: {{up_to: {}{figures}}}", LEVELS[limit]);
    }
    let links: Vec<String> =
        (0..documents.len()).map(|at| format!("{{document: {}-001}}", word(at).to_uppercase())).collect();
    let _ = writeln!(settings, "navigation: {{links: [{}]}}", links.join(", "));
    let fixture = Fixture::new(&[("clausebook.yaml", &settings)]);
    git(&fixture, "2026-01-01", &["init", "-q"]);
    git(&fixture, "2026-01-01", &["add", "-A"]);
    git(&fixture, "2026-01-01", &["commit", "-q", "-m", "begin"]);
    let commit = |day: &str, text: &dyn Fn(usize, &RandomDocument) -> String| {
        for (at, document) in documents.iter().enumerate() {
            fixture.write(&format!("content/{}.md", word(at)), &text(at, document));
            fixture.write(&format!("content/{}.yaml", word(at)), &document.register(at));
            std::fs::write(fixture.path(&format!("content/{}x.png", word(at))), format!("bytes {}", word(at)))
                .expect("a picture");
        }
        git(&fixture, day, &["add", "-A"]);
        git(&fixture, day, &["commit", "-q", "-m", "texts"]);
    };
    commit("2026-02-02", &|at, document| {
        let level = format!("classification: {}", LEVELS[document.before]);
        document.text(&old_word(at), &level, ("1.0", "2026-02-02"), at)
    });
    commit("2026-03-02", &|at, document| {
        let text = document.text(&word(at), &document.level_line(), ("2.0", "2026-03-02"), at);
        let before = format!("changes:\n- {{version: \"1.0\", date: 2026-02-02, summary: \"{}before\"}}", word(at));
        text.replace("changes:", &before)
    });
    fixture
}

/// Words that the edition must not contain.
fn hidden_words(documents: &[RandomDocument], (edition, limit): (&str, usize)) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (at, document) in documents.iter().enumerate() {
        let is_shown = document.is_shown(limit, edition);
        if !is_shown {
            words.insert(word(at));
        }
        if !is_shown || document.before > limit {
            words.insert(old_word(at));
        }
        for (kind, rank) in document.entries.iter().enumerate() {
            let Some(rank) = *rank else { continue };
            let name = ENTRIES[kind].0;
            let is_of_edition = match edition {
                "outside" => false,
                "board" => ["audits", "risks", "objectives", "services"].contains(&name),
                _ => true,
            };
            if !is_shown || rank.is_some_and(|own| own > limit) {
                words.insert(entry_word(at, kind));
            } else if !is_of_edition {
                // Shown content may name a service and a location, but nothing else about them.
                let is_party = ["services", "locations"].contains(&name);
                words.insert(format!("{}{}", entry_word(at, kind), if is_party { "2" } else { "" }));
            }
        }
    }
    words
}

/// The places of any of these words, in any letter case.
fn find_traces(files: &BTreeMap<String, Vec<u8>>, words: &BTreeSet<String>) -> Vec<String> {
    let mut traces = Vec::new();
    for (path, bytes) in files {
        let text = format!("{path} {}", text_of(path, bytes)).to_lowercase();
        for word in words.iter().filter(|word| text.contains(word.as_str())) {
            let at = text.find(word.as_str()).unwrap_or_default();
            let around: String = text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
            traces.push(format!("{path}: {around}{}", text[at..].chars().take(40).collect::<String>()));
        }
    }
    traces
}

/// All outputs of an edition: the site, a pack, the exported files, and the messages about it.
fn build_outputs(fixture: &Fixture, edition: &str) -> BTreeMap<String, Vec<u8>> {
    let run = |arguments: &[&str]| {
        let output = fixture.run(arguments);
        assert!(
            output.status.code().is_some_and(|code| code < 2),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        [output.stdout, output.stderr].concat()
    };
    // A source line that is shown belongs to its author.
    let is_own = |line: &&str| {
        line.split_once('|').is_some_and(|(number, _)| number.trim().bytes().all(|byte| byte.is_ascii_digit()))
    };
    let build_log = String::from_utf8_lossy(&run(&["build", "--verbose", "--edition", edition])).into_owned();
    let lines = build_log.lines().filter(|line| !is_own(line)).collect::<Vec<_>>().join("\n");
    let mut files = BTreeMap::from([("said by build".to_owned(), lines.into_bytes())]);
    files.extend(tree(&fixture.path(&format!("site-{edition}"))));
    files.insert("said by check".to_owned(), run(&["check", "--edition", edition, "--format", "json"]));
    for format in ["xlsx", "csv", "json"] {
        let file = format!("out.{format}");
        run(&["export", format, "--edition", edition, "-o", &file]);
        files.insert(file.clone(), std::fs::read(fixture.path(&file)).expect("an export"));
    }
    if edition != "outside" {
        run(&["pack", "surveillance", "--edition", edition, "-o", "pack.zip"]);
        let pack = std::fs::read(fixture.path("pack.zip")).expect("a pack");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(pack)).expect("an archive");
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).expect("a file");
            let name = format!("pack/{}", String::from_utf8_lossy(file.name_raw()));
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut bytes).expect("its bytes");
            files.insert(name, bytes);
        }
    }
    files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_a_random_edition_withholds_is_in_any_byte_of_it(
        documents in prop::collection::vec(document(), 6),
        edition in prop::sample::select(&EDITIONS[..]),
    ) {
        let (edition, limit, _) = edition;
        let fixture = handbook(&documents);
        let files = build_outputs(&fixture, edition);
        let hidden = hidden_words(&documents, (edition, limit));
        prop_assert_eq!(find_traces(&files, &hidden), Vec::<String>::new(), "{}", edition);
        // Shown content is present, so the search would find something.
        for (at, _) in documents.iter().enumerate().filter(|(_, candidate)| candidate.is_shown(limit, edition)) {
            let title = BTreeSet::from([format!("{}a", word(at))]);
            prop_assert!(!find_traces(&files, &title).is_empty(), "{} in {}", word(at), edition);
        }
        let has_history = |(at, candidate): &(usize, &RandomDocument)| {
            ["staff", "board"].contains(&edition) && candidate.before <= limit && !hidden.contains(&word(*at))
        };
        for (at, _) in documents.iter().enumerate().filter(has_history) {
            let before = BTreeSet::from([format!("{}s", old_word(at))]);
            prop_assert!(!find_traces(&files, &before).is_empty(), "the version before of {} in {}", word(at), edition);
        }
    }
}
