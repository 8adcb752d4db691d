//! Adds mistakes of many kinds to a handbook, so that nearly every page has findings.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use rayon::prelude::*;

use crate::generator::Plan;

/// Appends a section with mistakes to every document that `write_handbook` wrote into `folder`.
///
/// # Errors
/// If a file cannot be written.
pub fn add_mistakes(folder: &Path, documents: usize) -> io::Result<()> {
    let plan = Plan::new(documents);
    let content = folder.join("content");
    (0..documents).into_par_iter().try_for_each(|number| {
        let mut file = OpenOptions::new().append(true).open(content.join(plan.documents[number].path()))?;
        file.write_all(section(number).as_bytes())
    })
}

fn section(number: usize) -> String {
    format!(
        "\n## Open points\n\n\
        The limit is TBD, as [Company Name] decides. See [the form](form-{number}.md), [its scope](#skope),\n\
        [the list] (list-{number}.md), [the plan](the plan.md), [[POL-XYZ-{number}]] and a note.[^{number}]\n\n\
        | Step | Role |\n| --- | --- |\n| One | Two | Three {number} |\n\n\
        :::tabs\n\n\
        The ==limit== is set by {{{{ owner }}}} and <center>kept</center> :warning:\n\n\
        ## Open points\n\n##Next\n"
    )
}
