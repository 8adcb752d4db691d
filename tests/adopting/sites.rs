//! Features of other generators beyond plain Markdown: their own URLs, files at the root, components and shortcodes.

use crate::Site;

/// Adopts a folder and returns its pages. Fails if a finding is about the form of its files, or a word is lost.
pub fn adopt_pages(files: &[(&str, &str)], pictures: &[&str]) -> (Site, std::collections::BTreeMap<String, String>) {
    let site = Site::new(files);
    pictures.iter().for_each(|path| site.write(path, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
    site.run_ok(&["adopt", ".", "--as-of", "2026-11-22"]);
    assert_eq!(site.form_findings(), Vec::<String>::new(), "{}", site.read("clausebook.yaml"));
    let pages = site.pages();
    assert_eq!(site.lost_words(&pages), Vec::<String>::new());
    (site, pages)
}

fn count_published(site: &Site, name: &str) -> usize {
    let files = site.files().into_keys().filter(|path| path.starts_with("out-of-the-way/"));
    files.filter(|path| path.ends_with(name)).count()
}

pub fn assert_contains_words(page: &str, words: &[&str]) {
    for words in words {
        assert!(page.contains(words), "{words:?} is not in {page}");
    }
}

#[test]
fn components_become_what_they_show() {
    let text = "---\ntitle: Calls\n---\n\nimport Tabs from '@theme/Tabs';\nimport TabItem from '@theme/TabItem';\nimport Hours from './_hours.md';\n\
                import Desk from '@site/static/img/desk.png';\n\n<head>\n  <meta property=\"og:title\" content=\"x\" />\n</head>\n\n\
                <Tabs groupId=\"os\">\n  <TabItem value=\"w\" label=\"On Windows\">\n\n    Press the first key.\n\n  </TabItem>\n\
                \x20 <TabItem value=\"m\" label=\"On a Mac\">\n    Press the second key.\n  </TabItem>\n</Tabs>\n\n\
                <Admonition type=\"danger\" title=\"At night\">\n  Call the duty manager.\n</Admonition>\n\n<Note>Keep calm.</Note>\n\n<Hours />\n\n\
                <div className=\"hero\" style={{width: '50%'}}>\n<img alt=\"The desk\" src={Desk} />\n</div>\n\n\
                See <Link to=\"/docs/escalation\">the escalation</Link> and [the form](/files/form.pdf).\n";
    let (site, pages) = adopt_pages(
        &[
            (
                "docusaurus.config.js",
                "module.exports = {title: 'Desk', baseUrl: '/', presets: [['classic', {docs: {}}]]};\n",
            ),
            ("docs/calls.mdx", text),
            ("docs/_hours.md", "# Hours\n\nFrom 8 to 6.\n"),
            ("docs/escalation.md", "# Escalation\n\nCall [the desk](/docs/calls).\n"),
            ("static/files/form.pdf", "%PDF-1.4\n"),
        ],
        &["static/img/desk.png", "static/img/unused.png"],
    );
    assert_contains_words(
        &pages["calls.html"],
        &[
            "On Windows Press the first key",
            "On a Mac Press the second key",
            "At night Call the duty manager",
            "Keep calm",
            "See the escalation and the form",
        ],
    );
    let page = site.read("out-of-the-way/calls.html");
    assert!(page.contains("alert-caution") || page.contains("caution"), "{page}");
    assert!(page.contains("href=\"escalation.html\"") && page.contains("hours.html\""), "{page}");
    assert_eq!(
        (count_published(&site, "desk.png"), count_published(&site, "form.pdf"), count_published(&site, "unused.png")),
        (1, 1, 0)
    );
    assert!(site.read("out-of-the-way/escalation.html").contains("href=\"calls.html\""));
}

#[test]
fn a_component_that_is_not_known_is_reported_and_loses_no_word() {
    let site = Site::new(&[
        ("docusaurus.config.js", "module.exports = {title: 'Desk'};\n"),
        (
            "docs/a.mdx",
            "# A\n\nimport Box from './Box';\n\n<Box kind=\"x\">\n  - one [link](b.md)\n</Box>\n\n<Box kind=\"y\" />\n\nDear <Name>, take <Steps>.\n",
        ),
        ("docs/b.md", "# B\n\nText.\n"),
    ]);
    site.run_ok(&["adopt", ".", "--as-of", "2026-11-22"]);
    assert_eq!(site.broken_rules().get("foreign-syntax"), Some(&1));
    let pages = site.pages();
    assert_contains_words(&pages["a.html"], &["one link", "Dear Name take Steps"]);
    assert!(site.read("out-of-the-way/a.html").contains("href=\"b.html\""), "what it holds is Markdown");
}

#[test]
fn hugo_with_languages_static_files_and_shortcodes() {
    let (site, pages) = adopt_pages(
        &[
            (
                "config.toml",
                "baseURL = 'https://example.org/ops/'\ntitle = 'Ops'\n[Languages]\n[Languages.en]\n[Languages.fr]\n",
            ),
            (
                "content/_index.en.md",
                "+++\ntitle = 'Ops'\n+++\n\n[Disk]({{< ref \"disk/full.md\" >}}) and [rooms](/rooms/)\n",
            ),
            (
                "content/disk/full.en.md",
                "+++\ntitle = 'Disk full'\n+++\n\n{{% notice warning \"Mind\" %}}\nStop *writing*.\n{{% /notice %}}\n\n\
                 {{< tabs >}}\n{{% tab name=\"Linux\" %}}\nRun df.\n{{% /tab %}}\n{{< /tabs >}}\n\n{{< figure src=\"/images/disk.png\" alt=\"A disk\" caption=\"It turns\" >}}\n\n\
                 Then [look](/en/rooms/) or [write](full.md), in French [there](/fr/disk/full/).\n",
            ),
            (
                "content/disk/full.fr.md",
                "+++\ntitle = 'Disque plein'\n+++\n\n[Salles](/rooms/) et [disque]({{< relref \"full.md\" >}})\n",
            ),
            (
                "content/rooms/_index.en.md",
                "+++\ntitle = 'Rooms'\n+++\n\nTwo rooms with a lot of words that make this page a document of its own and more than an introduction to others, so that it counts.\n",
            ),
            ("content/rooms/_index.fr.md", "+++\ntitle = 'Salles'\n+++\n\nDeux salles.\n"),
        ],
        &["static/images/disk.png"],
    );
    assert_contains_words(&pages["disk/full.en.html"], &["Mind Stop writing", "Linux Run df", "It turns"]);
    let english = site.read("out-of-the-way/disk/full.en.html");
    let french = site.read("out-of-the-way/disk/full.fr.html");
    assert!(english.contains("full.fr.html") && english.contains("full.en.html"), "{english}");
    assert!(
        french.contains("salles") || french.contains("_index.fr.html") || french.contains("index.fr.html"),
        "{french}"
    );
    assert_eq!(count_published(&site, "disk.png"), 1);
}

#[test]
fn jekyll_with_collections_and_addresses_that_liquid_works_out() {
    let (site, pages) = adopt_pages(
        &[
            ("_config.yml", "title: Ops\nbaseurl: /ops\ncollections:\n  policies:\n    output: true\n"),
            (
                "index.md",
                "---\ntitle: Ops\n---\n\n[Access]({{ site.baseurl }}/policies/access/), [again]({% link _policies/access.md %}), ![Plan]({{ '/assets/plan.png' | relative_url }})\n",
            ),
            (
                "_policies/access.md",
                "---\ntitle: Access\n---\n\n{% raw %}Ask first.{% endraw %}\n{: .lead }\n\n[Home](/ops/)\n",
            ),
        ],
        &["assets/plan.png"],
    );
    let access = pages.iter().find(|(path, _)| path.ends_with("policies/access.html")).map(|(_, page)| page.as_str());
    assert_contains_words(access.unwrap_or_default(), &["Ask first"]);
    assert!(site.read("out-of-the-way/index.html").matches("access.html").count() >= 2);
    assert_eq!(count_published(&site, "plan.png"), 1);
}

#[test]
fn starlight_and_material_for_mkdocs() {
    let (site, pages) = adopt_pages(
        &[
            ("astro.config.mjs", "export default defineConfig({integrations: [starlight({title: 'Runbooks'})]});\n"),
            (
                "src/content/docs/index.mdx",
                "---\ntitle: Runbooks\ntemplate: splash\nhero: {tagline: x}\n---\n\n{/* no more */}\n\n<CardGrid>\n\t<LinkCard title=\"Disk\" description=\"When it is full\" href=\"/disk/full/\" />\n</CardGrid>\n",
            ),
            (
                "src/content/docs/disk/full.md",
                "---\ntitle: Disk full\n---\n\n![Plan](../../../assets/plan.png) and ![logo](/logo.png)\n\n## Look {id=\"look\"}\n\nSee [below](#look).\n",
            ),
        ],
        &["src/assets/plan.png", "public/logo.png"],
    );
    assert_contains_words(&pages["index.html"], &["Disk When it is full"]);
    assert_eq!((count_published(&site, "plan.png"), count_published(&site, "logo.png")), (1, 1));
    let (_, pages) = adopt_pages(
        &[
            ("mkdocs.yml", "site_name: Ops\n"),
            (
                "docs/a.md",
                "# A\n\n=== \"Linux\"\n\n    Run *df*.\n\n    !!! tip\n        Then wait.\n\n=== \"Mac\"\n\n    Ask.\n\nEnd.\n",
            ),
        ],
        &[],
    );
    assert_contains_words(&pages["a.html"], &["Linux Run df", "Then wait", "Mac Ask End"]);
}

#[test]
fn links_lead_where_the_addresses_of_the_pages_say() {
    let (site, _) = adopt_pages(
        &[
            ("_config.yml", "title: Ops\ncollections:\n  guides:\n    output: true\n    permalink: /:path/\n"),
            ("index.md", "---\ntitle: Ops\n---\n\n[Start](/start/) and [Access](/access)\n"),
            ("_guides/start.md", "---\ntitle: Start\nrelated: [rooms, keys]\n---\n\nBegin.\n"),
            ("_guides/fr/start.md", "---\ntitle: Commencer\n---\n\nVoir [les salles](../rooms/).\n"),
            ("_guides/fr/rooms.md", "---\ntitle: Salles\n---\n\nDeux salles.\n"),
            ("_guides/rooms.md", "---\ntitle: Rooms\n---\n\nTwo rooms.\n"),
            ("deep/down/access.md", "---\ntitle: Access\n---\n\nAsk.\n"),
        ],
        &[],
    );
    let home = site.read("out-of-the-way/index.html");
    assert!(home.contains("start.html\"") && home.contains("deep/down/access.html\""), "{home}");
    let files = site.files();
    let french = files.keys().find(|path| path.starts_with("out-of-the-way") && path.ends_with("fr/start.html"));
    let page = site.read(french.expect("a page"));
    assert!(page.contains("href=\"rooms.html\""), "a page is a folder of its site: {page}");
}

#[test]
fn front_matter_in_json_is_read_and_gets_its_ids() {
    let (site, pages) = adopt_pages(
        &[
            ("hugo.json", "{\"baseURL\": \"https://example.org\", \"title\": \"Ops\"}\n"),
            (
                "content/disk.md",
                "{\n  \"title\": \"Disk full\",\n  \"draft\": true,\n  \"weight\": 3\n}\n\nThe disk is full.\n",
            ),
            ("content/code.md", "# Code\n\n{\nwords\n}\n"),
        ],
        &[],
    );
    assert_contains_words(&pages["disk.html"], &["Disk full", "The disk is full"]);
    assert!(!pages["disk.html"].contains("weight"));
    site.run_ok(&["adopt", ".", "--apply"]);
    assert!(site.read("content/disk.md").starts_with("{\n  \"id\": \"disk\",\n  \"title\": \"Disk full\","));
    assert_eq!(site.form_findings(), Vec::<String>::new());
    let refused = site.run(&["review", "disk", "--by", "Service Manager"]);
    assert!(refused.code != 0 && refused.err.contains("front matter is JSON"), "{}", refused.err);
}

#[test]
fn folders_that_addresses_lead_to_are_only_those_of_the_handbook() {
    let site = Site::new(&[
        (
            "clausebook.yaml",
            "title: A\nstandards: [iso20000-1]\naddresses:\n  /x: static\n  /: ../outside\n  /a/: [static, content/b]\n",
        ),
        ("content/index.md", "---\ntype: page\n---\n# A\n"),
    ]);
    let run = site.run(&["check"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    let output = run.out + &run.err;
    assert_contains_words(&output, &["`/x` is not an address prefix", "../outside"]);
}
