//! Looking at a site that was written before.

use std::collections::HashSet;
use std::path::Path;

use rayon::prelude::*;

use super::{Broken, File, Inspection};
use crate::site::write::{OutputContents, WriteError};

/// What a look through a written site comes to.
#[derive(Debug)]
pub struct InspectionReport {
    /// How many addresses of the site were looked at; one that stands on several pages counts on each.
    pub references: usize,
    /// What leads nowhere.
    pub broken: Vec<Broken>,
}

/// Reads every page and style sheet of the site in a folder, and says what leads nowhere.
///
/// Pages are those that Clausebook made; what it copied, such as `copied`, and what else is in the folder can be linked
/// to, and is not read. `base_url` is where the site is published.
///
/// # Errors
/// When no site was written to the folder, or a file of it cannot be read.
pub fn inspect_folder(
    folder: &Path,
    copied: &HashSet<&str>,
    base_url: Option<&str>,
) -> Result<InspectionReport, WriteError> {
    let held = OutputContents::find(folder)?;
    let inspection = Inspection::with(held.foreign.clone(), None, base_url);
    held.ours.par_iter().try_for_each(|path| {
        let path = path.as_str();
        if (path.ends_with(".html") || path.ends_with(".css")) && !copied.contains(path) {
            let bytes = OutputContents::read(folder, path)?;
            inspection.inspect(File { path, bytes: &bytes, template: None });
        } else {
            inspection.exists(path);
        }
        Ok(())
    })?;
    let references = inspection.references();
    Ok(InspectionReport { references, broken: inspection.finish() })
}
