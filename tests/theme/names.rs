//! Unknown names in custom templates.

use clausebook::testing::site::theme::Theme;

use crate::samples::Sample;
use crate::{own_file, theme};

#[test]
fn a_misspelt_name_is_reported_with_the_nearest_match() {
    let problems = |name: &str, text: &str| {
        let path = format!("templates/{name}");
        match Theme::load(&[own_file(&path, text)], &Sample::new().site("en")) {
            Err(problems) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
            Ok(theme) => theme.render(&Sample::new().document("PRO-INC-001")).expect_err("a problem").to_string(),
        }
    };
    let extends = "{% extends \"default/document.html\" %}\n";
    for (text, expected) in [
        ("{% block hstory %}x{% endblock %}", "did you mean `history`?"),
        ("{% block body %}{{ page.contrl.version }}{% endblock %}", "did you mean `control`?"),
        ("{% block body %}{{ 1 | cuont }}{% endblock %}", "did you mean `count`?"),
        ("{% block body %}{{ <verdct verdict={1} of={2} /> }}{% endblock %}", "did you mean `verdict`?"),
        ("{% block body %}{{ pgae.id }}{% endblock %}", "did you mean `page`?"),
    ] {
        let problem = problems("document.html", &format!("{extends}{text}"));
        assert!(problem.starts_with("templates/document.html, line 2, column "), "{text}: {problem}");
        assert!(problem.contains(expected), "{text}: {problem}");
    }
    // A block of a custom template, and a nested one, work as intended.
    let files = [
        own_file(
            "templates/frame.html",
            "{% extends \"default/base.html\" %}{% block main %}{% block mine %}{% endblock %}{% endblock %}",
        ),
        own_file(
            "templates/404.html",
            "{% extends \"frame.html\" %}{% block mine %}<h1>{% block inner %}Here{% endblock %}</h1>{% endblock %}",
        ),
    ];
    assert!(theme("en", &files).render(&Sample::new().not_found()).expect("a page").contains("<h1>Here</h1>"));
}
