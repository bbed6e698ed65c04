//! Conflicting entries of two counters: a sentence, both entries side by side, and the actions that resolve them.

use super::page::CustomerPage;
use crate::at::at;
use crate::components::{Button, LinkButton, Look, swap};
use crate::route::Route;
use crate::screens::settling::{PendingAct, Settling};
use crate::screens::{context, links, methods};
use crate::session::Session;
use crate::text::{date, exception, history, money, say};
use ledger::entry::EntryKind;
use ledger::exception::Kind;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::rules::{Act, Exception, resolve_manually};
use ledger::view::account::AccountView;
use ledger::view::exception::ExceptionRow;
use ledger::view::history::HistoryRow;
use leptos::prelude::*;

pub(super) fn exceptions(page: &CustomerPage) -> AnyView {
    let (view, customer, currency) = (page.view, page.id.clone(), page.currency.clone());
    let settling = Settling::new(context::session(), Some(customer.clone()));
    let found = |view: &AccountView| view.exceptions.clone();
    let rows = Memo::new(move |_| view.with(|view| view.as_deref().map(found).unwrap_or_default()));
    view! {
        {settling.notice()}
        {swap(rows, move |rows| panel(rows, &customer, &currency, settling))}
        {settling.dialog()}
    }
    .into_any()
}

fn panel(rows: Vec<ExceptionRow>, customer: &Id, currency: &Currency, settling: Settling) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let each = rows.into_iter().map(|row| exception_card(row, customer, currency, settling)).collect_view();
    view! {
        <section class="note warn exceptions" aria-labelledby="exceptions">
            <h2 id="exceptions">{say!(exceptions.title)}</h2>
            <p class="small muted">{say!(exceptions.says)}</p>
            {each}
        </section>
    }
    .into_any()
}

fn exception_card(row: ExceptionRow, customer: &Id, currency: &Currency, settling: Settling) -> AnyView {
    let ExceptionRow { exception: found, entry, other, elsewhere } = row;
    let is_elsewhere = found.kind == Kind::IdClash && elsewhere.is_some();
    let sentence =
        if is_elsewhere { say!(exceptions.id_elsewhere) } else { exception::sentence(&found, currency) };
    let one = side(say!(exceptions.one), entry, currency);
    let other = match elsewhere {
        Some(customer) => of_another(&customer),
        None => side(say!(exceptions.other), other, currency),
    };
    let session = context::session();
    let why = Signal::derive(move || {
        (!context::may(session, EntryKind::ExceptionResolved, Money::ZERO)).then(|| say!(exceptions.clerk))
    });
    // The id is created with the list: a resolved exception leaves the list, so that two presses resolve it once.
    let settled = (Session::new_id(), resolve_manually(found.kind, &found.entry));
    let remedy = remedy(&found, settled.clone(), customer, currency, settling);
    let settle = move |()| settling.ask(settled.clone());
    view! {
        <article class="exception">
            <p><b>{sentence}</b></p>
            <dl class="sides">{one}{other}</dl>
            <div class="actions">
                {remedy}
                <Button label=say!(exceptions.settle) look=Look::Quiet why_not=why on_press=settle/>
            </div>
        </article>
    }
    .into_any()
}

fn side(name: String, row: Option<HistoryRow>, currency: &Currency) -> AnyView {
    let Some(row) = row else {
        return view! { <div><dt class="small muted">{name}</dt><dd class="muted">{say!(exceptions.not_here)}</dd></div> }
            .into_any();
    };
    let session = context::session();
    let on = date::short(row.on, session.today().get_untracked());
    let who = untrack(|| context::staff(session, &row.actor));
    let words = untrack(|| methods::with_own(session, |own| history::sentence(&row, own)));
    let sub = [on, who].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let amount = (!row.amount.is_zero()).then(|| money::money(row.amount, currency));
    view! {
        <div>
            <dt class="small muted">{name}</dt>
            <dd>{words}" "<b>{amount}</b><p class="small muted">{sub}</p></dd>
        </div>
    }
    .into_any()
}

/// The entry of another customer's account.
fn of_another(customer: &Id) -> AnyView {
    let session = context::session();
    let name = session.customers().with_untracked(|all| all.get(customer).map(|row| row.name.clone()));
    let href = at(Route::Customer(customer.clone()));
    view! {
        <div>
            <dt class="small muted">{say!(exceptions.other)}</dt>
            <dd>{say!(exceptions.elsewhere)}" "<a href=href>{name.unwrap_or_default()}</a></dd>
        </div>
    }
    .into_any()
}

/// A remedy that moves money opens the form that asks for the payment method. Any other remedy is a single press,
/// which also records the exception as resolved if nothing else would resolve it.
fn remedy(
    found: &Exception,
    settled: PendingAct,
    customer: &Id,
    currency: &Currency,
    settling: Settling,
) -> AnyView {
    let label = exception::remedy(&found.remedy, currency);
    let act = &found.remedy;
    let href = if let Act::RecordPayment(asked) = act {
        links::pay(customer, asked.allocations.first().map(|part| &part.order))
    } else if let Act::ProcessPayout(_) = act {
        links::pay_out(customer, true).into()
    } else if let Act::ResolveException(_) = act {
        return ().into_any();
    } else {
        let put = (Session::new_id(), act.clone());
        let (settled, words) = (found.stays.then_some(settled), label.clone());
        let press = move |()| settling.apply_remedy(put.clone(), settled.clone(), words.clone());
        return view! { <Button label=label on_press=press/> }.into_any();
    };
    view! { <LinkButton href=at(href) label=label/> }.into_any()
}
