//! Small components of ours, written into our templates where they are called.
//!
//! A list of documents calls a component or two for each row, and a call costs more than what a small one prints. With a
//! theme of the handbook's own they stay calls, so that a component of the same name stands in for ours.

/// A larger body is no shorter to run where it is called.
const MOST_BYTES: usize = 700;

/// A component that can stand where it is called: it has no variables of its own and calls no other.
struct Component<'t> {
    name: &'t str,
    /// Names that a call gives values to; those after an `@` are found where it stands.
    parameters: Vec<&'t str>,
    body: String,
}

/// Templates, by name, with the small components among them written where they are called.
pub(super) fn components_into(templates: &mut [(String, String)]) {
    let parts: Vec<String> =
        templates.iter().map(|(_, text)| text).filter(|text| text.contains(END)).cloned().collect();
    let components: Vec<Component<'_>> = parts.iter().flat_map(|text| small(text)).collect();
    for (_, text) in templates {
        *text = declared(&expanded(text, &components));
    }
}

/// Names that small components find where they stand, which other components therefore have to know.
const FOUND: [&str; 2] = ["@root", "@t"];

/// A template whose components know what the components in them find.
fn declared(text: &str) -> String {
    let mut parts = text.split(START);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (head, rest) = part.split_at(part.find(") -%}").unwrap_or_default());
        out.extend([START, head]);
        out.extend(FOUND.iter().filter(|name| !head.contains(**name)).flat_map(|name| [", ", name]));
        out.push_str(rest);
    }
    out
}

const START: &str = "{%- component ";
const END: &str = "{%- endcomponent -%}";

fn small(text: &str) -> impl Iterator<Item = Component<'_>> {
    text.split(START).skip(1).filter_map(|from| {
        let (head, rest) = from.split_once(") -%}")?;
        let (name, parameters) = head.split_once('(')?;
        let body = rest.split_once(END)?.0.trim();
        let has_more = ["for ", "set ", "{{ <", "{#"].iter().any(|word| body.contains(word));
        (body.len() <= MOST_BYTES && !has_more).then(|| Component {
            name,
            parameters: parameters.split(", ").filter(|name| !name.starts_with('@')).collect(),
            body: within(body),
        })
    })
}

/// A body whose first and last tag take no white space away outside it.
fn within(body: &str) -> String {
    let start = body.strip_prefix("{%-").map_or_else(|| body.to_owned(), |rest| format!("{{%{rest}"));
    start.strip_suffix("-%}").map_or(start.clone(), |rest| format!("{rest}%}}"))
}

fn expanded(text: &str, components: &[Component<'_>]) -> String {
    replaced(text, "{{ <", " /> }}", |call| body_of(call, components))
}

/// A template with other text for each expression between an opening and a closing sign for which there is one.
pub(super) fn replaced(text: &str, opening: &str, closing: &str, other: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(start) = memchr::memmem::find(rest.as_bytes(), opening.as_bytes()) {
        out.push_str(&rest[..start]);
        let from = &rest[start + opening.len()..];
        let found = from.split_once(closing).and_then(|(inside, after)| Some((other(inside)?, after)));
        rest = match found {
            Some((other, after)) => {
                out.push_str(&other);
                after
            }
            None => {
                out.push_str(opening);
                from
            }
        };
    }
    out.push_str(rest);
    out
}

/// What a call such as `state badge={entry.badge}` stands for.
fn body_of(call: &str, components: &[Component<'_>]) -> Option<String> {
    let (name, arguments) = call.split_once(' ')?;
    let component = components.iter().find(|component| component.name == name)?;
    let argument = |text| {
        let (name, value): (&str, &str) = str::split_once(text, "={")?;
        let value = value.strip_suffix('}').filter(|value| is_path(value))?;
        component.parameters.contains(&name).then_some((name, value))
    };
    let arguments: Vec<(&str, &str)> = arguments.split(' ').map(argument).collect::<Option<_>>()?;
    (arguments.len() == component.parameters.len()).then(|| with_arguments(&component.body, &arguments))
}

/// Whether a value is a path such as `entry[0].badge`, which can stand for a name anywhere.
fn is_path(value: &str) -> bool {
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.' | '[' | ']');
    value.starts_with(|first: char| first.is_ascii_lowercase()) && value.chars().all(is_sign)
}

/// A body with values for names, in its tags and expressions alone.
fn with_arguments(body: &str, arguments: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(body.len() * 2);
    let mut rest = body;
    while let Some(start) =
        rest.find(['{']).filter(|start| rest[*start..].starts_with("{{") || rest[*start..].starts_with("{%"))
    {
        let end = rest[start..].find("}").map_or(rest.len(), |end| start + end);
        out.push_str(&rest[..start]);
        put_values(&mut out, &rest[start..end], arguments);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn put_values(out: &mut String, code: &str, arguments: &[(&str, &str)]) {
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let mut rest = code;
    let mut last = ' ';
    while !rest.is_empty() {
        let length = match rest.find(|sign| !is_name(sign)) {
            Some(0) => rest.chars().next().map_or(1, char::len_utf8),
            Some(length) => length,
            None => rest.len(),
        };
        let (word, after) = rest.split_at(length);
        let value =
            arguments.iter().find(|(name, _)| *name == word && !matches!(last, '.' | '"')).map(|(_, value)| *value);
        out.push_str(value.unwrap_or(word));
        last = word.chars().last().unwrap_or(last);
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inlined(template: &str) -> String {
        let parts = "{%- component mark(of, @t) -%}\n{%- if of -%}<b class=\"of\">{{ t.of[of.name] }} of</b>{%- endif -%}\n\
            {%- endcomponent -%}\n{%- component rows(all) -%}{% for one in all %}{{ one }}{% endfor %}{%- endcomponent -%}";
        let mut templates = [("parts".to_owned(), parts.to_owned()), ("page".to_owned(), template.to_owned())];
        components_into(&mut templates);
        assert!(templates[0].1.contains("component mark(of, @t, @root) -%}"), "definitions stay");
        templates[1].1.clone()
    }

    #[test]
    fn a_small_component_stands_where_it_is_called() {
        assert_eq!(
            inlined("a {{ <mark of={row[0].of} /> }} b"),
            "a {% if row[0].of -%}<b class=\"of\">{{ t.of[row[0].of.name] }} of</b>{%- endif %} b"
        );
    }

    #[test]
    fn other_calls_stay_calls() {
        for call in
            ["<mark of={a ~ b} />", "<mark />", "<mark of={a} more={b} />", "<rows all={a} />", "<other of={a} />"]
        {
            let text = format!("{{{{ {call} }}}}");
            assert_eq!(inlined(&text), text);
        }
    }
}
