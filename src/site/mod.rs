//! The portal: which pages there are, what each shows, how they look, and how they are written.

mod body;
pub mod build;
mod changes;
pub mod directory;
mod figures;
mod frames;
pub mod glossary;
pub mod groups;
mod icalendar;
mod identity;
pub mod inspect;
pub mod layout;
mod links;
pub mod model;
pub mod navigation;
pub(crate) mod pages;
mod paper;
pub mod portal;
pub mod previews;
pub mod reading;
mod relations;
mod script;
pub mod search;
pub mod sheets;
pub mod theme;
mod workbook;
pub mod write;
