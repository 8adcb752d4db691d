//! The only room that reads: discovery of files, YAML front matter, the handbook's own catalogues.

pub mod front_matter;
