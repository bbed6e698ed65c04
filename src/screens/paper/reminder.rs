//! A payment reminder: what is overdue, order by order.

use super::printing::Printing;
use super::{head, invoice};
use crate::engine::Stated;
use crate::text::{counted, say};
use ledger::date::Date;
use ledger::money::Money;
use ledger::view::ageing::{Age, AgedCustomer, AgedOrder};
use leptos::prelude::*;

/// The orders that are overdue.
pub(super) fn overdue(aged: &AgedCustomer) -> impl Iterator<Item = &AgedOrder> {
    aged.orders.iter().filter(|order| order.age != Age::Current && order.owed.is_positive())
}

/// The reminder on A4.
pub(super) fn reminder(printing: &Printing, Stated { to, aged, .. }: &Stated, today: Date) -> AnyView {
    let sum: Money = overdue(aged).map(|order| order.owed).sum();
    let oldest = overdue(aged).map(|order| order.age).max().unwrap_or(Age::Current);
    let facts = vec![(say!(paper.date), Some(Printing::day(today)))];
    let line = |order: &AgedOrder| {
        view! {
            <tr>
                <th scope="row">{order.no.clone().unwrap_or_default()}</th>
                <td>{Printing::day(order.due)}</td>
                <td>{counted!(paper.days_overdue, order.days)}</td>
                <td class="n">{printing.figure(order.owed)}</td>
            </tr>
        }
    };
    let rows = overdue(aged).map(line).collect_view();
    view! {
        {head::of_a4(printing)}
        {head::parties(printing, to, facts)}
        {head::lead(say!(paper.reminder), say!(paper.overdue), printing.money(sum))}
        <p class="says">{says(oldest)}</p>
        <table>
            <thead>
                <tr>
                    <th scope="col">{say!(paper.number)}</th>
                    <th scope="col">{say!(paper.due)}</th>
                    <td></td>
                    <th scope="col" class="n">{say!(paper.owed)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <footer>
            {invoice::how_to_pay(printing, &to.name)}
            {head::legal(printing, &to.name)}
        </footer>
    }
    .into_any()
}

/// The sentence, which becomes firmer with the age of the oldest order.
fn says(oldest: Age) -> String {
    match oldest {
        Age::Current | Age::To30 => say!(paper.reminder_first),
        Age::To60 => say!(paper.reminder_second),
        Age::To90 | Age::Over90 => say!(paper.reminder_last),
    }
}
