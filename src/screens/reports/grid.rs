//! A table of a report: the sums first, then a piece of the rows, and more when the page is scrolled to its end. On paper all
//! of them are drawn.

use super::state::ReportState;
use crate::components::{Button, live};
use crate::screens::at_the_end::at_the_end;
use crate::text::{money, say};
use ledger::money::{Currency, Money};
use leptos::prelude::*;
use std::sync::Arc;

/// The number of rows at first and in each further piece.
const PIECE: usize = 60;

/// A column of figures.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GridColumn {
    pub label: String,
    class: &'static str,
}

impl GridColumn {
    /// A column that is always there.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "num" }
    }

    /// A column that is the sum of those before it.
    pub fn sum(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "num tot" }
    }

    /// A column for wide screens and paper.
    pub fn wide(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "num wide" }
    }

    /// A column of texts for wide screens and paper.
    pub fn words(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "wide words" }
    }

    /// A column for narrow screens.
    pub fn narrow(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "num narrow" }
    }
}

/// A figure, or one below the other those of several postings.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Money(Money),
    Count(i64),
    Texts(Vec<String>),
    Amounts(Vec<Option<Money>>),
    Blank,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct GridLine {
    pub name: String,
    /// Where the name leads.
    pub href: Option<String>,
    /// A line under the name.
    pub sub: Option<String>,
    pub cells: Vec<Cell>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Grid {
    pub caption: String,
    /// Whether the caption is seen.
    pub headed: bool,
    /// The heading of the names.
    pub names: String,
    pub columns: Vec<GridColumn>,
    pub total: Option<GridLine>,
    /// Whether the sums are the last row; otherwise they are the first.
    pub total_last: bool,
    pub lines: Vec<GridLine>,
    /// An additional class.
    pub class: &'static str,
}

/// The view of a table.
pub(super) fn view(state: ReportState, grid: Grid, currency: &Currency) -> AnyView {
    let Grid { caption, headed, names, columns, total, total_last, lines, class } = grid;
    let (limit, count) = (RwSignal::new(PIECE), lines.len());
    let more = move || limit.get() < count && !state.whole.get();
    at_the_end(move || {
        if limit.try_get_untracked().is_some_and(|limit| limit < count) {
            limit.update(|limit| *limit += PIECE);
        }
    });
    let classes: Arc<[&'static str]> = columns.iter().map(|column| column.class).collect();
    let heads = columns.into_iter().map(|column| {
        view! { <th scope="col" class=column.class>{column.label}</th> }
    });
    let heads = heads.collect_view();
    let total = total.map(|total| row(&total, &classes, currency, "total"));
    let (first, last) = if total_last { (None, total) } else { (total, None) };
    let (lines, currency) = (Arc::new(lines), currency.clone());
    let shown = move || 0..if state.whole.get() { count } else { limit.get().min(count) };
    let line = move |at: usize| lines.get(at).map(|line| row(line, &classes, &currency, ""));
    view! {
        <table class=format!("table report-table {class}")>
            <caption class:heard=!headed>{caption}</caption>
            <thead><tr><th scope="col">{names}</th>{heads}</tr></thead>
            <tbody>{first}<For each=shown key=|at| *at children=line/>{last}</tbody>
        </table>
        {live(move || more().then(|| view! {
            <div class="actions"><Button label=say!(reports.more) on_press=move |()| limit.update(|limit| *limit += PIECE)/></div>
        }))}
    }
    .into_any()
}

fn row(line: &GridLine, classes: &[&'static str], currency: &Currency, class: &'static str) -> AnyView {
    let name = match line.href.clone() {
        Some(href) => view! { <a href=href>{line.name.clone()}</a> }.into_any(),
        None => line.name.clone().into_any(),
    };
    let sub = line.sub.clone().map(|sub| view! { <span class="sub always">{sub}</span> });
    let cell = |(cell, class): (&Cell, &&'static str)| {
        let (text, zero) = written(cell, currency);
        view! { <td class=*class class:zero=zero>{text}</td> }
    };
    let cells = line.cells.iter().zip(classes).map(cell).collect_view();
    view! { <tr class=class><th scope="row" class="cut">{name}{sub}</th>{cells}</tr> }.into_any()
}

/// A cell, and whether it is a dash for zero.
fn written(cell: &Cell, currency: &Currency) -> (AnyView, bool) {
    let figure = |amount: &Money| money::figure_or_dash(*amount, currency);
    match cell {
        Cell::Money(amount) => (figure(amount).into_any(), amount.is_zero()),
        Cell::Count(0) => (money::DASH.into_any(), true),
        Cell::Count(count) => (count.to_string().into_any(), false),
        Cell::Blank => (().into_any(), false),
        Cell::Texts(all) => (stacked(all.iter().cloned()), false),
        Cell::Amounts(all) => {
            (stacked(all.iter().map(|amount| amount.as_ref().map(figure).unwrap_or_default())), false)
        }
    }
}

/// Texts below each other; an empty one keeps its line.
fn stacked(all: impl Iterator<Item = String>) -> AnyView {
    let line = |text: String| if text.is_empty() { "\u{a0}".to_owned() } else { text };
    all.map(|text| view! { <span class="stacked">{line(text)}</span> }).collect_view().into_any()
}
