//! Turns the catalogues in `standards/` into the form that the program reads when it starts.
//!
//! They are kept as YAML, which people read and which may hold comments; every command reads them, and JSON takes an
//! eighth of the time.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=standards");
    let out = env::var_os("OUT_DIR").ok_or("no OUT_DIR")?;
    for entry in fs::read_dir("standards")? {
        let file = entry?.path();
        let catalogue: serde_json::Value = serde_yaml::from_str(&fs::read_to_string(&file)?)
            .map_err(|error| format!("{}: {error}", file.display()))?;
        let name = Path::new(file.file_name().ok_or("no name")?).with_extension("json");
        fs::write(Path::new(&out).join(name), serde_json::to_string(&catalogue)?)?;
    }
    Ok(())
}
