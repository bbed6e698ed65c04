//! Open tasks: refunds to approve, to pay, and to hand over; exceptions to resolve; disputed payments to record; card charges that
//! are not paid; refunds that a bank has sent back.

use crate::at::at;
use crate::components::LinkButton;
use crate::route::Route;
use crate::screens::links;
use crate::screens::refunds::sections;
use crate::session::{CustomerList, Session};
use crate::sort::sort_by_key;
use crate::text::{counted, date, money, names, reasons, say};
use ledger::account::Status;
use ledger::money::Currency;
use ledger::shop::Shop;
use ledger::view::charge::ChargeWait;
use ledger::view::customer::CustomerRow;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;
use std::sync::Arc;

/// The most rows shown; the rest is under *Refunds*.
const MOST: usize = 5;

/// How many days a refund is shown that a bank has sent back, if nothing follows: perhaps the customer does not want it any more.
const SENT_BACK: i32 = 60;

/// The open tasks, oldest first.
pub fn to_do() -> AnyView {
    let session = expect_context::<Session>();
    let (queue, shop) = (session.queue(), session.shop());
    let customers = session.customers();
    let accounts = move |open: fn(&CustomerRow) -> bool| {
        Memo::new(move |_| {
            let first = |all: &Arc<CustomerList>| {
                all.with_tasks().filter(|row| open(row)).take(MOST).cloned().collect()
            };
            customers.with::<Vec<CustomerRow>>(first)
        })
    };
    let exceptions = accounts(|row| row.exceptions > 0);
    let disputed = accounts(|row| row.disputed);
    let today = session.today();
    let sent_back = Memo::new(move |_| {
        let open =
            |row: &&CustomerRow| row.sent_back.is_some_and(|day| day.days_until(today.get()) <= SENT_BACK);
        let first = |all: &Arc<CustomerList>| all.with_tasks().filter(open).take(MOST).cloned().collect();
        customers.with::<Vec<CustomerRow>>(first)
    });
    let charges = Memo::new(move |_| {
        let open = |all: &Arc<CustomerList>| {
            let mut rows: Vec<_> = all.with_tasks().filter(|row| row.charge.is_some()).cloned().collect();
            sort_by_key(&mut rows, |row| row.charge);
            rows.truncate(MOST);
            rows
        };
        customers.with::<Vec<CustomerRow>>(open)
    });
    let rows = move || {
        let (Some(shop), Some(rows)) = (shop.get(), queue.get()) else {
            return ().into_any();
        };
        let (exceptions, disputed, charges) = (exceptions.get(), disputed.get(), charges.get());
        let sent_back = sent_back.get();
        let mut rows: Vec<_> = rows.iter().filter(|row| sections::is_shown(session, row)).collect();
        let accounts = [&exceptions, &disputed, &charges, &sent_back];
        if rows.is_empty() && accounts.iter().all(|rows| rows.is_empty()) {
            return view! { <p class="muted">{say!(counter.nothing_waits)}</p> }.into_any();
        }
        sort_by_key(&mut rows, |row| rank(row.status));
        let more = rows.len().saturating_sub(MOST);
        let more = (more > 0).then(|| {
            let says = counted!(counter.more_refunds, more as u64);
            view! { <p class="small"><a href=at(Route::Refunds)>{says}</a></p> }
        });
        let rows = rows.into_iter().take(MOST).filter_map(|row| line(row, &shop)).collect_view();
        let exceptions = exceptions.into_iter().map(exception_row).collect_view();
        let disputed = disputed.into_iter().map(disputed_row).collect_view();
        let charges = charges.into_iter().filter_map(charge_row).collect_view();
        let sent_back = sent_back.into_iter().map(sent_back_row).collect_view();
        view! { <ul class="to-do">{disputed}{sent_back}{exceptions}{charges}{rows}</ul>{more} }.into_any()
    };
    view! {
        <section aria-labelledby="to-do">
            <h2 id="to-do">{say!(counter.needs_you)}</h2>
            {rows}
        </section>
    }
    .into_any()
}

/// An account with exceptions: conflicting entries of two counters.
fn exception_row(row: CustomerRow) -> AnyView {
    let account = at(Route::Customer(row.id.clone()));
    let about = say!(exceptions.conflicts_for);
    view! {
        <li>
            <div><p>{about}" "<a href=account.clone()>{row.name}</a></p></div>
            <LinkButton href=account label=say!(counter.review)/>
        </li>
    }
    .into_any()
}

