//! The cost of whole runs of Clausebook on handbooks of several sizes, compared with the minimum that they could cost.
//!
//! `cargo bench --bench handbook -- --help` lists the options; benches/README.md explains the figures. Targets are
//! printed beside the measurements and never fail the run, because a busy machine also misses them.

mod entries;
mod experiments;
mod floor;
mod generator;
mod hugo;
mod lists;
mod measure;
mod mistakes;
#[expect(dead_code, reason = "the tests of the index use the rest")]
mod reader;
mod shapes;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

use experiments::{EXPERIMENTS, Experiment};
use measure::machine;
use measure::process;
use measure::stage::{Setup, Stage};
use measure::table::Table;

/// Measures Clausebook on made-up handbooks.
#[derive(Parser)]
struct Arguments {
    /// Sizes of the handbooks to measure.
    #[arg(long, value_delimiter = ',', default_value = "100,1000,10000")]
    documents: Vec<usize>,
    /// Measures 50,000 documents too, as far as these say more; that takes about as long as all the rest.
    #[arg(long)]
    largest: bool,
    /// Runs of each program; the median is shown. By default 11, 5 or 3, the fewer the larger.
    #[arg(long)]
    runs: Option<usize>,
    /// A Hugo binary to measure beside; the binary itself, as a wrapper's own time would count.
    #[arg(long)]
    hugo: Option<PathBuf>,
    /// Folder to work in, on the disk to measure; by default one in memory.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Experiments to run; by default all.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Given by `cargo bench`; without it one small round is run as a test.
    #[arg(long, hide = true, global = true)]
    bench: bool,
    #[command(subcommand)]
    tool: Option<Tool>,
}

/// Parts of a measurement as programs of their own.
#[derive(Subcommand)]
enum Tool {
    /// Writes a handbook of so many documents.
    Generate {
        folder: PathBuf,
        documents: usize,
        /// Adds mistakes to every document.
        #[arg(long)]
        mistakes: bool,
        /// Adds registers with so many entries.
        #[arg(long, default_value_t = 0)]
        entries: usize,
    },
    /// Writes a handbook in which one thing is as large as the handbook.
    GenerateShape { folder: PathBuf, size: usize, name: String },
    /// Writes the same documents as a Hugo site.
    GenerateHugo { folder: PathBuf, documents: usize },
    /// Builds a handbook's documents the cheapest way.
    Floor { source: PathBuf, output: PathBuf },
    /// Runs a command and prints what it used.
    #[command(hide = true)]
    Measure {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        command: Vec<std::ffi::OsString>,
    },
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    match arguments.tool {
        Some(Tool::Generate { folder, documents, mistakes, entries }) => {
            let summary = generator::write_handbook(&folder, documents)?;
            if mistakes {
                mistakes::add_mistakes(&folder, documents)?;
            }
            if entries > 0 {
                entries::add_entries(&folder, documents, entries)?;
            }
            println!("{} documents, {} bytes, in {}", summary.documents, summary.bytes, folder.display());
            Ok(())
        }
        Some(Tool::GenerateShape { folder, size, name }) => Ok(shapes::write(&folder, size, &name)?),
        Some(Tool::GenerateHugo { folder, documents }) => Ok(hugo::write_site(&folder, documents)?),
        Some(Tool::Floor { source, output }) => floor::build(&source, &output),
        Some(Tool::Measure { command }) => process::measure_and_print(&command),
        None => measure_all(&arguments),
    }
}

/// The size that `--largest` adds.
const LARGEST_DOCUMENT_COUNT: usize = 50_000;

fn measure_all(arguments: &Arguments) -> Result<()> {
    let setting = Setup::new(arguments.folder.as_deref(), arguments.hugo.clone())?;
    println!("{setting}");
    let mut table = Table::default();
    let load = machine::load_average();
    for documents in sizes(arguments) {
        let runs = if arguments.bench { arguments.runs } else { Some(1) };
        let stage = Stage::new(&setting, documents, runs)?;
        println!("\n{stage}");
        for experiment in EXPERIMENTS.iter().filter(|experiment| should_run(arguments, experiment, documents)) {
            let report = (experiment.run)(&stage)?;
            print!("\n{report}");
            table.add(documents, &report);
        }
    }
    println!("\n{}\n", setting.machine);
    if let Some((before, after)) = load.zip(machine::load_average()) {
        println!("Load when it began: {before}; when it ended: {after}\n");
    }
    print!("{table}");
    Ok(())
}

fn sizes(arguments: &Arguments) -> Vec<usize> {
    match (arguments.bench, arguments.largest) {
        (false, _) => vec![60],
        (true, false) => arguments.documents.clone(),
        (true, true) => arguments.documents.iter().copied().chain([LARGEST_DOCUMENT_COUNT]).collect(),
    }
}

/// Whether to run an experiment: it was named, or none was and it is informative at this size.
fn should_run(arguments: &Arguments, experiment: &Experiment, documents: usize) -> bool {
    match &*arguments.only {
        [] => documents < LARGEST_DOCUMENT_COUNT || experiment.is_for_largest,
        names => names.iter().any(|name| name == experiment.name),
    }
}
