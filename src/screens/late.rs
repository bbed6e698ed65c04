//! Entries that arrived after their day was sealed: a list under *Drawer and banks*, and on the counter a sentence with the
//! entry, the seal, and the note that resolves it.

use super::settling::Settling;
use crate::at::at;
use crate::components;
use crate::components::{Button, Column, Figure, Look, Table, effect, swap};
use crate::engine::LateRow;
use crate::screens::{context, links, methods};
use crate::session::Session;
use crate::text::{date, history, money, say, shop_entry};
use ledger::date::Date;
use ledger::entry::EntryKind;
use ledger::exception::Kind;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::rules::resolve_manually;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The most rows that are shown; noting some of them brings the next.
const MOST: usize = 50;

/// The rows, read again when they change.
fn rows(session: Session) -> RwSignal<Vec<LateRow>> {
    let rows = RwSignal::new(Vec::new());
    let late = session.late();
    effect(move || {
        late.track();
        spawn_local(async move {
            if let Ok(read) = session.late_rows(MOST).await {
                let _ = rows.try_set(read);
            }
        });
    });
    rows
}

/// The list; nothing while nothing is late.
#[must_use]
pub fn list() -> AnyView {
    let session = context::session();
    let late = move |row: &LateRow| row.late.kind == Kind::LateIntoSealedDay;
    let rows = rows(session);
    let shown = Memo::new(move |_| rows.with(|rows| rows.iter().filter(|row| late(row)).cloned().collect()));
    swap(shown, move |rows: Vec<LateRow>| if rows.is_empty() { ().into_any() } else { table(session, rows) })
}

fn table(session: Session, rows: Vec<LateRow>) -> AnyView {
    let currency = context::currency(session);
    let columns = vec![
        Column::new(say!(money.late_entry)),
        Column::new(say!(money.late_dated)).wide(),
        Column::new(say!(money.late_sealed)).wide(),
        Column::new(say!(money.late_counts)),
        Column::num(say!(money.late_amount)),
    ];
    let more =
        (rows.len() >= MOST).then(|| view! { <p class="small">{say!(money.late_more, most = MOST)}</p> });
    let lines = rows.into_iter().map(|row| line(session, &row, &currency)).collect_view();
    view! {
        <section class="subsection">
            <h2>{say!(money.late)}</h2>
            <p class="muted">{say!(money.late_says)}</p>
            <Table caption=say!(money.late) columns=columns>{lines}</Table>
            {more}
        </section>
    }
    .into_any()
}

fn line(session: Session, row: &LateRow, currency: &Currency) -> AnyView {
    let short = |day: Option<Date>| {
        day.map(|day| date::short(day, session.today().get_untracked())).unwrap_or_default()
    };
    let (on, sealed) = (short(on(row)), short(row.sealed));
    let figure = view! { <Figure amount=Some(row.late.amount) currency=currency.clone()/> };
    view! {
        <tr>
            <th scope="row">{what(session, row)}{whose(session, row)}<span class="sub">{on.clone()}</span></th>
            <td class="wide date">{on}</td>
            <td class="wide date">{sealed}</td>
            <td class="date">{short(row.counts_on)}</td>
            <td class="num">{figure}</td>
        </tr>
    }
    .into_any()
}

/// The business date of the entry.
fn on(row: &LateRow) -> Option<Date> {
    row.of_account.as_ref().map(|row| row.on).or_else(|| row.of_shop.as_ref().map(|entry| entry.on))
}

/// What the entry did, in words.
fn what(session: Session, row: &LateRow) -> String {
    let of_account = row
        .of_account
        .as_ref()
        .map(|row| untrack(|| methods::with_own(session, |own| history::sentence(row, own))));
    let of_shop = || {
        let shop = session.shop().get_untracked()?;
        Some(shop_entry::sentence(row.of_shop.as_ref()?, &shop))
    };
    of_account.or_else(of_shop).unwrap_or_default()
}

