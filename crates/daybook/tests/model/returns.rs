//! Returned lines of the model: a list of what each document returned.

use super::order::Order;
use super::{Amount, round};
use ledger::entry::Returned;
use ledger::rules::{LineName, ReturnAsked};

/// What a document returned of a line; the quantity is in thousandths.
#[derive(Debug, Clone)]
pub struct Back {
    pub by: String,
    pub line: u32,
    pub qty: i128,
    pub value: Amount,
}

impl Order {
    fn line(&self, number: u32) -> &ledger::entry::Line {
        &self.placed.lines[number as usize - 1]
    }

    pub fn qty(&self, number: u32) -> i128 {
        i128::from(self.line(number).qty.0)
    }

    pub fn back_of(&self, number: u32) -> i128 {
        self.back.iter().filter(|back| back.line == number).map(|back| back.qty).sum()
    }

    /// The gross of a part of a line.
    pub fn part(&self, number: u32, qty: i128) -> Amount {
        let whole = self.qty(number);
        round(i128::from(self.line(number).gross.0) * qty.min(whole), whole)
    }

    /// V of each line.
    pub fn values(&self, by: &str, returned: &[Returned]) -> Vec<Back> {
        let one = |each: &Returned| {
            let standing: Amount =
                self.back.iter().filter(|back| back.line == each.line).map(|back| back.value).sum();
            let qty = i128::from(each.qty.0);
            let value = (self.part(each.line, self.back_of(each.line) + qty) - standing).max(0);
            Back { by: by.into(), line: each.line, qty, value }
        };
        returned.iter().map(one).collect()
    }

    /// The split of a leg: first over the values of what came back, then over the rest.
    pub fn steer(&self, amount: Amount, back: &[Back]) -> Vec<Amount> {
        let rooms = self.rooms();
        let mut values = vec![0; rooms.len()];
        for each in back.iter().filter(|each| each.value > 0) {
            values[self.group_of(each.line)] += each.value;
        }
        let values: Vec<Amount> = values.iter().zip(&rooms).map(|(value, room)| *value.min(room)).collect();
        let first = amount.min(values.iter().sum());
        let rest: Vec<Amount> = rooms.iter().zip(&values).map(|(room, value)| room - value).collect();
        let steered = in_proportion(first, &values);
        steered.iter().zip(in_proportion(amount - first, &rest)).map(|(one, two)| one + two).collect()
    }

    fn group_of(&self, number: u32) -> usize {
        let line = self.line(number);
        let is_of = |group: &ledger::entry::TaxGroup| (group.rate, group.on_top) == (line.rate, line.on_top);
        self.placed.groups.iter().position(is_of).unwrap()
    }

    /// The lines by number; `None` if one is unknown.
    pub fn named(&self, asked: &[ReturnAsked]) -> Option<Vec<Returned>> {
        let number = |name: &LineName| match name {
            LineName::Number(number) => (1..=self.placed.lines.len()).find(|at| *at == *number as usize),
            LineName::Text(text) => {
                let same = |at: &usize| self.placed.lines[*at - 1].text == *text;
                let all: Vec<usize> = (1..=self.placed.lines.len()).filter(same).collect();
                (all.len() == 1).then(|| all[0])
            }
        };
        let one = |each: &ReturnAsked| {
            Some(Returned { line: u32::try_from(number(&each.line)?).unwrap(), qty: each.qty })
        };
        asked.iter().map(one).collect()
    }
}

/// Splits an amount in proportion: rounded down, the remainder in order.
pub fn in_proportion(amount: Amount, rooms: &[Amount]) -> Vec<Amount> {
    let all: i128 = rooms.iter().map(|room| i128::from(*room)).sum();
    let share = |room: &Amount| i64::try_from(i128::from(amount) * i128::from(*room) / all.max(1)).unwrap();
    let mut parts: Vec<Amount> = rooms.iter().map(share).collect();
    let mut over = amount - parts.iter().sum::<Amount>();
    while over > 0 {
        for (part, room) in parts.iter_mut().zip(rooms) {
            if over > 0 && *part < *room {
                *part += 1;
                over -= 1;
            }
        }
    }
    parts
}
