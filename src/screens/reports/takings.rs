//! Money received from customers and paid back to them, by method, and day by day, week by week or month by month.

use super::chart::{Bar, Chart};
use super::grid::{Cell, Grid, GridColumn, GridLine};
use super::periods::Periods;
use super::shown::{Main, Shown};
use crate::engine::ReportFigures;
use crate::forms::report::ReportDays;
use crate::screens::{context, methods};
use crate::text::{counted, say};
use ledger::method::Method;
use ledger::money::Money;
use ledger::view::takings::{Takings, TakingsRow};
use std::collections::BTreeMap;

/// The methods that money moved by are the columns.
pub(super) fn shown(days: &ReportDays, figures: &ReportFigures) -> Shown {
    let session = context::session();
    let mut all = Takings::default();
    figures.takings.values().for_each(|day| all.merge(day.clone()));
    let by = by_method(&all);
    let mut total = TakingsRow::default();
    by.values().for_each(|row| total += row);
    let name = |method: &Method| leptos::prelude::untrack(|| methods::name(session, *method));
    let columns = || -> Vec<GridColumn> {
        let each = by.keys().map(|method| GridColumn::wide(name(method)));
        each.chain([GridColumn::sum(say!(reports.in_all))]).collect()
    };
    let line = |name: String, of: fn(&TakingsRow) -> Money| GridLine {
        name,
        cells: by.values().chain([&total]).map(|row| Cell::Money(of(row))).collect(),
        ..GridLine::default()
    };
    let table = Grid {
        caption: say!(reports.takings),
        names: say!(reports.money),
        columns: columns(),
        lines: if by.is_empty() {
            Vec::new()
        } else {
            vec![
                line(say!(reports.taken), |row| row.taken),
                line(say!(reports.given_back), |row| -row.given_back),
            ]
        },
        total: Some(line(say!(reports.kept), |row| row.taken - row.given_back)),
        total_last: true,
        ..Grid::default()
    };
    let bars = by.iter().map(|(method, row)| Bar::new(name(method), row.taken)).collect();
    Shown {
        label: say!(reports.taken),
        main: Main::Money(total.taken),
        note: format!(
            "{}, {}",
            counted!(reports.payments, total.times),
            counted!(reports.refund_count, total.times_back)
        ),
        chart: Chart { title: say!(reports.taken), bars, columns: Some(by.len() + 1) },
        tables: vec![table, by_period(days, figures, &by, columns())],
    }
}

/// What was taken in each part of the span.
fn by_period(
    days: &ReportDays,
    figures: &ReportFigures,
    by: &BTreeMap<Method, TakingsRow>,
    columns: Vec<GridColumn>,
) -> Grid {
    let today = leptos::prelude::untrack(|| leptos::prelude::Get::get(&context::session().today()));
    let periods = Periods::of(days.from, days.to);
    let mut parts: Vec<Takings> = vec![Takings::default(); periods.all.len()];
    for (day, takings) in &figures.takings {
        if let Some(part) = periods.at(*day).and_then(|at| parts.get_mut(at)) {
            part.merge(takings.clone());
        }
    }
    let line = |(period, part): (&_, &Takings)| {
        let own = by_method(part);
        let taken = |method| own.get(method).map_or(Money::ZERO, |row| row.taken);
        let all = by.keys().map(taken).sum::<Money>();
        GridLine {
            name: periods.label(*period, today),
            cells: by.keys().map(taken).chain([all]).map(Cell::Money).collect(),
            ..GridLine::default()
        }
    };
    let lines = periods.all.iter().zip(&parts).map(line);
    Grid {
        caption: periods.heading(say!(reports.taken)),
        headed: true,
        names: say!(reports.when),
        columns,
        lines: if by.is_empty() { Vec::new() } else { lines.collect() },
        ..Grid::default()
    }
}

/// The sums of each method over its money accounts.
fn by_method(takings: &Takings) -> BTreeMap<Method, TakingsRow> {
    let mut by = BTreeMap::<Method, TakingsRow>::new();
    for ((method, _), row) in &takings.rows {
        *by.entry(*method).or_default() += row;
    }
    by
}
