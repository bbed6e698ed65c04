//! A report as the page shows it: its main figure, a chart, and tables. All of them are made of the same figures.

use super::chart::{self, Chart};
use super::grid::{self, Grid};
use super::state::ReportState;
use crate::components::Empty;
use crate::route::Report;
use crate::screens::context;
use crate::text::{money, say};
use ledger::money::Money;
use leptos::prelude::*;

/// The main figure of a report.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Main {
    Money(Money),
    Count(i64),
}

/// A report.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    /// What the main figure is.
    pub label: String,
    pub main: Main,
    /// A line under it.
    pub note: String,
    pub chart: Chart,
    /// The first one has the figures of the chart.
    pub tables: Vec<Grid>,
}

/// The name of a report.
pub(super) fn title(report: Report) -> String {
    match report {
        Report::Ageing => say!(reports.ageing),
        Report::Takings => say!(reports.takings),
        Report::DayBook => say!(reports.day_book),
        Report::Tax => say!(reports.tax),
        Report::Refunds => say!(reports.refunds),
        Report::Commissions => say!(reports.commissions),
        Report::Activity => say!(reports.activity),
    }
}

impl Shown {
    /// The view of the report.
    pub fn view(self, state: ReportState, report: Report) -> AnyView {
        let Self { label, main, note, chart, tables } = self;
        if tables.iter().all(|table| table.lines.is_empty()) {
            return nothing(report);
        }
        let currency = context::currency(state.session);
        let main = match main {
            Main::Money(amount) => money::money(amount, &currency),
            Main::Count(count) => count.to_string(),
        };
        let name = title(report);
        let charts = (!chart.bars.is_empty()).then(|| chart::view(&chart, &name, &currency));
        let tables = tables.into_iter().map(|table| grid::view(state, table, &currency)).collect_view();
        let kind = if chart.columns.is_some() { "report over-columns" } else { "report" };
        view! {
            <div class=kind>
                <div class="report-top">
                    <p class="report-main"><span class="muted">{label}</span><b>{main}</b><small class="muted">{note}</small></p>
                    {charts}
                </div>
                {tables}
            </div>
        }
        .into_any()
    }
}

fn nothing(report: Report) -> AnyView {
    let says = match report {
        Report::Ageing => say!(reports.no_ageing),
        Report::Takings => say!(reports.no_takings),
        Report::DayBook => say!(reports.no_day_book),
        Report::Tax => say!(reports.no_tax),
        Report::Refunds => say!(reports.no_refunds),
        Report::Commissions => say!(reports.no_commissions),
        Report::Activity => say!(reports.no_activity),
    };
    view! { <Empty title=say!(reports.nothing) says=says/> }.into_any()
}
