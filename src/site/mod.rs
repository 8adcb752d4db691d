//! The portal: which pages there are, what each shows, how they look, and how they are written.

mod body;
pub mod build;
mod changes;
pub mod directory;
mod figures;
mod frames;
pub mod glossary;
pub mod groups;
pub mod inspect;
mod icalendar;
mod identity;
pub mod keep;
pub mod layout;
mod links;
pub mod model;
pub mod navigation;
mod pages;
mod paper;
pub mod portal;
pub mod search;
pub mod previews;
pub mod reading;
pub mod sheets;
mod relations;
pub mod theme;
mod workbook;
pub mod write;