/// An account with a card charge or a payment link that is not paid.
fn charge_row(row: CustomerRow) -> Option<AnyView> {
    let about = match row.charge? {
        ChargeWait::Person => say!(counter.charge_person),
        ChargeWait::Stopped => say!(counter.collect_stopped),
        ChargeWait::NotMade => say!(counter.charge_not_made),
        ChargeWait::UnderWay => say!(counter.charge_under_way),
    };
    let (account, charges) = (at(Route::Customer(row.id.clone())), at(links::tab(&row.id, "payments")));
    let row = view! {
        <li>
            <div><p>{about}" · "<a href=account>{row.name}</a></p></div>
            <LinkButton href=charges label=say!(counter.review)/>
        </li>
    };
    Some(row.into_any())
}

/// An account with a refund whose money the bank has sent back.
fn sent_back_row(row: CustomerRow) -> AnyView {
    let (account, refunds) = (at(Route::Customer(row.id.clone())), at(links::tab(&row.id, "refunds")));
    view! {
        <li>
            <div><p>{say!(counter.sent_back)}" · "<a href=account>{row.name}</a></p></div>
            <LinkButton href=refunds label=say!(counter.review)/>
        </li>
    }
    .into_any()
}

/// An account with something of a disputed payment to record.
fn disputed_row(row: CustomerRow) -> AnyView {
    let payments = at(links::tab(&row.id, "payments"));
    let account = at(Route::Customer(row.id.clone()));
    view! {
        <li>
            <div><p>{say!(counter.disputed)}" "<a href=account>{row.name}</a></p></div>
            <LinkButton href=payments label=say!(counter.review)/>
        </li>
    }
    .into_any()
}

/// Order of the rows: first what needs a decision, then money still to be paid, then what only needs a tick.
const fn rank(status: Status) -> u8 {
    match status {
        Status::Requested => 0,
        Status::Awaiting => 1,
        Status::Recorded
        | Status::Complete
        | Status::Succeeded
        | Status::Failed
        | Status::Canceled
        | Status::Reversed
        | Status::Rejected => 2,
        Status::Pending => 3,
    }
}

fn line(row: &RefundRow, shop: &Shop) -> Option<AnyView> {
    let session = expect_context::<Session>();
    let name = session
        .customers()
        .with_untracked(|all| all.get(&row.customer).map(|customer| customer.name.clone()))?;
    let account = at(Route::Customer(row.customer.clone()));
    let review = row.order.as_ref().map_or(Route::Refunds, |order| links::order(&row.customer, order));
    let about = about(row, shop, session.today().get_untracked());
    Some(
        view! {
            <li>
                <div>
                    <p>{what(row, shop, shop.currency.as_ref()?)}" · "<a href=account>{name.clone()}</a></p>
                    <p class="small muted">{about}</p>
                </div>
                <LinkButton href=at(review) label=say!(counter.review)/>
            </li>
        }
        .into_any(),
    )
}

fn what(row: &RefundRow, shop: &Shop, currency: &Currency) -> String {
    // Only a request can be about store credit; the other rows wait for money.
    let (amount, by) = (money::money(row.asked(), currency), names::by_method(row.method, &shop.methods));
    match row.status {
        Status::Requested => say!(counter.asks_refund, who = member(row, shop), amount = amount, by = by),
        Status::Awaiting => say!(counter.pay_out, amount = amount, by = by),
        Status::Pending => say!(counter.settling, amount = amount, by = by),
        Status::Recorded
        | Status::Complete
        | Status::Succeeded
        | Status::Failed
        | Status::Canceled
        | Status::Reversed
        | Status::Rejected => say!(counter.hand_over, amount = amount, by = by),
    }
}

/// The date and the staff member, the reason, and the order.
fn about(row: &RefundRow, shop: &Shop, today: ledger::date::Date) -> String {
    let since = say!(counter.since, who = member(row, shop), when = date::ago(row.on, today));
    let order = row.order_no.clone().map(|no| say!(counter.order, no = no));
    [Some(since), row.reason.as_deref().map(reasons::label), order]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn member(row: &RefundRow, shop: &Shop) -> String {
    shop.staff.get(&row.actor).map_or_else(|| say!(names.unknown_person), |member| member.name.clone())
}
