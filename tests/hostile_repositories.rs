//! A collection of malicious repositories that try to run a program when somebody only checks the handbook in them.
//!
//! Each trap is first tried with plain git, where it must work; then with every command of Clausebook, where it must
//! not.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use assert_cmd::cargo::CommandCargoExt;
use tempfile::TempDir;

/// Every command that could run git on the handbook's folder; the first two and the last eight do.
const COMMANDS: [&[&str]; 15] = [
    &["check", "--as-of", "2026-11-22", "--limit", "999"],
    &["check", "--as-of", "2026-11-22", "--base", "HEAD"],
    &["status", "--as-of", "2026-11-22"],
    &["build", "-q", "--as-of", "2026-11-22"],
    &["review", "PRO-CHG-001", "--by", "Lead", "--on", "2026-11-22", "--dry-run"],
    &["new", "policy", "Another", "--dry-run"],
    &["explain", "8.6.1"],
    &["check", "--at", "2026-10-01"],
    &["status", "--at", "HEAD~1"],
    &["build", "-q", "--at", "2026-03-02"],
    &["show", "POL-CHG-001", "--at", "2026-03-02"],
    &["show", "POL-CHG-001", "--at", "2.0"],
    &["diff", "POL-CHG-001", "HEAD~1"],
    &["trend", "--as-of", "2026-11-22"],
    &["build", "-q", "--history", "--as-of", "2026-11-22"],
];

/// A repository with a handbook in `sms/`, in which one document is suspect, so that `check` reads its history.
struct HostileRepository {
    folder: TempDir,
}

/// A way to run a program.
struct AttackVector {
    name: &'static str,
    /// Sets the trap.
    arm: fn(&HostileRepository),
    /// A plain git command that triggers it in the handbook's folder.
    bait: &'static [&'static str],
}

