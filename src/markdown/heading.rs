//! Headings: their anchors, their claims, and whether their sections have any content.

use std::ops::Range;

use super::anchor::{Anchors, slug};
use super::attributes::{find_block, limits, read_block};
use super::body::{Fill, Heading, Phrase};
use super::digest::Mark;
use super::foreign::marks;
use super::raw::ContentModel;
use super::reader::{HeadingAnchor, OpenHeading, OpenSection, Reader};
use super::stream::Slot;
use crate::finding::reading;
use crate::place::Span;
use crate::source::front_matter::Claim;

impl Reader<'_> {
    /// Opens a heading.
    pub(super) fn start_heading(&mut self, level: u8) {
        self.out.content.block(Mark::Heading);
        self.out.content.argument(&level.to_string());
        let html_start = self.out.html.len();
        self.out.push_markup("<h");
        self.out.push_markup(shown_level(level));
        self.out.push_markup(" id=\"");
        self.out.push_slot(Slot::HeadingId(self.heading_number()));
        self.open_container("\">", ContentModel::Text);
        let (inside_start, text_start) = (self.out.html.len(), self.running.len());
        self.running.silent_containers += 1;
        self.running.has_unstruck = false;
        self.running.has_struck = false;
        self.headings.open = Some(OpenHeading { html_start, inside_start, text_start, alternative: String::new() });
    }

    fn heading_number(&self) -> u32 {
        Span::from(0..self.body.headings.len()).end
    }

    /// Closes a heading. A heading without any text is dropped and reported.
    pub(super) fn end_heading(&mut self, level: u8, span: Span) {
        let heading_text = self.source_text(span).trim_end();
        let span = Span { start: span.start, end: span.start + Span::from(0..heading_text.len()).end };
        let (chosen, claims) = self.read_attributes(span, heading_text);
        let Some(open) = self.headings.open.take() else { return };
        self.running.silent_containers -= 1;
        // GitHub keeps the spaces around an image when it derives an anchor from the words beside it.
        let words = self.running.text.get(open.text_start as usize..).unwrap_or_default();
        let spaced = words.len() != words.trim().len() && !open.alternative.is_empty() && chosen.is_none();
        let fallback_anchor = spaced.then(|| slug(words)).filter(|_| !words.trim().is_empty());
        let text = match self.running.text_since(open.text_start) {
            text if text.is_empty() && open.alternative.is_empty() => self.image_name(open.inside_start),
            text if text.is_empty() => open.alternative,
            text => text,
        };
        self.running.end_line();
        if text.is_empty() && self.out.html.len() == open.inside_start && claims.is_empty() {
            return self.drop_heading(open.html_start, span);
        }
        self.write_heading_end(level, &text, &claims);
        if open.html_start == 0 && self.footnotes.outer_streams.is_empty() {
            self.out.push_slot(Slot::LeadEnd);
        }
        let is_inside = self.is_in_item();
        self.open_section(level, is_inside);
        let anchor = chosen.clone().or(fallback_anchor).unwrap_or_else(|| slug(&text));
        self.headings.anchors.push(HeadingAnchor { anchor, is_chosen: chosen.is_some(), text_start: open.text_start });
        let (id, text_start) = (String::new(), self.running.len());
        let text = text.into();
        self.body.headings.push(Heading {
            level,
            id,
            text,
            span,
            claims,
            text_start,
            is_nested: is_inside,
            has_content: false,
        });
    }

    /// Removes a heading without any text, which starts at a position of the HTML, and reports it.
    fn drop_heading(&mut self, html_start: usize, span: Span) {
        self.out.truncate(html_start);
        self.out.content.block(Mark::End);
        let message = "this heading has no text, so it is not on the page".to_owned();
        let help = "write its title, or remove the line; write an anchor alone as `<a id=\"name\"></a>`";
        self.add_problem(reading::MALFORMED_HEADING, span, message, help);
    }

    /// The name of the first image after a position of the HTML, which serves as the title of a heading without words.
    fn image_name(&self, start: usize) -> String {
        let inside = self.out.slots.iter().rev().take_while(|(at, _)| *at as usize >= start);
        let image = inside.filter_map(|(_, slot)| match slot {
            Slot::Fill(Fill::Image(number)) => self.body.links.get(*number as usize),
            _ => None,
        });
        let target = image.last().map_or("", |image| &image.target);
        let name = target.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(name, _)| name).to_owned()
    }

    /// Reads the attribute block at the end of the heading: the chosen anchor and the claims.
    fn read_attributes(&mut self, span: Span, text: &str) -> (Option<String>, Vec<Claim>) {
        let block = find_block(text).filter(|block| span.start as usize + block.start > self.last_end as usize);
        let Some(block) = block else { return (None, Vec::new()) };
        let start = span.start as usize + block.start;
        let attributes = read_block(&text[block.clone()]);
        if !attributes.has_attributes || is_part_of_code(&text[..block.start - 1], &text[block.clone()]) {
            // The parser took the block for attributes, but text such as `{to be written}` belongs on the page, and
            // `/users/{id}` is one word.
            if text[..block.start - 1].ends_with(char::is_whitespace) {
                self.running.push_prose(" ", Span::from(start - 1..start - 1));
            }
            self.running.push_prose(&text[block.start - 1..block.end + 1], (start - 1..start + block.len() + 1).into());
            self.write_run();
            return (None, Vec::new());
        }
        let mut claims = self.read_claims(&attributes, start);
        let doubt = if claims.is_empty() { None } else { self.doubtful_claim(span, text, &block) };
        let is_doubtful = doubt.is_some() || self.is_limited_elsewhere(span, &text[..block.start - 1]);
        if let Some((place, message, help)) = doubt {
            self.add_problem(reading::MISPLACED_CLAIM, place, message, help);
        }
        claims.iter_mut().for_each(|claim| claim.is_certain &= !is_doubtful);
        (attributes.id.map(str::to_owned), claims)
    }

    /// The reason why claims at the end of a heading may not be meant, or not in full: its place, a message and a help
    /// text.
    fn doubtful_claim(&self, span: Span, heading: &str, block: &Range<usize>) -> Option<(Span, String, &'static str)> {
        let at = |range: Range<usize>| Span::from(span.start as usize + range.start..span.start as usize + range.end);
        let block_span = at(block.start - 1..block.end + 1);
        if heading[..block.start - 1].ends_with('\\') {
            let message = "a backslash before the brace shows this claim as text".to_owned();
            return Some((block_span, message, "remove the backslash, or show the example as code between backticks"));
        }
        if heading[..block.start - 1].ends_with('{') {
            let message = "this claim has a second brace before it, which is shown as text".to_owned();
            return Some((block_span, message, "remove one of the braces"));
        }
        if self.running.has_struck && !self.running.has_unstruck {
            let message = "this heading is struck out and still claims a clause".to_owned();
            return Some((block_span, message, "remove the section, or the marks that strike its heading out"));
        }
        if let Some(braces) = self.other_braces(span, &heading[..block.start - 1]) {
            let message = format!("`{}` is shown as text, and may limit the claim after it", self.source_text(braces));
            return Some((
                braces,
                message,
                "write everything in the last braces: `{#anchor clauses=\"8.6.1/partial\"}`",
            ));
        }
        let is_beside = |limit: &&Span| self.is_beside(span, **limit);
        let limit = self.headings.limits.iter().find(is_beside).copied().or_else(|| self.braces_beside(span))?;
        let message = format!("`{}` may limit the claim of the heading beside it", self.source_text(limit));
        Some((
            limit,
            message,
            "write the extent after the clause, at the end of the heading: `{clauses=\"8.6.1/partial\"}`",
        ))
    }

    /// Whether a claim is inside hidden markup, or follows another claim that a different rule reports.
    fn is_limited_elsewhere(&self, heading: Span, before: &str) -> bool {
        let is_hidden = self.running.silent_containers > 1;
        let other = before.to_ascii_lowercase().find("clauses=");
        is_hidden || other.is_some_and(|at| self.is_prose(heading.start + Span::from(0..at).end))
    }

    /// The line of words in braces directly above a heading, or the next one below it, if it may limit the claims.
    fn braces_beside(&self, heading: Span) -> Option<Span> {
        let text = self.source.as_str();
        let below = text.get(heading.end as usize..)?.lines().find(|line| !line.trim().is_empty());
        let above = text.get(self.body_start()..heading.start as usize)?.lines().next_back();
        let matched = [above, below].into_iter().flatten().find(|line| is_limit(line.trim()))?.trim();
        let start = matched.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
        Some(Span::from(start..start + matched.len()))
    }

    /// Braces within the words of a heading, before the final attribute block.
    fn other_braces(&self, heading: Span, before: &str) -> Option<Span> {
        let mut braces = before.match_indices('{').filter_map(|(start, _)| {
            let rest = &before[start + 1..];
            let end = start + 2 + rest.find(['{', '}']).filter(|end| rest[*end..].starts_with('}'))?;
            let is_attributes = before[end..].trim().is_empty()
                || read_block(&before[start + 1..end - 1]).has_attributes
                || is_limit(&before[start..end]) && !before[..start].ends_with('{');
            let place = Span::from(heading.start as usize + start..heading.start as usize + end);
            (is_attributes && self.is_prose(place.start)).then_some(place)
        });
        braces.next()
    }

    /// Whether a line of attributes is the next line below a heading, or directly above it.
    fn is_beside(&self, heading: Span, line: Span) -> bool {
        let between = |start: u32, end: u32| {
            let text = self.source_text(Span { start, end });
            (start <= end && text.trim().is_empty()).then(|| text.matches('\n').count())
        };
        between(heading.end, line.start).is_some() || between(line.end, heading.start).is_some_and(|lines| lines < 2)
    }

    fn write_heading_end(&mut self, level: u8, text: &str, claims: &[Claim]) {
        let number = self.heading_number();
        if !claims.is_empty() {
            self.out.push_gap(Fill::Claims(number));
        }
        self.out.push_markup("<a class=\"anchor\" href=\"#");
        self.out.push_slot(Slot::HeadingId(number));
        self.out.push_markup("\" aria-label=\"");
        self.out.push_phrase(Phrase::SectionLink);
        self.out.push_markup(": ");
        self.out.push_escaped(text);
        self.out.push_markup("\"><span aria-hidden=\"true\">#</span></a></h");
        self.out.push_markup(shown_level(level));
        self.out.push_markup(">\n");
        for claim in claims {
            self.out.content.claim(&format!("{}/{}", claim.clause.value, claim.extent.as_str()));
        }
        self.out.content.block(Mark::End);
    }

    fn open_section(&mut self, level: u8, is_inside: bool) {
        self.close_sections(level, is_inside);
        let (number, substance) = (self.body.headings.len(), self.substance);
        self.headings.sections.push(OpenSection { number, level, substance, is_inside });
    }

    /// Ends all sections at or below a level. A heading in a quote does not end sections outside the quote, and its own
    /// section ends at the next heading outside.
    fn close_sections(&mut self, level: u8, is_inside: bool) {
        let ends = |open: &OpenSection| match (open.is_inside, is_inside) {
            (true, false) => true,
            (false, true) => false,
            _ => open.level >= level,
        };
        while let Some(open) = self.headings.sections.pop_if(|open| ends(open)) {
            if let Some(heading) = self.body.headings.get_mut(open.number) {
                heading.has_content = self.substance > open.substance;
            }
        }
    }

    /// Assigns an anchor, in order, to each heading without a chosen one.
    pub(super) fn finish_headings(&mut self, anchors: &mut Anchors) {
        self.close_sections(0, false);
        for (heading, anchor) in self.body.headings.iter_mut().zip(&self.headings.anchors) {
            if !anchor.is_chosen {
                heading.id = anchors.unique(&anchor.anchor);
            }
        }
    }
}

/// Whether empty braces belong to the words before them: `interface{}`, `new Queue() {}`, `x = {}`.
fn is_part_of_code(before: &str, block: &str) -> bool {
    block.is_empty() && (!before.ends_with(char::is_whitespace) || before.trim_end().ends_with([')', '=']))
}

/// Whether text in braces may be meant to limit a claim: words or attributes, but not markup of another tool or mere
/// layout.
fn is_limit(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else { return false };
    let mut is_mark = false;
    marks(text, &|_| false, &mut |mark| is_mark |= mark.start == 0);
    let attributes = read_block(inner);
    let is_list = !inner.contains(['{', '}']) && !inner.starts_with([':', '/']);
    // A single word is more likely the name of a variable.
    let says_more = limits(inner) || inner.contains('%') || inner.trim().contains(char::is_whitespace);
    let may_limit =
        if attributes.has_attributes { attributes.doubtful || !attributes.clauses.is_empty() } else { says_more };
    is_list && may_limit && !is_mark
}

/// The heading level on the page; only the page title uses the first level.
fn shown_level(level: u8) -> &'static str {
    ["2", "2", "2", "3", "4", "5", "6"].get(usize::from(level)).copied().unwrap_or("6")
}
