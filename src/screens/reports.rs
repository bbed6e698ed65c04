//! Reports: a tab each, over any days, with a chart, the same figures as a table, and files of them.

mod activity;
mod ageing;
mod chart;
mod commissions;
mod day_book;
mod days;
mod files;
mod grid;
mod periods;
mod refunds;
mod shown;
mod state;
mod takings;
mod tax;

use crate::at::at;
use crate::components::{Button, Empty, Heading, Tab, TabPanel, Tabs, swap};
use crate::device::right::DeviceRight;
use crate::engine::ReportFigures;
use crate::forms::report::ReportDays;
use crate::route::Report;
use crate::screens::context;
use crate::text::{counted, date, say};
use leptos::prelude::*;
use shown::Shown;
use state::{Read, ReportState};

/// The screen at `/reports`.
#[component]
pub fn Reports() -> AnyView {
    let session = context::session();
    let may = Memo::new(move |_| context::has_right(session, &DeviceRight::ShopFigures));
    swap(may, |may| if may { page() } else { no_right() })
}

fn no_right() -> AnyView {
    view! {
        <Heading text=say!(reports.title)/>
        <Empty title=say!(reports.no_right) says=say!(reports.no_right_says)/>
    }
    .into_any()
}

fn page() -> AnyView {
    let state = ReportState::start();
    let current = Signal::derive(move || state.report.get().word().to_owned());
    let content = Memo::new(move |_| (state.report.get(), state.days.get(), state.read.get()));
    let wrong = Memo::new(move |_| state.errors.with(|errors| !errors.is_empty()));
    let shown = move || swap(content, move |(report, days, read)| of_report(state, report, &days, read));
    view! {
        <div class="head report-head">
            <Heading text=say!(reports.title)/>
            {files::tools(state)}
        </div>
        {swap(state.days, move |days| tabs(state, days, current))}
        <TabPanel current=current>
            {printed_head(state)}
            {days::fields(state)}
            {swap(wrong, move |wrong| match wrong {
                true => view! { <p class="muted">{say!(reports.correct_days)}</p> }.into_any(),
                false => shown(),
            })}
        </TabPanel>
    }
    .into_any()
}

fn tabs(state: ReportState, days: ReportDays, current: Signal<String>) -> AnyView {
    let tab = move |report: Report| Tab {
        key: report.word().into(),
        label: shown::title(report),
        count: Signal::derive(|| None),
        href: untrack(|| at(state.link(report, &days))),
        shortcut: "",
    };
    view! { <Tabs label=say!(reports.all) tabs=Report::ALL.into_iter().map(tab).collect() current=current/> }
        .into_any()
}

/// What stands above a report on paper: shop, report and days.
fn printed_head(state: ReportState) -> AnyView {
    let shop = move || {
        let name = state.session.shop().with(|shop| shop.as_ref().map(|shop| shop.name.clone()));
        format!("{}: {}", name.unwrap_or_default(), shown::title(state.report.get()))
    };
    let days = move || {
        let days = state.days.get();
        let known = state.known_on().map(|known| say!(reports.as_known_on_day, day = date::long(known)));
        let which = match state.report.get() {
            Report::Ageing => say!(reports.as_of_day, day = date::long(days.as_of)),
            _ => say!(reports.from_to, from = date::long(days.from), to = date::long(days.to)),
        };
        known.map_or(which.clone(), |known| format!("{which}, {known}"))
    };
    view! { <div class="paper-only"><p><b>{shop}</b></p><p>{days}</p></div> }.into_any()
}

fn of_report(state: ReportState, report: Report, days: &ReportDays, read: Read) -> AnyView {
    match read {
        Read::Reading(_) => reading(state),
        Read::Stopped => view! {
            <p class="muted" role="status">{say!(reports.stopped)}</p>
            <div class="actions"><Button label=say!(reports.read_again) on_press=move |()| state.read_again()/></div>
        }
        .into_any(),
        Read::Failed(why) => view! { <p class="note warn" role="alert">{why}</p> }.into_any(),
        Read::Figures(answer) if !state.answers(&answer, report, days) => reading(state),
        Read::Figures(answer) => of_figures(report, days, &answer.figures).view(state, report),
    }
}

/// What is shown of the figures. Every figure of the chart, the table and the file comes from them.
fn of_figures(report: Report, days: &ReportDays, figures: &ReportFigures) -> Shown {
    match report {
        Report::Ageing => ageing::shown(days, figures),
        Report::Takings => takings::shown(days, figures),
        Report::DayBook => day_book::shown(days, figures),
        Report::Tax => tax::shown(figures),
        Report::Refunds => refunds::shown(figures),
        Report::Commissions => commissions::shown(figures),
        Report::Activity => activity::shown(figures),
    }
}

fn reading(state: ReportState) -> AnyView {
    let whole = state.session.arrived().max(1);
    let words = move || counted!(reports.reading, state.count());
    let done = move || state.count().min(whole).to_string();
    view! {
        <div class="stack close report-reading">
            <p class="muted" role="status">{words}</p>
            <progress max=whole.to_string() value=done aria-label=say!(reports.progress)></progress>
            <div><Button label=say!(recalculate.stop) on_press=move |()| state.stop()/></div>
        </div>
    }
    .into_any()
}
