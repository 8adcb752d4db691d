//! A handbook with a past: a policy in its third version and a procedure in its second, over two quarters.

#[path = "../history/repository.rs"]
#[expect(dead_code, reason = "the tests of the history use the rest")]
mod repository;

use std::path::PathBuf;

use repository::Repository;

/// The handbook, whose commits go from January to May 2026.
pub struct HistoryFixture(Repository);

impl HistoryFixture {
    pub fn new() -> HistoryFixture {
        let repository = Repository::new();
        repository.write("clausebook.yaml", "title: Past\nstandards: [iso20000-1]\nhistory: true\n");
        repository.write("content/policy.md", &policy(1));
        repository.commit("2026-01-10");
        repository.write("content/policy.md", &policy(2));
        repository.commit("2026-03-10");
        repository.write("content/procedure.md", &procedure(1));
        repository.commit("2026-04-21");
        repository.write("content/policy.md", &policy(3));
        repository.write("content/procedure.md", &procedure(2));
        repository.commit("2026-05-10");
        HistoryFixture(repository)
    }

    /// The folder of its settings.
    pub fn folder(&self) -> PathBuf {
        self.0.path("")
    }
}

/// The newest `version` entries, as YAML.
fn changes(entries: &[&str], version: usize) -> String {
    entries[entries.len() - version..].join("\n")
}

fn policy(version: usize) -> String {
    let entries = [
        "- {version: \"3.0\", date: 2026-05-09, summary: Quicker, by: Change Manager, approver: Service Director}",
        "- {version: \"2.0\", date: 2026-03-09, summary: Thirty days, by: Change Manager, approver: Service Director}",
        "- {version: \"1.0\", date: 2026-01-05, summary: First version}",
    ];
    let day = ["2026-01-05", "2026-03-09", "2026-05-09"][version - 1];
    let text = [
        "Every change is approved within five days.\n",
        "Every change is approved within thirty days.\n\n- Normal changes\n- Forgotten changes\n\n\
         | Kind | Days |\n| --- | --- |\n| Normal | 30 |\n\n```text\nchange --days 30\n```\n",
        "Every change is approved within [two days](procedure.md).\n\n- Normal changes\n- Emergency changes\n\n\
         | Kind | Days |\n| --- | --- |\n| Normal | 2 |\n| <b>Emergency</b> | 0 |\n\n```text\nchange --days 2\n```\n\n\
         ## Records\n\nThe record of a change is kept.\n",
    ][version - 1];
    format!(
        "---\nid: POL-CHG-001\ntitle: Change policy\ntype: policy\nversion: \"{version}.0\"\nstatus: approved\napproved: {day}\n\
         owner: Change Manager\napprover: Service Director\nclauses: [8.5.1.1]\nchanges:\n{}\n---\n\n## Approval\n\n{text}",
        changes(&entries, version)
    )
}

fn procedure(version: usize) -> String {
    let entries = [
        "- {version: \"2.0\", date: 2026-05-08, summary: Majors, by: Incident Manager, approver: Service Director}",
        "- {version: \"1.0\", date: 2026-04-20, summary: First version}",
    ];
    let day = ["2026-04-20", "2026-05-08"][version - 1];
    let text = ["Incidents are recorded.", "Incidents are recorded. Major incidents are reported."][version - 1];
    format!(
        "---\nid: PRO-INC-001\ntitle: Incident procedure\ntype: procedure\nversion: \"{version}.0\"\nstatus: approved\n\
         approved: {day}\nowner: Incident Manager\napprover: Service Director\nclauses: [8.6.1]\nchanges:\n{}\n---\n\n{text}\n",
        changes(&entries, version)
    )
}
