//! Removal of fields and hidden runs from Word files before pandoc reads them.
//!
//! Only the visible result of the outermost field is kept, as plain runs. Pandoc would lose the text after a field that
//! is nested, split by a tracked change, or written in a single run. Links and references are marked as in
//! [`bookmarks`](super::bookmarks).

use std::collections::BTreeSet;

use quick_xml::events::Event;

use super::bookmarks::{REFERENCE_END, reference};
use super::field_marks::{Field, Run, SkippedPart, find_complete_fields, is_skipped};
use super::hidden::is_hidden;
use super::instruction::{button, target};
use super::xml::{attribute, each_event, prefix, run};

/// A part without fields and hidden runs.
#[derive(Debug, Default)]
pub(super) struct ResolvedFields {
    pub(super) xml: String,
    /// The words of hidden runs, joined by paragraph.
    pub(super) hidden: Vec<String>,
    /// The placeholder texts that Word shows in empty fields.
    pub(super) placeholders: Vec<String>,
}

/// Removes fields and hidden runs from a part. Returns `None` if there are none, or if the part cannot be read.
pub(super) fn resolve(xml: &str, hidden_styles: &BTreeSet<String>) -> Option<ResolvedFields> {
    let mut writer = Writer::new(find_complete_fields(xml), xml.len(), hidden_styles);
    each_event(xml, |event, raw| {
        match event {
            Event::Start(tag) => writer.start(tag.local_name().as_ref(), raw),
            Event::Empty(tag) => writer.empty(tag.local_name().as_ref(), raw),
            Event::End(tag) => writer.end(tag.local_name().as_ref(), raw),
            Event::Text(_) | Event::GeneralRef(_) | Event::CData(_) => writer.text(raw),
            _ => writer.write(raw),
        }
        Some(())
    })?;
    writer.has_changed.then_some(writer.resolved)
}

struct Writer<'s> {
    resolved: ResolvedFields,
    marks: std::vec::IntoIter<bool>,
    hidden_styles: &'s BTreeSet<String>,
    fields: Vec<Field>,
    runs: Vec<Run>,
    /// The number of open runs around the open link, and the prefix of the link's own run.
    link: Option<(usize, String)>,
    depth: usize,
    /// The number of open elements in which no link can begin.
    no_link_depth: usize,
    /// Whether each open content control shows its placeholder.
    controls: Vec<bool>,
    skipped: SkippedPart,
    skipped_depth: usize,
    words: String,
    has_changed: bool,
}

