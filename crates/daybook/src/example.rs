//! The example shop: ten months of a bicycle shop, recorded like every other day book.

use crate::malformed::Malformed;
use crate::parse::parse;
use crate::run::{Failure, Runner};
use std::fmt;

/// The day book of the example shop, with its original dates.
pub const TEXT: &str = include_str!("example.daybook");

/// The recorded entries as a [`codec::example_template`]. The app includes this text and not the notation.
///
/// # Errors
/// When the day book is malformed or the ledger refuses an act: a bug in this program.
pub fn template() -> Result<String, ExampleError> {
    let daybook = parse(TEXT).map_err(ExampleError::Malformed)?;
    let currency = daybook.currency.clone().ok_or(ExampleError::NoShop)?;
    let mut runner = Runner::new(&daybook);
    let mut entries = Vec::new();
    for line in &daybook.lines {
        entries.extend(runner.line(line).map_err(ExampleError::Refused)?);
    }
    Ok(codec::example_template::template(&entries, &currency))
}

/// Why the example shop cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExampleError {
    /// A line is not in the notation.
    Malformed(Malformed),
    /// The ledger refuses an act.
    Refused(Failure),
    /// No line opens a shop.
    NoShop,
}

impl fmt::Display for ExampleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(malformed) => write!(f, "the example shop, {malformed}"),
            Self::Refused(failure) => write!(f, "the example shop, line {}: {}", failure.line, failure.found),
            Self::NoShop => f.write_str("the example shop opens no shop"),
        }
    }
}

impl std::error::Error for ExampleError {}
