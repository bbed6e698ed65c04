//! The statement of account: what is owed and the credit side by side, never netted.

use super::printing::Printing;
use super::{head, invoice};
use crate::engine::Stated;
use crate::screens::methods;
use crate::text::{date, history, say};
use ledger::date::Date;
use ledger::money::Money;
use ledger::view::ageing::{Age, AgedCustomer};
use ledger::view::statement::{Pair, Statement, StatementRow};
use leptos::prelude::*;

/// The statement on A4; what is owed by age is that of its last day.
pub(super) fn statement(printing: &Printing, stated: &Stated, today: Date) -> AnyView {
    let Stated { to, statement, aged, .. } = stated;
    let (span, closing) = (statement.span, statement.closing);
    let first = span.from.map_or_else(|| say!(paper.first_day), Printing::day);
    let facts = vec![
        (say!(paper.from), Some(first)),
        (say!(paper.to), Some(Printing::day(span.to.unwrap_or(today)))),
        (say!(paper.printed), Some(Printing::day(today))),
    ];
    let says = if closing.owed.is_positive() { say!(paper.you_owe) } else { say!(paper.you_owe_nothing) };
    view! {
        {head::of_a4(printing)}
        {head::parties(printing, to, facts)}
        {head::lead(say!(paper.statement), says, printing.money(closing.owed))}
        {rows(printing, statement, today)}
        {ages(printing, aged)}
        <footer>
            {to_pay(printing, aged, &to.name)}
            {head::legal(printing, &to.name)}
        </footer>
    }
    .into_any()
}

fn rows(printing: &Printing, statement: &Statement, today: Date) -> AnyView {
    let end = statement.span.to.unwrap_or(today);
    let rows = statement.rows.iter().map(|row| line(printing, row, end)).collect_view();
    let sum = |of: fn(&StatementRow) -> Money| statement.rows.iter().map(of).sum::<Money>();
    let all = [sum(|row| row.charged), sum(|row| row.paid), sum(|row| row.given), sum(|row| row.used)];
    let first = statement.span.from.map(|day| date::short(day, end)).unwrap_or_default();
    let last = date::short(end, end);
    view! {
        <table class="st">
            <thead>
                <tr class="grp">
                    <td colspan="3"></td>
                    <th scope="colgroup" colspan="3" class="last">{say!(paper.what_you_owe)}</th>
                    <th scope="colgroup" colspan="3" class="edge">{say!(paper.credit_you_have)}</th>
                </tr>
                <tr>
                    <th scope="col">{say!(paper.date)}</th>
                    <th scope="col">{say!(paper.number)}</th>
                    <th scope="col">{say!(paper.what)}</th>
                    <th scope="col" class="n">{say!(paper.charged)}</th>
                    <th scope="col" class="n">{say!(paper.paid_or_credited)}</th>
                    <th scope="col" class="n last">{say!(paper.owed)}</th>
                    <th scope="col" class="n edge">{say!(paper.credit_given)}</th>
                    <th scope="col" class="n">{say!(paper.credit_used)}</th>
                    <th scope="col" class="n">{say!(paper.credit_column)}</th>
                </tr>
            </thead>
            <tbody>
                {balance(printing, first, say!(paper.opening), None, statement.opening)}
                {rows}
                {balance(printing, last, say!(paper.closing), Some(all), statement.closing)}
            </tbody>
        </table>
    }
    .into_any()
}

/// A row; days of other years than that of `end` have their year.
fn line(printing: &Printing, row: &StatementRow, end: Date) -> AnyView {
    let what = methods::with_own(printing.session, |own| history::sentence(&row.what, own));
    let what = match row.day == row.what.on {
        true => what,
        false => say!(paper.late, what = what, date = date::short(row.what.on, row.day)),
    };
    let some = |amount: Money| if amount.is_zero() { String::new() } else { printing.figure(amount) };
    view! {
        <tr>
            <td class="day">{date::short(row.day, end)}</td>
            <td class="day">{row.what.no.clone().unwrap_or_default()}</td>
            <td>{what}</td>
            <td class="n">{some(row.charged)}</td>
            <td class="n">{some(row.paid)}</td>
            <td class="n run last">{printing.figure(row.after.owed)}</td>
            <td class="n edge">{some(row.given)}</td>
            <td class="n">{some(row.used)}</td>
            <td class="n run">{printing.figure(row.after.credit)}</td>
        </tr>
    }
    .into_any()
}

/// The opening or the closing balance, with the sums of the columns.
fn balance(printing: &Printing, day: String, what: String, sums: Option<[Money; 4]>, pair: Pair) -> AnyView {
    let sum = |at: usize| sums.and_then(|sums| sums.get(at).copied()).map(|sum| printing.figure(sum));
    view! {
        <tr class="openclose">
            <td class="day">{day}</td>
            <td></td>
            <td>{what}</td>
            <td class="n">{sum(0)}</td>
            <td class="n">{sum(1)}</td>
            <td class="n run last">{printing.figure(pair.owed)}</td>
            <td class="n edge">{sum(2)}</td>
            <td class="n">{sum(3)}</td>
            <td class="n run">{printing.figure(pair.credit)}</td>
        </tr>
    }
    .into_any()
}

fn age(age: Age) -> String {
    match age {
        Age::Current => say!(paper.not_due),
        Age::To30 => say!(paper.to_30),
        Age::To60 => say!(paper.to_60),
        Age::To90 => say!(paper.to_90),
        Age::Over90 => say!(paper.over_90),
    }
}

fn ages(printing: &Printing, aged: &AgedCustomer) -> AnyView {
    let sums = &aged.sums;
    let each = Age::ALL.into_iter().zip(sums.owed);
    let each = each.map(|(of, owed)| view! { <div>{age(of)}<b>{printing.or_dash(owed)}</b></div> });
    view! {
        <div class="ages keep">
            {each.collect_view()}
            <div class="all">{say!(paper.owed)}<b>{printing.figure(sums.total())}</b></div>
            <div class="all">{say!(paper.available_credit)}<b>{printing.figure(sums.credit)}</b></div>
        </div>
    }
    .into_any()
}

/// What is overdue, and how to pay it.
fn to_pay(printing: &Printing, aged: &AgedCustomer, name: &str) -> Option<AnyView> {
    let [current, ..] = aged.sums.owed;
    let overdue = aged.sums.total() - current;
    overdue.is_positive().then(|| {
        view! {
            <p class="please"><b>{say!(paper.please_pay, amount = printing.money(overdue))}</b></p>
            {invoice::how_to_pay(printing, name)}
        }
        .into_any()
    })
}
