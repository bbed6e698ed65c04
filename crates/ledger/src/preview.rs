//! Previews: figures before and after a command, computed by the same code that posts it.
//!
//! Balances of the shop (money, partners) and the figures of touched documents follow from the fold of the entry, so a
//! row cannot differ from what is posted.

use crate::account::documents::Refund;
use crate::account::lot::Lot;
use crate::account::order::Order;
use crate::account::state::Account;
use crate::code::{BookAccount, Code};
use crate::decide::{Decision, decide};
use crate::entry::Body;
use crate::entry::credit_origin::CreditOrigin;
use crate::entry::partner_added::Basis;
use crate::entry::record::{Entry, Place};
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use crate::posting::{Lines, Movement};
use crate::quantity::Quantity;
use crate::refusal::Refusal;
use crate::rules;
use crate::rules::case::Context;
use crate::rules::command::Command;
use crate::rules::credit::reverse::tax_reversed;
use crate::shop::Shop;
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The figure that a row of a preview shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// What the customer owes on all orders.
    Owed,
    /// The available credit of the customer.
    Credit,
    /// What the customer has to repay: lots below zero, as a positive amount. Listed only where there is something.
    ToRepay,
    /// What is owed on one order.
    OrderOwed(Id),
    /// The balance of a money account, or of refunds payable (2110).
    Money(BookAccount),
    /// What remains of the sale after credits and write-offs: G − K − W.
    Sale(Id),
    /// The tax that remains in the sale of an order; of credit granted with tax, the tax taken back, below zero.
    Tax(Id),
    /// The commission that can be paid to a partner (2300), over all orders. Below zero where more was paid than earned.
    Payable(Id),
    /// The commission of a partner that is calculated and not yet payable (2310), over all orders.
    Accrued(Id),
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
    /// listed even if they do not change. Rows of money and partners contain balances of the shop.
    pub changes: Vec<Change>,
    /// The credit leg C of a refund; zero for other acts.
    pub credit_leg: Money,
    /// The amount that becomes credit because nothing more is owed; store credit and granted credit do not count.
    pub left_over: Money,
    /// What a payment recovers of write-offs: what it takes out of 6100. Zero for other acts.
    pub recovered: Money,
    /// What the act posts to 6310 for cash rounding, debit positive: what the shop loses.
    pub rounding: Money,
    /// The drawers that would be below zero. A warning and no refusal: the book may not know yet of cash that was put in.
    pub below_zero: Vec<BookAccount>,
    /// The lines that come back with a refund or a credit note.
    pub returned: Vec<ReturnedLine>,
}

/// A line of an order that comes back.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnedLine {
    /// The number of the line in the order, from 1.
    pub line: u32,
    /// The text of the line.
    pub text: String,
    /// The quantity that comes back.
    pub qty: Quantity,
    /// Its value in minor units.
    pub value: Money,
    /// The quantity that is left to come back afterwards.
    pub left: Quantity,
}

/// Decides the command and applies it to a copy of the account; an act of the shop is applied to a copy of the shop. For
/// a request the preview shows the effect of its approval. The adoption of a refused entry shows nothing: an account does
/// not know which of its entries the adoption names.
///
/// # Errors
/// The refusal that recording the command would return.
pub fn preview(cx: Context<'_>, command: &Command) -> Result<Preview, Refusal> {
    let mut entry = match decide(cx, command)? {
        Decision::Record(entry) => entry,
        // The account of the command is the giver's.
        Decision::RecordBoth(entries) => {
            let [giving, _] = *entries;
            giving
        }
        Decision::Already => return Ok(Preview::default()),
    };
    entry.body = approved(entry.body);
    Ok(if entry.customer.is_some() { of_account(cx, entry) } else { of_shop(cx.shop, &entry) })
}

