//! *Bank accounts and methods*: which there are, which are offered, and new ones.

use super::setting_form::{RowForm, SettingForm, why_not};
use crate::components::{Choice, Column, MenuItem, RowMenu, Select, Table, Tag, TextField, Tone, live};
use crate::forms::payment::METHODS;
use crate::forms::settings::lists::{BANK, METHOD, MethodDraft, NameDraft, offer_bank, offer_method};
use crate::screens::{bind, context};
use crate::session::Session;
use crate::text::{names, say};
use ledger::code::Code;
use ledger::entry::EntryKind;
use ledger::method::Method;
use ledger::shop::Shop;
use leptos::prelude::*;

/// The accounts in which the money of an added method can be.
const ACCOUNTS: [Code; 4] = [Code::Other, Code::Card, Code::Bank, Code::Cash];

/// The section.
pub(super) fn section() -> AnyView {
    view! {
        {banks()}
        {super::part(say!(settings.add_bank), add_bank())}
        {super::part(say!(settings.methods), methods())}
        {super::part(say!(settings.add_method), add_method())}
    }
    .into_any()
}

/// A bank account or a method in its table.
#[derive(Debug, Clone, PartialEq)]
struct Offer<T> {
    what: T,
    name: String,
    detail: Option<String>,
    offered: bool,
    is_default: bool,
    /// Whether the signed-in user may change it, and another one is left if it is not offered.
    open: bool,
}

fn bank_rows(shop: &Shop, may: bool) -> Vec<Offer<String>> {
    let several = shop.open_banks().count() > 1;
    let row = |bank: &String| {
        let offered = !shop.settings.closed_banks.contains(bank);
        Offer {
            what: bank.clone(),
            name: bank.clone(),
            detail: None,
            offered,
            is_default: shop.first_bank() == bank,
            open: may && (several || !offered),
        }
    };
    shop.banks.iter().map(row).collect()
}

fn method_rows(shop: &Shop, may: bool) -> Vec<Offer<Method>> {
    let own = shop.methods.iter().map(|own| Method::Own(own.word));
    let row = |method: Method| Offer {
        what: method,
        name: names::method(method, &shop.methods),
        detail: shop.account_of(method).map(names::code),
        offered: shop.offers(method),
        is_default: false,
        // Cash is what forms begin with.
        open: may && method != Method::Cash,
    };
    METHODS.into_iter().chain(own).map(row).collect()
}

fn banks() -> AnyView {
    let (session, rows) = (context::session(), RowForm::new("settings-banks"));
    let list = Memo::new(move |_| {
        let may = why_not(session, EntryKind::ShopChanged).is_none();
        session.shop().with(|shop| shop.as_ref().map(|shop| bank_rows(shop, may)).unwrap_or_default())
    });
    let table = move || match list.with(Vec::is_empty) {
        true => view! { <p>{say!(settings.no_banks)}</p> }.into_any(),
        false => {
            let lines = move || {
                let lines = list.get().into_iter();
                lines.map(|line| row(line, rows, offer_bank)).collect_view()
            };
            view! { <Table caption=say!(settings.banks) columns=columns(say!(pay.bank))>{live(lines)}</Table> }.into_any()
        }
    };
    view! { <p>{say!(settings.banks_says)}</p>{rows.problems()}{live(table)} }.into_any()
}

fn methods() -> AnyView {
    let (session, rows) = (context::session(), RowForm::new("settings-methods"));
    let list = Memo::new(move |_| {
        let may = why_not(session, EntryKind::ShopChanged).is_none();
        session.shop().with(|shop| shop.as_ref().map(|shop| method_rows(shop, may)).unwrap_or_default())
    });
    let lines = move || {
        let lines = list.get().into_iter();
        lines
            .map(|line| row(line, rows, |id, shop, method, offered| offer_method(id, shop, *method, offered)))
            .collect_view()
    };
    view! {
        <p>{say!(settings.methods_says)}</p>
        {rows.problems()}
        <Table caption=say!(settings.methods) columns=columns(say!(settings.method))>{live(lines)}</Table>
    }
    .into_any()
}

fn columns(first: String) -> Vec<Column> {
    vec![Column::new(first), Column::new(say!(settings.state)), Column::new(say!(customer.actions)).heard()]
}

type OfferRow<T> = fn(&ledger::id::Id, &Shop, &T, bool) -> crate::forms::settings::Read;

fn row<T: Clone + 'static>(line: Offer<T>, rows: RowForm, offer: OfferRow<T>) -> AnyView {
    let Offer { what, name, detail, offered, is_default, open } = line;
    let (id, label) =
        (Session::new_id(), if offered { say!(settings.stop_offering) } else { say!(settings.offer_again) });
    let press = move || rows.press(|shop| offer(&id, shop, &what, !offered));
    let items = if open { vec![MenuItem::press(label, press)] } else { Vec::new() };
    let state = if offered { say!(settings.offered) } else { say!(settings.not_offered) };
    let default = is_default.then(|| view! { " "<Tag text=say!(settings.default) tone=Tone::Accent/> });
    view! {
        <tr>
            <th scope="row">{name.clone()}{default}{detail.map(|detail| view! { <span class="sub always">{detail}</span> })}</th>
            <td class:muted=!offered>{state}</td>
            <td class="num"><RowMenu label=say!(parts.actions_for, name = name) items=items/></td>
        </tr>
    }
    .into_any()
}

fn add_bank() -> AnyView {
    let form = SettingForm::new(
        "settings-bank",
        EntryKind::BankAdded,
        |_| NameDraft::new(Session::new_id()),
        |draft, shop, _| draft.bank(shop),
    );
    let name = form.text(|draft| &draft.name, |draft| &mut draft.name);
    form.view(
        say!(settings.add_bank),
        say!(settings.added),
        view! {
            <TextField id=BANK.id() label=say!(settings.bank_name) hint=say!(settings.bank_hint) value=name
                error=form.error(BANK) required=true/>
        }
        .into_any(),
    )
}

fn add_method() -> AnyView {
    let form = SettingForm::new(
        "settings-method",
        EntryKind::MethodAdded,
        |_| MethodDraft::new(Session::new_id()),
        |draft, shop, _| draft.read(shop),
    );
    let draft = form.draft;
    let name = form.text(|draft| &draft.name, |draft| &mut draft.name);
    let account = bind::text(
        move || draft.with(|draft| number(draft.account)),
        move |picked| {
            if let Some(code) = ACCOUNTS.into_iter().find(|code| number(*code) == picked) {
                draft.update(|draft| draft.account = code);
            }
        },
    );
    let accounts: Vec<_> =
        ACCOUNTS.into_iter().map(|code| Choice::new(number(code), names::code(code))).collect();
    form.view(say!(settings.add_method), say!(settings.added), view! {
        <TextField id=METHOD.id() label=say!(settings.method_name) hint=say!(settings.method_hint) value=name
            error=form.error(METHOD) required=true/>
        <Select id="f-method-account" label=say!(settings.method_account) choices=accounts value=account required=true/>
    }.into_any())
}

fn number(code: Code) -> String {
    u16::from(code).to_string()
}
