//! The default theme, rendered with a rich sample: every kind of page, its structure, its labels, its errors.
//!
//! With `CLAUSEBOOK_THEME_SAMPLES=DIR`, the sample portal is written to that folder for inspection.

mod kinds;
mod limits;
mod names;
mod samples;
mod styles;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use clausebook::testing::project::ThemeFile;
use clausebook::testing::site::model::*;
use clausebook::testing::site::theme::{Labels, Theme, brand_css, languages};
use samples::Sample;

/// All pages of the sample, by path.
fn render_pages(theme: &Theme, sample: &Sample) -> BTreeMap<String, String> {
    render_with_templates(theme, sample).into_iter().map(|(path, (_, html))| (path, html)).collect()
}

/// All pages of the sample, by path, with the names of their templates.
fn render_with_templates(theme: &Theme, sample: &Sample) -> BTreeMap<String, (&'static str, String)> {
    let mut pages = BTreeMap::new();
    fn put<P: Page>(pages: &mut BTreeMap<String, (&'static str, String)>, theme: &Theme, page: P) {
        let html = theme.render(&page).unwrap_or_else(|error| panic!("{error}"));
        pages.insert(page.frame().path.clone(), (P::TEMPLATE, html));
    }
    put(&mut pages, theme, sample.home());
    for id in sample.document_ids() {
        put(&mut pages, theme, sample.document(id));
    }
    for number in sample.clause_numbers() {
        put(&mut pages, theme, sample.clause_page(&number));
    }
    put(&mut pages, theme, sample.clauses());
    put(&mut pages, theme, sample.matrix());
    put(&mut pages, theme, sample.gaps());
    put(&mut pages, theme, sample.information());
    put(&mut pages, theme, sample.practices());
    put(&mut pages, theme, sample.applicability());
    put(&mut pages, theme, sample.register());
    put(&mut pages, theme, sample.findings());
    for kind in [IndexKind::Owner, IndexKind::Type, IndexKind::Role, IndexKind::Tag] {
        put(&mut pages, theme, sample.index(kind));
    }
    put(&mut pages, theme, sample.list(IndexKind::Owner, "owners/incident-manager.html", "Incident Manager"));
    put(&mut pages, theme, sample.list(IndexKind::Type, "types/procedure.html", "Procedures"));
    put(&mut pages, theme, sample.list(IndexKind::Role, "roles/duty-manager.html", "Duty Manager"));
    put(&mut pages, theme, sample.group("8.6"));
    put(&mut pages, theme, sample.calendar());
    put(&mut pages, theme, sample.deadlines());
    put(&mut pages, theme, sample.entries());
    put(&mut pages, theme, sample.programme());
    put(&mut pages, theme, sample.audit());
    put(&mut pages, theme, sample.party());
    put(&mut pages, theme, sample.certificate());
    put(&mut pages, theme, sample.management_reviews());
    put(&mut pages, theme, sample.changes());
    put(&mut pages, theme, sample.versions());
    put(&mut pages, theme, sample.redline());
    put(&mut pages, theme, sample.past_version());
    put(&mut pages, theme, sample.history());
    put(&mut pages, theme, sample.crosswalk());
    put(&mut pages, theme, sample.map());
    put(&mut pages, theme, sample.ages());
    put(&mut pages, theme, sample.print(theme));
    put(&mut pages, theme, sample.prose());
    put(&mut pages, theme, sample.not_found());
    put(&mut pages, theme, sample.search());
    put(&mut pages, theme, sample.redirect());
    pages
}

fn theme(lang: &str, files: &[ThemeFile]) -> Theme {
    Theme::load(files, &Sample::new().site(lang)).unwrap_or_else(|problems| panic!("{}", problems[0]))
}

fn own_file(path: &str, text: &str) -> ThemeFile {
    ThemeFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() }
}

/// The values of an attribute, in order.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect()
}

#[test]
fn every_page_has_one_first_level_heading_and_unique_ids() {
    for (path, html) in render_pages(&theme("en", &[]), &Sample::new()) {
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        let ids = attributes(&html, "id");
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{path}: {ids:?}");
    }
}

