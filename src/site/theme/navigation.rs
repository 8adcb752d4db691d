//! The sidebar, rendered once for each place that can be open in it.

use std::collections::HashMap;
use std::sync::RwLock;

use tera::{Context, Tera, Value};

use super::ThemeError;
use crate::site::model::{Area, Frame};

/// Stands in the rendered sidebar where the neighbours of the page go.
const SLOT: &str = "<!--neighbourhood-->";

/// The sidebar's two halves around the neighbours of a page.
#[derive(Clone)]
pub(super) struct Halves {
    pub(super) before: Value,
    pub(super) after: Value,
}

/// Sidebars that were rendered, by the way to the root and the open place: there are few of each.
#[derive(Default)]
pub(super) struct Cache(RwLock<HashMap<(String, Option<Area>), Halves>>);

impl Cache {
    /// The sidebar of a page.
    pub(super) fn halves(&self, tera: &Tera, frame: &Frame) -> Result<Halves, ThemeError> {
        let key = (frame.root.clone(), frame.area);
        if let Ok(known) = self.0.read()
            && let Some(halves) = known.get(&key)
        {
            return Ok(halves.clone());
        }
        let halves = render(tera, frame)?;
        if let Ok(mut known) = self.0.write() {
            known.insert(key, halves.clone());
        }
        Ok(halves)
    }
}

fn render(tera: &Tera, frame: &Frame) -> Result<Halves, ThemeError> {
    let mut context = Context::new();
    context.insert("root", &frame.root);
    context
        .insert("page_index", &index(frame.area, |area| if let Area::Page(index) = area { Some(index) } else { None }));
    context.insert(
        "group_index",
        &index(frame.area, |area| if let Area::Group(index) = area { Some(index) } else { None }),
    );
    context.insert_value("slot", Value::safe_string(SLOT));
    let text = tera
        .render("navigation.html", &context)
        .map_err(|error| ThemeError::of_rendering(&error, "the navigation".to_owned()))?;
    let (before, after) = text.split_once(SLOT).unwrap_or((&text, ""));
    Ok(Halves { before: Value::safe_string(before), after: Value::safe_string(after) })
}

/// The index that `pick` finds in the open place, or -1, which is no index.
fn index(area: Option<Area>, pick: impl Fn(Area) -> Option<usize>) -> i64 {
    area.and_then(pick).map_or(-1, |index| index as i64)
}
