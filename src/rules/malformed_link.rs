//! Text that was meant as a link but is not one.

use std::ops::Range;

use super::lookalike::{Lookalike, LookalikeKind, find_lookalikes, is_inserted};
use super::retarget::encode_path;
use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::fix::Fix;
use crate::handbook::{Breakage, Destination, Document, FileView};
use crate::id::DocumentId;
use crate::markdown::{LinkForm, Words, source_span};
use crate::place::Span;
use crate::text::clip;

pub(super) const RULE: Rule = Rule {
    id: RuleId("malformed-link"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "Text looks like a link or an image but is not one, so the page shows its brackets. Reported as a \
              warning if the brackets may be intended.",
    why: "The reader sees raw brackets and has nothing to click.",
    fix: "Write `[text](path.md)` without a gap, with `%20` for a space. Put a backslash before brackets that are \
          intended.",
    example: "[the form](my file.md)",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let mut symbols: Vec<Problem> = Vec::new();
    let words = document.file.words();
    let file = FileView { file: &document.file, words: &words };
    for lookalike in
        find_lookalikes(&file).into_iter().filter(|lookalike| lookalike.kind != LookalikeKind::UndefinedFootnote)
    {
        let context = LookalikeContext { assessed, document, words: &words, lookalike: &lookalike };
        if context.names_no_id() || context.names_nothing() || context.is_remark() {
            continue;
        }
        if context.names_symbol() {
            symbols.push(context.symbol_problem());
        } else {
            problems.push(context.problem());
        }
    }
    let count = symbols.len();
    problems.extend(symbols.into_iter().next().map(|mut first| {
        if count > 1 {
            first.message += &format!(" (and {} more in this document)", count - 1);
        }
        first
    }));
}

/// A lookalike in its document.
struct LookalikeContext<'a> {
    assessed: &'a Assessed<'a>,
    document: &'a Document,
    words: &'a Words,
    lookalike: &'a Lookalike,
}

