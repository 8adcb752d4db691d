//! Whatever an author writes in any field or name remains plain text: no control sequence for a terminal, no command
//! for a continuous integration runner, no change of the reading direction.
#![cfg(unix)]

mod support;

use std::process::Output;

use support::Fixture;
use support::harm::harm;

/// For double-quoted YAML: terminal sequences, runner commands, and characters that change the direction.
const IN_YAML: &str = r"\e]0;owned\a\e[2J\e[8mhidden\u202Eesrever\u2066##[error]run\n::error::run\r\x9b31m\u2028end";
/// The part of it that every YAML parser accepts, so that it reaches every output.
const IN_ANY_YAML: &str = r"::error::run ##[error]run \u202Eesrever\u2066 ::end";
/// The same content in plain text.
const IN_TEXT: &str =
    "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[8mhidden\u{202e}esrever\u{2066}##[error]run \u{9b}31m\u{2028}end";

fn handbook() -> Fixture {
    let settings = format!(
        "title: \"{IN_ANY_YAML}\"\norganization: \"{IN_ANY_YAML}\"\ndescription: \"{IN_ANY_YAML}\"\nfooter: \"{IN_ANY_YAML}\"\n\
         as_of: 2026-11-22\nplaceholder_words: [\"{IN_ANY_YAML}\"]\n\
         waivers:\n  - {{rule: vague-wording, place: content/, reason: \"{IN_ANY_YAML}\", who: \"{IN_ANY_YAML}\", until: 2027-01-01}}\n"
    );
    let front_with = |id: &str, status: &str, text: &str| {
        format!(
            "---\nid: {id}\ntitle: \"{text}\"\ntype: policy\nversion: \"{text}\"\nstatus: {status}\nowner: \"{text}\"\n\
             approver: \"{text}\"\napproved: 2026-03-02\nreview: \"{text}\"\nclauses: [\"{text}\", {{clause: 8.6.1, \
             note: \"{text}\"}}]\nprovides: [\"{text}\"]\nrelated: [\"{text}\"]\naudience: [\"{text}\"]\n\
             tags: [\"{text}\"]\n\"{text}\": x\nchanges: [{{version: '1', date: 2026-03-02, by: \"{text}\", summary: \
             \"{text}\"}}]\nreviews: [{{date: 2026-03-03, by: \"{text}\", note: \"{text}\"}}]\n---\n\n"
        )
    };
    let front = |id: &str, status: &str| front_with(id, status, IN_YAML);
    let body = format!(
        "# {IN_TEXT}\n\n## {IN_TEXT} {{#a clauses=\"{IN_TEXT}\"}}\n\n[{IN_TEXT}](missing{IN_TEXT}.md) ![{IN_TEXT}](x{IN_TEXT}.png)\n\
         [[{IN_TEXT}]] clause 9.9.9 <script>{IN_TEXT}</script> TODO {IN_TEXT}\n\n```{IN_TEXT}\n{IN_TEXT}\n```\n\n\
         ```mermaid\nflowchart {IN_TEXT}\n```\n"
    );
    let fixture = Fixture::new(&[("clausebook.yaml", &settings)]);
    fixture.write("content/a.md", &(front("POL-AAA-001", "approved") + &body));
    fixture.write("content/b.md", &(front("POL-AAA-001", "none") + &body));
    fixture.write("content/c.md", &(front_with("POL-AAA-002", "approved", IN_ANY_YAML) + &body));
    fixture.write("content/d.md", &(front_with("POL-AAA-004", "draft", IN_ANY_YAML) + &body));
    let name = "\u{1b}[2J\u{202e}##[error]\n::error::x";
    fixture.write(&format!("content/{name}.md"), &(front("POL-AAA-003", "draft") + &body));
    fixture.write(&format!("content/{name}.bin"), "x");
    std::fs::write(fixture.path(&format!("content/{name}-latin.md")), b"\xff").unwrap();
    fixture
}

fn output_harm(output: &Output, commands: &[&str]) -> Vec<String> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let mut harm_of = harm(&text(&output.stdout), commands);
    harm_of.extend(harm(&text(&output.stderr), commands));
    harm_of
}

#[test]
fn nothing_that_is_printed_is_more_than_text() {
    let fixture = handbook();
    let none: [&str; 0] = [];
    let mut harmful = Vec::new();
    for format in ["text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown"] {
        let commands = if format == "github" { &["::error ", "::warning ", "::notice "][..] } else { &none };
        for options in [&["--limit", "999"][..], &["--verbose"]] {
            let output = fixture.run(&[&["check", "--format", format], options].concat());
            assert!(output.stdout.len() > 500, "{format}: {}", String::from_utf8_lossy(&output.stderr));
            harmful.extend(output_harm(&output, commands).into_iter().map(|line| format!("{format}: {line}")));
        }
    }
    for command in [
        &["status"][..],
        &["build", "--verbose"],
        &["build"],
        &["explain", IN_TEXT],
        &["review", IN_TEXT, "--by", "x"],
        &["review", "POL-AAA-001", "--by", "x"],
        &["new", IN_TEXT, "Title"],
        &["new", "policy", "Title", "--clause", IN_TEXT],
        &["new", "policy", "Title", "--folder", "\u{1b}[2J##[error]"],
        &["new", "policy", "Title", "--dry-run"],
        &["check", "--base", IN_TEXT],
        &["check", "--baseline", IN_TEXT],
        &["build", "--output", IN_TEXT, "--theme", IN_TEXT],
        &["check", "--source", IN_TEXT],
        &["pdf", IN_TEXT],
    ] {
        let output = fixture.run(command);
        harmful.extend(output_harm(&output, &none).into_iter().map(|line| format!("{command:?}: {line}")));
    }
    assert!(harmful.is_empty(), "{} lines:\n{}", harmful.len(), harmful[..harmful.len().min(12)].join("\n"));
}

#[test]
fn unusable_settings_are_reported_safely() {
    let fixture = handbook();
    fixture.write(
        "clausebook.yaml",
        &format!("title: x\ntheme: \"{IN_YAML}\"\nstandards: [\"{IN_YAML}\"]\ncontent: \"{IN_YAML}\"\n"),
    );
    for command in [&["check"][..], &["build"], &["status"], &["new", "--missing"]] {
        let output = fixture.run(command);
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        assert_eq!(output_harm(&output, &[]), Vec::<String>::new(), "{command:?}");
    }
}