#[test]
fn pages_have_no_inline_script_or_style_or_external_resources() {
    for (path, html) in render_pages(&theme("en", &[]), &Sample::new()) {
        assert!(attributes(&html, "style").is_empty(), "{path}");
        assert!(!html.contains("<style"), "{path}");
        let handlers =
            html.split('<').flat_map(|tag| tag.split(' ')).find(|part| part.starts_with("on") && part.contains("=\""));
        assert_eq!(handlers, None, "{path}");
        for script in html.split("<script").skip(1) {
            assert!(script.contains(" src=\"") && script.contains("></script>"), "{path}");
        }
        for url in attributes(&html, "src").into_iter().chain(attributes(&html, "href")) {
            assert!(!url.contains("//") && !url.starts_with('/'), "{path}: {url}");
        }
    }
}

#[test]
fn no_page_shows_template_syntax_or_a_missing_word() {
    for lang in languages() {
        for (path, html) in render_pages(&theme(lang, &[]), &Sample::new()) {
            for trace in ["{{", "{%", "}}", "[object", "none</", ">None<"] {
                assert!(!html.contains(trace), "{lang} {path}: {trace}");
            }
            assert!(html.starts_with("<!doctype html>"), "{path}");
            assert!(html.ends_with("</html>\n"), "{path}");
        }
    }
}

#[test]
fn every_reference_to_an_id_of_the_page_finds_it() {
    for (path, html) in render_pages(&theme("en", &[]), &Sample::new()) {
        let ids: BTreeSet<_> = attributes(&html, "id").into_iter().collect();
        let fragments = attributes(&html, "href").into_iter().filter_map(|url| url.strip_prefix('#'));
        let references =
            ["aria-labelledby", "popovertarget", "data-filters"].into_iter().flat_map(|name| attributes(&html, name));
        for id in fragments.chain(references) {
            assert!(ids.contains(id), "{path}: {id}");
        }
    }
}

#[test]
fn every_language_has_the_same_words() {
    let keys = |lang: &str| -> BTreeSet<String> {
        let text = fs::read_to_string(format!("themes/default/i18n/{lang}.json")).expect("the file of words");
        let language_files = BTreeMap::from([("xx.json".to_owned(), text)]);
        // A language without a built-in file falls back to English, which would hide missing labels, so only the file
        // is checked.
        let value: serde_json::Value = serde_json::from_str(&language_files["xx.json"]).expect("JSON");
        flatten_keys("", &value)
    };
    let english = keys("en");
    assert!(english.len() > 150);
    for lang in languages() {
        assert_eq!(english, keys(lang), "{lang}");
    }
}

fn flatten_keys(prefix: &str, value: &serde_json::Value) -> BTreeSet<String> {
    match value {
        serde_json::Value::Object(map) => {
            map.iter().flat_map(|(key, value)| flatten_keys(&format!("{prefix}.{key}"), value)).collect()
        }
        _ => BTreeSet::from([prefix.to_owned()]),
    }
}

#[test]
fn every_state_and_verdict_has_a_word() {
    let labels = Labels::load("de", &BTreeMap::new()).expect("words");
    use ItemVerdict::{Draft, Missing, NotNeeded, Provided, Stale};
    let items = [Provided, Stale, Draft, Missing, NotNeeded];
    let words = State::ALL
        .iter()
        .map(|state| format!("state.{}", state.as_str()))
        .chain(State::ALL.iter().map(|state| format!("notice.{}", state.as_str())))
        .chain(Verdict::ALL.iter().map(|verdict| format!("verdict.{}", verdict.as_str())))
        .chain(items.map(|verdict| format!("item_verdict.{}", verdict.as_str())))
        .chain(MatrixColumn::ALL.iter().map(|column| format!("column.{}", column.as_str())));
    for key in words {
        assert_ne!(labels.text(&key), key);
    }
}

#[test]
fn a_handbook_replaces_a_single_block() {
    let files = [own_file(
        "templates/document.html",
        "{% extends \"default/document.html\" %}\n{% block history %}<p>Ask the archive.</p>{% endblock %}",
    )];
    let html = theme("en", &files).render(&Sample::new().document("PRO-INC-001")).expect("a page");
    assert!(html.contains("Ask the archive."));
    assert!(!html.contains("Rehearsed message texts"));
    assert!(html.contains("When an incident is major"));
}

