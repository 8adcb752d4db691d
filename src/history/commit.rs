//! Facts recorded in commit objects.

use std::collections::HashMap;

use crate::git::{Git, GitError, ObjectName};

/// The maximum number of bytes read from a commit object.
const MAX_BYTES: u64 = 64 * 1024;

/// The facts in a commit object. They are unverified: the author is whatever the committer claimed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CommitFacts {
    /// The author's name.
    pub(crate) author: String,
    /// Whether it carries a signature.
    pub(crate) is_signed: bool,
    /// Whether it names a parent, even if this clone does not have it.
    pub(crate) has_parent: bool,
}

impl CommitFacts {
    /// Reads the facts of several commits with a single `git cat-file`. Missing commits are left out.
    ///
    /// # Errors
    /// If git fails.
    pub(crate) fn read(git: &Git, commits: &[&ObjectName]) -> Result<HashMap<ObjectName, CommitFacts>, GitError> {
        let mut facts = HashMap::with_capacity(commits.len());
        git.read_present_objects(commits, MAX_BYTES, |at, bytes| {
            facts.extend(bytes.map(|bytes| (commits[at].clone(), CommitFacts::from_bytes(&bytes))));
            Ok(())
        })?;
        Ok(facts)
    }

    /// Parses the bytes of a commit object.
    pub(crate) fn from_bytes(bytes: &[u8]) -> CommitFacts {
        CommitFacts::parse(&String::from_utf8_lossy(bytes))
    }

    /// Reads the lines before the first empty one. A line that begins with a space continues the previous line.
    fn parse(text: &str) -> CommitFacts {
        let mut facts = CommitFacts::default();
        for line in text.lines().take_while(|line| !line.is_empty()) {
            match line.split_once(' ') {
                Some(("author", rest)) => facts.author = rest.split('<').next().unwrap_or_default().trim().to_owned(),
                Some(("parent", _)) => facts.has_parent = true,
                Some(("gpgsig" | "gpgsig-sha256", _)) => facts.is_signed = true,
                _ => {}
            }
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_nothing_of_author_and_signature() {
        let text = "tree 1\nparent 2\nauthor Ann Lee <a@example.org> 1 +0000\ncommitter B <b> 1 +0000\n\ngpgsig x\nauthor C <c>\n";
        let facts = CommitFacts::parse(text);
        assert_eq!(facts, CommitFacts { author: "Ann Lee".to_owned(), is_signed: false, has_parent: true });
        let signed = "tree 1\nauthor Ann <a> 1 +0000\ngpgsig -----BEGIN\n \n -----END\n\nx\n";
        assert!(CommitFacts::parse(signed).is_signed && !CommitFacts::parse(signed).has_parent);
    }
}
