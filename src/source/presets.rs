//! Keys of front matter that other generators read, by generator.
//!
//! None of them affects a document's state: keys such as `draft` or `expiryDate` are for the handbook to decide.

/// A generator's name before `:*` in the settings, and its keys, or prefixes of keys that end in `*`.
pub(super) const PRESETS: [(&str, &[&str]); 6] = [
    ("docusaurus", &DOCUSAURUS),
    ("gitbook", &GITBOOK),
    ("hugo", &HUGO),
    ("jekyll", &JEKYLL),
    ("mkdocs", &MKDOCS),
    ("starlight", &STARLIGHT),
];

const DOCUSAURUS: [&str; 23] = [
    "authors",
    "custom_edit_url",
    "displayed_sidebar",
    "hide_table_of_contents",
    "hide_title",
    "image",
    "keywords",
    "last_update",
    "pagination_label",
    "pagination_next",
    "pagination_prev",
    "parse_number_prefixes",
    "sidebar_class_name",
    "sidebar_custom_props",
    "sidebar_key",
    "sidebar_label",
    "sidebar_position",
    "slug",
    "toc_max_heading_level",
    "toc_min_heading_level",
    "unlisted",
    "wrapperClassName",
    "format",
];

const GITBOOK: [&str; 6] = ["cover", "coverY", "hidden", "icon", "layout", "noIndex"];

const HUGO: [&str; 34] = [
    "_build",
    "book*",
    "build",
    "cascade",
    "categories",
    "chapter",
    "geekdoc*",
    "headless",
    "images",
    "isCJKLanguage",
    "keywords",
    "lastmod",
    "layout",
    "linkTitle",
    "linktitle",
    "manualLink",
    "markup",
    "menu",
    "menus",
    "no_list",
    "outputs",
    "params",
    "post",
    "pre",
    "resources",
    "series",
    "simple_list",
    "sitemap",
    "slug",
    "summary",
    "toc",
    "translationKey",
    "url",
    "weight",
];

const JEKYLL: [&str; 24] = [
    "back_to_top",
    "breadcrumb",
    "categories",
    "category",
    "comments",
    "excerpt",
    "excerpt_separator",
    "grand_parent",
    "has_children",
    "has_toc",
    "header",
    "image",
    "last_modified_at",
    "layout",
    "nav_exclude",
    "nav_order",
    "parent",
    "permalink",
    "redirect_from",
    "redirect_to",
    "render_with_liquid",
    "search_exclude",
    "sidebar",
    "sitemap",
];

const STARLIGHT: [&str; 12] = [
    "banner",
    "editUrl",
    "head",
    "hero",
    "lastUpdated",
    "next",
    "pagefind",
    "prev",
    "sidebar",
    "slug",
    "tableOfContents",
    "template",
];

const MKDOCS: [&str; 14] = [
    "authors",
    "categories",
    "comments",
    "cover",
    "hide",
    "icon",
    "links",
    "pin",
    "readtime",
    "search",
    "slug",
    "social",
    "template",
    "render_macros",
];

/// The keys that a pattern such as `hugo:*` stands for.
pub(crate) fn preset(pattern: &str) -> Option<&'static [&'static str]> {
    let name = pattern.strip_suffix(":*")?;
    PRESETS.iter().find(|(preset_name, _)| *preset_name == name).map(|(_, keys)| *keys)
}

/// Every generator name.
pub(crate) fn preset_names() -> impl Iterator<Item = &'static str> + Clone {
    PRESETS.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::decode::life_keys;
    use crate::source::front_matter::FrontMatter;

    #[test]
    fn no_preset_passes_over_a_key_that_means_something_here() {
        for (name, keys) in PRESETS {
            for key in keys {
                assert!(FrontMatter::keys().all(|own| own != *key), "{name}: {key}");
                assert!(!life_keys().any(|life| life == *key), "{name}: {key}");
            }
        }
    }
}
