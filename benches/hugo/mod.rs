//! The same documents as a Hugo site with a theme of similar scope, for comparison.
//!
//! It has partials, breadcrumbs, control block, table of contents, links to neighbours, clause pages, coverage,
//! register, lists by owner and type, CSV and JSON, but no backlinks, states or verdicts: in Hugo's templates they cost
//! too much.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use crate::generator::{self, Dialect};

const FILES: &[(&str, &str)] = &[
    ("hugo.yaml", include_str!("site/hugo.yaml")),
    ("static/style.css", include_str!("site/static/style.css")),
    ("layouts/baseof.html", include_str!("site/layouts/baseof.html")),
    ("layouts/home.html", include_str!("site/layouts/home.html")),
    ("layouts/home.csv", include_str!("site/layouts/home.csv")),
    ("layouts/home.json", include_str!("site/layouts/home.json")),
    ("layouts/list.html", include_str!("site/layouts/list.html")),
    ("layouts/page.html", include_str!("site/layouts/page.html")),
    ("layouts/taxonomy.html", include_str!("site/layouts/taxonomy.html")),
    ("layouts/term.html", include_str!("site/layouts/term.html")),
    ("layouts/_partials/ids.html", include_str!("site/layouts/_partials/ids.html")),
    ("layouts/_partials/navigation.html", include_str!("site/layouts/_partials/navigation.html")),
    ("layouts/_partials/pages.html", include_str!("site/layouts/_partials/pages.html")),
    ("layouts/_partials/table.html", include_str!("site/layouts/_partials/table.html")),
];

/// Creates `folder`, and writes a site with this number of documents into it.
///
/// # Errors
/// If a folder or a file cannot be written.
pub fn write_site(folder: &Path, documents: usize) -> io::Result<()> {
    for (path, text) in FILES {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    generator::write_content(&folder.join("content"), documents, Dialect::Hugo).map(drop)
}

/// The command that builds such a site into a folder, without caches from earlier builds.
pub fn command(hugo: &Path, site: &Path, output: &Path) -> Command {
    let mut command = Command::new(hugo);
    command.args(["build", "--quiet", "--ignoreCache", "--noBuildLock", "--buildFuture", "--source"]).arg(site);
    command.arg("--cacheDir").arg(site.join("cache")).arg("--destination").arg(output);
    command
}
