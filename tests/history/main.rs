//! The handbook's history: earlier texts, days and versions that Git proves, in repositories of every shape.

mod diff;
mod pages;
mod repository;
mod secrecy;
mod shapes;
mod show;
mod then;
mod trend;
mod versions;
