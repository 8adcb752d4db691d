//! Custom themes.

use std::fs;
use std::path::Path;

use crate::support::{Fixture, policy, tree};
use crate::text;

#[test]
fn a_theme_of_the_handbooks_own_replaces_single_blocks_and_files() {
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\ntheme: ours\n"),
        (
            "themes/ours/templates/base.html",
            "{% extends \"default/base.html\" %}\n{% block footer %}<footer>Only for members.</footer>{% endblock %}\n",
        ),
        ("themes/ours/static/portal.css", "body{color:rebeccapurple}"),
        ("content/a.md", &policy("POL-AAA-001", "", "Text.")),
    ]);
    let site = fixture.build();
    assert!(text(&site, "a.html").contains("Only for members."));
    assert!(text(&site, "matrix.html").contains("Only for members."));
    assert_eq!(text(&site, "assets/portal.css"), "body{color:rebeccapurple}");
}

/// If all templates are built in, rows of lists and tables are rendered by a faster path.
#[test]
fn a_template_that_says_the_same_as_ours_changes_nothing() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings = fs::read_to_string(project.join("clausebook.yaml")).expect("the model handbook's settings");
    let fixture = Fixture::new(&[("clausebook.yaml", &settings)]);
    for (path, bytes) in tree(&project.join("content")) {
        let path = fixture.path(&format!("content/{path}"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, bytes).expect("a file");
    }
    let ours = fixture.build();
    fixture.write("clausebook.yaml", &format!("{settings}\ntheme: same\n"));
    let unknown_address = fs::read_to_string(project.join("themes/default/templates/404.html")).expect("our template");
    fixture.write("themes/same/templates/404.html", &unknown_address);
    let same = fixture.build();
    let differ: Vec<&String> = ours.keys().filter(|path| ours.get(*path) != same.get(*path)).collect();
    assert_eq!(differ, Vec::<&String>::new());
    assert_eq!(ours.len(), same.len());
}

/// A theme with one mistake of each kind, among correct content.
const BROKEN_BASE: &str = "{% extends \"default/base.html\" %}
{% block head %}<link rel=\"stylesheet\" href=\"{{ root }}{{ assets[\"own.css\"] }}\">{% endblock %}
{% block footer %}<footer>
<a href=\"{{ root }}matrx.html\">mistyped</a> <a href=\"{{ root }}matrix.html?all#~content\">right</a>
<a href=\"gaps.html\">without its way to the top</a>
<a href=\"{{ root }}register.html#nothing-there\">no such anchor</a> <a href=\"#nowhere\">none here</a>
<a href=\"/findings.html\">from the root of the server</a> <a href=\"{{ root }}clauses/\">a folder</a>
<a href=\"{{ root }}../outside.html\">above</a>
<a href=\"https://example.org/nothing\">elsewhere</a> <a href=\"mailto:a@example.org\">post</a> <a href=\"#top\">up</a> <a href=\"?all#~content\">sorted</a>
<img alt=\"\" src=\"{{ root }}assets/badge.png\" srcset=\"{{ root }}assets/badge.png 1x, {{ root }}assets/large.png 2x\">
</footer>{% endblock %}
";

fn with_broken_theme() -> Fixture {
    Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\ntheme: ours\n"),
        ("themes/ours/templates/base.html", BROKEN_BASE),
        ("themes/ours/static/own.css", "/* url(no.png) */\nbody { background: url(paper.png) }\n"),
        ("content/a.md", &policy("POL-AAA-001", "", "## Part\n\nSee [part](#part) and [other](b/c.md#part).")),
        ("content/b/c.md", &policy("POL-AAA-002", "", "## Part\n\nSee [there](../a.md).")),
    ])
}

/// Findings on the written site as `line: message`, in the order of the report.
fn site_findings(text: &str) -> Vec<String> {
    let line = |frame: &str| {
        let message = frame.split_once("]: ")?.1.lines().next()?;
        let place = frame.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
        Some(format!("{} {message}", place.trim_start_matches("themes/ours/")))
    };
    text.split("error[broken-site").skip(1).filter_map(line).collect()
}

