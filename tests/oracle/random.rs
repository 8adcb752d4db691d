//! Random documents.

use crate::day::Day;
use crate::{CLAUSES, DOCUMENTS};

/// A reproducible sequence of numbers (xorshift).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % sides
    }

    pub fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.roll(choices.len() as u64) as usize]
    }

    pub fn day(&mut self) -> String {
        Day(Day::parse("2025-01-01").expect("a day").0 + self.roll(1000) as i64).to_text()
    }
}

pub fn document(number: u64, dice: &mut Dice) -> String {
    let mut text = format!("---\nid: DOC-{number:03}\ntitle: Document {number}\nowner: Owner\n");
    text += dice.pick(&["version: \"1.0\"\n", "version: \"1.0\"\n", "version: \"2.0\"\n"]);
    text += dice.pick(&[
        "type: policy\n",
        "type: procedure\n",
        "type: procedure\n",
        "type: plan\n",
        "type: template\n",
        "type: page\n",
        "type: polcy\n",
        "",
    ]);
    text += status(dice);
    if dice.roll(10) > 0 {
        text += dice.pick(&["approver: Director\n", "approver: Director\n", "approver: [Director, Board]\n"]);
    }
    text += &dates(dice);
    text += &reviews(dice);
    if dice.roll(3) == 0 {
        let approver = dice.pick(&["", ", approver: Director", ", approver: Director"]);
        let version = dice.pick(&["1.0", "2.0", "0.9"]);
        text += &format!("changes: [{{version: \"{version}\", date: {}{approver}}}]\n", dice.day());
    }
    if dice.roll(3) == 0 {
        text += &format!("supersedes: [DOC-{:03}]\n", dice.roll(DOCUMENTS));
    }
    let claims: Vec<String> = (0..dice.roll(3)).map(|_| claim(dice)).collect();
    if !claims.is_empty() {
        text += &format!("clauses: [{}]\n", claims.join(", "));
    }
    let sentence = "How it is done.\n";
    text + "---\n\n" + dice.pick(&[sentence, sentence, sentence, "TODO\n", "", "# Title\n\n<!-- nothing -->\n"])
}

fn status(dice: &mut Dice) -> &'static str {
    if dice.roll(4) > 0 {
        return "status: approved\n";
    }
    dice.pick(&[
        "status: draft\n",
        "status: in-review\n",
        "status: retired\n",
        "status: final\n",
        "",
        "status: approved\nStatus: draft\n",
    ])
}

fn dates(dice: &mut Dice) -> String {
    let approved = match dice.roll(12) {
        0 => String::new(),
        1 => "approved: soon\n".to_owned(),
        _ => format!("approved: {}\n", dice.day()),
    };
    let effective = match dice.roll(8) {
        0 => "effective: 1.2.2026\n".to_owned(),
        1 => format!("efective: {}\n", dice.day()),
        2 | 3 => format!("effective: {}\n", dice.day()),
        _ => String::new(),
    };
    let review = match dice.roll(9) {
        0 => "review: often\n".to_owned(),
        1 => format!("review: {{next: {}}}\n", dice.day()),
        2 => "review: 6 months\n".to_owned(),
        3 => "review: {every: 3 months}\n".to_owned(),
        4 => "reviw: 6 months\n".to_owned(),
        _ => String::new(),
    };
    approved + &effective + &review
}

fn reviews(dice: &mut Dice) -> String {
    if dice.roll(2) > 0 {
        return String::new();
    }
    let mut text = "reviews:\n".to_owned();
    for _ in 0..=dice.roll(2) {
        let by = dice.pick(&["by: Reviewer", "by: Reviewer", "by: Owner", "note: Read"]);
        let version = dice.pick(&["version: \"1.0\"", "version: \"2.0\"", "note: again"]);
        let digest = dice.pick(&["", "", "", "", ", digest: \"00000000000000000000000000000000\"", ", digst: x"]);
        let version = if by.starts_with("note") && version.starts_with("note") { "version: \"1.0\"" } else { version };
        text += &format!("- {{{}: {}, {by}, {version}{digest}}}\n", dice.pick(&["on", "date"]), dice.day());
    }
    text
}

pub fn claim(dice: &mut Dice) -> String {
    let clause = dice.pick(&CLAUSES);
    match dice.roll(5) {
        0 => format!("{{clause: \"{clause}\", extent: partial}}"),
        1 => format!("{{clause: \"{clause}\", extnt: partial}}"),
        _ => format!("\"{clause}\""),
    }
}
