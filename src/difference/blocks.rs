//! Splitting of Markdown into the blocks that people see change: paragraphs, list items, table rows and lines of code.

/// A range of lines of a text, with the empty lines after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block<'t> {
    /// The kind of block.
    pub(crate) kind: BlockKind,
    /// The text as written.
    pub(crate) text: &'t str,
}

/// The kind of a block, judged by its first line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum BlockKind {
    /// A heading of this level.
    Heading(u8),
    /// Lines of running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
    /// A line of code.
    Code,
    /// A key of front matter with its value, or a line around them.
    Key,
}

impl<'t> Block<'t> {
    /// The trimmed text.
    pub(crate) fn content(&self) -> &'t str {
        self.text.trim()
    }

    /// Whether it is the delimiter row under the header of a table.
    pub(crate) fn is_delimiter(&self) -> bool {
        let content = self.content();
        self.kind == BlockKind::Row && content.contains('-') && content.chars().all(|c| "|-: \t".contains(c))
    }

    /// The key by which blocks are compared: wrapping does not matter, indentation does.
    pub(super) fn comparison_key(&self) -> (BlockKind, usize, String) {
        if self.kind == BlockKind::Code {
            return (self.kind, 0, self.text.trim_end().to_owned());
        }
        let indent = self.text.len() - self.text.trim_start_matches([' ', '\t']).len();
        (self.kind, indent, self.text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// Splits a text into blocks, which together make up the whole text. Front matter comes first, with a block for each
/// key.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut splitter =
        Splitter { text, start: 0, at: 0, kind: None, fence: None, is_finished: false, blocks: Vec::new() };
    let mut lines = text.split_inclusive('\n').peekable();
    let is_front = lines.peek().is_some_and(|line| line.trim_start_matches('\u{feff}').trim_end() == "---");
    let mut front = if is_front { FrontMatterState::Opening } else { FrontMatterState::After };
    for line in lines {
        match front {
            FrontMatterState::After => splitter.add_line(line),
            _ => splitter.add_front_line(line, &mut front),
        }
        splitter.at += line.len();
    }
    splitter.end();
    splitter.blocks
}

/// The position relative to front matter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FrontMatterState {
    Opening,
    Inside,
    After,
}

struct Splitter<'t> {
    text: &'t str,
    /// The offset at which the block began, in bytes.
    start: usize,
    /// The offset at which the line begins, in bytes.
    at: usize,
    kind: Option<BlockKind>,
    /// The fence that ends a code block.
    fence: Option<(char, usize)>,
    /// Whether an empty line followed the block.
    is_finished: bool,
    blocks: Vec<Block<'t>>,
}

impl Splitter<'_> {
    fn add_front_line(&mut self, line: &str, front: &mut FrontMatterState) {
        let is_fence = matches!(line.trim_end(), "---" | "...") || *front == FrontMatterState::Opening;
        let begins = is_fence || !(line.starts_with([' ', '\t', '-', '#', ']', '}']) || line.trim().is_empty());
        if begins {
            self.begin(BlockKind::Key);
        }
        *front = if is_fence && *front == FrontMatterState::Inside {
            FrontMatterState::After
        } else {
            FrontMatterState::Inside
        };
        self.is_finished |= *front == FrontMatterState::After;
    }

    fn add_line(&mut self, line: &str) {
        let trimmed = line.trim();
        if let Some((mark, length)) = self.fence {
            self.begin(BlockKind::Code);
            if run_length(trimmed, mark) >= length && trimmed.trim_start_matches(mark).is_empty() {
                self.fence = None;
                self.is_finished = true;
            }
            return;
        }
        if trimmed.is_empty() {
            self.is_finished = true;
            return;
        }
        self.fence =
            ['`', '~'].into_iter().map(|mark| (mark, run_length(trimmed, mark))).find(|(_, length)| *length >= 3);
        let kind = match self.fence {
            Some(_) => BlockKind::Code,
            None => kind(trimmed),
        };
        let goes_on = kind == BlockKind::Paragraph
            && !self.is_finished
            && matches!(self.kind, Some(BlockKind::Paragraph | BlockKind::Item));
        if !goes_on {
            self.begin(kind);
        }
    }

    /// Ends the previous block, and begins another one at this line.
    fn begin(&mut self, kind: BlockKind) {
        self.end();
        self.kind = Some(kind);
        self.is_finished = false;
    }

    fn end(&mut self) {
        if self.at > self.start {
            let kind = self.kind.unwrap_or(BlockKind::Paragraph);
            self.blocks.push(Block { kind, text: &self.text[self.start..self.at] });
        }
        self.start = self.at;
    }
}

fn run_length(line: &str, mark: char) -> usize {
    line.chars().take_while(|c| *c == mark).count()
}

/// The kind of block that a line begins, if it is neither empty nor code.
fn kind(line: &str) -> BlockKind {
    let level = run_length(line, '#');
    let after = |count: usize| line[count..].starts_with([' ', '\t']) || line.len() == count;
    if (1..=6).contains(&level) && after(level) {
        return BlockKind::Heading(level as u8);
    }
    if line.starts_with('|') {
        return BlockKind::Row;
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_numbered = (1..=9).contains(&digits) && line[digits..].starts_with(['.', ')']) && after(digits + 1);
    if is_numbered || (line.starts_with(['-', '*', '+']) && after(1)) { BlockKind::Item } else { BlockKind::Paragraph }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_split_where_people_see_blocks() {
        let text = "---\nid: X\nchanges:\n- version: 1\n  by: A\n---\n\n# One\nText that\ngoes on.\n\n- item\n  more\n- other\n\n\
                    | a | b |\n|---|---|\n| 1 | 2 |\n```sh\nls\n\nls -l\n```\nEnd";
        let blocks = blocks(text);
        let shown: Vec<(BlockKind, &str)> = blocks.iter().map(|block| (block.kind, block.content())).collect();
        use BlockKind::{Code, Heading, Item, Key, Paragraph, Row};
        assert_eq!(
            shown,
            [
                (Key, "---"),
                (Key, "id: X"),
                (Key, "changes:\n- version: 1\n  by: A"),
                (Key, "---"),
                (Heading(1), "# One"),
                (Paragraph, "Text that\ngoes on."),
                (Item, "- item\n  more"),
                (Item, "- other"),
                (Row, "| a | b |"),
                (Row, "|---|---|"),
                (Row, "| 1 | 2 |"),
                (Code, "```sh"),
                (Code, "ls"),
                (Code, ""),
                (Code, "ls -l"),
                (Code, "```"),
                (Paragraph, "End"),
            ]
        );
        assert_eq!(blocks.iter().map(|block| block.text).collect::<String>(), text);
        assert!(blocks[9].is_delimiter() && !blocks[8].is_delimiter());
    }
}
