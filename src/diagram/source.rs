//! The significant lines of a diagram's text.

/// A significant line, trimmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// The zero-based line in the text.
    pub(crate) number: u32,
    /// The content of the line.
    pub(crate) text: &'a str,
}

/// The text of a diagram, with the elements common to all kinds of diagrams already parsed.
#[derive(Debug)]
pub(super) struct Source<'a> {
    /// The title, from the front matter between `---` lines or from `accTitle`.
    pub(crate) title: Option<String>,
    /// The lines, without comments, directives, and descriptions of the diagram as a whole.
    pub(crate) lines: Vec<Line<'a>>,
}

impl<'a> Source<'a> {
    /// Parses the text of a diagram.
    pub(super) fn new(text: &'a str) -> Source<'a> {
        let mut source = Source { title: None, lines: Vec::new() };
        let mut lines = (0..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty()).peekable();
        if lines.next_if(|(_, line)| *line == "---").is_some() {
            for (_, line) in lines.by_ref().take_while(|(_, line)| *line != "---") {
                source.set_title(line.strip_prefix("title:"));
            }
        }
        let mut within = LineContext::Diagram;
        for (number, text) in lines {
            within = match within {
                LineContext::Diagram => source.line(Line { number, text }),
                LineContext::Until(end) if text.contains(end) => LineContext::Diagram,
                until => until,
            };
        }
        source
    }

    fn line(&mut self, line: Line<'a>) -> LineContext {
        let text = line.text;
        if text.starts_with("%%{") {
            return if text.contains("}%%") { LineContext::Diagram } else { LineContext::Until("}%%") };
        }
        if text.starts_with("%%") {
            return LineContext::Diagram;
        }
        if let Some(title) = text.strip_prefix("accTitle") {
            self.set_title(title.trim_start().strip_prefix(':'));
            return LineContext::Diagram;
        }
        if let Some(rest) = text.strip_prefix("accDescr") {
            let open = rest.trim_start().starts_with('{') && !rest.contains('}');
            return if open { LineContext::Until("}") } else { LineContext::Diagram };
        }
        self.lines.push(line);
        LineContext::Diagram
    }

    fn set_title(&mut self, title: Option<&str>) {
        let title = title.map(|title| title.trim().trim_matches(['"', '\''])).filter(|title| !title.is_empty());
        self.title = title.map(str::to_owned).or(self.title.take());
    }
}

/// The context of the next line.
#[derive(Clone, Copy)]
enum LineContext {
    /// The line belongs to the diagram.
    Diagram,
    /// The line belongs to a directive or description that ends with this string.
    Until(&'static str),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_passed_over_and_lines_keep_their_numbers() {
        let text = "---\ntitle: How we work\n---\n%%{init: {\n'theme': 'dark'}}%%\ngraph TD %% x\n\n %% remark\naccDescr {\nlong\n}\nA-->B\n";
        let source = Source::new(text);
        assert_eq!(source.title.as_deref(), Some("How we work"));
        let lines: Vec<_> = source.lines.iter().map(|line| (line.number, line.text)).collect();
        assert_eq!(lines, [(5, "graph TD %% x"), (11, "A-->B")]);
    }
}
