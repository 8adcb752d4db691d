//! Preparation of web pages for pandoc: content that pandoc would drop (words in form fields, anchors, embedded
//! content) is moved to where it reads it, and hidden content is removed.

mod comments;
mod element;
mod fields;
mod figures;
mod footnotes;
mod google_lists;
mod lists;
mod regions;
mod ruby;
mod scripts;
mod styles;

use std::ops::Range;

use element::Element;
use figures::Figures;
use lists::Lists;
use regions::Regions;
use ruby::Ruby;
use styles::StyleSheet;

use crate::html::{Tag, Token, token_at};

/// Elements whose id would be lost, but whose text can have it.
const TEXT_ELEMENTS: [&str; 8] = ["p", "dt", "dd", "caption", "figcaption", "legend", "summary", "address"];
/// Elements whose id would be lost, but which can be preceded by an anchor.
const BLOCK_ELEMENTS: [&str; 10] =
    ["ul", "ol", "dl", "blockquote", "figure", "form", "fieldset", "details", "article", "aside"];
/// Elements without markup inside.
const RAW_TEXT_ELEMENTS: [&str; 3] = ["script", "style", "textarea"];

/// The number of bytes of a page that are searched for its encoding.
const MAX_CHARSET_BYTES: usize = 2048;

/// The encoding that a page declares, in lower case.
pub(super) fn charset(page: &[u8]) -> Option<String> {
    let head: String = page.iter().take(MAX_CHARSET_BYTES).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    // Forms, scripts and links also have an attribute of this name.
    let metas = head.split("<meta").skip(1).filter_map(|tag| tag.split('>').next());
    let (_, rest) = metas.filter_map(|tag| tag.split_once("charset")).next()?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start_matches(['"', '\'', ' ']);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name: String = rest.chars().take_while(|c| is_name(*c)).collect();
    (!name.is_empty()).then_some(name)
}

/// A page prepared for pandoc.
#[derive(Debug, Default)]
pub(super) struct UnfoldedPage {
    /// The new page, or `None` if it is unchanged.
    pub(super) html: Option<String>,
    /// The words of hidden content.
    pub(super) hidden: Vec<String>,
}

/// Prepares a page for pandoc.
pub(super) fn unfold(page: &str) -> UnfoldedPage {
    let steps: [fn(&str) -> Option<String>; 3] = [comments::move_comments, google_lists::nest, footnotes::rename];
    let changed = steps.iter().fold(None, |html: Option<String>, step| {
        let next = step(html.as_deref().unwrap_or(page));
        next.or(html)
    });
    let unfolded = unfold_content(changed.as_deref().unwrap_or(page));
    UnfoldedPage { html: unfolded.html.or(changed), ..unfolded }
}

fn unfold_content(html: &str) -> UnfoldedPage {
    let regions = Regions::new(StyleSheet::read(html));
    let mut page = Page { html, regions, lists: Lists::default(), figures: Figures::default(), ruby: Ruby::default() };
    let mut out = String::with_capacity(html.len());
    let (mut at, mut copied) = (0, 0);
    while at < html.len() {
        let (range, replacement) = page.token(token_at(html, at));
        at = range.end.max(at + 1);
        if let Some(replacement) = replacement {
            out += &html[copied..range.start];
            out += &replacement;
            copied = range.end;
        }
    }
    out += &html[copied..];
    page.regions.finish();
    UnfoldedPage { html: (copied > 0).then_some(out), hidden: page.regions.hidden }
}

struct Page<'h> {
    html: &'h str,
    regions: Regions,
    lists: Lists,
    figures: Figures,
    ruby: Ruby,
}

