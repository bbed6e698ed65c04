//! Who did what: what each person recorded, and the money of it.

use super::chart::{Bar, Chart};
use super::grid::{Cell, Grid, GridColumn, GridLine};
use super::shown::{Main, Shown};
use crate::engine::ReportFigures;
use crate::text::{counted, say};
use ledger::id::Id;
use ledger::view::activity::ActivityRow;
use std::cmp::Reverse;

/// One row a person, those who recorded most first.
pub(super) fn shown(figures: &ReportFigures) -> Shown {
    let mut rows: Vec<(&Id, &ActivityRow)> = figures.activity.rows.iter().collect();
    rows.sort_by_key(|(_, row)| Reverse(row.entries));
    let mut total = ActivityRow::default();
    rows.iter().for_each(|(_, row)| total += row);
    let name = |person: &Id| {
        let known = figures.shop.staff.get(person);
        known.map_or_else(|| person.to_string(), |member| member.name.clone())
    };
    let cells = |row: &ActivityRow| {
        let mut cells = [row.entries, row.reversals].map(Cell::Count).to_vec();
        let amounts = [row.sold, row.taken, -row.given_back, row.credited, row.written_off];
        cells.extend(amounts.map(Cell::Money));
        cells
    };
    let table = Grid {
        caption: say!(reports.activity),
        names: say!(reports.person),
        columns: vec![
            GridColumn::new(say!(reports.entries)),
            GridColumn::wide(say!(reports.reversals)),
            GridColumn::wide(say!(reports.sold)),
            GridColumn::new(say!(reports.taken)),
            GridColumn::wide(say!(reports.given_back)),
            GridColumn::wide(say!(reports.credited)),
            GridColumn::wide(say!(reports.written_off)),
        ],
        total: Some(GridLine { name: say!(reports.in_all), cells: cells(&total), ..GridLine::default() }),
        lines: rows
            .iter()
            .map(|(person, row)| GridLine { name: name(person), cells: cells(row), ..GridLine::default() })
            .collect(),
        ..Grid::default()
    };
    Shown {
        label: say!(reports.recorded),
        main: Main::Count(total.entries),
        note: counted!(reports.people, rows.len()),
        chart: Chart {
            title: say!(reports.taken),
            bars: rows.iter().map(|(person, row)| Bar::new(name(person), row.taken)).collect(),
            columns: None,
        },
        tables: vec![table],
    }
}
