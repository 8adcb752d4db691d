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
type Row = [OnceLock<LaidOut>; FORMS];

/// Markup with the places at which the way to the site's root is put in, in bytes and ascending.
#[derive(Debug)]
struct LaidOut {
    markup: Box<str>,
    ways: Box<[usize]>,
}

/// What templates get for the rows of a document by their forms; an owner's list shows less of the same.
type Model = [OnceLock<Shared<ListRow>>; FORMS];

/// Rows of all documents.
#[derive(Debug, Default)]
pub(super) struct KeptRows {
    /// Laid out, by the way to the site's root, or once for every way.
    laid_out: RwLock<HashMap<String, Arc<[Row]>>>,
    /// As templates get them.
    models: OnceLock<Box<[Model]>>,
}

/// The rows of pages from which one way leads to the site's root.
pub(super) struct RowsFrom<'t> {
    theme: &'t Theme,
    root: String,
    /// The way with which rows are laid out.
    laid_out: String,
    rows: Arc<[Row]>,
}

/// What stands for the way to the site's root while a row is laid out for every way. Neither of the two is a character.
const EVERY_WAY: &str = "\u{10ffff}\u{10fffe}";

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
    ///
    /// Our templates only write the way; a handbook's own may do anything with it.
    pub(super) fn from<'t>(&self, root: &str, documents: usize, theme: &'t Theme) -> RowsFrom<'t> {
        let laid_out = if theme.has_own_templates() { root } else { EVERY_WAY };
        let known = self.laid_out.read().unwrap_or_else(PoisonError::into_inner).get(laid_out).cloned();
        let rows = known.unwrap_or_else(|| {
            let mut known = self.laid_out.write().unwrap_or_else(PoisonError::into_inner);
            let empty = || (0..documents).map(|_| Row::default()).collect();
            known.entry(laid_out.to_owned()).or_insert_with(empty).clone()
        });
        RowsFrom { theme, root: root.to_owned(), laid_out: laid_out.to_owned(), rows }
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
        let row = |index: DocumentIndex| self.row(&self.rows[index.at()][form as usize], || part(index));
        let rows: Vec<&LaidOut> = documents.map(row).collect::<Result<_, _>>()?;
        let length = rows.iter().map(|row| row.markup.len() + row.ways.len() * self.root.len()).sum();
        let mut markup = String::with_capacity(length);
        rows.iter().for_each(|row| row.write(&mut markup, &self.root));
        Ok(Html::new(&markup))
    }

    fn row<'r, P: Part>(
        &self,
        kept: &'r OnceLock<LaidOut>,
        part: impl FnOnce() -> P,
    ) -> Result<&'r LaidOut, ThemeError> {
        match kept.get() {
            Some(row) => Ok(row),
            None => {
                let row = LaidOut::new(self.theme.render_part(&part(), &self.laid_out)?.as_str());
                Ok(kept.get_or_init(|| row))
            }
        }
    }
}

impl LaidOut {
    fn new(markup: &str) -> LaidOut {
        let mut ways = Vec::new();
        let mut plain = String::with_capacity(markup.len());
        for (number, part) in markup.split(EVERY_WAY).enumerate() {
            if number > 0 {
                ways.push(plain.len());
            }
            plain.push_str(part);
        }
        LaidOut { markup: plain.into(), ways: ways.into() }
    }

    fn write(&self, out: &mut String, root: &str) {
        let mut done = 0;
        for way in &self.ways {
            out.push_str(&self.markup[done..*way]);
            out.push_str(root);
            done = *way;
        }
        out.push_str(&self.markup[done..]);
    }
}
