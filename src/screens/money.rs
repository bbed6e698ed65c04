//! *Drawer and banks*: what should be in each, counting the drawer, and moving money.

mod count;
mod seal;
mod transfer;

use crate::at::at;
use crate::components::live;
use crate::components::{Column, Figure, Heading, Table};
use crate::device::right::DeviceRight;
use crate::route::{Report, Route};
use crate::screens::guide::{GuidePage, how_to};
use crate::screens::{change_rows, context, late};
use crate::text::{names, say};
use ledger::code::BookAccount;
use ledger::money::Money;
use leptos::prelude::*;

/// The screen at `/money`.
#[component]
pub fn DrawerAndBanks() -> AnyView {
    view! {
        <Heading text=say!(money.title)/>
        <p class="muted">{say!(money.says)}</p>
        {table()}
        {day_book()}
        <section class="subsection">
            <h2>{say!(money.count)}</h2>
            {count::form()}
        </section>
        <section class="subsection">
            <h2>{say!(money.move_money)}</h2>
            {transfer::form()}
        </section>
        <section class="subsection">
            <h2>{say!(money.seal)}</h2>
            {seal::form()}
        </section>
        {late::list()}
        {how_to(GuidePage::Month)}
    }
    .into_any()
}

/// The way to the entries behind the balances, with who recorded each, for those who may see the figures of the shop.
fn day_book() -> AnyView {
    let session = context::session();
    let may = Memo::new(move |_| context::has_right(session, &DeviceRight::ShopFigures));
    let href = at(Route::ReportOf(Report::DayBook));
    live(move || {
        let href = href.clone();
        let report = at(Route::DayReport);
        may.get().then(|| {
            view! {
                <p class="row after-heading"><a href=report>{say!(paper.day_report)}</a><a href=href>{say!(money.day_book)}</a></p>
            }
        })
    })
}

/// Each account with its balance, the drawer of this counter first.
fn table() -> AnyView {
    let session = context::session();
    let (shop, here, currency) = (session.shop(), session.this_device(), context::currency(session));
    let lines = Memo::new(move |_| {
        let drawer = here.with(|here| here.drawer.clone());
        let line = |account: BookAccount, balance: Money| (account, balance);
        shop.with(|shop| {
            let shop = shop.as_ref()?;
            let accounts = change_rows::money_accounts(shop, &drawer).into_iter();
            Some(accounts.map(|account| line(account.clone(), shop.balance(&account))).collect::<Vec<_>>())
        })
        .unwrap_or_default()
    });
    let columns = vec![Column::new(say!(money.account)), Column::num(say!(money.balance))];
    let row = move |(account, balance): (BookAccount, Money)| {
        let is_own = here.with(|here| account == BookAccount::drawer(&here.drawer));
        let is_hidden = change_rows::is_hidden(session, &account);
        let said = match (is_own, is_hidden) {
            (_, true) => Some(say!(money.hidden)),
            (true, false) => Some(say!(money.this_counter)),
            (false, false) => None,
        };
        let own = said.map(|said| view! { <span class="sub always">{said}</span> });
        view! {
            <tr>
                <th scope="row">{names::money_account(&account)}{own}</th>
                <td class="num"><Figure amount=(!is_hidden).then_some(balance) currency=currency.clone()/></td>
            </tr>
        }
    };
    let rows = move || lines.get().into_iter().map(&row).collect_view();
    view! { <Table caption=say!(money.title) columns=columns>{live(rows)}</Table> }.into_any()
}