#[test]
fn theme_problems_are_reported_once_with_line_and_pages() {
    let fixture = with_broken_theme();
    let output = fixture.run(&["build", "-q"]);
    assert_eq!(output.status.code(), Some(1), "the site is there, and something in it leads nowhere");
    let site = crate::support::tree(&fixture.path("site"));
    let pages = site.keys().filter(|path| path.ends_with(".html")).count();
    let shallow = site.keys().filter(|path| path.ends_with(".html") && !path.contains('/')).count();
    let others = format!("`404.html` and {} other pages", pages - 1);
    let deep = pages - shallow - 1;
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(
        site_findings(&stderr),
        [
            "static/own.css:2:24 `assets/own.css` loads `paper.png`, which is not in the site".to_owned(),
            format!("templates/base.html:4:20 {others} link to `matrx.html`, which is not in the site"),
            format!(
                "templates/base.html:5:10 `b/c.html` and {deep} other pages link to `gaps.html`, which is not in the site"
            ),
            format!(
                "templates/base.html:6:20 {others} link to `register.html#nothing-there`, but nothing on that page has that ID"
            ),
            format!("templates/base.html:6:77 {others} link to `#nowhere`, but nothing on the page has that ID"),
            format!(
                "templates/base.html:7:10 {others} link to `/findings.html`, which starts at the root of the web server"
            ),
            format!("templates/base.html:7:77 {others} link to `./clauses/`, which is a folder"),
            format!("templates/base.html:8:23 {others} link to `../outside.html`, which points outside the site"),
            format!("templates/base.html:10:28 {others} load `assets/badge.png`, which is not in the site"),
            format!("templates/base.html:10:95 {others} load `assets/large.png`, which is not in the site"),
        ]
    );
    for help in ["did you mean `matrix.html`?", "write `{{ root }}gaps.html`", "write `{{ root }}findings.html`"] {
        assert!(stderr.contains(help), "{help} is not in\n{stderr}");
    }
    assert!(text(&site, "a.html").contains("matrx.html"), "the new site is in place");
    let again = fixture.run(&["build", "-q"]);
    assert_eq!(String::from_utf8(again.stderr).expect("UTF-8"), stderr, "a second build says the same");
}

#[test]
fn what_a_theme_breaks_is_weighed_and_waived_like_all_other_findings() {
    let fixture = with_broken_theme();
    let settings = "title: Test\nas_of: 2026-11-22\ntheme: ours\n";
    fixture.write("clausebook.yaml", &format!("{settings}rules: {{broken-site: warning}}\n"));
    let output = fixture.run(&["build"]);
    assert_eq!(output.status.code(), Some(0), "a warning fails no build");
    assert!(String::from_utf8_lossy(&output.stderr).contains("warning[broken-site]"));
    assert!(String::from_utf8_lossy(&output.stdout).contains("10 warnings"), "the summary counts them");

    let waivers = "waivers: [{rule: broken-site, reason: A new theme comes., who: Lead, until: 2027-01-31}]\n";
    fixture.write("clausebook.yaml", &format!("{settings}{waivers}"));
    let output = fixture.run(&["build", "-q"]);
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    let check = fixture.run(&["check", "--format", "concise"]);
    assert!(!String::from_utf8_lossy(&check.stdout).contains("unused-waiver"), "check cannot know what a build finds");
}

