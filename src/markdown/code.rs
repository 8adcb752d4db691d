//! Code blocks.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::attributes::looks_like_claim;
use super::body::{CodeBlock, Fill, Phrase, REGISTER};
use super::diagram;
use super::fence_words;
use super::foreign::{DIRECTIVE, INCLUSION, INDENTED, MATH, is_directive, is_filled_directive};
use super::indented_code::first_markup;
use super::info;
use super::reader::{MissedEnd, Mode, OpenCode, Reader};
use crate::finding::{Problem, reading};
use crate::highlight::Highlighter;
use crate::html::escape;
use crate::place::Span;
use crate::text::clip;

impl Reader<'_> {
    /// Opens a code block; `info` is the info string after the fence, or `None` if the block is indented.
    pub(super) fn start_code(&mut self, info: Option<&str>, span: Span) {
        let is_fenced = info.is_some();
        let info = info.unwrap_or_default();
        let (language, length) = info::language(info);
        let (language, arguments) = (language.to_owned(), info[length..].trim().to_owned());
        let source = self.source_text(span).trim_end();
        let fence = fence(source).filter(|_| is_fenced);
        let is_filled = is_filled_directive(info);
        let foreign = match language.as_str() {
            "math" => Some(&MATH),
            _ if info.starts_with("{.include") => Some(&INCLUSION),
            _ => is_directive(info).then_some(&DIRECTIVE),
        };
        match foreign {
            Some(construct) => {
                self.foreign.record(construct, self.first_line(span));
                self.report_sentence(&arguments, &[], self.first_line(span));
            }
            None if language != REGISTER => match fence_words::lost_words(info) {
                Some(words) => self.report_words(words, self.first_line(span)),
                None => self.show_titles(info, &arguments, span),
            },
            None => {}
        }
        self.report_claim(info, span);
        let span = Span { start: span.start, end: span.start + Span::from(0..source.len()).end };
        let text_end = self.first_line(span).end;
        self.mode = Mode::Code(OpenCode {
            language,
            arguments,
            source: String::new(),
            span,
            fence,
            text_end,
            inner: None,
            miss: MissedEnd::default(),
            is_filled,
        });
    }

    /// Shows the titles of a code block above it, and reports words that are not shown.
    fn show_titles(&mut self, info: &str, arguments: &str, span: Span) {
        let opening = self.first_line(span);
        let titles = info::titles(info);
        for title in &titles {
            let place = self.place_in(title, opening);
            // A title only names the block below it.
            self.running.silent_containers += 1;
            let tags = [(Tag::Paragraph, TagEnd::Paragraph), (Tag::Strong, TagEnd::Strong)];
            tags.iter().for_each(|(tag, _)| self.text_event(Event::Start(tag.clone()), place));
            self.text_event(Event::Text((*title).into()), place);
            tags.iter().rev().for_each(|(_, tag)| self.text_event(Event::End(*tag), place));
            self.running.silent_containers -= 1;
        }
        self.report_sentence(arguments, &titles, opening);
    }

    /// Reports words after the language of a code block that do not appear on the page.
    fn report_sentence(&mut self, arguments: &str, titles: &[&str], opening: Span) {
        if let Some(words) = info::sentence(arguments, titles) {
            let message = format!("`{}` is not on the page: it follows the language of a code block", clip(words));
            let help = "write it as a sentence above the block, or as a title: `title=\"Run on host B\"`";
            self.add_problem(reading::LOST_TEXT, self.place_in(words, opening), message, help);
        }
    }

    /// Reports words in the place of the language of a code block that belong to the code.
    fn report_words(&mut self, words: &str, opening: Span) {
        let message =
            format!("`{}` is not on the page: it is where the language of a code block is named", clip(words));
        let help = "write it on a line of its own below the three backticks";
        self.add_problem(reading::LOST_TEXT, self.place_in(words, opening), message, help);
    }

    /// Reports words on the fence of an empty block.
    fn report_empty_block(&mut self, code: &OpenCode) {
        let opening = self.first_line(code.span);
        let info = self.source_text(opening).trim_start_matches(['`', '~']);
        let is_other =
            code.language == REGISTER || is_directive(info.trim()) || fence_words::lost_words(info).is_some();
        if code.fence.is_some() && code.source.trim().is_empty() && !is_other {
            let words =
                fence_words::lost_words_of_empty_block(info).filter(|_| info::sentence(&code.arguments, &[]).is_none());
            if let Some(words) = words {
                self.report_words(words, opening);
            }
        }
    }

    /// Reports braces after the language of a code block that look like a claim, because none is read there.
    fn report_claim(&mut self, info: &str, span: Span) {
        let Some(braces) = info.find('{').map(|open| &info[open..]).filter(|braces| braces.ends_with('}')) else {
            return;
        };
        if looks_like_claim(braces) {
            let place = self.place_in(braces, self.first_line(span));
            let message = format!("`{}` looks like a claim but is not read as one", clip(braces));
            self.add_problem(reading::MISPLACED_CLAIM, place, message, "write the claim at the very end of a heading");
        }
    }

    /// Reports headings with claims that are code because they are indented.
    fn report_indented_claims(&mut self, code: &OpenCode) {
        let heading = |line: &&str| line.starts_with('#') && line.trim_end().ends_with('}');
        for line in code.source.lines().filter(heading) {
            let braces = line.find('{').map_or("", |open| line[open..].trim_end());
            if looks_like_claim(braces) {
                let message = format!("`{}` looks like a claim but is not read as one", clip(braces));
                let help = "start the heading at the beginning of the line: four spaces of indentation make it code";
                self.add_problem(reading::MISPLACED_CLAIM, self.place_in(braces, code.span), message, help);
            }
        }
    }

    /// The place of words within a line, or the whole line if they are not found.
    fn place_in(&self, words: &str, line: Span) -> Span {
        let Some(start) = self.source_text(line).find(words) else { return line };
        let start = line.start + Span::from(0..start).end;
        Span { start, end: start + Span::from(0..words.len()).end }
    }

    fn first_line(&self, span: Span) -> Span {
        let line = self.source_text(span).lines().next().unwrap_or_default().trim_end();
        Span { start: span.start, end: span.start + Span::from(0..line.len()).end }
    }

    /// Handles an event within a code block.
    pub(super) fn code_event(&mut self, mut code: OpenCode, event: Event<'_>, span: Span) {
        match event {
            Event::Text(text) => {
                code.look_for_fence(&text, span);
                code.source.push_str(&text);
                code.text_end = span.end;
            }
            Event::End(_) => {
                self.last_end = span.end;
                return self.end_code(code);
            }
            _ => {}
        }
        self.mode = Mode::Code(code);
    }

    fn end_code(&mut self, code: OpenCode) {
        self.report_fence(&code);
        self.report_empty_block(&code);
        if code.fence.is_none() {
            self.report_indented_claims(&code);
            let before = self.source.as_str().get(self.body_start()..code.span.start as usize).unwrap_or_default();
            if let Some(line) = first_markup(&code.source, before) {
                self.foreign.record(&INDENTED, self.place_in(line, code.span));
            }
        }
        let OpenCode { language, arguments, mut source, span, is_filled, .. } = code;
        if !source.is_empty() && !source.ends_with('\n') {
            source.push('\n');
        }
        let is_register = language == REGISTER;
        self.substance += u32::from(is_register || !source.trim().is_empty());
        // The choice of register is part of the approved text; its entries are not.
        match is_register {
            true => self.out.content.code_block(&format!("{REGISTER} {arguments}\n{source}")),
            false => self.out.content.code_block(&source),
        }
        self.out.push_gap(Fill::Code(Span::from(0..self.body.code.len()).end));
        let is_asserted = self.running.silent_containers == 0 && !is_filled;
        self.body.code.push(CodeBlock::new(language, arguments, &source, span, is_asserted));
    }

    /// Reports a block that is never closed, or that contains a line resembling a fence.
    fn report_fence(&mut self, code: &OpenCode) {
        let Some((mark, length)) = code.fence else { return };
        let after = self.source_text(Span { start: code.text_end, end: code.span.end.max(code.text_end) });
        let closing = after.trim_matches(|c: char| c.is_whitespace() || c == '>');
        let marks = mark.to_string().repeat(length);
        let opening = self.first_line(code.span);
        if !closing.starts_with(&marks) {
            let message = "this code block is never closed, so all that follows in it is code";
            let mut problem = Problem::new(reading::UNCLOSED_BLOCK, self.source.place(opening), message);
            if let Some(inner) = code.inner {
                problem =
                    problem.related(self.source.place(inner), "not the end of it, because text follows the marks");
            }
            self.body.problems.push(problem.help(format!("write a line `{marks}` where it ends")));
        } else if let Some(inner) = code.inner {
            let message =
                "this line is code: it neither opens nor closes a block within the block around it".to_owned();
            let help = format!(
                "write `{marks}` alone to close the block above, or open that block with one more `{mark}` to show this line"
            );
            self.add_problem(reading::UNCLOSED_BLOCK, inner, message, &help);
        }
    }
}

