//! Before → after, computed by the very code that posts.

use crate::account::Account;
use crate::account::documents::Refund;
use crate::account::order::Order;
use crate::act::payment::Method;
use crate::body::Body;
use crate::code::{BookAccount, Code};
use crate::command::Command;
use crate::decide::{Context, Decision, decide};
use crate::entry::Entry;
use crate::id::Id;
use crate::money::Money;
use crate::posting::Moved;
use crate::refusal::Refusal;
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
    match &entry.body {
        Body::RefundApproved(approved) => approved.request.clone(),
        _ => entry.id.clone(),
    }
}

/// A request moves nothing; what is shown is what its approval would do.
fn approved(body: Body) -> Body {
    match body {
        Body::RefundRequested(refund) if refund.method == Method::Online => Body::RefundIssued(refund),
        Body::RefundRequested(refund) => Body::RefundRecorded(refund),
        body => body,
    }
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
        let one = |order: &Id, sale| Self { orders: vec![order.clone()], sale, payment: false };
        match &entry.body {
            Body::OrderPlaced(_) => one(&entry.id, true),
            Body::PaymentRecorded(paid) => {
                let orders = paid.allocations.iter().map(|part| part.order.clone()).collect();
                Self { orders, sale: false, payment: true }
            }
            Body::CreditApplied(applied) => one(&applied.order, false),
            Body::CreditUnapplied(unapplied) => one(&unapplied.order, false),
            Body::OrderCredited(credited) => one(&credited.order, true),
            Body::RefundRecorded(refund) | Body::RefundIssued(refund) => one(&refund.order, true),
            Body::OrderWrittenOff(off) | Body::WriteOffReversed(off) => one(&off.order, true),
            body => Self { orders: continued(body, account), sale: true, payment: false },
        }
    }
}

/// The orders of the document that an act continues.
fn continued(body: &Body, account: &Account) -> Vec<Id> {
    let refund = |id: &Id| account.refunds.get(id).map(|refund| vec![refund.order.clone()]);
    let note = |id: &Id| account.notes.get(id).map(|note| vec![note.order.clone()]);
    let orders = match body {
        Body::PaymentReversed(reversed) => account.payments.get(&reversed.of).map(|paid| paid.orders.clone()),
        Body::RefundReversed(reversed) => refund(&reversed.of),
        Body::RefundApproved(approved) => refund(&approved.request),
        Body::RefundSettled(settled) => refund(&settled.refund),
        Body::CreditNoteReversed(reversed) => note(&reversed.of),
        Body::CreditReversed(reversed) => note(&reversed.lot),
        _ => None,
    };
    orders.unwrap_or_default()
}

/// Money accounts that the entry moves, with the shop's balances.
fn money<'a>(shop: &'a Shop, moved: &'a [Moved]) -> impl Iterator<Item = Change> + 'a {
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
    let Some((_, placed)) = is.written() else { return Vec::new() };
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