fn of_account(cx: Context<'_>, entry: Entry) -> Preview {
    let (before, on) = (cx.account, entry.on);
    let (named, pays) = (named_orders(&entry, before), pays(&entry.body));
    let is_payment = matches!(entry.body, Body::PaymentRecorded(_));
    let (id, refund) = (entry.id.clone(), refund_of(&entry));
    let (after, lines) = before.after(entry);
    let orders = orders(&named, &after, &lines);
    let mut changes = vec![
        Change { subject: Subject::Owed, before: before.owed, after: after.owed },
        Change { subject: Subject::Credit, before: before.credit, after: after.credit },
    ];
    let to_repay = Change { subject: Subject::ToRepay, before: before.to_repay, after: after.to_repay };
    changes.extend(Some(to_repay).filter(|row| !(row.before.is_zero() && row.after.is_zero())));
    changes.extend(orders.iter().map(|order| Change {
        subject: Subject::OrderOwed(order.clone()),
        before: before.owed_on(order),
        after: after.owed_on(order),
    }));
    let left_over = left_over(before, &after, &orders, &id);
    let credit_leg = after.refunds.get(&refund).map_or(Money::ZERO, Refund::credit);
    let sales = orders.iter().flat_map(|order| sale(before, &after, order));
    let sales = sales.filter(|row| !pays || row.before != row.after);
    let taxes = lines.outstanding.iter().filter_map(|(lot, _)| granted_tax(before, &after, lot));
    let partners = orders.iter().flat_map(|order| partners(before, order)).collect();
    let recovered = if is_payment { -lines.net_of(Code::WriteOffs) } else { Money::ZERO };
    let rounding = lines.net_of(Code::CashRounding);
    let rest: Vec<_> = sales.chain(taxes).collect();
    let moved: Vec<_> = lines.dated(on).collect();
    changes.extend(money(cx.shop, &moved));
    changes.extend(rest);
    changes.extend(commission(cx.shop, partners, &moved));
    let (below_zero, returned) = (below_zero(&changes), returned(&after, &refund));
    Preview { changes, credit_leg, left_over, recovered, rounding, below_zero, returned }
}

/// The lines that came back with a refund or a credit note.
fn returned(after: &Account, document: &Id) -> Vec<ReturnedLine> {
    let refund = after.refunds.get(document).map(|refund| (&refund.order, &refund.returned));
    let note = || after.notes.get(document).map(|note| (&note.order, &note.returned));
    let Some((order, lines)) = refund.or_else(note) else { return Vec::new() };
    let Some(order) = after.orders.get(order) else { return Vec::new() };
    let line = |each: &crate::account::returned_line::ReturnedLine| {
        let (line, left) = (each.line, order.left_to_return(each.line));
        Some(ReturnedLine {
            line,
            text: order.line(line)?.text.clone(),
            qty: each.qty,
            value: each.value,
            left,
        })
    };
    lines.iter().filter_map(line).collect()
}

/// An act of the shop changes balances only. Folding it needs a place, which only a seal looks at.
fn of_shop(shop: &Shop, entry: &Entry) -> Preview {
    let place = Place { order: (u64::MAX, 0), device: entry.id.clone(), chain: 0, seq: 0, branch: 0 };
    let lines = rules::fold_shop(&mut shop.clone(), &place, entry);
    let moved: Vec<_> = lines.dated(entry.on).collect();
    let changes: Vec<_> = money(shop, &moved).chain(commission(shop, Vec::new(), &moved)).collect();
    Preview { below_zero: below_zero(&changes), changes, ..Preview::default() }
}

/// The drawers that the act leaves below zero.
fn below_zero(changes: &[Change]) -> Vec<BookAccount> {
    let drawers = changes.iter().filter_map(|row| match &row.subject {
        Subject::Money(account) if account.code == Code::Cash => Some((account, row)),
        Subject::Money(_)
        | Subject::Owed
        | Subject::Credit
        | Subject::ToRepay
        | Subject::OrderOwed(_)
        | Subject::Sale(_)
        | Subject::Tax(_)
        | Subject::Payable(_)
        | Subject::Accrued(_) => None,
    });
    let below = drawers.filter(|(_, row)| row.after < Money::ZERO && row.after < row.before);
    below.map(|(account, _)| account.clone()).collect()
}

