//! Blocks that are to show a register and cannot.

use super::diagram_not_drawn::place;
use super::{Check, Group, Rule, Subject};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{NotShown, Shown, read_block};

pub(super) const RULE: Rule = Rule {
    id: RuleId("register-not-shown"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "A `register` block names an unknown register or key, or one that the document does not own.",
    why: "The page shows the text of the block where readers expect a table.",
    fix: "Name a kind of the registers that this document owns, and keys of that kind.",
    example: "```register audit, in the document that owns audits.yaml",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: Subject<'_>, problems: &mut Vec<Problem>) {
    let file = &subject.document.file;
    for block in file.body.code.iter().filter(|block| block.is_register()) {
        let failures = match read_block(&block.arguments, &block.source, assessed.reading.settings.register_terms()) {
            Ok(read) if assessed.reading.handbook.registers.leaves_out(read.shown) => continue,
            Ok(read) if assessed.reading.handbook.registers.shows(subject.index, read.shown) => continue,
            Ok(read) => vec![not_owned(read.shown)],
            Err(failures) => failures,
        };
        problems.extend(failures.into_iter().map(|failure| {
            let problem = Problem::new(RULE.id, place(file, block, failure.line), failure.message);
            match failure.help {
                Some(help) => problem.help(help),
                None => problem,
            }
        }));
    }
}

fn not_owned(shown: Shown) -> NotShown {
    let message = format!("this document owns no register of {}", shown.as_str().replace('_', " "));
    let help = "name its file under `registers`, or link to the page that shows it".to_owned();
    NotShown { message, line: None, help: Some(help) }
}