#[test]
fn a_handbooks_base_is_used_by_our_templates_too() {
    let files = [own_file(
        "templates/base.html",
        "{% extends \"default/base.html\" %}{% block footer %}<footer>Gullwhistle only</footer>{% endblock %}",
    )];
    let theme = theme("en", &files);
    assert!(theme.render(&Sample::new().gaps()).expect("a page").contains("Gullwhistle only"));
}

#[test]
fn a_handbook_replaces_a_part_a_style_sheet_and_a_word() {
    let files = [
        own_file(
            "templates/my-parts.html",
            "{% component verdict(verdict, of) %}<b>{{ verdict }}</b>{% endcomponent %}",
        ),
        own_file("static/print.css", "@page { size: letter }"),
        own_file("i18n/en.json", "{\"skip\": \"Jump\"}"),
    ];
    let theme = theme("en", &files);
    let html = theme.render(&Sample::new().gaps()).expect("a page");
    assert!(html.contains("<b>missing</b>"));
    assert!(html.contains(">Jump</a>"));
    let print = theme.assets().find(|asset| asset.path == "assets/print.css").expect("the style sheet");
    assert_eq!(&*print.bytes, b"@page { size: letter }");
}

#[test]
fn a_handbook_replaces_the_table_of_entries_and_gets_its_cells() {
    let parts = "{% component grid(grid) %}{% for row in grid.rows %}<p id=\"{{ row.id }}\">\
                 {% for cell in row.cells %}{{ cell.text or '' }}|{% endfor %}</p>{% endfor %}{% endcomponent %}";
    let html =
        theme("en", &[own_file("templates/my-parts.html", parts)]).render(&Sample::new().entries()).expect("a page");
    assert!(html.contains("<p id=\"NC-2026-07\">NC-2026-07|Failover &lt;not&gt; tested &amp; missed|78.6%"), "{html}");
}

#[test]
fn pages_are_the_same_whether_or_not_components_are_written_into_our_templates() {
    // With a custom template, even an unused one, components remain calls, and tables of entries are laid out from
    // values.
    let sample = Sample::new();
    let called = render_pages(&theme("en", &[own_file("templates/unused.html", "")]), &sample);
    for (path, html) in render_pages(&theme("en", &[]), &sample) {
        assert_eq!(called.get(&path), Some(&html), "{path}");
    }
}

#[test]
fn a_word_of_a_handbook_is_text_whatever_it_looks_like() {
    for word in ["{{ page.id }}", "{% if x %}", "{# x #}", "}} x", " Gap ", "", "a\nb", "<b>Gap</b> & \"gap\"", "{n}"] {
        let words = serde_json::json!({"document": {"relations": word}}).to_string();
        let html = theme("en", &[own_file("i18n/en.json", &words)]).render(&Sample::new().document("PRO-INC-001"));
        let mut escaped = Vec::new();
        tera::escape_html(word, &mut escaped).expect("to memory");
        let escaped = String::from_utf8(escaped).expect("UTF-8");
        assert!(html.expect("a page").contains(&format!("<h2>{escaped}</h2>")), "{word}");
    }
}

#[test]
fn a_problem_in_a_template_names_template_line_column_and_document() {
    let files = [own_file(
        "templates/document.html",
        "{% extends \"default/document.html\" %}\n{% block body %}\n  {{ page.ownr }}{% endblock %}",
    )];
    let error = theme("en", &files).render(&Sample::new().document("PRO-INC-001")).expect_err("a problem");
    assert_eq!(error.file.as_deref(), Some("templates/document.html"));
    assert_eq!(error.place, Some((3, 11)));
    insta::assert_snapshot!(error);
}

