//! A handbook's settings, from `clausebook.yaml`.

mod read;
mod sections;
mod settings;
mod types;

pub use read::read;
pub use settings::{
    BrandSettings, CertificateSettings, DefaultRule, Excluded, Gates, IdPattern, NotNeeded, Settings, Waiver,
};
pub use types::{TypeInfo, TypeReview};
