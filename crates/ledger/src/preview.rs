//! Previews: figures before and after a command, computed by the same code that posts it.

use crate::account::documents::Refund;
use crate::account::order::Order;
use crate::account::state::Account;
use crate::code::{BookAccount, Code};
use crate::decide::{Decision, decide};
use crate::entry::Body;
use crate::entry::record::Entry;
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use crate::posting::Movement;
use crate::refusal::Refusal;
use crate::rules::case::Context;
use crate::rules::command::Command;
use crate::shop::Shop;

/// The figure that a row of a preview shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// What the customer owes on all orders.
    Owed,
    /// The available credit of the customer.
    Credit,
    /// What is owed on one order.
    OrderOwed(Id),
    /// The balance of a money account, or of refunds payable (2110).
    Money(BookAccount),
    /// What remains of the sale after credits and write-offs: G − K − W.
    Sale(Id),
    /// The tax that remains in the sale.
    Tax(Id),
    /// The commission that a partner has been given on an order.
    Partner(Id),
}

/// One row: a figure before and after the command, in minor units.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Change {
    pub subject: Subject,
    pub before: Money,
    pub after: Money,
}

/// The effect of a command if it were recorded now.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preview {
    /// The rows in the order of the screen: customer, money, sale, tax, partners. Figures that the act is about are
    /// listed even if they do not change. Money rows contain `Shop::balance` before and after.
    pub changes: Vec<Change>,
    /// The credit leg C of a refund; zero for other acts.
    pub credit_leg: Money,
    /// The amount that becomes credit because nothing more is owed.
    pub left_over: Money,
}

/// Decides the command and applies it to a copy of the account. For a request the preview shows the effect of its
/// approval.
///
/// # Errors
/// The refusal that recording the command would return.
pub fn preview(cx: Context<'_>, command: &Command) -> Result<Preview, Refusal> {
    let Decision::Record(mut entry) = decide(cx, command)? else { return Ok(Preview::default()) };
    entry.body = approved(entry.body);
    let about = About::of(&entry, cx.account);
    let (before, id) = (cx.account, document(&entry));
    let (after, moved) = before.after(entry);
    let mut changes = vec![
        Change { subject: Subject::Owed, before: before.owed, after: after.owed },
        Change { subject: Subject::Credit, before: before.credit, after: after.credit },
    ];
    changes.extend(about.orders.iter().map(|order| Change {
        subject: Subject::OrderOwed(order.clone()),
        before: before.owed_on(order),
        after: after.owed_on(order),
    }));
    changes.extend(money(cx.shop, &moved));
    changes.extend(about.orders.iter().filter(|_| about.sale).flat_map(|order| sale(before, &after, order)));
    changes.extend(about.orders.iter().flat_map(|order| partners(before, &after, order)));
    let credit_leg = after.refunds.get(&id).map_or(Money::ZERO, Refund::credit);
    let lot = |account: &Account| account.lots.get(&id).map_or(Money::ZERO, |lot| lot.amount);
    let left_over = if about.sale || about.payment { lot(&after) - lot(before) } else { Money::ZERO };
    Ok(Preview { changes, credit_leg, left_over })
}

/// The request that an approval names; otherwise the id of the entry itself.
fn document(entry: &Entry) -> Id {
    if let Body::RefundApproved(approved) = &entry.body { approved.request.clone() } else { entry.id.clone() }
}

/// Replaces a request by the refund that its approval would post, because a request itself posts nothing.
fn approved(body: Body) -> Body {
    let Body::RefundRequested(refund) = body else { return body };
    if refund.method == Method::Online { Body::RefundIssued(refund) } else { Body::RefundRecorded(refund) }
}

/// The orders that an entry is about, and which of their figures it may change.
struct About {
    orders: Vec<Id>,
    /// Whether the sale and its tax are shown.
    sale: bool,
    payment: bool,
}

impl About {
    fn of(entry: &Entry, account: &Account) -> Self {
        let body = &entry.body;
        let payment = matches!(body, Body::PaymentRecorded(_));
        let pays = payment || matches!(body, Body::CreditApplied(_) | Body::CreditUnapplied(_));
        Self { orders: orders(entry, account), sale: !pays, payment }
    }
}

/// The orders that an entry names, or the orders of the document that it continues.
fn orders(entry: &Entry, account: &Account) -> Vec<Id> {
    if let Body::OrderPlaced(_) = entry.body {
        return vec![entry.id.clone()];
    }
    if let Body::CreditReversed(reversed) = &entry.body {
        return account.notes.get(&reversed.lot).map(|note| note.order.clone()).into_iter().collect();
    }
    let summary = entry.body.summary();
    let Some(continued) = summary.continues else { return summary.orders.into_iter().cloned().collect() };
    let payment = account.payments.get(continued).map(|payment| payment.orders.clone());
    let refund = || account.refunds.get(continued).map(|refund| vec![refund.order.clone()]);
    let note = || account.notes.get(continued).map(|note| vec![note.order.clone()]);
    payment.or_else(refund).or_else(note).unwrap_or_default()
}

/// The money accounts that the entry changes, with their balances in the shop.
fn money<'a>(shop: &'a Shop, moved: &'a [Movement]) -> impl Iterator<Item = Change> + 'a {
    let shown = |code: Code| code.is_money() || code == Code::RefundsPayable;
    moved.iter().filter(move |line| shown(line.account.code)).map(|line| {
        let before = shop.balance(&line.account);
        Change { subject: Subject::Money(line.account.clone()), before, after: before + line.amount }
    })
}

/// The rows of the sale and its tax; both are zero before an order is placed.
fn sale(before: &Account, after: &Account, id: &Id) -> Vec<Change> {
    let (was, Some(is)) = (before.orders.get(id), after.orders.get(id)) else { return Vec::new() };
    let figure = |subject, read: fn(&Order) -> Money| {
        let before = was.map_or(Money::ZERO, read);
        Change { subject, before, after: read(is) }
    };
    let mut rows = vec![figure(Subject::Sale(id.clone()), Order::left)];
    if is.gross != is.net {
        rows.push(figure(Subject::Tax(id.clone()), tax));
    }
    rows
}

fn tax(order: &Order) -> Money {
    order.groups.iter().map(|group| group.tax - group.tax_credited()).sum()
}

/// The commission given to each partner of the order, the sum of both roles.
fn partners(before: &Account, after: &Account, id: &Id) -> Vec<Change> {
    let (Some(was), Some(is)) = (before.orders.get(id), after.orders.get(id)) else { return Vec::new() };
    let Some((_, placed)) = is.as_placed() else { return Vec::new() };
    let mut rows: Vec<Change> = Vec::new();
    for (partner, (was, is)) in placed.partners.iter().zip(was.shares.iter().zip(&is.shares)) {
        let subject = Subject::Partner(partner.id.clone());
        match rows.iter_mut().find(|row| row.subject == subject) {
            Some(row) => {
                row.before += was.given;
                row.after += is.given;
            }
            None => rows.push(Change { subject, before: was.given, after: is.given }),
        }
    }
    rows
}
