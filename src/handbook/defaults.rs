//! The values that a document sets itself, and the defaults from the settings for the others.

use std::sync::Arc;

use super::document::{Control, Names, ReviewRule};
use super::file::{ParsedFile, without_content_folder};
use crate::config::{DefaultRule, Settings};
use crate::date::Interval;
use crate::name::tidy_name;
use crate::place::Located;
use crate::placeholder::{names_only_persons_or_roles, names_person_or_role};
use crate::source::front_matter::{FrontMatter, Review};
use crate::standard::Standards;

/// The values in effect for a document; its own take precedence over those of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EffectiveValues {
    /// Owners.
    pub(crate) owners: Names,
    /// Approvers.
    pub(crate) approvers: Names,
    /// Authors.
    pub(crate) authors: Names,
    /// Its classification level.
    pub(crate) classification: Option<Arc<str>>,
    /// Roles that must read it.
    pub(crate) audience: Vec<Arc<str>>,
    /// The review rule.
    pub(crate) review: ReviewRule,
}

impl EffectiveValues {
    /// Determines the values for a file. If several defaults apply, the last one in the settings wins.
    pub(super) fn new(settings: &Settings, standards: &Standards, file: &ParsedFile) -> EffectiveValues {
        let front = file.front.as_ref();
        let kind = front.and_then(|front| front.doc_type.as_ref()).map_or("", |kind| kind.value.as_str());
        let path = without_content_folder(&settings.content, file.path());
        let defaults: Vec<&DefaultRule> = rules(settings, path, kind).collect();
        let People { owners, approvers, authors } = people(settings, file);
        let own_value = |value: fn(&FrontMatter) -> &Option<Located<String>>| {
            front.and_then(|front| value(front).as_ref()).map(|value| value.value.as_str().into())
        };
        let default_value = |value: fn(&DefaultRule) -> &Option<String>| {
            defaults.iter().find_map(|rule| value(rule).as_deref()).map(Arc::from)
        };
        EffectiveValues {
            owners,
            approvers,
            authors,
            classification: own_value(|front| &front.classification)
                .or_else(|| default_value(|rule| &rule.classification)),
            audience: audience(front, &defaults),
            review: review(settings, standards, front, kind, &defaults),
        }
    }
}

/// The owners, approvers and authors of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct People {
    /// Owners.
    pub(crate) owners: Names,
    /// Approvers.
    pub(crate) approvers: Names,
    /// Authors.
    pub(crate) authors: Names,
}

/// The people whom a file names, or the defaults in the settings for it.
pub(crate) fn people(settings: &Settings, file: &ParsedFile) -> People {
    let front = file.front.as_ref();
    let kind = front.and_then(|front| front.doc_type.as_ref()).map_or("", |kind| kind.value.as_str());
    let path = without_content_folder(&settings.content, file.path());
    let defaults: Vec<&DefaultRule> = rules(settings, path, kind).collect();
    let names = |names: fn(&FrontMatter) -> &[Located<String>]| -> Vec<Arc<str>> {
        let valid = front.map_or(&[][..], names).iter().filter(|name| names_person_or_role(&name.value));
        valid.map(|name| tidy_name(&name.value).into()).collect()
    };
    // Every one of several approvers must be a person or role; otherwise it is unclear who has still to approve.
    let approvers = names(|front| &front.approver);
    let are_named =
        front.is_none_or(|front| front.approver.iter().all(|name| names_only_persons_or_roles(&name.value)));
    let approvers = if are_named { approvers } else { Vec::new() };
    // What the author wrote, even `TBD`, is never replaced by a default.
    let or_given = |(key, values): (&str, Vec<Arc<str>>), value: fn(&DefaultRule) -> &Option<String>| {
        let is_silent = front.is_none_or(|front| !front.has_key(key));
        let default_name = defaults.iter().find_map(|rule| value(rule).as_deref());
        let default_name = default_name.filter(|name| is_silent && names_person_or_role(name));
        Names::new(values.into_iter().chain(default_name.map(|name| tidy_name(name).into())))
    };
    People {
        owners: or_given(("owner", names(|front| &front.owner)), |rule| &rule.owner),
        approvers: or_given(("approver", approvers), |rule| &rule.approver),
        authors: Names::new(names(|front| &front.author)),
    }
}

