//! The difference: what is taken or given back, how, and what changes.

use super::exchange_form::ExchangeForm;
use crate::components::{AmountField, ChangeRow, Changes, Choice, Panel, Select, live, swap};
use crate::forms::exchange::{BANK, Difference, ExchangeFigures, METHOD, METHODS, RECEIVED};
use crate::forms::payment::has_bank;
use crate::screens::{bind, change_rows, clawback, context, methods};
use crate::text::{money, say};
use ledger::method::Method;
use ledger::money::Money;
use ledger::preview::Preview;
use ledger::view::order::OrderView;
use leptos::prelude::*;

/// How the difference is settled; the choice to leave it has its own name for each direction.
pub(super) fn fields(exchange: ExchangeForm) -> AnyView {
    let draft = exchange.draft;
    let difference = Memo::new(move |_| exchange.known().map(ExchangeFigures::difference));
    let gives = Memo::new(move |_| matches!(difference.get(), Some(Difference::GiveBack(_))));
    let method = Memo::new(move |_| draft.with(|draft| draft.method));
    let value = bind::text(
        move || method.get().as_ref().map(Method::word).unwrap_or_default().to_owned(),
        move |picked| draft.update(|draft| draft.method = Method::of(&picked)),
    );
    let select = move |gives: bool| {
        let mut choices = methods::choices(exchange.session, METHODS);
        choices.push(Choice::new("", if gives { say!(exchange.keep) } else { say!(exchange.leave) }));
        let label = if gives { say!(exchange.give_by) } else { say!(exchange.take_by) };
        view! { <Select id=METHOD.id() label=label choices=choices value=value required=true/> }.into_any()
    };
    let bank = move || {
        let value = methods::bank_value(
            exchange.session,
            move || draft.with(|draft| draft.bank.clone()),
            move |bank| draft.update(|draft| draft.bank = Some(bank)),
        );
        let choices = methods::banks(exchange.session);
        view! { <Select id=BANK.id() label=say!(refund.bank) choices=choices value=value required=true/> }
    };
    let takes_cash = Memo::new(move |_| {
        let takes = matches!(difference.get(), Some(Difference::Take(_)));
        takes && method.get() == Some(Method::Cash)
    });
    view! {
        <div class="pair">
            {swap(gives, select)}
            <Show when=move || method.get().is_some_and(has_bank)>{bank()}</Show>
            <Show when=move || takes_cash.get()>{received(exchange)}</Show>
        </div>
        <Show when=move || takes_cash.get()>{change(exchange)}</Show>
    }
    .into_any()
}

fn received(exchange: ExchangeForm) -> AnyView {
    let draft = exchange.draft;
    let value = bind::text(
        move || draft.with(|draft| draft.received.clone()),
        move |typed| draft.update(|draft| draft.received = typed),
    );
    let sign = exchange.currency.with_value(money::sign);
    view! {
        <AmountField id=RECEIVED.id() label=say!(pay.received) currency=sign value=value
            error=exchange.form.error(RECEIVED)/>
    }
    .into_any()
}

/// *Change*, once the cash received is enough.
fn change(exchange: ExchangeForm) -> AnyView {
    let change = Memo::new(move |_| exchange.with(exchange.known()?, |draft, facts| draft.change(facts)));
    let shown = move || {
        let change = change.get()?;
        let amount = exchange.currency.with_value(|currency| money::money(change, currency));
        Some(view! { <span>{say!(pay.change)}</span>" "<b>{amount}</b> })
    };
    view! { <p class="change" role="status">{live(shown)}</p> }.into_any()
}

/// The box of partner commissions, where the order that comes back has partners.
pub(super) fn commissions(exchange: ExchangeForm, view: &OrderView) -> AnyView {
    let draft = exchange.draft;
    let marked = bind::checkbox(
        move || draft.with(|draft| draft.clawback),
        move |on| draft.update(|draft| draft.clawback = on),
    );
    clawback::of_credit(view, move || exchange.clawback_moves(), marked, exchange.currency.get_value())
}

/// *What will happen*.
pub(super) fn outcome(exchange: ExchangeForm) -> AnyView {
    let rows = Memo::new(move |_| rows(exchange));
    let said = move || match exchange.read() {
        Ok((_, figures)) => says(exchange, figures),
        Err(_) => say!(exchange.not_yet),
    };
    view! {
        <Panel title=say!(refund.what_will_happen)>
            <p class="small muted" role="status">{live(said)}</p>
            <Changes caption=say!(refund.what_will_happen) rows=rows/>
            {live(move || change_rows::warning(exchange.session, &preview(exchange)?))}
        </Panel>
    }
    .into_any()
}

fn preview(exchange: ExchangeForm) -> Option<Preview> {
    // Another tab or counter may change what is in the drawer.
    exchange.session.shop().track();
    exchange.session.preview_all(&exchange.read().ok()?.0).ok()
}

fn rows(exchange: ExchangeForm) -> Vec<ChangeRow> {
    let name = context::customer_name(exchange.session, &exchange.customer.get_value());
    let preview = preview(exchange).unwrap_or_default();
    let row = |change| change_rows::of_account(exchange.session, &name, change);
    preview.changes.into_iter().filter_map(row).collect()
}

/// The confirm question: what comes off, the new order, and the difference.
pub(super) fn question(exchange: ExchangeForm, figures: ExchangeFigures) -> String {
    let name = context::customer_name(exchange.session, &exchange.customer.get_value());
    let no = exchange.loaded.get().ready().and_then(|view| view.row.no.clone()).unwrap_or_default();
    format!("{} {}", say!(exchange.sure, no = no, name = name), says(exchange, figures))
}

fn says(exchange: ExchangeForm, figures: ExchangeFigures) -> String {
    let m = |amount: Money| exchange.currency.with_value(|currency| money::money(amount, currency));
    let (credit, total) = (m(figures.credit), m(figures.total));
    // In cash, what is taken or given back is what moves.
    let rounded = exchange.with(figures, |draft, facts| draft.rounded(facts));
    let moves = |amount: Money| m(rounded.map_or(amount, |(moves, _)| moves));
    let by = exchange.draft.with(|draft| draft.method.map(|method| methods::by(exchange.session, method)));
    match (figures.difference(), by) {
        (Difference::Even, _) => say!(exchange.even, credit = credit, total = total),
        (Difference::Take(more), Some(by)) => {
            say!(exchange.take, credit = credit, total = total, amount = moves(more), by = by)
        }
        (Difference::Take(more), None) => {
            say!(exchange.stays_owed, credit = credit, total = total, amount = m(more))
        }
        (Difference::GiveBack(back), Some(by)) => {
            say!(exchange.give, credit = credit, total = total, amount = moves(back), by = by)
        }
        (Difference::GiveBack(back), None) => {
            say!(exchange.stays_credit, credit = credit, total = total, amount = m(back))
        }
    }
}
