//! The report of a day: takings by method, tax, refunds, commission, and each drawer and bank account with its counts. Its figures are
//! those of the reports of that day.

use super::head;
use super::page_rule::Sheet;
use super::parts::row;
use super::printing::Printing;
use crate::engine::ReportFigures;
use crate::screens::{context, methods};
use crate::text::{date, money, names, reasons, say};
use ledger::code::MoneyAccount;
use ledger::date::Date;
use ledger::method::Method;
use ledger::money::Money;
use ledger::view::cash_day::{CashRow, Cause, Count};
use ledger::view::partner::PartnerRow;
use ledger::view::takings::TakingsRow;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The report on its sheet.
pub(super) fn day_report(printing: &Printing, figures: &ReportFigures, day: Date, sheet: Sheet) -> AnyView {
    let by = by_method(figures);
    let kept = kept(figures);
    let title = say!(paper.day_report);
    let sealed = if figures.shop.sealed.is_some_and(|sealed| day <= sealed) {
        say!(paper.day_sealed)
    } else {
        say!(paper.day_open)
    };
    let printing = &printing.with_code(figures.code.clone());
    // What is typed with the check characters where nothing can read the code.
    let no = day.to_string();
    let head = match sheet {
        Sheet::Roll => view! {
            {head::of_slip(printing)}
            <hr/>
            <div class="two"><p class="doc">{title}</p><span class="n">{Printing::day(day)}</span></div>
            <p>{sealed}</p>
            <div class="big"><span>{say!(paper.takings_kept)}</span><span class="n">{printing.money(kept)}</span></div>
        }
        .into_any(),
        Sheet::A4 => view! {
            {head::of_a4(printing)}
            {head::lead(title, say!(paper.takings_kept), printing.money(kept))}
            <p class="says">{format!("{}, {sealed}", Printing::day(day))}</p>
        }
        .into_any(),
    };
    view! {
        {head}
        {takings(printing, &by, kept)}
        {figures.cash.rows.iter().map(|(account, row)| account_rows(printing, account, row, &figures.cash.counts)).collect_view()}
        {tax(printing, figures)}
        {refunds(printing, figures)}
        {commissions(printing, figures)}
        {match sheet {
            Sheet::Roll => head::foot_of_slip(printing, &no, String::new()),
            Sheet::A4 => head::legal(printing, &no),
        }}
    }
    .into_any()
}

/// What was taken on the day, less what was given back.
pub fn kept(figures: &ReportFigures) -> Money {
    by_method(figures).values().map(|row| row.taken - row.given_back).sum()
}

fn by_method(figures: &ReportFigures) -> BTreeMap<Method, TakingsRow> {
    let mut by = BTreeMap::<Method, TakingsRow>::new();
    for ((method, _), row) in figures.takings.values().flat_map(|day| &day.rows) {
        *by.entry(*method).or_default() += row;
    }
    by
}

