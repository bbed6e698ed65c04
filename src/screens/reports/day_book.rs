//! Every entry with its debits and credits, by the day on which it is posted.

use super::chart::{Bar, Chart};
use super::grid::{Cell, Grid, GridColumn, GridLine};
use super::periods::Periods;
use super::shown::{Main, Shown};
use crate::at::at;
use crate::engine::{DayBookLine, ReportFigures};
use crate::forms::report::ReportDays;
use crate::screens::{context, links, methods};
use crate::session::Session;
use crate::text::book_account::book_account;
use crate::text::{counted, date, history, say, shop_entry};
use ledger::date::Date;
use ledger::money::Money;
use ledger::shop::Shop;
use leptos::prelude::*;

/// The turnover by day, week or month, and the entries.
pub(super) fn shown(days: &ReportDays, figures: &ReportFigures) -> Shown {
    let session = context::session();
    let today = session.today().get_untracked();
    let periods = Periods::of(days.from, days.to);
    let mut sums = vec![(0_i64, Money::ZERO); periods.all.len()];
    let (mut entries, mut turnover) = (0_i64, Money::ZERO);
    for line in &figures.lines {
        let own = line.transaction.turnover();
        (entries, turnover) = (entries + 1, turnover + own);
        if let Some(sum) = periods.at(line.transaction.day).and_then(|at| sums.get_mut(at)) {
            *sum = (sum.0 + 1, sum.1 + own);
        }
    }
    let labels: Vec<String> = periods.all.iter().map(|period| periods.label(*period, today)).collect();
    let used = || labels.iter().zip(&sums).filter(|(_, (count, _))| *count > 0);
    let bars = used().map(|(label, (_, sum))| Bar::new(label.clone(), *sum)).collect();
    let cells = |count, sum| vec![Cell::Count(count), Cell::Money(sum)];
    let line = |(label, (count, sum)): (&String, &(i64, Money))| GridLine {
        name: label.clone(),
        cells: cells(*count, *sum),
        ..GridLine::default()
    };
    let summary = Grid {
        caption: periods.heading(say!(reports.turnover)),
        headed: true,
        names: say!(reports.when),
        columns: vec![GridColumn::new(say!(reports.entries)), GridColumn::new(say!(reports.turnover))],
        total: Some(GridLine {
            name: say!(reports.in_all),
            cells: cells(entries, turnover),
            ..GridLine::default()
        }),
        lines: used().map(line).collect(),
        ..Grid::default()
    };
    Shown {
        label: say!(reports.turnover),
        main: Main::Money(turnover),
        note: counted!(reports.entry_count, entries),
        chart: Chart { title: say!(reports.turnover), bars, columns: None },
        tables: vec![summary, all(session, figures, today, turnover)],
    }
}

/// The entries, each with its postings below each other.
fn all(session: Session, figures: &ReportFigures, today: Date, turnover: Money) -> Grid {
    let total = vec![
        Cell::Blank,
        Cell::Amounts(vec![Some(turnover)]),
        Cell::Amounts(vec![Some(turnover)]),
        Cell::Money(turnover),
    ];
    Grid {
        caption: say!(reports.all_entries),
        headed: true,
        names: say!(reports.entry),
        columns: vec![
            GridColumn::words(say!(reports.account)),
            GridColumn::wide(say!(reports.debit)),
            GridColumn::wide(say!(reports.credit_side)),
            GridColumn::narrow(say!(reports.amount)),
        ],
        total: Some(GridLine { name: say!(reports.in_all), cells: total, ..GridLine::default() }),
        lines: figures.lines.iter().map(|line| entry(session, line, &figures.shop, today)).collect(),
        class: "day-book",
        ..Grid::default()
    }
}

fn entry(session: Session, line: &DayBookLine, shop: &Shop, today: Date) -> GridLine {
    let DayBookLine { transaction, of_account } = line;
    let entry = &transaction.entry;
    let what = match of_account {
        Some(row) => untrack(|| methods::with_own(session, |own| history::sentence(row, own))),
        None => shop_entry::sentence(entry, shop),
    };
    let late = transaction.late_from().map(|dated| say!(reports.late_of, day = date::short(dated, today)));
    let day = date::short(transaction.day, today);
    let parts = [Some(day), Some(transaction.name.to_string()), late];
    let sub = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let accounts = transaction.moved.iter().map(|moved| book_account(&moved.account, shop)).collect();
    let debit = |amount: Money| amount.is_positive().then_some(amount);
    let debits = transaction.moved.iter().map(|moved| debit(moved.amount)).collect();
    let credits = transaction.moved.iter().map(|moved| debit(-moved.amount)).collect();
    GridLine {
        name: what,
        href: entry.customer.as_ref().map(|customer| at(links::customer(customer))),
        sub: Some(sub),
        cells: vec![
            Cell::Texts(accounts),
            Cell::Amounts(debits),
            Cell::Amounts(credits),
            Cell::Money(transaction.turnover()),
        ],
    }
}
