//! What a browser that joins a shop shows while the history arrives: how much of it is here, and balances once all of it is.

use crate::components::{Column, Figure, FigureFormat, Heading, Table, Tile, Tiles, live, swap};
use crate::session::{Arriving, EarlyBalances};
use crate::text::money::money;
use crate::text::{counted, say};
use leptos::prelude::*;
use std::sync::Arc;

/// The number of customers that are listed: a search finds the others.
const LISTED: usize = 20;

/// The panel; nothing until the first entries are here. A balance is shown only when it follows from every entry.
pub fn arriving(now: ReadSignal<Option<Arriving>>) -> AnyView {
    let is_here = Memo::new(move |_| now.with(Option::is_some));
    let balances = Memo::new(move |_| now.with(|now| now.as_ref().and_then(|now| now.balances.clone())));
    let (all, done) = (move || figure(now, |now| now.all), move || figure(now, done_of));
    let is_all_here = Memo::new(move |_| now.with(|now| now.as_ref().is_some_and(is_whole)));
    let phase = move || if is_all_here.get() { say!(sync.storing) } else { say!(sync.fetching) };
    let bar = move || {
        view! {
            <Heading text=say!(sync.arriving)/>
            <div class="stack">
                <div class="stack close">
                    <p role="status">{live(phase)}</p>
                    <progress max=move || all().to_string() value=move || done().to_string() aria-label=phase></progress>
                    <p class="small muted">{live(move || say!(sync.arrived_of, done = done(), all = all()))}</p>
                </div>
                {swap(balances, move |balances| balances.map_or_else(|| ().into_any(), read))}
            </div>
        }
    };
    swap(is_here, move |is_here| if is_here { bar().into_any() } else { ().into_any() })
}

fn figure(now: ReadSignal<Option<Arriving>>, of: fn(&Arriving) -> u64) -> u64 {
    now.with(|now| now.as_ref().map_or(0, of))
}

/// Whether all entries are here.
fn is_whole(now: &Arriving) -> bool {
    now.read >= now.all
}

/// The entries that are here; once all of them are, those that are stored.
fn done_of(now: &Arriving) -> u64 {
    if is_whole(now) { now.stored } else { now.read }
}

fn read(balances: Arc<EarlyBalances>) -> AnyView {
    let EarlyBalances { shop, currency, owed, credit, .. } = &*balances;
    let tile = |label, amount| Tile {
        label,
        value: Signal::stored(Some(money(amount, currency))),
        detail: Signal::stored(None),
    };
    let tiles = vec![tile(say!(counter.owed), *owed), tile(say!(customers.credit), *credit)];
    let title = say!(sync.early, shop = shop);
    view! {
        <section class="stack">
            <h2>{title}</h2>
            <p class="muted">{say!(sync.early_says)}</p>
            <Tiles tiles=tiles/>
            {customers(balances)}
        </section>
    }
    .into_any()
}

fn customers(balances: Arc<EarlyBalances>) -> AnyView {
    let text = RwSignal::new(String::new());
    let rows = move || {
        let EarlyBalances { currency, customers, .. } = &*balances;
        let matching = text.with(|text| customers.matching(text));
        let count = matching.len();
        let line = |row: &ledger::view::customer::CustomerRow| {
            view! {
                <tr>
                    <th scope="row">{row.name.clone()}<span class="sub">{row.phone.clone()}</span></th>
                    <td class="num"><Figure amount=Some(row.owed) currency=currency.clone() format=FigureFormat::Dash/></td>
                    <td class="num"><Figure amount=Some(row.credit) currency=currency.clone() format=FigureFormat::Dash/></td>
                </tr>
            }
        };
        let lines = matching.into_iter().take(LISTED).map(line).collect_view();
        let columns = vec![
            Column::new(say!(customers.customer)),
            Column::num(say!(customers.owed)),
            Column::num(say!(customers.credit)),
        ];
        let words = counted!(customers.count, count);
        let shown = if count > LISTED { say!(customers.of, shown = LISTED, count = words) } else { words };
        view! {
            <p class="count-line small muted" role="status">{shown}</p>
            <Table caption=say!(customers.title) columns=columns>{lines}</Table>
        }
    };
    view! {
        <input class="input" type="search" aria-label=say!(customers.search) placeholder=say!(customers.search)
            autocomplete="off" spellcheck="false" prop:value=text
            on:input:target=move |ev| text.set(ev.target().value())/>
        {live(rows)}
    }
    .into_any()
}
