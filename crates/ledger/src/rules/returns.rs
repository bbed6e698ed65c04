//! Lines that come back with a refund or a credit note: the input, and the checks that both share.

use crate::account::order::Order;
use crate::entry::returned::Returned;
use crate::id::Id;
use crate::quantity::Quantity;
use crate::refusal::Refusal;
use crate::rules::case::Case;

/// How a line of an order is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineName {
    /// By its number, from 1.
    Number(u32),
    /// By its text, which must be unique in the order.
    Text(String),
}

/// A quantity of one line that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ReturnAsked {
    pub line: LineName,
    pub qty: Quantity,
}

impl ReturnAsked {
    fn number(&self, order: &Order) -> Option<u32> {
        match &self.line {
            LineName::Number(number) => order.line(*number).map(|_| *number),
            LineName::Text(text) => {
                let (_, placed) = order.as_placed()?;
                let mut found = (1_u32..).zip(&placed.lines).filter(|(_, line)| line.text == *text);
                let (number, _) = found.next()?;
                found.next().is_none().then_some(number)
            }
        }
    }
}

/// The input that would return the same lines again.
impl From<&Returned> for ReturnAsked {
    fn from(returned: &Returned) -> Self {
        Self { line: LineName::Number(returned.line), qty: returned.qty }
    }
}

/// The lines by number, in the sequence in which they were asked.
///
/// # Errors
/// UnknownLine if the order has no such line or two with this text, NamedTwice if two items name the same line.
pub(crate) fn returned_lines(
    order: &Order,
    id: &Id,
    asked: &[ReturnAsked],
) -> Result<Vec<Returned>, Refusal> {
    let unknown = |each: &ReturnAsked| {
        let line = match &each.line {
            LineName::Number(number) => number.to_string(),
            LineName::Text(text) => text.clone(),
        };
        Refusal::UnknownLine { order: id.clone(), line }
    };
    let mut lines: Vec<Returned> = Vec::with_capacity(asked.len());
    for each in asked {
        let line = each.number(order).ok_or_else(|| unknown(each))?;
        if lines.iter().any(|other| other.line == line) {
            return Err(Refusal::NamedTwice { id: id.clone() });
        }
        lines.push(Returned { line, qty: each.qty });
    }
    Ok(lines)
}

/// Whether recorded lines are those that were asked.
pub(crate) fn is_same(case: &Case<'_>, id: &Id, asked: &[ReturnAsked], recorded: &[Returned]) -> bool {
    let Some(order) = case.account().orders.get(id) else { return asked.is_empty() && recorded.is_empty() };
    returned_lines(order, id, asked).is_ok_and(|lines| lines == recorded)
}

/// Check: each quantity is above zero.
pub(crate) fn positive(asked: &[ReturnAsked]) -> Result<(), Refusal> {
    if asked.iter().all(|each| each.qty.is_positive()) { Ok(()) } else { Err(Refusal::AmountNotPositive) }
}

/// Check: no more comes back of a line than is left of it.
pub(crate) fn fits(order: &Order, id: &Id, lines: &[Returned]) -> Result<(), Refusal> {
    let too_much = lines.iter().find(|each| each.qty > order.left_to_return(each.line));
    too_much.map_or(Ok(()), |each| {
        let left = order.left_to_return(each.line);
        Err(Refusal::ReturnExceedsLine { order: id.clone(), line: each.line, asked: each.qty, left })
    })
}
