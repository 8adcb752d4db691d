//! Words in list numbers, which pandoc drops: `Step 1:`, or `WARNING:` without a number.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::Event;

use super::xml::{attribute, each_event, each_tag, prefix, run};

/// Labels with words, by list level and by paragraph style.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// Labels by list id and level.
    by_list: BTreeMap<(String, String), String>,
    by_style: BTreeMap<String, (String, String)>,
}

impl Labels {
    /// Reads labels from the numbering and styles parts of a file.
    pub(super) fn read(numbering: &str, styles: &str) -> Labels {
        let mut labels = Labels { by_list: list_labels(numbering), by_style: BTreeMap::new() };
        if !labels.by_list.is_empty() {
            labels.by_style = style_lists(styles);
        }
        labels
    }

    /// The label of a paragraph, and whether the paragraph itself names its list.
    fn find(&self, properties: &str) -> Option<(&str, bool)> {
        let (mut list, mut level, mut style) = (None, None, None);
        each_tag(properties, |element, tag| match element {
            "numId" => list = list.or(attribute(tag, "val")),
            "ilvl" => level = level.or(attribute(tag, "val")),
            "pStyle" => style = style.or(attribute(tag, "val")),
            _ => {}
        });
        let own_list = list.map(|list| (list.to_owned(), level.unwrap_or("0").to_owned()));
        let is_own = own_list.is_some();
        let place = own_list.or_else(|| self.by_style.get(style?).cloned())?;
        self.by_list.get(&place).map(|label| (label.as_str(), is_own))
    }
}

/// Writes labels without a number into their paragraphs, and returns the part with the labels that could not be
/// written, or `None` if there are no labels.
pub(super) fn write(xml: &str, labels: &Labels) -> Option<(String, BTreeSet<String>)> {
    if labels.by_list.is_empty() {
        return None;
    }
    let (mut out, mut lost, mut has_changed) = (String::with_capacity(xml.len()), BTreeSet::new(), false);
    let mut open = Vec::new();
    each_event(xml, |event, raw| {
        if matches!(&event, Event::Start(tag) if tag.local_name().as_ref() == "pPr") {
            open.push(out.len());
        }
        out.push_str(raw);
        let is_end = matches!(&event, Event::End(tag) if tag.local_name().as_ref() == "pPr");
        let Some(start) = open.pop_if(|_| is_end).filter(|_| open.is_empty()) else { return Some(()) };
        let properties = out.split_off(start);
        match labels.find(&properties) {
            Some((label, true)) if !label.contains('%') => {
                has_changed = true;
                out += &without_list(&properties);
                out += &run(prefix(raw), &format!("{label} "));
            }
            label => {
                lost.extend(label.map(|(label, _)| label.to_owned()));
                out += &properties;
            }
        }
        Some(())
    })?;
    (has_changed || !lost.is_empty()).then_some((out, lost))
}

/// The properties of a paragraph, without its list.
fn without_list(properties: &str) -> String {
    let prefix = prefix(properties);
    let begin = properties.find(&format!("<{prefix}numPr"));
    let close = format!("</{prefix}numPr>");
    let end = properties.find(&close).map(|at| at + close.len());
    match begin.zip(end).filter(|(begin, end)| begin < end) {
        Some((begin, end)) => [&properties[..begin], &properties[end..]].concat(),
        None => properties.to_owned(),
    }
}

/// A list level while it is read.
#[derive(Clone, Default)]
struct Level {
    level: String,
    format: String,
    text: String,
}

fn list_labels(numbering: &str) -> BTreeMap<(String, String), String> {
    let mut kinds: BTreeMap<String, Vec<Level>> = BTreeMap::new();
    let mut lists: Vec<(String, String)> = Vec::new();
    let (mut kind, mut list) = (String::new(), String::new());
    each_tag(numbering, |element, tag| {
        let value = |name: &str| attribute(tag, name).unwrap_or_default().to_owned();
        let levels = kinds.entry(kind.clone()).or_default();
        match element {
            "abstractNum" => kind = value("abstractNumId"),
            "lvl" => levels.push(Level { level: value("ilvl"), ..Level::default() }),
            "numFmt" => levels.last_mut().into_iter().for_each(|level| level.format = value("val")),
            "lvlText" => levels.last_mut().into_iter().for_each(|level| level.text = value("val")),
            "num" => list = value("numId"),
            "abstractNumId" => lists.push((list.clone(), value("val"))),
            _ => {}
        }
    });
    let mut labels = BTreeMap::new();
    for (list, kind) in lists {
        for one in kinds.get(&kind).into_iter().flatten().filter(|one| one.format != "bullet" && has_word(&one.text)) {
            labels.insert((list.clone(), one.level.clone()), one.text.trim().to_owned());
        }
    }
    labels
}

/// The list and level of each paragraph style.
fn style_lists(styles: &str) -> BTreeMap<String, (String, String)> {
    let mut found: BTreeMap<String, (String, String)> = BTreeMap::new();
    let (mut style, mut level) = (None, String::from("0"));
    each_tag(styles, |element, tag| match element {
        "style" => (style, level) = (attribute(tag, "styleId"), String::from("0")),
        "ilvl" => level = attribute(tag, "val").unwrap_or("0").to_owned(),
        "numId" => {
            let list = style.zip(attribute(tag, "val"));
            found.extend(list.map(|(style, list)| (style.to_owned(), (list.to_owned(), level.clone()))));
        }
        _ => {}
    });
    found
}

/// Whether a label has two adjacent letters, which cannot be a number.
fn has_word(label: &str) -> bool {
    let letters: Vec<char> = label.chars().collect();
    letters.windows(2).any(|pair| pair.iter().all(|c| c.is_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_without_numbers_become_words() {
        let level = |kind: &str, format: &str, text: &str| {
            format!(
                "<w:abstractNum w:abstractNumId=\"{kind}\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"{format}\"/>\
                 <w:lvlText w:val=\"{text}\"/></w:lvl></w:abstractNum>"
            )
        };
        let kinds =
            [level("1", "decimal", "Step %1:"), level("2", "none", "WARNING:"), level("3", "decimal", "%1.")].concat();
        let lists =
            ["1", "2", "3"].map(|id| format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>"));
        let labels = Labels::read(
            &format!("<w:numbering>{kinds}{}</w:numbering>", lists.concat()),
            "<w:styles><w:style w:styleId=\"S\"><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:style></w:styles>",
        );
        let item = |list: &str| {
            format!("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>x</w:p>")
        };
        let lost = |xml: &str| write(xml, &labels).map(|(_, lost)| lost.into_iter().collect::<Vec<_>>().join(", "));
        assert_eq!(lost(&item("1")).as_deref(), Some("Step %1:"));
        assert_eq!(lost("<w:p><w:pPr><w:pStyle w:val=\"S\"/></w:pPr></w:p>").as_deref(), Some("Step %1:"));
        assert_eq!(lost(&item("3")), None);
        let words = write(&item("2"), &labels).map(|(xml, _)| xml);
        assert_eq!(words.as_deref(), Some("<w:p><w:pPr></w:pPr><w:r><w:t>WARNING: </w:t></w:r>x</w:p>"));
    }
}
