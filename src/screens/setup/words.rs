//! The error messages of the set-up form.

use crate::forms::set_up::{CURRENCY, SHOP};
use crate::forms::{Field, Problem};
use crate::text::say;

/// The error message at the field and in the summary.
pub fn problem_words(field: &Field, problem: &Problem) -> String {
    match problem {
        Problem::NotAPin { fewest, most } => say!(problems.pin, fewest = *fewest, most = *most),
        Problem::TooLong { most, found } => say!(setup.too_long, most = *most, found = *found),
        Problem::CardNumber => say!(setup.card),
        _ if *field == SHOP => say!(setup.need_shop),
        _ if *field == CURRENCY => say!(setup.need_currency),
        _ => say!(setup.need_you),
    }
}
