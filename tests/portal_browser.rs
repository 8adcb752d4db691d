//! Built portals in a real browser, from a web server with a strict content security policy and from a folder.
//!
//! A scene is a function in tests/browser/portal/; its name is the name of a test here.

#[path = "support/browser.rs"]
mod browser;
#[path = "support/past.rs"]
mod past;

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::LazyLock;

use clausebook::testing::site::search::fold;
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use tempfile::TempDir;

/// Files of scenes with their content, and the program that they need in addition to the browser.
const FILES: &[(&str, &str, Option<&str>)] = &[
    ("access.mjs", include_str!("browser/portal/access.mjs"), None),
    ("layout.mjs", include_str!("browser/portal/layout.mjs"), Some("pdftotext")),
    ("night.mjs", include_str!("browser/portal/night.mjs"), None),
    ("pack.mjs", include_str!("browser/portal/pack.mjs"), None),
    ("pages.mjs", include_str!("browser/portal/pages.mjs"), None),
    ("paper.mjs", include_str!("browser/portal/paper.mjs"), Some("pdftotext")),
    ("past.mjs", include_str!("browser/portal/past.mjs"), None),
    ("reader.mjs", include_str!("browser/portal/reader.mjs"), None),
    ("search.mjs", include_str!("browser/portal/search.mjs"), None),
];

/// The portals, built once for all scenes.
static PORTALS: LazyLock<Portals> = LazyLock::new(Portals::build);

