//! The example shop: a bicycle shop's last ten months, recorded through the same gate as everything else.

use crate::malformed::Malformed;
use crate::parse::parse;
use crate::run::{Failure, Runner};
use std::fmt;

/// The day book as it is kept. Its dates end on its own last day.
pub const TEXT: &str = include_str!("example.daybook");

/// The entries it records, for [`codec::retell`]. The app comes with this text and without the notation.
///
/// # Errors
/// When the day book is not one, or says what the ledger refuses: a mistake in this program.
pub fn tale() -> Result<String, NotMade> {
    let daybook = parse(TEXT).map_err(NotMade::Malformed)?;
    let currency = daybook.currency.clone().ok_or(NotMade::NoShop)?;
    let mut runner = Runner::new(&daybook);
    let entries = daybook.lines.iter().filter_map(|line| runner.line(line).transpose());
    let entries = entries.collect::<Result<Vec<_>, _>>().map_err(NotMade::Refused)?;
    Ok(codec::retell::tale(&entries, &currency))
}

/// Why there is no example shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotMade {
    /// A line is not in the notation.
    Malformed(Malformed),
    /// The ledger refuses an act.
    Refused(Failure),
    /// It opens no shop.
    NoShop,
}

impl fmt::Display for NotMade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(malformed) => write!(f, "the example shop, {malformed}"),
            Self::Refused(failure) => write!(f, "the example shop, line {}: {}", failure.line, failure.found),
            Self::NoShop => f.write_str("the example shop opens no shop"),
        }
    }
}

impl std::error::Error for NotMade {}
