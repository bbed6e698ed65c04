//! Statements and reminders of several customers, in one print run.

use super::by_mail::Sendable;
use super::page_rule::{Sheet, page_rule};
use super::printing::Printing;
use super::run_mail::{RunMail, goes_by_mail};
use super::span_form::SpanForm;
use super::statement_screen::name_of;
use super::{language, reminder, statement};
use crate::at::at;
use crate::components::{Button, Choice, Crumb, Crumbs, Empty, Heading, Look, Select, Value, swap};
use crate::engine::Stated;
use crate::route::Route;
use crate::screens::context;
use crate::session::Session;
use crate::text::{counted, fault::fault, in_language, say};
use ledger::date::Date;
use ledger::id::Id;
use ledger::view::customer::CustomerRow;
use ledger::view::span::Span;
use ledger::view::statement::Statement;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The most papers of one run: a browser lays out thousands of pages slowly.
const MOST: usize = 500;

const WITH_BALANCE: &str = "balance";
const OWING: &str = "owing";
const REMINDERS: &str = "reminders";
const OVER_30: &str = "reminders-30";
const OVER_60: &str = "reminders-60";

/// For reminders, the days that what is owed must be overdue for.
fn overdue_for(kind: &str) -> Option<i32> {
    match kind {
        REMINDERS => Some(0),
        OVER_30 => Some(30),
        OVER_60 => Some(60),
        _ => None,
    }
}

/// What is shown of a run.
#[derive(Clone, PartialEq)]
enum Run {
    None,
    Reading(usize, usize),
    Ready { papers: Arc<Vec<Stated>>, left_out: usize, reminds: bool },
    Failed(String),
}

/// The form and its run.
#[derive(Clone, Copy)]
struct Statements {
    session: Session,
    kind: RwSignal<String>,
    span: SpanForm,
    run: RwSignal<Run>,
    stop: RwSignal<bool>,
}

/// The screen at `/customers/statements`.
#[component]
pub fn PrintStatements() -> AnyView {
    let session = context::session();
    let form = Statements {
        session,
        kind: RwSignal::new(WITH_BALANCE.to_owned()),
        span: SpanForm::new(session),
        run: RwSignal::new(Run::None),
        stop: RwSignal::new(false),
    };
    let up = vec![Crumb::new(at(Route::Customers), say!(shell.customers))];
    view! {
        <Crumbs crumbs=up/>
        <div class="head"><Heading text=say!(paper.statements)/></div>
        {form.fields()}
        {swap(form.run, move |run| form.shown(run))}
    }
    .into_any()
}

impl Statements {
    fn fields(self) -> AnyView {
        let kinds = vec![
            Choice::new(WITH_BALANCE, say!(paper.all_with_balance)),
            Choice::new(OWING, say!(paper.all_owing)),
            Choice::new(REMINDERS, say!(paper.reminders)),
            Choice::new(OVER_30, say!(paper.reminders_over, days = 30)),
            Choice::new(OVER_60, say!(paper.reminders_over, days = 60)),
        ];
        let has_span = Memo::new(move |_| self.kind.with(|kind| overdue_for(kind).is_none()));
        let span = swap(has_span, move |has_span| has_span.then(|| self.span.fields()).into_any());
        view! {
            <div class="row span-fields">
                <Select id="statements-kind" label=say!(paper.which) choices=kinds value=Value::from(self.kind) required=true/>
                {span}
            </div>
            <div class="row even action-row">
                <Button label=say!(paper.prepare) look=Look::Tinted on_press=move |()| self.prepare()/>
            </div>
        }
        .into_any()
    }

    /// The customers that the run is for, by name; a customer without a name has no statement.
    fn customers(self, wanted: impl Fn(&CustomerRow) -> bool) -> Vec<Id> {
        let mut rows: Vec<_> = self.session.customers().with_untracked(|all| {
            all.iter()
                .filter(|row| !row.walk_in && wanted(row))
                .map(|row| (row.name.clone(), row.id.clone()))
                .collect()
        });
        rows.sort();
        rows.into_iter().map(|(_, id)| id).collect()
    }

