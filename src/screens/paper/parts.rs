//! Rows and tables that several papers have.

use super::printing::Printing;
use crate::text::{money, say};
use ledger::entry::{Discount, Line};
use ledger::rate::Rate;
use ledger::view::paper::{ReturnedRow, TaxRow};
use ledger::view::statement::Pair;
use leptos::prelude::*;

/// A row of a slip.
pub(super) fn row(label: String, value: String) -> AnyView {
    view! { <tr><th scope="row">{label}</th><td class="n">{value}</td></tr> }.into_any()
}

/// A row of a slip in larger letters.
pub(super) fn strong_row(label: String, value: String) -> AnyView {
    view! { <tr class="mid"><th scope="row">{label}</th><td class="n">{value}</td></tr> }.into_any()
}

/// Whether a document has tax to show.
pub(super) fn is_taxed(taxes: &[TaxRow]) -> bool {
    taxes.iter().any(|row| !row.tax.is_zero())
}

/// A letter for each rate of a receipt, as its lines name it.
pub(super) fn letter(taxes: &[TaxRow], rate: Rate) -> String {
    let at = taxes.iter().position(|row| row.rate == rate);
    let letter = |at: usize| char::from_digit(u32::try_from(at).ok()? + 10, 36);
    at.filter(|_| is_taxed(taxes))
        .and_then(letter)
        .map(|letter| letter.to_ascii_uppercase().to_string())
        .unwrap_or_default()
}

/// Net and tax of all rates together, as two rows; nothing without tax.
pub(super) fn net_and_tax(printing: &Printing, taxes: &[TaxRow]) -> Option<AnyView> {
    let rows = is_taxed(taxes).then(|| {
        let (net, tax) = (taxes.iter().map(|row| row.net).sum(), taxes.iter().map(|row| row.tax).sum());
        view! {
            {row(say!(paper.net), printing.figure(net))}
            {row(say!(paper.tax), printing.figure(tax))}
        }
    });
    rows.map(IntoAny::into_any)
}

/// The tax by rate; nothing without tax. On a slip each rate has the letter of its lines.
pub(super) fn tax_table(printing: &Printing, taxes: &[TaxRow], has_letters: bool) -> Option<AnyView> {
    if !is_taxed(taxes) {
        return None;
    }
    let line = |row: &TaxRow| {
        let rate = say!(paper.rate, rate = money::decimal(row.rate));
        let named = if has_letters { format!("{}\u{2002}{rate}", letter(taxes, row.rate)) } else { rate };
        view! {
            <tr>
                <th scope="row">{named}</th>
                <td class="n">{printing.figure(row.net)}</td>
                <td class="n">{printing.figure(row.tax)}</td>
                <td class="n">{printing.figure(row.gross)}</td>
            </tr>
        }
    };
    let rows = taxes.iter().map(line).collect_view();
    let caption = if has_letters { say!(paper.tax) } else { say!(paper.tax_by_rate) };
    let table = view! {
        <table class="keep">
            <thead>
                <tr>
                    <th scope="col">{caption}</th>
                    <th scope="col" class="n">{say!(paper.net)}</th>
                    <th scope="col" class="n">{say!(paper.tax)}</th>
                    <th scope="col" class="n">{say!(paper.gross)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    Some(table.into_any())
}

/// What is under the text of a line: the quantity if it is not one, and the discount.
pub(super) fn below(printing: &Printing, line: &Line) -> Vec<String> {
    let price = money::figure(line.unit, &printing.currency);
    let quantity = money::decimal(line.qty);
    let several = (quantity != "1").then(|| say!(paper.quantity_at, quantity = quantity, price = price));
    several.into_iter().chain(less(printing, line.less)).collect()
}

/// What is taken off a line.
pub(super) fn less(printing: &Printing, discount: Option<Discount>) -> Option<String> {
    discount.map(|discount| say!(paper.less, discount = discounted(printing, discount)))
}

/// A discount as it was typed.
pub(super) fn discounted(printing: &Printing, discount: Discount) -> String {
    match discount {
        Discount::Amount(amount) => printing.money(amount),
        Discount::Percent(rate) => say!(paper.rate, rate = money::decimal(rate)),
    }
}

/// The balances before and after a document.
pub(super) fn balances(printing: &Printing, (before, after): (Pair, Pair)) -> AnyView {
    let line = |label: String, was, is| {
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td class="n">{printing.figure(was)}</td>
                <td class="n" aria-hidden="true">"→"</td>
                <td class="n"><b>{printing.figure(is)}</b></td>
            </tr>
        }
    };
    view! {
        <table class="keep">
            <thead>
                <tr>
                    <th scope="col">{say!(paper.account)}</th>
                    <th scope="col" class="n">{say!(paper.before)}</th>
                    <td></td>
                    <th scope="col" class="n">{say!(paper.after)}</th>
                </tr>
            </thead>
            <tbody>
                {line(say!(paper.owed), before.owed, after.owed)}
                {line(say!(paper.available_credit), before.credit, after.credit)}
            </tbody>
        </table>
    }
    .into_any()
}

/// What came back, on a slip.
pub(super) fn returned(printing: &Printing, rows: &[ReturnedRow]) -> AnyView {
    let line = |row: &ReturnedRow| {
        let text = format!("{}, {}", row.line.text, row.returned);
        self::row(text, printing.figure(row.value))
    };
    rows.iter().map(line).collect_view().into_any()
}
