//! Printing: the only place that writes to the terminal.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

/// Style of the word `error`.
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Writes a text to standard output; a reader that went away is no error.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes a text to standard error.
pub(crate) fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Says on standard error why a command could not run.
pub(crate) fn complain(message: &str) {
    if message.starts_with(|c: char| c.is_ascii_lowercase() || c == '`') {
        let _ = writeln!(anstream::stderr(), "{ERROR}error{ERROR:#}: {message}");
    } else {
        note(message);
    }
}
