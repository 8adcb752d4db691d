//! The facts about an entry, rendered like the component `facts`.

use super::escape::text;
use super::items::Writer;
use super::layout::BuiltInRenderer;
use crate::site::model::AuditFact;
use crate::site::theme::html::Html;

/// The approximate size of a fact in bytes.
const TYPICAL_FACT_BYTES: usize = 200;

impl BuiltInRenderer {
    /// Renders facts on a page with the relative path `root` to the site's root.
    pub(super) fn facts(&self, facts: &[(String, AuditFact)], root: &str) -> Html {
        let out = String::with_capacity(facts.len() * TYPICAL_FACT_BYTES);
        let mut writer = Writer { layout: self, root: &text(root), out };
        for (label, fact) in facts {
            writer.out.extend(["<div><dt>", &text(label), "</dt><dd>"]);
            writer.value(fact);
            writer.out.push_str("</dd></div>");
        }
        Html::new(&writer.out)
    }
}

impl Writer<'_> {
    fn value(&mut self, fact: &AuditFact) {
        self.out.push_str(&text(&fact.text));
        match (fact.day, fact.until.filter(|until| fact.day != Some(*until))) {
            (Some(day), Some(until)) => {
                self.out.push_str("<bdi>");
                self.day(day);
                self.out.extend([" ", &self.layout.until, " "]);
                self.day(until);
                self.out.push_str("</bdi>");
            }
            (day, _) => day.into_iter().for_each(|day| self.day(day)),
        }
        self.separated(&fact.links, |writer, link| writer.link(&link.text, &link.url));
    }
}
