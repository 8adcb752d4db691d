//! A short version of `cargo fuzz`: the same functions, on seeds that are mutated by a fixed sequence.

#[path = "../fuzz/targets.rs"]
#[allow(dead_code)]
mod targets;

use std::fs;

/// The number of runs of each target for each of its seeds, unless `CLAUSEBOOK_FUZZ_RUNS` is set.
const RUNS: usize = 300;

/// A fixed sequence of numbers (xorshift), the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// Fragments that are difficult for parsers of these languages.
const PIECES: [&str; 24] = [
    "---\n",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\t",
    "\r",
    "&a *a",
    "!!x ",
    "{",
    "[",
    "|\n",
    ">-\n",
    "'",
    "\"",
    "<script>",
    "<![CDATA[",
    "```\n",
    "[[",
    "](",
    "$$",
    "{#a clauses=\"",
    "é",
    "\\",
    "../",
];

fn mutate(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut data = seed.to_vec();
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(data.len() + 1);
        match numbers.below(4) {
            0 => data.truncate(at),
            1 => drop(data.splice(at..at, PIECES[numbers.below(PIECES.len())].bytes())),
            2 if at < data.len() => data[at] = numbers.below(256) as u8,
            _ => {
                let end = (at + numbers.below(40)).min(data.len());
                let again: Vec<u8> = data[at..end].to_vec();
                data.splice(at..at, again);
            }
        }
    }
    data
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = format!("{}/fuzz/seeds/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{folder} has seeds");
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

#[test]
fn every_fuzz_target_returns_on_any_input() {
    let runs = std::env::var("CLAUSEBOOK_FUZZ_RUNS").ok().and_then(|text| text.parse().ok()).unwrap_or(RUNS);
    for (name, target) in targets::TARGETS {
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        for seed in seeds(name) {
            target(&seed);
            for _ in 0..runs {
                let data = mutate(&seed, &mut numbers);
                let run = std::panic::catch_unwind(|| target(&data));
                assert!(run.is_ok(), "{name} fails on {:?}", String::from_utf8_lossy(&data));
            }
        }
    }
}

#[test]
fn every_target_can_be_run_for_long() {
    let folder = format!("{}/fuzz", env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(format!("{folder}/Cargo.toml")).unwrap();
    for (name, _) in targets::TARGETS {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name} is not in fuzz/Cargo.toml");
        let text = fs::read_to_string(format!("{folder}/fuzz_targets/{name}.rs")).unwrap();
        assert!(text.contains(&format!("targets::{name}(data)")), "{name}");
    }
    assert_eq!(manifest.matches("[[bin]]").count(), targets::TARGETS.len());
}
