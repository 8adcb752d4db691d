//! Running programs as whole processes and telling what they used.

pub mod machine;
pub mod process;
pub mod report;
pub mod series;
pub mod stage;
pub mod table;
pub mod tree;