#[test]
fn a_check_can_look_at_the_site_that_was_written() {
    let fixture = with_broken_theme();
    fixture.run(&["build", "-q"]);
    let check = |arguments: &[&str]| {
        let output = fixture.run(&[&["check", "--format", "concise"], arguments].concat());
        let lines = String::from_utf8(output.stdout).expect("UTF-8");
        lines.lines().filter(|line| line.contains("[broken-site]")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(check(&[]), Vec::<String>::new(), "nothing is rendered");
    let problems = check(&["--built", "site"]);
    assert_eq!(problems.len(), 10, "{problems:#?}");
    assert!(
        problems[1].starts_with("themes/ours/templates/base.html:4:20: error[broken-site] `404.html` and "),
        "{problems:#?}"
    );

    fixture.write("themes/ours/static/extra.css", "@import \"https://e.example/a.css\";");
    let problems = check(&["--built", "site"]).join("\n");
    assert!(problems.contains("loads `https://e.example/a.css` from another site"), "{problems}");

    std::fs::remove_file(fixture.path("site/gaps.html")).expect("a page");
    fixture.write("site/assets/badge.png", "put there by somebody");
    let problems = check(&["--built", "site"]).join("\n");
    assert!(
        problems.contains("`gaps.html`, which is not in the site") && !problems.contains("badge.png"),
        "{problems}"
    );

    let no_portal = fixture.run(&["check", "--built", "content"]);
    assert_eq!(no_portal.status.code(), Some(2), "a folder without a portal cannot be looked at");
}

#[test]
fn a_theme_that_omits_texts_breaks_their_anchors() {
    let fixture = with_broken_theme();
    std::fs::remove_dir_all(fixture.path("themes/ours")).expect("the theme");
    fixture.write(
        "themes/ours/templates/document.html",
        "{% extends \"default/document.html\" %}\n{% block body %}{% endblock %}\n",
    );
    let links: String = (0..30).map(|at| format!("[{at}](d{at:02}.md#part) ")).collect();
    fixture.write("content/page.md", &format!("---\ntitle: A page\ntype: page\n---\n{links}\n"));
    for at in 0..30 {
        fixture.write(&format!("content/d{at:02}.md"), &policy(&format!("POL-AAB-{at:03}"), "", "## Part\n\nText."));
    }
    let output = fixture.run(&["build", "-q"]);
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    let problems = site_findings(&stderr);
    assert_eq!(problems.len(), 22, "{problems:#?}");
    assert!(
        problems.iter().any(|line| line.contains("`page.html` and 2 other pages link to `d00.html#part`")),
        "{problems:#?}"
    );
    assert!(problems[0].starts_with("clausebook.yaml 13 more addresses"), "the rest is counted: {problems:#?}");
    assert!(
        problems[1].starts_with("templates/document.html "),
        "the template is named that lacks the part: {problems:#?}"
    );
}

#[test]
fn a_sound_theme_is_found_sound_and_files_beside_the_site_can_be_linked_to() {
    let fixture = with_broken_theme();
    let sound = "{% extends \"default/base.html\" %}{% block foot %}{{ super() }}{% endblock %}\n\
                 {% block pager %}<a href=\"{{ root }}manual.pdf\">by hand</a>{% endblock %}\n";
    fixture.write("themes/ours/templates/base.html", sound);
    fixture.write("themes/ours/static/own.css", "body { color: navy }\n");
    assert_eq!(fixture.run(&["build", "-q"]).status.code(), Some(1), "the file is not there yet");
    fixture.write("site/manual.pdf", "by hand");
    let output = fixture.run(&["build", "-q"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn words_that_a_language_lacks_are_counted_and_named() {
    let settings = |lang: &str| format!("title: Test\nlang: {lang}\ntheme: ours\n");
    let fixture = Fixture::new(&[
        ("clausebook.yaml", &settings("fr")),
        ("themes/ours/i18n/fr.json", "{\"skip\": \"Aller au contenu\", \"menu\": \"Menu\"}"),
        ("content/a.md", &policy("POL-AAA-001", "", "Text.")),
    ]);
    let build_stderr = || {
        let output = fixture.run(&["build", "--as-of", "2026-11-22"]);
        assert!(output.status.success());
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    let french = build_stderr();
    let line = french.lines().find(|line| line.contains("missing-words")).expect("a finding");
    assert!(line.contains("words are missing in `fr` and shown in English: `actions.pdf`, "), "{line}");
    assert!(french.contains("themes/ours/i18n/fr.json"), "{french}");
    for lang in ["de", "de-CH", "en-GB"] {
        fixture.write("clausebook.yaml", &settings(lang));
        assert!(!build_stderr().contains("missing-words"), "{lang} is complete");
    }
    fixture.write("clausebook.yaml", &settings("ar"));
    assert!(build_stderr().contains("clausebook.yaml"), "no file has any word");
    assert!(text(&crate::support::tree(&fixture.path("site")), "index.html").contains("<html lang=\"ar\" dir=\"rtl\""));
}

#[test]
fn english_words_in_a_handbook_from_right_to_left_keep_their_order() {
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\nlang: ar\ntheme: ours\n"),
        ("themes/ours/i18n/ar.json", "{\"figures\": {\"units\": \"البنود\"}}"),
        ("content/a.md", &policy("POL-AAA-001", "", "Text.")),
    ]);
    let site = fixture.build();
    let home = text(&site, "index.html");
    assert!(home.contains("<dt>البنود</dt>"), "Arabic words are as written");
    assert!(home.contains(">\u{2068}of 56\u{2069}</span>"), "{home}");
    assert!(
        text(&site, "register.html").contains(">\u{2068}2 \u{2068}Mar\u{2069} 2026\u{2069}</time>"),
        "{}",
        text(&site, "register.html")
    );
    for file in ["register.csv", "gaps.csv"] {
        assert!(!text(&site, file).contains('\u{2068}'), "{file} is for other programs");
    }
    fixture.write("clausebook.yaml", "title: Test\nas_of: 2026-11-22\nlang: de\n");
    let german = fixture.build();
    assert!(!text(&german, "index.html").contains('\u{2068}'));
}

#[test]
fn unused_theme_files_are_reported() {
    let fixture = Fixture::new(&[
        (
            "clausebook.yaml",
            "title: Test\nas_of: 2026-11-22\ntheme: ours\ntypes: {charter: {}}\nnonconformities: {grades: {grave: {close: 10 days}}}\n",
        ),
        (
            "themes/ours/i18n/en.json",
            "{\n  \"menu\": \"Contents\",\n  \"stat\": {\"overdue\": \"Late\"},\n  \"state\": {\"overdeu\": \"Late\", \"draft\": \"In work {n}\"},\n  \
             \"count\": {\"documents\": {\"one\": \"One document\", \"other\": \"documents\"}},\n  \"motto\": \"Served daily\",\n  \"type\": {\"one\": {\"charter\": \"Charter\"}}, \"entries\": {\"grade\": {\"grave\": \"Grave\"}}, \"edition\": {\"menu\": \"Contents\"},\n  \"house\": {\"mark\": \"Ours\"}\n}\n",
        ),
        ("themes/ours/i18n/it.json", "{\"nothing\": \"Of a language that the portal is not in\"}"),
        (
            "themes/ours/templates/base.html",
            "{% extends \"default/base.html\" %}\n{% block footer %}{% include \"ours/foot.html\" %}{{ t.house.mark }}{% endblock %}\n",
        ),
        ("themes/ours/templates/ours/foot.html", "<footer>{{ t.motto }}</footer>"),
        ("themes/ours/templates/documnet.html", "{% extends \"default/document.html\" %}"),
        ("themes/ours/template/home.html", "{% extends \"default/home.html\" %}"),
        ("themes/ours/portal.css", "body{color:rebeccapurple}"),
        ("themes/ours/brand.css", "body{color:rebeccapurple}"),
        ("themes/ours/templates/foo.html", "<p>Nobody includes it.</p>"),
        ("themes/ours/static/badge.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("themes/ours/README.md", "About this theme."),
        ("content/a.md", &policy("POL-AAA-001", "", "Text.")),
    ]);
    let output = fixture.run(&["build"]);
    assert!(output.status.success());
    let messages = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let theme = "themes/ours";
    let expected = [
        (format!("{theme}/portal.css"), "no page uses this file", "move it to `static/portal.css`"),
        (format!("{theme}/brand.css"), "no page uses this file", "move it to `static/brand.css`"),
        (
            format!("{theme}/templates/foo.html"),
            "no page uses this template",
            "name it as the template that it replaces",
        ),
        (format!("{theme}/template/home.html"), "no page uses this file", "move it to `templates/home.html`"),
        (format!("{theme}/templates/documnet.html"), "no page uses this template", "`templates/document.html`"),
        (format!("{theme}/i18n/en.json:3:3"), "the default language files have no key `stat`", "did you mean"),
        (
            format!("{theme}/i18n/en.json:4:13"),
            "the default language files have no key `state.overdeu`",
            "`state.overdue`",
        ),
        (format!("{theme}/i18n/en.json:4:41"), "nothing fills `{n}` in the word `state.draft`", "leave the braces out"),
        (format!("{theme}/i18n/en.json:5:59"), "the word `count.documents.other` lacks `{n}`", "`{n} documents`"),
    ];
    for (place, message, help) in &expected {
        let finding =
            messages.split("unknown-in-theme").find(|finding| finding.contains(message) && finding.contains(place));
        assert!(finding.is_some_and(|finding| finding.contains(help)), "{place}: {message}: {messages}");
    }
    assert_eq!(messages.matches("unknown-in-theme").count(), expected.len(), "{messages}");
}

#[test]
fn a_text_cannot_stand_for_a_group_of_words() {
    let settings = "title: Test\nas_of: 2026-11-22\ntheme: ours\n";
    for (words, expected) in [
        ("{\"state\": \"State\"}", "`state` must be an object of texts, such as `state."),
        ("{\"menu\": {\"title\": \"Menu\"}}", "`menu` must be a text"),
    ] {
        let fixture = Fixture::new(&[
            ("clausebook.yaml", settings),
            ("themes/ours/i18n/en.json", words),
            ("content/a.md", &policy("POL-AAA-001", "", "Text.")),
        ]);
        let output = fixture.run(&["build"]);
        assert_ne!(output.status.code(), Some(0));
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(stderr.contains(expected) && stderr.contains("i18n/en.json"), "{stderr}");
    }
}

#[test]
fn what_the_policy_forbids_is_named_at_its_place_in_the_theme() {
    let base = "{% extends \"default/base.html\" %}\n{% block footer %}<footer style=\"color:red\">\n\
                <script>x()</script><img alt=\"\" src=\"https://e.example/a.png\"></footer>{% endblock %}\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\ntheme: ours\n"),
        ("themes/ours/templates/base.html", base),
        ("themes/ours/static/brand.css", "@import \"https://e.example/a.css\";\nbody { background: url(lost.png) }\n"),
        ("content/a.md", &policy("POL-AAA-001", "", "See [the other site](https://e.example/).")),
    ]);
    let output = fixture.run(&["build"]);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    for words in [
        "the theme styles an element by the attribute `style`\n --> themes/ours/templates/base.html:2:",
        "the theme writes a script within a page\n --> themes/ours/templates/base.html:3:1",
        "the theme loads `https://e.example/a.png` from another site\n --> themes/ours/templates/base.html:3:",
        "the theme loads `https://e.example/a.css` from another site\n --> themes/ours/static/brand.css:1:",
        "write its path from the style sheet",
    ] {
        assert!(stderr.contains(words), "{words}: {stderr}");
    }
    assert!(!stderr.contains("`https://e.example/`"), "what a document links to is its author's: {stderr}");
}

#[test]
fn advice_on_a_theme_that_is_not_there_can_be_followed() {
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\n"),
        ("themes/ours/templates/document.html", "{% extends \"default/documnt.html\" %}"),
        ("content/a.md", &policy("POL-AAA-001", "", "Text.")),
    ]);
    let build_stderr = |theme: &str| {
        let output = fixture.run(&["build", "--theme", theme]);
        assert!(!output.status.success(), "{theme}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let extends = build_stderr("ours");
    assert!(extends.contains("write `default/document.html` for the built-in template"), "{extends}");
    let path = build_stderr("../themes/ours");
    assert!(path.contains("write the name of a folder in `themes/`, not a path to it"), "{path}");
    let missing = build_stderr("other");
    assert!(missing.contains("make the folder `themes/other`, or leave out `--theme`"), "{missing}");
    for text in [path, missing] {
        assert!(!text.contains("clausebook.yaml"), "{text}");
    }
}
