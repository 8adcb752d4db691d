//! Runs programs as separate processes and measures the resources they use.

pub mod machine;
pub mod process;
pub mod report;
pub mod series;
pub mod stage;
pub mod table;
pub mod tree;
