//! Every kind of page is in the sample.

use std::collections::BTreeSet;
use std::fs;

use crate::samples::Sample;
use crate::{render_with_templates, theme};

/// The page models declared in the code: `page!(MatrixPage, "matrix.html", …)`.
fn declared_pages() -> Vec<(String, String)> {
    let files = fs::read_dir("src/site/model").expect("models").map(|entry| entry.expect("a file").path());
    let texts: Vec<String> = files.map(|path| fs::read_to_string(path).expect("code")).collect();
    let of_line = |line: &str| {
        let (model, rest) = line.strip_prefix("page!(")?.split_once(", \"")?;
        Some((model.to_owned(), rest.split('"').next()?.to_owned()))
    };
    texts.iter().flat_map(|text| text.lines().filter_map(of_line)).collect()
}

#[test]
fn every_kind_of_page_is_in_the_sample() {
    let declared = declared_pages();
    assert!(declared.len() > 15, "models are declared in another form: {declared:?}");
    let rendered = render_with_templates(&theme("en", &[]), &Sample::new());
    let shown: BTreeSet<&str> = rendered.values().map(|(template, _)| *template).collect();
    let missing: Vec<_> = declared.iter().filter(|(_, template)| !shown.contains(template.as_str())).collect();
    assert!(
        missing.is_empty(),
        "tests/theme/samples has no page of {missing:?}; `pages` in tests/theme/main.rs lists them"
    );
}
