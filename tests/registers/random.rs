//! Random registers, reproducible from a seed.

use std::fmt::Write;

/// Random numbers.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Numbers {
        Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A random number below a limit.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }

    /// Returns `true` with a probability of `of_ten` tenths.
    pub fn chance(&mut self, of_ten: u64) -> bool {
        self.below(10) < of_ten
    }

    /// A random date in the years 2024 to 2028.
    pub fn day(&mut self) -> String {
        let (year, month, day) = (2024 + self.below(5), 1 + self.below(12), 1 + self.below(28));
        format!("{year}-{month:02}-{day:02}")
    }

    /// One of several.
    pub fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len() as u64) as usize]
    }
}

/// A register with `count` entries of each kind, one key per line.
pub fn register(numbers: &mut Numbers, count: usize) -> String {
    let mut out = String::from("audits:\n");
    for at in 1..=count / 2 {
        let _ = write!(
            out,
            "- id: A-{at}\n  title: Audit {at}\n  kind: {}\n",
            numbers.pick(&["internal", "internal", "surveillance"])
        );
        let _ = writeln!(out, "  planned: {}", numbers.day());
        let _ = writeln!(out, "  clauses: [\"{}\"]", numbers.pick(&["1", "1.1", "1.2", "2"]));
        if numbers.chance(6) {
            let _ = writeln!(out, "  held: {}", numbers.day());
        }
    }
    out.push_str("nonconformities:\n");
    for at in 1..=count {
        nonconformity(&mut out, numbers, at);
    }
    out.push_str("improvements:\n");
    for at in 1..=count / 2 {
        let state = numbers.pick(&["proposed", "in-work", "rejected", "done", "done"]);
        let _ = write!(out, "- id: IMP-{at}\n  title: Improvement {at}\n  state: {state}\n  due: {}\n", numbers.day());
        match state {
            "rejected" => out.push_str("  reason: It would need a second line that nobody asks for.\n"),
            "done" => _ = writeln!(out, "  done: {}", numbers.day()),
            _ => {}
        }
        if numbers.chance(5) {
            effect(&mut out, numbers, "");
        }
    }
    out.push_str("management_reviews:\n");
    for at in 1..=count / 4 {
        let _ = write!(out, "- id: MR-{at}\n  title: Review {at}\n  planned: {}\n", numbers.day());
        if numbers.chance(6) {
            let _ = writeln!(out, "  held: {}", numbers.day());
        }
        out.push_str("  inputs: {policies: Fine., audits: Good., feedback: Warm.}\n  decisions:\n");
        let _ = write!(out, "  - id: D-{at}\n    what: Hire\n    who: Director\n    due: {}\n", numbers.day());
        if numbers.chance(5) {
            let _ = writeln!(out, "    done: {}", numbers.day());
        }
    }
    out
}

/// A register of indicators and risks with values at the limits of their targets, and improvements for some of them.
pub fn measures(numbers: &mut Numbers, count: usize) -> String {
    let mut out = String::from("indicators:\n");
    for at in 1..=count {
        let target = numbers.pick(&[">= 90.1%", "<= 90.1 min", "= 90.1", "90.0..90.2%", "> 90.1", "< 90.1"]);
        let _ = write!(out, "- id: K-{at}\n  title: Indicator {at}\n  target: \"{target}\"\n  period: quarter\n");
        let (from, until) = (numbers.chance(5).then(|| numbers.day()), numbers.chance(4).then(|| numbers.day()));
        let mut values = Vec::new();
        for year in 2025..=2027 {
            for quarter in 1..=4 {
                let value = numbers.pick(&["89.9", "90.0", "90", "90.1", "90.100", "90.2", "90.20", "90.3"]);
                let (first, last) =
                    (format!("{year}-{:02}-01", 3 * quarter - 2), format!("{year}-{:02}-31", 3 * quarter));
                let is_measured = from.as_ref().is_none_or(|from| *from <= last)
                    && until.as_ref().is_none_or(|until| first <= *until);
                values.extend((is_measured && numbers.chance(8)).then(|| format!("{year}-Q{quarter}: {value}")));
            }
        }
        let _ = writeln!(out, "  values: {{{}}}", values.join(", "));
        let from = from.or_else(|| values.is_empty().then(|| numbers.day()));
        for (key, day) in [("from", from), ("until", until)] {
            out.extend(day.map(|day| format!("  {key}: {day}\n")));
        }
    }
    out.push_str("risks:\n");
    for at in 1..=count {
        let (likelihood, impact) = (1 + numbers.below(5), 1 + numbers.below(5));
        let _ = write!(out, "- id: R-{at}\n  title: Risk {at}\n  kind: organization\n");
        let _ = writeln!(out, "  now: {{likelihood: {likelihood}, impact: {impact}}}");
        for (key, of_ten) in [("scored", 9), ("closed", 3)] {
            if numbers.chance(of_ten) {
                let _ = writeln!(out, "  {key}: {}", numbers.day());
            }
        }
        if numbers.chance(5) {
            let _ = writeln!(out, "  accepted: {{by: Director, until: {}}}", numbers.day());
        }
        if numbers.chance(2) {
            let _ = writeln!(out, "  actions: [{{what: Move, who: Director, due: {}}}]", numbers.day());
        }
    }
    out.push_str("improvements:\n");
    for at in 1..=count {
        let state = numbers.pick(&["in-work", "rejected", "done", "done"]);
        let _ = write!(out, "- id: IMP-{at}\n  title: Improvement {at}\n  state: {state}\n  source: K-{at}\n");
        match state {
            "rejected" => out.push_str("  reason: It would cost more than it brings.\n"),
            "done" => _ = writeln!(out, "  done: {}", numbers.day()),
            _ => {}
        }
    }
    out
}