    fn prepare(self) {
        let today = self.session.today().get_untracked();
        let kind = self.kind.get_untracked();
        let days = overdue_for(&kind);
        let reminds = days.is_some();
        let span = if reminds { Some(Span::up_to(Some(today))) } else { self.span.span().get_untracked() };
        let Some(span) = span else { return };
        let mut customers = match (days, kind.as_str()) {
            (Some(days), _) => self.customers(|row| {
                row.owed.is_positive() && row.oldest_due.is_some_and(|due| due.days_until(today) > days)
            }),
            (None, OWING) => self.customers(|row| row.owed.is_positive()),
            (None, _) => self.customers(|row| row.owed.is_positive() || row.credit.is_positive()),
        };
        let left_out = customers.len().saturating_sub(MOST);
        customers.truncate(MOST);
        let count = customers.len();
        self.stop.set(false);
        self.run.set(Run::Reading(0, count));
        spawn_local(async move {
            let progress = |read| drop(self.run.try_set(Run::Reading(read, count)));
            let goes_on = || self.stop.try_get_untracked() == Some(false);
            self.run.try_set(match self.session.statements(&customers, span, progress, goes_on).await {
                Ok(Some(papers)) => Run::Ready { papers: Arc::new(papers), left_out, reminds },
                Ok(None) => Run::None,
                Err(why) => Run::Failed(fault(&why)),
            });
        });
    }

    fn shown(self, run: Run) -> AnyView {
        match run {
            Run::None => ().into_any(),
            Run::Failed(why) => view! { <p class="note warn" role="alert">{why}</p> }.into_any(),
            Run::Reading(read, count) => view! {
                <p class="muted" role="status">{say!(paper.reading, read = read, count = count)}</p>
                <div><Button label=say!(recalculate.stop) on_press=move |()| self.stop.set(true)/></div>
            }
            .into_any(),
            Run::Ready { papers, .. } if papers.is_empty() => {
                view! { <Empty title=say!(paper.none) says=say!(paper.none_hint)/> }.into_any()
            }
            Run::Ready { papers, left_out, reminds } => {
                let languages = papers.iter().map(|stated| language::of(&stated.to)).collect();
                language::once_loaded(languages, move || self.papers(&papers, left_out, reminds))
            }
        }
    }

    fn papers(self, papers: &[Stated], left_out: usize, reminds: bool) -> AnyView {
        let Some(printing) = untrack(|| Printing::of(self.session)) else { return ().into_any() };
        let today = self.session.today().get_untracked();
        let of_run: Vec<_> = papers.iter().map(|stated| sendable(stated, reminds, today)).collect();
        if let Some(first) = of_run.first() {
            page_rule(Sheet::A4, &printing.shop.name, first.paper);
        }
        let mails = RunMail::new(self.session, of_run.clone());
        let paper = |(stated, of): (&Stated, &Sendable)| {
            let content = in_language(of.language, || one(&printing, stated, reminds, today));
            let name = format!("{}, {}", of.title, stated.to.name);
            let is_mailed = goes_by_mail(of);
            // Only the others are printed once the mails are sent.
            let is_sent = move || is_mailed && mails.is_done();
            view! {
                <article class=Sheet::A4.class() class:mailed=is_sent lang=of.language.tag() aria-label=name
                    node_ref=of.paper>{content}</article>
            }
        };
        let all = papers.iter().zip(&of_run).map(paper).collect_view();
        let more =
            (left_out > 0).then(|| view! { <p class="note warn">{counted!(paper.left_out, left_out)}</p> });
        view! {
            {more}
            <div class="row even action-row">
                {mails.print_button()}
                <span class="muted" role="status">{counted!(paper.ready, papers.len())}</span>
            </div>
            {mails.view()}
            <div class="desk">{all}</div>
        }
        .into_any()
    }
}

/// A paper of the run, with the name that it has by itself: a reminder that of its day, a statement that of its span.
fn sendable(stated: &Stated, reminds: bool, today: Date) -> Sendable {
    let Statement { customer, span, .. } = &stated.statement;
    let language = language::of(&stated.to);
    let document = if reminds { format!("{}-re-{today}", customer.id) } else { name_of(&customer.id, *span) };
    let title = in_language(language, || if reminds { say!(paper.reminder) } else { say!(paper.statement) });
    Sendable {
        customer: customer.id.clone(),
        document,
        title,
        language,
        email: customer.email.clone(),
        no_mail: stated.to.no_mail,
        paper: NodeRef::new(),
    }
}

fn one(printing: &Printing, stated: &Stated, reminds: bool, today: Date) -> AnyView {
    let printing = &printing.with_code(stated.code.clone());
    if reminds {
        reminder::reminder(printing, stated, today)
    } else {
        statement::statement(printing, stated, today)
    }
}
