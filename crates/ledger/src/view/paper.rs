//! Documents as they are printed: receipt, invoice, credit note, refund slip. Every figure is one of the account, or what the document
//! itself posted.

use crate::account::documents::{Note, Refund};
use crate::account::order::Order;
use crate::account::returned_line::ReturnedLine;
use crate::account::state::Account;
use crate::code::Code;
use crate::date::Date;
use crate::entry::EntryKind;
use crate::entry::order_placed::{Line, TaxGroup};
use crate::entry::record::Entry;
use crate::fold::customer_book::CustomerBook;
use crate::fold::posted::Posted;
use crate::id::Id;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::shop::Shop;
use crate::view::customer::CustomerRow;
use crate::view::lot::LotRow;
use crate::view::order::{OrderRow, OrderView};
use crate::view::payment::PaymentRow;
use crate::view::refund::RefundRow;
use crate::view::statement::Pair;

/// A document with what every paper says about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// The customer as the account is now.
    pub customer: CustomerRow,
    /// To whom it is addressed.
    pub addressee: Addressee,
    /// The business date.
    pub on: Date,
    /// When it was recorded, in milliseconds since 1970.
    pub recorded: u64,
    /// Who recorded it.
    pub actor: Id,
    /// What was owed and the credit before and after it; `None` for a document that posted nothing to the account.
    pub balances: Option<(Pair, Pair)>,
    /// The orders that owe something now, the first due first; empty if anything was posted after the document.
    pub open: Vec<OrderRow>,
    /// What kind of paper it is.
    pub content: Content,
}

/// To whom a paper is addressed. An empty text was never given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addressee {
    /// The name of the customer.
    pub name: String,
    /// The postal address, on several lines.
    pub address: String,
    /// The number under which the customer is registered for tax.
    pub tax_number: String,
    /// The language of what is written to the customer, as a tag of BCP 47 such as `de`.
    pub language: String,
    /// Whether the customer wants no papers by mail.
    pub no_mail: bool,
}

/// The kinds of paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Of a payment.
    Receipt(Box<Receipt>),
    /// Of an order.
    Invoice(Box<OrderView>),
    /// Of a credit note, or of credit that was given.
    Credit(Box<CreditPaper>),
    /// Of a refund or a pay-out.
    Refund(Box<RefundPaper>),
}

/// A receipt.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// The payment.
    pub payment: PaymentRow,
    /// The orders that it pays.
    pub orders: Vec<PaidOrder>,
    /// The credit that was applied in the same press, in minor units.
    pub credit_used: Money,
}

/// An order on a receipt. Amounts are in minor units.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct PaidOrder {
    pub no: Option<String>,
    pub lines: Vec<Line>,
    pub taxes: Vec<TaxRow>,
    /// The gross of the order.
    pub amount: Money,
    /// What the payment paid of it.
    pub paid: Money,
}

/// A credit note, or credit that was given.
#[derive(Debug, Clone, PartialEq)]
pub struct CreditPaper {
    /// The credit.
    pub credit: LotRow,
    /// The order of a credit note.
    pub order: Option<(Option<String>, Date)>,
    /// What came back.
    pub lines: Vec<ReturnedRow>,
    /// What was credited, by rate; empty without tax, and once the note is reversed.
    pub taxes: Vec<TaxRow>,
}

/// A refund or a pay-out.
#[derive(Debug, Clone, PartialEq)]
pub struct RefundPaper {
    /// The refund.
    pub refund: RefundRow,
    /// The payments and credits that it takes from, with their dates.
    pub from: Vec<(Option<String>, Date)>,
    /// What came back.
    pub lines: Vec<ReturnedRow>,
    /// What was credited, by rate; empty without tax, and once the refund is reversed.
    pub taxes: Vec<TaxRow>,
}

/// What came back of one line.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ReturnedRow {
    pub line: Line,
    pub returned: Quantity,
    /// What the document credited for it, in minor units.
    pub value: Money,
}

/// The sums of one rate in minor units; `gross = net + tax`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct TaxRow {
    pub rate: Rate,
    pub net: Money,
    pub tax: Money,
    pub gross: Money,
}

/// The sums of tax groups by rate, in the order of first use.
#[must_use]
pub fn taxes(groups: &[TaxGroup]) -> Vec<TaxRow> {
    by_rate(groups.iter().map(|group| (group.rate, group.gross, group.tax)))
}

