//! What a text of the past says it is: which version of which document, and whether that is approved.

use super::WantedVersion;
use crate::date::Date;
use crate::id::DocumentId;
use crate::place::SourceText;
use crate::source::front_matter::Status;
use crate::source::{PlainFront, Vocabulary, decode};

/// The keys of front matter by which a version is known.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    id: Option<DocumentId>,
    version: Option<String>,
    status: Option<Status>,
    /// The day of approval.
    pub(super) approved: Option<Date>,
}

impl Standing {
    /// What a text says. Most say it plainly, so that nothing else in them has to be read.
    pub(super) fn of(text: &str, vocabulary: &Vocabulary) -> Standing {
        let plain = PlainFront::of(text).filter(|_| vocabulary.is_ours());
        plain.and_then(|front| Standing::plain(&front)).unwrap_or_else(|| Standing::decoded(text, vocabulary))
    }

    fn plain(front: &PlainFront<'_>) -> Option<Standing> {
        let status = front.word("status")?;
        Some(Standing {
            id: Some(front.word("id")?.parse().ok()?),
            version: Some(front.word("version")?.to_owned()),
            status: Some(Status::ALL.into_iter().find(|known| known.as_str() == status)?),
            approved: match front.has("approved") {
                true => Some(front.word("approved")?.parse().ok()?),
                false => None,
            },
        })
    }

    fn decoded(text: &str, vocabulary: &Vocabulary) -> Standing {
        let Some(front) = decode(&SourceText::new("", text), vocabulary).front else { return Standing::default() };
        Standing {
            id: front.id.map(|id| id.value),
            version: front.version.map(|version| version.value.trim().to_owned()),
            status: front.status.map(|status| status.value),
            approved: front.approved.map(|day| day.value),
        }
    }

    /// Whether it is this version of this document, approved or not.
    pub(super) fn is_version(&self, wanted: &WantedVersion) -> bool {
        self.id.as_ref() == Some(&wanted.id) && self.version.as_ref() == Some(&wanted.version)
    }

    /// Whether it is approved, on the day that is asked for.
    pub(super) fn is_approved(&self, wanted: &WantedVersion) -> bool {
        self.status == Some(Status::Approved)
            && self.approved.is_some_and(|day| wanted.approved.is_none_or(|wanted| wanted == day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_says_what_it_says_as_yaml() {
        let vocabulary = Vocabulary::new(Vec::new(), Vec::new());
        let standings = |front: &str| {
            let text = format!("---\n{front}\n---\n");
            let plain = PlainFront::of(&text).and_then(|front| Standing::plain(&front));
            (plain, Standing::decoded(&text, &vocabulary))
        };
        let full = "id: POL-1\nversion: \"1.0\"";
        for front in [
            format!("{full}\nstatus: approved\napproved: 2026-03-09"),
            format!("{full}\nstatus: approved"),
            format!("{full}\nstatus: in-review\napproved: '2026-03-09'\nchanges:\n- {{version: 2, by: Owner}}"),
        ] {
            let (plain, decoded) = standings(&front);
            assert_eq!(plain.expect("it is plain"), decoded, "{front}");
        }
        for front in [
            format!("{full}\nstatus: Approved\napproved: 2026-03-09"),
            format!("{full}\nstatus: approved\napproved: 2026-02-30"),
            format!("{full}\nstatus: approved\napproved:"),
            "id: \"no id\"\nversion: 1\nstatus: approved".to_owned(),
        ] {
            assert_eq!(standings(&front).0, None, "{front}");
        }
    }
}