/// A table with a heading for its names and its columns of figures, which does not break.
fn table(names: String, columns: Vec<String>, rows: Vec<(String, Vec<String>)>) -> AnyView {
    let line = |(name, cells): (String, Vec<String>)| {
        let cells = cells.into_iter().map(|cell| view! { <td class="n">{cell}</td> }).collect_view();
        view! { <tr><th scope="row">{name}</th>{cells}</tr> }
    };
    let heads =
        columns.into_iter().map(|head| view! { <th scope="col" class="n">{head}</th> }).collect_view();
    view! {
        <hr/>
        <table class="keep day">
            <thead><tr><th scope="col">{names}</th>{heads}</tr></thead>
            <tbody>{rows.into_iter().map(line).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn takings(printing: &Printing, by: &BTreeMap<Method, TakingsRow>, kept: Money) -> AnyView {
    let line = |name: String, taken: Money, back: Money| {
        (name, [taken, -back, taken - back].map(|amount| printing.or_dash(amount)).to_vec())
    };
    let name = |method: &Method| untrack(|| methods::name(printing.session, *method));
    let mut rows: Vec<_> =
        by.iter().map(|(method, row)| line(name(method), row.taken, row.given_back)).collect();
    let taken: Money = by.values().map(|row| row.taken).sum();
    rows.push(line(say!(reports.in_all), taken, taken - kept));
    let columns = vec![say!(reports.taken), say!(reports.given_back), say!(reports.kept)];
    table(say!(reports.takings), columns, rows)
}

fn account_rows(printing: &Printing, account: &MoneyAccount, row: &CashRow, counts: &[Count]) -> AnyView {
    let counts: Vec<_> = counts.iter().filter(|count| count.account == *account).collect();
    let mut rows = Vec::new();
    // Where nothing happened, what is in it is enough.
    if !row.moved.is_empty() || !counts.is_empty() {
        rows.push((say!(paper.opening), vec![printing.figure(row.opening)]));
        let causes = row.moved.iter().filter(|(cause, _)| **cause != Cause::Counted);
        rows.extend(causes.map(|(cause, amount)| (name(*cause), vec![printing.figure(*amount)])));
        rows.push((say!(paper.expected), vec![printing.figure(row.expected())]));
    }
    for count in counts {
        let (who, time) = (context::staff(printing.session, &count.actor), date::clock(count.recorded));
        let said = if who.is_empty() {
            say!(paper.counted_at, time = time)
        } else {
            say!(paper.counted_by, name = who, time = time)
        };
        rows.push((said, vec![printing.figure(count.counted)]));
        let difference = count.counted - count.expected;
        rows.push((say!(paper.difference), vec![printing.or_dash(difference)]));
    }
    rows.push((say!(paper.closing), vec![printing.figure(row.closing())]));
    table(names::money_account(account), vec![say!(paper.amount)], rows)
}

fn name(cause: Cause) -> String {
    match cause {
        Cause::Payments => say!(paper.of_payments),
        Cause::Refunds => say!(paper.of_refunds),
        Cause::PayOuts => say!(paper.of_pay_outs),
        Cause::Partners => say!(paper.of_partners),
        Cause::Moved => say!(paper.of_transfers),
        Cause::Fees => say!(paper.of_fees),
        Cause::Opened => say!(paper.of_opening),
        Cause::Counted => say!(paper.difference),
        Cause::Other => say!(paper.of_other),
    }
}

fn tax(printing: &Printing, figures: &ReportFigures) -> Option<AnyView> {
    let line = |(rate, row): (&ledger::rate::Rate, &ledger::view::tax::TaxRow)| {
        let figures = [row.charged, -row.taken_back, row.due()].map(|amount| printing.or_dash(amount));
        (say!(paper.rate, rate = money::decimal(rate)), figures.to_vec())
    };
    let rows: Vec<_> = figures.taxes.rows.iter().map(line).collect();
    let columns = vec![say!(reports.charged), say!(reports.taken_back), say!(reports.tax_due)];
    (!rows.is_empty()).then(|| table(say!(paper.tax), columns, rows))
}

fn refunds(printing: &Printing, figures: &ReportFigures) -> Option<AnyView> {
    let rows = figures.reasons.rows.iter().map(|(reason, row)| {
        let amounts = [row.money, row.to_credit].map(|amount| printing.or_dash(amount));
        (reasons::label(reason), amounts.to_vec())
    });
    let rows: Vec<_> = rows.collect();
    let columns = vec![say!(reports.money), say!(reports.to_credit)];
    (!rows.is_empty()).then(|| table(say!(reports.refunds), columns, rows))
}

fn commissions(printing: &Printing, figures: &ReportFigures) -> Option<AnyView> {
    let mut total = PartnerRow::default();
    figures.partners.rows.values().for_each(|row| total += row);
    let lines = [
        (say!(reports.earned), total.earned),
        (say!(reports.clawed_back), -total.clawback),
        (say!(reports.paid), -total.paid),
    ];
    let any = lines.iter().any(|(_, amount)| !amount.is_zero());
    any.then(|| {
        let rows = lines.into_iter().map(|(name, amount)| row(name, printing.or_dash(amount))).collect_view();
        view! { <hr/><table class="keep day"><thead><tr><th scope="col">{say!(reports.commissions)}</th><th scope="col" class="n">{say!(paper.amount)}</th></tr></thead><tbody>{rows}</tbody></table> }.into_any()
    })
}