/// The default rules for a file that set more than a type or an identity, in reverse order.
fn rules<'a>(settings: &'a Settings, path: &'a str, kind: &'a str) -> impl Iterator<Item = &'a DefaultRule> {
    let is_about = |rule: &&DefaultRule| {
        rule.owner.is_some()
            || rule.approver.is_some()
            || rule.classification.is_some()
            || rule.review.is_some()
            || !rule.audience.is_empty()
    };
    settings.defaults.iter().rev().filter(is_about).filter(move |rule| rule.defaults.scope.covers(path, kind))
}

/// The classification in effect for a file.
pub(super) fn classification(settings: &Settings, file: &ParsedFile) -> Option<Arc<str>> {
    let front = file.front.as_ref();
    let own = front.and_then(|front| front.classification.as_ref()).map(|own| own.value.as_str());
    let kind = front.and_then(|front| front.doc_type.as_ref()).map_or("", |kind| kind.value.as_str());
    let path = without_content_folder(&settings.content, file.path());
    let matching_rules = rules(settings, path, kind);
    own.or_else(|| matching_rules.filter_map(|rule| rule.classification.as_deref()).next()).map(Arc::from)
}

/// The rank of the classification that a file without one of its own has in editions: that of the settings, or the
/// lowest for a page.
pub(crate) fn default_rank(settings: &Settings, file: &ParsedFile) -> Option<usize> {
    let rank = classification(settings, file).and_then(|level| settings.classification_rank(&level));
    rank.or_else(|| (file.facts.control == Control::Page).then_some(0))
}

/// The audience in effect for a file.
pub(super) fn audience_of(settings: &Settings, file: &ParsedFile) -> Vec<Arc<str>> {
    let front = file.front.as_ref();
    let kind = front.and_then(|front| front.doc_type.as_ref()).map_or("", |kind| kind.value.as_str());
    let path = without_content_folder(&settings.content, file.path());
    let defaults: Vec<&DefaultRule> = rules(settings, path, kind).collect();
    audience(front, &defaults)
}

fn audience(front: Option<&FrontMatter>, defaults: &[&DefaultRule]) -> Vec<Arc<str>> {
    let audience = front.map_or(&[][..], |front| &front.audience);
    if !audience.is_empty() {
        return audience.iter().map(|role| role.value.as_str().into()).collect();
    }
    let default_rule = defaults.iter().find(|rule| !rule.audience.is_empty());
    default_rule.map_or_else(Vec::new, |rule| rule.audience.iter().map(|role| role.as_str().into()).collect())
}

fn review(
    settings: &Settings,
    standards: &Standards,
    front: Option<&FrontMatter>,
    kind: &str,
    defaults: &[&DefaultRule],
) -> ReviewRule {
    if front.is_some_and(|front| front.is_unclear("review") || front.is_unclear("reviews")) {
        return ReviewRule::Unknown;
    }
    if let Some(review) = front.and_then(|front| front.review.as_ref()) {
        return match review.value {
            Review::Every(interval) => ReviewRule::Every(interval),
            Review::Next(date) => ReviewRule::Next(date),
        };
    }
    let default_review = defaults.iter().find_map(|rule| rule.review);
    let of_items = || front.and_then(|front| shortest_item_interval(standards, front));
    if let Some(interval) = default_review.or_else(of_items) {
        return ReviewRule::Every(interval);
    }
    match settings.find_type(kind).map(|kind| kind.review) {
        Some(crate::config::TypeReview::Never) => ReviewRule::Never,
        Some(crate::config::TypeReview::Every(interval)) => ReviewRule::Every(interval),
        Some(crate::config::TypeReview::Handbook) | None => ReviewRule::Every(settings.review),
    }
}

/// The shortest interval suggested for the items that a dated document provides, because it must satisfy the most
/// demanding of them.
fn shortest_item_interval(standards: &Standards, front: &FrontMatter) -> Option<Interval> {
    front.date.as_ref()?;
    let months = front.provides.iter().filter_map(|item| {
        let key = standards.item(&item.value)?;
        standards.item_at(key).suggested_interval_months
    });
    months.min().map(Interval::Months)
}
