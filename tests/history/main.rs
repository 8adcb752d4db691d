//! The handbook's memory: what git proves of earlier texts, days and versions, on repositories of every shape.

mod diff;
mod pages;
mod repository;
mod secrecy;
mod shapes;
mod show;
mod then;
mod trend;
mod versions;
