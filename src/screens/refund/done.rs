//! Step 4: the refund as recorded, and the money that must still be handed over.

use super::wizard::Wizard;
use crate::at::at;
use crate::components::{Button, ChangeRow, Changes, Done, LinkButton, Look, MenuItem, Panel, Tag};
use crate::components::{focus_on, linked, live, swap};
use crate::engine::Recorded;
use crate::route::{Query, Route};
use crate::screens::clawback::of_partners;
use crate::screens::correct::{Corrections, offers};
use crate::screens::hand_over::HandOver;
use crate::screens::{context, links, methods, online_refund, outcome_panel, print_links};
use crate::session::Loaded;
use crate::text::{money, names, reasons, say};
use ledger::account::Status;
use ledger::code::Code;
use ledger::entry::Part;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::preview::Subject;
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
    let customer = wizard.customer.get_value();
    let corrections = Corrections::new(wizard.session, customer.clone());
    let account = wizard.session.account(customer);
    let dialog = corrections.dialog(move || account.get().ready());
    // The panel is not rebuilt when only the handover changes, because the rest of the refund is final.
    let known =
        Memo::new(move |_| row.get().map(|row| RefundRow { handed_over: false, progress: None, ..row }));
    let shown = move |known: RefundRow| untrack(|| panel(wizard, (hand_over, corrections), &known, row));
    let content = swap(known, move |known| known.map(shown).into_any());
    view! { {content}{dialog} }.into_any()
}

fn title(wizard: Wizard, row: &RefundRow) -> String {
    let (no, amount) = (row.no.clone().unwrap_or_default(), write(wizard, row.amount));
    match row.status {
        Status::Requested => say!(refund.done_requested, amount = amount),
        Status::Rejected if row.withdrawn => say!(payout.withdrawn, no = no, amount = amount),
        Status::Rejected => say!(payout.rejected, no = no, amount = amount),
        status if status.is_undone() => say!(payout.reversed, no = no, amount = amount),
        _ if row.method == Method::Online => say!(refund.done_issued, no = no, amount = amount),
        _ => say!(refund.done_recorded, no = no, amount = amount),
    }
}

fn panel(
    wizard: Wizard,
    (hand_over, corrections): (HandOver, Corrections),
    row: &RefundRow,
    now: Memo<Option<RefundRow>>,
) -> AnyView {
    let requested = row.status == Status::Requested;
    // Of a request, and of what was undone, nothing has changed and nothing is handed over.
    let moved = !requested && !row.status.is_undone();
    let title = title(wizard, row);
    let rows = wizard.last.get_untracked().map(|last| changes(wizard, &last)).unwrap_or_default();
    let table = (!rows.is_empty() && moved).then(|| {
        view! {
            <aside>
                <Panel title=say!(refund.what_changed)>
                    <Changes caption=say!(refund.what_changed) rows=rows past=true/>
                </Panel>
            </aside>
        }
    });
    let money = match moved {
        true => hand_over_section(wizard, hand_over, row.clone(), now),
        false => ().into_any(),
    };
    let reverse = corrections.items(offers::of_refund(row)).into_iter().filter_map(|item| {
        let MenuItem { label, on_press, .. } = item;
        Some(view! { <Button label=label look=Look::Quiet on_press=on_press?/> })
    });
    let reverse = reverse.collect_view();
    let name = context::customer_name(wizard.session, &row.customer);
    let account = at(links::tab(&row.customer, "refunds").with(Query::New, &row.id));
    let hint = requested.then(|| view! { <p>{say!(refund.requested_hint)}</p> });
    let order = at(wizard.order_link().with(Query::New, &row.id));
    let facts = facts(wizard, row);
    let print = (!requested).then(|| print_links::button(&row.customer, &row.id, say!(paper.print_slip)));
    view! {
        <div class="cols refund-done">
            <div class="stack">
                {money}
                <Done title=title>{hint}{facts}</Done>
                <div class="actions">
                    <LinkButton href=order label=say!(refund.back_to_order)/>
                    {print}
                    <LinkButton href=account label=say!(pay.to_customer, name = name) look=Look::Quiet/>
                    {reverse}
                </div>
            </div>
            {table}
        </div>
    }
    .into_any()
}

fn write(wizard: Wizard, amount: Money) -> String {
    wizard.currency.with_value(|currency| money::money(amount, currency))
}

/// What was recorded: refund, credit, commission, reason, reference, note, and who did it.
fn facts(wizard: Wizard, row: &RefundRow) -> AnyView {
    let line = |label: String, value: AnyView| view! { <dt>{label}</dt><dd>{value}</dd> }.into_any();
    let text = |label: String, value: String| line(label, value.into_any());
    let mut lines = vec![line(say!(refund.refunded), refunded(wizard, row))];
    if row.credit.is_positive() {
        let no = row.order_no.clone().unwrap_or_default();
        let credited = say!(refund.done_taken_off_order, amount = write(wizard, row.credit), no = no.clone());
        lines.push(line(say!(refund.credit_amount), linked(&credited, &no, at(wizard.order_link()))));
    }
    let to_credit = row.back_to_credit();
    if row.status != Status::Requested && row.method != Method::Credit && to_credit.is_positive() {
        let amount = write(wizard, to_credit);
        lines.push(text(say!(refund.available_credit), say!(refund.done_to_credit, amount = amount)));
    }
    if !row.rounding().is_zero() {
        lines.push(text(say!(refund.rounding), write(wizard, row.rounding())));
    }
    let last = wizard.last.get_untracked();
    let back = last
        .map(|last| of_partners(&last.changes, |change| change.before - change.after))
        .filter(|back| !back.is_zero());
    lines.extend(back.map(|back| text(say!(refund.commission_back), write(wizard, back))));
    lines.extend(row.reason.as_deref().map(|reason| text(say!(refund.reason), reasons::label(reason))));
    lines.extend(row.reference.clone().map(|reference| text(say!(refund.reference), reference)));
    lines.extend(row.note.clone().map(|note| text(say!(refund.notes), note)));
    lines.push(text(say!(refund.by), context::staff(wizard.session, &row.actor)));
    view! { <dl class="facts">{lines}</dl> }.into_any()
}

