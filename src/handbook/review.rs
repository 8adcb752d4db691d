//! Determines which reviews renew the approval of a document.

use super::document::Names;
use crate::date::Date;
use crate::name::Signers;
use crate::placeholder::names_only_persons_or_roles;
use crate::source::front_matter::{Attestation, FrontMatter, WrittenDigest};
use crate::source::version::is_same_version;

/// Whether a review renews the approval, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReviewStatus {
    /// It renews the approval.
    Counts,
    /// The reviewer is not named.
    NoReviewer,
    /// Its note says that it was not done, was done in part, or found that the text must change.
    Denied,
    /// The owner or the author made it, and the settings require somebody else.
    SelfReview,
    /// The review was made before the approval.
    BeforeApproval,
    /// The review was of another version.
    OtherVersion,
    /// The review was of another text than the approved one, or does not say which.
    OtherText,
}

/// The data that reviews are compared with.
#[derive(Debug)]
pub(super) struct ReviewContext<'a> {
    pub(super) front: &'a FrontMatter,
    /// The day of the approval.
    pub(super) approved: Option<Date>,
    pub(super) owners: &'a Names,
    pub(super) authors: &'a Names,
    /// Whether reviews by the owner or the author do not count.
    pub(super) requires_independence: bool,
}

impl ReviewContext<'_> {
    /// The status of each review, in the order of the front matter.
    pub(super) fn review_statuses(&self) -> Vec<ReviewStatus> {
        let bound = self.front.approved_digest();
        self.front.reviews.iter().map(|review| self.review_status(review, bound)).collect()
    }

    fn review_status(&self, review: &Attestation, bound: Option<WrittenDigest>) -> ReviewStatus {
        let digest = review.digest.as_ref().map(|digest| digest.value);
        match review.reviewer.as_ref() {
            _ if self.approved.is_some_and(|approved| review.date.value < approved) => ReviewStatus::BeforeApproval,
            _ if !self.is_of_version(review) => ReviewStatus::OtherVersion,
            _ if bound.is_some() && digest != bound => ReviewStatus::OtherText,
            None => ReviewStatus::NoReviewer,
            Some(by) if !names_only_persons_or_roles(&by.value) => ReviewStatus::NoReviewer,
            Some(_) if review.denial().is_some() => ReviewStatus::Denied,
            Some(by) if self.requires_independence && is_one_of(&by.value, self.owners, self.authors) => {
                ReviewStatus::SelfReview
            }
            Some(_) => ReviewStatus::Counts,
        }
    }

    fn is_of_version(&self, review: &Attestation) -> bool {
        let Some(reviewed) = &review.version else { return true };
        let version = self.front.version.as_ref().filter(|_| !self.front.is_unclear("version"));
        version.is_some_and(|version| is_same_version(&version.value, &reviewed.value))
    }
}

/// Whether everybody named is an owner or an author.
pub(crate) fn is_one_of(name: &str, owners: &Names, authors: &Names) -> bool {
    Signers::new([name]).are_all_among(&Signers::new(owners.iter().chain(authors.iter()).map(|name| &**name)))
}
