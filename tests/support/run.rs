//! The result of a run of the program.
#![allow(dead_code)]

use std::process::Output;

/// The result of a run of the program.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub bytes: Vec<u8>,
    pub out: String,
    pub error: String,
}

impl Run {
    pub fn new(output: Output) -> Run {
        Run {
            code: output.status.code().expect("an exit code"),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            error: String::from_utf8(output.stderr).expect("messages in UTF-8"),
            bytes: output.stdout,
        }
    }

    /// Asserts the exit code, and shows the output if it differs.
    pub fn assert_code(self, code: i32) -> Run {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.error);
        self
    }

    /// Asserts that standard output contains all of these.
    pub fn assert_stdout(self, words: &[&str]) -> Run {
        words.iter().for_each(|word| assert!(self.out.contains(word), "{word:?} is not in:\n{}", self.out));
        self
    }

    /// Asserts that standard error contains all of these.
    pub fn assert_stderr(self, words: &[&str]) -> Run {
        words.iter().for_each(|word| assert!(self.error.contains(word), "{word:?} is not in:\n{}", self.error));
        self
    }

    /// Asserts that standard output contains none of these.
    pub fn assert_not_in_stdout(self, words: &[&str]) -> Run {
        words.iter().for_each(|word| assert!(!self.out.contains(word), "{word:?} is in:\n{}", self.out));
        self
    }
}
