//! Reads the files of a handbook: discovers them, decodes front matter and inspects attachments. Also edits texts to
//! record reviews, approvals and changes to registers.

mod acknowledge;
mod active;
mod asset;
mod attachment;
mod attest;
mod decode;
mod defaults;
mod discover;
pub(crate) mod front_matter;
mod hidden;
mod includes;
mod limit_words;
mod links;
mod order;
pub(crate) mod permalinks;
mod presets;
mod read;
mod review_note;
mod stamp;
mod stand_in;
mod state_words;
mod submodule;
mod unread;
pub(crate) mod version;
mod vocabulary;
mod written_digest;

pub(crate) use asset::{AssetFacts, inspect, is_picture};
pub(crate) use attachment::{attachment_hash, hash_of_attachment, is_placeholder_file};
pub(crate) use attest::{
    AttestError, EntryMapping, Fields, FrontMatterValue, NewApproval, NewChange, NewReview, RegisterChange, approve,
    attest, change_cells, change_register,
};
pub use decode::{DecodedText, decode};
pub(crate) use decode::{
    Notation, body_of, front_block, front_entries, language, may_limit, misplaced_front,
    own_key_for as called_elsewhere,
};
pub(crate) use defaults::{CONTENT_ROOT_PREFIX, Defaults, DefaultsTable, id_from_path};
pub(crate) use discover::{FileTree, HandbookFile, discover, find_file, names_in, relative, spelled};
pub(crate) use hidden::is_in_program_folder;
pub(crate) use includes::{IncludeError, IncludedFile, Includes, joined};
pub(crate) use limit_words::{denies_limit, says_partial};
pub(crate) use links::linked_folders;
pub(crate) use order::SortOrder;
pub(crate) use permalinks::Permalinks;
pub(crate) use presets::{preset, preset_names};
pub(crate) use read::{MAX_BYTES, content_hash, named_text, read_limited, read_text, read_whole};
pub(crate) use review_note::ReviewDenial;
pub(crate) use stamp::FileStamp;
pub(crate) use state_words::{
    affirms_approval, denies_approval, is_not_in_force, is_pending, is_state, is_unapproved, names_template, says_no,
    says_yes,
};
pub(crate) use unread::{hidden_file, report_unread};
pub(crate) use vocabulary::is_covered;
pub use vocabulary::{KeyPattern, Vocabulary};
