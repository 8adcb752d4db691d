//! The independent implementation, following the tables in the guide.

use std::collections::BTreeMap;

use serde_yaml::Value;

use crate::day::Day;

/// A file read according to the guide.
pub struct Reading {
    front: BTreeMap<String, Value>,
    has_text: bool,
}

impl Reading {
    pub fn new(text: &str) -> Reading {
        let mut parts = text.splitn(3, "---\n").skip(1);
        let front = serde_yaml::from_str(parts.next().expect("front matter")).expect("YAML");
        Reading { front, has_text: parts.next().expect("a body").contains("How it is done.") }
    }

    pub fn text(&self, key: &str) -> Option<String> {
        match self.front.get(key)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    pub fn day(&self, key: &str) -> Option<Day> {
        Day::parse(&self.text(key)?)
    }

    pub fn list(&self, key: &str) -> Vec<Value> {
        match self.front.get(key) {
            Some(Value::Sequence(items)) => items.clone(),
            _ => Vec::new(),
        }
    }

    pub fn is_document(&self) -> bool {
        self.text("type").as_deref() != Some("page")
    }

    /// All days named in the file.
    pub fn days(&self) -> Vec<Day> {
        let entries = self.list("reviews").into_iter().chain(self.list("changes"));
        let of_entries = entries.filter_map(|entry| entry_day(&entry));
        let due = self.due(Day(i64::MAX)).into_iter().flat_map(|due| [due, Day(due.0 - 30)]);
        ["approved", "effective"].iter().filter_map(|key| self.day(key)).chain(of_entries).chain(due).collect()
    }

    pub fn status(&self) -> &str {
        let has_duplicate = self.front.contains_key("Status");
        match self.front.get("status").and_then(Value::as_str) {
            Some(status @ ("approved" | "draft" | "in-review" | "retired")) if !has_duplicate => status,
            _ => "unclear",
        }
    }

    /// Whether the keys that an approval depends on are present and clear.
    pub fn is_clear(&self) -> bool {
        let has_type = matches!(self.text("type").as_deref(), Some("policy" | "procedure" | "plan" | "template"));
        has_type && self.day("approved").is_some() && self.front.contains_key("approver") && self.has_clear_effect()
    }

    pub fn has_clear_effect(&self) -> bool {
        !self.front.contains_key("efective")
            && (!self.front.contains_key("effective") || self.day("effective").is_some())
    }

    pub fn state(&self, number: usize, handbook: &[Reading], day: Day) -> &'static str {
        let id = format!("DOC-{number:03}");
        let replaces =
            |other: &&Reading| other.list("supersedes").iter().any(|id_value| id_value.as_str() == Some(&id));
        let is_template = self.text("type").as_deref() == Some("template");
        let mut successors = handbook.iter().filter(|other| other.is_document()).filter(replaces);
        let replaced = successors.any(|other| {
            let fits = other.text("type").as_deref() != Some("template") || is_template;
            fits && other.replaces_from().is_some_and(|from| from <= day)
        });
        match self.status() {
            "retired" => return "retired",
            _ if replaced => return "retired",
            "in-review" => return "in-review",
            "approved" if self.is_clear() => {}
            _ => return "draft",
        }
        if [self.day("approved"), self.day("effective")].into_iter().flatten().any(|begins| begins > day) {
            return "future";
        }
        if self.has_other_digest(day) {
            return "changed";
        }
        match self.due(day) {
            None => "overdue",
            Some(due) if due < day => "overdue",
            Some(due) if due.0 <= day.0 + 30 => "due-soon",
            Some(_) => "current",
        }
    }