impl OpenCode {
    /// Remembers the first line that starts with as many fence characters as the opening fence.
    fn look_for_fence(&mut self, text: &str, span: Span) {
        let Some((mark, length)) = self.fence.filter(|_| self.inner.is_none()) else { return };
        let may_hold_markdown = ["md", "markdown", "mdx"].contains(&self.language.as_str());
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let at = |offset: usize| span.start + Span::from(0..offset).end;
            let place = Span { start: at(start), end: at(start + line.trim_end().len()) };
            if looks_like_fence(line.trim_end(), mark, length) {
                self.inner = Some(place);
                return;
            }
            if !may_hold_markdown && self.miss.hides_heading(line, place, mark, length) {
                self.inner = self.miss.fence;
                return;
            }
            start += line.len();
        }
    }
}

impl MissedEnd {
    /// Whether a line of code is a heading after a fence that the author may have intended as the end of the block.
    fn hides_heading(&mut self, line: &str, place: Span, mark: char, length: usize) -> bool {
        let trimmed = line.trim();
        let marks = |mark: char| trimmed.chars().take_while(|c| *c == mark).count();
        let other = if mark == '`' { '~' } else { '`' };
        let is_indented = marks(mark) >= length && trimmed.trim_start_matches(mark).is_empty();
        if is_indented || marks(other) >= 3 {
            // A second such fence closes a block nested in this one.
            self.fence = if self.fence.is_some() && !is_indented { None } else { Some(place) };
            return false;
        }
        let is_heading = || line.starts_with("##") && line.trim_start_matches('#').starts_with(' ');
        self.fence.is_some() && is_heading()
    }
}

