//! Clausebook turns a folder of Markdown policies and procedures into an audit-ready handbook.
//!
//! The modules follow the data flow, which ARCHITECTURE.md describes.
#![forbid(unsafe_code)]
#![warn(missing_docs, unreachable_pub)]

mod adopt;
mod archive;
mod assess;
mod browser;
mod cache;
mod chronicle;
mod cli;
mod colour;
mod compressed_text;
mod config;
mod date;
mod diagram;
mod difference;
mod edit;
mod finding;
mod fix;
mod git;
mod handbook;
mod highlight;
mod history;
mod html;
mod id;
mod import;
mod judge;
mod language;
mod markdown;
mod memory;
mod name;
mod pandoc;
mod path;
mod place;
mod placeholder;
mod platform;
mod preview;
mod program;
mod project;
mod register;
mod report;
mod rules;
mod site;
mod source;
mod spelling;
mod standard;
mod starter;
mod suggest;

#[doc(hidden)]
pub mod testing;
mod text;
mod url;
mod yaml;

pub use cli::run;