    /// The day from which it replaces what it supersedes: that of its approval, if its status confirms it, or of any
    /// version approved according to its history.
    pub fn replaces_from(&self) -> Option<Day> {
        let later = |day: Day| self.day("effective").map_or(day, |effective| effective.max(day));
        let is_clear = self.has_clear_effect() && self.text("type").as_deref() != Some("polcy");
        let vouched = matches!(self.status(), "approved" | "retired") && is_clear;
        let approved = self.day("approved").filter(|_| vouched).map(later);
        let versions =
            self.list("changes").into_iter().filter(|change| change.get("approver").is_some()).filter_map(|change| {
                let day = entry_day(&change)?;
                let current = change.get("version").and_then(Value::as_str) == self.text("version").as_deref();
                Some(if current && !self.front.contains_key("efective") { later(day) } else { day })
            });
        approved.into_iter().chain(versions).min()
    }

    /// Whether the last review or approval has another text's digest; no random text has a digest of zeros.
    pub fn has_other_digest(&self, day: Day) -> bool {
        let since = |review: &&Value| {
            entry_day(review).is_some_and(|on| on <= day && self.day("approved").is_none_or(|approved| on >= approved))
        };
        self.list("reviews").iter().filter(since).any(|review| review.get("digest").is_some())
    }

    /// The day of the next review as known on a day, or `None` if it is not known.
    pub fn due(&self, day: Day) -> Option<Day> {
        let unclear = self.list("reviews").iter().any(|review| review.get("digst").is_some());
        let months = match self.front.get("review") {
            _ if unclear || self.front.contains_key("reviw") => return None,
            None => 12,
            Some(Value::Mapping(mapping)) => match mapping.get("next").and_then(Value::as_str) {
                Some(next) => return Day::parse(next),
                None => 3,
            },
            Some(Value::String(text)) if text == "6 months" => 6,
            Some(_) => return None,
        };
        let counts = |review: &&Value| {
            let version = review.get("version").and_then(Value::as_str);
            let since = entry_day(review)
                .is_some_and(|on| on <= day && self.day("approved").is_none_or(|approved| on >= approved));
            review.get("by").is_some()
                && since
                && version.is_none_or(|version| Some(version.to_owned()) == self.text("version"))
        };
        let reviewed = self.list("reviews").iter().filter(counts).filter_map(entry_day).max();
        self.day("approved").into_iter().chain(reviewed).max().map(|last| last.plus_months(months))
    }
}

/// The day of an entry: `date`, or `on`, which is accepted instead.
pub fn entry_day(entry: &Value) -> Option<Day> {
    let day = entry.get("date").or_else(|| entry.get("on"))?;
    Day::parse(day.as_str()?)
}

/// The best verdict that the claims on a clause support.
pub fn verdict(handbook: &[Reading], clause: &str, day: Day) -> &'static str {
    pub const RANKS: [&str; 5] = ["missing", "draft", "stale", "partial", "covered"];
    let mut best = 0;
    for (number, reading) in handbook.iter().enumerate() {
        if !reading.is_document() || reading.text("type").as_deref() == Some("template") {
            continue;
        }
        let claims = reading.list("clauses");
        let extents: Vec<&str> =
            claims.iter().filter(|claim| claimed_clause(claim) == Some(clause)).map(extent).collect();
        let contradiction = extents.contains(&"full") && (extents.contains(&"partial") || extents.contains(&"unread"));
        for extent in extents {
            let rank = match reading.state(number, handbook, day) {
                "retired" => 0,
                "draft" | "in-review" | "future" => 1,
                _ if !reading.has_text || extent == "unread" || contradiction => 1,
                "changed" | "overdue" => 2,
                _ if extent == "partial" => 3,
                _ => 4,
            };
            best = best.max(rank);
        }
    }
    RANKS[best]
}

pub fn claimed_clause(claim: &Value) -> Option<&str> {
    claim.as_str().or_else(|| claim.get("clause")?.as_str())
}

pub fn extent(claim: &Value) -> &'static str {
    match claim {
        Value::Mapping(_) if claim.get("extnt").is_some() => "unread",
        Value::Mapping(_) => "partial",
        _ => "full",
    }
}
