//! Explanations of clauses, items and rules, as text for a terminal.

use std::fmt::Write;

use crate::id::{ClauseKey, ItemKey};
use crate::rules::{Group, RULES, Rule};
use crate::standard::{Basis, Item, Retention, Standards};
use crate::text::wrap;

/// The maximum width of lines in characters.
const WIDTH: usize = 88;

/// Explains a clause: its place, its summary, and the documented information that it requires.
pub(crate) fn clause(standards: &Standards, key: ClauseKey) -> String {
    let facts = standards.clause(key);
    let catalogue = standards.catalogue(key.standard);
    let mut out = format!("{} {}\n{}\n", facts.id, facts.title.as_deref().unwrap_or(""), catalogue.title);
    write_section(&mut out, "Counts as", counts_as(standards, key));
    if facts.untitled {
        write_section(&mut out, "Title", "the standard gives none; this is our label");
    } else if facts.title_unverified {
        write_section(&mut out, "Title", "not confirmed by a second public source");
    }
    if let Some(summary) = &facts.summary {
        write_section(&mut out, "In our words", summary);
    }
    if let Some(interval) = &facts.planned_interval {
        write_section(&mut out, "At planned intervals", interval);
    }
    facts.triggers.iter().for_each(|trigger| write_section(&mut out, "When it happens", trigger));
    write_list(
        &mut out,
        "Documented information",
        standards.items_of(key).map(|item| item_line(standards.item_at(item))),
    );
    write_list(
        &mut out,
        "Clauses below it",
        standards.children(key).iter().map(|child| {
            let child = standards.clause(*child);
            format!("{} {}", child.id, child.title.as_deref().unwrap_or(""))
        }),
    );
    write_list(
        &mut out,
        "Related clauses (our judgement)",
        facts.crosswalk.iter().map(|(name, entries)| format!("{name}: {}", entries.join(", "))),
    );
    if !facts.from_2011.is_empty() {
        write_section(&mut out, "In the 2011 edition", &facts.from_2011.join(", "));
    }
    out
}

fn counts_as(standards: &Standards, key: ClauseKey) -> &'static str {
    let facts = standards.clause(key);
    match () {
        () if standards.is_unit(key) => "counts towards coverage: a document in force must address it",
        () if facts.informative => "background only, without a requirement of its own",
        () if !standards.children(key).is_empty() => "a group: covered when every clause below it is",
        () if standards.ancestors(key).any(|above| standards.is_unit(above)) => {
            "part of its parent clause, which counts towards coverage"
        }
        () => "not counted: neither it nor a parent clause is a coverage unit",
    }
}

/// Explains an item of documented information.
pub(crate) fn item(standards: &Standards, key: ItemKey) -> String {
    let item = standards.item_at(key);
    let clause = standards.clause(standards.clause_of(key));
    let mut out = format!("{}\n{}\n", item.id, item.name);
    write_section(&mut out, "Clause", &format!("clause {} {}", clause.id, clause.title.as_deref().unwrap_or("")));
    write_section(&mut out, "Basis", basis(item.basis));
    write_section(&mut out, "Keep", retention(item.keep));
    if item.conditional {
        write_section(
            &mut out,
            "Condition",
            "required only if the situation arises; until then, list it under `not_needed` with the reason",
        );
    }
    if let Some(months) = item.suggested_interval_months {
        let then = if clause.planned_interval.is_some() { "; the standard says planned intervals" } else { "" };
        write_section(&mut out, "Review", &format!("every {months} months is our default{then}"));
    }
    if item.unverified {
        write_section(&mut out, "Source", "not confirmed by a second public source");
    }
    write_section(&mut out, "To provide it", &format!("provides: [{}]", item.id));
    out
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Required => "required: the standard names it",
        Basis::Expected => "expected: auditors commonly ask for it",
    }
}

fn retention(keep: Retention) -> &'static str {
    match keep {
        Retention::Maintain => "maintain: a document to keep up to date",
        Retention::Retain => "retain: a record to keep as evidence",
    }
}

