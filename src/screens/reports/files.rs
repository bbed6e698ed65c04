//! Files of a report: CSV, paper, and the journal for programs of plain-text accounting.

use super::state::{Read, ReportState};
use crate::components::{Button, Look, Menu, MenuItem, swap};
use crate::engine::ReportFigures;
use crate::route::Report;
use crate::text::{counted, fault::fault, say};
use ledger::money::Currency;
use ledger::view::takings::Takings;
use leptos::prelude::*;
use leptos::task::spawn_local;
use reports::export::{Export, Format};
use reports::sheet;

/// What is said about the last file.
#[derive(Debug, Clone, PartialEq)]
enum Said {
    Nothing,
    Reading(u64),
    Saved,
    Stopped,
    Failed(String),
}

/// The buttons of the screen.
pub(super) fn tools(state: ReportState) -> AnyView {
    let (said, run) = (RwSignal::new(Said::Nothing), StoredValue::new(0_u64));
    let why = Signal::derive(move || {
        let is_there = state.read.with(|read| matches!(read, Read::Figures(_)));
        let is_wrong = state.errors.with(|errors| !errors.is_empty());
        (!is_there || is_wrong).then(|| say!(reports.not_yet))
    });
    let items = UnsyncCallback::new(move |()| {
        let item = |(format, label): (Format, String)| {
            MenuItem::press(label, move || export(state, format, said, run))
        };
        formats().into_iter().map(item).collect::<Vec<_>>()
    });
    // What was said stays while more entries are read, so that *Stop* can be pressed.
    let kind = Memo::new(move |_| match said.get() {
        Said::Reading(_) => Said::Reading(0),
        other => other,
    });
    on_cleanup(move || {
        run.try_update_value(|run| *run += 1);
    });
    view! {
        <div class="report-tools">
            <div class="row">
                <Button label=say!(reports.csv) why_not=why on_press=move |()| save(state, said)/>
                <Button label=say!(reports.print) why_not=why on_press=move |()| print(state)/>
                <Menu items=items look=Look::Plain class="menu which">{say!(reports.export)}</Menu>
            </div>
            {swap(kind, move |now| telling(now, said, run))}
        </div>
    }
    .into_any()
}

fn formats() -> [(Format, String); 4] {
    [
        (Format::Hledger, say!(reports.hledger)),
        (Format::Ledger, say!(reports.ledger)),
        (Format::Beancount, say!(reports.beancount)),
        (Format::Csv, say!(reports.postings)),
    ]
}

fn telling(now: Said, said: RwSignal<Said>, run: StoredValue<u64>) -> AnyView {
    let words = match now {
        Said::Nothing => return view! { <p class="small muted" role="status"></p> }.into_any(),
        Said::Saved => say!(reports.saved),
        Said::Stopped => say!(reports.stopped),
        Said::Failed(why) => {
            return view! { <p class="note warn" role="alert">{why}</p> }.into_any();
        }
        Said::Reading(_) => {
            let count = move || match said.get() {
                Said::Reading(count) => counted!(reports.reading, count),
                _ => String::new(),
            };
            let stop = move |()| {
                run.update_value(|run| *run += 1);
                said.set(Said::Stopped);
            };
            return view! {
                <div class="row">
                    <p class="small muted" role="status">{count}</p>
                    <Button label=say!(recalculate.stop) on_press=stop/>
                </div>
            }
            .into_any();
        }
    };
    view! { <p class="small muted" role="status">{words}</p> }.into_any()
}

/// Saves the figures on the page as comma-separated values.
fn save(state: ReportState, said: RwSignal<Said>) {
    let Read::Figures(answer) = state.read.get_untracked() else { return };
    let currency = crate::screens::context::currency(state.session);
    let report = state.report.get_untracked();
    let text = csv(report, &answer.figures, &currency);
    let saved = state.session.save_sheet(report.word(), &text);
    said.set(saved.map_or_else(|why| Said::Failed(fault(&why)), |()| Said::Saved));
}

fn csv(report: Report, figures: &ReportFigures, currency: &Currency) -> String {
    match report {
        Report::Ageing => sheet::ageing(&figures.aged, currency).csv(),
        Report::Takings => {
            let mut takings = Takings::default();
            figures.takings.values().for_each(|day| takings.merge(day.clone()));
            sheet::takings(&takings, currency).csv()
        }
        Report::Tax => sheet::tax(&figures.taxes, currency).csv(),
        Report::Refunds => sheet::refunds(&figures.reasons, currency).csv(),
        Report::Commissions => sheet::commissions(&figures.partners, &figures.shop, currency).csv(),
        Report::Activity => sheet::activity(&figures.activity, &figures.shop, currency).csv(),
        Report::DayBook => {
            let (mut export, mut out) = (Export::new(Format::Csv, currency), String::new());
            export.begin(&mut out, &figures.opened_as);
            figures.lines.iter().for_each(|line| export.add(&mut out, &line.transaction));
            out
        }
    }
}

/// Prints the report with all its rows.
fn print(state: ReportState) {
    state.whole.set(true);
    // After all rows are drawn.
    request_animation_frame(move || {
        let _ = window().print();
        state.whole.try_set(false);
    });
}

/// Saves the whole book up to the last day of the report.
fn export(state: ReportState, format: Format, said: RwSignal<Said>, run: StoredValue<u64>) {
    let days = state.days.get_untracked();
    let to = if state.report.get_untracked() == Report::Ageing { days.as_of } else { days.to };
    run.update_value(|run| *run += 1);
    let own = run.get_value();
    let goes_on = move || run.try_get_value() == Some(own);
    said.set(Said::Reading(0));
    spawn_local(async move {
        let progress = move |count| {
            if goes_on() {
                said.try_set(Said::Reading(count));
            }
        };
        let found = state.session.export(format, to, progress, goes_on).await;
        if goes_on() {
            said.try_set(match found {
                Ok(true) => Said::Saved,
                Ok(false) => Said::Stopped,
                Err(why) => Said::Failed(fault(&why)),
            });
        }
    });
}
