//! The sidebar, rendered once for all pages with the same places open.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use tera::Value;

use super::engine::Engine;
use super::error::ThemeError;
use crate::site::model::{Area, Frame};

/// A marker after each neighbour's address in a rendered sidebar, where [`CURRENT`] is inserted for the current page.
///
/// A private-use character, which templates do not contain by chance.
const MARK: &str = "\u{e0cb}";

/// The attribute of the current page's link.
const CURRENT: &str = " aria-current=\"page\"";

/// What determines the content of a rendered sidebar.
#[derive(PartialEq, Eq, Hash)]
struct SidebarKey {
    root: String,
    area: Option<Area>,
    block: Option<usize>,
    /// Whether the states of neighbours are shown, as on pages of documents.
    has_states: bool,
}

/// Rendered sidebars, split at each [`MARK`]. There are few: one per folder depth and block.
#[derive(Default)]
pub(super) struct SidebarCache(RwLock<HashMap<SidebarKey, Arc<[String]>>>);

impl SidebarCache {
    /// The sidebar of a page.
    pub(super) fn sidebar(&self, engine: &Engine, frame: &Frame) -> Result<Value, ThemeError> {
        let block = frame.neighbourhood.as_ref().map(|neighbours| neighbours.block);
        let has_states = frame.neighbourhood.as_ref().is_some_and(|neighbours| neighbours.current.is_some());
        let key = SidebarKey { root: frame.root.clone(), area: frame.area, block, has_states };
        let known = self.0.read().ok().and_then(|known| known.get(&key).cloned());
        let parts = match known {
            Some(parts) => parts,
            None => self.add(key, render(engine, frame, has_states)?),
        };
        let current = frame.neighbourhood.as_ref().and_then(|neighbours| neighbours.current);
        Ok(Value::safe_string(&joined(&parts, current)))
    }

    fn add(&self, key: SidebarKey, text: String) -> Arc<[String]> {
        let parts: Arc<[String]> = text.split(MARK).map(str::to_owned).collect();
        if let Ok(mut cached) = self.0.write() {
            cached.insert(key, parts.clone());
        }
        parts
    }
}

fn joined(parts: &[String], current: Option<usize>) -> String {
    let length = parts.iter().map(String::len).sum::<usize>() + CURRENT.len();
    let mut text = String::with_capacity(length);
    for (index, part) in parts.iter().enumerate() {
        text.push_str(part);
        if current == Some(index) {
            text.push_str(CURRENT);
        }
    }
    text
}

fn render(engine: &Engine, frame: &Frame, has_states: bool) -> Result<String, ThemeError> {
    let (page, group) = match frame.area {
        Some(Area::Page(index)) => (Some(index), None),
        Some(Area::Group(index)) => (None, Some(index)),
        None => (None, None),
    };
    let mut context = engine.context();
    context.insert("root", &frame.root);
    context.insert("open_page", &page);
    context.insert("open_group", &group);
    context.insert("neighbourhood", &frame.neighbourhood);
    context.insert("has_states", &has_states);
    context.insert_value("mark", Value::safe_string(MARK));
    engine.render("navigation.html", &context, "the navigation")
}
