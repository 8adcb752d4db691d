//! Which pages there are and what each shows.

pub mod model;
pub mod theme;
