//! The confirmation of a pay-out on the account, and the reminder to pay the money.

use crate::at::at;
use crate::components::live;
use crate::components::{Button, LinkButton, Look};
use crate::route::Route;
use crate::screens::customer::AccountMemo;
use crate::screens::hand_over::HandOver;
use crate::screens::refunds::decision::{Decision, Verdict};
use crate::screens::{context, methods};
use crate::screens::{outcome_panel, print_links};
use crate::text::{money, say};
use ledger::account::{Status, Waits};
use ledger::entry::EntryKind;
use ledger::id::Id;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;

/// What happened to a pay-out of an account, above its lists.
pub fn recorded(view: AccountMemo, payout: Id, decision: Decision) -> AnyView {
    let hand_over = HandOver::new(context::session());
    let row = Memo::new(move |_| {
        view.with(|view| view.as_ref()?.refunds.iter().find(|row| row.id == payout).cloned())
    });
    live(move || row.get().map(|row| panel(&row, decision, hand_over)))
}

fn panel(row: &RefundRow, decision: Decision, hand_over: HandOver) -> AnyView {
    let currency = context::currency(context::session());
    let (no, amount) = (row.no.clone().unwrap_or_default(), money::money(row.amount, &currency));
    let title = match (row.status, row.waits_for()) {
        (Status::Rejected, _) if row.withdrawn => say!(payout.withdrawn, no = no, amount = amount),
        (Status::Rejected, _) => say!(payout.rejected, no = no, amount = amount),
        (Status::Reversed, _) => say!(payout.reversed, no = no, amount = amount),
        (_, Some(Waits::Payment)) => say!(payout.processed, no = no, amount = amount),
        // The payment is recorded, but the customer has not received the money yet.
        (_, Some(_)) => say!(payout.recorded, no = no, amount = amount),
        (_, None) => say!(payout.completed, no = no, amount = amount),
    };
    let more = match row.waits_for() {
        Some(Waits::Payment) => pay(row, decision),
        Some(Waits::HandOver) => hand(row, money::money(row.money, &currency), hand_over),
        // Only refunds of orders wait for these.
        Some(Waits::Decision | Waits::Processor) | None => ().into_any(),
    };
    let next = view! {
        {(!row.asks()).then(|| print_links::button(&row.customer, &row.id, say!(paper.print_slip)))}
        <LinkButton href=at(Route::Refunds) label=say!(refund.to_refunds)/>
    };
    outcome_panel::panel(title, context::session().last_recorded(&row.id).as_deref(), more, next.into_any())
}

/// The credit is held, and the money is not paid yet.
fn pay(row: &RefundRow, decision: Decision) -> AnyView {
    let may = context::may(context::session(), EntryKind::PayoutCompleted, row.amount);
    let why = Signal::stored((!may).then(|| say!(payout.clerk)));
    let (paid, own) = (row.clone(), row.clone());
    let currency = context::currency(context::session());
    let rounding = row.rounding();
    let rounded = (!rounding.is_zero()).then(|| money::handed_over_rounded((row.money, rounding), &currency));
    let take_back = decision.takes_back(row).then(|| {
        let press = move |()| decision.ask(Verdict::Withdraw, &own);
        view! { <Button label=say!(queue.withdraw) look=Look::Quiet on_press=press/> }
    });
    view! {
        <p class="note warn">{say!(payout.must_pay)}</p>
        {rounded.map(|says| view! { <p>{says}</p> })}
        <div class="row">
            <Button label=say!(queue.complete) why_not=why on_press=move |()| decision.ask(Verdict::Complete, &paid)/>
            {take_back}
        </div>
        {(!may).then(|| view! { <p class="small muted">{say!(payout.asks_admin)}</p> })}
    }
    .into_any()
}

/// Recorded as paid; the money must still be handed over.
fn hand(row: &RefundRow, amount: String, hand_over: HandOver) -> AnyView {
    let words = say!(refund.hand_over, amount = amount, by = methods::by(context::session(), row.method));
    let given = row.clone();
    view! {
        <p class="note warn">{words}</p>
        {hand_over.problem()}
        <div class="row">
            <Button label=say!(refund.handed_over) on_press=move |()| hand_over.press(&given)/>
        </div>
    }
    .into_any()
}