fn main() -> ExitCode {
    let of_file = |(file, text, needed): &(&'static str, &'static str, Option<&'static str>)| {
        let (file, needed) = (*file, *needed);
        let trial = move |scene: &'static str| Trial::ignorable_test(scene, move || run(file, scene, needed));
        scenes(text).map(trial).collect::<Vec<_>>()
    };
    let trials = FILES.iter().flat_map(of_file).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The names of the scenes in a file, each on a line such as `  async "what happens"({ page }) {`.
fn scenes(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter_map(|line| line.strip_prefix("  async \"")?.split_once("\"(").map(|(name, _)| name))
}

fn run(file: &str, scene: &str, needed: Option<&str>) -> Result<Completion, Failed> {
    if let Some(missing) = needed.filter(|program| !is_installed(program)) {
        let reason = format!("there is no {missing}");
        let required = std::env::var_os("CLAUSEBOOK_REQUIRE_BROWSER").is_some();
        return if required { Err(reason.into()) } else { Ok(Completion::ignored_with(reason)) };
    }
    browser::play(|browser| {
        let mut script = browser.script("portal.mjs");
        script.arg(PORTALS.folder.path()).arg(file).arg(scene);
        browser::run(script)
    })
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// A folder with several portals, and texts that both sides fold.
struct Portals {
    folder: TempDir,
}

impl Portals {
    fn build() -> Portals {
        let folder = tempfile::tempdir().expect("a folder");
        build(Path::new(env!("CARGO_MANIFEST_DIR")), "2026-11-22", &folder.path().join("model"));
        let german = folder.path().join("german-handbook");
        write_german(&german);
        build(&german, "2026-11-22", &folder.path().join("german"));
        let small = folder.path().join("small-handbook");
        write_small(&small);
        build(&small, "2026-11-22", &folder.path().join("small"));
        let long = folder.path().join("long-handbook");
        write_long(&long);
        build(&long, "2026-11-22", &folder.path().join("long"));
        for (name, lang) in [("unwieldy", "en"), ("unwieldy-ar", "ar")] {
            let unwieldy = folder.path().join(format!("{name}-handbook"));
            write_unwieldy(&unwieldy, lang);
            build(&unwieldy, "2026-11-22", &folder.path().join(name));
        }
        let past = past::HistoryFixture::new();
        build(&past.folder(), "2026-06-15", &folder.path().join("past"));
        build(&past.folder(), "2026-03-31", &folder.path().join("earlier"));
        unpack(&folder.path().join("pack"));
        fs::write(folder.path().join("folded.json"), folded()).expect("texts");
        fs::write(folder.path().join("questions.json"), questions()).expect("questions");
        Portals { folder }
    }
}

fn build(source: &Path, day: &str, output: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    command.args(["build", "-q", "--as-of", day, "--source"]).arg(source).arg("--output").arg(output);
    let run_output = command.output().expect("a run");
    assert!(run_output.status.success(), "{}", String::from_utf8_lossy(&run_output.stderr));
}

/// The model handbook with a German interface.
fn write_german(folder: &Path) {
    let model = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in walkdir::WalkDir::new(model.join("content")).into_iter().map(|entry| entry.expect("an entry")) {
        let target = folder.join(entry.path().strip_prefix(model).expect("below"));
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(target).expect("a folder"),
            false => drop(fs::copy(entry.path(), target).expect("a copy")),
        }
    }
    for (id, title) in [("PRO-STO-001", "Störungsbearbeitung"), ("PLN-KAP-001", "Kapazitaetsplanung")] {
        let text = format!("---\nid: {id}\ntitle: {title}\ntype: procedure\nstatus: draft\n---\n\nWas zu tun ist.\n");
        fs::write(folder.join(format!("content/{id}.md")), text).expect("a file");
    }
    let settings = fs::read_to_string(model.join("clausebook.yaml")).expect("settings");
    fs::write(folder.join("clausebook.yaml"), settings + "\nlang: de\n").expect("settings");
}

/// Unpacks a pack of the model handbook.
fn unpack(folder: &Path) {
    let file = folder.with_extension("zip");
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    command.args(["pack", "stage-1", "--as-of", "2026-11-22", "--source", env!("CARGO_MANIFEST_DIR"), "-o"]).arg(&file);
    let run_output = command.output().expect("a run");
    assert!(run_output.status.success(), "{}", String::from_utf8_lossy(&run_output.stderr));
    let mut archive = zip::ZipArchive::new(fs::File::open(&file).expect("a pack")).expect("an archive");
    archive.extract(folder).expect("a folder");
}

/// A handbook with features that the model lacks: a retired document, text in other scripts, and characters with a
/// meaning in scripts and HTML.
fn write_small(folder: &Path) {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    };
    let document = |id: &str, title: &str, status: &str, clause: &str, text: &str| {
        format!(
            "---\nid: {id}\ntitle: \"{title}\"\ntype: procedure\nversion: \"1\"\nstatus: {status}\nowner: Desk\napprover: Board\n\
             approved: 2026-06-01\nclauses: [\"{clause}\"]\n---\n\n{text}\n"
        )
    };
    write("clausebook.yaml", "title: Small\nstandards: [iso20000-1, iso9001]\n");
    let tape = "Tapes are stored. Tapes, tapes, tapes.";
    write("content/tape-old.md", &document("PRO-TAP-001", "Tapes and tapes", "retired", "8.7.2", tape));
    write("content/tape-new.md", &document("PRO-TAP-002", "Discs", "approved", "8.7.2", "One of the tapes is left."));
    write(
        "content/change-ja.md",
        &document("PRO-CHG-JA", "変更管理手順", "approved", "8.5.1", "サーバーの変更を記録する。"),
    );
    write(
        "content/naive.md",
        &document("PRO-NAI", "Größe & Qualität", "draft", "9.1", "Naïve <b>Œuvre</b> \u{2028} `</script> a<b`"),
    );
    write(
        "content/words.md",
        &document(
            "PRO-WRD",
            "Odd words",
            "approved",
            "8.2",
            "Write C++ and read the I/O log by e-mail. Fitted with v2.3.1 of con\u{ad}ti\u{ad}nu\u{ad}ity.\n\n\
             Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft\n\n![A llama in the rack](rack.png)\n\n\
             | Call | Number |\n| --- | --- |\n| Bridge | 01632 960111 |\n\n\
             1. Call the desk at 01632 960100.\n2. Wait.[^1]\n3. Write it down.\n\n- [ ] Door locked\n- [x] Light off\n\n\
             [^1]: Or send an email.",
        ),
    );
    write("content/rack.png", "no picture");
    let chain: Vec<String> = (0..14).map(|number| format!("Step number {number}")).collect();
    let wide: Vec<String> = chain
        .windows(2)
        .map(|pair| {
            format!("  {}[{}] --> {}[{}]", pair[0].replace(' ', ""), pair[0], pair[1].replace(' ', ""), pair[1])
        })
        .collect();
    write(
        "content/drawing.md",
        &document(
            "PRO-DRW",
            "Drawings",
            "approved",
            "8.2.2",
            &format!(
                "```mermaid\nflowchart LR\n{}\n```\n\n```mermaid\nerDiagram\n  A ||--o{{ B : has\n```",
                wide.join("\n")
            ),
        ),
    );
    write(
        "content/paper.md",
        &document(
            "PRO-PAP",
            "Paper",
            "approved",
            "8.2.1",
            "See [the other](ten.md), [PRO-TEN](ten.md) and [elsewhere](https://e.example/).\n\n\
             | Call | Number |\n| --- | --- |\n| Bridge | 01632 960111 |\n\n> [!NOTE]- Folded\n> Hidden in a fold.",
        ),
    );
    write(
        "content/report.md",
        &document("RPT-SRV", "Report on printers", "approved", "8.3", "The printers failed. Printers, printers.")
            .replace("type: procedure", "type: report"),
    );
    write(
        "content/printers.md",
        &document("PRO-PRN", "Care of devices", "approved", "8.4", "If printers fail, call the desk. Touch nothing."),
    );
    write(
        "content/glossary.md",
        "---\ntitle: Terms\ntype: page\n---\n\nCAB\n: The change advisory board: the group that advises.\n\n\
         device\n: What we issue. Also: gadget, gizmo.\n",
    );
    write("content/cables.md", &document("PRO-CBL", "Cabling security", "approved", "8.5.2", "Cables and cabling."));
    write(
        "content/ten.md",
        &document("PRO-TEN", "Tenth", "approved", "8.1", "Version 8.10 is not clause eight point one."),
    );
}

