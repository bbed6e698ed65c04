//! `cargo xtask tidy`: the lints of this project that no other tool has.

mod arrows;
mod circles;
mod finding;
mod floats;
mod imports;
mod layers;
mod opening;
mod proofs;
mod scrub;
mod sheets;
mod size;
mod source;
mod tests_out;
mod tokens;
mod views;
mod wildcards;

use anyhow::{Result, bail};

use finding::Finding;
use source::Source;

/// A lint on one Rust file.
type Rule = fn(&Source) -> Vec<Finding>;

const RULES: [Rule; 6] =
    [opening::opening, floats::floats, layers::layers, size::size, views::views, wildcards::wildcards];

/// Runs every lint and prints the findings as `file:line: sentence`.
pub fn tidy() -> Result<()> {
    let sources = source::rust()?;
    let mut found: Vec<Finding> =
        sources.iter().flat_map(|each| RULES.iter().flat_map(|rule| rule(each))).collect();
    for sheet in source::sheets()? {
        found.extend(sheets::sheets(&sheet));
    }
    let imports = imports::imports(&sources);
    found.extend(circles::circles(&imports));
    found.extend(layers::ledger(&imports));
    found.extend(arrows::arrows()?);
    found.extend(proofs::proofs()?);
    if !found.is_empty() {
        found.iter().for_each(|each| println!("{each}"));
        bail!("{} findings", found.len());
    }
    println!("tidy: {} files without findings", sources.len());
    Ok(())
}
