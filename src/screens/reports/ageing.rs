//! What customers owe by age; their credit stands beside it and is never taken off.

use super::chart::{Bar, Chart};
use super::grid::{Cell, Grid, GridColumn, GridLine};
use super::shown::{Main, Shown};
use crate::at::at;
use crate::engine::ReportFigures;
use crate::forms::report::ReportDays;
use crate::screens::links;
use crate::text::{counted, date, say};
use ledger::view::ageing::{AgedCustomer, AgeingSums};

/// The colours of the ages, youngest first.
const CLASSES: [&str; 5] = ["b0", "b1", "b2", "b3", "b4"];

/// Those who owe most first.
pub(super) fn shown(days: &ReportDays, figures: &ReportFigures) -> Shown {
    let mut aged: Vec<&AgedCustomer> = figures.aged.iter().collect();
    aged.sort_by(|one, other| {
        let key =
            |aged: &AgedCustomer| (std::cmp::Reverse(aged.sums.total()), std::cmp::Reverse(aged.sums.credit));
        key(one).cmp(&key(other)).then_with(|| one.name.cmp(&other.name))
    });
    let mut total = AgeingSums::default();
    aged.iter().for_each(|one| total += &one.sums);
    let labels = [
        say!(counter.not_due),
        say!(counter.days_30),
        say!(counter.days_60),
        say!(counter.days_90),
        say!(counter.over_90),
    ];
    let bars = labels.iter().zip(total.owed).zip(CLASSES);
    let bars = bars.map(|((label, amount), class)| Bar { label: label.clone(), amount, class }).collect();
    let mut columns: Vec<GridColumn> = labels.into_iter().map(GridColumn::wide).collect();
    columns.extend([GridColumn::sum(say!(reports.owed)), GridColumn::new(say!(reports.credit))]);
    let has_debt = !total.to_repay.is_zero();
    if has_debt {
        columns.push(GridColumn::wide(say!(reports.to_repay)));
    }
    let line = |one: &&AgedCustomer| GridLine {
        name: one.name.clone(),
        href: Some(at(links::customer(&one.customer))),
        sub: None,
        cells: cells(&one.sums, has_debt),
    };
    let owing = aged.iter().filter(|one| !one.sums.total().is_zero()).count();
    let table = Grid {
        caption: say!(reports.ageing_of, day = date::long(days.as_of)),
        names: say!(reports.customer),
        total: Some(GridLine {
            name: say!(reports.everyone),
            cells: cells(&total, has_debt),
            ..GridLine::default()
        }),
        lines: aged.iter().map(line).collect(),
        columns,
        ..Grid::default()
    };
    Shown {
        label: say!(reports.owed_to_shop),
        main: Main::Money(total.total()),
        note: counted!(reports.customers, owing),
        chart: Chart { title: say!(reports.owed_by_age), bars, columns: Some(table.columns.len()) },
        tables: vec![table],
    }
}

fn cells(sums: &AgeingSums, has_debt: bool) -> Vec<Cell> {
    let mut cells: Vec<Cell> = sums.owed.into_iter().map(Cell::Money).collect();
    cells.extend([Cell::Money(sums.total()), Cell::Money(sums.credit)]);
    if has_debt {
        cells.push(Cell::Money(sums.to_repay));
    }
    cells
}
