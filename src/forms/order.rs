//! The draft of an order.

mod discount;
mod line;

pub use discount::discount;
pub use line::LineDraft;

use super::{Confirmed, Errors, Field, Problem, confirms, due, limits, optional};
use crate::forms::typed;
use ledger::date::Date;
use ledger::entry::{SetItem, ShopTax};
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::quantity::Quantity;
use ledger::rate::Rate;
use ledger::rules::{Act, Command, LineAsked, PlaceOrder, Tax};
use serde::{Deserialize, Serialize};

/// How tax applies to the price of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum TaxChoice {
    #[default]
    None,
    Inside,
    OnTop,
}

impl TaxChoice {
    /// The tax of a new line, as the shop set it, with the rate as it is typed.
    #[must_use]
    pub fn of_shop(tax: &ShopTax) -> (Self, String) {
        Self::of(tax.rates.first().copied().unwrap_or(Rate::ZERO), tax.on_top)
    }

    /// The tax of an item, with the rate as it is typed.
    #[must_use]
    pub fn of_item(item: &SetItem) -> (Self, String) {
        Self::of(item.rate, item.on_top)
    }

    fn of(rate: Rate, on_top: bool) -> (Self, String) {
        match (rate, on_top) {
            (Rate::ZERO, _) => (Self::None, String::new()),
            (rate, true) => (Self::OnTop, typed(rate)),
            (rate, false) => (Self::Inside, typed(rate)),
        }
    }
}

/// Field names of a line.
pub const TEXT: &str = "what";
/// The quantity.
pub const QUANTITY: &str = "quantity";
/// The price of one unit.
pub const PRICE: &str = "price";
/// The tax rate in percent.
pub const RATE: &str = "rate";
/// The discount of the line.
pub const LESS: &str = "less";
/// The discount of the whole order.
pub const DISCOUNT: Field = Field::new("discount");
/// The due date.
pub const DUE: Field = Field::new("due");
/// The customer's own reference.
pub const REFERENCE: Field = Field::new("reference");
/// The button that adds a line: errors about an order without lines refer to it.
pub const LINES: Field = Field::new("lines");

/// An order as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderDraft {
    /// The order's id, created when the form opens.
    pub id: Id,
    /// The lines; blank ones are ignored.
    pub lines: Vec<LineDraft>,
    /// The partner that referred the customer.
    pub lead: Option<Id>,
    /// The partner that made the sale.
    pub sale: Option<Id>,
    /// The due date; empty means that payment is due at once.
    pub due: String,
    /// The customer's own reference.
    pub reference: String,
    /// The discount of the whole order: an amount, or a rate with its sign.
    #[serde(default)]
    pub discount: String,
    /// What was confirmed.
    #[serde(default)]
    pub confirmed: Confirmed,
    /// The tax of the first line, as the shop set it when the form was opened.
    #[serde(default)]
    tax: TaxChoice,
    /// Its rate.
    #[serde(default)]
    rate: String,
    next: u32,
}

impl OrderDraft {
    /// A draft with one blank line, which has the tax of the shop.
    #[must_use]
    pub fn new(id: Id, tax: &ShopTax) -> Self {
        let (tax, rate) = TaxChoice::of_shop(tax);
        let mut draft = Self {
            id,
            lines: Vec::new(),
            lead: None,
            sale: None,
            due: String::new(),
            reference: String::new(),
            discount: String::new(),
            confirmed: Confirmed::default(),
            tax,
            rate,
            next: 1,
        };
        draft.add_line();
        draft
    }

    /// Adds a blank line with the tax settings of the last line, and returns its key.
    pub fn add_line(&mut self) -> u32 {
        let key = self.next;
        self.next += 1;
        let of_shop = || (self.tax, self.rate.clone());
        let (tax, rate) = self.lines.last().map_or_else(of_shop, |line| (line.tax, line.rate.clone()));
        self.lines.push(LineDraft::blank(key, tax, rate));
        key
    }

    /// Puts an item into a line, as when its code is read. If another line has the item at the same price, it becomes one
    /// more there, and this line is blank again. Returns the key of the line for the next item, which is blank.
    pub fn scan(&mut self, key: u32, item: &SetItem, currency: &Currency) -> u32 {
        let same = self.lines.iter_mut().find(|line| line.key != key && line.is_of(item, currency));
        let again = same.is_some_and(LineDraft::add_one);
        if let Some(line) = self.lines.iter_mut().find(|line| line.key == key) {
            if again {
                *line = LineDraft::blank(key, line.tax, line.rate.clone());
                return key;
            }
            line.put(item, currency);
        }
        let blank = self.lines.iter().find(|line| line.is_blank()).map(|line| line.key);
        blank.unwrap_or_else(|| self.add_line())
    }

    /// Removes a line. An order always has at least one.
    pub fn remove_line(&mut self, key: u32) {
        self.lines.retain(|line| line.key != key);
        if self.lines.is_empty() {
            self.add_line();
        }
    }

