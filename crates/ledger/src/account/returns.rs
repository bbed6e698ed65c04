//! Returned lines: what came back of each line of an order, and its value.

use crate::account::fold::Fold;
use crate::account::order::Order;
use crate::account::raised::OpenUntil;
use crate::account::returned_line::{LineReturns, ReturnedLine};
use crate::entry::order_placed::Line;
use crate::entry::returned::Returned;
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::round::round_div;

impl Order {
    /// The line with this number, from 1.
    pub fn line(&self, number: u32) -> Option<&Line> {
        let (_, placed) = self.as_placed()?;
        placed.lines.get(usize::try_from(number.checked_sub(1)?).ok()?)
    }

    /// What came back of the line with this number; `None` if nothing did.
    pub fn line_returns(&self, number: u32) -> Option<&LineReturns> {
        self.returned.get(usize::try_from(number.checked_sub(1)?).ok()?)
    }

    /// The quantity of a line that can still come back; zero if there is no such line.
    pub fn left_to_return(&self, number: u32) -> Quantity {
        let back = self.line_returns(number).map_or(0, |returns| returns.qty);
        let whole = self.line(number).map_or(0, |line| u64::from(line.qty.0));
        Quantity(u32::try_from(whole.saturating_sub(back)).unwrap_or(0))
    }

    /// V_i = max(0, round(gross_i · min(q', qty_i)/qty_i) − the values that are not undone), where q' is what is
    /// returned with it. Lines that the order does not have are left out.
    pub fn values(&self, returned: &[Returned]) -> Vec<ReturnedLine> {
        let value = |each: &Returned| {
            let line = self.line(each.line)?;
            let before = self.line_returns(each.line);
            let back = before.map_or(0, |returns| returns.qty) + u64::from(each.qty.0);
            let to_date = part_of(line, back);
            let value = (to_date - before.map_or(Money::ZERO, |returns| returns.value)).or_zero();
            Some(ReturnedLine { line: each.line, qty: each.qty, value })
        };
        returned.iter().filter_map(value).collect()
    }

    /// V_g = Σ V_i of each tax group, at most its room.
    pub fn values_by_group(&self, returned: &[ReturnedLine]) -> Vec<Money> {
        let mut values = vec![Money::ZERO; self.groups.len()];
        for each in returned {
            let group = self.line(each.line).and_then(|line| self.group_of(line));
            if let Some(value) = group.and_then(|group| values.get_mut(group)) {
                *value += each.value;
            }
        }
        values.into_iter().zip(&self.groups).map(|(value, group)| value.min(group.room())).collect()
    }

    /// The index of the tax group of a line; `None` if the lines of its rate and mode come to nothing.
    fn group_of(&self, line: &Line) -> Option<usize> {
        let (_, placed) = self.as_placed()?;
        placed.groups.iter().position(|group| line.is_of(group))
    }

    fn returns_mut(&mut self, number: u32) -> Option<&mut LineReturns> {
        let lines = self.as_placed()?.1.lines.len();
        self.returned.resize_with(lines, LineReturns::default);
        self.returned.get_mut(usize::try_from(number.checked_sub(1)?).ok()?)
    }
}

/// round(gross · min(q, qty)/qty) of a line, `q` in thousandths.
fn part_of(line: &Line, q: u64) -> Money {
    let whole = line.qty.0;
    if whole == 0 {
        return Money::ZERO;
    }
    let part = i128::from(q.min(u64::from(whole)));
    Money(round_div(i128::from(line.gross.0) * part, i128::from(whole)))
}

impl Fold<'_> {
    /// Counts returned lines for a document; quantities count in full, values up to the line. Raises `OverReturned` if
    /// more came back than the line has.
    pub fn take_back(&mut self, order: &Id, document: &Id, returned: &[Returned]) -> Vec<ReturnedLine> {
        if returned.is_empty() {
            return Vec::new();
        }
        let Some(found) = self.order(order) else { return Vec::new() };
        let lines = found.values(returned);
        let (mut missing, mut other, mut over) = (Money::ZERO, None, Vec::new());
        for each in &lines {
            let Some(line) = found.line(each.line).cloned() else { continue };
            let Some(returns) = found.returns_mut(each.line) else { continue };
            returns.qty += u64::from(each.qty.0);
            returns.value += each.value;
            let beyond = returns.qty.saturating_sub(u64::from(line.qty.0));
            if beyond > 0 {
                missing += part_of(&line, beyond.min(u64::from(each.qty.0)));
                other = other.or_else(|| returns.by.last().cloned());
                over.push(each.line);
            }
            returns.by.push(document.clone());
        }
        if !over.is_empty() {
            let until = OpenUntil::LinesFit(order.clone(), over);
            self.raise(Kind::OverReturned, other, Some(order), missing, until);
        }
        lines
    }

    /// Gives the quantities and values of a document back that was undone.
    pub fn give_back(&mut self, order: &Id, document: &Id, lines: &[ReturnedLine]) {
        if lines.is_empty() {
            return;
        }
        let Some(found) = self.order(order) else { return };
        for each in lines {
            if let Some(returns) = found.returns_mut(each.line) {
                returns.qty -= u64::from(each.qty.0);
                returns.value -= each.value;
                returns.by.retain(|by| by != document);
            }
        }
    }
}