/// Explains a rule.
pub(crate) fn rule(rule: &Rule) -> String {
    let mut out = format!("{} ({}, {})\n", rule.id, rule.severity, rule.group.title());
    write_section(&mut out, "What", rule.meaning);
    write_section(&mut out, "Why", rule.why);
    write_section(&mut out, "Fix", rule.fix);
    let _ = write!(out, "\nExample:\n");
    rule.example.lines().for_each(|line| {
        let _ = writeln!(out, "  {line}");
    });
    out
}

/// Lists every rule with its severity and meaning, by group.
pub(crate) fn rules() -> String {
    let mut out = String::from("All rules; `clausebook explain RULE` explains one.\n");
    for group in Group::ALL {
        let _ = write!(out, "\n{}:\n", group.title());
        for rule in rules_of(group) {
            let mut lines = wrap(rule.meaning, WIDTH - RULE_COLUMNS, "").into_iter();
            let first = lines.next().unwrap_or_default();
            let _ = writeln!(out, "  {:<26}{:<8} {first}", rule.id, rule.severity);
            lines.for_each(|line| {
                let _ = writeln!(out, "{:RULE_COLUMNS$}{line}", "");
            });
        }
    }
    out
}

/// The width of the columns with a rule's name and severity in the list of rules.
const RULE_COLUMNS: usize = 37;

fn rules_of(group: Group) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(move |rule| rule.group == group)
}

/// The introduction of docs/rules.md.
const RULES_INTRODUCTION: &str = "\
<!-- Generated from the table of rules; `UPDATE_DOCS=1 cargo test --test rules` regenerates it. -->

# Rules

Everything that `clausebook check` can report. `clausebook explain RULE` prints the same at a terminal.

Each rule has a default severity, which you can change in `clausebook.yaml`:

```yaml
rules:
  vague-wording: warning
  orphan-document: off
```

If a document has a good reason to break a rule, add a waiver with the rule, the place, the reason, the accountable
person and the last day.
";

/// Returns the documentation page of all rules.
pub fn rules_page() -> String {
    let mut out = RULES_INTRODUCTION.to_owned();
    for group in Group::ALL {
        let _ = write!(out, "\n## {}\n\n| rule | severity | broken when |\n| --- | --- | --- |\n", group.title());
        for Rule { id, severity, meaning, .. } in rules_of(group) {
            let _ = writeln!(out, "| [`{id}`](#{id}) | {severity} | {} |", meaning.replace('|', "\\|"));
        }
        rules_of(group).for_each(|rule| write_rule_section(&mut out, rule));
    }
    out
}

fn write_rule_section(out: &mut String, rule: &Rule) {
    let Rule { id, severity, meaning, why, fix, example, .. } = rule;
    let _ = write!(out, "\n### {id}\n\n");
    for paragraph in [
        format!("{meaning} Severity: {severity}."),
        format!("*Why it matters.* {why}"),
        format!("*How to fix it.* {fix}"),
    ] {
        let _ = write!(out, "{}\n\n", wrap(&paragraph, PAGE_WIDTH, "").join("\n"));
    }
    let _ = write!(out, "```text\n{example}\n```\n");
}

/// The maximum width of lines in the documentation, in characters.
const PAGE_WIDTH: usize = 118;

fn item_line(item: &Item) -> String {
    let basis = if item.basis == Basis::Required { "required" } else { "expected" };
    let keep = if item.keep == Retention::Maintain { "maintain" } else { "retain" };
    format!("{} ({basis}, {keep}): {}", item.id, item.name)
}

pub(super) fn write_section(out: &mut String, heading: &str, text: &str) {
    let _ = write!(out, "\n{heading}:\n");
    wrap(text, WIDTH, "").iter().for_each(|line| {
        let _ = writeln!(out, "  {line}");
    });
}

pub(super) fn write_list(out: &mut String, heading: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        let _ = write!(out, "\n{heading}:\n");
        lines.for_each(|line| {
            let _ = writeln!(out, "  {}", line.trim());
        });
    }
}