/// Readers' questions, each with parts of URLs, one of which belongs to the right answer.
fn questions() -> String {
    let lists = [include_str!("search_questions/given.tsv"), include_str!("search_questions/further.tsv")];
    let question = |line: &str| {
        let (question_text, answers) = line.split_once('\t').expect("a question and its answers");
        serde_json::json!({ "asked": question_text, "answers": answers.split('|').collect::<Vec<_>>() })
    };
    serde_json::json!(lists.map(|list| list.lines().map(question).collect::<Vec<_>>())).to_string()
}

/// A handbook with lists in parts: 520 documents, each with a broken link, and matrix cells with many documents.
fn write_long(folder: &Path) {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    };
    let issues = "issue_url: \"https://git.example.org/new?title={id}%20{version}%20{heading}\"\n";
    write("clausebook.yaml", &format!("title: Long\n{issues}rules: {{broken-link: note}}\n"));
    for number in 1..=520 {
        let owner = if number == 516 { "Late owner".to_owned() } else { format!("Owner {}", number % 10) };
        let clause = if number % 4 == 0 { "8.6.1" } else { "8.6.2" };
        let text = format!(
            "---\nid: POL-LNG-{number:03}\ntitle: Document {number}\ntype: policy\nversion: \"1.0\"\nstatus: approved\n\
             owner: {owner}\napprover: Board\napproved: 2026-06-01\nclauses: [{clause}]\n---\n\nSee [it](nowhere-{number}.md).\n\n\
             ## Steps & care\n\nThey are taken.\n"
        );
        write(&format!("content/document-{number}.md"), &text);
    }
}

