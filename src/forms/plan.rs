//! *Plan payments* as typed: what an order owes, in instalments with a date and an amount each.

use super::date::any;
use super::{Errors, Field, Problem, amount};
use crate::forms::typed_amount;
use crate::sort::sort_by_key;
use ledger::date::Date;
use ledger::entry::Instalment;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::refusal::Refusal;
use ledger::rules::{Act, Command, PlanOrder};
use ledger::view::order::OrderView;

/// The due date of an instalment; the row is its key.
pub const DUE: &str = "plan-due";
/// The amount of an instalment.
pub const AMOUNT: &str = "plan-amount";
/// The button that adds an instalment: errors about all of them refer to it.
pub const ADD: Field = Field::new("plan-add");
/// The most instalments of a plan.
pub const MOST: usize = 60;

/// An instalment as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct PartDraft {
    /// Identifies its fields on the page; a draft never uses a key twice.
    pub key: u32,
    pub due: String,
    pub amount: String,
}

/// A plan as typed.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanDraft {
    /// Created when the dialog opens.
    pub id: Id,
    /// The order.
    pub order: Id,
    /// What the order owes now, in minor units.
    pub owed: Money,
    /// The instalments in any sequence.
    pub parts: Vec<PartDraft>,
    next: u32,
}

impl PlanDraft {
    /// The dialog as it opens: what is open of the present plan, or one instalment of all that is owed.
    #[must_use]
    pub fn new(id: Id, view: &OrderView, currency: &Currency) -> Self {
        let (order, owed) = (view.row.id.clone(), view.row.owed);
        let mut draft = Self { id, order, owed, parts: Vec::new(), next: 1 };
        for part in view.instalments.iter().filter(|part| part.open.is_positive()) {
            draft.add(part.due.to_string(), typed_amount(part.open, currency));
        }
        if draft.parts.is_empty() {
            draft.add(String::new(), typed_amount(owed, currency));
        }
        draft
    }

    fn add(&mut self, due: String, amount: String) {
        self.parts.push(PartDraft { key: self.next, due, amount });
        self.next += 1;
    }

    /// Adds an instalment a month after the last one, of what the others leave.
    pub fn add_part(&mut self, currency: &Currency) {
        let last = self.parts.iter().filter_map(|part| Date::parse(&part.due)).max();
        let due = last.map(|last| month_after(last, 1).to_string()).unwrap_or_default();
        let left = Some(self.left(currency)).filter(|left| left.is_positive());
        self.add(due, left.map(|left| typed_amount(left, currency)).unwrap_or_default());
    }

    /// Removes an instalment.
    pub fn remove_part(&mut self, key: u32) {
        self.parts.retain(|part| part.key != key);
    }

    /// Replaces the instalments by as many equal ones, a month apart; the odd units are on the first ones.
    pub fn split(&mut self, count: usize, first: Date, currency: &Currency) {
        let parts = i64::try_from(count.clamp(1, MOST)).unwrap_or(1);
        self.parts.clear();
        for (at, number) in (0..parts).zip(0_u16..) {
            let amount = Money(self.owed.0 / parts + i64::from(at < self.owed.0 % parts));
            if amount.is_positive() {
                self.add(month_after(first, number).to_string(), typed_amount(amount, currency));
            }
        }
    }

    /// What the instalments leave of what is owed, in minor units; below zero if they are more.
    #[must_use]
    pub fn left(&self, currency: &Currency) -> Money {
        let typed = self.parts.iter().filter_map(|part| amount(&part.amount, currency).ok());
        self.owed - typed.sum::<Money>()
    }

    /// The plan, with the instalments in the order of their dates.
    ///
    /// # Errors
    /// One error for each invalid field: a date that is missing, no date, or that of another instalment; amounts that are
    /// not together what the order owes.
    pub fn command(&self, customer: &Id, currency: &Currency) -> Result<Command, Errors> {
        let (mut errors, mut instalments) = (Errors::default(), Vec::new());
        for part in &self.parts {
            let (at_due, at_amount) = (Field::of(DUE, part.key), Field::of(AMOUNT, part.key));
            let on = read_due(part, &instalments);
            let (on, amount) =
                (errors.take(at_due, on), errors.take(at_amount, amount(&part.amount, currency)));
            instalments.extend(on.zip(amount).map(|(due, amount)| Instalment { due, amount }));
        }
        if self.parts.is_empty() {
            errors.push(ADD, Problem::Missing);
        }
        let planned: Money = instalments.iter().map(|part| part.amount).sum();
        if errors.is_empty() && planned != self.owed {
            let (order, owed) = (self.order.clone(), self.owed);
            let last = self.parts.last().map_or(ADD, |part| Field::of(AMOUNT, part.key));
            errors.push(last, Problem::Refused(Refusal::PlanDoesNotAddUp { order, planned, owed }));
        }
        sort_by_key(&mut instalments, |part| part.due);
        let act = Act::PlanOrder(PlanOrder { order: self.order.clone(), instalments });
        let act = errors.or(Some(act))?;
        Ok(Command { id: self.id.clone(), customer: Some(customer.clone()), on: None, act })
    }
}

