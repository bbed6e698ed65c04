//! The lines of an order, and its total with the tax included.

use super::page::OrderPage;
use crate::components::{Column, Table};
use crate::text::{money, say};
use ledger::entry::{Line, TaxGroup};
use ledger::money::Currency;
use ledger::view::order::OrderView;
use leptos::prelude::*;

pub(super) fn lines(page: &OrderPage, view: &OrderView) -> AnyView {
    let columns = vec![
        Column::new(say!(order.item)),
        Column::num(say!(order.quantity)),
        Column::num(say!(order.price)).wide(),
        Column::num(say!(order.tax)).wide(),
        Column::num(say!(order.sum)),
    ];
    let currency = &page.currency;
    let rows = view.lines.iter().map(|row| line(row, currency)).collect_view();
    let total = total(say!(order.total), money::figure(view.row.amount, currency), "strong");
    let taxed = view.groups.iter().filter(|group| !group.tax.is_zero());
    let taxes = taxed.map(|group| tax(group, currency)).collect_view();
    view! { <Table caption=say!(order.lines) columns=columns>{rows}{total}{taxes}</Table> }.into_any()
}

fn line(row: &Line, currency: &Currency) -> AnyView {
    let rate = if row.rate.0 == 0 { money::DASH.to_owned() } else { format!("{} %", row.rate) };
    view! {
        <tr>
            <th scope="row">{row.text.clone()}</th>
            <td class="num">{row.qty.to_string()}</td>
            <td class="num wide">{money::figure(row.unit, currency)}</td>
            <td class="num wide">{rate}</td>
            <td class="num">{money::figure(row.gross, currency)}</td>
        </tr>
    }
    .into_any()
}

fn tax(group: &TaxGroup, currency: &Currency) -> AnyView {
    let label = say!(order.tax_inside, rate = group.rate.to_string());
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
