//! The content of a text without its layout, in a form suitable for hashing.
//!
//! Two texts have the same digest if they differ only in line breaks, white space or alternative spellings of the same
//! markup: bullets, code fences, heading styles, links by reference. Words, numbers, code, links, claims, order, and
//! the kinds and levels of blocks all count; emphasis does not.

mod edits;

use crate::text::is_blank;
use edits::Edits;

/// Introduces a mark. The byte never occurs in UTF-8, so no text can be confused with a mark.
const MARK: u8 = 0xFF;

/// Version of the form that includes link targets as written. Increment it whenever the form changes, because every
/// digest changes then.
const WRITTEN_FORM: &[u8] = b"clausebook text 1";

/// Version of the form without link targets.
const RENDERED_FORM: &[u8] = b"clausebook text 2";

/// The meaning of a mark.
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

/// The position of a link target in the content, and the number of the link.
#[derive(Clone, Copy)]
struct Target {
    start: usize,
    end: usize,
    link: u32,
}

/// The digests of a text, and the links whose targets one of them leaves out.
pub(super) struct TextDigests {
    /// Digest of the text as written.
    pub(super) source: [u8; 32],
    /// Digest of the text without link targets.
    pub(super) rendered: [u8; 32],
    /// Like `rendered`, with words and lines separated as displayed, and without claims; `None` if equal to it.
    pub(super) resolved: Option<Box<[u8; 32]>>,
    /// The links whose targets are left out, in text order.
    pub(super) links: Vec<u32>,
}

/// Normalized content under construction.
#[derive(Default)]
pub(super) struct DigestContent {
    bytes: Vec<u8>,
    targets: Vec<Target>,
    edits: Edits,
    in_text: bool,
    has_pending_space: bool,
    /// Whether a block of HTML started or ended after the last word.
    boundary: bool,
    after_ideograph: bool,
    /// Whether the last letter was an ideograph, ignoring any marks after it.
    near_ideograph: bool,
    /// Position of a space written after an ideograph and before marks.
    ideograph_space: Option<usize>,
    /// Whether preformatted text is open, whose white space is displayed as written.
    is_verbatim: bool,
}

