//! Rows of lists that many pages share. Each row is rendered once for all pages with the same relative path to the
//! root.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::model::{Html, ListRow, Part, Shared};
use super::theme::{Theme, ThemeError};
use crate::handbook::DocumentIndex;

/// The variants of a document's row.
#[derive(Clone, Copy, Debug)]
pub(super) enum RowForm {
    /// The link, for lists of related documents.
    Related,
    /// The link with the document's state.
    RelatedWithState,
    /// The row in general lists of documents.
    Listed,
    /// The row in an owner's list, without the owner.
    OwnerList,
    /// The row in a reading list.
    ReadingList,
    /// The row of a recently changed document in a reading list, with its recent changes.
    Recent,
}

/// The number of variants.
const FORM_COUNT: usize = 6;

/// The rendered rows of a document, by form.
type RenderedRows = [OnceLock<Html>; FORM_COUNT];

/// The template models of a document's rows, by form. An owner's list shares the model of [`RowForm::Listed`].
type RowModels = [OnceLock<Shared<ListRow>>; FORM_COUNT];

/// The cached rows of all documents.
#[derive(Debug, Default)]
pub(super) struct RowCache {
    /// Rendered rows, by relative path to the site's root.
    rendered: RwLock<HashMap<String, Arc<[RenderedRows]>>>,
    /// Template models of the rows.
    models: OnceLock<Box<[RowModels]>>,
}

/// The rows for pages with the same relative path to the site's root.
pub(super) struct RowRenderer<'t> {
    theme: &'t Theme,
    root: String,
    rows: Arc<[RenderedRows]>,
}

impl RowCache {
    /// The template model of a row, made once for all lists. `documents` is the number of documents in the handbook.
    pub(super) fn model(
        &self,
        index: DocumentIndex,
        form: RowForm,
        documents: usize,
        make: impl FnOnce() -> ListRow,
    ) -> Shared<ListRow> {
        let models = self.models.get_or_init(|| (0..documents).map(|_| RowModels::default()).collect());
        let form = if let RowForm::OwnerList = form { RowForm::Listed } else { form };
        models[index.at()][form as usize].get_or_init(|| Shared::new(make())).clone()
    }

    /// The rows for pages with the relative path `root`. `documents` is the number of documents in the handbook.
    pub(super) fn renderer<'t>(&self, root: &str, documents: usize, theme: &'t Theme) -> RowRenderer<'t> {
        let cached = self.rendered.read().unwrap_or_else(PoisonError::into_inner).get(root).cloned();
        let rows = cached.unwrap_or_else(|| {
            let mut rendered = self.rendered.write().unwrap_or_else(PoisonError::into_inner);
            let empty = || (0..documents).map(|_| RenderedRows::default()).collect();
            rendered.entry(root.to_owned()).or_insert_with(empty).clone()
        });
        RowRenderer { theme, root: root.to_owned(), rows }
    }
}

impl RowRenderer<'_> {
    /// The concatenated rows of some documents in one form; `part` makes the template's input.
    pub(super) fn render<P: Part>(
        &self,
        documents: impl Iterator<Item = DocumentIndex>,
        form: RowForm,
        part: impl Fn(DocumentIndex) -> P,
    ) -> Result<Html, ThemeError> {
        let row =
            |index: DocumentIndex| self.row(&self.rows[index.at()][form as usize], || part(index)).map(Html::as_str);
        let rows: Vec<&str> = documents.map(row).collect::<Result<_, _>>()?;
        Ok(Html::new(&rows.concat()))
    }

    fn row<'r, P: Part>(&self, cached: &'r OnceLock<Html>, part: impl FnOnce() -> P) -> Result<&'r Html, ThemeError> {
        match cached.get() {
            Some(row) => Ok(row),
            None => {
                let row = self.theme.render_part(&part(), &self.root)?;
                Ok(cached.get_or_init(|| row))
            }
        }
    }
}
