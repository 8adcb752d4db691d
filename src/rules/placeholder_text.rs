//! Placeholders for text to be written later.

use std::cell::LazyCell;
use std::ops::Range;

use super::mention::{is_example, is_form, is_mentioned};
use super::words::{MAX_FINDINGS, Phrases, doc_type, is_prose, lowercase_same_length, place, soften_in_draft};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::FileView;
use crate::markdown::{Heading, template_mark};
use crate::place::{Located, Place, Span};
use crate::placeholder::{
    angle_fields, find_blank_amounts, find_fields, is_ordinary_word, is_to_be_filled, percent_field,
};
use crate::source::front_matter::FrontMatter;
use crate::text::clip;

pub(super) const RULE: Rule = Rule {
    id: RuleId("placeholder-text"),
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "A text still contains a placeholder: TODO, TBA, TBC, TBD, XXX, FIXME, lorem ipsum, `{{name}}`, `[insert ...]`, \
              `[Company Name]`, `<your ...>` or an amount such as `XX hours` or `EUR XX`. Reported as a note in a draft.",
    why: "A placeholder in an approved document shows that nobody read it before approving it.",
    fix: "Replace it with the real text. You can add words under `placeholder_words` in the settings. Code and \
          templates are not checked.",
    example: "The RTO of this service is TBD.",
    check: Check::File(check),
};

/// Placeholder words. Those in capitals are only meant in capitals, because a to-do list is not one.
const PLACEHOLDER_WORDS: [&str; 12] =
    ["TODO", "ToDo", "XXX", "FIXME", "Fixme", "FixMe", "tba", "tbc", "tbd", "t.b.a", "t.b.c", "t.b.d"];
/// Figures left open. They are looked for apart, because up to three first letters are fast to find.
const OPEN_FIGURES: [&str; 2] = ["20XX", "xxx"];
/// Filler text, in any letter case.
const FILLER: &str = "lorem ipsum";
fn check(settings: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    if doc_type(file) == "template" {
        return;
    }
    let lang = file.front.as_ref().and_then(|front| front.lang.as_ref());
    let finder =
        PlaceholderFinder { lang: lang.map_or(&settings.lang, |lang| &lang.value), ..PlaceholderFinder::new(settings) };
    let text = file.words.text.as_str();
    let sections = LazyCell::new(|| template_sections(file));
    let is_reported = |range: &Range<usize>| match is_field(file, range) {
        true => !(is_in_template(file, &sections, range) || is_control_name(file, range) || is_explained(file, range)),
        false => !is_defined_term(file, range),
    };
    let is_placeholder = |range: &Range<usize>| is_prose(file.words, range) && is_reported(range);
    for range in finder.find(text).into_iter().filter(is_placeholder).take(MAX_FINDINGS) {
        problems.push(problem(file, place(file, range.clone()), &text[range]));
    }
    problems.extend(removed_fields(file));
    let Some(front) = &file.front else { return };
    let title = front.title.as_ref().filter(|title| is_title_of_editor(&title.value));
    problems.extend(title.map(|title| problem(file, file.place(title.span), &title.value)));
    for value in reader_values(front) {
        let first = finder.find(&value.value).into_iter().next().map(|range| value.value[range].to_owned());
        let placeholder = first.or_else(|| find_placeholder(&value.value, finder.lang));
        problems.extend(placeholder.map(|text| problem(file, file.place(value.span), &text)));
    }
    for tag in &front.tags {
        let mark = template_mark(&tag.value);
        problems.extend(mark.map(|mark| problem(file, file.place(tag.span), &tag.value[mark])));
    }
    for value in remarks(front).filter(|value| !reports_completion(&value.value)) {
        let placeholder = find_placeholder(&value.value, finder.lang);
        problems.extend(placeholder.map(|text| problem(file, file.place(value.span), &text)));
    }
}

