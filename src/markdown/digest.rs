//! The content of a text without its layout, in a form that can be hashed.
//!
//! Two texts have one digest when they differ only in wrapping, in white space, in line ends, or in the choice among
//! several spellings of one thing: bullets, code fences, heading marks, links by reference. Words, numbers, code, links,
//! claims, order, and kinds and levels of blocks all count; emphasis does not.

/// Begins a mark. The byte never occurs in UTF-8, so no text can look like a mark.
const MARK: u8 = 0xFF;

/// Separates versions of the form in which links are what is written; to be raised whenever the form changes, for then
/// every digest changes.
const WRITTEN_FORM: &[u8] = b"clausebook text 1";

/// The same for the form without the targets of links.
const RENDERED_FORM: &[u8] = b"clausebook text 2";

/// What a mark stands for.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    Alert,
    Cell,
    Checked,
    Claim,
    CodeBlock,
    Definition,
    End,
    Footnote,
    Heading,
    Image,
    InlineCode,
    Item,
    Link,
    List,
    OrderedList,
    Paragraph,
    Quote,
    RawTag,
    Row,
    Rule,
    Strike,
    Table,
    Term,
    Unchecked,
}

/// Where the target of a link is in the content, and the number of the link.
#[derive(Clone, Copy)]
struct Target {
    start: usize,
    end: usize,
    link: u32,
}

/// The digests of a text, and the links that one of them leaves to whoever knows what they lead to.
pub(super) struct TextDigests {
    /// Of the text as it is written.
    pub(super) written: [u8; 32],
    /// Of the text without the targets of its links.
    pub(super) rendered: [u8; 32],
    /// The links whose targets are left out, in the order of the text.
    pub(super) links: Vec<u32>,
}

/// Normalised content under construction.
#[derive(Default)]
pub(super) struct Content {
    bytes: Vec<u8>,
    targets: Vec<Target>,
    in_text: bool,
    space: bool,
    after_ideograph: bool,
}

impl Content {
    /// Makes room for so many bytes.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.bytes.reserve(bytes);
    }

    /// Begins or ends a block: white space around it does not matter.
    pub(super) fn block(&mut self, mark: Mark) {
        self.mark(mark);
        self.in_text = false;
        self.space = false;
    }

    /// Keeps a paragraph apart from text before it. Nothing is needed after any other block, so that a list reads
    /// the same with and without empty lines between its items.
    pub(super) fn paragraph(&mut self) {
        if self.in_text {
            self.block(Mark::Paragraph);
        }
    }

    /// A mark within text.
    pub(super) fn inline(&mut self, mark: Mark) {
        self.flush_space("");
        self.mark(mark);
        self.in_text = true;
        self.after_ideograph = false;
    }

    /// What belongs to the mark before it: a target, a number.
    pub(super) fn argument(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(MARK);
        self.bytes.push(Mark::End as u8);
    }

    /// Where a link leads, which belongs to the mark before it.
    pub(super) fn target(&mut self, link: usize, target: &str) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(target.as_bytes());
        let end = self.bytes.len();
        self.targets.push(Target { start, end, link: u32::try_from(link).unwrap_or(u32::MAX) });
        self.argument("");
    }

    /// White space between words.
    pub(super) fn space(&mut self) {
        self.space = self.in_text;
    }

    /// Running text, its white space collapsed.
    pub(super) fn words(&mut self, text: &str) {
        let Some(last) = text.as_bytes().last() else { return };
        if text.as_bytes()[0].is_ascii_whitespace() {
            self.space();
        }
        if is_even(text.as_bytes()) {
            // Nothing to collapse inside.
            self.word(text.trim_ascii());
        } else {
            for word in text.split_ascii_whitespace() {
                self.word(word);
                self.space = true;
            }
        }
        self.space = self.in_text && last.is_ascii_whitespace();
    }

    fn word(&mut self, word: &str) {
        if !word.is_empty() {
            self.flush_space(word);
            self.bytes.extend_from_slice(word.as_bytes());
            self.in_text = true;
            self.after_ideograph = !word.is_ascii() && word.ends_with(is_ideograph);
        }
    }

    /// Writes the space that was put off, except between ideographs, where wrapping a line is all that makes one.
    fn flush_space(&mut self, next: &str) {
        let between = self.after_ideograph && next.starts_with(is_ideograph);
        if self.space && !between {
            self.bytes.push(b' ');
        }
        self.space = false;
    }

    /// A block of code, without white space at the ends of its lines.
    pub(super) fn code_block(&mut self, code: &str) {
        self.block(Mark::CodeBlock);
        for line in code.trim_end().split('\n') {
            self.bytes.extend_from_slice(line.trim_ascii_end().as_bytes());
            self.bytes.push(b'\n');
        }
        self.block(Mark::End);
    }

    fn mark(&mut self, mark: Mark) {
        self.bytes.push(MARK);
        self.bytes.push(mark as u8);
    }

    /// The digests of this content and of the footnotes that belong to it.
    pub(super) fn digests<'c>(&self, footnotes: impl Iterator<Item = &'c Content>) -> TextDigests {
        // Hashed in one go, which is faster than many small ones.
        let (mut written, mut rendered) = (WRITTEN_FORM.to_vec(), RENDERED_FORM.to_vec());
        let mut links = Vec::with_capacity(self.targets.len());
        let mut add = |content: &Content| {
            written.extend_from_slice(&content.bytes);
            content.add_rendered(&mut rendered);
            links.extend(content.targets.iter().map(|target| target.link));
        };
        let begin = Content { bytes: vec![MARK, Mark::Footnote as u8], ..Content::default() };
        add(self);
        for footnote in footnotes {
            add(&begin);
            add(footnote);
        }
        let (written, rendered) = (*blake3::hash(&written).as_bytes(), *blake3::hash(&rendered).as_bytes());
        TextDigests { written, rendered, links }
    }

    /// Everything but the targets of links.
    fn add_rendered(&self, rendered: &mut Vec<u8>) {
        rendered.reserve(self.bytes.len());
        let mut done = 0;
        for target in &self.targets {
            rendered.extend_from_slice(&self.bytes[done..target.start]);
            done = target.end;
        }
        rendered.extend_from_slice(&self.bytes[done..]);
    }
}

/// Whether a text is ASCII whose only white space is single spaces: nearly always, and quickly told.
fn is_even(text: &[u8]) -> bool {
    let pairs = text.iter().zip(text.iter().skip(1));
    let uneven = pairs.fold(false, |uneven, (one, next)| uneven | (*one == b' ' && *next == b' '));
    let other = text.iter().fold(false, |other, byte| other | (*byte < b' ') | (*byte >= 0x80));
    !uneven && !other
}

/// Scripts that are written without spaces: kana and Chinese characters, with their punctuation.
fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}
