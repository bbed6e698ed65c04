//! The screen that shows the report of a day as it will be printed.

use super::day_report::day_report;
use super::page_rule::{Sheet, page_rule};
use super::printing::Printing;
use super::sheet_choice;
use crate::at::at;
use crate::components::{Button, Crumb, Crumbs, DateField, Empty, Heading, Look, Value, live, swap};
use crate::device::right::DeviceRight;
use crate::engine::{ReportFigures, Wanted};
use crate::route::{Query, Route};
use crate::screens::context;
use crate::session::{Session, Stage};
use crate::text::{counted, fault::fault, say};
use ledger::date::Date;
use ledger::view::span::Span;
use leptos::html::Article;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What was read.
#[derive(Clone)]
enum Read {
    /// The number of entries so far.
    Reading(u64),
    Figures(Date, Arc<ReportFigures>),
    Stopped,
    Failed(String),
}

/// The report of one day in the making.
#[derive(Clone, Copy)]
struct DayReport {
    session: Session,
    day: Memo<Option<Date>>,
    read: RwSignal<Read>,
    /// The number of the last reading: an earlier one stops.
    run: StoredValue<u64>,
}

/// The screen at `/money/report`.
#[component]
pub fn PrintDay() -> AnyView {
    let session = context::session();
    let may = Memo::new(move |_| context::has_right(session, &DeviceRight::ShopFigures));
    swap(may, move |may| if may { page(session) } else { no_right() })
}

fn no_right() -> AnyView {
    view! {
        <Heading text=say!(paper.day_report)/>
        <Empty title=say!(reports.no_right) says=say!(reports.no_right_says)/>
    }
    .into_any()
}

fn page(session: Session) -> AnyView {
    let asked = context::query(Query::AsOf);
    let day = asked.get_untracked().and_then(|text| Date::parse(&text));
    let text = RwSignal::new(day.unwrap_or_else(|| session.today().get_untracked()).to_string());
    let is_past = move |day: &Date| *day <= session.today().get();
    let day = Memo::new(move |_| Date::parse(&text.get()).filter(is_past));
    let wrong = Signal::derive(move || day.get().is_none().then(|| say!(paper.no_day)));
    let report = DayReport { session, day, read: RwSignal::new(Read::Reading(0)), run: StoredValue::new(0) };
    report.follow();
    let sheet = sheet_choice::of_receipts();
    let up = vec![Crumb::new(at(Route::Money), say!(shell.money))];
    view! {
        <Crumbs crumbs=up/>
        <div class="head"><Heading text=say!(paper.day_report)/></div>
        <div class="row span-fields">
            <DateField id="day" label=say!(paper.day) value=Value::from(text) error=wrong required=true/>
            {sheet_choice::field(sheet)}
        </div>
        {live(move || report.shown(sheet.get()))}
    }
    .into_any()
}

impl DayReport {
    /// Reads the day now, when another day is typed, and when something was recorded.
    fn follow(self) {
        let (figures, stage) = (self.session.figures(), self.session.stage());
        Effect::new(move || {
            figures.track();
            if let (Some(day), Stage::Open) = (self.day.get(), stage.get()) {
                untrack(|| self.ask(day));
            }
        });
        on_cleanup(move || {
            let _ = self.run.try_update_value(|run| *run += 1);
        });
    }

    fn ask(self, day: Date) {
        self.run.update_value(|run| *run += 1);
        let run = self.run.get_value();
        let goes_on = move || self.run.try_get_value() == Some(run);
        // What is shown stays until there is something newer.
        if !matches!(self.read.get_untracked(), Read::Figures(..)) {
            self.read.set(Read::Reading(0));
        }
        spawn_local(async move {
            let progress = move |count| {
                if goes_on() {
                    self.read.try_update(|read| {
                        if let Read::Reading(known) = read {
                            *known = count;
                        }
                    });
                }
            };
            let span = Span { from: Some(day), to: None };
            let found = self.session.read_report(Wanted::Day(day), span, None, progress, goes_on).await;
            if goes_on() {
                self.read.try_set(match found {
                    Ok(Some(figures)) => Read::Figures(day, Arc::new(figures)),
                    Ok(None) => Read::Stopped,
                    Err(why) => Read::Failed(fault(&why)),
                });
            }
        });
    }

    fn stop(self) {
        self.run.update_value(|run| *run += 1);
        self.read.set(Read::Stopped);
    }

    fn shown(self, sheet: Sheet) -> AnyView {
        match self.read.get() {
            Read::Reading(count) => view! {
                <p class="muted" role="status">{counted!(reports.reading, count)}</p>
                <div><Button label=say!(recalculate.stop) on_press=move |()| self.stop()/></div>
            }
            .into_any(),
            Read::Stopped => {
                let again = move |()| {
                    if let Some(day) = self.day.get_untracked() {
                        self.ask(day)
                    }
                };
                view! {
                    <p class="muted" role="status">{say!(reports.stopped)}</p>
                    <div class="actions"><Button label=say!(reports.read_again) on_press=again/></div>
                }
                .into_any()
            }
            Read::Failed(why) => view! { <p class="note warn" role="alert">{why}</p> }.into_any(),
            Read::Figures(day, figures) => self.paper(day, &figures, sheet),
        }
    }

    fn paper(self, day: Date, figures: &ReportFigures, sheet: Sheet) -> AnyView {
        let Some(printing) = Printing::of(self.session) else { return ().into_any() };
        let element = NodeRef::<Article>::new();
        let title = say!(paper.day_report_of, day = Printing::day(day));
        page_rule(sheet, &title, element);
        let print = |()| drop(window().print());
        view! {
            <div class="row even action-row"><Button label=say!(paper.print) look=Look::Primary on_press=print/></div>
            <div class="desk">
                <article class=sheet.class() aria-label=title node_ref=element>
                    {day_report(&printing, figures, day, sheet)}
                </article>
            </div>
        }
        .into_any()
    }
}
