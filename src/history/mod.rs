//! Another revision of the handbook, and texts as they were on earlier days, from the objects of its git repository.
//!
//! What is read comes from the objects that git keeps; nothing here changes them or the files beside them.

mod past;
mod revision;

pub(crate) use past::earlier_texts;
pub(crate) use revision::Revision;
