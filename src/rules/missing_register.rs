//! Registers that a document names but that do not exist.

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::leaves_content;
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    id: RuleId("missing-register"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "A document names a register that does not exist, that is outside the content folder, or that only a controlled document may own.",
    why: "The entries that readers and auditors expect there are shown nowhere, and nobody is warned when one is due.",
    fix: "Correct the path, which is relative to the document, or create the file.",
    example: "registers: [audit.yaml], beside a file audits.yaml",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let handbook = &assessed.reading.handbook;
    for (index, item) in &handbook.registers.missing {
        let document = handbook.document(*index);
        let Some(register) = document.front().and_then(|front| front.registers.get(*item)) else { continue };
        let register_path = &register.file;
        let place = document.place(register_path.span);
        if !document.is_controlled() {
            let message = format!("register `{}` is named by a page, which cannot own it", register_path.value);
            problems.push(Problem::new(RULE.id, place, message).help("name it in a document with an `id`"));
            continue;
        }
        let orphan_names =
            assessed.reading.handbook.registers.orphans.iter().map(|path| path.rsplit('/').next().unwrap_or(path));
        let suggestion = nearest(register_path.value.rsplit('/').next().unwrap_or_default(), orphan_names);
        let help = match suggestion {
            Some(suggestion) => format!("did you mean `{suggestion}`?"),
            None => "write the path of a file below the content folder, relative to this document".to_owned(),
        };
        let content = &assessed.reading.settings.content;
        let message = match leaves_content(content, document.path(), &register_path.value) {
            true => format!("register `{}` is outside the folder `{content}`", register_path.value),
            false => format!("register `{}` not found", register_path.value),
        };
        problems.push(Problem::new(RULE.id, place, message).help(help));
    }
}
