//! The portal: which pages there are, what each shows, how they look, and how they are written.

mod body;
pub mod build;
pub mod directory;
mod figures;
mod frames;
pub mod groups;
pub mod keep;
pub mod layout;
mod links;
pub mod model;
pub mod navigation;
mod pages;
pub mod portal;
mod relations;
pub mod theme;
pub mod write;
