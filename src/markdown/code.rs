//! Code blocks.

use pulldown_cmark::Event;

use super::body::{CodeBlock, Fill, Phrase};
use super::diagram;
use super::reader::{Mode, Reader};
use crate::highlight;
use crate::html::escape;
use crate::place::Span;

/// A code block that is open.
pub(super) struct OpenCode {
    language: String,
    source: String,
    span: Span,
}

impl Reader<'_> {
    /// Opens a code block; `info` is what stands after the fence.
    pub(super) fn start_code(&mut self, info: &str, span: Span) {
        let word = info.split([' ', ',', '\t']).next().unwrap_or_default();
        let language = word.trim_matches(['{', '}', '.']).to_owned();
        let length = self.written(span).trim_end().len();
        let span = Span { start: span.start, end: span.start + Span::from(0..length).end };
        self.mode = Mode::Code(OpenCode { language, source: String::new(), span });
    }

    /// Reads an event within a code block.
    pub(super) fn code_event(&mut self, mut code: OpenCode, event: Event<'_>, span: Span) {
        match event {
            Event::Text(text) => code.source.push_str(&text),
            Event::End(_) => {
                self.last_end = span.end;
                return self.end_code(code);
            }
            _ => {}
        }
        self.mode = Mode::Code(code);
    }

    fn end_code(&mut self, code: OpenCode) {
        let OpenCode { language, mut source, span } = code;
        if !source.is_empty() && !source.ends_with('\n') {
            source.push('\n');
        }
        self.substance += u32::from(!source.trim().is_empty());
        self.out.content.code_block(&source);
        self.out.gap(Fill::Code(Span::from(0..self.body.code.len()).end));
        self.body.code.push(CodeBlock { language, source, span });
    }
}

impl CodeBlock {
    /// Writes the block for a page: highlighted, or for a diagram a picture; `words` gives the words of the interface.
    pub fn write_html<'w>(&self, out: &mut String, words: &dyn Fn(Phrase) -> &'w str) {
        if self.is_diagram() {
            return diagram::write(out, &self.source, words);
        }
        out.push_str("<div class=\"code\"");
        if !self.language.is_empty() {
            out.push_str(" data-lang=\"");
            escape(out, &self.language);
            out.push('"');
        }
        out.push_str("><pre tabindex=\"0\"><code>");
        highlight::write(out, &self.language, &self.source);
        out.push_str("</code></pre></div>\n");
    }
}
