//! The code blocks of a specification.

use std::ops::Range;

/// A fenced code block.
pub struct Block {
    /// First word after the fence.
    pub language: String,
    attributes: Vec<(String, String)>,
    /// The content between the fences.
    pub text: String,
    /// The range of the content in the specification.
    pub range: Range<usize>,
    /// Line of the opening fence, from 1.
    pub line: usize,
    /// The number of `##` headings above it.
    pub section: usize,
}

impl Block {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The path of the file in the block.
    pub fn path(&self) -> Option<&str> {
        self.attribute("path")
    }

    /// The bytes of the file in the block.
    pub fn bytes(&self) -> Vec<u8> {
        match self.attribute("encoding") {
            Some("latin1") => {
                self.text.chars().map(|c| u8::try_from(u32::from(c)).expect("a letter of Latin 1")).collect()
            }
            Some(other) => panic!("there is no encoding {other}"),
            None => self.text.clone().into_bytes(),
        }
    }
}

/// All fenced code blocks of a specification.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<(usize, Block)> = None;
    let (mut section, mut at) = (0, 0);
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        let start = at;
        at += line.len();
        match &mut open {
            Some((fence, block)) if ticks >= *fence && line[ticks..].trim().is_empty() => {
                block.range.end = start;
                block.text = text[block.range.clone()].to_owned();
                blocks.extend(open.take().map(|(_, block)| block));
            }
            Some(_) => {}
            None if ticks >= 3 => open = Some((ticks, opening(line[ticks..].trim(), at, number, section))),
            None if line.starts_with("## ") => section += 1,
            None => {}
        }
    }
    assert!(open.is_none(), "a code block is not closed");
    blocks
}

fn opening(info: &str, start: usize, line: usize, section: usize) -> Block {
    let mut words = info.split_whitespace();
    let language = words.next().unwrap_or_default().to_owned();
    let attributes = words
        .filter_map(|word| word.split_once('='))
        .map(|(key, value)| (key.to_owned(), value.replace("%20", " ")))
        .collect();
    Block { language, attributes, text: String::new(), range: start..start, line, section }
}