/// A handbook with a long name, a long ID, a long word in a title and a wide table, with audits that are planned and
/// overdue.
fn write_unwieldy(folder: &Path, lang: &str) {
    let head: Vec<String> = (0..18).map(|number| format!("Column {number}")).collect();
    let row = "some longer value | ".repeat(18);
    let document = format!(
        "---\nid: ORG-EUROPE-MIDDLE-EAST-AND-AFRICA-SERVICE-MANAGEMENT-PROCEDURE-0001\n\
         title: The configuration_item_identification_and_verification procedure\ntype: procedure\nversion: \"1.0\"\n\
         status: approved\nowner: Regional Service Delivery Manager\napprover: Board\napproved: 2025-06-01\n\
         clauses: [8.6.1]\nregisters: [audits.yaml]\n---\n\nCall +44 1632 960111. See [it](nowhere.md).\n\n\
         ## Wide table\n\n| {} |\n|{}\n| {row}\n",
        head.join(" | "),
        " --- |".repeat(18),
    );
    let files = [
        (
            "clausebook.yaml",
            format!(
                "title: The global integrated service management handbook of all regions and business units\n\
                 organization: Example Worldwide Services Group and its subsidiaries\nlang: {lang}\n\
                 certificate: {{number: C-1, issued: 2025-06-02, expires: 2028-06-01}}\n"
            ),
        ),
        ("content/long.md", document),
        (
            "content/audits.yaml",
            "audits:\n- {id: A1, title: Late, kind: internal, planned: 2026-05-01, clauses: [\"8.6\"]}\n\
             - {id: A2, title: Planned, kind: internal, planned: {from: 2027-03-01, to: 2027-03-03}, clauses: [\"8.6\"]}\n"
                .to_owned(),
        ),
    ];
    fs::create_dir_all(folder.join("content")).expect("folders");
    for (path, text) in files {
        fs::write(folder.join(path), text).expect("a file");
    }
}

/// Texts with their folded forms and their terms.
fn folded() -> String {
    let texts = [
        "Größe ÆØŁ Ｗｉｄｅ ΟΔΟΣ İstanbul ẞ ŉ ﬁ ½ ⑴ ㎏",
        "C++, C# & notepad++; I/O R&D TCP/IP yes/maybe 1/2/2026 a+++ ab/cd-e",
        "an e-mail. roll-back, v2.3.1 (v2) v2..3 end-of-life a-b-c-d x_y-z 変更-管理 ö-l e\u{2011}mail con\u{ad}ti\u{200b}nuity",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft жжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжж",
        "POL-CHG-001, 8.6.1. v1.10 follow-up a.8.3 _x_ 1..2 --",
        "1,900 £9,500. 1.250.000, 12,3456 1,90 8.1,200 a1,000 4,100-x 1,000,00 NC-2026-01 CR-INC-2026-7; 2026-01 1,000,\u{301}",
        "変更管理 サーバー ITサービスv2 ｶﾞｲﾄﾞ が 々 變",
        "한국어 문서 한글 ᄒ",
        "ประเทศไทย नमस्ते की שָׁלוֹם مُحَمَّد",
        "İ I ı i̇ ǅ Ω K Å e\u{301} \u{301}x \u{200d} 👍🏽 𠀀𠀁 𝒳",
        "Ελληνικά Σίσυφος Привет ёлка й",
    ];
    let list = texts.map(|text| {
        let folded = fold::fold(text).into_owned();
        let mut terms = Vec::new();
        fold::for_each_term(&folded, &mut |term| terms.push(term.to_owned()));
        let spellings = fold::spellings(&folded);
        terms.extend(spellings.split_whitespace().map(str::to_owned));
        serde_json::json!({ "text": text, "folded": folded, "terms": terms })
    });
    serde_json::to_string(&list).expect("JSON")
}