/// What was taken from each payment and credit, with a link to each payment, and the method.
fn refunded(wizard: Wizard, row: &RefundRow) -> AnyView {
    // Of what was refunded in full nothing is left to refund, but the order still lists it.
    let number = |(place, part): (usize, &Part)| {
        let no = wizard.with(|_, _, view| view.number_of(part)).flatten().unwrap_or_default();
        let says = say!(refund.of_part, amount = write(wizard, part.amount), no = no.clone());
        let says = match part.credit {
            true => says.into_any(),
            false => linked(&says, &no, at(links::payment(&row.customer, &part.from))),
        };
        view! { {(place > 0).then_some(", ")}{says} }
    };
    let parts = row.parts.iter().enumerate().map(number).collect_view();
    view! { {parts}" · "{methods::name(wizard.session, row.method)} }.into_any()
}

/// What has to be handed over, first and large, until *Handed over* is pressed. Store credit, and applied credit that went
/// back to its lot, are not money.
fn hand_over_section(
    wizard: Wizard,
    hand_over: HandOver,
    row: RefundRow,
    now: Memo<Option<RefundRow>>,
) -> AnyView {
    if row.method == Method::Online {
        return at_the_processor(wizard, now);
    }
    if row.money.is_zero() {
        return view! { <p class="note">{say!(refund.no_money)}</p> }.into_any();
    }
    let handed = Memo::new(move |_| now.get().is_some_and(|row| row.handed_over));
    // Recorded here a moment ago: the draft is still there.
    let issued = untrack(|| {
        wizard.with(|draft, _, _| draft.id == row.id && draft.issued && row.method == Method::Card)
    })
    .unwrap_or_default();
    live(move || match handed.get() {
        true => {
            // The button that had the focus is gone, so the focus moves to the sentence that replaces it.
            if hand_over.pressed() {
                focus_on(HANDED);
            }
            let is_issued = issued && !hand_over.pressed();
            let said = match row.reference.clone().filter(|_| is_issued) {
                Some(reference) => say!(refund.issued_done, reference = reference),
                None => say!(refund.is_handed_over),
            };
            view! { <p id=HANDED class="note" tabindex="-1">{said}</p> }.into_any()
        }
        false => to_hand_over(wizard, hand_over, &row),
    })
}

/// How far a refund is that the shop's server sends.
fn at_the_processor(wizard: Wizard, now: Memo<Option<RefundRow>>) -> AnyView {
    let says = move || {
        let row = now.get()?;
        let (text, tone) = online_refund::stage(wizard.session, &row)?;
        let explained = online_refund::explained(wizard.session, &row)?;
        let amount = write(wizard, row.money);
        Some(view! {
            <b class="figure">{amount}</b>
            <p><Tag text=text tone=tone/></p>
            <p>{explained}</p>
        })
    };
    view! {
        <section class="hand" aria-labelledby="processor" role="status">
            <h2 id="processor">{say!(refund.how_far)}</h2>
            {live(says)}
        </section>
    }
    .into_any()
}

fn to_hand_over(wizard: Wizard, hand_over: HandOver, row: &RefundRow) -> AnyView {
    let by = methods::by(wizard.session, row.method);
    let name = context::customer_name(wizard.session, &row.customer);
    let how = match row.account.as_ref().filter(|account| matches!(account.code, Code::Cash | Code::Bank)) {
        Some(account) => {
            say!(refund.hand_from, by = by, account = names::money_account(account), name = name)
        }
        None => say!(refund.hand_to, by = by, name = name),
    };
    let (amount, given) = (write(wizard, row.money), row.clone());
    view! {
        <section class="hand" aria-labelledby="hand-over">
            <h2 id="hand-over">{say!(refund.hand_over_money)}</h2>
            <b class="figure">{amount}</b>
            <p>{how}</p>
            {hand_over.problem()}
            <div class="row">
                <Button label=say!(refund.handed_over) look=Look::Primary on_press=move |()| hand_over.press(&given)/>
                <LinkButton href=at(Route::Refunds.with(Query::Tab, "hand-over")) label=say!(refund.later)/>
                <span class="small muted">{say!(refund.later_hint)}</span>
            </div>
        </section>
    }
    .into_any()
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
    let sale = last.changes.iter().filter(|change| matches!(change.subject, Subject::Sale(_)));
    let sale = sale.filter(|change| change.before != change.after);
    rows.extend(
        sale.map(|change| row(say!(refund.sale, no = wizard.order_no()), change.before, change.after)),
    );
    rows.extend(outcome_panel::of_the_shop(std::slice::from_ref(last), &row));
    rows
}
