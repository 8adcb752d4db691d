//! Blocks: paragraphs, lists, quotes, alerts, definition lists.

use pulldown_cmark::{CodeBlockKind, Tag, TagEnd};

use super::anchor::slug;
use super::body::{Phrase, Term};
use super::digest::Mark;
use super::raw::ContentModel;
use super::reader::{Definitions, Reader};
use super::stream::Slot;
use super::summary::first_sentence;
use crate::place::Span;

impl Reader<'_> {
    /// Opens a block-level element.
    pub(super) fn start_block(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => self.start_paragraph(),
            Tag::Heading { .. } if self.alerts.expects_title() => self.start_alert_title(),
            Tag::Heading { level, .. } => {
                self.find_underline(span);
                self.start_heading(level as u8);
            }
            Tag::BlockQuote(kind) => {
                self.find_long_quote(span);
                self.find_comparison(span);
                self.start_quote(kind, span);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => self.start_code(Some(&info), span),
            Tag::CodeBlock(CodeBlockKind::Indented) => self.start_code(None, span),
            Tag::List(first) => self.start_list(first),
            Tag::Item => {
                self.find_changed_number(span);
                self.find_increase(span);
                self.find_timetable(span);
                self.find_note_with_star(span);
                self.start_item();
            }
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::DefinitionList => {
                self.out.content.block(Mark::List);
                self.definitions.push(Definitions::default());
                self.open_container("<dl>\n", ContentModel::Parts);
            }
            Tag::DefinitionListTitle => self.start_term(span),
            Tag::DefinitionListDefinition => self.start_definition(),
            _ => self.containers.push(ContentModel::Blocks),
        }
    }

    /// Closes a block-level element.
    pub(super) fn end_block(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Paragraph => return self.end_paragraph(),
            TagEnd::Heading(_) if self.alerts.has_open_title() => return self.end_alert_title(),
            TagEnd::BlockQuote(_) => return self.end_quote(),
            TagEnd::Heading(level) => return self.end_heading(level as u8, span),
            TagEnd::DefinitionListTitle => self.end_term(),
            TagEnd::DefinitionListDefinition => self.end_definition(),
            TagEnd::DefinitionList => drop(self.definitions.pop()),
            TagEnd::List(_) => drop(self.block.numbers.pop()),
            _ => {}
        }
        self.out.push_markup(match tag {
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            _ => "",
        });
        self.out.content.block(Mark::End);
        self.running.end_line();
    }

    /// Writes a thematic break.
    pub(super) fn write_rule(&mut self, span: Span) {
        self.find_drawn_table(span);
        self.close_tags_before_block();
        self.running.end_line();
        self.out.push_markup("<hr>\n");
        self.out.content.block(Mark::Rule);
    }

    fn start_paragraph(&mut self) {
        self.block.paragraph = Some((self.out.html.len(), self.running.len()));
        self.out.content.paragraph();
        self.open_container("<p>", ContentModel::Text);
    }

    fn end_paragraph(&mut self) {
        let Some((html, text)) = self.block.paragraph.take() else { return };
        if self.out.html[html..].trim_end() == "<p>" && self.out.slots.last().is_none_or(|slot| slot.0 as usize <= html)
        {
            // Nothing in the paragraph was allowed to remain.
            self.out.truncate(html);
        } else if self.out.html[html..].strip_prefix("<p>").is_some_and(is_anchors) && self.has_only_anchors(html) {
            self.unwrap_anchors(html);
        } else {
            self.out.push_markup("</p>\n");
        }
        if self.containers.is_empty() && self.body.summary.is_empty() {
            self.body.summary = first_sentence(&self.running.text_since(text)).into();
        }
        self.running.end_line();
    }

    /// Whether all slots since byte `start` of the HTML are anchors of raw HTML.
    fn has_only_anchors(&self, start: usize) -> bool {
        let since = self.out.slots.partition_point(|slot| slot.0 as usize <= start);
        self.out.slots[since..].iter().all(|(_, slot)| matches!(slot, Slot::RawId(_)))
    }

    /// Writes the anchors of a paragraph without the paragraph, which would otherwise show as an empty line.
    fn unwrap_anchors(&mut self, start: usize) {
        let since = self.out.slots.partition_point(|slot| slot.0 as usize <= start);
        let slots: Vec<Slot> = self.out.slots[since..].iter().map(|(_, slot)| *slot).collect();
        self.out.truncate(start);
        for slot in slots {
            self.out.push_markup("<span");
            self.out.push_slot(slot);
            self.out.push_markup("></span>");
        }
        self.out.push_markup("\n");
    }

    fn start_list(&mut self, first: Option<u64>) {
        self.block.numbers.push(first.map(|first| (first, first)));
        match first {
            None => {
                self.out.content.block(Mark::List);
                self.open_container("<ul>\n", ContentModel::Parts);
            }
            Some(first) => {
                self.out.content.block(Mark::OrderedList);
                self.out.content.argument(&first.to_string());
                let tag = if first == 1 { "<ol>\n".to_owned() } else { format!("<ol start=\"{first}\">\n") };
                self.open_container(&tag, ContentModel::Parts);
            }
        }
    }

    fn start_item(&mut self) {
        self.out.content.block(Mark::Item);
        self.out.push_markup("<li");
        self.block.item = self.out.html.len();
        self.open_container(">", ContentModel::Blocks);
    }

    /// Writes the checkbox of a task and marks its list item.
    pub(super) fn task_marker(&mut self, is_done: bool) {
        let (mark, checked, phrase) = match is_done {
            true => (Mark::Checked, " checked", Phrase::TaskDone),
            false => (Mark::Unchecked, "", Phrase::TaskOpen),
        };
        if self.out.html.get(self.block.item..).is_some_and(|since| matches!(since, ">" | "><p>")) {
            self.out.html.insert_str(self.block.item, " class=\"task\"");
        }
        self.out.push_markup("<input type=\"checkbox\" disabled");
        self.out.push_markup(checked);
        self.out.push_markup(" aria-label=\"");
        self.out.push_phrase(phrase);
        self.out.push_markup("\"> ");
        self.out.content.inline(mark);
    }

    fn start_term(&mut self, span: Span) {
        let number = self.body.terms.len();
        let trimmed = self.source_text(span).trim_end().len();
        let span = Span { start: span.start, end: span.start + Span::from(0..trimmed).end };
        let start = self.running.len();
        let text = Span { start, end: start };
        self.body.terms.push(Term { term: String::new(), definition: String::new(), id: String::new(), span, text });
        if let Some(list) = self.definitions.last_mut() {
            *list = Definitions { term: Some(number), start };
        }
        // A term without a definition asserts nothing.
        self.running.silent_containers += 1;
        self.out.content.block(Mark::Term);
        self.out.push_markup("<dt id=\"");
        self.out.push_slot(Slot::TermId(Span::from(0..number).end));
        self.open_container("\">", ContentModel::Text);
    }

    fn end_term(&mut self) {
        self.running.silent_containers = self.running.silent_containers.saturating_sub(1);
        let Some(Definitions { term: Some(number), start }) = self.definitions.last() else { return };
        if let Some(term) = self.body.terms.get_mut(*number) {
            term.term = self.running.text_since(*start);
            term.id = slug(&term.term);
            term.text.end = self.running.len();
        }
    }

    fn start_definition(&mut self) {
        let start = self.running.len();
        if let Some(list) = self.definitions.last_mut() {
            list.start = start;
        }
        self.out.content.block(Mark::Definition);
        self.open_container("<dd>", ContentModel::Blocks);
    }

    /// A glossary shows the first definition of a term.
    fn end_definition(&mut self) {
        let Some(list) = self.definitions.last_mut() else { return };
        if let Some(term) = list.term.take().and_then(|number| self.body.terms.get_mut(number)) {
            term.definition = self.running.text_since(list.start);
            term.text.end = self.running.len();
        }
    }
}

/// Whether HTML consists of empty `span` elements for anchors only.
fn is_anchors(html: &str) -> bool {
    let html = html.trim();
    !html.is_empty() && html.split("<span></span>").all(|between| between.trim().is_empty())
}