impl LookalikeContext<'_> {
    fn problem(&self) -> Problem {
        let Lookalike { range, is_certain: certain, .. } = self.lookalike;
        let kind = self.kind();
        let noun = if self.is_image() { "an image" } else { "a link" };
        let message = format!("`{}` is not {noun}{}", clip(self.source_text(range.clone())), problem(kind));
        let problem = Problem::new(RULE.id, self.document.place(self.span(range.clone())), message);
        let problem = if *certain { problem } else { problem.with_max_severity(Severity::Warning) };
        match self.correction() {
            Some(corrected) => {
                let fix = Fix::replace(format!("write `{corrected}`"), self.span(range.clone()), corrected.clone());
                let problem = problem.help(format!("write `{}`", clip(&corrected)));
                if is_inserted(&self.view(), range.start) { problem } else { problem.fix(fix) }
            }
            None => problem.help(help(kind)),
        }
    }

    /// Whether it is closed but does not name anything, like code or the syntax of other tools.
    fn names_no_id(&self) -> bool {
        let lookup = &self.assessed.reading.handbook.lookup;
        let target = self.source_text(self.lookalike.target.clone());
        let target = target.split('|').next().unwrap_or_default();
        let lead = || {
            lookup.resolve_target(LinkForm::Wiki, target, self.document.path(), &self.assessed.reading.settings.content)
        };
        let may_be =
            matches!(self.lookalike.kind, LookalikeKind::InHtml | LookalikeKind::WideId | LookalikeKind::SpacedId);
        may_be && lead() == Destination::Broken(Breakage::NotAnId)
    }

    /// Whether it is a remark followed by a name that looks like an ID, as in standards: `(see 4.1)[ISO-9001]`.
    fn names_nothing(&self) -> bool {
        let target = self.source_text(self.lookalike.target.clone());
        let lookup = &self.assessed.reading.handbook.lookup;
        let is_known = || DocumentId::parse_lenient(target).is_some_and(|id| lookup.contains_id(&id));
        let is_target = super::lookalike::ParsedTarget::read(target).is_plain();
        self.lookalike.kind == LookalikeKind::SwappedBrackets && !is_target && !target.starts_with('#') && !is_known()
    }

    /// Whether it looks like a link definition, but no file follows the colon: `[Note]: see my file.md`.
    fn is_remark(&self) -> bool {
        self.lookalike.kind == LookalikeKind::SpaceInDefinition && self.inline_link().is_none()
    }

    /// Whether it names a part of a program in the syntax of documentation tools: `[text][module.Type.name]`.
    fn names_symbol(&self) -> bool {
        let label = if self.lookalike.target.is_empty() { &self.lookalike.label } else { &self.lookalike.target };
        let name = self.source_text(label.clone()).trim_matches('`').trim_end_matches("()");
        let is_word = |word: &str| {
            word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        self.lookalike.kind == LookalikeKind::UndefinedReference
            && name.contains('.')
            && name.split('.').all(is_word)
            && self.label_link().is_none()
    }

    fn symbol_problem(&self) -> Problem {
        let range = self.lookalike.range.clone();
        let message = format!(
            "`{}` refers to a part of a program, which another tool documents",
            clip(self.source_text(range.clone()))
        );
        Problem::new(RULE.id, self.document.place(self.span(range)), message)
            .help("link to where it is documented: `[text](https://…)`")
            .with_max_severity(Severity::Warning)
    }

    /// What is wrong with it. If it is written correctly, it is in a place where Markdown is not read.
    fn kind(&self) -> LookalikeKind {
        match self.lookalike.kind {
            LookalikeKind::OtherSyntax | LookalikeKind::InHtml if self.is_split() => LookalikeKind::SplitByBar,
            LookalikeKind::OtherSyntax if self.is_well_formed() => self.kind_of_well_formed(),
            kind => kind,
        }
    }

    /// What is wrong with a link whose brackets are right.
    fn kind_of_well_formed(&self) -> LookalikeKind {
        let (target, title) = split_title(self.source_text(self.lookalike.target.clone()));
        let is_open = target.starts_with('<') && !target.ends_with('>');
        match title.trim().chars().next().filter(|sign| title.matches(*sign).count() > 2) {
            Some('"' | '\'') => LookalikeKind::QuotedTitle,
            _ if is_open => LookalikeKind::Unclosed,
            _ => LookalikeKind::InHtml,
        }
    }

    /// Whether a bar divides it into table cells; bars that are only text are in the running text, too.
    fn is_split(&self) -> bool {
        let bars = |text: &str| text.matches('|').count();
        let read = self.words.text.get(self.lookalike.range.clone()).unwrap_or_default();
        bars(self.source_text(self.lookalike.range.clone())) > bars(read)
    }

    /// Whether it is written as Markdown writes a link, with or without a title: `[text](target "title")`.
    fn is_well_formed(&self) -> bool {
        let source_text = self.source_text(self.lookalike.range.clone());
        let label = self.source_text(self.lookalike.label.clone());
        let (target, title) = split_title(self.source_text(self.lookalike.target.clone()));
        source_text.trim_start_matches('!') == format!("[{label}]({target}{title})")
            && label.matches('[').count() == label.matches(']').count()
            && !target.contains(char::is_whitespace)
    }

    /// The link that was meant, if it has a valid target.
    fn correction(&self) -> Option<String> {
        match self.kind() {
            LookalikeKind::UnclosedId | LookalikeKind::UnopenedId | LookalikeKind::WideId | LookalikeKind::SpacedId => {
                self.id_link()
            }
            LookalikeKind::UndefinedReference => self.label_link(),
            LookalikeKind::SwappedBrackets if self.label_link().is_some() => self.label_link(),
            LookalikeKind::Unopened => None,
            LookalikeKind::Nested
            | LookalikeKind::UndefinedFootnote
            | LookalikeKind::EmptyId
            | LookalikeKind::InHtml
            | LookalikeKind::SpaceBeforeLabel
            | LookalikeKind::QuotedTitle
            | LookalikeKind::SplitByBar => None,
            _ => self.inline_link(),
        }
    }

    fn id_link(&self) -> Option<String> {
        let inner = self.source_text(self.lookalike.target.clone());
        let id = inner.split(['#', '|']).next()?.parse::<DocumentId>().ok()?;
        self.assessed.reading.handbook.lookup.by_id(&id)?;
        Some(format!("[[{inner}]]"))
    }

    /// `[text][POL-CHG-001]`, whose label is the ID of a document.
    fn label_link(&self) -> Option<String> {
        let text = self.source_text(self.lookalike.label.clone());
        let label = self.source_text(self.lookalike.target.clone()).trim();
        let id = if label.is_empty() { text } else { label }.parse::<DocumentId>().ok()?;
        self.assessed.reading.handbook.lookup.by_id(&id)?;
        if label.is_empty() {
            return Some(format!("[[{id}]]"));
        }
        (!text.contains(['|', '[', ']'])).then(|| format!("[[{id}|{text}]]"))
    }

    fn inline_link(&self) -> Option<String> {
        let (target, title) = split_title(self.source_text(self.lookalike.target.clone()));
        let (target, size) = if self.is_image() { split_size(target) } else { (target, String::new()) };
        // A space next to the `#` of an anchor is a slip.
        let target = encode_path(&target.replace(" #", "#").replace("# ", "#"));
        let form = if self.is_image() { LinkForm::Image } else { LinkForm::Inline };
        let content = &self.assessed.reading.settings.content;
        let destination =
            self.assessed.reading.handbook.lookup.resolve_target(form, &target, self.document.path(), content);
        if matches!(destination, Destination::Broken(_)) {
            return None;
        }
        let prefix = if self.is_image() { "!" } else { "" };
        let label = self.source_text(self.lookalike.label.clone());
        Some(match self.lookalike.kind {
            LookalikeKind::SpaceInDefinition => format!("[{label}]: {target}{title}"),
            _ => format!("{prefix}[{label}]({target}{title}){size}"),
        })
    }

    fn is_image(&self) -> bool {
        self.source_text(self.lookalike.range.clone()).starts_with('!')
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.words.source_span(range)
    }

    fn view(&self) -> FileView<'_> {
        FileView { file: &self.document.file, words: self.words }
    }

    /// The source text of a range of running text.
    fn source_text(&self, range: Range<usize>) -> &str {
        if range.is_empty() {
            return "";
        }
        let (text, span) = match &self.document.file.body.included.whole_text {
            Some(whole_text) => (&whole_text.text, source_span(&whole_text.pieces, range.into())),
            None => (&self.document.file.source, self.span(range)),
        };
        text.as_str().get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

/// Splits a target into itself without angle brackets, and its title with a leading space.
fn split_title(inner: &str) -> (&str, String) {
    let parsed = super::lookalike::ParsedTarget::read(inner);
    let title = parsed.title.trim();
    let title = title.replace(['“', '”', '„'], "\"");
    (parsed.target, if title.is_empty() { String::new() } else { format!(" {title}") })
}

/// Splits an image's target from the size that other tools write after it, `=300x200`; returns the size as attributes.
fn split_size(target: &str) -> (&str, String) {
    let size_parts = target.rsplit_once(" =").and_then(|(before, size)| {
        let (width, height) = size.split_once('x').unwrap_or((size, ""));
        let is_length = |length: &str| length.bytes().all(|byte| byte.is_ascii_digit());
        (is_length(width) && is_length(height) && size.len() > 1).then_some((before.trim_end(), width, height))
    });
    let Some((target, width, height)) = size_parts else { return (target, String::new()) };
    let lengths = [("width", width), ("height", height)];
    let given_lengths = lengths.iter().filter(|(_, length)| !length.is_empty());
    let attributes: Vec<String> = given_lengths.map(|(name, length)| format!("{name}={length}")).collect();
    (target, format!("{{{}}}", attributes.join(" ")))
}

fn problem(kind: LookalikeKind) -> &'static str {
    match kind {
        LookalikeKind::SpaceInTarget | LookalikeKind::SpaceInDefinition => ": its target contains a space",
        LookalikeKind::Unclosed => ": a bracket is never closed",
        LookalikeKind::Nested => ": there is another link in its text",
        LookalikeKind::SpaceBetween | LookalikeKind::SpaceBeforeLabel => ": there is a gap between its brackets",
        LookalikeKind::SwappedBrackets => ": its brackets are the wrong way round",
        LookalikeKind::Wide => ": it uses full-width brackets",
        LookalikeKind::UnclosedId => ": it does not end with `]]`",
        LookalikeKind::UnopenedId => ": it does not begin with `[[`",
        LookalikeKind::WideId => ": it uses full-width brackets",
        LookalikeKind::SpacedId => ": there is a gap between its brackets",
        LookalikeKind::Unopened => ": its bracket is never opened",
        LookalikeKind::NotSquare => ": its text is not in square brackets",
        LookalikeKind::EmptyId => ": it names no document",
        LookalikeKind::InHtml => ": Markdown is not read within a block of HTML",
        LookalikeKind::QuotedTitle => ": a quotation mark ends its title too early",
        LookalikeKind::SplitByBar => ": the bar in it ends the table cell",
        LookalikeKind::UndefinedReference => ": its label is not defined anywhere in this file",
        LookalikeKind::UndefinedFootnote | LookalikeKind::OtherSyntax => "",
    }
}