impl HostileRepository {
    fn new() -> HostileRepository {
        let cage = HostileRepository { folder: tempfile::tempdir().unwrap() };
        cage.write("sms/clausebook.yaml", "title: Small\n");
        cage.write("sms/content/policy.md", &policy("1.0", "", "five"));
        cage.write("sms/content/procedure.md", PROCEDURE);
        cage.write(".gitattributes", "*.md diff=trap filter=trap\n");
        let canary = "#!/bin/sh\ntouch \"$(dirname \"$0\")/canary\"\nexit 1\n";
        cage.write("trap", canary);
        fs::set_permissions(cage.path("trap"), fs::Permissions::from_mode(0o755)).unwrap();
        cage.git(&["init", "-q", "-b", "main"]);
        cage.commit("2026-03-02");
        let change = "changes:\n  - {version: '2.0', on: 2026-10-01, summary: Quicker.}\n";
        cage.write("sms/content/policy.md", &policy("2.0", change, "three"));
        cage.commit("2026-10-01");
        cage
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    fn trap_path(&self) -> String {
        self.path("trap").display().to_string()
    }

    /// Adds to the repository's Git configuration.
    fn configure(&self, text: &str) {
        let text = text.replace("TRAP", &self.trap_path()).replace("HERE", &self.folder.path().display().to_string());
        let file = self.path(".git/config");
        fs::write(&file, fs::read_to_string(&file).unwrap() + "\n" + &text).unwrap();
    }

    fn git(&self, arguments: &[&str]) -> String {
        self.git_with(arguments, "2026-10-02")
    }

    fn git_with(&self, arguments: &[&str], day: &str) -> String {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
        let mut command = Command::new("git");
        command.current_dir(self.folder.path()).env("GIT_COMMITTER_DATE", format!("{day}T12:00:00+0000"));
        let output = command.args(identity).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn commit(&self, day: &str) {
        self.git_with(&["add", "-A"], day);
        self.git_with(&["commit", "-q", "--no-verify", "-m", "x"], day);
    }

    /// Deletes an object, so that reading it would contact the remote that promised it.
    fn delete_object(&self, revision: &str) {
        let name = self.git(&["rev-parse", revision]);
        fs::remove_file(self.path(".git/objects").join(&name[..2]).join(&name[2..])).unwrap();
    }

    /// Adds a signature to the last commit.
    fn sign(&self) {
        let commit = self.git(&["cat-file", "commit", "HEAD"]);
        let signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQEzBAABCAAdFiEE\n -----END PGP SIGNATURE-----\n";
        self.write("commit.txt", &(commit.replacen("\n\n", &format!("\n{signature}\n"), 1) + "\n"));
        let name = self.git(&["hash-object", "-t", "commit", "-w", "commit.txt"]);
        self.git(&["update-ref", "refs/heads/main", &name]);
    }

    /// Whether the trap was triggered since the last call.
    fn was_triggered(&self) -> bool {
        let canaries = [self.path("canary"), self.path("sms/canary")];
        canaries.iter().filter(|canary| fs::remove_file(canary).is_ok()).count() > 0
    }

    fn clausebook(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
        let mut command = Command::cargo_bin("clausebook").unwrap();
        command.current_dir(self.path("sms")).args(arguments).envs(environment.iter().copied());
        command.output().unwrap()
    }
}

fn policy(version: &str, change: &str, days: &str) -> String {
    format!(
        "---\nid: POL-CHG-001\ntitle: Change policy\ntype: policy\nversion: '{version}'\nstatus: approved\nowner: Lead\n\
         approver: Director\napproved: 2026-03-02\n{change}---\n\n# Approval\n\nA change is approved within {days} days.\n"
    )
}

const PROCEDURE: &str = "---\nid: PRO-CHG-001\ntitle: Change procedure\ntype: procedure\nversion: '1.0'\nstatus: approved\n\
                         owner: Lead\napprover: Director\napproved: 2026-03-05\ndepends_on: [POL-CHG-001]\n---\n\nAs the \
                         policy says.\n";

/// Turns the handbook's folder into a bare repository whose missing objects are promised by a remote.
fn pose_as_bare(cage: &HostileRepository) {
    let copy = |from: &str, to: &str| {
        let status = Command::new("cp").arg("-r").arg(cage.path(from)).arg(cage.path(to)).status();
        assert!(status.unwrap().success());
    };
    let lost = cage.git(&["rev-parse", "HEAD~1:sms/content/policy.md"]);
    ["HEAD", "objects", "refs"].iter().for_each(|part| copy(&format!(".git/{part}"), &format!("sms/{part}")));
    fs::remove_file(cage.path("sms/objects").join(&lost[..2]).join(&lost[2..])).unwrap();
    let settings =
        PROMISOR.replace("TRAP", &cage.trap_path()).replace("HERE", &cage.folder.path().display().to_string());
    cage.write("sms/config", &format!("[core]\n\tbare = true\n{settings}"));
}

const PROMISOR: &str = "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n\
                        [remote \"origin\"]\n\tpromisor = true\n\turl = HERE\n\tuploadpack = TRAP\n\
                        [protocol \"file\"]\n\tallow = always\n";

const TRAPS: &[AttackVector] = &[
    AttackVector {
        name: "a folder that poses as a bare repository",
        arm: pose_as_bare,
        bait: &["-c", "safe.bareRepository=all", "cat-file", "-p", "HEAD~1:sms/content/policy.md"],
    },
    AttackVector {
        name: "a remote that promises an object",
        arm: |cage| {
            cage.delete_object("HEAD~1:sms/content/policy.md");
            cage.configure(PROMISOR);
        },
        bait: &["log", "-p"],
    },
    AttackVector {
        name: "a remote with a helper of its own",
        arm: |cage| {
            cage.delete_object("HEAD~1:sms/content/policy.md");
            cage.configure(&PROMISOR.replace("url = HERE", "url = ext::TRAP").replace("\"file\"", "\"ext\""));
        },
        bait: &["log", "-p"],
    },
    AttackVector {
        name: "a connection with a program of its own",
        arm: |cage| {
            cage.delete_object("HEAD~1:sms/content/policy.md");
            let ssh = PROMISOR.replace("url = HERE", "url = ssh://localhost/x").replace("\"file\"", "\"ssh\"");
            cage.configure(&(ssh + "[core]\n\tsshCommand = TRAP\n"));
        },
        bait: &["log", "-p"],
    },
    AttackVector {
        name: "settings that another file includes",
        arm: |cage| {
            cage.delete_object("HEAD~1:sms/content/policy.md");
            let config =
                PROMISOR.replace("TRAP", &cage.trap_path()).replace("HERE", &cage.folder.path().display().to_string());
            cage.write("more.txt", &config);
            cage.configure("[core]\n\trepositoryformatversion = 1\n[include]\n\tpath = ../more.txt\n[extensions]\n\tpartialClone = origin\n");
        },
        bait: &["log", "-p"],
    },
    AttackVector {
        name: "settings of a work tree",
        arm: |cage| {
            cage.sign();
            cage.configure("[core]\n\trepositoryformatversion = 1\n[extensions]\n\tworktreeConfig = true\n");
            let signatures = "[log]\n\tshowSignature = true\n[gpg]\n\tprogram = TRAP\n";
            cage.write(".git/config.worktree", &signatures.replace("TRAP", &cage.trap_path()));
        },
        bait: &["log", "-1"],
    },
    AttackVector {
        name: "a checker of signatures",
        arm: |cage| {
            cage.sign();
            cage.configure("[log]\n\tshowSignature = true\n[gpg]\n\tprogram = TRAP\n");
        },
        bait: &["log", "-1"],
    },
    AttackVector {
        name: "a repository elsewhere, named by a file",
        arm: |cage| {
            cage.sign();
            cage.configure("[log]\n\tshowSignature = true\n[gpg]\n\tprogram = TRAP\n");
            fs::rename(cage.path(".git"), cage.path("elsewhere")).unwrap();
            cage.write(".git", "gitdir: elsewhere\n");
        },
        bait: &["log", "-1"],
    },
    AttackVector {
        name: "a program that shows differences",
        arm: |cage| cage.configure("[diff]\n\texternal = TRAP\n"),
        bait: &["log", "-p", "--ext-diff"],
    },
    AttackVector {
        name: "a program that makes text of files",
        arm: |cage| cage.configure("[diff \"trap\"]\n\ttextconv = TRAP\n"),
        bait: &["log", "-p"],
    },
    AttackVector {
        name: "a filter of files",
        arm: |cage| cage.configure("[filter \"trap\"]\n\tsmudge = TRAP\n\tclean = TRAP\n\trequired = true\n"),
        bait: &["cat-file", "--filters", "HEAD:sms/content/policy.md"],
    },
    AttackVector {
        name: "a monitor of files",
        arm: |cage| cage.configure("[core]\n\tfsmonitor = TRAP\n"),
        bait: &["status"],
    },
    AttackVector {
        name: "a pager",
        arm: |cage| cage.configure("[core]\n\tpager = TRAP\n[pager]\n\tlog = TRAP\n\trev-parse = TRAP\n"),
        // Plain git uses a pager only at a terminal.
        bait: &[],
    },
    AttackVector {
        name: "a hook",
        arm: |cage| {
            cage.write(
                "hooks/post-index-change",
                &fs::read_to_string(cage.path("trap")).unwrap().replace("/canary", "/../canary"),
            );
            fs::set_permissions(cage.path("hooks/post-index-change"), fs::Permissions::from_mode(0o755)).unwrap();
            cage.configure("[core]\n\thooksPath = HERE/hooks\n");
        },
        bait: &["reset", "-q", "--mixed"],
    },
    AttackVector {
        name: "another name for a command",
        arm: |cage| cage.configure("[alias]\n\tlog = !TRAP\n\trev-parse = !TRAP\n\tcat-file = !TRAP\n\tx = !TRAP\n"),
        bait: &["x"],
    },
    AttackVector {
        name: "a command for other repositories' references",
        arm: |cage| {
            cage.write(".git/objects/info/alternates", &cage.path("other/objects").display().to_string());
            cage.git(&["init", "-q", "--bare", "other"]);
            cage.configure("[core]\n\talternateRefsCommand = TRAP\n");
        },
        bait: &["rev-list", "--alternate-refs", "HEAD"],
    },
];

#[test]
fn no_repository_makes_its_own_program_run() {
    for trap in TRAPS {
        let cage = HostileRepository::new();
        (trap.arm)(&cage);
        let mut bait = Command::new("git");
        let _ = bait.current_dir(cage.path("sms")).args(trap.bait).output();
        assert!(cage.was_triggered() || trap.bait.is_empty(), "{} snaps at plain git", trap.name);
        for command in COMMANDS {
            let output = cage.clausebook(command, &[]);
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(!cage.was_triggered(), "{}: {command:?}\n{stderr}", trap.name);
            assert!(!stderr.contains("panicked"), "{}: {command:?}\n{stderr}", trap.name);
        }
    }
}

#[test]
fn the_environment_leads_git_nowhere_else() {
    let (cage, hostile) = (HostileRepository::new(), HostileRepository::new());
    hostile.sign();
    hostile.configure("[log]\n\tshowSignature = true\n[gpg]\n\tprogram = TRAP\n");
    let elsewhere = hostile.path(".git").display().to_string();
    let path = format!(".:{}:", std::env::var("PATH").unwrap());
    cage.write("sms/git", &fs::read_to_string(cage.path("trap")).unwrap());
    fs::set_permissions(cage.path("sms/git"), fs::Permissions::from_mode(0o755)).unwrap();
    let trap = cage.trap_path();
    let environment = [
        ("GIT_DIR", elsewhere.as_str()),
        ("GIT_EXTERNAL_DIFF", &trap),
        ("GIT_SSH_COMMAND", &trap),
        ("GIT_PAGER", &trap),
        ("PATH", &path),
    ];
    for command in COMMANDS {
        let output = cage.clausebook(command, &environment);
        assert!(
            !cage.was_triggered() && !hostile.was_triggered(),
            "{command:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let output = cage.clausebook(COMMANDS[0], &environment);
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(
        stdout.contains("approved within five days"),
        "the history is that of the handbook's own repository: {stdout}"
    );
}

#[test]
fn settings_of_a_repository_change_no_answer() {
    let check_with = |settings: &str| {
        let cage = HostileRepository::new();
        cage.configure(settings);
        String::from_utf8(cage.clausebook(COMMANDS[0], &[]).stdout).unwrap()
    };
    let plain = check_with("");
    assert!(plain.contains("approved within five days"), "{plain}");
    for settings in [
        "[log]\n\tshowRoot = false\n",
        "[i18n]\n\tlogOutputEncoding = UTF-16\n",
        "[color]\n\tui = always\n",
        "[diff]\n\torderFile = /nowhere/at/all\n\trenames = copies\n\trelative = false\n\tignoreSubmodules = all\n",
        "[log]\n\tfollow = true\n\tdecorate = full\n\tmailmap = true\n\tdiffMerges = off\n[mailmap]\n\tfile = /nowhere\n",
        "[core]\n\tabbrev = 4\n\tquotePath = true\n[format]\n\tpretty = raw\n[notes]\n\tdisplayRef = refs/notes/*\n",
    ] {
        assert_eq!(check_with(settings), plain, "{settings}");
    }
}
