//! Before → after, computed by the very code that posts.

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

/// What a figure in a preview is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// What the customer owes over all orders.
    Owed,
    /// Available credit.
    Credit,
    /// What one order still owes.
    OrderOwed(Id),
    /// A drawer, a bank account, card clearing.
    Money(BookAccount),
    /// What the sale amounts to after credits: G − K − W.
    Sale(Id),
    /// The tax in it.
    Tax(Id),
    /// What a partner has been given on the order.
    Partner(Id),
}

/// One row: a figure now and after.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Change {
    pub subject: Subject,
    pub before: Money,
    pub after: Money,
}

/// What would happen if the command were recorded now.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preview {
    /// In the order of the screen: customer, money, sale, tax, partners. Unchanged figures that the act
    /// is about are listed too. Money rows hold `Shop::balance` before and after.
    pub changes: Vec<Change>,
    /// The credit leg C of a refund; zero for other acts.
    pub credit_leg: Money,
    /// Money that became, or would become, credit because nothing more was owed.
    pub left_over: Money,
}

/// Decides and applies to a copy. A request shows what approving it would do.
///
/// # Errors
/// The refusal that recording would meet.
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

/// The refund that an approval is about; else what the entry brings itself.
fn document(entry: &Entry) -> Id {
    if let Body::RefundApproved(approved) = &entry.body { approved.request.clone() } else { entry.id.clone() }
}

/// A request moves nothing; what is shown is what its approval would do.
fn approved(body: Body) -> Body {
    let Body::RefundRequested(refund) = body else { return body };
    if refund.method == Method::Online { Body::RefundIssued(refund) } else { Body::RefundRecorded(refund) }
}

/// The orders an entry is about, and what of them it may change.
struct About {
    orders: Vec<Id>,
    /// The sale and its tax are on the screen.
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

/// The orders that an entry names, or those of the document that it continues.
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

/// Money accounts that the entry moves, with the shop's balances.
fn money<'a>(shop: &'a Shop, moved: &'a [Movement]) -> impl Iterator<Item = Change> + 'a {
    let shown = |code: Code| code.is_money() || code == Code::RefundsPayable;
    moved.iter().filter(move |line| shown(line.account.code)).map(|line| {
        let before = shop.balance(&line.account);
        Change { subject: Subject::Money(line.account.clone()), before, after: before + line.amount }
    })
}

/// What the sale amounts to, and the tax in it; a sale that is only being placed was nothing before.
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

/// What every partner of the order has been given on it, whichever role he has.
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
