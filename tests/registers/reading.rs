//! The expected findings in a register on a day, from its YAML alone: independent of the program, comparing days as
//! strings.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Findings;
use super::calendar::{happened, next_year, plus_days, plus_months};
use super::effects::{asks_for_check, check_effect, effect_checked, effect_day, is_by_nobody};

/// The rules whose findings are computed here.
pub const RULES: [&str; 17] = [
    "audit-overdue",
    "management-review-overdue",
    "clause-not-audited",
    "nonconformity-overdue",
    "action-overdue",
    "decision-overdue",
    "effect-not-checked",
    "closed-too-early",
    "reopened",
    "improvement-overdue",
    "due-beyond-limit",
    "value-missing",
    "target-missed",
    "missed-again",
    "risk-untreated",
    "acceptance-ended",
    "risk-not-scored",
];

/// Registers as data.
pub struct Expected {
    lists: Value,
    /// The number of months after which risks must be scored again.
    risk_months: i64,
    /// The clauses that must be audited.
    units: Vec<String>,
}

/// Merges two registers.
pub fn merge(left: &str, right: &str) -> String {
    let read = |text: &str| -> BTreeMap<String, Vec<Value>> {
        let text = if text.trim().is_empty() { "{}" } else { text };
        let lists: BTreeMap<String, Option<Vec<Value>>> = serde_yaml::from_str(text).expect("a register");
        lists.into_iter().map(|(kind, entries)| (kind, entries.unwrap_or_default())).collect()
    };
    let mut lists = read(left);
    for (kind, entries) in read(right) {
        lists.entry(kind).or_default().extend(entries);
    }
    serde_json::to_string(&lists).expect("JSON")
}

impl Expected {
    pub fn new(text: &str) -> Expected {
        let units = ["1.1", "1.2", "2"].map(str::to_owned).into();
        let lists = super::contradictions::remove_impossible_days(serde_yaml::from_str(text).expect("a register"));
        Expected { lists, risk_months: 12, units }
    }

    /// Sets the review interval, in months, of the document that owns the risks.
    pub fn with_risks_scored_every(self, risk_months: i64) -> Expected {
        Expected { risk_months, ..self }
    }

    /// Sets the clauses that must be audited to those of a catalogue.
    pub fn with_units_of(self, catalogue: &str) -> Expected {
        let catalogue: Value = serde_yaml::from_str(catalogue).expect("a catalogue");
        let clauses = catalogue["clauses"].as_array().expect("clauses").iter();
        let units =
            clauses.filter(|clause| clause["coverage_unit"] == true).map(|clause| text(&clause["id"]).to_owned());
        Expected { units: units.collect(), ..self }
    }

    fn list(&self, kind: &str) -> Vec<&Value> {
        self.lists[kind].as_array().map(|list| list.iter().collect()).unwrap_or_default()
    }

    /// The expected findings on a day, written as `2026-11-22`.
    pub fn findings_on(&self, day: &str) -> Findings {
        let mut findings = Findings::new();
        let mut add = |rule: &str, subject: String| {
            findings.insert((rule.to_owned(), subject));
        };
        for (kind, rule) in [("audits", "audit-overdue"), ("management_reviews", "management-review-overdue")] {
            for entry in self.list(kind) {
                let is_past = last_day(&entry["planned"]).is_some_and(|planned| planned < day);
                if happened(last_day(&entry["held"]), day).is_none() && is_past {
                    add(rule, id(entry));
                }
            }
        }
        for one in self.list("nonconformities").into_iter().filter(|one| text(&one["found"]) <= day) {
            check_nonconformity(one, day, &mut add);
        }
        for improvement in self.list("improvements") {
            let done = happened(improvement["done"].as_str(), day);
            let open = done.is_none() && improvement["state"] != "rejected";
            if open && improvement["due"].as_str().is_some_and(|due| due < day) {
                add("improvement-overdue", id(improvement));
            }
            let asks = improvement["effect"]["due"].is_string() || asks_for_check(improvement);
            let due = done.filter(|_| asks).map(|done| effect_day(improvement, done, day));
            check_effect(improvement, done, due, day, &mut add);
            check_actions(improvement, day, &mut add);
        }
        for entry in self.list("audits").into_iter().chain(self.list("management_reviews")) {
            check_actions(entry, day, &mut add);
        }
        for review in self.list("management_reviews") {
            for decision in review["decisions"].as_array().into_iter().flatten() {
                if is_late(decision, day) {
                    add("decision-overdue", text(&decision["id"]).to_owned());
                }
            }
        }
        for entry in self.list("indicators") {
            check_indicator(entry, &self.list("improvements"), day, &mut add);
        }
        for entry in self.list("objectives") {
            check_objective(entry, day, &mut add);
            check_actions(entry, day, &mut add);
        }
        for entry in self.list("risks") {
            check_risk((entry, self.risk_months), day, &mut add);
            check_actions(entry, day, &mut add);
        }
        self.unaudited_clauses(day).into_iter().for_each(|clause| add("clause-not-audited", clause));
        findings
    }

