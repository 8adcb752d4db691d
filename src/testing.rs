//! The parts of the library that this repository's tests and benchmarks use. This is not an API: anything may change.

/// States and verdicts.
pub mod assess {
    pub use crate::assess::{Assessed, Clock, assess};
}
/// The settings of a handbook.
pub mod config {
    pub use crate::config::{Settings, TypeReview, read};
}
/// Days.
pub mod date {
    pub use crate::date::Date;
}
/// Problems and severities.
pub mod finding {
    pub use crate::finding::{Problem, RuleId, Severity};
}
/// A handbook as read.
pub mod handbook {
    pub use crate::handbook::Reading;
}
/// Highlighted code.
pub mod highlight {
    pub use crate::highlight::Highlighter;
}
/// Findings.
pub mod judge {
    pub use crate::judge::judge;
}
/// Parsed Markdown.
pub mod markdown {
    pub use crate::markdown::{Body, Fill, LinkForm, ParsedText, Phrase, Words, is_safe_scheme, parse};
}
/// Places in files.
pub mod place {
    pub use crate::place::{Place, SourceText, Span};
}
/// The preview.
pub mod preview {
    pub use crate::preview::{BuildOptions, Builder, Outcome, requested_path};
}
/// A handbook's folder.
pub mod project {
    pub use crate::project::{Project, ThemeFile};
}
/// Registers.
pub mod register {
    pub use crate::register::{ScannedRegister, scan_register};
}
/// Findings and assessments as text.
pub mod report {
    /// Descriptions of rules.
    pub mod explain {
        pub use crate::report::explain::rules_page;
    }
}
/// The rules.
pub mod rules {
    pub use crate::rules::{RULES, find_rule, rule_ids};
}
/// The portal.
pub mod site {
    /// Building a site.
    pub mod build {
        pub use crate::site::build::{Plan, build};
    }
    /// Inspecting a built site.
    pub mod inspect {
        pub use crate::site::inspect::inspect_folder;
    }
    /// The data for templates.
    pub mod model {
        pub use crate::site::model::*;
    }
    /// The navigation.
    pub mod navigation {
        pub use crate::site::navigation::Extras;
    }
    /// The table of own pages.
    pub mod pages {
        pub use crate::site::own_pages::ListedPage;
        pub use crate::site::pages::{navigation_pages, reserved_places};
    }
    /// The search index.
    pub mod search {
        pub use crate::site::search::fold;
    }
    /// Templates and labels.
    pub mod theme {
        pub use crate::project::ThemeFile;
        pub use crate::site::theme::{Labels, Theme, brand_css, languages};
    }
    /// Writing a site to disk.
    pub mod write {
        pub use crate::site::write::{
            Contents, MANIFEST_NAME, MemorySite, MemoryTarget, OutputFolder, SiteWriter, SourceFolders, Target,
            WriteError, WriteSummary,
        };
    }
}
/// Front matter.
pub mod source {
    pub use crate::source::{DecodedText, KeyPattern, Vocabulary, decode};
    /// Typed front matter.
    pub mod front_matter {
        pub use crate::source::front_matter::{Extent, FrontMatter, Review, Status};
    }
}
/// Catalogues of clauses.
pub mod standard {
    pub use crate::standard::{Basis, Catalogue, Clause, Retention, Standards, built_in, read_catalogue};
}
/// URL paths of the portal.
pub mod url {
    pub use crate::url::{OwnPlace, SitePath};
}
/// YAML as a tree with places.
pub mod yaml {
    pub use crate::yaml::{YamlScan, scan};
}
