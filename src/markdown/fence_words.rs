//! Words on the line of a fence that belong to the block: ```` ```cd /srv ```` loses its first command.

use super::info::is_unspaced_script;

/// The words of a fence that name no language, or `None` if they do, or give options to one.
pub(super) fn lost_words(info: &str) -> Option<&str> {
    let info = info.trim();
    let (first, rest) = info.split_once([' ', '\t']).unwrap_or((info, ""));
    let rest = rest.trim();
    let is_command = COMMANDS.contains(&first) && !rest.is_empty() && !is_options(rest);
    (is_command || is_text(first, info)).then_some(info)
}

/// The words of a fence above an empty block: everything that the author wrote.
pub(super) fn lost_words_of_empty_block(info: &str) -> Option<&str> {
    let info = info.trim();
    let (first, rest) = info.split_once([' ', '\t'])?;
    let is_language = first.starts_with(['{', '.', ':']) || first.contains([':', '=', '{', '[']);
    (!is_language && !is_options(rest.trim())).then_some(info)
}

/// Whether words after a language are options of a program: `title="x"`, `{1,3}`, `[Title]`, `"Title"`.
fn is_options(words: &str) -> bool {
    let is_assigned = |word: &str| word.split_once('=').is_some_and(|(key, _)| key.chars().all(is_key));
    words.split_whitespace().any(is_assigned) && !words.starts_with('-') || words.starts_with(['{', '[', '"', '\''])
}

fn is_key(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

/// Whether a first word can only be text or code: a path, a prompt, a value, a tag, a sentence, or another script.
fn is_text(first: &str, info: &str) -> bool {
    let is_path = first.starts_with(['/', '~']) || first.starts_with("./") || first.starts_with("C:\\");
    let is_prompt = matches!(first, "$" | "#" | ">" | "%");
    let is_tag = first.starts_with('<') && info.ends_with('>');
    let is_quotation = first.starts_with(['"', '“', '„', '«']);
    let is_data = info.strip_prefix(['{', '[']).is_some_and(|inner| inner.trim_start().starts_with('"'));
    let is_sentence =
        first.len() > 2 && first.ends_with(['.', '!', '?', ';']) && first.starts_with(char::is_alphabetic);
    let is_script = first.chars().filter(|c| is_unspaced_script(*c)).count() > 1;
    is_path || is_prompt || is_tag || is_quotation || is_data || is_sentence || is_script || is_assignment(first)
}

/// Whether a word assigns a value to a variable, `a=1` and `PATH=/srv`, and not to an option.
fn is_assignment(word: &str) -> bool {
    let Some((name, value)) = word.split_once('=') else { return false };
    let is_name = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_') && !name.is_empty();
    (is_name || name.len() == 1) && !value.is_empty()
}

/// Programs that are not languages of code blocks.
const COMMANDS: &[&str] = &[
    "apt",
    "apt-get",
    "cat",
    "cd",
    "chmod",
    "chown",
    "cp",
    "curl",
    "cut",
    "date",
    "df",
    "dig",
    "dnf",
    "du",
    "echo",
    "export",
    "find",
    "git",
    "grep",
    "head",
    "helm",
    "journalctl",
    "kill",
    "kubectl",
    "ln",
    "ls",
    "mkdir",
    "mount",
    "mv",
    "npm",
    "npx",
    "ping",
    "pip",
    "ps",
    "pwd",
    "reboot",
    "rm",
    "rsync",
    "scp",
    "service",
    "shutdown",
    "ssh",
    "su",
    "sudo",
    "systemctl",
    "tail",
    "tar",
    "touch",
    "umount",
    "unzip",
    "wget",
    "yum",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_sentences_are_distinguished_from_languages() {
        for info in [
            "cd /srv",
            "rm -rf /tmp/x",
            "sudo reboot",
            "curl https://e.org/x?a=b",
            "ls -l",
            "$ ls",
            "a=1",
            "{ \"a\": 1 }",
            "<b>x</b>",
            "\"quoted words\"",
            "Restart.",
            "再起動する",
            "/srv/restart",
        ] {
            assert_eq!(lost_words(info), Some(info));
        }
        for info in [
            "sh",
            "python3 x.py",
            "sh -e",
            "bash nachts",
            "{.sh}",
            "{r setup, echo=FALSE}",
            "title=\"x\"",
            "linenums=\"1\"",
            "git title=\"x\"",
            "js {1,3}",
            "diff",
            "c#",
            "objective-c++",
            "12:15:app/x.ts",
            "sh:/etc/relay.conf",
            "application/json",
            "md.html",
            "",
        ] {
            assert_eq!(lost_words(info), None, "{info}");
        }
        assert!(lost_words_of_empty_block("python3 x.py").is_some());
        for info in ["sh", "{toctree} x", "sh title=\"x\"", "sh {1}", "plantuml:x y"] {
            assert_eq!(lost_words_of_empty_block(info), None, "{info}");
        }
    }
}
