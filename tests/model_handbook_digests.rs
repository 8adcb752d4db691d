//! The approvals of the model handbook, each bound to its text, and the effect of changes to a text.
//!
//! `UPDATE_DIGESTS=1 cargo test --test model_handbook_digests` renews the digests after documents were edited. It
//! represents the approvals of the fictional organization; in a real handbook, `clausebook approve` does that.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use walkdir::WalkDir;

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn run(root: &Path, arguments: &[&str]) -> (bool, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    let output = command.current_dir(root).args(arguments).output().expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

/// A document from the assessment, with its front matter.
struct Document {
    id: String,
    path: String,
    state: String,
    digest: String,
    approver: String,
    front: serde_yaml::Value,
}

impl Document {
    fn text(&self, key: &str) -> &str {
        text(&self.front, key)
    }

    fn list(&self, key: &str) -> impl Iterator<Item = &serde_yaml::Value> {
        self.front.get(key).and_then(serde_yaml::Value::as_sequence).into_iter().flatten()
    }

    /// The revision history's entry for the current version.
    fn approval(&self) -> Option<&serde_yaml::Value> {
        self.list("changes").find(|change| text(change, "version") == self.text("version"))
    }
}

fn text<'v>(value: &'v serde_yaml::Value, key: &str) -> &'v str {
    value.get(key).and_then(serde_yaml::Value::as_str).unwrap_or_default()
}

/// The approved documents of a handbook.
fn documents(root: &Path) -> Vec<Document> {
    let (_, out, error) = run(root, &["check", "--format", "json"]);
    let data: Value = serde_json::from_str(&out).expect(&error);
    let approved =
        data["documents"].as_array().expect("documents").iter().filter(|document| document["status"] == "approved");
    let read_document = |document: &Value| {
        let text_of = |key: &str| document[key].as_str().unwrap_or_default().to_owned();
        let content = std::fs::read_to_string(root.join(text_of("path"))).expect("a text").replace("\r\n", "\n");
        let (front, _) =
            content.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).expect("front matter");
        let front = serde_yaml::from_str(front).expect("YAML");
        Document {
            id: text_of("id"),
            path: text_of("path"),
            state: text_of("state"),
            digest: text_of("digest"),
            approver: text_of("approver"),
            front,
        }
    };
    approved.map(read_document).collect()
}

/// Binds unbound approvals, and replaces outdated digests by today's.
fn renew_digests(root: &Path) {
    for one in documents(root).iter().filter(|one| one.approval().is_none_or(|entry| text(entry, "digest").is_empty()))
    {
        let on = one.text("approved");
        let (succeeded, _, error) = run(root, &["approve", &one.id, "--by", &one.approver, "--on", on]);
        assert!(succeeded, "{error}");
    }
    for document in documents(root) {
        let path = root.join(&document.path);
        let mut new = std::fs::read_to_string(&path).expect("a text");
        let old = document.approval().map_or("", |entry| text(entry, "digest"));
        if !old.is_empty() {
            new = new.replace(old, &document.digest);
        }
        std::fs::write(path, new).expect("a file can be written");
    }
}

#[test]
fn every_approval_says_which_text_it_was_of() {
    let root = repository();
    if std::env::var_os("UPDATE_DIGESTS").is_some() {
        renew_digests(&root);
    }
    let documents = documents(&root);
    assert!(documents.len() > 100, "{}", documents.len());
    let mut wrong = Vec::new();
    for document in &documents {
        let approval = document.approval().map_or("none", |entry| text(entry, "digest"));
        if approval != document.digest || !approval.starts_with("2:") {
            wrong.push(format!("{}: the approval has {approval}, the text {}", document.path, document.digest));
        }
        let approver = document.approval().map_or("", |entry| text(entry, "approver"));
        if approver != document.approver {
            wrong.push(format!("{}: {approver} approved it, not {}", document.path, document.approver));
        }
        let since = document.list("reviews").filter(|review| text(review, "date") >= document.text("approved"));
        for review in since.filter(|review| text(review, "digest") != document.digest) {
            wrong.push(format!("{}: the review of {} is of another text", document.path, text(review, "date")));
        }
        let newest = document.list("changes").map(|change| text(change, "date")).max().unwrap_or_default();
        if newest > document.text("approved") {
            wrong.push(format!("{}: changed on {newest}, after its approval", document.path));
        }
    }
    let how = "UPDATE_DIGESTS=1 cargo test --test model_handbook_digests renews the digests";
    assert!(wrong.is_empty(), "{how}:\n{}", wrong.join("\n"));
}

