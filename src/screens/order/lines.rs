//! The lines of an order, and its total with the tax included.

use super::page::OrderPage;
use crate::components::{Column, Table};
use crate::text::{money, say};
use ledger::entry::{Discount, Line, TaxGroup};
use ledger::money::Currency;
use ledger::view::order::OrderView;
use leptos::prelude::*;

pub(super) fn lines(page: &OrderPage, view: &OrderView) -> AnyView {
    let mode = Mode::of(&view.groups);
    let columns = vec![
        Column::new(say!(order.item)),
        Column::num(say!(order.quantity)),
        Column::num(mode.price()).wide(),
        Column::num(say!(order.tax)).wide(),
        Column::num(mode.amount()),
    ];
    let currency = &page.currency;
    let rows = view.lines.iter().map(|row| line(row, mode, currency)).collect_view();
    let total = total(say!(order.total), money::figure(view.row.amount, currency), "strong");
    let taxed = view.groups.iter().filter(|group| !group.tax.is_zero());
    let taxes = taxed.map(|group| tax(group, currency)).collect_view();
    view! { <Table caption=say!(order.lines) columns=columns>{rows}{total}{taxes}</Table> }.into_any()
}

/// Whether the prices of an order contain tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Untaxed,
    Gross,
    Net,
    /// Some do and some do not: each line says it.
    Mixed,
}

impl Mode {
    fn of(groups: &[TaxGroup]) -> Self {
        let taxed = || groups.iter().filter(|group| group.rate.0 > 0);
        match (taxed().any(|group| group.on_top), taxed().any(|group| !group.on_top)) {
            (false, false) => Self::Untaxed,
            (false, true) => Self::Gross,
            (true, false) => Self::Net,
            (true, true) => Self::Mixed,
        }
    }

    fn price(self) -> String {
        match self {
            Self::Untaxed | Self::Mixed => say!(order.price),
            Self::Gross => say!(order.price_gross),
            Self::Net => say!(order.price_net),
        }
    }

    /// The amount of a line always contains its tax.
    fn amount(self) -> String {
        if self == Self::Untaxed { say!(order.sum) } else { say!(order.sum_gross) }
    }
}

/// What is taken off a line, as it was typed.
fn less(discount: Discount, currency: &Currency) -> String {
    match discount {
        Discount::Amount(amount) => say!(order.less, discount = money::money(amount, currency)),
        Discount::Percent(rate) => {
            say!(order.less, discount = say!(partners.percent, rate = money::decimal(rate)))
        }
    }
}

fn line(row: &Line, mode: Mode, currency: &Currency) -> AnyView {
    let less = row.less.map(|discount| view! { <span class="sub always">{less(discount, currency)}</span> });
    let says = (mode == Mode::Mixed && row.rate.0 > 0).then(|| {
        let says = if row.on_top { say!(order.net) } else { say!(order.gross) };
        view! { <span class="sub always">{says}</span> }
    });
    let rate = if row.rate.0 == 0 {
        money::DASH.to_owned()
    } else {
        say!(partners.percent, rate = money::decimal(row.rate))
    };
    view! {
        <tr>
            <th scope="row">{row.text.clone()}{less}</th>
            <td class="num">{money::decimal(row.qty)}</td>
            <td class="num wide">{money::figure(row.unit, currency)}{says}</td>
            <td class="num wide">{rate}</td>
            <td class="num">{money::figure(row.gross, currency)}</td>
        </tr>
    }
    .into_any()
}

fn tax(group: &TaxGroup, currency: &Currency) -> AnyView {
    let label = say!(order.tax_inside, rate = money::decimal(group.rate));
    total(label, money::figure(group.tax, currency), "muted")
}

fn total(label: String, figure: String, class: &'static str) -> AnyView {
    let figure_class = format!("num {class}");
    view! {
        <tr class="total">
            <th scope="row" class=class>{label}</th>
            <td></td>
            <td class="wide"></td>
            <td class="wide"></td>
            <td class=figure_class>{figure}</td>
        </tr>
    }
    .into_any()
}