impl CustomerBook {
    /// The document with this id as it is printed; `None` if there is none, or none that is printed: a request that nothing was
    /// paid for yet has no slip.
    #[must_use]
    pub fn paper(&self, shop: &Shop, document: &Id) -> Option<Paper> {
        let account = self.account();
        let own = self.own(document);
        let entry = account.entry(document)?;
        let content = if let Some(payment) = account.payments.get(document) {
            let payment = account.payment_row(document, payment);
            Content::Receipt(Box::new(self.receipt(payment)))
        } else if let Some(view) = account.order(document, shop) {
            Content::Invoice(Box::new(view))
        } else if let Some(refund) = account.refund_row(document) {
            if refund.asks() {
                return None;
            }
            Content::Refund(Box::new(self.refund_paper(refund, own.as_ref())))
        } else {
            let credit = account.lot_row(document)?;
            Content::Credit(Box::new(self.credit_paper(credit, own.as_ref())))
        };
        let is_last = own.as_ref().is_none_or(|own| own.is_last);
        Some(Paper {
            customer: account.row(),
            addressee: account.addressee(),
            on: entry.on,
            recorded: self.recorded(document)?,
            actor: entry.actor.clone(),
            balances: own.map(|own| (own.before, own.after)),
            open: if is_last { self.open() } else { Vec::new() },
            content,
        })
    }

    fn recorded(&self, document: &Id) -> Option<u64> {
        self.records().find(|(_, _, entry)| entry.id == *document).map(|(place, ..)| place.order.0)
    }

    /// What the document posted to the account; the entries of the same press that continue it are part of it.
    fn own(&self, document: &Id) -> Option<Own<'_>> {
        let mut pair = Pair::default();
        let mut own: Option<Own<'_>> = None;
        for posted in self.posted().iter() {
            let before = pair;
            pair.owed += posted.net(Code::Receivable);
            pair.credit += -posted.net(Code::CustomerCredit);
            if let Some(own) = &mut own {
                if own.is_last && is_of_press(document, &posted.entry.id) {
                    own.after = pair;
                } else if pair != before {
                    own.is_last = false;
                }
            } else if !posted.moved.is_empty() && begins(document, &posted.entry) {
                // A request posts nothing; its approval does.
                own = Some(Own { posted, before, after: pair, is_last: true });
            }
        }
        own
    }

    fn open(&self) -> Vec<OrderRow> {
        let account = self.account();
        let rows = account.orders.iter().filter_map(|(id, order)| account.order_row(id, order));
        let mut open: Vec<_> = rows.filter(|row| row.owed.is_positive()).collect();
        open.sort_by_key(|row| row.due.unwrap_or(row.on));
        open
    }

    fn receipt(&self, payment: PaymentRow) -> Receipt {
        let account = self.account();
        let paid = |to: &crate::view::payment::Allocated| {
            let (entry, placed) = account.orders.get(&to.order)?.as_placed()?;
            Some(PaidOrder {
                no: entry.no.clone(),
                lines: placed.lines.clone(),
                taxes: taxes(&placed.groups),
                amount: placed.groups.iter().map(|group| group.gross).sum(),
                paid: to.amount,
            })
        };
        let orders = payment.allocated.iter().filter_map(paid).collect();
        let applied = account.history();
        let applied = applied
            .iter()
            .filter(|row| row.kind == EntryKind::CreditApplied && is_of_press(&payment.id, &row.entry));
        Receipt { orders, credit_used: applied.map(|row| row.amount).sum(), payment }
    }

    fn credit_paper(&self, credit: LotRow, own: Option<&Own<'_>>) -> CreditPaper {
        let account = self.account();
        let note = account.notes.get(&credit.id);
        let order = note.and_then(|note: &Note| account.orders.get(&note.order));
        let lines = order.zip(note).map(|(order, note)| returned(order, &note.returned)).unwrap_or_default();
        let split = order.zip(note).map(|(order, note)| of_groups(order, &note.split));
        let split = split.unwrap_or_else(|| vec![(None, credit.amount)]);
        CreditPaper {
            order: order.and_then(Order::as_placed).map(|(entry, _)| (entry.no.clone(), entry.on)),
            lines,
            taxes: credited(split, own),
            credit,
        }
    }

    fn refund_paper(&self, refund: RefundRow, own: Option<&Own<'_>>) -> RefundPaper {
        let account = self.account();
        let found: Option<&Refund> = account.refunds.get(&refund.id);
        let order = found.and_then(|found| account.orders.get(&found.order));
        let split = order.zip(found).map(|(order, found)| of_groups(order, &found.split));
        let dated = |id: &Id| account.entry(id).map(|entry| (entry.no.clone(), entry.on));
        let lots = account.payouts.get(&refund.id).into_iter().flat_map(|payout| &payout.parts);
        let parts = refund.parts.iter().map(|part| &part.from).chain(lots.map(|part| &part.lot));
        RefundPaper {
            from: parts.filter_map(dated).collect(),
            lines: order
                .zip(found)
                .map(|(order, found)| returned(order, &found.returned))
                .unwrap_or_default(),
            taxes: credited(split.unwrap_or_default(), own),
            refund,
        }
    }
}

