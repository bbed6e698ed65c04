//! The receipt of a payment.

use super::head;
use super::parts::{below, letter, row, strong_row, tax_table};
use super::printing::Printing;
use crate::screens::{context, methods};
use crate::text::{date, say};
use ledger::entry::Line;
use ledger::money::Money;
use ledger::view::paper::{PaidOrder, Paper, Receipt, TaxRow};
use leptos::prelude::*;

/// The receipt on a roll of 80 mm.
pub(super) fn receipt(printing: &Printing, paper: &Paper, receipt: &Receipt) -> AnyView {
    let payment = &receipt.payment;
    let no = payment.no.clone().unwrap_or_default();
    let orders = receipt.orders.iter().map(|order| order_lines(printing, order)).collect_view();
    let taxes = receipt.orders.iter().map(|order| taxes(printing, order)).collect_view();
    let void = payment.reversed.then(|| view! { <p class="void">{say!(paper.reversed)}</p> });
    let name = context::staff(printing.session, &paper.actor);
    let by = if name.is_empty() { name } else { say!(paper.served_by, name = name) };
    view! {
        {head::of_slip(printing)}
        <hr/>
        <div class="two"><p class="doc">{say!(paper.receipt, no = no.clone())}</p><span class="n">{Printing::day(paper.on)}</span></div>
        <div class="two"><span>{paper.customer.name.clone()}</span><span class="n">{date::clock(paper.recorded)}</span></div>
        {void}
        <hr/>
        {orders}
        {sums(printing, receipt)}
        {taxes}
        {account(printing, paper)}
        {head::foot_of_slip(printing, &no, by)}
    }
    .into_any()
}

fn order_lines(printing: &Printing, order: &PaidOrder) -> AnyView {
    let lines = order.lines.iter().map(|line| sold(printing, line, &order.taxes)).collect_view();
    let no = order.no.clone().unwrap_or_default();
    let part = (order.paid != order.amount).then(|| row(say!(paper.paid_now), printing.figure(order.paid)));
    view! {
        <table><tbody>{lines}</tbody></table>
        <hr class="solid"/>
        <table><tbody>{row(say!(paper.order, no = no), printing.figure(order.amount))}{part}</tbody></table>
    }
    .into_any()
}

fn sold(printing: &Printing, line: &Line, taxes: &[TaxRow]) -> AnyView {
    let under = below(printing, line).into_iter().map(|text| view! { <br/><span class="sub">{text}</span> });
    view! {
        <tr>
            <th scope="row">{line.text.clone()}{under.collect_view()}</th>
            <td class="k">{letter(taxes, line.rate)}</td>
            <td class="n">{printing.figure(line.gross)}</td>
        </tr>
    }
    .into_any()
}

/// What was paid, how, and what was kept or given back of it.
fn sums(printing: &Printing, receipt: &Receipt) -> AnyView {
    let payment = &receipt.payment;
    let some =
        |label: String, amount: Money| (!amount.is_zero()).then(|| row(label, printing.figure(amount)));
    let received = payment.received();
    let cash = payment.tendered.map(|tendered| {
        view! {
            <table><tbody>
                {row(say!(paper.cash_received), printing.figure(tendered))}
                {strong_row(say!(paper.change), printing.money(tendered - received))}
            </tbody></table>
        }
    });
    view! {
        <table><tbody>
            {some(say!(paper.kept_as_credit), payment.left_over)}
            {some(say!(paper.cash_rounding), -payment.rounding)}
        </tbody></table>
        <div class="big">
            <span>{say!(paper.paid, by = methods::by(printing.session, payment.method))}</span>
            <span class="n">{printing.money(received)}</span>
        </div>
        {cash}
        <table><tbody>{some(say!(paper.paid_with_credit), receipt.credit_used)}</tbody></table>
    }
    .into_any()
}

fn taxes(printing: &Printing, order: &PaidOrder) -> Option<AnyView> {
    tax_table(printing, &order.taxes, true).map(|table| view! { <hr/>{table} }.into_any())
}

/// What is owed afterwards, and on which orders.
fn account(printing: &Printing, paper: &Paper) -> Option<AnyView> {
    // A sale to a customer without a name is paid at once.
    let (_, after) = paper.balances.filter(|_| !paper.customer.walk_in)?;
    let open = paper.open.iter().map(|order| {
        let no = order.no.clone().unwrap_or_default();
        let label = match order.due {
            Some(due) => say!(paper.order_due, no = no, date = date::short(due, paper.on)),
            None => say!(paper.order, no = no),
        };
        row(label, printing.figure(order.owed))
    });
    let account = view! {
        <hr/>
        <table class="keep"><tbody>
            {strong_row(say!(paper.owed_after), printing.money(after.owed))}
            {open.collect_view()}
            {row(say!(paper.available_credit), printing.figure(after.credit))}
        </tbody></table>
    };
    Some(account.into_any())
}
