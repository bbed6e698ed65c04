//! The ledger of a partner: every entry that moved their commission, with the balance after it, and *Reverse payment*.

use super::reverse::{AskedReversal, Reversals};
use crate::at::at;
use crate::components::{Button, Column, Figure, FigureFormat, MenuItem, RowMenu, Table, effect, live, swap};
use crate::engine::PartnerLine;
use crate::route::{Query, Route};
use crate::screens::{context, links, methods};
use crate::session::Session;
use crate::text::{counted, date, fault::fault, history, say, shop_entry};
use ledger::entry::{Body, EntryKind};
use ledger::id::Id;
use ledger::money::{Currency, Money};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The rows that are shown at first; a press shows as many more.
const PIECE: usize = 50;

/// The ledger of the partner in the address; nothing without one.
pub fn history(reversals: Reversals) -> AnyView {
    let asked = context::query(Query::Partner);
    let partner = Memo::new(move |_| asked.get().and_then(|id| Id::new(&id).ok()));
    swap(partner, move |partner| partner.map(|partner| of(partner, reversals)).into_any())
}

/// What is read of it.
#[derive(Clone, PartialEq)]
enum Read {
    Reading(u64),
    Lines(Vec<PartnerLine>),
    Stopped,
    Failed(String),
}

fn of(partner: Id, reversals: Reversals) -> AnyView {
    let session = context::session();
    let (read, stop) = (RwSignal::new(Read::Reading(0)), RwSignal::new(false));
    let (shop, own) = (session.shop(), partner.clone());
    // What is payable changes with every entry that belongs here.
    let balance = Memo::new(move |_| {
        let of = |code| ledger::code::BookAccount::of_id(code, &own);
        let codes = [ledger::code::Code::CommissionPayable, ledger::code::Code::CommissionAccrued];
        shop.with(|shop| shop.as_ref().map(|shop| codes.map(|code| shop.balance(&of(code)))))
    });
    let (asked, named) = (partner.clone(), partner);
    effect(move || {
        // Read and not only tracked: a memo that was never read notices nothing.
        balance.get();
        let partner = asked.clone();
        spawn_local(async move {
            let progress = move |count| {
                // Lines that are shown stay until the new ones are read.
                let shown = read.try_with_untracked(|read| matches!(read, Read::Lines(_))) == Some(true);
                if !shown {
                    read.try_set(Read::Reading(count));
                }
            };
            let goes_on = move || stop.try_get_untracked() == Some(false);
            let found = session.partner_ledger(&partner, progress, goes_on).await;
            read.try_set(match found {
                Ok(Some(lines)) => Read::Lines(lines),
                Ok(None) => Read::Stopped,
                Err(why) => Read::Failed(fault(&why)),
            });
        });
    });
    let name = move || {
        let name = |shop: &ledger::shop::Shop| shop.partners.get(&named).map(|partner| partner.name.clone());
        shop.with(|shop| shop.as_ref().and_then(|shop| name(shop))).unwrap_or_default()
    };
    let content = move |read: Read| match read {
        Read::Reading(count) => reading(count, stop),
        Read::Stopped => view! { <p class="muted">{say!(partners.ledger_stopped)}</p> }.into_any(),
        Read::Failed(why) => view! { <p class="note warn" role="alert">{why}</p> }.into_any(),
        Read::Lines(lines) if lines.is_empty() => {
            view! { <p class="muted">{say!(partners.ledger_empty)}</p> }.into_any()
        }
        Read::Lines(lines) => table(session, &lines, reversals),
    };
    view! {
        <section class="subsection" aria-labelledby="partner-ledger">
            <h2 id="partner-ledger">{move || say!(partners.ledger_of, name = name())}</h2>
            {swap(read, content)}
            <p class="small"><a href=at(Route::Partners)>{say!(partners.ledger_close)}</a></p>
        </section>
    }
    .into_any()
}

fn reading(count: u64, stop: RwSignal<bool>) -> AnyView {
    view! {
        <p class="muted" role="status">{counted!(partners.ledger_reading, count)}</p>
        <div><Button label=say!(recalculate.stop) on_press=move |()| stop.set(true)/></div>
    }
    .into_any()
}