/// Whether a title is the one that an editor gives to a new file: `Untitled`.
fn is_title_of_editor(title: &str) -> bool {
    const TITLES: [&str; 18] = [
        "untitled",
        "untitled document",
        "untitled page",
        "new page",
        "new document",
        "neue seite",
        "neues dokument",
        "unbenannt",
        "unbenanntes dokument",
        "sans titre",
        "sin título",
        "senza titolo",
        "naamloos",
        "bez tytułu",
        "無題",
        "page title",
        "document title",
        "procedure title",
    ];
    let folded = title.trim().to_lowercase();
    let mut numbered = ["document", "dokument"].iter().filter_map(|name| folded.strip_prefix(name));
    let is_copy = || [" - copy", " - kopie"].iter().any(|end| folded.ends_with(end));
    let is_number = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    TITLES.contains(&folded.as_str()) || numbered.any(is_number) || is_copy()
}

/// Whether a remark says what happened to a placeholder: `TBD removed`.
fn reports_completion(comment: &str) -> bool {
    const COMPLETION_WORDS: [&str; 10] =
        ["removed", "replaced", "filled", "resolved", "closed", "deleted", "written", "entfernt", "ersetzt", "ergänzt"];
    let comment = comment.to_lowercase();
    COMPLETION_WORDS.iter().any(|word| comment.contains(word))
}

/// The mark that a template left in a value for its author, or the whole value if it is a placeholder.
fn find_placeholder(value: &str, lang: &str) -> Option<String> {
    let variable = || find_fields(value).find(|range| value[range.clone()].starts_with("{{"));
    let mark = variable().or_else(|| template_mark(value)).or_else(|| percent_field(value));
    let is_whole_value = || is_to_be_filled(value) && !is_ordinary_word(value.trim(), lang);
    mark.map(|range| value[range].to_owned()).or_else(|| is_whole_value().then(|| clip(value.trim()).into_owned()))
}

/// Front matter values written for readers, like the text.
fn reader_values(front: &FrontMatter) -> impl Iterator<Item = &Located<String>> {
    let texts = [&front.title, &front.description, &front.version, &front.location, &front.issuer, &front.edition];
    let names = [&front.owner, &front.author, &front.approver, &front.reviewers, &front.audience];
    let scope = [&front.services, &front.locations];
    texts.into_iter().flatten().chain(names.into_iter().chain(scope).flatten())
}

/// Other front matter values that readers see, which may mention placeholders: `TBD removed`.
fn remarks(front: &FrontMatter) -> impl Iterator<Item = &Located<String>> {
    let changes = front.changes.iter().flat_map(|change| change.summary.iter().chain(&change.author));
    let notes = front.clauses.iter().filter_map(|claim| claim.note.as_ref());
    let reviews = front.reviews.iter().filter_map(|review| review.note.as_ref());
    front.retention.iter().chain(changes).chain(notes).chain(reviews)
}

/// Whether a field is part of a message template that readers fill in each time: in a quote, or in a section of
/// templates.
fn is_in_template(file: &FileView<'_>, sections: &[bool], range: &Range<usize>) -> bool {
    let span = file.words.source_span(range.clone());
    let line = file.source.line(file.source.place(span).line()).unwrap_or_default();
    let above = file.body.headings.partition_point(|heading| heading.span.start <= span.start);
    line.trim_start().starts_with(['>', '_'])
        || above.checked_sub(1).is_some_and(|heading| sections[heading])
        || is_template_name(&file.facts.title)
}

/// For each heading in order, whether it or one of its parent headings is about templates.
fn template_sections(file: &FileView<'_>) -> Vec<bool> {
    let mut open: Vec<(u8, bool)> = Vec::new();
    let section = |heading: &Heading| {
        while open.last().is_some_and(|(level, _)| *level >= heading.level) {
            open.pop();
        }
        let is_template = open.last().is_some_and(|(_, is_template)| *is_template) || is_template_name(&heading.text);
        open.push((heading.level, is_template));
        is_template
    };
    file.body.headings.iter().map(section).collect()
}

