//! Registers: lists of typed entries, owned by documents.
//!
//! A kind is a row of a table ([`kinds`]): its keys with their types, its due date, and when it counts as closed. This
//! module only turns text into entries with places; owners and states are determined at higher levels.

mod acknowledge;
mod block;
mod commands;
mod context;
mod contradiction;
mod decode;
mod decoder;
mod entry;
mod entry_text;
mod figure_rows;
mod figures;
mod grade;
mod key;
mod kinds;
mod measure;
mod measured_period;
mod nonconformity;
mod objectives;
mod parties;
mod record;
mod row_edits;
mod rows;
mod scan;
mod table;
mod value;
mod views;

pub(crate) use acknowledge::Acknowledgement;
pub(crate) use block::{
    Block, BlockContent, BlockError, BlockProblem, Condition, ENTRY_COLUMN, STATE_COLUMN, STATES, column_key,
    is_misspelt_block, named_ids, read_block,
};
pub(crate) use commands::{
    RESULT_HELP, action_command, close_command, effect_command, new_due_date_command, postpone_command,
    postpone_nonconformity_command,
};
pub(crate) use context::{Competence, last_review};
pub(crate) use decode::{RegisterFile, Terms, is_register, is_table, read};
pub(crate) use decoder::FREE_TEXT_KEYS;
pub(crate) use entry::{Entry, RegisterRef};
pub(crate) use entry_text::EntryText;
pub(crate) use figure_rows::{FigureProblem, FigureRow};
pub(crate) use figures::{Indicator, MeasuredValue, OUTSIDE_HELP, Objective, Risk, Score, VALUE_DUE_DAYS, value_due};
pub(crate) use grade::{Grade, default_grades};
pub(crate) use key::{Key, ValueType};
pub(crate) use kinds::{KINDS, Kind, KindRow, PagePlace, possible_kinds};
pub(crate) use measure::{Decimal, Target, format_figure};
pub(crate) use measured_period::MeasuredPeriod;
pub(crate) use nonconformity::{Effect, EffectResult, Nonconformity};
pub(crate) use parties::{Service, ServiceState, Supplier, SupplierKind};
pub(crate) use record::Record;
pub(crate) use row_edits::{CellProblem, changed_cells, with_row};
pub use scan::{ScannedRegister, scan_register};
pub(crate) use table::{Row, Separators, parse_rows};
pub(crate) use value::{Pairs, Period, Reference, Value, comma_separated};
pub(crate) use views::{Action, Audit, AuditKind, Improvement, ManagementReview, PlannedEvent};
