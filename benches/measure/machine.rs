//! The machine on which the figures were measured.

use std::fmt;
use std::fs;

use anyhow::Result;

/// The facts about a machine that affect figures.
pub struct Machine {
    /// The number of processors available to this program.
    pub processors: usize,
    /// The processor's name, if known.
    name: Option<String>,
    /// The size of memory in bytes, if known.
    memory: Option<f64>,
    day: jiff::civil::Date,
}

impl Machine {
    /// Describes this machine, today.
    ///
    /// # Errors
    /// If the number of processors is not known.
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

/// The load average of the last minute, if known.
pub fn load_average() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

/// The first value of a key in a file with lines of the form `key: value`.
fn value(file: &str, key: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let mut pairs = text.lines().filter_map(|line| line.split_once(':'));
    pairs.find(|(name, _)| name.trim() == key).map(|(_, value)| value.to_owned())
}