/// Whether a field is part of a control name that an instruction quotes in bold or right after its verb:
/// `select **[Workflow Name]**`, `press [Save]`.
fn is_control_name(file: &FileView<'_>, range: &Range<usize>) -> bool {
    const VERBS: [&str; 6] = ["click", "select", "choose", "press", "tap", "klick"];
    let before = source_before(file, range).trim_end().to_lowercase();
    if VERBS.iter().any(|verb| before.ends_with(verb)) {
        return true;
    }
    let Some((outside, _)) = source_before(file, range).rsplit_once("**") else { return false };
    if outside.matches("**").count() % 2 == 1 {
        return false;
    }
    let sentence = outside.rsplit(['.', '!', '?']).next().unwrap_or_default().to_lowercase();
    let mut words = sentence.split(|c: char| !c.is_alphanumeric());
    words.any(|word| VERBS.iter().any(|verb| word.starts_with(verb)))
}

/// Whether a field begins an item or a row that explains it: `- [Name]: the user's name`, `| [Date] | the day |`.
fn is_explained(file: &FileView<'_>, range: &Range<usize>) -> bool {
    const ARTICLES: [&str; 16] =
        ["the", "a", "an", "name", "date", "der", "die", "das", "den", "le", "la", "les", "el", "los", "il", "de"];
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '|' | '-' | '*' | '+' | '\\' | '_');
    if !source_before(file, range).chars().all(is_mark) {
        return false;
    }
    let after = file.words.text[range.end..].split('\n').next().unwrap_or_default();
    let meaning = after.trim_start_matches([' ', ':', '=', '–', '-']);
    let first = meaning.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_row = || source_before(file, range).contains('|');
    ARTICLES.contains(&first) && (is_row() || after.trim_start().starts_with([':', '=', '–']))
}

/// Whether a word fills its line and a definition follows it.
fn is_defined_term(file: &FileView<'_>, range: &Range<usize>) -> bool {
    let line = file.source.place(file.words.source_span(range.clone())).line();
    let next = file.source.line(line + 1).unwrap_or_default();
    next.trim_start().starts_with(": ")
        && file
            .source
            .line(line)
            .is_some_and(|term| term.trim_matches(['*', '_', ' ']) == &file.words.text[range.clone()])
}

/// The relevant source text before a range in its line; limited, because a line may be as long as a file.
fn source_before<'f>(file: &'f FileView<'f>, range: &Range<usize>) -> &'f str {
    const MAX_BYTES: usize = 500;
    let source = file.source.as_str();
    let end = file.words.source_span(range.clone()).start as usize;
    let before = &source[source.ceil_char_boundary(end.saturating_sub(MAX_BYTES)).min(end)..end];
    before.rsplit('\n').next().unwrap_or(before)
}

fn is_field(file: &FileView<'_>, range: &Range<usize>) -> bool {
    file.words.text[range.clone()].starts_with(['[', '<', '{'])
}

fn is_template_name(name: &str) -> bool {
    const WORDS: [&str; 16] = [
        "template",
        "sample",
        "example",
        "script",
        "message",
        "announce",
        "email",
        "e-mail",
        "letter",
        "communication",
        "wording",
        "snippet",
        "vorlage",
        "muster",
        "plantilla",
        "modelo",
    ];
    let name = name.to_lowercase();
    WORDS.iter().any(|word| name.contains(word))
}

/// Fields in angle brackets that Markdown reads as HTML, so that they are not in the text.
fn removed_fields(file: &FileView<'_>) -> impl Iterator<Item = Problem> {
    let source = file.source.as_str();
    let start = file.words.pieces.iter().map(|piece| piece.source.start as usize).min().unwrap_or(source.len());
    let is_read = |at: u32| {
        let at_piece = file.words.pieces.partition_point(|piece| piece.source.end <= at);
        file.words.pieces.get(at_piece).is_some_and(|piece| piece.source.start <= at)
    };
    let is_code = |at: u32| file.body.code.iter().any(|code| (code.span.start..code.span.end).contains(&at));
    let angle = angle_fields(&source[start..]).map(move |range| Span::from(range.start + start..range.end + start));
    let is_reported = move |span: &Span| !is_example(source, &(span.start as usize..span.end as usize));
    let fields =
        angle.filter(move |span| !is_read(span.start) && !is_code(span.start)).filter(is_reported).take(MAX_FINDINGS);
    fields.map(|span| problem(file, file.place(span), &source[span.start as usize..span.end as usize]))
}

