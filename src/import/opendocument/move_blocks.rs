//! Moves blocks that pandoc would drop where they are to the end of the text: lists, headings and tables in cells and
//! notes, and tables in lists. Rows of a table's head are marked, because pandoc reads no head.

use quick_xml::events::Event;

use super::super::xml::each_event;
use super::marks::Mark;

/// The maximum nesting depth of moved blocks. Blocks below it stay where they are, and are reported if pandoc drops
/// them.
const MAX_DEPTH: usize = 24;

/// Returns the text with all blocks moved, or `None` if there are none, or it cannot be read.
pub(super) fn move_blocks(xml: &str) -> Option<String> {
    let mut mover = Mover { out: String::with_capacity(xml.len()), ..Mover::default() };
    each_event(xml, |event, raw| {
        match event {
            Event::Start(tag) => mover.start(kind(tag.name().as_ref()), raw),
            Event::Empty(tag) => mover.empty(kind(tag.name().as_ref()), raw),
            Event::End(_) => mover.end(raw),
            _ => mover.out.push_str(raw),
        }
        Some(())
    })?;
    mover.has_changed.then_some(mover.out)
}

/// The elements that matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Paragraph,
    Heading,
    List,
    ListItem,
    Table,
    HeaderRows,
    Row,
    Cell,
    NoteBody,
    Other,
}

fn kind(element: &str) -> Kind {
    match element {
        "office:text" => Kind::Text,
        "text:p" => Kind::Paragraph,
        "text:h" => Kind::Heading,
        "text:list" => Kind::List,
        "text:list-item" | "text:list-header" => Kind::ListItem,
        "table:table" => Kind::Table,
        "table:table-header-rows" => Kind::HeaderRows,
        "table:table-row" => Kind::Row,
        "table:table-cell" => Kind::Cell,
        "text:note-body" => Kind::NoteBody,
        _ => Kind::Other,
    }
}

/// Whether pandoc reads a block in its container.
fn is_read(container: Kind, block: Kind) -> bool {
    !matches!(
        (container, block),
        (Kind::Cell | Kind::NoteBody, Kind::Heading | Kind::List | Kind::Table) | (Kind::ListItem, Kind::Table)
    )
}

struct Open {
    kind: Kind,
    /// The length of the output after its tag, in bytes.
    start: usize,
    has_unread_blocks: bool,
}

#[derive(Default)]
struct Mover {
    out: String,
    open: Vec<Open>,
    moved: Vec<String>,
    depth: usize,
    has_changed: bool,
}

impl Mover {
    fn start(&mut self, kind: Kind, raw: &str) {
        if let Some(parent) = self.open.last_mut() {
            parent.has_unread_blocks |= !is_read(parent.kind, kind);
        }
        if kind == Kind::HeaderRows {
            self.has_changed = true;
        } else {
            self.out.push_str(raw);
        }
        if kind == Kind::Cell && self.is_in_head() {
            self.out += &Mark::Head.paragraph();
        }
        self.depth += usize::from(is_container(kind));
        self.open.push(Open { kind, start: self.out.len(), has_unread_blocks: false });
    }

    fn empty(&mut self, kind: Kind, raw: &str) {
        if kind == Kind::Cell && self.is_in_head() {
            self.has_changed = true;
            self.out += &format!("<table:table-cell>{}</table:table-cell>", Mark::Head.paragraph());
        } else if kind != Kind::HeaderRows {
            self.out.push_str(raw);
        }
    }

    /// Whether the open element is a row of a table's head.
    fn is_in_head(&self) -> bool {
        matches!(self.open.as_slice(), [.., above, row] if row.kind == Kind::Row && above.kind == Kind::HeaderRows)
    }

    fn end(&mut self, raw: &str) {
        let Some(Open { kind, start, has_unread_blocks }) = self.open.pop() else { return self.out.push_str(raw) };
        if has_unread_blocks && self.depth <= MAX_DEPTH {
            let blocks = self.out.split_off(start);
            let mark = Mark::Blocks(self.moved.len()).paragraph();
            self.out.push_str(&mark);
            self.moved.push(format!("{mark}{blocks}"));
            self.has_changed = true;
        }
        self.depth -= usize::from(is_container(kind));
        match kind {
            Kind::HeaderRows => return,
            Kind::Text if !self.moved.is_empty() => {
                self.out += &Mark::End.paragraph();
                self.out += &self.moved.concat();
            }
            _ => {}
        }
        self.out.push_str(raw);
    }
}

fn is_container(kind: Kind) -> bool {
    matches!(kind, Kind::Cell | Kind::NoteBody | Kind::ListItem)
}
