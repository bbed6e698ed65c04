//! The receipt of a payment on A4, for a customer who needs one for their books.

use super::parts::{row, tax_table};
use super::printing::Printing;
use super::{head, invoice};
use crate::screens::{context, methods};
use crate::text::say;
use ledger::money::Money;
use ledger::view::paper::{PaidOrder, Paper, Receipt};
use leptos::prelude::*;

/// The receipt on A4.
pub(super) fn receipt(printing: &Printing, paper: &Paper, receipt: &Receipt) -> AnyView {
    let payment = &receipt.payment;
    let no = payment.no.clone().unwrap_or_default();
    let facts = vec![
        (say!(paper.date), Some(Printing::day(paper.on))),
        (say!(paper.how), Some(methods::name(printing.session, payment.method))),
        (say!(paper.pay_reference), payment.reference.clone()),
        (say!(paper.by), Some(context::staff(printing.session, &paper.actor))),
    ];
    let says = say!(paper.paid, by = methods::by(printing.session, payment.method));
    let void = payment.reversed.then(|| view! { <p class="void">{say!(paper.reversed)}</p> });
    let orders = receipt.orders.iter().map(|order| of_order(printing, order)).collect_view();
    view! {
        {head::of_a4(printing)}
        {head::parties(printing, &paper.addressee, facts)}
        {head::lead(say!(paper.receipt, no = no.clone()), says, printing.money(payment.received()))}
        {void}
        {orders}
        <div class="sums"><div></div>{sums(printing, receipt)}</div>
        <div class="sums"><div></div>{balances(printing, paper)}</div>
        <footer>{head::legal(printing, &no)}</footer>
    }
    .into_any()
}

/// An order with its lines, its tax, and what was paid on it now.
fn of_order(printing: &Printing, order: &PaidOrder) -> AnyView {
    let no = order.no.clone().unwrap_or_default();
    let is_taxed = super::parts::is_taxed(&order.taxes);
    view! {
        <p class="label">{say!(paper.order, no = no)}</p>
        {invoice::lines(printing, &order.lines, is_taxed)}
        <div class="sums">
            <div>{tax_table(printing, &order.taxes, false)}</div>
            <table class="keep"><tbody>
                {row(say!(paper.total), printing.figure(order.amount))}
                <tr class="grand"><th scope="row">{say!(paper.paid_now)}</th><td class="n">{printing.figure(order.paid)}</td></tr>
            </tbody></table>
        </div>
    }
    .into_any()
}

/// What was kept, received and given back; nothing where the payment was just what it paid.
fn sums(printing: &Printing, receipt: &Receipt) -> AnyView {
    let payment = &receipt.payment;
    let some =
        |label: String, amount: Money| (!amount.is_zero()).then(|| row(label, printing.figure(amount)));
    let received = payment.received();
    let cash = payment.tendered.map(|tendered| {
        view! {
            {row(say!(paper.cash_received), printing.figure(tendered))}
            {row(say!(paper.change), printing.figure(tendered - received))}
        }
    });
    view! {
        <table class="keep"><tbody>
            {some(say!(paper.kept_as_credit), payment.left_over)}
            {some(say!(paper.cash_rounding), -payment.rounding)}
            {cash}
            {some(say!(paper.paid_with_credit), receipt.credit_used)}
        </tbody></table>
    }
    .into_any()
}

/// What is owed afterwards; a sale to a customer without a name is paid at once.
fn balances(printing: &Printing, paper: &Paper) -> Option<AnyView> {
    let pair = paper.balances.filter(|_| !paper.customer.walk_in)?;
    Some(super::parts::balances(printing, pair))
}