    /// Clauses without an internal audit, or whose last one is more than a year old.
    fn unaudited_clauses(&self, day: &str) -> BTreeSet<String> {
        let internal: Vec<&Value> =
            self.list("audits").into_iter().filter(|audit| audit["kind"] == "internal").collect();
        let begun = internal.iter().filter_map(|audit| first_day_begun(audit, day)).min();
        let is_stale = |clause: &&String| {
            let names = |audit: &&&Value| {
                let clauses = audit["clauses"].as_array().into_iter().flatten().map(text);
                // A clause includes those below it, and a part stands for the whole.
                let is_below = |child: &str, parent: &str| child.starts_with(&format!("{parent}."));
                clauses.into_iter().any(|named| named == *clause || is_below(clause, named) || is_below(named, clause))
            };
            let newest =
                internal.iter().filter(names).filter_map(|audit| happened(last_day(&audit["held"]), day)).max();
            // A clause that waits for its first audit is not late if that is planned in the programme's first year.
            let is_open = |audit: &&&Value| {
                happened(last_day(&audit["held"]), day).is_none() && last_day(&audit["planned"]).is_some()
            };
            let first = internal.iter().filter(names).filter(is_open);
            let first = first.map(|audit| (first_day(&audit["planned"]), last_day(&audit["planned"]))).min();
            let is_planned = || match (first, begun) {
                (Some((_, Some(planned))), Some(begun)) => day <= planned && *planned <= *next_year(begun),
                _ => false,
            };
            newest.map_or_else(|| begun.is_some() && !is_planned(), |newest| next_year(newest).as_str() < day)
        };
        self.units.iter().filter(|clause| is_stale(clause)).cloned().collect()
    }
}

/// The last day of a quarter, given as `2026-Q3`.
fn quarter_end(quarter: &str) -> String {
    let end = ["03-31", "06-30", "09-30", "12-31"][quarter[6..].parse::<usize>().expect("a quarter") - 1];
    format!("{}-{end}", &quarter[..4])
}

fn quarter_start(quarter: &str) -> String {
    let first = ["01-01", "04-01", "07-01", "10-01"][quarter[6..].parse::<usize>().expect("a quarter") - 1];
    format!("{}-{first}", &quarter[..4])
}

/// A number with no more than one significant decimal, in tenths.
fn tenths(text: &str) -> i64 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (integer, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    sign * (integer.parse::<i64>().expect("a number") * 10 + fraction[..1].parse::<i64>().expect("a digit"))
}

/// Whether a value in tenths meets a target such as `<= 90.1 min`.
fn is_met(target: &str, value: i64) -> bool {
    let number = |text: &str| tenths(text.trim().trim_end_matches(|c: char| c != '.' && !c.is_ascii_digit()));
    if let Some((min, max)) = target.split_once("..") {
        return (number(min)..=number(max)).contains(&value);
    }
    match target.split_at(2) {
        (">=", least) => value >= number(least),
        ("<=", most) => value <= number(most),
        ("= ", wanted) => value == number(wanted),
        ("> ", limit) => value > number(limit),
        ("< ", limit) => value < number(limit),
        other => panic!("{other:?}"),
    }
}

/// The values by quarter, in tenths.
fn quarters(entry: &Value) -> BTreeMap<&str, i64> {
    let values = entry["values"].as_object().into_iter().flatten();
    values.map(|(key, value)| (key.as_str(), tenths(&value.to_string()))).collect()
}

