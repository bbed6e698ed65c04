//! The lines of an order that came back, with a quantity each, as typed.

use super::{Errors, Field, Problem};
use crate::forms::{notation::written, typed};
use ledger::quantity::Quantity;
use ledger::rules::{LineName, ReturnAsked};
use ledger::view::order::LineReturn;
use serde::{Deserialize, Serialize};

/// The quantity of one line; the row is the number of the line.
pub const RETURNED: &str = "returned";

/// A line that can come back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ReturnedDraft {
    /// The number of the line in the order, from 1.
    pub line: u32,
    /// Empty: nothing of it came back.
    pub qty: String,
}

/// The lines of an order of which something is left to come back; the quantity is that of the only one, otherwise empty.
#[must_use]
pub fn open_lines(returns: &[LineReturn]) -> Vec<ReturnedDraft> {
    let open = (1_u32..).zip(returns).filter(|(_, back)| back.left.is_positive());
    let mut lines: Vec<_> = open.map(|(line, back)| ReturnedDraft { line, qty: typed(back.left) }).collect();
    if lines.len() > 1 {
        lines.iter_mut().for_each(|line| line.qty.clear());
    }
    lines
}

/// The lines that come back; `returns` says what is left of each line of the order.
///
/// # Errors
/// A quantity that is no number or more than is left, and no quantity at all although lines were to come back.
pub fn read(
    drafts: &[ReturnedDraft],
    returns: &[LineReturn],
    errors: &mut Errors,
) -> Option<Vec<ReturnAsked>> {
    let blank = |draft: &ReturnedDraft| draft.qty.trim().is_empty();
    if let Some(first) = drafts.first().filter(|_| drafts.iter().all(blank)) {
        errors.push(Field::of(RETURNED, first.line), Problem::Missing);
        return None;
    }
    let mut asked = Vec::new();
    for draft in drafts.iter().filter(|draft| !blank(draft)) {
        let left = usize::try_from(draft.line).ok().and_then(|line| returns.get(line.checked_sub(1)?));
        let most = left.map_or(Quantity::ZERO, |back| back.left);
        let qty = quantity(&draft.qty).filter(|qty| qty.is_positive() && *qty <= most);
        let qty = errors.take(Field::of(RETURNED, draft.line), qty.ok_or(Problem::NotAReturn { most }))?;
        asked.push(ReturnAsked { line: LineName::Number(draft.line), qty });
    }
    Some(asked)
}

/// A quantity as it is typed, in the notation of the page.
fn quantity(text: &str) -> Option<Quantity> {
    let number = written().read_typed(text.trim()).filter(|number| number.with_a_decimal_mark.is_none())?;
    Quantity::parse(&number.plain)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn left(pieces: u32) -> LineReturn {
        LineReturn { returned: 0, left: Quantity::whole(pieces) }
    }

    fn typed(line: u32, qty: &str) -> ReturnedDraft {
        ReturnedDraft { line, qty: qty.into() }
    }

    #[test]
    fn only_lines_with_something_left_are_offered() {
        assert_eq!(open_lines(&[left(0), left(2)]), [typed(2, "2")]);
        assert_eq!(open_lines(&[left(1), left(0), left(2)]), [typed(1, ""), typed(3, "")]);
    }

    #[test]
    fn a_quantity_is_at_most_what_is_left() {
        let returns = [left(1), left(2)];
        let read_all = |drafts: &[ReturnedDraft]| {
            let mut errors = Errors::default();
            (read(drafts, &returns, &mut errors), errors)
        };
        let asked = ReturnAsked { line: LineName::Number(2), qty: Quantity(500) };
        assert_eq!(read_all(&[typed(1, ""), typed(2, " 0.5 ")]), (Some(vec![asked]), Errors::default()));
        for wrong in ["3", "0", "x", "-1"] {
            let problem = Problem::NotAReturn { most: Quantity::whole(2) };
            let expected = Errors::one(Field::of(RETURNED, 2), problem);
            assert_eq!(read_all(&[typed(2, wrong)]), (None, expected), "{wrong}");
        }
        let missing = Errors::one(Field::of(RETURNED, 1), Problem::Missing);
        assert_eq!(read_all(&[typed(1, ""), typed(2, " ")]), (None, missing));
        assert_eq!(read_all(&[]), (Some(Vec::new()), Errors::default()));
    }
}
