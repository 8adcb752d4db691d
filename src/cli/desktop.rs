//! Opens an address in the user's browser.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::platform;

use crate::program;

/// A browser that fails after a longer time was used and then closed.
const MAX_FAILURE_TIME: Duration = Duration::from_secs(10);

/// Opens `url` with the first program that can: those in the `BROWSER` environment variable, then those of the desktop.
/// Blocks until that program ends, so call it in a separate thread; returns false if no program could open it.
pub(crate) fn open(url: &str) -> bool {
    let variable = env::var_os("BROWSER").unwrap_or_default();
    let own_commands = env::split_paths(&variable).filter_map(|line| parse_command(line.to_str()?, url));
    let desktop =
        platform::OPENERS.iter().map(|words| words.iter().chain([&url]).map(|word| (*word).to_owned()).collect());
    own_commands.chain(desktop).any(|words| launch(&words))
}

/// Parses a command of `BROWSER`: the address replaces `%s` or is appended. `None` if there is no command.
fn parse_command(line: &str, url: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = line.split_whitespace().map(|word| word.replace("%s", url)).collect();
    if words.is_empty() {
        return None;
    }
    if !line.contains("%s") {
        words.push(url.to_owned());
    }
    Some(words)
}

fn launch(words: &[String]) -> bool {
    let Some((program, arguments)) = words.split_first() else { return false };
    let start = Instant::now();
    let Some(program) = program::find(Path::new(program)) else { return false };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // The Ctrl-C that ends this program must not end the browser.
    platform::start_own_group(&mut command);
    let result = command.status();
    result.is_ok_and(|status| status.success() || start.elapsed() > MAX_FAILURE_TIME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_command_may_place_the_address() {
        assert_eq!(parse_command("firefox", "U"), Some(vec!["firefox".to_owned(), "U".to_owned()]));
        let command = parse_command("chromium  --app=%s --new-window", "U");
        assert_eq!(command, Some(["chromium", "--app=U", "--new-window"].map(str::to_owned).to_vec()));
        assert_eq!(parse_command("  ", "U"), None);
    }
}