impl Account {
    /// To whom papers of the account are addressed.
    #[must_use]
    pub fn addressee(&self) -> Addressee {
        let known = self.customer.as_ref().map(|customer| Addressee {
            name: customer.added.name.clone(),
            address: customer.details.address.clone(),
            tax_number: customer.details.tax_number.clone(),
            language: customer.details.language.clone(),
            no_mail: customer.details.no_mail,
        });
        known.unwrap_or_default()
    }
}

/// What a document posted, with the figures around it.
struct Own<'a> {
    posted: &'a Posted,
    before: Pair,
    after: Pair,
    /// Whether nothing was posted to the account after it.
    is_last: bool,
}

/// Whether the entry is the document, or the act that made it count: the approval of a request.
fn begins(document: &Id, entry: &Entry) -> bool {
    entry.id == *document || entry.body.summary().continues == Some(document)
}

/// Whether the entry was recorded in one press with the document: its id is that of the document with a number.
fn is_of_press(document: &Id, entry: &Id) -> bool {
    entry.as_str().strip_prefix(document.as_str()).is_some_and(|rest| rest.starts_with('-'))
}

fn returned(order: &Order, returned: &[ReturnedLine]) -> Vec<ReturnedRow> {
    let Some((_, placed)) = order.as_placed() else { return Vec::new() };
    let row = |back: &ReturnedLine| {
        let at = usize::try_from(back.line).ok()?.checked_sub(1)?;
        Some(ReturnedRow { line: placed.lines.get(at)?.clone(), returned: back.qty, value: back.value })
    };
    returned.iter().filter_map(row).collect()
}

/// What is credited of each tax group, with its rate.
fn of_groups(order: &Order, split: &[Money]) -> Vec<(Option<Rate>, Money)> {
    let Some((_, placed)) = order.as_placed() else { return Vec::new() };
    let rates = placed.groups.iter().map(|group| Some(group.rate));
    rates.zip(split.iter().copied()).filter(|(_, gross)| gross.is_positive()).collect()
}

/// The sums by rate: the gross as it was credited, the tax as it was posted. A part without a rate has the only rate that was
/// posted; without one there is no tax to show.
fn credited(split: Vec<(Option<Rate>, Money)>, own: Option<&Own<'_>>) -> Vec<TaxRow> {
    let posted = own.into_iter().flat_map(|own| &own.posted.moved);
    let posted: Vec<(Rate, Money)> = posted
        .filter(|line| line.account.code == Code::SalesTax)
        .filter_map(|line| Some((Rate::parse(&line.account.party)?, line.amount)))
        .collect();
    let only = || posted.first().map(|(rate, _)| *rate);
    let gross = split.into_iter().filter_map(|(rate, gross)| Some((rate.or_else(only)?, gross, Money::ZERO)));
    let mut rows = by_rate(gross);
    for row in &mut rows {
        row.tax = posted.iter().filter(|(rate, _)| *rate == row.rate).map(|(_, tax)| *tax).sum();
        row.net = row.gross - row.tax;
    }
    rows
}

fn by_rate(parts: impl Iterator<Item = (Rate, Money, Money)>) -> Vec<TaxRow> {
    let mut rows: Vec<TaxRow> = Vec::new();
    for (rate, gross, tax) in parts {
        let at = rows.iter().position(|row| row.rate == rate).unwrap_or_else(|| {
            rows.push(TaxRow { rate, net: Money::ZERO, tax: Money::ZERO, gross: Money::ZERO });
            rows.len() - 1
        });
        if let Some(row) = rows.get_mut(at) {
            row.gross += gross;
            row.tax += tax;
            row.net = row.gross - row.tax;
        }
    }
    rows
}