/// Whether a line of code starts with as many fence characters as the enclosing fence, followed by a word.
fn looks_like_fence(line: &str, mark: char, length: usize) -> bool {
    let trimmed = line.trim_start_matches(' ');
    let marks = trimmed.chars().take_while(|c| *c == mark).count();
    let info = trimmed[marks..].trim();
    let is_word = info.chars().all(|c| c.is_alphanumeric() || "-_+.#{}".contains(c));
    line.len() - trimmed.len() <= 3 && marks >= length && !info.is_empty() && is_word
}

/// The character of a fence, and its number of repetitions.
fn fence(text: &str) -> Option<(char, usize)> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = text.chars().take_while(|c| *c == mark).count();
    (length >= 3).then_some((mark, length))
}

impl CodeBlock {
    /// Writes the block for a page, highlighted or drawn as a diagram; `words` looks up phrases of the interface.
    pub fn write_html<'w>(&self, out: &mut String, highlighter: &Highlighter, words: &dyn Fn(Phrase) -> &'w str) {
        if self.is_diagram() {
            return diagram::write(out, self, words);
        }
        out.push_str("<div class=\"code\"");
        if !self.language.is_empty() {
            out.push_str(" data-lang=\"");
            escape(out, &self.language);
            out.push('"');
        }
        out.push_str("><pre dir=\"ltr\" tabindex=\"0\"><code>");
        highlighter.write(out, &self.language, &self.source);
        out.push_str("</code></pre></div>\n");
    }
}
