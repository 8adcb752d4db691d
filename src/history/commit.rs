//! What a commit says of itself.

use std::collections::HashMap;

use crate::git::{Git, GitError, ObjectName};

/// More of a commit is not read, in bytes.
const MAX_BYTES: u64 = 64 * 1024;

/// The facts of a commit object. Nobody has verified them: an author is whoever the committer said it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CommitFacts {
    /// The name of its author.
    pub(crate) author: String,
    /// Whether it carries a signature.
    pub(crate) is_signed: bool,
    /// Whether it names a parent, whether or not this clone has that.
    pub(crate) has_parent: bool,
}

impl CommitFacts {
    /// Reads the facts of some commits, by one `git cat-file`; one that is missing is left out.
    ///
    /// # Errors
    /// When git fails.
    pub(crate) fn read(git: &Git, commits: &[&ObjectName]) -> Result<HashMap<ObjectName, CommitFacts>, GitError> {
        let mut facts = HashMap::with_capacity(commits.len());
        git.present_objects(commits, MAX_BYTES, |at, bytes| {
            facts.extend(bytes.map(|bytes| (commits[at].clone(), CommitFacts::of(&bytes))));
            Ok(())
        })?;
        Ok(facts)
    }

    /// The facts in a commit object.
    pub(crate) fn of(bytes: &[u8]) -> CommitFacts {
        CommitFacts::parse(&String::from_utf8_lossy(bytes))
    }

    /// Reads the lines before the first empty one; a line that begins with a space goes on with the one before.
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
