//! Reading what git writes, without being woken for each of the small pieces in which it writes much.

use std::io::{self, Read};
use std::process::{Child, ChildStdout};
use std::thread;
use std::time::Duration;

use crate::platform;

/// How much git may write before somebody reads it, in bytes.
const PIPE_SIZE: usize = 1024 * 1024;
/// Less than this, in bytes, is all that git has to say, or is followed by so much that it is worth waiting for.
const SMALL_CHUNK: usize = 4 * 1024;
/// So much, in bytes, is read at once when there is as much.
const CHUNK_SIZE: usize = 64 * 1024;
/// How long git is left alone after a piece that was no more than that.
const PAUSE: Duration = Duration::from_millis(1);

/// What a process writes. After a small piece of a long answer it waits a moment before it reads on, so that there is more to
/// read; only where the pipe takes in what is written meanwhile.
#[derive(Debug)]
pub(super) struct Answer {
    pipe: ChildStdout,
    is_wide: bool,
    waits: bool,
}

impl Answer {
    /// The answer of a process whose output is a pipe.
    ///
    /// # Errors
    /// When it is none, or was taken already.
    pub(super) fn of(process: &mut Child) -> io::Result<Answer> {
        let pipe = process.stdout.take().ok_or_else(|| io::Error::other("git has no output"))?;
        let is_wide = platform::widen(&pipe, PIPE_SIZE);
        Ok(Answer { pipe, is_wide, waits: false })
    }
}

impl Read for Answer {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.waits {
            thread::sleep(PAUSE);
        }
        let read = self.pipe.read(buffer)?;
        self.waits = self.is_wide && (SMALL_CHUNK..buffer.len().min(CHUNK_SIZE)).contains(&read);
        Ok(read)
    }
}

/// All that a process wrote.
pub(super) struct Output {
    pub(super) answer: Vec<u8>,
    pub(super) errors: Vec<u8>,
}

/// Reads all that a process writes, until it closes its ends.
///
/// # Errors
/// When reading fails.
pub(super) fn all(process: &mut Child) -> io::Result<Output> {
    // Whichever of the two is written, it must not wait until the other one has been read.
    let errors = process.stderr.take().map(|pipe| thread::spawn(move || read_all(pipe)));
    let answer = read_all(Answer::of(process)?)?;
    let errors = errors.map(|reading| reading.join().unwrap_or_else(|_| Ok(Vec::new()))).transpose()?;
    Ok(Output { answer, errors: errors.unwrap_or_default() })
}

fn read_all(mut pipe: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    pipe.read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn output_is_read_completely_in_any_chunks() {
        let script = "for i in 1 2 3 4 5 6 7 8 9; do head -c 5000 /dev/zero; sleep 0.01; done; head -c 3000000 /dev/zero; head -c 200000 /dev/zero >&2";
        let mut command = Command::new("sh");
        let mut process =
            command.args(["-c", script]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a shell");
        let said = all(&mut process).expect("its output");
        assert_eq!((said.answer.len(), said.errors.len()), (3_045_000, 200_000));
        assert!(process.wait().expect("its end").success());
    }
}