/// The account of the entry, as a link.
fn whose(session: Session, row: &LateRow) -> AnyView {
    let customer = row.late.customer.clone();
    let link = customer.map(|customer| {
        let name = untrack(|| context::customer_name(session, &customer));
        let href = at(links::customer(&customer));
        view! { <span class="sub always"><a href=href>{name}</a></span> }
    });
    link.into_any()
}

/// A card for each late entry and each void seal, with the button that notes it.
#[must_use]
pub fn cards() -> AnyView {
    let session = context::session();
    let rows = rows(session);
    let said = RwSignal::new(None::<String>);
    swap(rows, move |rows| if rows.is_empty() { components::said(said) } else { panel(session, rows, said) })
}

fn panel(session: Session, rows: Vec<LateRow>, said: RwSignal<Option<String>>) -> AnyView {
    let cards = rows.into_iter().map(|row| card(session, row, said)).collect_view();
    view! {
        {components::said(said)}
        <section class="note warn exceptions" aria-labelledby="late-entries">
            <h2 id="late-entries">{say!(exceptions.late_title)}</h2>
            <p class="small muted">{say!(exceptions.late_title_says)}</p>
            {cards}
        </section>
    }
    .into_any()
}

fn card(session: Session, row: LateRow, said: RwSignal<Option<String>>) -> AnyView {
    let long = |day: Option<Date>| day.map(date::long).unwrap_or_default();
    let amount = money::money(row.late.amount, &context::currency(session));
    let (on, counts) = (on(&row), long(row.counts_on));
    let is_void = row.late.kind == Kind::SealVoid;
    let sentence = match is_void {
        true => say!(exceptions.seal_void),
        false => say!(
            exceptions.late_of,
            on = long(on),
            day = long(row.sealed),
            counts = counts.clone(),
            amount = amount
        ),
    };
    let by = |who: Option<&Id>| untrack(|| who.map(|who| context::staff(session, who)).unwrap_or_default());
    let actor =
        row.of_account.as_ref().map(|row| &row.actor).or(row.of_shop.as_ref().map(|entry| &entry.actor));
    let seal = row.sealed.map(|day| say!(exceptions.sealed_side, day = date::long(day)));
    let settling = Settling::new(session, row.late.customer.clone());
    // The ids are created with the card: a noted entry leaves the list, so that two presses note it once.
    let (seen, settled) = (Session::new_id(), Session::new_id());
    let (kind, entry) = (row.late.kind, row.late.entry.clone());
    let why = Signal::derive(move || {
        (!context::may(session, EntryKind::ExceptionResolved, Money::ZERO)).then(|| say!(exceptions.clerk))
    });
    let remedy = (!is_void).then(|| {
        let note = say!(exceptions.late_note, counts = counts.clone());
        let put = (seen, resolve_manually(kind, &entry));
        let press = move |()| {
            said.set(Some(note.clone()));
            settling.note(put.clone(), note.clone());
        };
        view! { <Button label=say!(exceptions.late_seen, counts = counts) why_not=why on_press=press/> }
    });
    let settled = (settled, resolve_manually(kind, &entry));
    let settle = move |()| settling.ask(settled.clone());
    view! {
        <article class="exception">
            {settling.notice()}
            <p><b>{sentence}</b></p>
            <dl class="sides">
                <div>
                    <dt class="small muted">{say!(exceptions.one)}</dt>
                    <dd>{what(session, &row)}{whose(session, &row)}<p class="small muted">{by(actor)}</p></dd>
                </div>
                <div>
                    <dt class="small muted">{say!(exceptions.other)}</dt>
                    <dd>{seal}<p class="small muted">{by(row.sealed_by.as_ref())}</p></dd>
                </div>
            </dl>
            <div class="actions">
                {remedy}
                <Button label=say!(exceptions.settle) look=Look::Quiet why_not=why on_press=settle/>
            </div>
            {settling.dialog()}
        </article>
    }
    .into_any()
}
