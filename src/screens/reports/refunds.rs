//! Refunds by reason.

use super::chart::{Bar, Chart};
use super::grid::{Cell, Grid, GridColumn, GridLine};
use super::shown::{Main, Shown};
use crate::engine::ReportFigures;
use crate::text::{counted, reasons, say};
use ledger::view::reasons::ReasonRow;
use std::cmp::Reverse;

/// One row a reason, the largest sum first.
pub(super) fn shown(figures: &ReportFigures) -> Shown {
    let mut rows: Vec<(&String, &ReasonRow)> = figures.reasons.rows.iter().collect();
    rows.sort_by_key(|(_, row)| Reverse(row.money + row.to_credit));
    let mut total = ReasonRow::default();
    rows.iter().for_each(|(_, row)| total += row);
    let cells = |row: &ReasonRow| {
        let mut cells = vec![Cell::Count(row.times)];
        cells.extend([row.money, row.to_credit, row.credited].map(Cell::Money));
        cells
    };
    let table = Grid {
        caption: say!(reports.refunds),
        names: say!(reports.reason),
        columns: vec![
            GridColumn::wide(say!(reports.number)),
            GridColumn::new(say!(reports.money)),
            GridColumn::wide(say!(reports.to_credit)),
            GridColumn::wide(say!(reports.sales_smaller)),
        ],
        total: Some(GridLine { name: say!(reports.in_all), cells: cells(&total), ..GridLine::default() }),
        lines: rows
            .iter()
            .map(|(reason, row)| GridLine {
                name: reasons::label(reason),
                cells: cells(row),
                ..GridLine::default()
            })
            .collect(),
        ..Grid::default()
    };
    Shown {
        label: say!(reports.money_back),
        main: Main::Money(total.money),
        note: counted!(reports.refund_count, total.times),
        chart: Chart {
            title: say!(reports.money),
            bars: rows.iter().map(|(reason, row)| Bar::new(reasons::label(reason), row.money)).collect(),
            columns: None,
        },
        tables: vec![table],
    }
}
