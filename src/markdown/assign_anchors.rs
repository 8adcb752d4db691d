//! Assigns the anchors of a text: those chosen by the author come first, and duplicates are reported.

use std::collections::HashMap;

use super::anchor::{Anchors, RawAnchor, slug};
use super::reader::Reader;
use crate::finding::{Problem, reading};
use crate::place::Span;

/// The element with a chosen anchor.
#[derive(Clone, Copy)]
enum Owner {
    Heading(usize),
    Raw(usize),
}

/// A chosen anchor.
struct ChosenAnchor {
    owner: Owner,
    anchor: String,
    span: Span,
}

/// Whether an anchor is reserved for the parts of our own pages and for footnotes.
fn is_reserved(anchor: &str) -> bool {
    anchor.starts_with('~') || anchor.starts_with("fn:") || anchor.starts_with("fnref:")
}

impl Reader<'_> {
    /// Assigns the anchors chosen by the author, in order, and reports those that cannot be assigned.
    pub(super) fn assign_chosen(&mut self, anchors: &mut Anchors) {
        let mut given: HashMap<String, Span> = HashMap::new();
        for choice in self.chosen_anchors() {
            if is_reserved(&choice.anchor) {
                let message = format!("the anchor `#{}` is reserved for the page itself", choice.anchor);
                self.add_problem(reading::DUPLICATE_ANCHOR, choice.span, message, "choose another anchor");
                self.assign_fallback(&choice, anchors);
            } else if let Some(first) = given.get(&choice.anchor).copied() {
                self.report_duplicate(&choice, first);
                self.assign_fallback(&choice, anchors);
            } else {
                given.insert(choice.anchor.clone(), choice.span);
                self.assign_anchor(&choice, anchors);
            }
        }
        self.report_derived(&given);
        for raw in self.raw_anchors.iter_mut().filter(|raw| raw.is_generated && !raw.requested.is_empty()) {
            let id = anchors.unique(&raw.requested);
            self.body.anchors.others.push(id.clone());
            raw.id = Some(id);
        }
    }

    /// All chosen anchors, in source order.
    fn chosen_anchors(&mut self) -> Vec<ChosenAnchor> {
        let derived = self.derived_anchors();
        let headings = self.body.headings.iter().enumerate();
        let mut choices: Vec<ChosenAnchor> = headings
            .filter_map(|(number, heading)| {
                let anchor = self.headings.chosen_anchor(number)?.to_owned();
                Some(ChosenAnchor { owner: Owner::Heading(number), anchor, span: heading.span })
            })
            .collect();
        for (number, raw) in self.raw_anchors.iter().enumerate() {
            // An anchor at a heading that has the same anchor anyway is redundant.
            let at_heading = derived.get(&raw.requested).is_some_and(|number| self.is_at_heading(raw, *number));
            if !at_heading && !raw.is_generated {
                choices.push(ChosenAnchor { owner: Owner::Raw(number), anchor: raw.requested.clone(), span: raw.span });
            }
        }
        choices.sort_by_key(|choice| choice.span.start);
        choices
    }

    /// The first heading for each anchor derived from a heading's text.
    fn derived_anchors(&self) -> HashMap<String, usize> {
        let mut derived = HashMap::new();
        if self.raw_anchors.is_empty() {
            return derived;
        }
        for number in 0..self.body.headings.len() {
            if let Some(anchor) = self.headings.derived_anchor(number) {
                derived.entry(anchor.to_owned()).or_insert(number);
            }
        }
        derived
    }

    /// Whether there is no text between an anchor and the heading after it.
    fn is_at_heading(&self, raw: &RawAnchor, number: usize) -> bool {
        let Some(heading) = self.body.headings.get(number) else { return false };
        let is_inside = heading.span.start <= raw.span.start && raw.span.start < heading.span.end;
        let between = self.running.text.get(raw.text as usize..self.headings.text_start(number) as usize);
        is_inside || between.is_some_and(|text| text.trim().is_empty())
    }

    fn assign_anchor(&mut self, choice: &ChosenAnchor, anchors: &mut Anchors) {
        let id = anchors.unique(&choice.anchor);
        match choice.owner {
            Owner::Heading(number) => self.body.headings[number].id = id,
            Owner::Raw(number) => {
                self.body.anchors.others.push(id.clone());
                self.raw_anchors[number].id = Some(id);
            }
        }
    }

    /// Falls back to another anchor, because a heading always needs one.
    fn assign_fallback(&mut self, choice: &ChosenAnchor, anchors: &mut Anchors) {
        if let Owner::Heading(number) = choice.owner {
            let requested = if is_reserved(&choice.anchor) {
                slug(&self.body.headings[number].text)
            } else {
                choice.anchor.clone()
            };
            self.body.headings[number].id = anchors.unique(&requested);
        }
    }

    fn report_duplicate(&mut self, choice: &ChosenAnchor, first: Span) {
        let message =
            format!("the anchor `#{}` is chosen a second time, so links to it lead to the first place", choice.anchor);
        let problem = Problem::new(reading::DUPLICATE_ANCHOR, self.source.place(choice.span), message)
            .related(self.source.place(first), "the first place with this anchor")
            .help("choose another anchor for one of them, and correct the links");
        self.body.problems.push(problem);
    }

    /// Reports headings whose derived anchor was chosen elsewhere.
    fn report_derived(&mut self, chosen: &HashMap<String, Span>) {
        for number in 0..self.body.headings.len() {
            let Some((made, first)) = self.headings.derived_anchor(number).and_then(|made| chosen.get_key_value(made))
            else {
                continue;
            };
            let message =
                format!("links to `#{made}` do not lead to this heading, because another place has chosen that anchor");
            let problem =
                Problem::new(reading::DUPLICATE_ANCHOR, self.source.place(self.body.headings[number].span), message)
                    .related(self.source.place(*first), "the place with this anchor")
                    .help("choose another anchor for one of them: `## Scope {#scope-of-changes}`");
            self.body.problems.push(problem);
        }
    }
}