impl Page<'_> {
    /// The range of a token and its replacement, or `None` for the latter if it stays.
    fn token(&mut self, token: Token) -> (Range<usize>, Option<String>) {
        match token {
            Token::Open(tag) => self.open_tag(&tag),
            Token::Close(tag) => self.close_tag(&tag),
            Token::Text(range) => self.text(range),
            Token::Comment { range, .. } | Token::Declaration(range) => {
                let replacement = self.regions.is_hidden().then(String::new);
                (range, replacement)
            }
        }
    }

    fn text(&mut self, range: Range<usize>) -> (Range<usize>, Option<String>) {
        let words = &self.html[range.clone()];
        if self.regions.is_hidden() {
            self.regions.record_hidden(words);
            return (range, Some(String::new()));
        }
        let struck = (self.regions.is_struck() && !words.trim().is_empty()).then(|| format!("<s>{words}</s>"));
        (range, struck)
    }

    fn close_tag(&mut self, tag: &Tag) -> (Range<usize>, Option<String>) {
        let element = Element { html: self.html, tag };
        let markup = element.written();
        let closed = self.regions.close(element);
        if closed.is_hidden {
            return (tag.range.clone(), Some(String::new()));
        }
        self.lists.close(element);
        let replacement = if let Some(written) = self.figures.close(element) {
            Some(written.to_owned())
        } else if let Some(written) = self.ruby.close(element) {
            Some(written)
        } else if element.is("legend") {
            Some("</p>".to_owned())
        } else if is_before_same(self.html, element) {
            Some(format!("{markup}, "))
        } else if let Some(meaning) = closed.meaning {
            Some(format!(" ({meaning}){markup}"))
        } else if element.is("option") {
            // Words of several choices are separated.
            Some(format!("{markup} "))
        } else {
            // Pandoc would cut rows to the columns that a table declares.
            is_column(element).then(String::new)
        };
        (tag.range.clone(), replacement)
    }

    fn open_tag(&mut self, tag: &Tag) -> (Range<usize>, Option<String>) {
        let element = Element { html: self.html, tag };
        if let Some(name) = RAW_TEXT_ELEMENTS.into_iter().find(|name| element.is(name)) {
            return self.replace_raw_text(element, name);
        }
        self.regions.open(element);
        if self.regions.is_hidden() || self.regions.is_hidden_void(element) || is_column(element) {
            return (tag.range.clone(), Some(String::new()));
        }
        if let Some((range, words)) = fields::find_replacement(element) {
            self.regions.close(element);
            return (range, Some(words));
        }
        let list_markup = self
            .lists
            .open(element)
            .or_else(|| self.figures.open(element).map(str::to_owned))
            .or_else(|| self.ruby.open(element))
            .or_else(|| element.is("legend").then(|| "<p>".to_owned()));
        let replacement = with_id_anchor(element, list_markup.as_deref().unwrap_or(element.written())).or(list_markup);
        (tag.range.clone(), replacement)
    }

    /// Reads an element without markup inside.
    fn replace_raw_text(&mut self, element: Element<'_>, name: &str) -> (Range<usize>, Option<String>) {
        let content = element.inside();
        let range = element.tag.range.start..content.end;
        let code = if name == "script" { scripts::shown_code(element) } else { None };
        if self.regions.is_hidden() {
            self.regions.record_hidden(code.map_or("", |_| &self.html[content]));
            return (range, Some(String::new()));
        }
        if code.is_some() {
            return (range, code);
        }
        let words = || self.html[content.clone()].trim().replace('<', "&lt;").replace('\n', "<br>");
        (range, (name == "textarea").then(words))
    }
}

/// Whether a closing tag ends one of several values of a property in Notion, or one of several labels, directly before
/// the next one.
fn is_before_same(html: &str, closing: Element<'_>) -> bool {
    let next = &html[closing.tag.range.end..];
    closing.is("span") && next.starts_with("<span class=\"selected-value")
        || closing.is("label") && next.starts_with("<label ")
}

fn is_column(element: Element<'_>) -> bool {
    element.is_one_of(&["col", "colgroup"])
}

