//! States and verdicts as pages show them: a word, a shape and a colour each.

use serde::Serialize;

/// Writes an enum with its words: the list of all, and the word that outputs, labels and style sheets use.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($(#[$item_doc])* $item,)*
        }

        impl $name {
            /// Every one, in the order in which lists show them.
            pub const ALL: &'static [$name] = &[$($name::$item,)*];

            /// The word used in outputs, labels and style sheets.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($name::$item => $word,)*
                }
            }
        }
    };
}

words! {
    /// What a document is on a date.
    State {
        /// In force, and not due for review soon.
        Current = "current",
        /// In force, its next review within the warning period.
        DueSoon = "due-soon",
        /// Its next review lies in the past.
        Overdue = "overdue",
        /// Its text is not the one that was approved.
        Changed = "changed",
        /// Approved or effective later.
        Future = "future",
        /// Written, waiting for approval.
        InReview = "in-review",
        /// Being written.
        Draft = "draft",
        /// No longer in use.
        Retired = "retired",
    }
}

words! {
    /// What a clause is on a date.
    Verdict {
        /// A full claim by a document in force.
        Covered = "covered",
        /// Only partial claims in force.
        Partial = "partial",
        /// Claimed only by overdue or changed documents.
        Stale = "stale",
        /// Claimed only by documents not yet in force.
        Draft = "draft",
        /// Claimed by nothing that counts.
        Missing = "missing",
    }
}

words! {
    /// What an item of documented information is on a date.
    ItemVerdict {
        /// A document in force, or a fresh record, provides it.
        Provided = "provided",
        /// Only overdue, changed or old documents provide it.
        Stale = "stale",
        /// Only documents not yet in force provide it.
        Draft = "draft",
        /// Nothing provides it.
        Missing = "missing",
        /// The settings say with a reason that it is not needed.
        NotNeeded = "not-needed",
    }
}
