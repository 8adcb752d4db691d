//! The lists of related documents on a document's page.

use crate::handbook::{Document, DocumentIndex};
use crate::site::model::{Html, RelatedDocument, Relations};
use crate::site::portal::Portal;
use crate::site::row_cache::{RowForm, RowRenderer};
use crate::site::theme::ThemeError;

/// The documents named in front matter and the replacing documents, by kind of relation.
pub(super) fn relations(
    portal: &Portal<'_>,
    document: &Document,
    rows: &RowRenderer<'_>,
) -> Result<Vec<Relations>, ThemeError> {
    let lists = [
        ("related", &document.related),
        ("depends_on", &document.depends_on),
        ("supersedes", &document.supersedes),
        ("replaced_by", &document.superseded_by),
    ];
    let row = |index| RelatedDocument { document: portal.document_link(index), has_state: true };
    let laid_out = |documents: &[DocumentIndex]| rows.render(documents.iter().copied(), RowForm::RelatedWithState, row);
    let filled = lists.into_iter().filter(|(_, documents)| !documents.is_empty());
    filled.map(|(kind, documents)| Ok(Relations { kind, rows: laid_out(documents)? })).collect()
}

/// The rows of documents that refer to a document.
pub(super) fn referring(
    portal: &Portal<'_>,
    documents: &[DocumentIndex],
    rows: &RowRenderer<'_>,
) -> Result<Html, ThemeError> {
    let row = |index| RelatedDocument { document: portal.document_link(index), has_state: false };
    rows.render(documents.iter().copied(), RowForm::Related, row)
}
