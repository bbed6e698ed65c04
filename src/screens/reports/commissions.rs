//! The commission of partners: payable before, earned, clawed back, paid, and payable after.

use super::chart::{Bar, Chart};
use super::grid::{Cell, Grid, GridColumn, GridLine};
use super::shown::{Main, Shown};
use crate::at::at;
use crate::engine::ReportFigures;
use crate::route::{Query, Route};
use crate::text::book_account::partner;
use crate::text::{counted, say};
use ledger::view::partner::PartnerRow;

/// One row a partner.
pub(super) fn shown(figures: &ReportFigures) -> Shown {
    let rows = &figures.partners.rows;
    let mut total = PartnerRow::default();
    rows.values().for_each(|row| total += row);
    let cells = |row: &PartnerRow| {
        [row.opening, row.earned, -row.clawback, -row.paid, row.closing, row.accrued]
            .map(Cell::Money)
            .to_vec()
    };
    let table = Grid {
        caption: say!(reports.commissions),
        names: say!(reports.partner),
        columns: vec![
            GridColumn::wide(say!(reports.payable_before)),
            GridColumn::new(say!(reports.earned)),
            GridColumn::wide(say!(reports.clawed_back)),
            GridColumn::wide(say!(reports.paid)),
            GridColumn::new(say!(reports.payable_after)),
            GridColumn::wide(say!(reports.accrued)),
        ],
        total: Some(GridLine { name: say!(reports.in_all), cells: cells(&total), ..GridLine::default() }),
        lines: rows
            .iter()
            .map(|(id, row)| GridLine {
                name: partner(id, &figures.shop),
                href: Some(at(Route::Partners.with(Query::Partner, id))),
                cells: cells(row),
                ..GridLine::default()
            })
            .collect(),
        ..Grid::default()
    };
    Shown {
        label: say!(reports.payable_after),
        main: Main::Money(total.closing),
        note: counted!(reports.partner_count, rows.len()),
        chart: Chart {
            title: say!(reports.payable_after),
            bars: rows.iter().map(|(id, row)| Bar::new(partner(id, &figures.shop), row.closing)).collect(),
            columns: None,
        },
        tables: vec![table],
    }
}
