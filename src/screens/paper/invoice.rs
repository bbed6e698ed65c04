//! The invoice of an order.

use super::parts::{discounted, less, net_and_tax, tax_table};
use super::printing::Printing;
use super::{head, parts};
use crate::text::{money, say};
use ledger::entry::Line;
use ledger::money::Money;
use ledger::view::order::{OrderState, OrderView};
use ledger::view::paper::{Paper, TaxRow, taxes};
use leptos::prelude::*;

/// The invoice on A4.
pub(super) fn invoice(printing: &Printing, paper: &Paper, order: &OrderView) -> AnyView {
    let (row, taxes) = (&order.row, taxes(&order.groups));
    let no = row.no.clone().unwrap_or_default();
    let facts = vec![
        (say!(paper.date), Some(Printing::day(row.on))),
        (say!(paper.due), row.due.map(Printing::day)),
        (say!(paper.reference), order.reference.clone()),
    ];
    let (says, figure) = match row.due {
        _ if !row.owed.is_positive() && row.state == OrderState::Paid => {
            (say!(paper.paid_in_full), row.amount)
        }
        Some(due) if row.owed.is_positive() => (say!(paper.to_pay_by, date = Printing::day(due)), row.owed),
        _ => (say!(paper.to_pay), row.owed),
    };
    let discount = order.discount.map(|discount| {
        view! { <p>{say!(paper.order_discount, discount = discounted(printing, discount))}</p> }
    });
    view! {
        {head::of_a4(printing)}
        {head::parties(printing, &paper.addressee, facts)}
        {head::lead(say!(paper.invoice, no = no.clone()), says, printing.money(figure))}
        {lines(printing, &order.lines, order.groups.iter().any(|group| !group.tax.is_zero()))}
        <div class="sums">
            <div>{tax_table(printing, &taxes, false)}</div>
            {sums(printing, order, &taxes)}
        </div>
        {discount}
        <footer>
            {row.owed.is_positive().then(|| how_to_pay(printing, &no))}
            {head::legal(printing, &no)}
        </footer>
    }
    .into_any()
}

/// The lines of an order; the column of tax only where there is some.
pub(super) fn lines(printing: &Printing, lines: &[Line], is_taxed: bool) -> AnyView {
    let is_net = is_taxed && lines.iter().all(|line| line.on_top || line.rate.0 == 0);
    let price = if is_net { say!(paper.price_net) } else { say!(paper.price) };
    let line = |line: &Line| {
        let below = less(printing, line.less).map(|text| view! { <small>{text}</small> });
        let rate = is_taxed
            .then(|| view! { <td class="n">{say!(paper.rate, rate = money::decimal(line.rate))}</td> });
        view! {
            <tr>
                <th scope="row">{line.text.clone()}{below}</th>
                <td class="n">{money::decimal(line.qty)}</td>
                <td class="n">{printing.figure(line.unit)}</td>
                {rate}
                <td class="n">{printing.figure(line.gross)}</td>
            </tr>
        }
    };
    let rows = lines.iter().map(line).collect_view();
    let tax = is_taxed.then(|| view! { <th scope="col" class="n">{say!(paper.tax)}</th> });
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{say!(paper.item)}</th>
                    <th scope="col" class="n">{say!(paper.quantity)}</th>
                    <th scope="col" class="n">{price}</th>
                    {tax}
                    <th scope="col" class="n">{say!(paper.amount)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn sums(printing: &Printing, order: &OrderView, taxes: &[TaxRow]) -> AnyView {
    let row = &order.row;
    let some = |label: String, amount: Money| {
        (!amount.is_zero()).then(|| parts::row(label, printing.figure(amount)))
    };
    view! {
        <table class="keep"><tbody>
            {net_and_tax(printing, taxes)}
            {parts::row(say!(paper.total), printing.figure(row.amount))}
            {some(say!(paper.credited), -row.credited)}
            {some(say!(paper.written_off), -row.written_off)}
            {parts::row(say!(paper.paid_so_far), printing.or_dash(row.paid))}
            <tr class="grand"><th scope="row">{say!(paper.owed)}</th><td class="n">{printing.money(row.owed)}</td></tr>
        </tbody></table>
    }
    .into_any()
}

/// The accounts to transfer to, and what the transfer has to say.
pub(super) fn how_to_pay(printing: &Printing, reference: &str) -> AnyView {
    let banks: Vec<_> = printing.shop.open_banks().map(ToString::to_string).collect();
    let transfer = (!banks.is_empty()).then(|| {
        view! { <dt>{say!(paper.bank_transfer)}</dt><dd>{banks.join(", ")}</dd> }
    });
    view! {
        <div class="pay keep">
            <p class="label">{say!(paper.how_to_pay)}</p>
            <dl>
                {transfer}
                <dt>{say!(paper.pay_reference)}</dt><dd><b>{reference.to_owned()}</b></dd>
                <dt>{say!(paper.at_the_counter)}</dt><dd>{say!(paper.with_this_page)}</dd>
            </dl>
        </div>
    }
    .into_any()
}
