//! Clausebook turns a folder of Markdown policies and procedures into an audit-ready handbook.
//!
//! The modules follow the way data flows; ARCHITECTURE.md describes it.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod assess;
pub mod baseline;
pub mod browser;
pub mod cache;
pub mod cli;
pub mod comparison;
pub mod config;
pub mod date;
pub mod diagram;
pub mod difference;
pub mod finding;
pub mod fingerprint;
pub mod gates;
pub mod handbook;
pub mod highlight;
pub mod history;
pub mod markdown;
pub mod path;
pub mod place;
pub mod preview;
pub mod project;
pub mod report;
pub mod rules;
pub mod site;
pub mod source;
pub mod spelling;
pub mod standard;
pub mod starter;
mod tags;
pub mod url;
pub mod yaml;
