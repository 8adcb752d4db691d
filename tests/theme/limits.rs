//! Limits of custom templates for a single page.

use std::fs;
use std::path::Path;

use clausebook::testing::project::ThemeFile;

use crate::samples::Sample;
use crate::{own_file, render_pages, theme};

/// Renders a document's page with this template code as its body.
fn render_with_body(body: &str) -> Result<String, String> {
    let template = format!("{{% extends \"default/document.html\" %}}\n{{% block body %}}\n{body}{{% endblock %}}");
    let theme = theme("en", &[own_file("templates/document.html", &template)]);
    theme.render(&Sample::new().document("PRO-INC-001")).map_err(|error| error.to_string())
}

#[test]
fn every_template_makes_the_same_page_when_its_loops_are_counted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates");
    let files: Vec<ThemeFile> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            own_file(&format!("templates/{}", path.file_name().unwrap().display()), &fs::read_to_string(path).unwrap())
        })
        .collect();
    assert!(files.len() > 20);
    let sample = Sample::new();
    let (ours, counted) = (render_pages(&theme("en", &[]), &sample), render_pages(&theme("en", &files), &sample));
    assert_eq!(ours.keys().collect::<Vec<_>>(), counted.keys().collect::<Vec<_>>());
    for (path, html) in &ours {
        assert!(counted[path] == *html, "{path}");
    }
}

#[test]
fn endless_loops_end_with_an_error_at_their_place() {
    for body in [
        "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}",
        "{% for a in range(end=2000) %}{% for b in range(end=2000) %}x{% endfor %}{% endfor %}",
        "{%- for a in range(end=2000) -%}{%- for k, v in {\"a\": 1} -%}{%- for c in range(end=2000) -%}{%- endfor -%}{%- endfor -%}{%- endfor -%}",
        "{% set l = [[b for b in range(end=9999)] for a in range(end=9999)] %}",
        "{% if [a for a in range(end=2000) if [b for b in range(end=2000) if b in [1]]] %}{% endif %}",
        "{% set all = range(end=100000) %}{% for a in all %}{% for b in all %}{% if b > 3 %}{% continue %}{% endif %}{% endfor %}{% endfor %}",
        "{% set x %}{% for a in range(end=9999) %}{% for b in range(end=9999) %}{% endfor %}{% endfor %}{% endset %}",
        "{% filter upper %}{% for a in range(end=9999) %}{% for b in range(end=9999) %}{% endfor %}{% endfor %}{% endfilter %}",
        "{{ <many left={17} /> }}",
        "{% <many left={17}> %}{% </many> %}",
    ] {
        let component = "\n{% component many(left) %}{% if left > 0 %}{{ <many left={left - 1} /> }}{{ <many left={left - 1} /> }}\
                         {{ <many left={left - 1} /> }}{% endif %}{% endcomponent %}";
        let template =
            format!("{{% extends \"default/document.html\" %}}{{% block body %}}\n{body}{{% endblock %}}{component}");
        let theme = theme("en", &[own_file("templates/document.html", &template)]);
        let error = theme.render(&Sample::new().document("PRO-INC-001")).expect_err(body);
        let message = error.to_string();
        assert!(message.contains("run more than 1,000,000 times"), "{body}: {message}");
        assert!(message.starts_with("templates/document.html, line "), "{body}: {message}");
        assert!(!message.contains("clausebook_steps"), "{body}: {message}");
    }
}

#[test]
fn after_a_page_that_exhausts_its_budget_no_other_is_rendered() {
    let bomb = "{% extends \"default/base.html\" %}\n{% block content %}{% if frame.path == \"gaps.html\" %}\
                {% for a in range(end=9999) %}{% for b in range(end=9999) %}{% endfor %}{% endfor %}{% endif %}{% endblock %}";
    let theme = theme("en", &[own_file("templates/gaps.html", bomb)]);
    let sample = Sample::new();
    assert!(theme.render(&sample.calendar()).is_ok());
    let first = theme.render(&sample.gaps()).expect_err("too much");
    assert_eq!(theme.render(&sample.calendar()).expect_err("the same"), first);
}

#[test]
fn a_page_of_more_than_256_mib_is_refused() {
    let long = "x".repeat(400_000);
    let message = render_with_body(&format!("{{% for a in range(end=2000) %}}{long}{{% endfor %}}")).unwrap_err();
    assert!(message.contains("one page is longer than 256 MiB"), "{message}");
}

#[test]
fn a_recursive_component_is_an_error() {
    let files = [
        own_file("templates/a.html", "{% component again() %}{{ <again /> }}{% endcomponent %}"),
        own_file(
            "templates/document.html",
            "{% extends \"default/document.html\" %}{% block body %}{{ <again /> }}{% endblock %}",
        ),
    ];
    let error = theme("en", &files).render(&Sample::new().document("PRO-INC-001")).expect_err("no end");
    let message = error.to_string();
    assert!(message.contains("a component calls itself more than 20 times"), "{message}");
}

#[test]
fn the_page_budget_allows_long_lists() {
    let html = render_with_body(
        "{% for a in range(end=900) %}{% for b in range(end=1000) %}{% if b == 999 %}{{ a }} {% endif %}{% endfor %}{% endfor %}",
    );
    assert!(html.expect("a page").contains("898 899 "));
}

#[test]
fn errors_behind_a_loop_have_the_columns_of_the_template_as_it_is_written() {
    let message =
        render_with_body("{% for a in [1, 2] %}{{ [b for b in [a] if b] }}{{ a.nope.nope }}{% endfor %}").unwrap_err();
    assert!(message.starts_with("templates/document.html, line 3, column 54: "), "{message}");
    assert!(
        message.contains(
            "in `{% for a in [1, 2] %}{{ [b for b in [a] if b] }}{{ a.nope.nope }}{% endfor %}{% endblock %}`"
        ),
        "{message}"
    );
    let message = render_with_body("{% for a in page.title.nope.nope %}{% endfor %}").unwrap_err();
    assert!(
        message.starts_with("templates/document.html, line 3, column ") && !message.contains("clausebook_steps"),
        "{message}"
    );
}
