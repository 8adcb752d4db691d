//! PDF files from a real Chromium, read with poppler's `pdftotext`. Without one of them the tests are ignored and say
//! so, unless `CLAUSEBOOK_REQUIRE_BROWSER` is set.

mod support;

use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use support::{Fixture, policy};

fn main() -> ExitCode {
    let trials = vec![
        trial("a document is a controlled copy", a_document),
        trial("the whole handbook is one file with every document and its contents", the_handbook),
        trial("links lead to the portal, or nowhere on this machine", links),
        trial("a pack has the handbook as PDF, and the same day makes the same bytes", a_pack),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn trial(name: &str, test: fn() -> Result<(), Failed>) -> Trial {
    Trial::ignorable_test(name, move || {
        let lacking = ["chromium", "pdftotext"].into_iter().find(|program| !is_there(program));
        match lacking {
            None => test().map(|()| Completion::Completed),
            Some(program) if std::env::var_os("CLAUSEBOOK_REQUIRE_BROWSER").is_some() => {
                Err(format!("there is no {program}").into())
            }
            Some(program) => Ok(Completion::ignored_with(format!("there is no {program}"))),
        }
    })
}

fn is_there(program: &str) -> bool {
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

/// Prints, and gives the text of each page.
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
    // A link between two documents stays one, and each is a bookmark with its headings.
    let bytes = String::from_utf8_lossy(&std::fs::read(fixture.path("copy.pdf"))?).into_owned();
    for part in ["/Outlines", "/Title (Title of POL-INC-001)", "/Title (Part)", "-part"] {
        assert!(bytes.contains(part), "{part}");
    }
    assert!(text.contains("the other (POL-CHG-001)") && !text.contains(".html"), "{text}");
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