fn nonconformity(out: &mut String, numbers: &mut Numbers, at: usize) {
    let grade = numbers.pick(&["major", "minor", "observation", "opportunity"]);
    let _ = write!(out, "- id: NC-{at}\n  title: Finding {at}\n  grade: {grade}\n  found: {}\n", numbers.day());
    for (key, of_ten) in [("due", 6), ("closed", 6)] {
        if numbers.chance(of_ten) {
            let _ = writeln!(out, "  {key}: {}", numbers.day());
        }
    }
    for key in ["cause", "correction"] {
        if numbers.chance(6) {
            let _ = writeln!(out, "  {key}: Something was said.");
        }
    }
    let actions = numbers.below(3);
    if actions > 0 {
        out.push_str("  actions:\n");
    }
    for _ in 0..actions {
        let _ = write!(out, "  - what: Ask\n    who: Desk Manager\n    due: {}\n", numbers.day());
        if numbers.chance(6) {
            let _ = writeln!(out, "    done: {}", numbers.day());
        }
    }
    if numbers.chance(3) {
        let _ = write!(
            out,
            "  moved:\n  - to: {}\n    by: Director\n    reason: It takes longer.\n    date: {}\n",
            numbers.day(),
            numbers.day()
        );
    }
    if numbers.chance(4) {
        let who = numbers.pick(&["Internal Auditor", "Internal Auditor", "TBD"]);
        effect(out, numbers, &format!("    who: {who}\n"));
    }
}

/// The check of an effect, with or without a day, perhaps recorded.
fn effect(out: &mut String, numbers: &mut Numbers, who: &str) {
    let _ = write!(out, "  effect:\n    words: A sample of ten.\n{who}");
    if numbers.chance(6) {
        let _ = writeln!(out, "    due: {}", numbers.day());
    }
    for (key, of_ten) in [("checked", 5), ("result", 8)] {
        if numbers.chance(of_ten) {
            let value =
                if key == "checked" { numbers.day() } else { numbers.pick(&["effective", "not-effective"]).to_owned() };
            let _ = writeln!(out, "    {key}: {value}");
        }
    }
}

/// Whether a line records an event or a postponement.
pub fn is_event(line: &str) -> bool {
    let starts = [
        "held:",
        "closed:",
        "done:",
        "checked:",
        "result:",
        "moved:",
        "- to:",
        "by: Director",
        "reason: It takes",
        "date:",
    ];
    starts.iter().any(|start| line.trim_start().starts_with(start))
}

/// The top-level lists of a register.
fn lists(text: &str) -> Vec<(String, Vec<String>)> {
    let mut lists: Vec<(String, Vec<String>)> = Vec::new();
    for line in text.lines() {
        if !line.starts_with([' ', '-']) {
            lists.push((line.to_owned(), Vec::new()));
        } else if let Some((_, entries)) = lists.last_mut() {
            match line.starts_with('-') {
                true => entries.push(format!("{line}\n")),
                false => entries.last_mut().expect("an entry").push_str(&format!("{line}\n")),
            }
        }
    }
    lists
}

fn render_lists(lists: &[(String, Vec<String>)]) -> String {
    lists.iter().map(|(head, entries)| format!("{head}\n{}", entries.concat())).collect()
}

/// The register with lists, entries and keys in another order.
pub fn shuffle(text: &str, numbers: &mut Numbers) -> String {
    let mut lists = lists(text);
    lists.reverse();
    for (_, entries) in &mut lists {
        for at in (1..entries.len()).rev() {
            let other = numbers.below(at as u64 + 1) as usize;
            entries.swap(at, other);
        }
        entries.iter_mut().for_each(|entry| *entry = shuffle_keys(entry, numbers));
    }
    render_lists(&lists)
}

/// An entry with its keys, and those of `values` and `inputs`, in another order. An entry in braces is unchanged.
fn shuffle_keys(entry: &str, numbers: &mut Numbers) -> String {
    let mut keys: Vec<String> = Vec::new();
    for line in entry.lines().map(|line| &line[2..]) {
        match keys.last_mut() {
            Some(key) if line.starts_with([' ', '-']) => key.push_str(&format!("  {line}\n")),
            _ => keys.push(format!("{line}\n")),
        }
    }
    for at in (1..keys.len()).rev() {
        let other = numbers.below(at as u64 + 1) as usize;
        keys.swap(at, other);
    }
    keys.iter_mut().for_each(|key| *key = reverse_pairs(key));
    format!("- {}", keys.join("  "))
}

/// A line such as `values: {2026-Q1: 1, 2026-Q2: 2}` with its pairs in reverse order.
fn reverse_pairs(line: &str) -> String {
    let pairs = line.strip_suffix("}\n").and_then(|line| line.split_once(": {"));
    match pairs.filter(|(key, _)| ["values", "inputs"].contains(key)) {
        Some((key, pairs)) => format!("{key}: {{{}}}\n", pairs.rsplit(", ").collect::<Vec<_>>().join(", ")),
        None => line.to_owned(),
    }
}

/// Splits a register into two files.
pub fn split(text: &str) -> (String, String) {
    let (mut first_half, mut second_half) = (lists(text), lists(text));
    for ((_, first), (_, second)) in first_half.iter_mut().zip(&mut second_half) {
        let half = first.len() / 2;
        first.truncate(half);
        second.drain(..half);
    }
    (render_lists(&first_half), render_lists(&second_half))
}
