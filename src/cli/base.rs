//! The handbook at another revision, to compare with.

use std::path::Path;

use super::Failure;
use super::at::Opened;
use super::build::refused;
use super::interrupt::Interrupt;
use crate::assess::{Assessed, Assessment, Clock, assess};
use crate::chronicle::folders_read;
use crate::handbook::Reading;
use crate::history::{CopyPlan, Revision, is_same_at};
use crate::judge::judge;
use crate::project::Project;
use crate::site::pages;

/// The handbook at another revision, as it is on the day that is assessed.
pub(super) struct Base {
    /// The revision, as it was asked for.
    pub(super) revision: String,
    /// Nothing when it is the handbook that it is compared with.
    other: Option<(Reading, Assessment)>,
}

impl Base {
    /// Whether a revision has the very handbook that is in the folder and is read there.
    pub(super) fn is_here(opened: &Opened, revision: &str) -> bool {
        opened.is_here() && is_same_at(opened.here.root(), revision, folders_read)
    }

    /// A revision with the same handbook: it is read and judged once.
    pub(super) fn same(revision: &str) -> Base {
        Base { revision: revision.to_owned(), other: None }
    }

    /// Reads it beside the handbook of `now`, with which it has most texts in common.
    pub(super) fn read(
        (project, revision): (&Project, &str),
        now: &Reading,
        (clock, interrupt): (Clock, &Interrupt),
    ) -> Result<Base, Failure> {
        let made = |folder: &Path| interrupt.takes_away(folder);
        let plan = CopyPlan { option: "--base", folders: folders_read, made: &made };
        let copy = {
            // A copy that still grows cannot be removed.
            let _finishes = interrupt.finish_first();
            Revision::read(project.root(), revision, plan)?
        };
        let unusable =
            |why: Failure| Failure::new(format!("the handbook at `{revision}` cannot be assessed:\n{}", why.text()));
        let then = Project::find(Some(copy.folder()), &pages::places())?;
        let refused = |refusal| unusable(refused(refusal));
        let (settings, _) = then.settings().map_err(refused)?;
        let reading = then.read_beside(&[then.root().join(&settings.output)], now).map_err(refused)?;
        let assessment = judge(&reading, assess(&reading, clock), Vec::new());
        Ok(Base { revision: revision.to_owned(), other: Some((reading, assessment)) })
    }

    /// What it is, beside the handbook that it is compared with.
    pub(super) fn beside<'b>(&'b self, now: Assessed<'b>) -> Assessed<'b> {
        self.other.as_ref().map_or(now, |(reading, assessment)| Assessed { reading, assessment })
    }
}
