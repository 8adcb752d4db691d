//! Register blocks that cannot be shown.

use super::diagram_not_drawn::place;
use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{BlockSource, ImpossibleValue};
use crate::id::DocumentId;
use crate::markdown::CodeBlock;
use crate::register::{Block, BlockError, BlockProblem, is_misspelt_block, read_block};
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    id: RuleId("register-not-shown"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "A `register` block names an unknown register or key, or one that its document does not own.",
    why: "The page shows the text of the block where readers expect a table.",
    fix: "Name a kind of the registers that this document owns, or `of:` and the document that does, and keys of that kind.",
    example: "```register audit, in the document that owns audits.yaml",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let file = &subject.document.file;
    for block in file.body.code.iter().filter(|block| is_misspelt_block(&block.language, &block.arguments)) {
        let message = format!("a block that shows a register begins with `register`, not with `{}`", block.language);
        let help = format!("write `register {}` after the fence", block.arguments.trim());
        problems.push(Problem::new(RULE.id, place(file, block, None), message).help(help));
    }
    for block in file.body.code.iter().filter(|block| block.is_register()) {
        let failures = match read_block(&block.arguments, &block.source, assessed.reading.settings.register_terms()) {
            Ok(read) => match assessed.reading.handbook.block_source(subject.index, &read) {
                BlockSource::LeftOut => continue,
                BlockSource::Owned(_) => impossible_values(assessed, &read),
                BlockSource::NoDocument => vec![unknown_document_problem(assessed, block, &read)],
                BlockSource::NoRegister(_) => vec![not_owned_problem(block, &read)],
            },
            Err(BlockError { problems: mut wrong, block }) => {
                wrong.extend(block.iter().flat_map(|block| impossible_values(assessed, block)));
                wrong
            }
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

/// Values that no entry can have: an empty table would look like good news.
fn impossible_values(assessed: &Assessed<'_>, block: &Block) -> Vec<BlockProblem> {
    let not_shown = |impossible: ImpossibleValue<'_>| BlockProblem {
        message: format!("`{}` is not a value of `{}`", impossible.value, impossible.condition.column),
        line: Some(impossible.condition.line),
        help: impossible.help,
    };
    assessed.reading.impossible_values(block).into_iter().map(not_shown).collect()
}

fn not_owned_problem(code: &CodeBlock, block: &Block) -> BlockProblem {
    let kind = block.content.as_str().replace('_', " ");
    let Some(id) = &block.owner else {
        let message = format!("this document owns no register of {kind}");
        let help = "name its file under `registers`, or add `of:` with the ID of the document that owns it".to_owned();
        return BlockProblem { message, line: None, help: Some(help) };
    };
    let help = "name the document whose `registers` list the file".to_owned();
    BlockProblem { message: format!("{id} owns no register of {kind}"), line: line_of(code), help: Some(help) }
}

fn unknown_document_problem(assessed: &Assessed<'_>, code: &CodeBlock, block: &Block) -> BlockProblem {
    let id = block.owner.as_ref().map(DocumentId::as_str).unwrap_or_default();
    let documents = assessed.reading.handbook.documents.iter();
    let known_ids = documents.filter_map(|document| document.id()).map(DocumentId::as_str);
    let help = match nearest(id, known_ids) {
        Some(suggestion) => format!("did you mean `{suggestion}`?"),
        None => "name the document that owns the register".to_owned(),
    };
    BlockProblem { message: format!("no document has the ID {id}"), line: line_of(code), help: Some(help) }
}

/// The line of a block that names the document, from 0.
fn line_of(code: &CodeBlock) -> Option<u32> {
    let names = |line: &str| line.split_once(':').is_some_and(|(key, _)| key.trim() == "of");
    code.source.lines().position(names).and_then(|at| u32::try_from(at).ok())
}
