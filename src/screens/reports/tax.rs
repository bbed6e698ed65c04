//! Sales tax by rate: charged, taken back, and due.

use super::chart::{Bar, Chart};
use super::grid::{Cell, Grid, GridColumn, GridLine};
use super::shown::{Main, Shown};
use crate::engine::ReportFigures;
use crate::screens::context;
use crate::text::{money, say};
use ledger::view::tax::TaxRow;

/// One row a rate.
pub(super) fn shown(figures: &ReportFigures) -> Shown {
    let taxes = &figures.taxes;
    let mut total = TaxRow::default();
    taxes.rows.values().for_each(|row| total += row);
    let cells = |row: &TaxRow| [row.charged, -row.taken_back, row.due()].map(Cell::Money).to_vec();
    let rate = |rate: &ledger::rate::Rate| say!(partners.percent, rate = money::decimal(rate));
    let table = Grid {
        caption: say!(reports.tax),
        names: say!(reports.rate),
        columns: vec![
            GridColumn::wide(say!(reports.charged)),
            GridColumn::wide(say!(reports.taken_back)),
            GridColumn::new(say!(reports.tax_due)),
        ],
        total: Some(GridLine { name: say!(reports.in_all), cells: cells(&total), ..GridLine::default() }),
        lines: taxes
            .rows
            .iter()
            .map(|(of, row)| GridLine { name: rate(of), cells: cells(row), ..GridLine::default() })
            .collect(),
        ..Grid::default()
    };
    let currency = context::currency(context::session());
    let amount = |of| money::money(of, &currency);
    Shown {
        label: say!(reports.tax_due),
        main: Main::Money(total.due()),
        note: say!(reports.net, sales = amount(taxes.sales), returns = amount(taxes.returns)),
        chart: Chart {
            title: say!(reports.tax_due),
            bars: taxes.rows.iter().map(|(of, row)| Bar::new(rate(of), row.due())).collect(),
            columns: None,
        },
        tables: vec![table],
    }
}
