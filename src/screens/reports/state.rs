//! Which report is shown over which days, as the address says, and what was read of it.

use crate::components::effect;
use crate::engine::{ReportFigures, Wanted};
use crate::forms::Errors;
use crate::forms::report::ReportDays;
use crate::route::{Link, Query, Report, Route};
use crate::screens::context;
use crate::session::Session;
use crate::text::fault::fault;
use ledger::date::Date;
use ledger::view::span::Span;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What was read of a report.
#[derive(Clone)]
pub(super) enum Read {
    /// The number of entries so far.
    Reading(u64),
    Figures(Arc<Answer>),
    Stopped,
    Failed(String),
}

/// More entries that were read are not another state: the page keeps what it shows, and *Stop* can be pressed.
impl PartialEq for Read {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Reading(_), Self::Reading(_)) | (Self::Stopped, Self::Stopped) => true,
            (Self::Figures(one), Self::Figures(other)) => Arc::ptr_eq(one, other),
            (Self::Failed(one), Self::Failed(other)) => one == other,
            _ => false,
        }
    }
}

/// Figures, and what they are of.
pub(super) struct Answer {
    question: Question,
    pub figures: ReportFigures,
}

/// What figures are of.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Question {
    wanted: Wanted,
    span: Span,
    known_on: Option<Date>,
    /// The number of entries on this device.
    arrived: u64,
}

/// The state of the screen, cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct ReportState {
    pub session: Session,
    pub report: Memo<Report>,
    pub days: Memo<ReportDays>,
    /// What is wrong with the days as typed.
    pub errors: RwSignal<Errors>,
    pub read: RwSignal<Read>,
    /// Whether all rows are drawn, for paper.
    pub whole: RwSignal<bool>,
    /// The number of the last reading: an earlier one stops.
    run: StoredValue<u64>,
}

impl ReportState {
    /// Reads the report of the address now and whenever the address changes.
    pub fn start() -> Self {
        let (session, router) = (context::session(), context::router());
        let named = router.report();
        let report = Memo::new(move |_| named.get().unwrap_or(Report::Ageing));
        let days = days(session);
        let state = Self {
            session,
            report,
            days,
            errors: RwSignal::default(),
            read: RwSignal::new(Read::Reading(0)),
            whole: RwSignal::new(false),
            run: StoredValue::new(0),
        };
        let (customers, today) = (session.customers(), session.today());
        effect(move || {
            today.track();
            // What customers owe follows what is recorded; it costs little.
            if report.get() == Report::Ageing {
                customers.track();
            }
            days.track();
            untrack(move || state.ask());
        });
        on_cleanup(move || state.stop());
        state
    }

    /// The day up to which entries are known; `None` for all that is known today.
    pub fn known_on(self) -> Option<Date> {
        let (known_on, today) = (self.days.get().known_on, self.session.today().get());
        Some(known_on).filter(|day| *day < today)
    }

    /// The address of a report over some days. Usual days are left out.
    pub fn link(self, report: Report, days: &ReportDays) -> Link {
        let today = self.session.today().get();
        let usual = ReportDays::usual(today);
        let mut link = Link::from(Route::ReportOf(report));
        if (days.from, days.to) != (usual.from, usual.to) {
            link = link.with(Query::From, days.from).with(Query::To, days.to);
        }
        if days.as_of != today {
            link = link.with(Query::AsOf, days.as_of);
        }
        if days.known_on < today {
            link = link.with(Query::KnownOn, days.known_on);
        }
        link
    }

    /// The number of entries that were read so far.
    pub fn count(self) -> u64 {
        self.read.with(|read| if let Read::Reading(count) = read { *count } else { 0 })
    }

    /// Whether figures are those of a report over some days. They may be older than the last entry.
    pub fn answers(self, answer: &Answer, report: Report, days: &ReportDays) -> bool {
        let asked = untrack(|| self.question(report, days));
        Question { arrived: asked.arrived, ..answer.question } == asked
    }

    /// Stops reading.
    pub fn stop(self) {
        self.run.try_update_value(|run| *run += 1);
        if self.read.try_with_untracked(|read| matches!(read, Read::Reading(_))) == Some(true) {
            self.read.try_set(Read::Stopped);
        }
    }

    /// Reads the report again.
    pub fn read_again(self) {
        self.read.set(Read::Reading(0));
        untrack(move || self.ask());
    }

    fn question(self, report: Report, days: &ReportDays) -> Question {
        let span = Span { from: Some(days.from), to: Some(days.to) };
        let (wanted, span) = match report {
            Report::Ageing => (Wanted::Ageing(days.as_of), Span::default()),
            Report::DayBook => (Wanted::DayBook, span),
            Report::Commissions => (Wanted::Commissions, span),
            Report::Takings | Report::Tax | Report::Refunds | Report::Activity => (Wanted::Sums, span),
        };
        Question { wanted, span, known_on: self.known_on(), arrived: self.session.arrived() }
    }

    /// Reads the figures, unless they are there.
    fn ask(self) {
        let question = self.question(self.report.get(), &self.days.get());
        let is_there = self
            .read
            .with_untracked(|read| matches!(read, Read::Figures(answer) if answer.question == question));
        if is_there {
            return;
        }
        self.run.update_value(|run| *run += 1);
        if let Some(figures) = self.at_once(&question) {
            return self.read.set(Read::Figures(Arc::new(Answer { question, figures })));
        }
        let run = self.run.get_value();
        let goes_on = move || self.run.try_get_value() == Some(run);
        self.read.set(Read::Reading(0));
        spawn_local(async move {
            let progress = move |count| {
                if goes_on() {
                    self.read.try_set(Read::Reading(count));
                }
            };
            let Question { wanted, span, known_on, .. } = question;
            let found = self.session.read_report(wanted, span, known_on, progress, goes_on).await;
            if !goes_on() {
                return;
            }
            self.read.try_set(match found {
                Ok(Some(figures)) => Read::Figures(Arc::new(Answer { question, figures })),
                Ok(None) => Read::Stopped,
                Err(why) => Read::Failed(fault(&why)),
            });
        });
    }

    /// Figures that the caches have.
    fn at_once(self, question: &Question) -> Option<ReportFigures> {
        let (Wanted::Ageing(day), None) = (question.wanted, question.known_on) else { return None };
        let aged = self.session.ageing_at(day)?;
        let shop = self.session.shop().get_untracked()?;
        Some(ReportFigures { aged, shop: (*shop).clone(), ..ReportFigures::default() })
    }
}

/// The days in the address; the usual ones where it has none, or none that can be.
fn days(session: Session) -> Memo<ReportDays> {
    let day = |name| {
        let text = context::query(name);
        Memo::new(move |_| text.with(|text| text.as_deref().and_then(Date::parse)))
    };
    let (from, to) = (day(Query::From), day(Query::To));
    let (as_of, known_on) = (day(Query::AsOf), day(Query::KnownOn));
    Memo::new(move |_| {
        let usual = ReportDays::usual(session.today().get());
        let span = from.get().zip(to.get()).filter(|(from, to)| from <= to);
        let (from, to) = span.unwrap_or((usual.from, usual.to));
        let known_on = known_on.get().filter(|day| *day < usual.known_on).unwrap_or(usual.known_on);
        ReportDays { from, to, as_of: as_of.get().unwrap_or(usual.as_of), known_on }
    })
}
