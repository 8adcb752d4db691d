//! Kinds of entries that deal with measurements, objectives and risks: their keys and rows.

use super::entry::Entry;
use super::figures::Objective;
use super::key::{Key, ValueType, key, required};
use super::kinds::{Kind, KindRow, PagePlace};
use super::measured_period::Frequency;
use crate::date::Date;

const INDICATOR: &[Key] = &[
    required("target", ValueType::Target, "what each value is to be"),
    required("period", ValueType::Word(&Frequency::WORDS), "how often it is measured"),
    key("from", ValueType::Day, "the day from which it is measured; by default, the first period with a value"),
    key("until", ValueType::Day, "the last day on which it was measured, if it no longer is"),
    key("values", ValueType::Values, "the value of each period"),
];

const OBJECTIVE: &[Key] = &[
    key("target", ValueType::Target, "what is to be reached; by default, the target of the indicator"),
    key("indicator", ValueType::Ids, "the indicator that measures it"),
    key("values", ValueType::Values, "the value of each period, where no indicator measures it"),
    key("from", ValueType::Day, "the first day"),
    required("ends", ValueType::Day, "the day by which it is to be reached"),
    key("serves", ValueType::Text, "what it is good for"),
];

const SCORE: &[Key] = &[
    required("likelihood", ValueType::Number, "how likely it is, from 1"),
    required("impact", ValueType::Number, "how bad it would be, from 1"),
];

const ACCEPTANCE: &[Key] = &[
    required("by", ValueType::Names, "the role that accepts it"),
    required("until", ValueType::Day, "the last day on which that holds"),
];

const RISK: &[Key] = &[
    required(
        "kind",
        ValueType::Word(&["organization", "service-requirement", "other-party"]),
        "what it is a risk to, or from",
    ),
    key("opportunity", ValueType::Word(&["true", "false"]), "`true` for an opportunity, which has no score"),
    key("effect", ValueType::Text, "what a customer would notice"),
    key("now", ValueType::Record(SCORE), "how it stands"),
    key("after", ValueType::Record(SCORE), "how it will stand after treatment"),
    key("treatment", ValueType::Text, "how it is treated"),
    key("accepted", ValueType::Record(ACCEPTANCE), "who has accepted it as it stands"),
    key("scored", ValueType::Day, "the day on which it was last scored"),
    key("closed", ValueType::Day, "the day since which it no longer exists"),
];

fn closed(entry: &Entry, as_of: Date) -> Option<Date> {
    entry.record.day("closed").filter(|closed| *closed <= as_of)
}

pub(super) const INDICATORS: KindRow = KindRow {
    kind: Kind::Indicators,
    name: "indicators",
    singular: "indicator",
    meaning: "indicators with their targets and the value of each period",
    item: "measurement-results",
    prefix: "K",
    page: PagePlace::List("indicators"),
    keys: INDICATOR,
    columns: &["id", "title", "owner", "target", "values", "state"],
    begins: |_| None,
    due: |_, _, _| None,
    closed: |_, _| None,
};

pub(super) const OBJECTIVES: KindRow = KindRow {
    kind: Kind::Objectives,
    name: "objectives",
    singular: "objective",
    meaning: "objectives of the management system, with a target and a day",
    item: "service-management-objectives",
    prefix: "OBJ-",
    page: PagePlace::List("objectives"),
    keys: OBJECTIVE,
    columns: &["id", "title", "owner", "target", "indicator", "ends", "state"],
    begins: |_| None,
    due: |entry, _, _| Objective::from_entry(entry)?.end_date(),
    closed: |_, _| None,
};

pub(super) const RISKS: KindRow = KindRow {
    kind: Kind::Risks,
    name: "risks",
    singular: "risk",
    meaning: "risks and opportunities, scored before and after treatment",
    item: "risk-opportunity-register",
    prefix: "R-",
    page: PagePlace::List("risks"),
    keys: RISK,
    columns: &["id", "title", "owner", "now", "after", "treatment", "scored", "state"],
    begins: |_| None,
    due: |_, _, _| None,
    closed,
};
