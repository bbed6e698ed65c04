//! Step 4: the refund as recorded, and the money that must still be handed over.

use super::wizard::Wizard;
use crate::at::at;
use crate::components::{Button, ChangeRow, Changes, Done, LinkButton, Look};
use crate::components::{focus_on, live, swap};
use crate::engine::Recorded;
use crate::route::{Query, Route};
use crate::screens::hand_over::HandOver;
use crate::screens::{context, methods};
use crate::session::Loaded;
use crate::text::{money, say};
use ledger::account::Status;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;

/// The id of the sentence that the money was handed over.
const HANDED: &str = "handed";

pub(super) fn done(wizard: Wizard, refund: Id) -> AnyView {
    let hand_over = HandOver::new(wizard.session);
    let row = Memo::new(move |_| match wizard.loaded.get() {
        Loaded::Ready(view) => view.refunds.iter().find(|row| row.id == refund).cloned(),
        Loaded::Pending | Loaded::Missing => None,
    });
    // The panel is not rebuilt when only the handover changes, because the rest of the refund is final.
    let known = Memo::new(move |_| row.get().map(|row| RefundRow { handed_over: false, ..row }));
    swap(known, move |known| known.map(|known| panel(wizard, hand_over, &known, row)).into_any())
}

fn panel(wizard: Wizard, hand_over: HandOver, row: &RefundRow, now: Memo<Option<RefundRow>>) -> AnyView {
    let amount = wizard.currency.with_value(|currency| money::money(row.amount, currency));
    let requested = row.status == Status::Requested;
    let no = row.no.clone().unwrap_or_default();
    let title = match requested {
        true => say!(refund.done_requested, amount = amount.clone()),
        false => say!(refund.done_recorded, no = no, amount = amount.clone()),
    };
    let rows = wizard.last.get_untracked().map(|last| changes(wizard, &last)).unwrap_or_default();
    let to_credit = Some(row.amount - row.money).filter(|amount| !requested && amount.is_positive());
    let to_credit = to_credit.filter(|_| row.method != Method::Credit).map(|amount| {
        let amount = wizard.currency.with_value(|currency| money::money(amount, currency));
        view! { <p>{say!(refund.done_to_credit, amount = amount)}</p> }
    });
    let taken_off = (!requested && row.credit.is_positive()).then(|| {
        let amount = wizard.currency.with_value(|currency| money::money(row.credit, currency));
        view! { <p>{say!(refund.done_taken_off, amount = amount)}</p> }
    });
    let table = (!rows.is_empty() && !requested)
        .then(|| view! { <Changes caption=title.clone() rows=rows past=true/> });
    let money = match requested {
        true => view! { <p>{say!(refund.requested_hint)}</p> }.into_any(),
        false => hand_over_section(hand_over, row.clone(), now),
    };
    let order = at(wizard.order_link().with(Query::New, &row.id));
    let print = (!requested).then(|| {
        let print = |()| drop(window().print());
        view! { <Button label=say!(refund.print) on_press=print/> }
    });
    view! {
        <Done title=title>
            {table}
            {taken_off}{to_credit}
            {money}
            <div class="actions">
                <LinkButton href=order label=say!(refund.back_to_order) look=Look::Primary/>
                {print}
                <LinkButton href=at(Route::Refunds) label=say!(refund.to_refunds)/>
            </div>
        </Done>
    }
    .into_any()
}

/// The reminder, shown until *Handed over* is pressed. Store credit, and applied credit that went back to its lot, are
/// not money.
fn hand_over_section(hand_over: HandOver, row: RefundRow, now: Memo<Option<RefundRow>>) -> AnyView {
    if row.money.is_zero() {
        return view! { <p>{say!(refund.no_money)}</p> }.into_any();
    }
    let amount = money::money(row.money, &context::currency(context::session()));
    let words = say!(refund.hand_over, amount = amount, by = methods::by(context::session(), row.method));
    let handed = Memo::new(move |_| now.get().is_some_and(|row| row.handed_over));
    live(move || match handed.get() {
        true => {
            // The button that had the focus is gone, so the focus moves to the sentence that replaces it.
            if hand_over.pressed() {
                focus_on(HANDED);
            }
            view! { <p id=HANDED tabindex="-1">{say!(refund.is_handed_over)}</p> }.into_any()
        }
        false => {
            let row = row.clone();
            view! {
                <p class="note warn">{words.clone()}</p>
                {hand_over.problem()}
                <div class="row">
                    <Button label=say!(refund.handed_over) on_press=move |()| hand_over.press(&row)/>
                </div>
            }
            .into_any()
        }
    })
}

fn changes(wizard: Wizard, last: &Recorded) -> Vec<ChangeRow> {
    let (Some(before), Some(after)) = (&last.before, &last.after) else { return Vec::new() };
    let name = context::row(wizard.session, after.id.clone())
        .get_untracked()
        .map(|row| row.name)
        .unwrap_or_default();
    let row = |subject: String, was: Money, is: Money| {
        let figure = |amount| wizard.currency.with_value(|currency| money::figure(amount, currency));
        ChangeRow { subject, before: figure(was), after: figure(is) }
    };
    let order = wizard.owed_before.get_untracked().zip(wizard.with(|_, facts, _| facts.owed));
    let on_others = after.owed != order.map_or(after.owed, |(_, now)| now);
    let mut rows: Vec<ChangeRow> = order
        .filter(|_| on_others)
        .map(|(was, now)| row(say!(refund.order_owes, no = wizard.order_no()), was, now))
        .into_iter()
        .collect();
    let owes = if on_others { say!(refund.owes_on_all, name = name) } else { say!(refund.owes, name = name) };
    rows.push(row(owes, before.owed, after.owed));
    rows.push(row(say!(refund.available_credit), before.credit, after.credit));
    rows
}
