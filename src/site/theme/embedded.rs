//! The files of the default theme, embedded in the program.

/// A table of files: name and contents.
type Files = &'static [(&'static str, &'static str)];

/// Embeds files from a folder of the default theme.
macro_rules! files {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../../themes/default/", $folder, "/", $name)))),*]
    };
}

/// The prefix that gives access to a default template even if the custom theme replaces it.
pub(super) const DEFAULT_PREFIX: &str = "default/";

/// The templates.
pub(super) const TEMPLATES: Files = files!("templates":
    "404.html" "ages.html" "applicability.html" "audit.html" "audits.html" "base.html" "calendar.html" "certificate.html" "changes.html" "clause.html" "clauses.html"
    "crosswalk.html" "deadlines.html" "document.html" "entries.html"
    "findings.html" "gaps.html" "history.html" "home.html" "index-of.html" "information.html" "list.html" "listed.html" "management-review.html" "map.html" "matrix.html" "navigation.html" "page.html" "party.html" "past-version.html"
    "parts.html" "practices.html" "print.html" "printed.html" "redirect.html" "redline.html" "register.html" "registers.html" "related.html" "search.html" "versions.html"
);

/// The style sheets, scripts and images.
pub(super) const STATIC: Files = files!("static":
    "icon.svg" "portal.css" "pages.css" "pictures.css" "registers.css" "print.css" "theme.js" "days.js" "portal.js" "fold.js" "find.js" "search.js" "kept.js" "pictures.js" "ticks.js" "book.css" "tables.js"
);

/// The labels by language.
const LABELS: Files = files!("i18n": "en.json" "de.json");

/// The languages of the default theme, as BCP 47 tags.
pub fn languages() -> impl Iterator<Item = &'static str> {
    LABELS.iter().map(|(name, _)| name.trim_end_matches(".json"))
}

/// The paths of all files of the default theme, such as `templates/home.html`.
pub(crate) fn default_files() -> impl Iterator<Item = String> {
    let of = |folder: &'static str, files: Files| files.iter().map(move |(name, _)| format!("{folder}/{name}"));
    of("templates", TEMPLATES).chain(of("static", STATIC)).chain(of("i18n", LABELS))
}

/// The default theme's styles for diagrams, including the colours they use, for pages without other style sheets.
pub(crate) fn drawing_style() -> String {
    let sheet = |name: &str| STATIC.iter().find(|(file_name, _)| *file_name == name).map_or("", |(_, text)| text);
    let rules =
        sheet("pictures.css").lines().filter(|line| line.starts_with(".drawing") || line.starts_with(".diagram,"));
    let colours = sheet("portal.css").lines().skip_while(|line| *line != ":root {").take_while(|line| *line != "}");
    colours.chain(["}"]).chain(rules).collect()
}

/// The default theme's label file for a language, if there is one.
pub(super) fn labels(lang: &str) -> Option<(String, &'static str)> {
    let (name, text) = LABELS.iter().find(|(name, _)| name.trim_end_matches(".json") == lang)?;
    Some((format!("themes/default/i18n/{name}"), text))
}

#[cfg(test)]
mod tests {
    use super::{STATIC, drawing_style};
    use crate::url::THEME_FILES;

    #[test]
    fn the_style_of_diagrams_names_no_colour_that_it_does_not_have() {
        let style = drawing_style();
        assert!(style.contains(".drawing text { text-anchor: middle; }"));
        for name in style.split("var(--").skip(1).filter_map(|rest| rest.split([')', ',']).next()) {
            assert!(style.contains(&format!("--{name}:")), "{name}");
        }
    }

    #[test]
    fn every_file_of_the_theme_has_its_place_kept() {
        for (name, _) in STATIC {
            assert!(THEME_FILES.contains(name), "{name} is missing in the table of own places");
        }
    }
}
