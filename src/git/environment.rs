//! The environment of git, set so that its answers depend only on the repository's objects and it does not run other
//! programs.

use std::ffi::OsStr;
use std::process::Command;

use crate::program;

/// Settings on the command line, which override every file. A version that does not know a setting ignores it.
const GIT_SETTINGS: &[&str] = &[
    // Only repositories in a folder `.git`.
    "safe.bareRepository=explicit",
    // No network, no remote helpers, no credentials.
    "protocol.allow=never",
    "credential.helper=",
    "core.askPass=",
    "core.sshCommand=false",
    "core.gitProxy=false",
    // No programs for file monitoring, signatures, differences, hooks or alternates.
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.alternateRefsCommand=false",
    "core.editor=false",
    "gpg.program=false",
    "gpg.ssh.program=false",
    "gpg.x509.program=false",
    "log.showSignature=false",
    "gc.auto=0",
    "maintenance.auto=false",
    // The same answer everywhere.
    "log.showRoot=true",
    "log.follow=false",
    "log.mailmap=false",
    "log.decorate=false",
    "log.diffMerges=separate",
    "i18n.logOutputEncoding=UTF-8",
    "color.ui=false",
    "core.quotePath=false",
    "submodule.recurse=false",
    "diff.ignoreSubmodules=none",
    "diff.relative=false",
];

/// Options of git itself, before its command.
const OPTIONS: &[&str] = &["--no-pager", "--no-replace-objects", "--literal-pathspecs", "--no-optional-locks"];

/// Environment variables set for git.
const VARIABLES: &[(&str, &str)] = &[
    ("GIT_NO_LAZY_FETCH", "1"),
    // A list of allowed protocols overrides every file; no protocol has this name.
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_PROTOCOL_FROM_USER", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_ATTR_NOSYSTEM", "1"),
    // Only the parents that commits name count.
    ("GIT_GRAFT_FILE", "/dev/null"),
    ("LC_ALL", "C"),
];

/// Variables with which users configure git: which files it reads, and whose repositories it trusts.
const KEPT_VARIABLES: &[&str] = &[
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_COUNT",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_EXEC_PATH",
];
/// Prefixes of such variables that are followed by a number.
const KEPT_NUMBERED_PREFIXES: &[&str] = &["GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_"];

/// The options at the start of every call.
pub(super) fn options() -> impl Iterator<Item = &'static str> {
    OPTIONS.iter().copied().chain(GIT_SETTINGS.iter().flat_map(|setting| ["-c", *setting]))
}

/// Removes variables that would redirect git, as those of a hook do, and sets the required ones.
pub(super) fn prepare(command: &mut Command) {
    for (name, _) in std::env::vars_os().filter(|(name, _)| !is_kept(name)) {
        command.env_remove(name);
    }
    command.env_remove("LANGUAGE").env("PATH", program::search_path()).envs(VARIABLES.iter().copied());
}

fn is_kept(name: &OsStr) -> bool {
    let Some(name) = name.to_str() else { return true };
    let is_numbered = KEPT_NUMBERED_PREFIXES.iter().any(|prefix| name.starts_with(prefix));
    !name.starts_with("GIT_") || KEPT_VARIABLES.contains(&name) || is_numbered
}