impl DigestContent {
    /// Reserves capacity for at least `bytes` more bytes.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.bytes.reserve(bytes);
    }

    /// Starts or ends a block; white space around it is ignored.
    pub(super) fn block(&mut self, mark: Mark) {
        self.trim_block_end();
        self.mark(mark);
        self.in_text = false;
        self.has_pending_space = false;
        self.boundary = false;
    }

    /// Starts or ends a block of HTML that only affects layout and merely separates words.
    pub(super) fn boundary(&mut self) {
        self.trim_block_end();
        self.boundary = self.in_text;
    }

    /// Drops white space and invisible characters at the end of a block, and a paragraph that has nothing else.
    pub(super) fn trim_block_end(&mut self) {
        let Some(last) = self.bytes.last().filter(|last| !last.is_ascii()) else { return };
        if *last == MARK {
            return;
        }
        let text = self.bytes.iter().rposition(|byte| *byte == MARK).map_or(0, |mark| mark + 2);
        let Some(Ok(words)) = self.bytes.get(text..).map(std::str::from_utf8) else { return };
        let end = text + words.trim_end_matches(is_blank).len();
        let is_paragraph = self.bytes.get(text.saturating_sub(2)..text) == Some(&[MARK, Mark::Paragraph as u8]);
        let start = if end == text && is_paragraph { text - 2 } else { end };
        self.edits.remove(start..self.bytes.len());
    }

    /// Separates a paragraph from text before it. After any other block no mark is needed, so that a list gives the
    /// same content with and without blank lines between its items.
    pub(super) fn paragraph(&mut self) {
        if self.in_text {
            self.block(Mark::Paragraph);
        }
    }

    /// Adds a mark within text.
    pub(super) fn inline(&mut self, mark: Mark) {
        self.flush_space("");
        self.mark(mark);
        self.in_text = true;
        self.after_ideograph = false;
    }

    /// Adds a claim of a heading, which only the whole handbook can resolve.
    pub(super) fn claim(&mut self, claim: &str) {
        self.inline(Mark::Claim);
        let start = self.bytes.len();
        self.argument(claim);
        self.edits.remove(start..self.bytes.len());
    }

    /// Adds preformatted text, whose white space is displayed as written.
    pub(super) fn verbatim(&mut self, text: &str) {
        let start = self.bytes.len();
        self.words(text);
        let text = if self.is_verbatim { text } else { text.strip_prefix('\n').unwrap_or(text) };
        let (lines, last) = text.rsplit_once('\n').map_or(("", text), |(lines, last)| (lines, last));
        let mut trimmed = String::with_capacity(text.len());
        for line in lines.split('\n').filter(|_| lines.len() + last.len() < text.len()) {
            trimmed.push_str(line.trim_ascii_end());
            trimmed.push('\n');
        }
        trimmed.push_str(last);
        self.edits.replace(start..self.bytes.len(), &trimmed, &self.bytes);
        (self.is_verbatim, self.ideograph_space) = (true, None);
    }

    /// Ends preformatted text.
    pub(super) fn end_verbatim(&mut self) {
        if std::mem::take(&mut self.is_verbatim) {
            self.edits.trim_last(self.bytes.len());
            let end = self.bytes.len();
            self.flush_space("");
            self.edits.remove(end..self.bytes.len());
        }
    }

    /// Adds an argument of the preceding mark, for example a title or a number.
    pub(super) fn argument(&mut self, text: &str) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(text.as_bytes());
        if text.contains(char::is_whitespace) {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            self.edits.replace(start..self.bytes.len(), &words, &self.bytes);
        }
        self.bytes.push(MARK);
        self.bytes.push(Mark::End as u8);
    }

    /// Adds the target of a link, which belongs to the preceding mark.
    pub(super) fn target(&mut self, link: usize, target: &str) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(target.as_bytes());
        let end = self.bytes.len();
        self.targets.push(Target { start, end, link: u32::try_from(link).unwrap_or(u32::MAX) });
        self.argument("");
    }

    /// Adds white space between words.
    pub(super) fn space(&mut self) {
        self.has_pending_space = self.in_text;
    }

    /// Adds running text with its white space collapsed.
    pub(super) fn words(&mut self, text: &str) {
        let Some(last) = text.as_bytes().last() else { return };
        if text.as_bytes()[0].is_ascii_whitespace() {
            self.space();
        }
        if is_simple(text.as_bytes()) {
            // There is nothing to collapse inside.
            self.word(text.trim_ascii());
        } else {
            for word in text.split_ascii_whitespace() {
                self.word(word);
                self.has_pending_space = true;
            }
        }
        self.has_pending_space = self.in_text && last.is_ascii_whitespace();
    }

    fn word(&mut self, word: &str) {
        if !word.is_empty() {
            self.flush_space(word);
            let between = self.ideograph_space.take().filter(|_| word.starts_with(is_ideograph));
            if let Some(space) = between {
                self.edits.remove(space..space + 1);
            }
            self.bytes.extend_from_slice(word.as_bytes());
            self.in_text = true;
            self.after_ideograph = !word.is_ascii() && word.ends_with(is_ideograph);
            self.near_ideograph = self.after_ideograph;
        }
    }

    /// Writes the pending space, unless it is between ideographs, where only a line break in the source produces one.
    fn flush_space(&mut self, next: &str) {
        let between = self.after_ideograph && next.starts_with(is_ideograph);
        if self.has_pending_space && !between {
            self.ideograph_space = (self.near_ideograph && !self.boundary).then_some(self.bytes.len());
            self.bytes.push(b' ');
        } else if self.boundary {
            self.edits.insert(self.bytes.len(), " ");
        }
        (self.has_pending_space, self.boundary) = (false, false);
    }

    /// Adds a block of code, without trailing white space on its lines.
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

    /// Computes the digests of this content and of its footnotes.
    pub(super) fn digests<'c>(&'c self, footnotes: impl Iterator<Item = &'c DigestContent>) -> TextDigests {
        let begin = DigestContent { bytes: vec![MARK, Mark::Footnote as u8], ..DigestContent::default() };
        let contents: Vec<&DigestContent> =
            std::iter::once(self).chain(footnotes.flat_map(|footnote| [&begin, footnote])).collect();
        // Hashing everything at once is faster than in many small parts.
        let hash = |form: &[u8], add: &dyn Fn(&DigestContent, &mut Vec<u8>)| {
            let mut bytes = form.to_vec();
            contents.iter().for_each(|content| add(content, &mut bytes));
            *blake3::hash(&bytes).as_bytes()
        };
        let is_edited = contents.iter().any(|content| !content.edits.is_empty());
        let targets = contents.iter().flat_map(|content| &content.targets);
        TextDigests {
            source: hash(WRITTEN_FORM, &|content, bytes| bytes.extend_from_slice(&content.bytes)),
            rendered: hash(RENDERED_FORM, &DigestContent::add_rendered),
            resolved: is_edited.then(|| Box::new(hash(RENDERED_FORM, &DigestContent::add_resolved))),
            links: targets.map(|target| target.link).collect(),
        }
    }

    /// Appends the content without link targets and with all edits applied.
    fn add_resolved(&self, resolved: &mut Vec<u8>) {
        let targets = self.targets.iter().map(|target| target.start..target.end);
        self.edits.apply(&self.bytes, targets, resolved);
    }

    /// Appends the content without link targets.
    fn add_rendered(&self, rendered: &mut Vec<u8>) {
        rendered.reserve(self.bytes.len());
        let mut copied = 0;
        for target in &self.targets {
            rendered.extend_from_slice(&self.bytes[copied..target.start]);
            copied = target.end;
        }
        rendered.extend_from_slice(&self.bytes[copied..]);
    }
}

/// Whether a text is ASCII with single spaces as its only white space; this is nearly always true, and quick to test.
fn is_simple(text: &[u8]) -> bool {
    let pairs = text.iter().zip(text.iter().skip(1));
    let uneven = pairs.fold(false, |uneven, (current, next)| uneven | (*current == b' ' && *next == b' '));
    let other = text.iter().fold(false, |other, byte| other | (*byte < b' ') | (*byte >= 0x80));
    !uneven && !other
}

/// Whether a character is kana or Chinese, or related punctuation, which are written without spaces.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}