/// A copy of the model handbook in a temporary folder.
fn copy_model_handbook() -> tempfile::TempDir {
    let (root, folder) = (repository(), tempfile::tempdir().expect("a folder"));
    let files = WalkDir::new(root.join("content")).into_iter().map(|entry| entry.expect("an entry").into_path());
    for path in files.filter(|path| path.is_file()).chain([root.join("clausebook.yaml")]) {
        let to = folder.path().join(path.strip_prefix(&root).expect("a path below the repository"));
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder can be made");
        std::fs::copy(&path, to).expect("a file can be copied");
    }
    folder
}

/// IDs of documents whose text differs from the approved one.
fn changed_ids(root: &Path) -> BTreeSet<String> {
    documents(root).into_iter().filter(|one| one.state == "changed").map(|one| one.id).collect()
}

/// A change to a document's front matter and body, or `None` if it is not applicable.
type Mutation = fn(&str, &str) -> Option<(String, String)>;

/// Changes every second document, then the others, and asserts that exactly these are `changed` each time.
fn assert_each_detected(mutation: Mutation, min_count: usize) {
    let folder = copy_model_handbook();
    let root = folder.path();
    let before = documents(root);
    let is_used = |document: &&Document| ["current", "due-soon", "overdue"].contains(&document.state.as_str());
    let mut count = 0;
    for turn in 0..2 {
        let mut expected = BTreeSet::new();
        let mut texts = BTreeMap::new();
        for document in before.iter().filter(is_used).skip(turn).step_by(2) {
            let path = root.join(&document.path);
            let content = std::fs::read_to_string(&path).expect("a text");
            let (front, body) = content.split_once("\n---\n").expect("front matter");
            let Some((front, body)) = mutation(front, body) else { continue };
            std::fs::write(&path, format!("{front}\n---\n{body}")).expect("a file can be written");
            expected.insert(document.id.clone());
            texts.insert(path, content);
        }
        assert_eq!(changed_ids(root), expected);
        count += expected.len();
        texts.into_iter().for_each(|(path, text)| std::fs::write(path, text).expect("a file can be written"));
    }
    assert!(count >= min_count, "only {count} documents have a place to change");
}

/// The first line of running text that fits, with its offset.
fn find_prose(body: &str, fits: fn(&str) -> bool) -> Option<(usize, &str)> {
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let is_prose = line.starts_with(|c: char| c.is_ascii_uppercase()) && !line.contains(['`', '<', '[', '|']);
        let mut offset = at;
        for word in line.split_inclusive(' ').filter(|_| is_prose) {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if fits(bare) {
                return Some((offset + word.find(bare).unwrap_or(0), bare));
            }
            offset += word.len();
        }
        at += line.len();
    }
    None
}

#[test]
fn one_changed_word_is_detected_in_each_document() {
    assert_each_detected(
        |front, body| {
            let (at, word) =
                find_prose(body, |word| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase()))?;
            Some((front.to_owned(), format!("{}{}x{}", &body[..at], word, &body[at + word.len()..])))
        },
        90,
    );
}