/// The id of the refund that an entry would record: the request that an approval names, or the entry itself.
fn refund_of(entry: &Entry) -> Id {
    if let Body::RefundApproved(approved) = &entry.body { approved.request.clone() } else { entry.id.clone() }
}

/// Replaces a request by the refund that its approval would post, because a request itself posts nothing.
fn approved(body: Body) -> Body {
    let Body::RefundRequested(refund) = body else { return body };
    if refund.method == Method::Online { Body::RefundIssued(refund) } else { Body::RefundRecorded(refund) }
}

/// Whether the entry pays an order or takes its payment back: the sale and its tax are listed only if they change.
const fn pays(body: &Body) -> bool {
    matches!(body, Body::PaymentRecorded(_) | Body::CreditApplied(_) | Body::CreditUnapplied(_))
}

/// The orders that the entry names, then the others that it touches. Credit can name a lot in the place of an order.
fn orders(named: &[Id], after: &Account, lines: &Lines) -> Vec<Id> {
    let named = named.iter().filter(|id| after.orders.contains_key(id));
    let touched = lines.owed.iter().map(|(order, _)| order);
    let mut seen = BTreeSet::new();
    named.chain(touched).filter(|id| seen.insert(*id)).cloned().collect()
}

/// The orders that an entry names, or the orders of the document that it continues.
fn named_orders(entry: &Entry, account: &Account) -> Vec<Id> {
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

/// The tax taken back of credit that was granted with tax, if the entry changes it.
fn granted_tax(before: &Account, after: &Account, id: &Id) -> Option<Change> {
    let is = after.lots.get(id)?;
    let Some(CreditOrigin::Granted(granted)) = after.body(id)?.credit_origin() else { return None };
    let figure = |lot: &Lot| tax_reversed(granted, lot.reversed) - granted.tax();
    let was = before.lots.get(id).map_or(Money::ZERO, figure);
    (was != figure(is)).then(|| Change { subject: Subject::Tax(id.clone()), before: was, after: figure(is) })
}

/// What becomes credit because nothing more is owed: of a payment what it does not allocate, and what the entry releases
/// from orders.
fn left_over(before: &Account, after: &Account, orders: &[Id], entry: &Id) -> Money {
    let released =
        |account: &Account, id: &Id| account.orders.get(id).map_or(Money::ZERO, |order| order.released);
    let more = orders.iter().map(|id| (released(after, id) - released(before, id)).or_zero()).sum::<Money>();
    more + after.payments.get(entry).map_or(Money::ZERO, |payment| payment.left_over)
}

/// The commission figures that belong to the partners of an existing order, even if they do not change.
fn partners(before: &Account, id: &Id) -> Vec<BookAccount> {
    let shares = before.orders.get(id).map(|order| &order.shares[..]).unwrap_or_default();
    let accounts = shares.iter().flat_map(|share| {
        let accrued = (share.basis == Basis::UpFront).then(|| share.accrued.clone());
        std::iter::once(share.payable.clone()).chain(accrued)
    });
    accounts.collect()
}

/// The balances of the listed partner accounts and of those that the entry changes, partner by partner.
fn commission(shop: &Shop, listed: Vec<BookAccount>, moved: &[Movement]) -> Vec<Change> {
    let mut accounts = IndexMap::<Arc<str>, BTreeSet<BookAccount>>::new();
    let changed = moved.iter().map(|line| line.account.clone());
    for account in listed.into_iter().chain(changed.filter(|account| is_commission(account.code))) {
        accounts.entry(account.party.clone()).or_default().insert(account);
    }
    let row = |account: BookAccount| {
        let change =
            moved.iter().find(|line| line.account == account).map_or(Money::ZERO, |line| line.amount);
        let (before, partner) = (-shop.balance(&account), Id::new(&account.party).ok()?);
        let accrued = account.code == Code::CommissionAccrued;
        let subject = if accrued { Subject::Accrued(partner) } else { Subject::Payable(partner) };
        Some(Change { subject, before, after: before - change })
    };
    accounts.into_values().flatten().filter_map(row).collect()
}

const fn is_commission(code: Code) -> bool {
    matches!(code, Code::CommissionPayable | Code::CommissionAccrued)
}
