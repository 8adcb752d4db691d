//! Replaces tags by their Markdown equivalents.

use std::ops::Range;

use super::super::line::{ContainerPrefix, Line};
use super::parse::Tag;
use super::replacement::{TagReplacement, escape_target};
use crate::markdown::rewrite::Edits;

/// Records replacements in the edits of a text.
pub(super) struct Writer<'t, 'e> {
    pub(super) text: &'t str,
    pub(super) lines: &'t [Line],
    pub(super) edits: &'e mut Edits,
    /// Ranges of tags that become mere labels of what is below or beside them.
    pub(super) labels: Vec<Range<usize>>,
}

impl Writer<'_, '_> {
    /// Writes a replacement; returns the position up to which the text is left to the next round.
    pub(super) fn write(&mut self, tag: &Tag<'_>, closer: Option<&Tag<'_>>, meaning: &TagReplacement) -> usize {
        match (meaning, closer) {
            (TagReplacement::Alert(kind, title), Some(closer)) => {
                return self.alert(tag, closer, kind, title.as_deref());
            }
            (TagReplacement::Code(language), Some(closer)) if self.is_block(tag, closer) => {
                self.edits.replace(tag.range.clone(), format!("```{language}"));
                self.edits.replace(closer.range.clone(), "```");
                return closer.range.end;
            }
            (TagReplacement::Alert(..) | TagReplacement::Code(_), _) => {}
            (TagReplacement::Wrap(title), _) => return self.wrap(tag, closer, title.as_deref()),
            (TagReplacement::Link(target, ..), Some(closer)) if self.holds_link_text(tag, closer) => {
                let inside = self.between(tag, closer);
                let start = tag.range.end + inside.len() - inside.trim_start().len();
                let end = tag.range.end + inside.trim_end().len();
                self.edits.replace(tag.range.start..start, "[");
                self.edits.replace(end..closer.range.end, format!("]({target})"));
            }
            (TagReplacement::Link(target, title, explains), closer) => {
                let mut link = format!("[{}]({target})", title.as_deref().unwrap_or(target));
                explains.iter().for_each(|words| link += &format!(" {words}"));
                self.replace(tag, closer, link);
            }
            (TagReplacement::Image(target, alternative, caption), closer) => {
                self.labels.push(tag.range.clone());
                let mut image = format!("![{alternative}]({target})");
                caption.iter().for_each(|words| image += &format!(" {words}"));
                self.replace(tag, closer, image);
            }
            (TagReplacement::Invisible, closer) => self.replace(tag, closer, String::new()),
        }
        tag.range.end
    }

    /// Writes a link to the document that a component would insert, above what the component contains.
    pub(super) fn link_to(&mut self, tag: &Tag<'_>, closer: Option<&Tag<'_>>, document: &str) -> usize {
        let link = format!("[{}]({})", tag.name, escape_target(document));
        if closer.is_some() {
            return self.wrap(tag, closer, Some(&link));
        }
        self.edits.replace(tag.range.clone(), link);
        tag.range.end
    }

    fn replace(&mut self, tag: &Tag<'_>, closer: Option<&Tag<'_>>, text: String) {
        self.edits.replace(tag.range.clone(), text);
        if let Some(closer) = closer {
            self.edits.delete(closer.range.clone());
        }
    }

    fn between(&self, tag: &Tag<'_>, closer: &Tag<'_>) -> &str {
        self.text.get(tag.range.end..closer.range.start).unwrap_or_default()
    }

    /// Whether the content of a tag can be the text of a link: words of a single paragraph.
    fn holds_link_text(&self, tag: &Tag<'_>, closer: &Tag<'_>) -> bool {
        let inside = self.between(tag, closer).trim();
        let is_paragraph = !inside.lines().any(|line| line.trim().is_empty());
        !inside.is_empty() && is_paragraph && !inside.starts_with(['#', '>', '|', '-', '+'])
    }

