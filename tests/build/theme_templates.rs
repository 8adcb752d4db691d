//! Templates of a custom theme that leave out what pages need.

use std::fs;

use crate::support::{Fixture, policy};

#[test]
fn a_base_without_blocks_and_a_document_without_its_text_are_reported_once() {
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\ntheme: ours\n"),
        (
            "themes/ours/templates/base.html",
            "<!doctype html><title>{% block title %}{% endblock %}</title>{% block main %}{% endblock %}",
        ),
        ("content/a.md", &policy("POL-AAA-001", "", "Text.")),
    ]);
    let output = fixture.run(&["build"]);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), stderr.lines().count()), (Some(2), 1), "{stderr}");
    assert!(stderr.contains("templates/base.html: it lacks blocks that the default templates fill: "), "{stderr}");
    assert!(stderr.contains("`content`") && !stderr.contains("did you mean"), "{stderr}");
    fs::remove_file(fixture.path("themes/ours/templates/base.html")).expect("a file");
    let extends = "{% extends \"default/document.html\" %}";
    for (template, is_shown) in [
        ("<p>{{ frame.title }}</p>".to_owned(), false),
        (format!("{extends}{{% block body %}}{{% endblock %}}"), false),
        (format!("{extends}{{% block main %}}<p>Ours</p>{{% endblock %}}"), false),
        (format!("{extends}{{% block body %}}<hr>{{{{ super() }}}}{{% endblock %}}"), true),
        (format!("{extends}{{% block footer %}}{{% endblock %}}"), true),
        (extends.to_owned(), true),
    ] {
        fixture.write("themes/ours/templates/document.html", &template);
        let output = fixture.run(&["build", "-q"]);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(!stderr.contains("the theme leaves out the text of documents"), is_shown, "{template}: {stderr}");
    }
}
