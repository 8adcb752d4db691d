//! Reading of git's output without waking up for each of the many small pieces in which git writes it.

use std::io::{self, Read};
use std::process::{Child, ChildStdout};
use std::thread;
use std::time::Duration;

use crate::platform;

/// The size of the pipe in bytes: how much git may write before it is read.
const PIPE_SIZE: usize = 1024 * 1024;
/// The minimum size in bytes of a piece after which to pause. A smaller one is either all of git's output, or followed
/// by so much that the next read waits for it anyway.
const SMALL_CHUNK: usize = 4 * 1024;
/// The number of bytes read at once, if available.
const CHUNK_SIZE: usize = 64 * 1024;
/// The pause after a piece that is smaller than [`CHUNK_SIZE`].
const PAUSE: Duration = Duration::from_millis(1);

/// The output of a process. After a small piece of a long answer, the reader pauses so that there is more to read, but
/// only if the pipe can take in what is written meanwhile.
#[derive(Debug)]
pub(super) struct OutputReader {
    pipe: ChildStdout,
    has_wide_pipe: bool,
    must_pause: bool,
}

impl OutputReader {
    /// Takes the output pipe of a process.
    ///
    /// # Errors
    /// If the output is not a pipe, or was taken already.
    pub(super) fn new(process: &mut Child) -> io::Result<OutputReader> {
        let pipe = process.stdout.take().ok_or_else(|| io::Error::other("git has no output"))?;
        let is_wide = platform::enlarge_pipe(&pipe, PIPE_SIZE);
        Ok(OutputReader { pipe, has_wide_pipe: is_wide, must_pause: false })
    }
}

impl Read for OutputReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.must_pause {
            thread::sleep(PAUSE);
        }
        let read = self.pipe.read(buffer)?;
        self.must_pause = self.has_wide_pipe && (SMALL_CHUNK..buffer.len().min(CHUNK_SIZE)).contains(&read);
        Ok(read)
    }
}

/// The complete output of a process.
pub(super) struct Output {
    pub(super) stdout: Vec<u8>,
    pub(super) stderr: Vec<u8>,
}

/// Reads everything that a process writes until it closes its pipes.
///
/// # Errors
/// If reading fails.
pub(super) fn read_output(process: &mut Child) -> io::Result<Output> {
    // The process may write to either pipe, and must not block until the other has been read.
    let errors = process.stderr.take().map(|pipe| thread::spawn(move || read_all(pipe)));
    let stdout = read_all(OutputReader::new(process)?)?;
    let errors = errors.map(|reading| reading.join().unwrap_or_else(|_| Ok(Vec::new()))).transpose()?;
    Ok(Output { stdout, stderr: errors.unwrap_or_default() })
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
        let said = read_output(&mut process).expect("its output");
        assert_eq!((said.stdout.len(), said.stderr.len()), (3_045_000, 200_000));
        assert!(process.wait().expect("its end").success());
    }
}
