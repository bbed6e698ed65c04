//! *Awaiting payment* as a list to pay from: grouped by method and account, each group with its sum.

use super::queue_row::QueueRow;
use super::sections::Section;
use super::{list, nothing};
use crate::components::{live, swap};
use crate::screens::{context, methods};
use crate::text::{counted, money, names, say};
use ledger::code::MoneyAccount;
use ledger::method::Method;
use ledger::money::Money;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;

/// A method with the account that pays.
type Group = (Method, Option<MoneyAccount>);

pub(super) fn to_pay(waiting: Memo<Option<Vec<RefundRow>>>, row: QueueRow) -> AnyView {
    let rows =
        Memo::new(move |_| Section::Awaiting.of(waiting.with(|rows| rows.clone().unwrap_or_default())));
    let groups = Memo::new(move |_| rows.with(|rows| groups(rows)));
    let some = Memo::new(move |_| groups.with(|groups| !groups.is_empty()));
    let none = Memo::new(move |_| waiting.with(|rows| rows.as_ref().map(Vec::is_empty)));
    let all = move || {
        let one = move |of: Group| group(of, rows, row);
        view! { <For each=move || groups.get() key=|group| group.clone() children=one/> }.into_any()
    };
    swap(some, move |some| if some { all() } else { swap(none, nothing) })
}

/// The groups, in the order of their oldest row.
fn groups(rows: &[RefundRow]) -> Vec<Group> {
    let mut groups = Vec::new();
    for row in rows {
        let group = (row.method, row.account.clone());
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

fn group(of: Group, rows: Memo<Vec<RefundRow>>, row: QueueRow) -> AnyView {
    let (method, account) = of;
    let from =
        account.as_ref().map(|account| say!(queue.from_account, account = names::money_account(account)));
    let own = Memo::new(move |_| {
        let fits = |row: &&RefundRow| row.method == method && row.account == account;
        rows.with(|rows| rows.iter().filter(fits).cloned().collect::<Vec<_>>())
    });
    let currency = context::currency(row.session);
    let count = move || counted!(queue.refunds, own.with(Vec::len) as u64);
    let sum = move || {
        let sum: Money = own.with(|rows| rows.iter().map(|row| row.money).sum());
        money::money(sum, &currency)
    };
    view! {
        <section>
            <div class="group">
                <h2>{methods::name(row.session, method)}</h2>
                <span class="muted">{from}</span>
                <span class="push"><span class="muted wide">{live(count)}" · "</span><b>{live(sum)}</b></span>
            </div>
            {list(own, row)}
        </section>
    }
    .into_any()
}
