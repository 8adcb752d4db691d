//! The default theme's files, held in the program.

/// A table of files: name and text.
type Files = &'static [(&'static str, &'static str)];

/// Lists files of a folder of the default theme by name.
macro_rules! files {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../../themes/default/", $folder, "/", $name)))),*]
    };
}

/// Under this prefix every default template can be named, also one that a handbook's own stands in for.
pub(super) const DEFAULT_PREFIX: &str = "default/";

/// Templates.
pub(super) const TEMPLATES: Files = files!("templates":
    "404.html" "ages.html" "applicability.html" "audit.html" "audits.html" "base.html" "calendar.html" "certificate.html" "changes.html" "clause.html" "clauses.html"
    "crosswalk.html" "deadlines.html" "document.html" "entries.html"
    "findings.html" "gaps.html" "history.html" "home.html" "index-of.html" "information.html" "list.html" "listed.html" "management-review.html" "map.html" "matrix.html" "navigation.html" "page.html" "party.html" "past-version.html"
    "parts.html" "practices.html" "print.html" "printed.html" "redirect.html" "redline.html" "register.html" "registers.html" "related.html" "search.html" "versions.html"
);

/// Style sheets, scripts and images.
pub(super) const STATIC: Files = files!("static":
    "icon.svg" "portal.css" "pages.css" "pictures.css" "registers.css" "print.css" "theme.js" "days.js" "portal.js" "fold.js" "find.js" "search.js" "kept.js" "pictures.js" "ticks.js" "book.css" "tables.js"
);

/// Words by language.
const LABELS: Files = files!("i18n": "en.json" "de.json");

/// Languages of the default theme, as BCP 47 tags.
pub fn languages() -> impl Iterator<Item = &'static str> {
    LABELS.iter().map(|(name, _)| name.trim_end_matches(".json"))
}

/// Paths of all files of the default theme, such as `templates/home.html`.
pub(crate) fn default_files() -> impl Iterator<Item = String> {
    let of = |folder: &'static str, files: Files| files.iter().map(move |(name, _)| format!("{folder}/{name}"));
    of("templates", TEMPLATES).chain(of("static", STATIC)).chain(of("i18n", LABELS))
}

/// The style of diagrams in the default theme, with the colours that it is made of, for pages that have no style sheet beside
/// them.
pub(crate) fn drawing_style() -> String {
    let sheet = |name: &str| STATIC.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
    let rules =
        sheet("pictures.css").lines().filter(|line| line.starts_with(".drawing") || line.starts_with(".diagram,"));
    let colours = sheet("portal.css").lines().skip_while(|line| *line != ":root {").take_while(|line| *line != "}");
    colours.chain(["}"]).chain(rules).collect()
}

/// The file of words of a language, when the default theme has one.
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
