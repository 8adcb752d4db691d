//! The machine that figures come from.

use std::fmt;
use std::fs;

use anyhow::Result;

/// What a figure depends on beside the program.
pub struct Machine {
    /// How many processors this program may use.
    pub processors: usize,
    /// The processor's name; nothing where the system does not tell.
    name: Option<String>,
    /// Bytes of memory.
    memory: Option<f64>,
    day: jiff::civil::Date,
}

impl Machine {
    /// This machine, today.
    ///
    /// # Errors
    /// When the system does not tell how many processors there are.
    pub fn new() -> Result<Machine> {
        let processors = std::thread::available_parallelism()?.get();
        let name = value("/proc/cpuinfo", "model name").map(|name| name.trim().to_owned());
        let memory = value("/proc/meminfo", "MemTotal");
        let memory = memory.and_then(|memory| memory.trim().trim_end_matches(" kB").parse::<f64>().ok());
        let day = jiff::ZonedDateTime::now().date();
        Ok(Machine { processors, name, memory: memory.map(|kibibytes| kibibytes * 1024.0), day })
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clausebook {} on {}: {} processors", env!("CARGO_PKG_VERSION"), self.day, self.processors)?;
        if let Some(name) = &self.name {
            write!(f, " ({name})")?;
        }
        match self.memory {
            Some(memory) => write!(f, ", {:.0} GB of memory", memory / 1e9),
            None => Ok(()),
        }
    }
}

/// How many programs wanted a processor in the last minute, on average; nothing where the system does not tell.
pub fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

/// The first value of a key in a file of lines with `key: value`.
fn value(file: &str, key: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let mut pairs = text.lines().filter_map(|line| line.split_once(':'));
    pairs.find(|(name, _)| name.trim() == key).map(|(_, value)| value.to_owned())
}
