//! Findings and assessments in the formats that people and other tools read; one file a format.

pub mod assessment;
pub mod explain;
pub mod text;
