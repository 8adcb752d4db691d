//! The history of a handbook: git's evidence for earlier texts, days and versions, in repositories of every shape.

mod diff;
mod pages;
mod repository;
mod secrecy;
mod shapes;
mod show;
mod then;
mod trend;
mod versions;
