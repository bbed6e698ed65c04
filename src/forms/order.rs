//! The draft of an order.

use super::{Confirmed, Errors, Field, Problem, amount, confirms, due, limits, optional, rate, required};
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::quantity::Quantity;
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

/// An order line as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineDraft {
    /// Identifies the line's fields on the page; a draft never uses a key twice.
    pub key: u32,
    /// The description of the goods.
    pub text: String,
    /// The quantity.
    pub qty: String,
    /// The price of one unit.
    pub unit: String,
    /// How tax applies to the price.
    pub tax: TaxChoice,
    /// The tax rate in percent.
    pub rate: String,
}

impl LineDraft {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.unit.trim().is_empty()
    }

    /// The field of that name in this line.
    #[must_use]
    pub fn field(&self, name: &'static str) -> Field {
        Field::of(name, self.key)
    }

    fn read(&self, currency: &Currency, errors: &mut Errors) -> Option<LineAsked> {
        let text = errors.take(self.field(TEXT), required(&self.text, limits::TEXT));
        let qty = errors.take(self.field(QUANTITY), quantity(&self.qty));
        let unit = errors.take(self.field(PRICE), amount(&self.unit, currency));
        let tax = match self.tax {
            TaxChoice::None => Some(Tax::None),
            TaxChoice::Inside => errors.take(self.field(RATE), rate(&self.rate)).map(Tax::Inside),
            TaxChoice::OnTop => errors.take(self.field(RATE), rate(&self.rate)).map(Tax::OnTop),
        };
        let line = LineAsked { text: text?, qty: Quantity::whole(qty?), unit: unit?, tax: tax?, less: None };
        let most = currency.most();
        if worth(&line) > i128::from(most.0) {
            errors.push(self.field(PRICE), Problem::AmountTooLarge { most });
        }
        Some(line)
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
    /// What was confirmed.
    #[serde(default)]
    pub confirmed: Confirmed,
    next: u32,
}

impl OrderDraft {
    /// A draft with one blank line.
    #[must_use]
    pub fn new(id: Id) -> Self {
        let mut draft = Self {
            id,
            lines: Vec::new(),
            lead: None,
            sale: None,
            due: String::new(),
            reference: String::new(),
            confirmed: Confirmed::default(),
            next: 1,
        };
        draft.add_line();
        draft
    }

    /// Adds a blank line with the tax settings of the last line, and returns its key.
    pub fn add_line(&mut self) -> u32 {
        let key = self.next;
        self.next += 1;
        let (tax, rate) = self.lines.last().map(|l| (l.tax, l.rate.clone())).unwrap_or_default();
        self.lines.push(LineDraft {
            key,
            text: String::new(),
            qty: "1".into(),
            unit: String::new(),
            tax,
            rate,
        });
        key
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
        let whole = lines.zip(due).zip(reference).map(|((lines, due), reference)| {
            let (lead, sale) = (self.lead.clone(), self.sale.clone());
            Act::PlaceOrder(PlaceOrder { lines, lead, sale, due, reference, opening: false, discount: None })
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
    let net = i128::from(line.unit.0) * i128::from(line.qty.0 / Quantity::ONE.0);
    match line.tax {
        Tax::OnTop(rate) => net + (net * i128::from(rate.0) + 999_999) / 1_000_000,
        Tax::None | Tax::Inside(_) => net,
    }
}

fn quantity(text: &str) -> Result<u32, Problem> {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let qty = if digits { text.parse().ok() } else { None };
    qty.filter(|qty| (1..=limits::QUANTITY).contains(qty))
        .ok_or(Problem::NotAQuantity { most: limits::QUANTITY })
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
    use ledger::rate::Rate;

    fn pounds() -> Currency {
        Currency { code: "GBP".into(), decimals: 2 }
    }

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    fn typed(lines: &[(&str, &str, &str)]) -> OrderDraft {
        let mut draft = OrderDraft::new(id("O-1"));
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
        let mut draft = typed(&[("Chair", "0", "12,5"), ("4111 1111 1111 1111", "1.5", "5")]);
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
