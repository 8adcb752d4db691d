//! Rows of lists that many pages show: a row is laid out once for all pages in folders of one depth.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::model::{Html, ListRow, Part, Shared};
use super::theme::{Theme, ThemeError};
use crate::handbook::DocumentIndex;

/// What a row shows of its document.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// Its name, as other documents refer to it.
    Related,
    /// The same with its state.
    RelatedWithState,
    /// What lists of documents show.
    Listed,
    /// The same without its owner, whose list it is.
    OfOwner,
    /// The same on a reading list.
    ToRead,
    /// The same with what changed lately.
    Recent,
}

/// How many forms there are.
const FORMS: usize = 6;

/// The rows of a document by their forms.
type Row = [OnceLock<Html>; FORMS];

/// What templates get for the rows of a document by their forms; an owner's list shows less of the same.
type Model = [OnceLock<Shared<ListRow>>; FORMS];

/// Rows of all documents.
#[derive(Debug, Default)]
pub(super) struct KeptRows {
    /// Laid out, by the way to the site's root.
    laid_out: RwLock<HashMap<String, Arc<[Row]>>>,
    /// As templates get them.
    models: OnceLock<Box<[Model]>>,
}

/// The rows of pages from which one way leads to the site's root.
pub(super) struct RowsFrom<'t> {
    theme: &'t Theme,
    root: String,
    rows: Arc<[Row]>,
}

impl KeptRows {
    /// What templates get for a row, of so many documents; made once for all lists that have it.
    pub(super) fn model(
        &self,
        (index, form): (DocumentIndex, Form),
        documents: usize,
        make: impl FnOnce() -> ListRow,
    ) -> Shared<ListRow> {
        let models = self.models.get_or_init(|| (0..documents).map(|_| Model::default()).collect());
        let form = if let Form::OfOwner = form { Form::Listed } else { form };
        models[index.at()][form as usize].get_or_init(|| Shared::new(make())).clone()
    }

    /// The rows for pages with this way to the root, of so many documents.
    pub(super) fn from<'t>(&self, root: &str, documents: usize, theme: &'t Theme) -> RowsFrom<'t> {
        let known = self.laid_out.read().unwrap_or_else(PoisonError::into_inner).get(root).cloned();
        let rows = known.unwrap_or_else(|| {
            let mut known = self.laid_out.write().unwrap_or_else(PoisonError::into_inner);
            let empty = || (0..documents).map(|_| Row::default()).collect();
            known.entry(root.to_owned()).or_insert_with(empty).clone()
        });
        RowsFrom { theme, root: root.to_owned(), rows }
    }
}

impl RowsFrom<'_> {
    /// The rows of some documents in one form one after the other; `part` is what the template gets.
    pub(super) fn all<P: Part>(
        &self,
        documents: impl Iterator<Item = DocumentIndex>,
        form: Form,
        part: impl Fn(DocumentIndex) -> P,
    ) -> Result<Html, ThemeError> {
        let row =
            |index: DocumentIndex| self.row(&self.rows[index.at()][form as usize], || part(index)).map(Html::as_str);
        let rows: Vec<&str> = documents.map(row).collect::<Result<_, _>>()?;
        Ok(Html::new(&rows.concat()))
    }

    fn row<'r, P: Part>(&self, kept: &'r OnceLock<Html>, part: impl FnOnce() -> P) -> Result<&'r Html, ThemeError> {
        match kept.get() {
            Some(row) => Ok(row),
            None => {
                let row = self.theme.render_part(&part(), &self.root)?;
                Ok(kept.get_or_init(|| row))
            }
        }
    }
}