/// An objective with its own values: whether it was reached follows from the last quarter completed when it ended, and
/// from the quarter in which it ended.
fn check_objective(entry: &Value, day: &str, add: &mut impl FnMut(&str, String)) {
    let ends = text(&entry["ends"]);
    let known_values =
        quarters(entry).into_iter().filter(|(quarter, _)| ends <= day && quarter_end(quarter).as_str() <= day);
    // The last quarter completed when it ended, and the quarter in which it ended.
    let all = || (2020..=2040).flat_map(|year| (1..=4).map(move |quarter| format!("{year}-Q{quarter}")));
    let over = all().rfind(|quarter| quarter_end(quarter).as_str() <= ends);
    let around = all().find(|quarter| quarter_end(quarter).as_str() >= ends);
    let is_exact = around == over;
    let decides = [over.filter(|_| !is_exact), around];
    let known: Vec<bool> = known_values
        .into_iter()
        .filter(|(quarter, _)| decides.iter().flatten().any(|decisive| **decisive == **quarter))
        .map(|(_, value)| is_met(text(&entry["target"]), value))
        .collect();
    match known.as_slice() {
        [] if plus_days(ends, 31).as_str() < day => add("value-missing", id(entry)),
        values if values.contains(&false) => add("target-missed", id(entry)),
        _ => {}
    }
}

/// Whether a decision on a contract is due within 90 days, or was due. A day to give notice that has passed counts
/// until the contract has ended; one after the end is unknown.
pub fn decides_soon(contract: &Value, day: &str) -> bool {
    let (ends, notice) = (contract["ends"].as_str(), contract["notice"].as_str());
    let limit = plus_days(day, 90);
    let is_unknown = notice.is_some_and(|notice| ends.is_some_and(|ends| notice > ends));
    let waits = notice.filter(|_| !is_unknown && ends.is_none_or(|ends| ends >= day));
    let ends_soon = || ends.is_some_and(|ends| day <= ends && ends <= limit.as_str());
    is_unknown || waits.map_or_else(ends_soon, |notice| notice <= limit.as_str())
}

fn check_indicator(entry: &Value, improvements: &[&Value], day: &str, add: &mut impl FnMut(&str, String)) {
    let values = quarters(entry);
    let quarters: Vec<String> =
        (2024..=2028).flat_map(|year| (1..=4).map(move |quarter| format!("{year}-Q{quarter}"))).collect();
    // Contradictory days do not count.
    let (from, until) = (entry["from"].as_str(), entry["until"].as_str());
    let (from, until) = if from.is_some() && until.is_some() && until < from { (None, None) } else { (from, until) };
    let begins = from.map(str::to_owned).or_else(|| values.keys().next().map(|key| quarter_start(key)));
    // If it was never measured, the last quarter is missing.
    let begins = begins.unwrap_or_else(|| "2024-01-01".to_owned());
    let is_wanted = |quarter: &&String| {
        quarter_start(quarter) >= begins
            && until.is_none_or(|until| quarter_end(quarter).as_str() <= until)
            && plus_days(&quarter_end(quarter), 31).as_str() < day
    };
    if quarters.iter().filter(is_wanted).any(|quarter| !values.contains_key(quarter.as_str())) {
        add("value-missing", id(entry));
    }
    let known: Vec<_> = values.iter().filter(|(quarter, _)| quarter_end(quarter).as_str() <= day).collect();
    let misses =
        |at: usize| known.len().checked_sub(at).is_some_and(|at| !is_met(text(&entry["target"]), *known[at].1));
    if misses(1) {
        add("target-missed", id(entry));
    }
    if misses(1) && misses(2) {
        let since = quarter_start(known[known.len() - 2].0);
        let answers = |improvement: &&Value| {
            let is_done_before = happened(improvement["done"].as_str(), day).is_some_and(|done| done < since.as_str());
            let mut sources = improvement["source"].as_array().into_iter().flatten().chain([&improvement["source"]]);
            sources.any(|source| *source == entry["id"]) && improvement["state"] != "rejected" && !is_done_before
        };
        if !improvements.iter().any(answers) {
            add("missed-again", id(entry));
        }
    }
}

