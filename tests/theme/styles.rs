//! The style sheets hold in both directions of writing: they name no physical side where a logical one exists.

use std::fs;

/// Declarations that name a side on purpose, with their selectors.
const ON_PURPOSE: &[(&str, &str)] = &[
    // Authors align the columns of Markdown tables to a physical side.
    (".right", "text-align: right"),
];

/// Shorthands with a value for each side, in the order top, right, bottom, left.
const SIDES: [&str; 6] = ["margin", "padding", "inset", "border-width", "border-style", "border-color"];

/// The declarations of a style sheet with their selectors.
fn declarations(css: &str) -> Vec<(String, String)> {
    let (mut found, mut selectors) = (Vec::new(), Vec::new());
    let (mut piece, mut quote, mut depth) = (String::new(), None, 0);
    let mut parts = css.split("/*");
    let without_comments: String =
        parts.next().into_iter().chain(parts.filter_map(|part| Some(part.split_once("*/")?.1))).collect();
    for letter in without_comments.chars() {
        match (letter, quote) {
            ('"' | '\'', None) => quote = Some(letter),
            (_, Some(open)) if letter == open => quote = None,
            ('(', None) => depth += 1,
            (')', None) => depth -= 1,
            _ => {}
        }
        if quote.is_some() || depth > 0 || !matches!(letter, '{' | '}' | ';') {
            piece.push(letter);
            continue;
        }
        let text = std::mem::take(&mut piece).split_whitespace().collect::<Vec<_>>().join(" ");
        if letter == '{' {
            selectors.push(text);
            continue;
        }
        if text.contains(':') {
            found.push((selectors.last().cloned().unwrap_or_default(), text));
        }
        if letter == '}' {
            selectors.pop();
        }
    }
    found
}

/// The values of a shorthand: `0 calc(1rem + 2px)` has two.
fn values(text: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut is_gap = |letter: char| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        letter == ' ' && depth == 0
    };
    text.split(&mut is_gap).collect()
}

fn names_a_side(declaration: &str) -> bool {
    let Some((property, value)) = declaration.split_once(':') else { return false };
    let (property, value) = (property.trim(), value.trim());
    let has_side = |text: &str, gap: char| text.split(gap).any(|word| matches!(word, "left" | "right"));
    let values = values(value.trim_end_matches("!important").trim_end());
    let is_uneven = match (property, values.as_slice()) {
        ("border-radius", [start, end]) => start != end,
        ("border-radius", [start, end, third]) => start != end || third != end,
        ("border-radius", [start, end, third, fourth]) => start != end || third != fourth,
        (_, [_, right, _, left]) => SIDES.contains(&property) && right != left,
        _ => false,
    };
    let takes_sides = matches!(property, "float" | "clear" | "text-align" | "text-align-last");
    !property.starts_with("--") && (has_side(property, '-') || takes_sides && has_side(value, ' ') || is_uneven)
}

#[test]
fn style_sheets_name_no_physical_side_where_a_logical_one_exists() {
    let mut wrong = Vec::new();
    for file in fs::read_dir("themes/default/static").expect("the style sheets") {
        let path = file.expect("a file").path();
        if path.extension().is_none_or(|extension| extension != "css") {
            continue;
        }
        let declarations = declarations(&fs::read_to_string(&path).expect("text"));
        assert!(declarations.len() > 20, "{} was read", path.display());
        let on_purpose = |selector: &str, text: &str| ON_PURPOSE.contains(&(selector, text));
        let found =
            declarations.into_iter().filter(|(selector, text)| names_a_side(text) && !on_purpose(selector, text));
        wrong.extend(found.map(|(selector, text)| format!("{}: {selector} {{ {text} }}", path.display())));
    }
    assert!(wrong.is_empty(), "these do not turn for languages written from right to left:\n{}", wrong.join("\n"));
}

#[test]
fn a_physical_side_is_found_in_every_spelling() {
    let css = "@media screen { .a::before { content: \"; left: 0 }\"; margin-left: 1px; float: right } }\n\
        .b { padding: 0 calc(1px + 2px) 0 1px; border-top-left-radius: 1px; inset: 0 auto 0 0 !important }\n\
        .c { border-radius: 0 1px 1px 0; border-right: 0; text-align: left; left: 0 }";
    let found = declarations(css).into_iter().filter(|(_, text)| names_a_side(text)).count();
    assert_eq!(found, 9, "{:?}", declarations(css));
    let logical = ".a { /* left: 0 */ margin: 0 1px; padding: 1px 2px 3px 2px; --left: 1; margin-inline-start: 1px }\n\
        .b { text-align: start; border-radius: 1px 1px 0 0; background: url(\"left.png\"); transition: left 1s; flex: 0 0 1px 2px }";
    let found: Vec<_> = declarations(logical).into_iter().filter(|(_, text)| names_a_side(text)).collect();
    assert!(found.is_empty(), "{found:?}");
}
