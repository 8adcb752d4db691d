//! Interface texts that rendered Markdown needs beside the author's words.

use super::theme::Labels;
use crate::html::escape;
use crate::markdown::Phrase;

/// All phrases, escaped for HTML. They are looked up once because documents contain many.
#[derive(Debug)]
pub(super) struct Phrases(Vec<(Phrase, String)>);

impl Phrases {
    /// The phrases in the portal's language.
    pub(super) fn new(labels: &Labels) -> Phrases {
        let escaped = |phrase| {
            let mut text = String::new();
            escape(&mut text, labels.text(label(phrase)));
            (phrase, text)
        };
        Phrases(Phrase::ALL.map(escaped).into())
    }

    /// A phrase, escaped for attribute values.
    pub(super) fn escaped(&self, phrase: Phrase) -> &str {
        self.0.iter().find(|(key, _)| *key == phrase).map_or("", |(_, text)| text)
    }
}

/// The key of a phrase's label.
pub(super) fn label(phrase: Phrase) -> &'static str {
    match phrase {
        Phrase::Note => "phrase.note",
        Phrase::Tip => "phrase.tip",
        Phrase::Important => "phrase.important",
        Phrase::Warning => "phrase.warning",
        Phrase::Caution => "phrase.caution",
        Phrase::SectionLink => "phrase.section_link",
        Phrase::Table => "phrase.table",
        Phrase::TaskDone => "phrase.task_done",
        Phrase::TaskOpen => "phrase.task_open",
        Phrase::Footnotes => "phrase.footnotes",
        Phrase::FootnoteBack => "phrase.footnote_back",
        Phrase::Flowchart => "phrase.flowchart",
        Phrase::States => "phrase.states",
        Phrase::Sequence => "phrase.sequence",
        Phrase::Entities => "phrase.entities",
        Phrase::Classes => "phrase.classes",
        Phrase::Pie => "phrase.pie",
        Phrase::Gantt => "phrase.gantt",
        Phrase::Timeline => "phrase.timeline",
        Phrase::DiagramSource => "phrase.diagram_source",
        Phrase::NotDrawn => "phrase.not_drawn",
    }
}
