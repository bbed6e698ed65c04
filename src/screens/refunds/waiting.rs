//! The rows of the refund queue.

use super::decision::{Decision, Verdict};
use crate::at::at;
use crate::components::{Button, Look, live};
use crate::screens::hand_over::HandOver;
use crate::screens::{context, links, methods};
use crate::session::Session;
use crate::text::{date, money, reasons, say};
use ledger::entry::EntryKind;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;

/// A requested refund; an admin approves or rejects it.
pub(super) fn requested(row: RefundRow, decision: Decision) -> AnyView {
    let (session, of) = (context::session(), row.clone());
    let words = move || {
        let amount = money::money(of.asked(), &context::currency(session));
        let (who, by) = (context::staff(session, &of.actor), methods::by(session, of.method));
        say!(queue.asks, who = who, name = customer(session, &of), amount = amount, by = by)
    };
    let why = Signal::derive(move || {
        (!context::may(session, EntryKind::RefundApproved, row.amount)).then(|| say!(queue.clerk))
    });
    let (approved, rejected) = (row.clone(), row.clone());
    let buttons = view! {
        <Button label=say!(queue.approve) look=Look::Primary why_not=why
            on_press=move |()| decision.ask(Verdict::Approve, &approved)/>
        <Button label=say!(queue.reject) why_not=why
            on_press=move |()| decision.ask(Verdict::Reject, &rejected)/>
    };
    line(&row, words, buttons.into_any())
}

/// A pay-out whose credit is held until it is paid.
pub(super) fn awaiting(row: RefundRow, decision: Decision) -> AnyView {
    let session = context::session();
    let why = Signal::derive(move || {
        (!context::may(session, EntryKind::PayoutCompleted, row.amount)).then(|| say!(queue.clerk_complete))
    });
    let (paid, rejected) = (row.clone(), row.clone());
    let buttons = view! {
        <Button label=say!(queue.complete) look=Look::Primary why_not=why
            on_press=move |()| decision.ask(Verdict::Complete, &paid)/>
        <Button label=say!(queue.reject) why_not=why
            on_press=move |()| decision.ask(Verdict::RejectPayout, &rejected)/>
    };
    line(&row, to_whom(session, row.clone()), buttons.into_any())
}

/// A refund at the card processor.
pub(super) fn pending(row: RefundRow) -> AnyView {
    line(&row, to_whom(context::session(), row.clone()), ().into_any())
}

fn to_whom(session: Session, row: RefundRow) -> impl Fn() -> String + Send + 'static {
    move || {
        let amount = money::money(row.money, &context::currency(session));
        say!(
            queue.on_its_way,
            amount = amount,
            name = customer(session, &row),
            by = methods::by(session, row.method)
        )
    }
}

/// A recorded refund whose money is still to be handed over.
pub(super) fn to_give(row: RefundRow, hand_over: HandOver) -> AnyView {
    let (session, of, given) = (context::session(), row.clone(), row.clone());
    let words = move || {
        let amount = money::money(of.money, &context::currency(session));
        say!(queue.give, name = customer(session, &of), amount = amount, by = methods::by(session, of.method))
    };
    let button = view! {
        <Button label=say!(queue.handed_over) on_press=move |()| hand_over.press(&given)/>
    };
    line(&row, words, button.into_any())
}

/// Elements of a row are reused while it waits, so `words` may be loaded later than the row.
fn line(row: &RefundRow, words: impl Fn() -> String + Send + 'static, buttons: AnyView) -> AnyView {
    let age = date::ago(row.on, context::session().today().get_untracked());
    let reason = row.reason.as_deref().map(reasons::label);
    let order = row.order.as_ref().map(|order| {
        let href = at(links::order(&row.customer, order));
        let no = row.order_no.clone().unwrap_or_default();
        view! { " · "<a href=href>{say!(order.title, no = no)}</a> }
    });
    let about = [row.no.clone(), Some(age), reason].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <li>
            <div>
                <p>{live(words)}</p>
                <p class="small muted">{about}{order}</p>
            </div>
            <div class="row">{buttons}</div>
        </li>
    }
    .into_any()
}

fn customer(session: Session, row: &RefundRow) -> String {
    session.customers().with(|all| all.get(&row.customer).map(|row| row.name.clone())).unwrap_or_default()
}
