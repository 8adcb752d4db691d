use std::fs;
use std::path::PathBuf;

use super::*;

/// A repository with one commit and a missing object.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "text\n").unwrap();
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    for arguments in [&["init", "-q"][..], &["add", "-A"], &["commit", "-q", "-m", "x"]] {
        let mut git = Command::new("git");
        assert!(git.current_dir(folder.path()).args(identity).args(arguments).status().unwrap().success());
    }
    folder
}

/// Configures a promisor remote for missing objects, with a program that leaves a trace when run.
fn promise(folder: &Path) -> PathBuf {
    let canary = folder.join("canary");
    let config = format!(
        "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n[remote \"origin\"]\n\tpromisor = true\n\
         \turl = {}\n\tuploadpack = touch {}; false\n[protocol \"file\"]\n\tallow = always\n",
        folder.display(),
        canary.display()
    );
    fs::write(folder.join(".git/config"), config).unwrap();
    let blob = Command::new("git").current_dir(folder).args(["rev-parse", "HEAD:a.md"]).output().unwrap();
    let name = String::from_utf8(blob.stdout).unwrap();
    fs::remove_file(folder.join(".git/objects").join(&name[..2]).join(name[2..].trim())).unwrap();
    canary
}

#[test]
fn each_of_two_defences_keeps_a_promised_object_from_being_fetched() {
    let folder = repository();
    let canary = promise(folder.path());
    let git = Git::of(folder.path()).unwrap();
    let ask = |mut command: Command| drop(command.args(["cat-file", "-p", "HEAD:a.md"]).output().unwrap());
    let mut bare = Command::new("git");
    bare.current_dir(folder.path());
    ask(bare);
    assert!(canary.exists(), "without any defence the trap works");
    fs::remove_file(&canary).unwrap();
    for defence in ["GIT_NO_LAZY_FETCH", "GIT_ALLOW_PROTOCOL"] {
        let mut command = git.command();
        command.env_remove(defence);
        ask(command);
        assert!(!canary.exists(), "without {defence}");
    }
}

#[test]
fn a_bare_repository_in_a_folder_is_rejected() {
    let folder = repository();
    let posing = folder.path().join("docs/sms");
    fs::create_dir_all(posing.join("content")).unwrap();
    assert!(Git::of(&posing).is_ok());
    for parts in [&["objects", "refs"][..], &["commondir"]] {
        fs::write(posing.join("HEAD"), "ref: refs/heads/main\n").unwrap();
        parts.iter().for_each(|part| fs::create_dir_all(posing.join(part)).unwrap());
        for handbook in [&posing, &posing.join("content")] {
            let refused = Git::of(handbook).unwrap_err();
            assert!(matches!(&refused, GitError::Refused(why) if why.contains("bare Git repository")), "{refused:?}");
        }
        parts.iter().for_each(|part| fs::remove_dir(posing.join(part)).unwrap());
    }
}

#[test]
fn a_slow_process_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let slow = folder.path().join("git");
    fs::write(&slow, "#!/bin/sh\nexec sleep 60\n").unwrap();
    fs::set_permissions(&slow, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let child = Command::new(&slow).stdout(Stdio::piped()).spawn().unwrap();
    let watchdog = Watchdog::watch(&child, Duration::from_millis(50));
    assert!(!child.wait_with_output().unwrap().status.success());
    assert!(watchdog.has_stopped_program());
}

#[test]
fn only_full_names_are_object_names() {
    let name = "0123456789abcdef0123456789ABCDEF01234567";
    assert_eq!(name.parse::<ObjectName>().unwrap().as_str(), name.to_lowercase());
    for text in ["", "HEAD", "0123456", "--output=x", &"g".repeat(40), &format!("{name}\n")] {
        assert!(text.parse::<ObjectName>().is_err(), "{text:?}");
    }
}
