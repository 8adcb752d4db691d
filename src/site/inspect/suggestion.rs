//! Suggestions for broken references.

use std::collections::HashMap;

use crate::spelling;

/// The names of a site's files, by folder.
pub(super) struct NamesByFolder<'f> {
    folders: HashMap<&'f str, Vec<&'f str>>,
}

impl<'f> NamesByFolder<'f> {
    pub(super) fn new(files: impl Iterator<Item = &'f String>) -> NamesByFolder<'f> {
        let mut folders: HashMap<&str, Vec<&str>> = HashMap::new();
        for file in files {
            let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
            folders.entry(folder).or_default().push(name);
        }
        folders.values_mut().for_each(|names| names.sort_unstable());
        NamesByFolder { folders }
    }

    /// Suggests a file for a broken reference: the file at the top of the site if only the parent steps to it are
    /// missing, otherwise the file in the target folder with the most similar name.
    pub(super) fn suggest(&self, address: &str, path: &str) -> Option<String> {
        if self.contains(address) {
            return Some(address.to_owned());
        }
        let in_folder = |path: &str| {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let nearest_name = spelling::nearest(name, self.folders.get(folder)?.iter().copied())?;
            Some(if folder.is_empty() { nearest_name.to_owned() } else { format!("{folder}/{nearest_name}") })
        };
        in_folder(path).or_else(|| in_folder(address))
    }

    fn contains(&self, path: &str) -> bool {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.folders.get(folder).is_some_and(|names| names.binary_search(&name).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_the_site_comes_first_then_the_nearest_of_the_folder() {
        let files = ["matrix.html", "a/matrices.html", "a/b.html"].map(str::to_owned);
        let names = NamesByFolder::new(files.iter());
        assert_eq!(names.suggest("matrix.html", "a/matrix.html").as_deref(), Some("matrix.html"));
        assert_eq!(names.suggest("a/matrice.html", "a/matrice.html").as_deref(), Some("a/matrices.html"));
        assert_eq!(names.suggest("Matrix.html", "a/c/Matrix.html").as_deref(), Some("matrix.html"));
        assert_eq!(names.suggest("quite-another.html", "quite-another.html"), None);
    }
}