fn check_risk((entry, months): (&Value, i64), day: &str, add: &mut impl FnMut(&str, String)) {
    if happened(entry["closed"].as_str(), day).is_some() || entry["opportunity"] == "true" {
        return;
    }
    let number = |key: &str| entry["now"][key].as_i64().expect("a number");
    let until = entry["accepted"]["until"].as_str();
    let has_action = entry["actions"].as_array().is_some_and(|actions| !actions.is_empty());
    if number("likelihood") * number("impact") >= 12 && !has_action && until.is_none_or(|until| until < day) {
        add("risk-untreated", id(entry));
    }
    if until.is_some_and(|until| until < day) {
        add("acceptance-ended", id(entry));
    }
    if happened(entry["scored"].as_str(), day).is_none_or(|scored| plus_months(scored, months).as_str() < day) {
        add("risk-not-scored", id(entry));
    }
}

fn check_nonconformity(entry: &Value, day: &str, add: &mut impl FnMut(&str, String)) {
    let grade = text(&entry["grade"]);
    let is_severe = matches!(grade, "major" | "minor");
    let limit = match grade {
        "major" => Some(30),
        "minor" => Some(60),
        "observation" => Some(28),
        _ => None,
    };
    let by_grade = limit.map(|days| plus_days(text(&entry["found"]), days));
    let first = entry["due"].as_str().map(str::to_owned).or_else(|| by_grade.clone());
    let moves = entry["moved"].as_array().into_iter().flatten().filter(|one| text(&one["date"]) <= day);
    let postponed = moves.max_by_key(|one| text(&one["date"]).to_owned()).map(|one| text(&one["to"]).to_owned());
    let due = postponed.or(first);
    // If it was closed before it was found, the day of closing does not count.
    let closed = happened(entry["closed"].as_str(), day).filter(|closed| entry["found"].as_str() <= Some(*closed));
    let checked = effect_checked(entry, day);
    let has_failed = entry["effect"]["result"] == "not-effective";
    let is_open_again = has_failed && closed.is_some() && checked >= closed;
    if (closed.is_none() || is_open_again) && due.is_some_and(|due| due.as_str() < day) {
        add("nonconformity-overdue", id(entry));
    }
    if let (Some(due), Some(limit)) = (entry["due"].as_str(), &by_grade)
        && due > limit.as_str()
    {
        add("due-beyond-limit", id(entry));
    }
    let all = || entry["actions"].as_array().into_iter().flatten();
    let open = all().any(|action| super::contradictions::was_open((entry, action), closed, day));
    if closed.is_some() && (open || (is_severe && entry["cause"].as_str().is_none())) {
        add("closed-too-early", id(entry));
    }
    let is_due = is_severe || entry["effect"]["due"].is_string() || asks_for_check(entry);
    let effect_due = closed.filter(|_| is_due).map(|closed| effect_day(entry, closed, day));
    match closed.is_some_and(|closed| is_by_nobody(entry, closed, day)) {
        true => add("effect-not-checked", id(entry)),
        false => check_effect(entry, closed, effect_due, day, add),
    }
    check_actions(entry, day, add);
}

fn check_actions(entry: &Value, day: &str, add: &mut impl FnMut(&str, String)) {
    for (action, number) in entry["actions"].as_array().into_iter().flatten().zip(1..) {
        if is_late(action, day) {
            add("action-overdue", format!("{}/{number}", id(entry)));
        }
    }
}

fn is_late(action: &Value, day: &str) -> bool {
    happened(action["done"].as_str(), day).is_none() && action["due"].as_str().is_some_and(|due| due < day)
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub fn id(entry: &Value) -> String {
    text(&entry["id"]).to_owned()
}

/// The first day of an audit that was held, or that should have been.
fn first_day_begun<'v>(audit: &'v Value, day: &str) -> Option<&'v str> {
    match happened(last_day(&audit["held"]), day) {
        Some(_) => first_day(&audit["held"]),
        None => first_day(&audit["planned"]).filter(|_| last_day(&audit["planned"]) < Some(day)),
    }
}

/// The first day that a value names.
fn first_day(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value["from"].as_str())
}

/// The last day that a value names.
fn last_day(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value["to"].as_str())
}
