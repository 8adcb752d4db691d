//! Elements that affect their content: hidden ones, struck ones, and abbreviations.

use super::element::Element;
use super::styles::StyleSheet;
use crate::html::decode_references;

/// The effect of an element on its content.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Effect {
    None,
    Hidden,
    /// Part of the site, not of the document, or a copy of what is beside it.
    Removed,
    Struck,
    /// The meaning of an abbreviation.
    Abbreviation(String),
}

/// Elements without a closing tag.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements that are closed by an opening tag: each with these tags, and with the elements that limit their effect.
const IMPLICITLY_CLOSED: [(&[&str], &[&str], &[&str]); 4] = [
    (&["li"], &["li"], &["ul", "ol"]),
    (&["td", "th"], &["td", "th", "tr", "tbody", "tfoot"], &["table"]),
    (&["tr"], &["tr", "tbody", "tfoot"], &["table"]),
    (&["dt", "dd"], &["dt", "dd"], &["dl"]),
];
/// Tags that end a paragraph.
const PARAGRAPH_ENDERS: [&str; 19] = [
    "p",
    "div",
    "ul",
    "ol",
    "dl",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "blockquote",
    "section",
    "article",
    "form",
    "hr",
    "figure",
];
/// Elements that close everything inside them when they end.
const CLOSING_ELEMENTS: [&str; 17] = [
    "ul",
    "ol",
    "dl",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "td",
    "th",
    "div",
    "section",
    "article",
    "body",
    "html",
    "form",
    "blockquote",
];
/// The class of a completed task in Notion.
const DONE_TASK: &str = "to-do-children-checked";
/// The maximum number of open elements searched for the one that a tag closes.
const MAX_DEPTH: usize = 500;

/// The result of closing an element.
pub(super) struct ClosedElement {
    /// Whether the element is hidden.
    pub(super) is_hidden: bool,
    /// The meaning of its words, for an abbreviation.
    pub(super) meaning: Option<String>,
}

/// The open elements, starting with the outermost one that has an effect.
#[derive(Default)]
pub(super) struct Regions {
    styles: StyleSheet,
    open: Vec<(String, Effect)>,
    /// The words of the open hidden element.
    words: String,
    /// The words of the hidden elements closed so far.
    pub(super) hidden: Vec<String>,
}

impl Regions {
    pub(super) fn new(styles: StyleSheet) -> Regions {
        Regions { styles, ..Regions::default() }
    }

    /// Whether the current position is hidden.
    pub(super) fn is_hidden(&self) -> bool {
        self.open.iter().any(|(_, effect)| effect.hides())
    }

    /// Whether the current position is struck out.
    pub(super) fn is_struck(&self) -> bool {
        self.open.iter().any(|(_, effect)| *effect == Effect::Struck)
    }

    /// Records hidden words.
    pub(super) fn record_hidden(&mut self, words: &str) {
        self.words += &decode_references(words);
    }

    /// Opens an element.
    pub(super) fn open(&mut self, element: Element<'_>) {
        self.close_implied(element);
        let effect = effect(element, &self.styles);
        if element.is_one_of(&VOID) || (self.open.is_empty() && effect == Effect::None) {
            return;
        }
        if self.is_hidden() {
            self.words.push(' ');
        }
        self.open.push((element.name().to_ascii_lowercase(), effect));
    }

    /// Whether an element without a closing tag is hidden itself.
    pub(super) fn is_hidden_void(&self, element: Element<'_>) -> bool {
        element.is_one_of(&VOID) && effect(element, &self.styles).hides()
    }

    /// Closes an element.
    pub(super) fn close(&mut self, element: Element<'_>) -> ClosedElement {
        let depth = self.open.iter().rev().take(MAX_DEPTH).position(|(name, _)| element.is(name));
        let Some(depth) = depth else {
            if element.is_one_of(&CLOSING_ELEMENTS) {
                self.truncate(0);
            }
            return ClosedElement { is_hidden: self.is_hidden(), meaning: None };
        };
        let at = self.open.len() - 1 - depth;
        let is_hidden = self.open.iter().take(at + 1).any(|(_, effect)| effect.hides());
        let effect = self.open.get(at).map(|(_, effect)| effect.clone());
        self.truncate(at);
        let meaning = if let Some(Effect::Abbreviation(words)) = effect { Some(words) } else { None };
        ClosedElement { is_hidden, meaning: meaning.filter(|_| !is_hidden) }
    }