    /// Index of the line that contains a position.
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.start <= at).saturating_sub(1)
    }

    /// Whether a tag is alone on its line.
    fn is_alone(&self, tag: &Tag<'_>) -> bool {
        let (first, last) = (self.lines[self.line(tag.range.start)], self.lines[self.line(tag.range.end - 1)]);
        first.content >= tag.range.start && last.end <= tag.range.end
    }

    /// Whether a tag and its closing tag span a line, with content in between.
    fn is_whole_line(&self, tag: &Tag<'_>, closer: &Tag<'_>) -> bool {
        let line = self.lines[self.line(tag.range.start)];
        let inner = self.between(tag, closer);
        let is_whole = line.content >= tag.range.start && line.end <= closer.range.end;
        is_whole && !inner.contains('\n') && !inner.trim().is_empty()
    }

    fn is_block(&self, tag: &Tag<'_>, closer: &Tag<'_>) -> bool {
        self.is_alone(tag) && self.is_alone(closer) && self.between(tag, closer).contains('\n')
    }

    /// Keeps the content of a wrapper below its title, and removes its indentation.
    fn wrap(&mut self, tag: &Tag<'_>, closer: Option<&Tag<'_>>, title: Option<&str>) -> usize {
        let first = self.lines[self.line(tag.range.start)];
        let prefix = ContainerPrefix::from_markers(first.marks(self.text));
        let blank = prefix.blank();
        let separator = || format!("\n{blank}");
        // A title with an explanation is more than a label.
        if title.is_some_and(|title| title.ends_with("**")) {
            self.labels.push(tag.range.clone());
        }
        match title {
            Some(title) if first.content >= tag.range.start => {
                let before = if first.marks(self.text).trim().is_empty() { separator() } else { String::new() };
                let after = if self.is_alone(tag) { separator() } else { format!("\n{blank}\n{blank}") };
                self.edits.replace(tag.range.clone(), format!("{before}{title}{after}"));
            }
            Some(title) => self.edits.replace(tag.range.clone(), format!("{title} ")),
            None => self.edits.delete(tag.range.clone()),
        }
        let Some(closer) = closer else { return tag.range.end };
        self.edits.delete(closer.range.clone());
        if tag.name == "columns" {
            self.remove_column_marks(tag, closer);
        }
        match self.is_block(tag, closer) && self.outdent(tag, closer, &prefix) {
            true => closer.range.end,
            false => tag.range.end,
        }
    }

    /// Removes the lines `<--->` that divide columns in Hugo Book.
    fn remove_column_marks(&mut self, tag: &Tag<'_>, closer: &Tag<'_>) {
        for line in self.lines.get(self.inner(tag, closer)).unwrap_or_default() {
            if line.text(self.text).trim() == "<--->" {
                self.edits.delete(line.content..line.end);
            }
        }
    }

    /// The indexes of the lines between two tags.
    fn inner(&self, tag: &Tag<'_>, closer: &Tag<'_>) -> Range<usize> {
        self.line(tag.range.end - 1) + 1..self.line(closer.range.start)
    }

    /// Length in bytes of the indentation shared by all lines between two tags.
    fn indentation(&self, inner: Range<usize>, prefix: &ContainerPrefix) -> usize {
        let mut common: Option<&str> = None;
        for line in self.lines.get(inner).unwrap_or_default().iter().filter(|line| !line.is_blank()) {
            let at = prefix.enter(self.text, line).unwrap_or(line.start);
            let line_text = self.text.get(at..line.end).unwrap_or_default();
            let indent = &line_text[..line_text.len() - line_text.trim_start_matches([' ', '\t']).len()];
            let shared = common.unwrap_or(indent);
            let common_length = indent.bytes().zip(shared.bytes()).take_while(|(a, b)| a == b).count();
            common = Some(&indent[..common_length]);
        }
        common.map_or(0, str::len)
    }

    /// Removes the indentation of a wrapper's content; returns false if there is none.
    fn outdent(&mut self, tag: &Tag<'_>, closer: &Tag<'_>, prefix: &ContainerPrefix) -> bool {
        let inner = self.inner(tag, closer);
        let columns = self.indentation(inner.clone(), prefix);
        for line in self.lines.get(inner).unwrap_or_default().iter().filter(|line| !line.is_blank()) {
            let at = prefix.enter(self.text, line).unwrap_or(line.start);
            if columns > 0 {
                self.edits.delete(at..at + columns);
            }
        }
        columns > 0
    }

    /// Separates an unknown component from its content, which is Markdown.
    pub(super) fn separate_content(&mut self, tag: &Tag<'_>, closer: &Tag<'_>) -> usize {
        let first = self.lines[self.line(tag.range.start)];
        let is_component = tag.name.starts_with(|c: char| c.is_ascii_uppercase());
        if tag.holds_markdown() && self.is_whole_line(tag, closer) {
            let blank = ContainerPrefix::from_markers(first.marks(self.text)).blank();
            let separator = format!("\n{}\n{blank}", blank.trim_end());
            self.edits.insert(tag.range.end, separator.clone());
            self.edits.insert(closer.range.start, separator);
            return closer.range.end;
        }
        if !self.is_block(tag, closer) || !(is_component || tag.holds_markdown()) {
            return tag.range.end;
        }
        let prefix = ContainerPrefix::from_markers(first.marks(self.text));
        let blank = format!("{}\n", prefix.blank().trim_end());
        let inner = self.inner(tag, closer);
        if let Some(next) = self.lines.get(inner.start).filter(|next| !next.is_blank()) {
            self.edits.insert(next.start, blank.clone());
        }
        let last = self.lines.get(inner.end.wrapping_sub(1)).filter(|last| !inner.is_empty() && !last.is_blank());
        if last.is_some() {
            let closing = self.lines[self.line(closer.range.start)];
            self.edits.insert(closing.start, blank);
        }
        match self.outdent(tag, closer, &prefix) {
            true => closer.range.end,
            false => tag.range.end,
        }
    }

    /// Writes an alert as a quote with a marker, which the next round reads.
    fn alert(&mut self, tag: &Tag<'_>, closer: &Tag<'_>, kind: &str, title: Option<&str>) -> usize {
        let first = self.lines[self.line(tag.range.start)];
        if first.content < tag.range.start {
            // A block is not possible within a sentence.
            self.edits.replace(tag.range.clone(), title.map_or_else(String::new, |title| format!("**{title}** ")));
            self.edits.delete(closer.range.clone());
            return tag.range.end;
        }
        let prefix = ContainerPrefix::from_markers(first.marks(self.text));
        let blank = prefix.blank();
        let title = title.map_or_else(String::new, |title| format!(" {title}"));
        let last = self.lines[self.line(tag.range.end - 1)];
        let body = if last.end > tag.range.end { format!("\n{blank}> ") } else { String::new() };
        self.edits.replace(tag.range.clone(), format!("> [!{kind}]{title}{body}"));
        let inner = self.inner(tag, closer);
        let columns = self.indentation(inner.clone(), &prefix);
        for line in self.lines.get(inner).unwrap_or_default() {
            let at = prefix.enter(self.text, line).unwrap_or(line.start);
            self.edits.insert(at, prefix.missing(self.text, line, at) + "> ");
            if !line.is_blank() && columns > 0 {
                self.edits.delete(at..at + columns);
            }
        }
        self.close_alert(tag, closer, &prefix);
        closer.range.end
    }

    fn close_alert(&mut self, tag: &Tag<'_>, closer: &Tag<'_>, prefix: &ContainerPrefix) {
        let line = self.lines[self.line(closer.range.start)];
        let is_own = self.line(closer.range.start) > self.line(tag.range.end - 1);
        if is_own && line.content < closer.range.start {
            let at = prefix.enter(self.text, &line).unwrap_or(line.start);
            self.edits.insert(at, "> ");
        }
        // A blank line ends the quote.
        self.edits.replace(closer.range.clone(), format!("\n{}", prefix.blank()));
    }
}
