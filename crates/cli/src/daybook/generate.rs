//! `counterfoil daybook generate`: ten years of an invented shop.

use anyhow::Result;
use clap::Args;
use daybook::generate::{GeneratorOptions, generate};
use std::io::{BufWriter, Write};
use std::process::ExitCode;

/// Prints a realistic day book: every kind of act, ten years from 2016, most orders paid, some unpaid, some refunded.
/// The same arguments give the same bytes on every machine. For trials and measurements.
#[derive(Args)]
pub struct Generate {
    /// The exact number of acts
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=50_000_000))]
    entries: u64,
    /// The seed; another seed gives another shop
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The number of customers; by default one for every twenty acts
    #[arg(long, value_name = "C", value_parser = clap::value_parser!(u64).range(1..))]
    customers: Option<u64>,
}

impl Generate {
    /// Generates and prints.
    ///
    /// # Errors
    /// When output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        let customers = self.customers.unwrap_or(self.entries.div_ceil(20));
        let wanted = GeneratorOptions { entries: self.entries, seed: self.seed, customers };
        let mut out = BufWriter::new(std::io::stdout().lock());
        generate(wanted).try_for_each(|day| out.write_all(day.as_bytes()))?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}