    /// Whether the draft is still empty.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.lines.iter().all(LineDraft::is_blank)
    }

    /// The command that places the order.
    ///
    /// # Errors
    /// One error for each invalid field.
    pub fn command(&self, customer: &Id, currency: &Currency, today: Date) -> Result<Command, Errors> {
        let mut errors = Errors::default();
        let lines = self.read_lines(currency, &mut errors);
        let due = errors.take(DUE, due(&self.due, today, &DUE, &self.confirmed));
        let reference = errors.take(REFERENCE, optional(&self.reference, limits::REFERENCE));
        let discount = errors.take(DISCOUNT, discount(&self.discount, currency));
        let whole =
            lines.zip(due).zip(reference.zip(discount)).map(|((lines, due), (reference, discount))| {
                let (lead, sale) = (self.lead.clone(), self.sale.clone());
                Act::PlaceOrder(PlaceOrder { lines, lead, sale, due, reference, opening: false, discount })
            });
        let act = errors.or(whole)?;
        Ok(Command { id: self.id.clone(), customer: Some(customer.clone()), on: None, act })
    }

    fn read_lines(&self, currency: &Currency, errors: &mut Errors) -> Option<Vec<LineAsked>> {
        if self.lines.len() > limits::LINES {
            errors.push(LINES, Problem::TooLong { most: limits::LINES, found: self.lines.len() });
        }
        let keep = |line: &&LineDraft| self.is_blank() || !line.is_blank();
        let read = self.lines.iter().filter(keep).map(|line| line.read(currency, errors)).collect::<Vec<_>>();
        let lines = read.into_iter().collect::<Option<Vec<_>>>()?;
        let total: i128 = lines.iter().map(worth).sum();
        let most = currency.most();
        if let Some(last) = self.lines.last().filter(|_| total > i128::from(most.0)) {
            errors.push(last.field(PRICE), Problem::AmountTooLarge { most });
        }
        Some(lines)
    }
}

confirms!(OrderDraft);

/// The amount of a line with its tax, rounded up; used only to check the limit.
fn worth(line: &LineAsked) -> i128 {
    let one = i128::from(Quantity::ONE.0);
    let net = (i128::from(line.unit.0) * i128::from(line.qty.0) + one - 1) / one;
    match line.tax {
        Tax::OnTop(rate) => net + (net * i128::from(rate.0) + 999_999) / 1_000_000,
        Tax::None | Tax::Inside(_) => net,
    }
}