#[test]
fn all_problems_that_loading_can_find_are_reported_at_once() {
    let files = [own_file("templates/a.html", "{{ page. }}"), own_file("templates/b.html", "one\n{% if x %}")];
    let problems = Theme::load(&files, &Sample::new().site("en")).err().expect("problems");
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"));
    let files = [
        own_file("templates/a.html", "{{ 1 | nope }}\n{{ 2 | neither }}"),
        own_file("templates/b.html", "{{ <unheard /> }}"),
    ];
    let problems = Theme::load(&files, &Sample::new().site("en")).err().expect("problems");
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_document_in_another_language_says_so_and_our_words_do_not() {
    let mut page = Sample::new().document("PRO-INC-001");
    page.frame.lang = Some("nl".into());
    let html = theme("en", &[]).render(&page).expect("a page");
    assert_eq!(attributes(&html, "lang"), ["en", "nl", "nl"]);
}

#[test]
fn a_finding_shows_as_code_what_it_quotes() {
    let html = theme("en", &[]).render(&Sample::new().findings()).expect("a page");
    assert!(html.contains("The link leads to <code>../8.5-change/polcy.md</code>, which does not exist"));
}

#[test]
fn hostile_text_is_escaped_everywhere() {
    let evil = "<img src=x onerror=alert(1)>\"'&";
    let sample = Sample::new();
    let mut page = sample.document("PRO-INC-001");
    page.frame.title = evil.into();
    page.control.retention = Some(evil.into());
    page.control.tags = vec![evil.into()];
    let (mut history, mut toc) = (page.history.to_vec(), page.toc.to_vec());
    history[0].summary = Some(evil.into());
    toc[0].text = evil.into();
    (page.history, page.toc) = (history.into(), toc.into());
    let html = theme("en", &[]).render(&page).expect("a page");
    assert!(!html.contains("<img"));
    assert!(html.matches("&lt;img src=x onerror").count() >= 6);
}

#[test]
fn colours_of_an_organization_make_a_style_sheet_and_nothing_else_does() {
    let brand = |accent: &str| Brand { accent: Some(accent.into()), ..Brand::default() };
    assert!(brand_css(&brand("#0a5")).is_some_and(|css| css.contains("light-dark(#0a5,#0a5)")));
    assert_eq!(brand_css(&brand("red;}body{display:none")), None);
    assert_eq!(brand_css(&Brand::default()), None);
}

#[test]
fn style_sheets_and_scripts_of_a_document_page_stay_under_seventy_two_kibibytes() {
    let theme = theme("de", &[]);
    let mut model = Sample::new().document("PRO-INC-001");
    model.frame.pictures = true;
    let page = theme.render(&model).expect("a page");
    let loaded = |path: &str| page.contains(&format!("=\"../{path}?"));
    let size = |is_counted: &dyn Fn(&str) -> bool| -> usize {
        theme.assets().filter(|asset| is_counted(&asset.path)).map(|asset| asset.bytes.len()).sum()
    };
    let page = size(&loaded);
    assert!((30_000..72 * 1024).contains(&page), "{page}");
    // Files loaded when a reader opens the search.
    let search =
        size(&|path| ["fold.js", "find.js", "search.js"].iter().any(|name| path.ends_with(&format!("/{name}"))));
    assert!((1..40_000).contains(&search), "{search}");
}

#[test]
fn a_page_is_the_same_bytes_every_time() {
    let sample = Sample::new();
    assert_eq!(render_pages(&theme("en", &[]), &sample), render_pages(&theme("en", &[]), &sample));
}

#[test]
fn the_sample_portal_can_be_written_to_be_looked_at() {
    let Ok(folder) = std::env::var("CLAUSEBOOK_THEME_SAMPLES") else { return };
    let theme = theme(&std::env::var("CLAUSEBOOK_THEME_LANG").unwrap_or("en".into()), &[]);
    let files = render_pages(&theme, &Sample::new()).into_iter().map(|(path, html)| (path, html.into_bytes()));
    for (path, bytes) in files.chain(theme.assets().map(|asset| (asset.path.clone(), asset.bytes.to_vec()))) {
        let path = Path::new(&folder).join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        fs::write(path, bytes).expect("a file written");
    }
}

#[test]
fn the_sidebar_marks_the_page_that_is_shown_and_no_other() {
    let theme = theme("en", &[]);
    for (id, title) in [("PRO-INC-001", "Major incidents"), ("PRC-PRB-001", "Problem management")] {
        let html = theme.render(&Sample::new().document(id)).expect("a page");
        let url = format!("../documents/{}.html", id.to_lowercase());
        assert!(html.contains(&format!("<a href=\"{url}\" aria-current=\"page\">{title}")), "{id}");
        assert_eq!(html.matches("aria-current=\"page\"").count(), 1, "{id}");
    }
    let group = theme.render(&Sample::new().group("8.6")).expect("a page");
    assert_eq!(group.matches("aria-current=\"page\"").count(), 0);
    assert!(group.contains(">Major incidents"));
}
