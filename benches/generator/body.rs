//! The body of a document: sections of paragraphs, lists, tables, code and links until it is long enough.

use std::fmt::Write;

use super::Dialect;
use super::code;
use super::plan::{Plan, PlannedDocument};
use super::prose::{HEADINGS, ROLES, capitalised, fill, paragraph, sentence};
use super::random::Random;

/// Blocks that consist only of words. Repeated ones are used more often.
type Block = fn(&mut Random) -> String;
const BLOCKS: &[Block] = &[paragraph, paragraph, paragraph, bullets, bullets, steps, table, table, tasks, alert];

/// The range of document sizes in bytes, including front matter. The last block may exceed it.
const DOCUMENT_BYTES: std::ops::RangeInclusive<usize> = 2_800..=9_400;

/// Appends the body of a document to its front matter.
pub fn write(text: &mut String, plan: &Plan, number: usize, links: &[usize], dialect: Dialect, random: &mut Random) {
    let document = &plan.documents[number];
    let size = random.within(DOCUMENT_BYTES);
    let mut references = links.iter().map(|&link| {
        let mut random = Random::new((number as u64) << 32 | link as u64);
        reference(document, &plan.documents[link], dialect, &mut random)
    });
    write_opening(text, plan, document, random);
    // The first code block comes early, so that even a short document has it.
    let mut code = if number % 3 == 1 { random.within(1..=3) } else { 0 };
    for heading in random.sample(HEADINGS, HEADINGS.len()) {
        write_section(text, plan, document, heading, random);
        let mut blocks: Vec<String> = (0..random.within(1..=3)).map(|_| random.pick(BLOCKS)(random)).collect();
        blocks.extend(references.next());
        if code > 0 {
            code -= 1;
            blocks.push(code::block(random));
        }
        append_blocks(text, &blocks);
        if text.len() > size {
            break;
        }
    }
    write_closing(text, references, random);
}

fn append_blocks(text: &mut String, blocks: &[String]) {
    for block in blocks {
        text.push('\n');
        text.push_str(block);
        text.push('\n');
    }
}

fn write_opening(text: &mut String, plan: &Plan, document: &PlannedDocument, random: &mut Random) {
    let mention = format!("{} It answers clause {}.", sentence(random), plan.units[document.unit].clause);
    let purpose = [paragraph(random), mention];
    append_blocks(text, &["## Purpose".to_owned()]);
    append_blocks(text, &purpose);
    append_blocks(text, &["## Scope".to_owned(), paragraph(random), bullets(random)]);
}

/// A heading. Some have their own anchor, and some of these claim the document's clause again.
fn write_section(text: &mut String, plan: &Plan, document: &PlannedDocument, heading: &str, random: &mut Random) {
    let clause = &plan.units[document.unit].clause;
    let anchor = heading.split(' ').next().unwrap_or_default().to_lowercase();
    let heading = match random.below(10) {
        0 => format!("## {heading} {{#{anchor} clauses=\"{clause}\"}}"),
        1 | 2 => format!("## {heading} {{#{anchor}}}"),
        _ => format!("## {heading}"),
    };
    append_blocks(text, &[heading]);
}

fn write_closing(text: &mut String, references: impl Iterator<Item = String>, random: &mut Random) {
    let rest: Vec<String> = references.map(|reference| format!("- {reference}")).collect();
    append_blocks(text, &["## Records".to_owned(), paragraph(random)]);
    if !rest.is_empty() {
        append_blocks(text, &["### See also".to_owned(), rest.join("\n")]);
    }
}

/// A sentence with a link to another document, in one of the possible forms.
fn reference(document: &PlannedDocument, other: &PlannedDocument, dialect: Dialect, random: &mut Random) -> String {
    let path = document.relative_path_to(other);
    let link = match (random.below(4), dialect) {
        (0, _) => format!("[{}]({path})", other.title),
        (1, _) => format!("[the scope of {}]({path}#scope)", other.id),
        (2, Dialect::Handbook) => format!("[[{}]]", other.id),
        (2, Dialect::Hugo) => format!("[{}]({path})", other.id),
        (_, Dialect::Handbook) => format!("[[{}#purpose|its purpose]]", other.id),
        (_, Dialect::Hugo) => format!("[its purpose]({path}#purpose)"),
    };
    fill("The ~role~ works by LINK, if ~condition~.", random).replace("LINK", &link)
}

fn bullets(random: &mut Random) -> String {
    let items = random.within(3..=6);
    let mut list: Vec<String> = (0..items).map(|_| format!("- {}", sentence(random))).collect();
    if random.chance(30) {
        list.insert(2, format!("  - {}", sentence(random)));
    }
    list.join("\n")
}

fn steps(random: &mut Random) -> String {
    let steps: Vec<String> = (1..=random.within(4..=7)).map(|step| format!("{step}. {}", sentence(random))).collect();
    steps.join("\n")
}

fn tasks(random: &mut Random) -> String {
    let tasks = (0..random.within(3..=6)).map(|_| {
        let mark = if random.chance(50) { 'x' } else { ' ' };
        format!("- [{mark}] {}", capitalised(&fill("~object~, ~time~", random)))
    });
    tasks.collect::<Vec<_>>().join("\n")
}

fn alert(random: &mut Random) -> String {
    let kind = random.pick(&["NOTE", "IMPORTANT", "WARNING"]);
    format!("> [!{kind}]\n> {}", sentence(random))
}

fn table(random: &mut Random) -> String {
    let mut table = "| Activity | Responsible | Limit | Measure |\n| --- | --- | ---: | --- |".to_owned();
    for _ in 0..random.within(3..=8) {
        let activity = capitalised(&fill("~object~", random));
        let role = random.pick(ROLES);
        let _ = write!(
            table,
            "\n| {activity} | {role} | {} h | {} |",
            random.within(1..=72),
            fill("~n~ % of ~things~ `~noun~`", random)
        );
    }
    table
}