/// The due date, if no instalment before has it.
fn read_due(part: &PartDraft, before: &[Instalment]) -> Result<Date, Problem> {
    // Any day is a due date: what was overdue stays so under a new plan.
    let on = any(&part.due)?.ok_or(Problem::Missing)?;
    match before.iter().any(|other| other.due == on) {
        true => Err(Problem::SameDay { on }),
        false => Ok(on),
    }
}

/// The same day of a later month, or the last day of a shorter one.
fn month_after(date: Date, months: u16) -> Date {
    let months = i32::from(date.0.month()) - 1 + i32::from(months);
    let (year, month) = (i32::from(date.0.year()) + months / 12, months % 12 + 1);
    let days = (1..=date.0.day()).rev();
    let mut days = days.filter_map(|day| Date::parse(&format!("{year:04}-{month:02}-{day:02}")));
    days.next().unwrap_or(date)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn pounds() -> Currency {
        Currency { code: "GBP".into(), decimals: 2 }
    }

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn draft(owed: i64) -> PlanDraft {
        PlanDraft { id: id("L-1"), order: id("O-1"), owed: Money(owed), parts: Vec::new(), next: 1 }
    }

    fn typed(draft: &PlanDraft) -> Vec<(&str, &str)> {
        draft.parts.iter().map(|part| (part.due.as_str(), part.amount.as_str())).collect()
    }

    #[test]
    fn what_is_owed_is_split_into_equal_months() {
        let mut plan = draft(10_000);
        plan.split(3, day("2026-01-31"), &pounds());
        let expected = [("2026-01-31", "33.34"), ("2026-02-28", "33.33"), ("2026-03-31", "33.33")];
        assert_eq!(typed(&plan), expected);
        plan.split(2, day("2026-12-15"), &pounds());
        assert_eq!(typed(&plan), [("2026-12-15", "50.00"), ("2027-01-15", "50.00")]);
        let command = plan.command(&id("mira"), &pounds()).unwrap();
        let part = |due: &str| Instalment { due: day(due), amount: Money(5_000) };
        let instalments = vec![part("2026-12-15"), part("2027-01-15")];
        assert_eq!(command.act, Act::PlanOrder(PlanOrder { order: id("O-1"), instalments }));
        // One minor unit cannot be split.
        let mut plan = draft(1);
        plan.split(3, day("2026-01-31"), &pounds());
        assert_eq!(typed(&plan), [("2026-01-31", "0.01")]);
    }

    #[test]
    fn another_instalment_is_a_month_later_and_takes_what_is_left() {
        let mut plan = draft(10_000);
        plan.add("2026-01-31".into(), "30".into());
        plan.add_part(&pounds());
        assert_eq!(typed(&plan), [("2026-01-31", "30"), ("2026-02-28", "70.00")]);
        plan.add_part(&pounds());
        assert_eq!(typed(&plan).last(), Some(&("2026-03-28", "")));
        plan.remove_part(3);
        assert_eq!(plan.left(&pounds()), Money::ZERO);
    }

    #[test]
    fn each_problem_is_at_its_field() {
        let mut plan = draft(10_000);
        assert_eq!(plan.command(&id("mira"), &pounds()).unwrap_err(), Errors::one(ADD, Problem::Missing));
        for (due, amount) in [("", "60"), ("2026-02-01", ""), ("2026-02-02", "10"), ("2026-02-02", "30")] {
            plan.add(due.into(), amount.into());
        }
        let errors = plan.command(&id("mira"), &pounds()).unwrap_err();
        assert_eq!(errors.of(&Field::of(DUE, 1)), Some(&Problem::Missing));
        assert_eq!(errors.of(&Field::of(AMOUNT, 2)), Some(&Problem::NoAmount));
        assert_eq!(errors.of(&Field::of(DUE, 4)), Some(&Problem::SameDay { on: day("2026-02-02") }));
        let mut plan = draft(10_000);
        plan.add("2026-02-01".into(), "99.99".into());
        let (order, planned, owed) = (id("O-1"), Money(9_999), Money(10_000));
        let why = Problem::Refused(Refusal::PlanDoesNotAddUp { order, planned, owed });
        assert_eq!(plan.command(&id("mira"), &pounds()).unwrap_err(), Errors::one(Field::of(AMOUNT, 1), why));
    }
}
