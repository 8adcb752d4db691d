//! Phrases of the interface that appear in the HTML of a text.

/// A phrase in the HTML of a text that its author did not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phrase {
    /// Title of a note.
    Note,
    /// Title of a tip.
    Tip,
    /// Title of an important remark.
    Important,
    /// Title of a warning.
    Warning,
    /// Title of a call for caution.
    Caution,
    /// Name of the link at a heading, followed by the heading's text.
    SectionLink,
    /// Name of a table, followed by its number.
    Table,
    /// Name of a ticked checkbox in a task list.
    TaskDone,
    /// Name of an empty checkbox in a task list.
    TaskOpen,
    /// Name of the footnotes section.
    Footnotes,
    /// Name of the link from a footnote back to its reference, followed by the footnote's number.
    FootnoteBack,
    /// Name of a flow chart, followed by the names of its nodes.
    Flowchart,
    /// Name of a state diagram, followed by the names of its states.
    States,
    /// Name of a sequence diagram, followed by its participants.
    Sequence,
    /// Name of an entity-relationship diagram, followed by its entities.
    Entities,
    /// Name of a class diagram, followed by its classes.
    Classes,
    /// Name of a pie chart, followed by its shares.
    Pie,
    /// Name of a Gantt chart, followed by its tasks.
    Gantt,
    /// Name of a timeline, followed by its periods.
    Timeline,
    /// Label of the element that opens the source of a diagram.
    DiagramSource,
    /// Caption of a diagram that cannot be drawn.
    NotDrawn,
}

impl Phrase {
    /// Every phrase.
    pub const ALL: [Phrase; 21] = [
        Phrase::Note,
        Phrase::Tip,
        Phrase::Important,
        Phrase::Warning,
        Phrase::Caution,
        Phrase::SectionLink,
        Phrase::Table,
        Phrase::TaskDone,
        Phrase::TaskOpen,
        Phrase::Footnotes,
        Phrase::FootnoteBack,
        Phrase::Flowchart,
        Phrase::States,
        Phrase::Sequence,
        Phrase::Entities,
        Phrase::Classes,
        Phrase::Pie,
        Phrase::Gantt,
        Phrase::Timeline,
        Phrase::DiagramSource,
        Phrase::NotDrawn,
    ];

    /// The English words.
    pub fn english(self) -> &'static str {
        match self {
            Phrase::Note => "Note",
            Phrase::Tip => "Tip",
            Phrase::Important => "Important",
            Phrase::Warning => "Warning",
            Phrase::Caution => "Caution",
            Phrase::SectionLink => "Link to this section",
            Phrase::Table => "Table",
            Phrase::TaskDone => "Done",
            Phrase::TaskOpen => "Open",
            Phrase::Footnotes => "Footnotes",
            Phrase::FootnoteBack => "Back to reference",
            Phrase::Flowchart => "Flow chart",
            Phrase::States => "Diagram of states",
            Phrase::Sequence => "Sequence diagram",
            Phrase::Entities => "Entity diagram",
            Phrase::Classes => "Class diagram",
            Phrase::Pie => "Pie chart",
            Phrase::Gantt => "Gantt chart",
            Phrase::Timeline => "Timeline",
            Phrase::DiagramSource => "The diagram as text",
            Phrase::NotDrawn => "This diagram could not be drawn",
        }
    }
}
