//! The credit note on an order, and the note of credit that was given without one.

use super::head;
use super::parts::{balances, net_and_tax, tax_table};
use super::printing::Printing;
use crate::text::{money, reasons, say};
use ledger::view::lot::{LotOrigin, LotRow};
use ledger::view::paper::{CreditPaper, Paper, ReturnedRow};
use leptos::prelude::*;

/// The note on A4.
pub(super) fn credit_note(printing: &Printing, paper: &Paper, note: &CreditPaper) -> AnyView {
    let credit = &note.credit;
    let of = |(no, on): &(Option<String>, _)| {
        say!(paper.invoice_of, no = no.clone().unwrap_or_default(), date = Printing::day(*on))
    };
    let facts = vec![
        (say!(paper.date), Some(Printing::day(paper.on))),
        (say!(paper.for_invoice), note.order.as_ref().map(of)),
        (say!(paper.reason), credit.reason.as_deref().map(reasons::label)),
    ];
    let says = match &note.order {
        Some((no, _)) => say!(paper.taken_off, no = no.clone().unwrap_or_default()),
        None => say!(paper.given),
    };
    let is_reversed = note.order.is_some() && credit.left.is_zero();
    let void = is_reversed.then(|| view! { <p class="void">{say!(paper.reversed)}</p> });
    let account = paper.balances.map(|pair| balances(printing, pair));
    view! {
        {head::of_a4(printing)}
        {head::parties(printing, &paper.addressee, facts)}
        {head::lead(title(credit), says, printing.money(credit.amount))}
        {void}
        {(!note.lines.is_empty()).then(|| lines(printing, &note.lines))}
        <div class="sums">
            <div>{tax_table(printing, &note.taxes, false)}</div>
            {sums(printing, note)}
        </div>
        <div class="sums"><div></div>{account}</div>
        <footer>{head::legal(printing, credit.no.as_deref().unwrap_or_default())}</footer>
    }
    .into_any()
}

/// `Credit note AC-0006`, or `Credit AC-0003` if no sale is taken back.
pub(super) fn title(credit: &LotRow) -> String {
    let no = credit.no.clone().unwrap_or_default();
    if credit.origin == LotOrigin::Note {
        say!(paper.credit_note, no = no)
    } else {
        say!(paper.credit, no = no)
    }
}

fn lines(printing: &Printing, rows: &[ReturnedRow]) -> AnyView {
    let line = |row: &ReturnedRow| {
        view! {
            <tr>
                <th scope="row">{row.line.text.clone()}</th>
                <td class="n">{money::decimal(row.line.qty)}</td>
                <td class="n">{row.returned.to_string()}</td>
                <td class="n">{printing.figure(row.line.unit)}</td>
                <td class="n">{say!(paper.rate, rate = money::decimal(row.line.rate))}</td>
                <td class="n">{printing.figure(row.value)}</td>
            </tr>
        }
    };
    let rows = rows.iter().map(line).collect_view();
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{say!(paper.item)}</th>
                    <th scope="col" class="n">{say!(paper.sold)}</th>
                    <th scope="col" class="n">{say!(paper.returned)}</th>
                    <th scope="col" class="n">{say!(paper.price)}</th>
                    <th scope="col" class="n">{say!(paper.tax)}</th>
                    <th scope="col" class="n">{say!(paper.credited)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn sums(printing: &Printing, note: &CreditPaper) -> AnyView {
    let amount = printing.money(note.credit.amount);
    view! {
        <table class="keep"><tbody>
            {net_and_tax(printing, &note.taxes)}
            <tr class="grand"><th scope="row">{say!(paper.credited)}</th><td class="n">{amount}</td></tr>
        </tbody></table>
    }
    .into_any()
}