/// A tag whose id would be lost, with an element that keeps the id.
fn with_id_anchor(element: Element<'_>, markup: &str) -> Option<String> {
    let id = element.attribute("id").filter(|id| !id.contains(['"', '<', '>']) && !id.is_empty())?;
    let mark = format!("<span id=\"{id}\"></span>");
    if element.is_one_of(&TEXT_ELEMENTS) {
        return Some(format!("{markup}{mark}"));
    }
    element.is_one_of(&BLOCK_ELEMENTS).then(|| format!("{mark}{markup}"))
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_become_what_they_show_and_names_of_places_stay() {
        for (html, expected) in [
            ("<p>a <textarea>1 &lt; <b>\n2</TEXTAREA> z", "<p>a 1 &lt; &lt;b><br>2</TEXTAREA> z"),
            ("<input value='a &amp; b'> <INPUT type=submit value=Go>", "a &amp; b Go"),
            ("<input type=checkbox checked> x <input type=radio>", "☑  x ☐ "),
            ("<P ID=a>b", "<P ID=a><span id=\"a\"></span>b"),
            ("<ul id='a'><li id=b>", "<span id=\"a\"></span><ul id='a'><li id=b>"),
            ("<table><colgroup><COL span=2></colgroup><tr>", "<table><tr>"),
            ("<option>a</option><option>b</option>", "<option>a</option> <option>b</option> "),
            ("<select><option>a<option selected>b</select> c", "b  c"),
            ("<select><option value=1>a</option><option label=x>b</option></select>", "a "),
            ("<select multiple><option selected>a</option><option selected label=x>b</option></select>", "a, x "),
            ("<select><option>a <p>never ended", "same"),
        ] {
            assert_eq!(unfold(html).html.as_deref().unwrap_or("same"), expected, "{html}");
        }
        for html in [
            "<p>a</p>",
            "<input type=hidden value=x>",
            "<script>'<input value=x>'</script>",
            "<!-- <input value=x> -->",
        ] {
            assert_eq!(unfold(html).html, None, "{html}");
        }
    }

    #[test]
    fn hidden_text_is_kept_apart() {
        for (html, expected, hidden) in [
            ("<p>a</p><div hidden>b <p>c</p></div><p>d", "<p>a</p><p>d", "b c"),
            ("<p style='color:red; DISPLAY: none'>b</p>c", "c", "b"),
            ("<template><p>b</template>c", "c", "b"),
            ("<ul><li hidden>b<li>c</ul>d", "<ul><li>c</ul>d", "b"),
            ("<ul><li hidden>b</ul>d", "<ul></ul>d", "b"),
            ("<table><tr hidden><td>b<tr><td>c</table>", "<table><tr><td>c</table>", "b"),
            ("<p hidden>b<div>c</div>", "<div>c</div>", "b"),
            ("<div hidden>b</i> &amp; <script>x</script><!-- y --></div>", "", "b &"),
            ("<input hidden value=x>a", "a", ""),
            ("<body style='display:none'><p>a", "same", ""),
            ("<div hidden>b", "", "b"),
        ] {
            let unfolded = unfold(html);
            assert_eq!(unfolded.html.as_deref().unwrap_or("same"), expected, "{html}");
            assert_eq!(unfolded.hidden.join("|"), hidden, "{html}");
        }
    }

    #[test]
    fn styles_lists_and_embedded_files_stay() {
        for (html, expected) in [
            (
                "<span style='text-decoration:line-through'>a <b>b</b></span>c",
                "<span style='text-decoration:line-through'><s>a </s><b><s>b</s></b></span>c",
            ),
            (
                "<td style=\"text-decoration: line-through red\">a<td>b",
                "<td style=\"text-decoration: line-through red\"><s>a</s><td>b",
            ),
            ("<abbr title='R & D'>RD</abbr> x", "<abbr title='R & D'>RD (R & D)</abbr> x"),
            ("<ol><li>a<li value=5>b<li>c</ol>", "<ol><li>a</ol><ol start=\"5\"><li value=5>b<li>c</ol>"),
            ("<ol><li value=5>b<li>c</ol>", "<ol start=\"5\"><li value=5>b<li>c</ol>"),
            (
                "<ol reversed type=a><li>a<li>b</ol>",
                "<ol type=\"a\" start=\"2\"><li>a</ol><ol type=\"a\" start=\"1\"><li>b</ol>",
            ),
            ("<ol start=3><li>a<ul><li>x</ul><li>b</ol>", "same"),
            (
                "<ul class='inline-task-list'><li class='checked'>a<li>b</ul>",
                "<ul class='inline-task-list'><li class='checked'>☒ a<li>☐ b</ul>",
            ),
            ("<video src='a/b.mp4?x'>This browser has no video.</video>c", "<a href=\"a/b.mp4?x\">b.mp4</a> c"),
            ("<audio title=Alarm><source src=x.mp3></audio>", "<a href=\"x.mp3\">Alarm</a> "),
            ("<iframe src=\"https://e.org/\"></iframe>", "<a href=\"https://e.org/\">e.org</a> "),
            (
                "<object data=a.pdf><embed src=a.pdf></object><embed src=b.svg>",
                "<a href=\"a.pdf\">a.pdf</a> <a href=\"b.svg\">b.svg</a> ",
            ),
            ("<video>No video.</video>", "same"),
            (
                "<video src=x.mp4>Call the <b>desk</b>.</video>",
                "<a href=\"x.mp4\">x.mp4</a> Call the <b>desk</b>.</video>",
            ),
            ("<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>c", "a (b)c"),
            ("<ruby>a<rt>b<rb>c<rt>d</ruby>", "a (b)c (d)"),
            ("<fieldset><legend>a</legend><label>b</label>", "<fieldset><p>a</p><label>b</label>"),
            (
                "<label for=\"a\">a</label><label for=\"b\">b</label>",
                "<label for=\"a\">a</label>, <label for=\"b\">b</label>",
            ),
            ("<p><svg viewBox=\"0 0 24 24\"><path d=\"M1\"/></svg>Note", "<p>Note"),
            (
                "<span class=\"twemoji\"><svg viewBox=\"0 0 512 512\"><path/></svg></span> a",
                "<span class=\"twemoji\"></span> a",
            ),
            (
                "<p id=\"fn:1\">a <a class=\"footnote-backref\" href=\"#fnref:1\">↩</a>",
                "<p id=\"note-1\"><span id=\"note-1\"></span>a ",
            ),
            ("<a class=\"footnote-ref\" href=\"#fn:1\">1</a>", "<a class=\"footnote-ref\" href=\"#note-1\">1</a>"),
            ("<h2>a<a class=\"headerlink\" href=\"#a\">¶</a></h2>", "<h2>a</h2>"),
            ("a<span class=mw-editsection><span>[</span><a>edit</a></span>b", "ab"),
            (
                "<script type=\"syntaxhighlighter\" class=\"brush: sh; gutter: false\"><![CDATA[a < b && c]]></script>",
                "<pre class=\"sh\">\na &lt; b &amp;&amp; c</pre></script>",
            ),
            (
                "<figure id=f><img src=a.png alt=A><figcaption>B</figcaption></figure>",
                "<span id=\"f\"></span><div><img src=a.png alt=A><div>B</div></div>",
            ),
            ("<figure><img src=a.png><figcaption>B</figcaption></figure>", "same"),
        ] {
            assert_eq!(unfold(html).html.as_deref().unwrap_or("same"), expected, "{html}");
        }
    }
}
