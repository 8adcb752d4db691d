//! Links for actions on a document's page, for example to report a problem.

use super::model::PageActions;
use super::portal::Portal;
use crate::handbook::DocumentIndex;

impl Portal<'_> {
    /// The addresses of a document's source and PDF, and of the form to report a problem with it.
    pub(crate) fn actions(&self, index: DocumentIndex) -> PageActions {
        let document = self.document(index);
        let settings = &self.reading.settings;
        let version = document.front().and_then(|front| front.version.as_ref()).map_or("", |text| &text.value);
        let id = document.id().map_or("", |id| id.as_str());
        let values = [("path", &**document.path()), ("id", id), ("version", version), ("title", &*document.title)];
        let with_heading = [&values[..], &[("heading", "")]].concat();
        let by_heading = settings.portal.issue_url.as_ref().filter(|pattern| pattern.has_placeholder("heading"));
        // PDFs are named by ID, so a document without an ID has none.
        let pdf = settings.portal.pdf_url.as_ref().filter(|_| !id.is_empty());
        PageActions {
            pdf: pdf.map(|pattern| pattern.fill(&values)),
            source: settings.portal.source_url.as_ref().map(|pattern| pattern.fill(&values)),
            problem: settings.portal.issue_url.as_ref().map(|pattern| pattern.fill(&with_heading)),
            problem_at: by_heading.map(|pattern| pattern.fill(&values)),
        }
    }
}