fn help(kind: LookalikeKind) -> &'static str {
    match kind {
        LookalikeKind::SpaceInTarget => {
            "write `%20` for each space, or put the target in angle brackets: `[text](<my file.md>)`"
        }
        LookalikeKind::SpaceInDefinition => "put the target in angle brackets: `[label]: <my file.md>`",
        LookalikeKind::Unclosed => "close the bracket: `[text](path.md)`",
        LookalikeKind::Nested => "end one link before the next begins",
        LookalikeKind::SpaceBetween => "put `(` directly after `]`",
        LookalikeKind::SpaceBeforeLabel => "put the label directly after `]`: `[text][label]`",
        LookalikeKind::SwappedBrackets | LookalikeKind::NotSquare => "write `[text](path.md)`",
        LookalikeKind::Unopened => "open the bracket: `[text](path.md)`",
        LookalikeKind::Wide => "write it with `[`, `]`, `(` and `)`",
        LookalikeKind::UnclosedId
        | LookalikeKind::UnopenedId
        | LookalikeKind::WideId
        | LookalikeKind::SpacedId
        | LookalikeKind::EmptyId => "write `[[ID]]` or `[[ID|text]]`",
        LookalikeKind::InHtml => "put an empty line before and after it, or write `<a href=\"file.md\">text</a>`",
        LookalikeKind::QuotedTitle => "put a backslash before quotation marks within the title",
        LookalikeKind::SplitByBar => "write a bar inside a cell as `\\|`",
        LookalikeKind::UndefinedReference => {
            "define the label on a separate line: `[label]: path.md`; put a backslash before brackets that are meant"
        }
        LookalikeKind::UndefinedFootnote | LookalikeKind::OtherSyntax => {
            "write `[text](path.md)`, or `<https://example.org>` for an address alone"
        }
    }
}