impl<'s> Writer<'s> {
    fn new(marks: Vec<bool>, length: usize, hidden_styles: &'s BTreeSet<String>) -> Writer<'s> {
        let resolved = ResolvedFields { xml: String::with_capacity(length), ..ResolvedFields::default() };
        Writer {
            resolved,
            marks: marks.into_iter(),
            hidden_styles,
            fields: Vec::new(),
            runs: Vec::new(),
            link: None,
            depth: 0,
            no_link_depth: 0,
            controls: Vec::new(),
            skipped: SkippedPart::Other,
            skipped_depth: 0,
            words: String::new(),
            has_changed: false,
        }
    }

    fn write(&mut self, raw: &str) {
        if self.skipped_depth == 0 {
            self.resolved.xml.push_str(raw);
        }
    }

    fn text(&mut self, raw: &str) {
        match self.skipped {
            _ if self.skipped_depth == 0 => self.write(raw),
            SkippedPart::Instruction => {
                self.fields.last_mut().into_iter().for_each(|field| field.instruction.push_str(raw));
            }
            SkippedPart::Words => self.words.push_str(raw),
            SkippedPart::Mark | SkippedPart::Other => {}
        }
    }

    fn start(&mut self, element: &str, raw: &str) {
        if self.skipped_depth > 0 {
            self.skipped_depth += 1;
            return self.read_skipped(element, raw);
        }
        if let Some(leaving) = self.skipped_part(element) {
            (self.skipped_depth, self.skipped, self.has_changed) = (1, leaving, true);
            return self.read_skipped(element, raw);
        }
        match element {
            "fldChar" => {
                self.mark(raw);
                (self.skipped_depth, self.skipped) = (1, SkippedPart::Mark);
                return;
            }
            "fldSimple" => return self.open(raw),
            "r" => return self.start_run(raw),
            "sdt" => self.controls.push(false),
            "showingPlcHdr" => self.begin_placeholder(),
            _ => {}
        }
        self.open_link(element);
        self.close_link();
        self.no_link_depth += usize::from(is_skipped(element));
        self.depth += 1;
        self.write(raw);
    }

    fn empty(&mut self, element: &str, raw: &str) {
        if self.skipped_depth > 0 {
            return self.read_skipped(element, raw);
        }
        match self.skipped_part(element) {
            Some(SkippedPart::Words) => {
                self.has_changed = true;
                self.words.push(' ');
            }
            Some(_) => self.has_changed = true,
            None if element == "fldChar" => self.mark(raw),
            None if element == "fldSimple" => self.has_changed = true,
            None => {
                if element == "showingPlcHdr" {
                    self.begin_placeholder();
                }
                self.open_link(element);
                self.write(raw);
            }
        }
    }

    /// Reads an element inside one that is skipped.
    fn read_skipped(&mut self, element: &str, raw: &str) {
        if element == "fldChar" {
            return self.mark(raw);
        }
        if self.skipped == SkippedPart::Mark {
            self.fields.last_mut().into_iter().for_each(|field| field.form.read(element, raw));
        }
    }

    fn end(&mut self, element: &str, raw: &str) {
        if self.skipped_depth > 0 {
            self.skipped_depth -= 1;
            return;
        }
        if element == "fldSimple" {
            return self.close(prefix(raw));
        }
        self.close_link();
        self.depth = self.depth.saturating_sub(1);
        self.no_link_depth = self.no_link_depth.saturating_sub(usize::from(is_skipped(element)));
        self.write(raw);
        match element {
            "r" => drop(self.runs.pop()),
            "rPr" => self.end_properties(),
            "p" => self.end_words(),
            "sdt" => {
                if self.controls.last() == Some(&true) {
                    self.end_words();
                }
                self.controls.pop();
            }
            _ => {}
        }
    }

    fn begin_placeholder(&mut self) {
        self.end_words();
        self.controls.last_mut().into_iter().for_each(|shows| *shows = true);
    }

    /// Why an element is skipped with its content, if it is.
    fn skipped_part(&self, element: &str) -> Option<SkippedPart> {
        if matches!(element, "instrText" | "delInstrText") {
            return Some(if element == "instrText" { SkippedPart::Instruction } else { SkippedPart::Other });
        }
        let run = self.runs.last().filter(|run| run.depth == self.depth && !matches!(element, "rPr" | "fldChar"))?;
        let is_word = matches!(element, "t" | "tab" | "br" | "cr" | "sym" | "noBreakHyphen");
        if self.fields.iter().any(|field| !field.is_shown) {
            return Some(SkippedPart::Other);
        }
        (is_word && (run.is_hidden || self.controls.contains(&true))).then_some(SkippedPart::Words)
    }

    fn start_run(&mut self, raw: &str) {
        let at = self.resolved.xml.len();
        self.write(raw);
        self.depth += 1;
        let (start, depth) = (self.resolved.xml.len(), self.depth);
        self.runs.push(Run {
            tag: raw.to_owned(),
            properties: String::new(),
            tag_offset: at,
            properties_offset: start,
            depth,
            is_hidden: false,
        });
    }

    /// Begins a link before the open run if an element with words of a link begins in the run.
    fn open_link(&mut self, element: &str) {
        let Some(open) = self.runs.last().filter(|run| run.depth == self.depth && element != "rPr") else { return };
        if self.link.is_some() || self.no_link_depth > 0 || self.fields.iter().any(|field| !field.is_shown) {
            return;
        }
        if let Some(target) = self.fields.iter().find_map(|field| field.target.as_deref()) {
            let prefix = prefix(&open.tag).to_owned();
            self.resolved.xml.insert_str(open.tag_offset, &run(&prefix, &reference(target)));
            self.link = Some((self.runs.len() - 1, prefix));
        }
    }

    fn end_properties(&mut self) {
        let Some(run) = self.runs.last_mut().filter(|run| run.depth == self.depth && run.properties.is_empty()) else {
            return;
        };
        run.properties = self.resolved.xml.get(run.properties_offset..).unwrap_or_default().to_owned();
        run.is_hidden = is_hidden(&run.properties, self.hidden_styles);
    }

    /// Reads a mark of a complex field.
    fn mark(&mut self, raw: &str) {
        self.has_changed = true;
        if self.marks.next() != Some(true) {
            return;
        }
        let is_in_run = self.skipped_depth == 0 && self.runs.last().is_some_and(|run| run.depth == self.depth);
        let run = if is_in_run { self.runs.pop() } else { None };
        if let Some(run) = &run {
            self.write(&format!("</{}r>", prefix(&run.tag)));
            self.depth -= 1;
        }
        match attribute(raw, "fldCharType") {
            Some("begin") => self.fields.push(Field::default()),
            Some("end") => self.close(prefix(raw)),
            _ => {
                if let Some(field) = self.fields.last_mut() {
                    (field.is_shown, field.target) = (true, target(&field.instruction));
                }
            }
        }
        if let Some(Run { tag, properties, is_hidden, .. }) = run {
            self.start_run(&tag);
            self.write(&properties);
            let again = self.runs.last_mut();
            again.into_iter().for_each(|run| (run.properties, run.is_hidden) = (properties.clone(), is_hidden));
        }
    }

    /// Begins a simple field.
    fn open(&mut self, raw: &str) {
        self.has_changed = true;
        let target = attribute(raw, "instr").and_then(target);
        self.fields.push(Field { is_shown: true, target, ..Field::default() });
    }

    /// Ends a field, and writes its visible value if that is not in its text.
    fn close(&mut self, prefix: &str) {
        let Some(field) = self.fields.pop() else { return };
        if field.target.is_some() {
            self.close_link();
        }
        let text = field.form.shown().or_else(|| button(&field.instruction).filter(|_| !field.is_shown));
        if let Some(text) = text.filter(|_| self.fields.iter().all(|field| field.is_shown)) {
            self.write(&run(prefix, &text));
        }
    }

    /// Ends the open link, unless a run inside it is open.
    fn close_link(&mut self) {
        if let Some((_, prefix)) = self.link.take_if(|(level, _)| *level == self.runs.len()) {
            self.write(&run(&prefix, REFERENCE_END));
        }
    }

    /// Records the hidden words of a paragraph, or the words of a placeholder.
    fn end_words(&mut self) {
        let words = std::mem::take(&mut self.words);
        let list =
            if self.controls.contains(&true) { &mut self.resolved.placeholders } else { &mut self.resolved.hidden };
        list.extend(Some(words).filter(|words| !words.trim().is_empty()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(xml: &str) -> ResolvedFields {
        resolve(xml, &BTreeSet::new())
            .unwrap_or_else(|| ResolvedFields { xml: xml.to_owned(), ..ResolvedFields::default() })
    }

    /// The resolved paragraph, without empty runs.
    fn left(xml: &str) -> String {
        resolved(&format!("<w:p>{xml}</w:p>")).xml.replace("<w:r></w:r>", "")
    }

    fn mark(kind: &str) -> String {
        format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>")
    }

    fn field(instruction: &str, shown: &str) -> String {
        let instruction = format!("<w:r><w:instrText>{instruction}</w:instrText></w:r>");
        [mark("begin"), instruction, mark("separate"), shown.to_owned(), mark("end")].concat()
    }

    fn words(text: &str) -> String {
        format!("<w:r><w:t>{text}</w:t></w:r>")
    }

    #[test]
    fn the_outermost_field_shows_its_words() {
        let inner = field("DOCPROPERTY Site", &words("Leeds"));
        let nested = [
            &mark("begin"),
            "<w:r><w:instrText>IF</w:instrText></w:r>",
            &inner,
            &mark("separate"),
            &words("desk"),
            &mark("end"),
        ];
        let inside = field("IF", &field("DATE", &words("May")));
        let one_run = "<w:r><w:rPr><w:b/></w:rPr><w:fldChar w:fldCharType=\"begin\"/><w:instrText>=1</w:instrText>\
                       <w:fldChar w:fldCharType=\"separate\"/><w:t>3</w:t><w:fldChar w:fldCharType=\"end\"/></w:r>";
        let bold = "<w:r><w:rPr><w:b/></w:rPr></w:r>";
        for (written, expected) in [
            (nested.concat(), words("desk")),
            (inside, words("May")),
            (one_run.to_owned(), format!("{bold}{bold}<w:r><w:rPr><w:b/></w:rPr><w:t>3</w:t></w:r>{bold}")),
            (field("XE x", ""), String::new()),
            ([mark("begin"), words("never ended")].concat(), words("never ended")),
            ([words("a"), mark("end"), mark("separate"), words("b")].concat(), words("a") + &words("b")),
            (format!("<w:fldSimple w:instr=\"DATE\">{}</w:fldSimple>", words("1")), words("1")),
            ("<w:fldSimple w:instr=\"DATE\"/>".to_owned(), String::new()),
            (
                field("DATE", "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"),
                "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>".to_owned(),
            ),
        ] {
            assert_eq!(left(&written), format!("<w:p>{expected}</w:p>"), "{written}");
        }
    }

    #[test]
    fn links_are_marked_around_runs_that_are_side_by_side() {
        let open = run("w:", &reference("https://a.example"));
        let end = run("w:", REFERENCE_END);
        let link = |shown: &str| left(&field("HYPERLINK &quot;https://a.example&quot;", shown));
        assert_eq!(link(&words("the form")), format!("<w:p>{open}{}{end}</w:p>", words("the form")));
        let inserted = format!("{}<w:ins>{}</w:ins>", words("the "), words("new"));
        assert_eq!(
            link(&inserted),
            format!("<w:p>{open}{}{end}<w:ins>{open}{}{end}</w:ins></w:p>", words("the "), words("new"))
        );
        let deleted = format!("<w:del>{}</w:del>", words("old"));
        assert_eq!(link(&deleted), format!("<w:p>{deleted}</w:p>"));
        let two = format!("{}</w:p><w:p>{}", words("a"), words("b"));
        assert_eq!(link(&two), format!("<w:p>{open}{}{end}</w:p><w:p>{open}{}{end}</w:p>", words("a"), words("b")));
    }

    #[test]
    fn hidden_runs_are_kept_apart() {
        let hidden = |words: &str| format!("<w:r><w:rPr><w:vanish/></w:rPr>{words}</w:r>");
        let found = resolved(&format!(
            "<w:p>{}{}{}</w:p>",
            words("a"),
            hidden("<w:t>do not</w:t><w:tab/>"),
            hidden("<w:t>print</w:t>")
        ));
        assert_eq!(found.hidden, ["do not print"]);
        assert_eq!(found.xml, format!("<w:p>{}{}{}</w:p>", words("a"), hidden(""), hidden("")));
        let control = format!(
            "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>{}</w:p>",
            words("Click here"),
            words("b")
        );
        let found = resolved(&control);
        assert_eq!((found.placeholders, found.hidden.len()), (vec!["Click here".to_owned()], 0));
        assert!(!found.xml.contains("Click here") && found.xml.contains(&words("b")), "{}", found.xml);
    }
}
