//! Tracked changes in Word files whose words pandoc would drop, because it reads only runs in them, not links or nested
//! changes.
//!
//! An insertion is repeated around each part of its content. In a deletion, only the runs are kept.

use quick_xml::events::Event;

use super::xml::{each_event, prefix};

/// Simplifies the changes in a part. Returns `None` if there is nothing to simplify, or if the part cannot be read.
pub(super) fn simplify(xml: &str) -> Option<String> {
    let mut writer =
        Writer { out: String::with_capacity(xml.len()), texts: vec![TextChanges::default()], ..Writer::default() };
    each_event(xml, |event, raw| {
        match event {
            Event::Start(tag) => writer.start(tag.local_name().as_ref(), raw),
            Event::End(tag) => writer.end(tag.local_name().as_ref(), raw),
            _ => writer.write(raw),
        }
        Some(())
    })?;
    writer.has_changed.then_some(writer.out)
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The main text and the open text boxes inside it.
    texts: Vec<TextChanges>,
    skipped_depth: usize,
    has_changed: bool,
}

/// The open changes in a text.
#[derive(Default)]
struct TextChanges {
    /// The tags of insertions; empty for an insertion inside another change.
    insertions: Vec<String>,
    deletions: usize,
}

impl TextChanges {
    /// The tag of the open insertion; `None` inside a deletion.
    fn insertion(&self) -> Option<&str> {
        self.insertions.iter().map(String::as_str).find(|tag| !tag.is_empty()).filter(|_| self.deletions == 0)
    }

    fn is_changed(&self) -> bool {
        self.deletions > 0 || !self.insertions.is_empty()
    }
}

impl Writer {
    fn write(&mut self, raw: &str) {
        if self.skipped_depth == 0 {
            self.out.push_str(raw);
        }
    }

    fn text(&self) -> &TextChanges {
        const NONE: &TextChanges = &TextChanges { insertions: Vec::new(), deletions: 0 };
        self.texts.last().unwrap_or(NONE)
    }

    fn start(&mut self, element: &str, raw: &str) {
        if self.skipped_depth > 0 {
            self.skipped_depth += 1;
            return;
        }
        match element {
            "ins" | "moveTo" => return self.start_insertion(raw),
            "del" | "moveFrom" => {
                self.suspend_insertion();
                self.texts.last_mut().into_iter().for_each(|text| text.deletions += 1);
            }
            "sdtPr" | "sdtEndPr" if self.text().is_changed() => {
                (self.skipped_depth, self.has_changed) = (1, true);
                return;
            }
            _ if self.is_unwrapped(element) => {
                self.has_changed = true;
                return;
            }
            "hyperlink" => {
                self.suspend_insertion();
                self.write(raw);
                return self.resume_insertion();
            }
            "txbxContent" => self.texts.push(TextChanges::default()),
            _ => {}
        }
        self.write(raw);
    }

    fn end(&mut self, element: &str, raw: &str) {
        if self.skipped_depth > 0 {
            self.skipped_depth -= 1;
            return;
        }
        match element {
            "ins" | "moveTo" => {
                let tag = self.texts.last_mut().and_then(|text| text.insertions.pop());
                match tag {
                    Some(tag) if tag.is_empty() => {}
                    Some(tag) => self.end_insertion(&tag, raw),
                    None => self.write(raw),
                }
                return;
            }
            "del" | "moveFrom" => {
                self.write(raw);
                let text = self.texts.last_mut();
                text.into_iter().for_each(|text| text.deletions = text.deletions.saturating_sub(1));
                return self.resume_insertion();
            }
            _ if self.is_unwrapped(element) => return,
            "hyperlink" => {
                self.suspend_insertion();
                self.write(raw);
                return self.resume_insertion();
            }
            "txbxContent" if self.texts.len() > 1 => drop(self.texts.pop()),
            _ => {}
        }
        self.write(raw);
    }

    fn start_insertion(&mut self, raw: &str) {
        let is_inner = self.text().is_changed();
        self.has_changed |= is_inner;
        if !is_inner {
            self.write(raw);
        }
        let tag = if is_inner { String::new() } else { raw.to_owned() };
        if let Some(text) = self.texts.last_mut() {
            text.insertions.push(tag);
        }
    }

    /// Whether an element in a change is dropped but its content kept.
    fn is_unwrapped(&self, element: &str) -> bool {
        (matches!(element, "sdt" | "sdtContent" | "smartTag" | "customXml") && self.text().is_changed())
            || (element == "hyperlink" && self.text().deletions > 0)
    }

    /// Suspends the open insertion until [`resume_insertion`](Self::resume_insertion).
    fn suspend_insertion(&mut self) {
        if let Some(tag) = self.text().insertion() {
            let name = tag.trim_start_matches('<').split([' ', '>', '/', '\n', '\t', '\r']).next().unwrap_or_default();
            let name = name.strip_prefix(prefix(tag)).unwrap_or(name);
            let end = format!("</{}{name}>", prefix(tag));
            let tag = tag.to_owned();
            self.has_changed = true;
            self.end_insertion(&tag, &end);
        }
    }

    /// Ends an insertion, or removes it if it is empty.
    fn end_insertion(&mut self, tag: &str, end: &str) {
        if self.has_changed && self.out.ends_with(tag) {
            self.out.truncate(self.out.len() - tag.len());
        } else {
            self.write(end);
        }
    }

    /// Resumes the suspended insertion.
    fn resume_insertion(&mut self) {
        if let Some(tag) = self.text().insertion().map(str::to_owned) {
            self.write(&tag);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_runs_are_in_changes() {
        for (written, expected) in [
            ("<w:ins a=\"1\"><w:r/><w:del>x</w:del></w:ins>", "<w:ins a=\"1\"><w:r/></w:ins><w:del>x</w:del>"),
            ("<w:ins><w:hyperlink>x</w:hyperlink></w:ins>", "<w:hyperlink><w:ins>x</w:ins></w:hyperlink>"),
            ("<w:del><w:hyperlink>x</w:hyperlink></w:del>", "<w:del>x</w:del>"),
            ("<w:del><w:ins>x</w:ins></w:del>", "<w:del>x</w:del>"),
            (
                "<w:moveTo><w:sdt><w:sdtPr><w:b>y</w:b></w:sdtPr><w:sdtContent>x</w:sdtContent></w:sdt></w:moveTo>",
                "<w:moveTo>x</w:moveTo>",
            ),
            ("<w:ins><w:r><w:txbxContent><w:hyperlink>x</w:hyperlink></w:txbxContent></w:r></w:ins>", "same"),
            ("<w:hyperlink><w:del>x</w:del></w:hyperlink>", "same"),
            ("<w:trPr><w:ins/></w:trPr><w:hyperlink>x</w:hyperlink>", "same"),
        ] {
            assert_eq!(simplify(written).as_deref().unwrap_or("same"), expected, "{written}");
        }
    }
}
