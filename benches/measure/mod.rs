//! Running programs as whole processes and measuring their resource usage.

pub mod machine;
pub mod process;
pub mod report;
pub mod series;
pub mod stage;
pub mod table;
pub mod tree;