    /// Closes everything that is open.
    pub(super) fn finish(&mut self) {
        self.truncate(0);
    }

    /// Closes the elements that an opening tag closes implicitly.
    fn close_implied(&mut self, element: Element<'_>) {
        let mut names = self.open.iter().rev().take(MAX_DEPTH).map(|(name, _)| name.as_str()).enumerate();
        let implied = if element.is_one_of(&PARAGRAPH_ENDERS) {
            names.find(|(_, name)| *name == "p" || CLOSING_ELEMENTS.contains(name)).filter(|(_, name)| *name == "p")
        } else {
            let rules = IMPLICITLY_CLOSED.iter().filter(|(_, by, _)| element.is_one_of(by));
            let (ended, outer): (Vec<&[&str]>, Vec<&[&str]>) = rules.map(|(ended, _, outer)| (*ended, *outer)).unzip();
            let (ended, outer) = (ended.concat(), outer.concat());
            let reached: Vec<_> = names.take_while(|(_, name)| !outer.contains(name)).collect();
            reached.into_iter().rev().find(|(_, name)| ended.contains(name))
        };
        let at = implied.map(|(depth, _)| self.open.len() - 1 - depth);
        at.into_iter().for_each(|at| self.truncate(at));
    }

    fn truncate(&mut self, length: usize) {
        let outermost = self.open.iter().find(|(_, effect)| effect.hides()).map(|(_, effect)| effect.clone());
        self.open.truncate(length);
        if let Some(effect) = outermost.filter(|_| !self.is_hidden()) {
            let words = std::mem::take(&mut self.words).split_whitespace().collect::<Vec<_>>().join(" ");
            let is_kept = effect == Effect::Hidden || words.len() > MAX_SITE_PART_BYTES;
            self.hidden.extend(Some(words).filter(|words| is_kept && !words.is_empty()));
        }
    }
}

impl Effect {
    fn hides(&self) -> bool {
        matches!(self, Effect::Hidden | Effect::Removed)
    }
}

/// The longest part of a site that is left out without a remark, in bytes.
const MAX_SITE_PART_BYTES: usize = 200;
/// Classes of parts of a site beside its headings and formulas.
const SITE_PARTS: [&str; 7] =
    ["footnote-backref", "headerlink", "hash-link", "anchor-link", "mw-editsection", "katex-html", "MathJax_Preview"];

/// The largest size of an icon, in pixels.
const MAX_ICON_SIZE: f32 = 32.0;

/// Whether a drawing is an icon: small or marked as one, and without words.
fn is_icon(element: Element<'_>) -> bool {
    let has_words = || {
        ["<text", "<title", "<desc", "<foreignObject"].iter().any(|tag| element.html[element.inside()].contains(tag))
    };
    let before = element.html[..element.tag.range.start].rsplit('<').next().unwrap_or_default();
    let is_named = |tag: &str| tag.contains("icon") || tag.contains("Icon") || tag.contains("emoji");
    let is_marked = before.ends_with('>') && is_named(before) || element.attribute("class").is_some_and(is_named);
    let size = element.attribute("viewBox").and_then(|view| view.split_whitespace().nth(2)?.parse::<f32>().ok());
    let is_small = size.is_some_and(|size| size <= MAX_ICON_SIZE);
    (is_small || is_marked || element.attribute("aria-hidden") == Some("true")) && !has_words()
}

fn effect(element: Element<'_>, styles: &StyleSheet) -> Effect {
    if element.is_one_of(&["a", "span"]) && SITE_PARTS.iter().any(|class| element.has_class(class)) {
        return Effect::Removed;
    }
    if element.is("svg") && is_icon(element) {
        return Effect::Removed;
    }
    // A page that a script makes visible would otherwise be empty.
    let is_whole = element.is_one_of(&["html", "body"]);
    let is_closed = element.is("dialog") && element.attribute("open").is_none();
    if element.is_one_of(&["template", "datalist"]) || is_closed {
        return Effect::Hidden;
    }
    let visibility = styles.visibility(element);
    if !is_whole && (element.attribute("hidden").is_some() || visibility.is_hidden == Some(true)) {
        return Effect::Hidden;
    }
    if visibility.is_struck == Some(true) && !element.has_class(DONE_TASK) {
        return Effect::Struck;
    }
    match element.non_empty_attribute("title").filter(|_| element.is_one_of(&["abbr", "acronym"])) {
        Some(title) => Effect::Abbreviation(title),
        None => Effect::None,
    }
}
