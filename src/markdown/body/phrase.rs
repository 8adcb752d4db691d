//! Words of ours that a text's HTML needs.

/// A word that a text's HTML needs and its author did not write.
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
    /// Names the link at a heading; the heading's text follows.
    SectionLink,
    /// Names a table; its number follows.
    Table,
    /// Names a ticked box of a task list.
    TaskDone,
    /// Names an open box of a task list.
    TaskOpen,
    /// Names the section of footnotes.
    Footnotes,
    /// Names the link from a footnote back to its place; the footnote's number follows.
    FootnoteBack,
    /// Names a flow chart; what stands in it follows.
    Flowchart,
    /// Names a diagram of states; their names follow.
    States,
    /// Names a sequence diagram; who takes part follows.
    Sequence,
    /// Names a diagram of entities; their names follow.
    Entities,
    /// Names a diagram of classes; their names follow.
    Classes,
    /// Names a pie chart; its shares follow.
    Pie,
    /// Names a Gantt chart; its tasks follow.
    Gantt,
    /// Names a timeline; its periods follow.
    Timeline,
    /// Opens the text that a diagram is drawn from.
    DiagramSource,
    /// Stands above the text of a diagram that cannot be drawn.
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
