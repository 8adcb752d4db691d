//! Form fields. The value of a checkbox or a list of choices is in its settings, not in its text.

use super::xml::attribute;

/// The settings of a form field.
#[derive(Debug, Default)]
pub(super) struct Form {
    kind: FieldKind,
    chosen: Option<usize>,
    by_default: Option<usize>,
    choices: Vec<String>,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum FieldKind {
    #[default]
    Text,
    Checkbox,
    Choices,
}

impl Form {
    /// Reads an element of the settings.
    pub(super) fn read(&mut self, element: &str, tag: &str) {
        let value = attribute(tag, "val");
        let number = || match self.kind {
            FieldKind::Checkbox => Some(usize::from(!matches!(value, Some("0" | "false" | "off")))),
            _ => value.and_then(|value| value.parse().ok()),
        };
        match element {
            "checkBox" => self.kind = FieldKind::Checkbox,
            "ddList" => self.kind = FieldKind::Choices,
            "checked" | "result" => self.chosen = number(),
            "default" => self.by_default = number(),
            "listEntry" => self.choices.push(value.unwrap_or_default().to_owned()),
            _ => {}
        }
    }

    /// The value that the field shows, escaped as in the file, or `None` if it is in the text.
    pub(super) fn shown(&self) -> Option<String> {
        let at = self.chosen.or(self.by_default).unwrap_or(0);
        match self.kind {
            FieldKind::Text => None,
            FieldKind::Checkbox => Some(if at == 0 { "☐" } else { "☑" }.to_owned()),
            FieldKind::Choices => self.choices.get(at).or_else(|| self.choices.first()).cloned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_and_lists_show_what_was_chosen() {
        let shown = |tags: &[(&str, &str)]| {
            let mut form = Form::default();
            tags.iter().for_each(|(element, tag)| form.read(element, tag));
            form.shown()
        };
        let some = |text: &str| Some(text.to_owned());
        let (low, high) =
            (("listEntry", "<w:listEntry w:val=\"Low\"/>"), ("listEntry", "<w:listEntry w:val=\"R&amp;D\"/>"));
        assert_eq!(shown(&[("ddList", ""), ("result", "<w:result w:val=\"1\"/>"), low, high]), some("R&amp;D"));
        assert_eq!(shown(&[("ddList", ""), ("default", "<w:default w:val=\"1\"/>"), low, high]), some("R&amp;D"));
        assert_eq!(shown(&[("ddList", ""), low, high]), some("Low"));
        assert_eq!(shown(&[("ddList", "")]), None);
        assert_eq!(shown(&[("textInput", ""), ("default", "<w:default w:val=\"x\"/>")]), None);
        assert_eq!(shown(&[("checkBox", ""), ("checked", "<w:checked/>")]), some("☑"));
        assert_eq!(shown(&[("checkBox", ""), ("default", "<w:default w:val=\"1\"/>")]), some("☑"));
        assert_eq!(shown(&[("checkBox", ""), ("default", "<w:default w:val=\"0\"/>")]), some("☐"));
    }
}