fn problem(file: &FileView<'_>, place: Place, text: &str) -> Problem {
    soften_in_draft(
        file,
        Problem::new(RULE.id, place, format!("placeholder `{text}` has not been filled in"))
            .help("write what belongs here"),
    )
}

/// Whether a word that also has other uses takes the place of a text to be written: `ToDo: ask`, `RTO: xxx`, `in 20XX`.
fn is_left_open(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let ends = after.chars().next().is_none_or(|c| "\n.;,".contains(c));
    match &text[range.clone()] {
        "ToDo" => after.starts_with(": "),
        "xxx" => ends && (before.is_empty() || before.ends_with([':', '\n', '\t']) || before.ends_with(": ")),
        "20XX" => {
            let begins = before.is_empty() || before.ends_with([' ', '.', '/', '\n', '\t']);
            begins && !after.starts_with(['-', '_', '/']) && !is_explained_year(after)
        }
        _ => true,
    }
}

/// Whether `20XX` is explained, or names a series of products.
fn is_explained_year(after: &str) -> bool {
    const EXPLANATIONS: [&str; 9] = [
        " is the year",
        " is a placeholder",
        " means",
        " stands for",
        " steht für",
        " = ",
        " series",
        " models",
        " family",
    ];
    EXPLANATIONS.iter().any(|words| after.starts_with(words))
}

/// The placeholders to look for.
struct PlaceholderFinder<'s> {
    /// The language of the text.
    lang: &'s str,
    exact: Phrases<'s>,
    any_case: Phrases<'s>,
    figures: Phrases<'s>,
}

impl<'s> PlaceholderFinder<'s> {
    fn new(settings: &'s Settings) -> PlaceholderFinder<'s> {
        let own_words = settings.words.placeholders.iter().map(String::as_str);
        let (exact, any_case): (Vec<&str>, Vec<&str>) =
            own_words.chain(PLACEHOLDER_WORDS).chain([FILLER]).partition(|word| word.contains(char::is_uppercase));
        PlaceholderFinder {
            lang: &settings.lang,
            exact: Phrases::new(&exact),
            any_case: Phrases::new(&any_case),
            figures: Phrases::new(&OPEN_FIGURES),
        }
    }

    /// Finds every placeholder in a text, by position; of overlapping ones, only the first.
    fn find(&self, text: &str) -> Vec<Range<usize>> {
        let folded = lowercase_same_length(text);
        let exact = self.exact.whole_words(text).into_iter().chain(self.figures.whole_words(text));
        let words = exact.chain(self.any_case.whole_words(&folded));
        let words = words
            .map(|(range, _)| range)
            .filter(|range| is_left_open(text, range) && !is_mentioned(text, range) && !self.is_ordinary(text, range));
        let amounts = find_blank_amounts(text).filter(|range| !is_form(text, range));
        let fields = find_fields(text).chain(amounts).filter(|range| !is_example(text, range));
        let mut found: Vec<Range<usize>> = words.chain(fields).collect();
        found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        found.dedup_by(|next, first| next.start < first.end);
        found
    }

    /// Whether a word is an ordinary word of the text's language rather than a placeholder: `TODO EL PERSONAL`, but not
    /// `TODO:`.
    fn is_ordinary(&self, text: &str, range: &Range<usize>) -> bool {
        is_ordinary_word(&text[range.clone()], self.lang) && !text[range.end..].starts_with(':')
    }
}