/// The newest lines first, because the last balance is what is payable now.
fn table(session: Session, lines: &[PartnerLine], reversals: Reversals) -> AnyView {
    let columns = vec![
        Column::new(say!(partners.ledger_entry)),
        Column::new(say!(customer.date)).wide(),
        Column::num(say!(partners.ledger_earned)),
        Column::num(say!(partners.ledger_paid)),
        Column::num(say!(partners.accrued)).wide(),
        Column::num(say!(partners.payable)),
        Column::new(say!(customer.actions)).heard(),
    ];
    let currency = context::currency(session);
    let most = RwSignal::new(PIECE);
    let all: Vec<PartnerLine> = lines.iter().rev().cloned().collect();
    let count = all.len();
    let reversed: Vec<Id> = all.iter().filter_map(reversed_by).collect();
    let rows = move || {
        let shown = all.iter().take(most.get());
        shown.map(|line| row(session, line, &reversed, &currency, reversals)).collect_view()
    };
    let more = move || {
        let left = count.saturating_sub(most.get());
        let show = move |()| most.update(|most| *most += PIECE);
        (left > 0).then(|| {
            view! { <Button label=say!(partners.ledger_more, count = left.min(PIECE)) on_press=show/> }
        })
    };
    view! {
        <Table caption=say!(partners.ledger) columns=columns>{live(rows)}</Table>
        <div>{live(more)}</div>
    }
    .into_any()
}

/// The payment that a line reverses.
fn reversed_by(line: &PartnerLine) -> Option<Id> {
    let Body::PartnerPaymentReversed(reversed) = &line.posting.entry.body else { return None };
    Some(reversed.of.clone())
}

fn row(
    session: Session,
    line: &PartnerLine,
    reversed: &[Id],
    currency: &Currency,
    reversals: Reversals,
) -> AnyView {
    let posting = &line.posting;
    let on = date::short(posting.day, session.today().get_untracked());
    let by = untrack(|| context::staff(session, &posting.entry.actor));
    let figure = |amount: Money, class, format| {
        let currency = currency.clone();
        view! { <td class=class><Figure amount=Some(amount) currency=currency format=format/></td> }
    };
    let menu = reversal(line, reversed).map(|asked| {
        let label = say!(parts.actions_for, name = on.clone());
        let may = untrack(|| context::may(session, EntryKind::PartnerPaymentReversed, asked.amount));
        let item = MenuItem::press(say!(partners.reverse), move || reversals.ask(asked.clone()));
        view! { <RowMenu label=label items=may.then_some(item).into_iter().collect()/> }
    });
    view! {
        <tr>
            <th scope="row">{what(session, line)}<span class="sub">{format!("{on} · {by}")}</span></th>
            <td class="wide date">{on}<span class="sub always">{by}</span></td>
            {figure(posting.earned, "num", FigureFormat::Dash)}
            {figure(posting.paid, "num", FigureFormat::Dash)}
            {figure(line.accrued, "num wide muted", FigureFormat::Dash)}
            {figure(line.payable, "num strong", FigureFormat::Plain)}
            <td class="num">{menu}</td>
        </tr>
    }
    .into_any()
}

/// A payment that is not reversed yet.
fn reversal(line: &PartnerLine, reversed: &[Id]) -> Option<AskedReversal> {
    let Body::PartnerPaid(paid) = &line.posting.entry.body else { return None };
    let (payment, partner, amount) = (line.posting.entry.id.clone(), paid.partner.clone(), paid.amount);
    let (method, account) = (paid.method, paid.account.clone());
    (!reversed.contains(&payment)).then_some(AskedReversal { payment, partner, amount, method, account })
}

/// What the entry did, with the account that it belongs to.
fn what(session: Session, line: &PartnerLine) -> AnyView {
    let entry = &line.posting.entry;
    let Some(row) = &line.of_account else {
        let shop = session.shop().get_untracked();
        let sentence = shop.map(|shop| shop_entry::sentence(entry, &shop)).unwrap_or_default();
        return view! { <span>{sentence}</span> }.into_any();
    };
    let sentence = untrack(|| methods::with_own(session, |own| history::sentence(row, own)));
    let account = entry.customer.as_ref().map(|customer| {
        let name = untrack(|| context::customer_name(session, customer));
        view! { <span class="sub always"><a href=at(links::customer(customer))>{name}</a></span> }
    });
    view! { <span>{sentence}{account}</span> }.into_any()
}
