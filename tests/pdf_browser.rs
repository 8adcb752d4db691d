//! PDF files from a real Chromium, read with poppler's `pdftotext`. If either is missing, the tests are ignored with a
//! message, unless `CLAUSEBOOK_REQUIRE_BROWSER` is set.

mod support;

use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use support::{Fixture, policy};

fn main() -> ExitCode {
    let trials = vec![
        trial("a document is a controlled copy", a_document),
        trial("the whole handbook is one file with every document and its contents", the_handbook),
        trial("tables, code and pictures of any width are whole on paper", wide_tables),
        trial("ids and days in a table stay in one line", whole_ids),
        trial("pages are printed in their place", pages_too),
        trial("links lead to the portal, or nowhere on this machine", links),
        trial("an address is printed once", addresses),
        trial("a pack has the handbook as PDF, and the same day makes the same bytes", a_pack),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn trial(name: &str, test: fn() -> Result<(), Failed>) -> Trial {
    Trial::ignorable_test(name, move || {
        let missing = ["chromium", "pdftotext"].into_iter().find(|program| !is_installed(program));
        match missing {
            None => test().map(|()| Completion::Completed),
            Some(program) if std::env::var_os("CLAUSEBOOK_REQUIRE_BROWSER").is_some() => {
                Err(format!("there is no {program}").into())
            }
            Some(program) => Ok(Completion::ignored_with(format!("there is no {program}"))),
        }
    })
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn handbook(settings: &str) -> Fixture {
    let long = "\n\nOne of many paragraphs that fill pages.".repeat(80);
    Fixture::new(&[
        ("clausebook.yaml", &format!("{}{settings}", support::SETTINGS)),
        (
            "content/a/one.md",
            &policy(
                "POL-INC-001",
                "clauses: [8.6.1]\nclassification: internal\n",
                &format!("See [the other](../b.md#part).{long}"),
            ),
        ),
        (
            "content/b.md",
            &policy("POL-CHG-001", "clauses: [8.5.1]\nclassification: internal\n", "## Part\n\nWords of the other."),
        ),
    ])
}

fn a_pack() -> Result<(), Failed> {
    let fixture = handbook("");
    let pack = || -> Result<Vec<u8>, Failed> {
        let arguments = ["pack", "stage-1", "--pdf", "--no-sandbox", "--browser", "chromium", "-o", "pack.zip"];
        let output = fixture.run(&arguments);
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        Ok(std::fs::read(fixture.path("pack.zip"))?)
    };
    let (first, second) = (pack()?, pack()?);
    assert!(first == second, "two packs of one day differ");
    assert!(fixture.run(&["verify", "pack.zip"]).status.success());
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(first))?;
    let mut file = archive.by_name("pdf/handbook.pdf")?;
    let mut pdf = Vec::new();
    std::io::Read::read_to_end(&mut file, &mut pdf)?;
    assert!(pdf.starts_with(b"%PDF-"));
    Ok(())
}

/// Prints a document, and returns the text of each page.
fn print(fixture: &Fixture, what: &str) -> Result<Vec<String>, Failed> {
    let output = fixture.run(&["pdf", what, "--no-sandbox", "--browser", "chromium", "-o", "copy.pdf"]);
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let text = Command::new("pdftotext").arg("-layout").arg(fixture.path("copy.pdf")).arg("-").output()?;
    let text = String::from_utf8(text.stdout)?;
    Ok(text.split('\u{c}').filter(|page| !page.trim().is_empty()).map(str::to_owned).collect())
}

fn a_document() -> Result<(), Failed> {
    let pages = print(&handbook(""), "POL-INC-001")?;
    assert!(pages.len() > 1, "{} pages", pages.len());
    for (number, page) in (1..).zip(&pages) {
        let foot = page.trim_end().lines().last().unwrap_or_default();
        for words in
            ["POL-INC-001", "Version 1.0", "Uncontrolled when printed", &format!("Page {number} of {}", pages.len())]
        {
            assert!(foot.contains(words), "page {number}: {foot}");
        }
    }
    let first = &pages[0];
    for words in ["Title of POL-INC-001", "Approved", "2 Mar 2026", "Next review", "Director"] {
        assert!(first.contains(words), "{words}: {first}");
    }
    assert!(!first.contains("Coverage matrix") && !first.contains("Skip to content"), "{first}");
    Ok(())
}

fn the_handbook() -> Result<(), Failed> {
    let fixture = handbook("");
    let pages = print(&fixture, "--all")?;
    let text = pages.concat();
    for words in ["Words of the other.", "One of many paragraphs", "Title of POL-CHG-001", "Contents"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    for words in ["2 documents", "ISO/IEC 20000-1:2018", "Clauses covered"] {
        assert!(pages[0].contains(words), "on the cover: {words}: {}", pages[0]);
    }
    for id in ["POL-INC-001", "POL-CHG-001"] {
        let title = format!("Title of {id}");
        let first =
            (1..).zip(&pages).find(|(_, page)| page.trim_start().lines().take(6).any(|line| line.trim() == title));
        let (number, page) = first.unwrap_or_else(|| panic!("{title}: {text}"));
        let line = pages[1].lines().find(|line| line.contains(&title)).unwrap_or_default();
        assert!(line.trim_end().ends_with(&format!(" {number}")), "{title} is on page {number}: {line}");
        let foot = page.trim_end().lines().last().unwrap_or_default();
        for words in [id, "Version 1.0", "internal", "Uncontrolled when printed"] {
            assert!(foot.contains(words), "{words}: {foot}");
        }
    }
    // Links between documents are kept, and each document is a bookmark with its headings.
    let bytes = String::from_utf8_lossy(&std::fs::read(fixture.path("copy.pdf"))?).into_owned();
    for part in ["/Outlines", "/Title (Title of POL-INC-001)", "/Title (Part)", "-part"] {
        assert!(bytes.contains(part), "{part}");
    }
    assert!(text.contains("the other (POL-CHG-001)") && !text.contains(".html"), "{text}");
    Ok(())
}

/// A Markdown table in which each cell has a unique word.
fn table(columns: usize) -> String {
    let line =
        |cell: &dyn Fn(usize) -> String| format!("| {} |\n", (0..columns).map(cell).collect::<Vec<_>>().join(" | "));
    let words = ["Verantwortlichkeit", "Informationssicherheitsbeauftragter", "a few words of text", "REC-2026-003"];
    let head = line(&|column| format!("{} h{column}t{columns}", ["Eintrittswahrscheinlichkeit", "Due"][column % 2]));
    let rows = (0..4).map(|row| line(&|column| format!("{} r{row}c{column}t{columns}", words[(row + column) % 4])));
    format!("{head}{}{}\n", "|---".repeat(columns) + "|\n", rows.collect::<String>())
}

fn pages_too() -> Result<(), Failed> {
    let fixture = handbook("");
    fixture.write("content/index.md", "# Welcome\n\nWords of the home page.\n");
    fixture.write("content/a/index.md", "# Chapter\n\nWords of the introduction.\n");
    fixture.write("content/glossary.md", "---\ntitle: Glossary\ntype: page\n---\nWords of the glossary.\n");
    let pages = print(&fixture, "--all")?;
    let text = pages.concat();
    for words in ["Words of the home page.", "Words of the introduction.", "Words of the glossary.", "2 documents"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let glossary = pages.iter().find(|page| page.contains("Words of the glossary.")).expect("the page");
    assert!(!glossary.contains("Owner") && glossary.trim_end().lines().last().unwrap_or_default().contains("Glossary"));
    let at = |words: &str| text.find(words).expect("words");
    assert!(at("Words of the introduction.") < at("One of many paragraphs"), "{text}");
    Ok(())
}

fn wide_tables() -> Result<(), Failed> {
    let widths = [8, 13, 20, 30];
    let address = format!("https://h.example/{}", "a-part-of-the-address/".repeat(12));
    let raw: String = (0..15).map(|column| format!("<td>Eintrittswahrscheinlichkeit r0c{column}raw</td>")).collect();
    let body = format!(
        "{}\n<table><tbody><tr>{raw}</tr></tbody></table>\n\n\
         | Name | Address |\n|---|---|\n| {} endword | <{address}endlink> |\n| `{}endcell` | [named]({address}endhref) |\n\n\
         ```text\n{} endcode\n{}endline\n```\n\n![Wide](../wide.svg)\n",
        widths.map(table).join("\nBetween.\n\n"),
        "Long".repeat(40),
        "code_of_it".repeat(15),
        "x".repeat(300),
        "word ".repeat(90),
    );
    let fixture = handbook("");
    fixture.write("content/a/wide.md", &policy("POL-SEC-001", "clauses: [8.7.3.1]\n", &body));
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4000\" height=\"100\" viewBox=\"0 0 4000 100\">\
                   <text x=\"3400\" y=\"60\" font-size=\"60\">endpicture</text></svg>";
    fixture.write("content/wide.svg", picture);
    for what in ["POL-SEC-001", "--all"] {
        let pages = print(&fixture, what)?;
        // A broken word is on two lines, with other cells between them.
        let text: String = pages.concat().split_whitespace().collect::<Vec<_>>().join(" ");
        let cells = widths.iter().flat_map(|width| {
            let of = move |row: &str| (0..*width).map(|column| format!("{row}{column}t{width}")).collect::<Vec<_>>();
            [of("r0c"), of("r1c"), of("r3c"), of("h")].concat()
        });
        let raw = (0..15).map(|column| format!("r0c{column}raw"));
        let ends = ["word", "link", "cell", "href", "code", "line", "picture"].map(|end| format!("end{end}"));
        let lost: Vec<String> = cells.chain(raw).chain(ends).filter(|word| !text.contains(word.as_str())).collect();
        assert!(lost.is_empty(), "{what}: {lost:?}: {}", pages.concat());
        let feet = pages.iter().filter(|page| page.contains("POL-SEC-001 · Version 1.0")).count();
        assert!(feet >= 7, "{what}: {feet} pages of POL-SEC-001 say so");
    }
    Ok(())
}

fn whole_ids() -> Result<(), Failed> {
    let long = "A sentence of a good many words that needs more than one line of the table's cell to be read.";
    let row = format!("| RQ-HOS-03 | 2029-03-31 | {long} | {long} | {long} | POL-CHG-001 |\n");
    let fixture = handbook("");
    let body = format!("| No. | Due | What | Why | How | Document |\n|---|---|---|---|---|---|\n{row}");
    fixture.write("content/a/ids.md", &policy("POL-SEC-001", "clauses: [8.7.3.1]\n", &body));
    let text = print(&fixture, "POL-SEC-001")?.concat();
    for word in ["RQ-HOS-03", "2029-03-31", "POL-CHG-001"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    Ok(())
}

fn links() -> Result<(), Failed> {
    let bytes = |settings: &str| -> Result<String, Failed> {
        let fixture = handbook(settings);
        print(&fixture, "POL-INC-001")?;
        let bytes = std::fs::read(fixture.path("copy.pdf"))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let plain = bytes("")?;
    assert!(!plain.contains("file://") && !plain.contains("clausebook-pdf-"));
    let based = bytes("base_url: https://h.example/sms\n")?;
    assert!(based.contains("https://h.example/sms/b.html#part") && !based.contains("file://"));
    Ok(())
}

fn addresses() -> Result<(), Failed> {
    let fixture = handbook("");
    let body = "See [our hours](https://example.org/hours), <https://example.org/desk> and <desk@example.org>.";
    fixture.write("content/c.md", &policy("POL-SEC-001", "clauses: [8.7.3.1]\n", body));
    let text = print(&fixture, "POL-SEC-001")?.concat();
    for address in ["https://example.org/hours", "https://example.org/desk", "desk@example.org"] {
        assert_eq!(text.matches(address).count(), 1, "{address}: {text}");
    }
    assert!(text.contains("our hours (https://example.org/hours)"), "{text}");
    Ok(())
}