#[test]
fn one_changed_number_is_detected_in_each_document() {
    assert_each_detected(
        |front, body| {
            let at = body.find(|c: char| c.is_ascii_digit())?;
            let line = body[..at].rfind('\n').map_or(0, |end| end + 1);
            let is_plain = !body[line..at].contains(['[', '(', '<', '`', '{', '"']);
            let digit = body.as_bytes()[at];
            let other = if digit == b'9' { '8' } else { char::from(digit + 1) };
            is_plain.then(|| (front.to_owned(), format!("{}{other}{}", &body[..at], &body[at + 1..])))
        },
        50,
    );
}

#[test]
fn one_changed_link_is_detected_in_each_document() {
    assert_each_detected(
        |front, body| {
            let at = body.find("](")? + 2;
            let end = at + body[at..].find(')')?;
            Some((front.to_owned(), format!("{}https://example.org/{}", &body[..at], &body[end..])))
        },
        60,
    );
}

#[test]
fn one_changed_claim_is_detected_in_each_document() {
    assert_each_detected(
        |front, body| {
            if front.contains("extent: partial") {
                return Some((front.replacen("extent: partial", "extent: full", 1), body.to_owned()));
            }
            let list = front.find("\nclauses:\n")?;
            let at = list + front[list..].find("  - \"")?;
            let end = at + front[at..].find('\n')?;
            let clause = front[at..end].trim_start_matches("  - ");
            let partial = format!("  - {{clause: {clause}, extent: partial}}");
            Some((format!("{}{partial}{}", &front[..at], &front[end..]), body.to_owned()))
        },
        40,
    );
}

#[test]
fn an_attachment_is_seen_in_the_documents_that_refer_to_it() {
    let folder = copy_model_handbook();
    let root = folder.path();
    assert!(changed_ids(root).is_empty());
    let is_asset = |path: &PathBuf| path.is_file() && path.extension().is_none_or(|ending| ending != "md");
    let files = WalkDir::new(root.join("content")).into_iter().map(|entry| entry.expect("an entry").into_path());
    for asset in files.filter(is_asset) {
        let name = asset.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let wanted: BTreeSet<String> = documents(root)
            .into_iter()
            .filter(|document| {
                std::fs::read_to_string(root.join(&document.path)).expect("a text").contains(&format!("{name})"))
            })
            .map(|document| document.id)
            .collect();
        let bytes = std::fs::read(&asset).expect("a file");
        std::fs::write(&asset, [&bytes[..], b" "].concat()).expect("a file can be written");
        assert_eq!(changed_ids(root), wanted, "{name}");
        std::fs::write(&asset, bytes).expect("a file can be written");
    }
}

#[test]
fn wrapping_and_respelled_links_change_no_document() {
    let folder = copy_model_handbook();
    let root = folder.path();
    let mut edited = 0;
    for document in documents(root) {
        let path = root.join(&document.path);
        let content = std::fs::read_to_string(&path).expect("a text");
        let (front, body) = content.split_once("\n---\n").expect("front matter");
        let new =
            format!("{front}\n---\n{}", unwrap_paragraphs(body).replace("](../", "](./../").replace("](#", "]( #"));
        edited += usize::from(new != content);
        std::fs::write(&path, new.replace('\n', "\r\n")).expect("a file can be written");
    }
    assert!(edited > 90, "{edited}");
    assert_eq!(changed_ids(root), BTreeSet::new());
}

/// The text with each paragraph on one line.
fn unwrap_paragraphs(body: &str) -> String {
    let is_prose = |line: &str| line.starts_with(|c: char| c.is_alphabetic()) && !line.contains('|');
    let mut out = String::new();
    let mut lines = body.lines().peekable();
    let mut fenced = false;
    while let Some(line) = lines.next() {
        fenced ^= line.starts_with("```");
        out.push_str(line);
        let joins = !fenced && is_prose(line) && lines.peek().is_some_and(|next| is_prose(next));
        out.push(if joins { ' ' } else { '\n' });
    }
    out
}