/// A command for an order with a single line: a sale that is paid at once.
#[must_use]
pub fn plain_sale(id: Id, customer: Id, text: String, unit: Money, tax: Tax) -> Command {
    let lines = vec![LineAsked { text, qty: Quantity::ONE, unit, tax, less: None }];
    let (lead, sale, due, reference) = (None, None, None, None);
    let order = PlaceOrder { lines, lead, sale, due, reference, opening: false, discount: None };
    Command { id, customer: Some(customer), on: None, act: Act::PlaceOrder(order) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod tests {
    use super::*;
    use ledger::entry::Discount;

    fn pounds() -> Currency {
        Currency { code: "GBP".into(), decimals: 2 }
    }

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    fn typed(lines: &[(&str, &str, &str)]) -> OrderDraft {
        let mut draft = OrderDraft::new(id("O-1"), &ShopTax::default());
        for (at, (text, qty, unit)) in lines.iter().enumerate() {
            if at > 0 {
                draft.add_line();
            }
            let line = &mut draft.lines[at];
            (line.text, line.qty, line.unit) = ((*text).into(), (*qty).into(), (*unit).into());
        }
        draft
    }

    fn read(draft: &OrderDraft) -> Result<PlaceOrder, Errors> {
        draft.command(&id("mira"), &pounds(), Date::parse("2026-03-02").unwrap()).map(|command| match command
            .act
        {
            Act::PlaceOrder(order) => order,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn lines_are_parsed_into_a_command() {
        let mut draft = typed(&[("Chair", "2", "60.00"), ("", "1", "")]);
        draft.lines[0].tax = TaxChoice::Inside;
        draft.lines[0].rate = "20".into();
        draft.due = "2026-04-01".into();
        let order = read(&draft).unwrap();
        assert_eq!(order.lines.len(), 1, "the blank line is left out");
        assert_eq!(order.lines[0].unit, Money(6000));
        assert_eq!(order.lines[0].tax, Tax::Inside(Rate(200_000)));
        assert_eq!(order.due.unwrap().to_string(), "2026-04-01");
        assert_eq!(read(&draft), Ok(order), "read again: the same");
    }

    #[test]
    fn a_blank_order_reports_what_is_missing() {
        let errors = read(&typed(&[("", "1", "")])).unwrap_err();
        assert_eq!(errors.of(&Field::of(TEXT, 1)), Some(&Problem::Missing));
        assert_eq!(errors.of(&Field::of(PRICE, 1)), Some(&Problem::NoAmount));
    }

    #[test]
    fn every_invalid_field_has_its_own_problem() {
        let mut draft = typed(&[("Chair", "0", "12,5"), ("4111 1111 1111 1111", "1.2345", "5")]);
        draft.lines[1].tax = TaxChoice::OnTop;
        draft.due = "soon".into();
        draft.reference = "x".repeat(61);
        let errors = read(&draft).unwrap_err();
        let quantity = Problem::NotAQuantity { most: limits::QUANTITY };
        let expected = [
            (Field::of(QUANTITY, 1), quantity.clone()),
            (Field::of(PRICE, 1), Problem::NotAnAmount),
            (Field::of(TEXT, 2), Problem::CardNumber),
            (Field::of(QUANTITY, 2), quantity),
            (Field::of(RATE, 2), Problem::NotARate),
            (DUE, Problem::NotADate),
            (REFERENCE, Problem::TooLong { most: 60, found: 61 }),
        ];
        assert_eq!(errors.iter().cloned().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_order_above_the_ledgers_limit_is_invalid() {
        let errors = read(&typed(&[("Ship", "99999", "99999999.99")])).unwrap_err();
        assert_eq!(
            errors.of(&Field::of(PRICE, 1)),
            Some(&Problem::AmountTooLarge { most: Money(9_999_999_999) })
        );
        let two = typed(&[("Ship", "1", "99999999.99"), ("Rope", "1", "0.01")]);
        assert_eq!(read(&two).unwrap_err().iter().count(), 1);
    }

    #[test]
    fn a_past_due_date_is_confirmed_or_changed() {
        let mut draft = typed(&[("Chair", "1", "60")]);
        draft.due = "2026-03-01".into();
        let asked = Problem::PastDue { on: Date::parse("2026-03-01").unwrap() };
        assert_eq!(read(&draft).unwrap_err(), Errors::one(DUE, asked));
        draft.confirmed.set(&DUE, "2026-03-01", true);
        assert_eq!(read(&draft).unwrap().due.unwrap().to_string(), "2026-03-01");
    }

    fn oil() -> SetItem {
        SetItem {
            item: id("oil"),
            name: "Chain oil".into(),
            code: Some("501".into()),
            price: Some(Money(850)),
            rate: Rate(200_000),
            on_top: true,
            withdrawn: false,
        }
    }

    #[test]
    fn a_code_that_is_read_twice_is_one_line_with_two() {
        let mut draft = OrderDraft::new(id("O-1"), &ShopTax { rates: vec![Rate(50_000)], on_top: false });
        assert_eq!((draft.lines[0].tax, draft.lines[0].rate.as_str()), (TaxChoice::Inside, "5"));
        assert_eq!(draft.scan(1, &oil(), &pounds()), 2, "a new line for the next item");
        assert_eq!(draft.scan(2, &oil(), &pounds()), 2, "this line stays blank");
        assert_eq!(draft.scan(2, &SetItem { name: "Bell".into(), price: None, ..oil() }, &pounds()), 3);
        draft.lines[1].unit = "4".into();
        let lines = read(&draft).unwrap().lines;
        let seen: Vec<_> =
            lines.iter().map(|line| (line.text.as_str(), line.qty, line.unit, line.tax)).collect();
        let tax = Tax::OnTop(Rate(200_000));
        let two = Quantity::whole(2);
        assert_eq!(seen, [("Chain oil", two, Money(850), tax), ("Bell", Quantity::ONE, Money(400), tax)]);
    }

    #[test]
    fn quantities_have_decimals_and_discounts_are_amounts_or_rates() {
        let mut draft = typed(&[("Oil", "0.350", "20"), ("Jacket", "1", "80")]);
        draft.lines[1].less = "10 %".into();
        draft.discount = "5".into();
        let order = read(&draft).unwrap();
        assert_eq!(order.lines[0].qty, Quantity(350));
        assert_eq!(order.lines[1].less, Some(Discount::Percent(Rate(100_000))));
        assert_eq!(order.discount, Some(Discount::Amount(Money(500))));
        assert_eq!(order.worth().0, Money(700 + 7_200 - 500));
        draft.lines[1].less = "much".into();
        draft.lines[0].qty = "1,000".into();
        draft.discount = "101%".into();
        let errors = read(&draft).unwrap_err();
        let found: Vec<_> = errors.iter().map(|(field, _)| field.clone()).collect();
        assert_eq!(found, [Field::of(QUANTITY, 1), Field::of(LESS, 2), DISCOUNT]);
    }

    #[test]
    fn keys_are_never_used_twice() {
        let mut draft = typed(&[("a", "1", "1"), ("b", "1", "1")]);
        draft.remove_line(2);
        assert_eq!(draft.add_line(), 3);
        draft.remove_line(1);
        draft.remove_line(3);
        assert_eq!(draft.lines.len(), 1, "one blank line is left");
    }
}
