//! The queue: refunds to decide, to pay and to hand over, and the latest that are done.

pub(super) mod decision;
mod latest;
mod payments;
mod queue_row;
pub(super) mod sections;
mod verdict;

use crate::at::at;
use crate::components::{Button, Empty, Heading, LinkButton, Tab, TabPanel, Tabs, swap};
use crate::route::{Query, Route};
use crate::screens::context;
use crate::screens::hand_over::HandOver;
use crate::session::Session;
use crate::text::{date, say};
use decision::Decision;
use latest::Latest;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;
use queue_row::QueueRow;
use sections::Section;

/// The screen at `/refunds`.
#[component]
pub fn Refunds() -> AnyView {
    let session = context::session();
    let queue = session.queue();
    let waiting = Memo::new(move |_| {
        let visible = |row: &&RefundRow| sections::is_shown(session, row);
        queue.with(|rows| rows.as_ref().map(|rows| rows.iter().filter(visible).cloned().collect::<Vec<_>>()))
    });
    let latest = Latest::new(session);
    let asked = context::query(Query::Tab);
    // What is to be done first is open until a tab is chosen.
    let current = Memo::new(move |_| {
        let chosen = asked.with(|asked| asked.as_deref().and_then(Section::named));
        chosen.unwrap_or_else(|| {
            waiting.with(|rows| Section::first_with_work(session, rows.as_deref().unwrap_or_default()))
        })
    });
    let count = move |section: Section| {
        Signal::derive(move || match section {
            Section::Done => latest.count(),
            waits => waiting.with(|rows| Some(rows.as_ref()?.iter().filter(|row| waits.has(row)).count())),
        })
    };
    let tab = |section: Section| Tab {
        key: section.key().into(),
        label: section.label(),
        count: count(section),
        href: at(Route::Refunds.with(Query::Tab, section.key())),
        shortcut: "",
    };
    let tabs = Section::ALL.into_iter().map(tab).collect();
    let key = Signal::derive(move || current.get().key().to_owned());
    let (decision, hand_over) = (Decision::new(session), HandOver::new(session));
    let says = move || current.get().says(session);
    let row = QueueRow { session, decision, hand_over };
    let list = move |section: Section| match section {
        Section::Done => latest.list(row),
        Section::Awaiting => payments::to_pay(waiting, row),
        section => section_list(section, waiting, row),
    };
    view! {
        <div class="head">
            <div>
                <Heading text=say!(queue.title)/>
                <p class="queue-says">{says}</p>
            </div>
            {print(session, waiting)}
        </div>
        {decision.notice()}
        {hand_over.notice()}
        <Tabs label=say!(queue.title) tabs=tabs current=key/>
        <TabPanel current=key>{swap(current, list)}</TabPanel>
        {decision.dialog()}
    }
    .into_any()
}

/// *Print list*: the open section on paper, with the day and the person who printed it.
fn print(session: Session, waiting: Memo<Option<Vec<RefundRow>>>) -> AnyView {
    let some = Memo::new(move |_| waiting.with(|rows| rows.as_ref().is_some_and(|rows| !rows.is_empty())));
    let printed = move || {
        let who = session.this_device().with(|here| here.actor.clone());
        let day = date::long(session.today().get());
        say!(queue.printed, date = day, who = context::staff(session, &who))
    };
    view! {
        <Show when=move || some.get()>
            <div>
                <Button label=say!(queue.print) on_press=|()| drop(window().print())/>
                <p class="paper-only">{printed}</p>
            </div>
        </Show>
    }
    .into_any()
}

/// The rows of a section, or what would be here.
fn section_list(section: Section, waiting: Memo<Option<Vec<RefundRow>>>, row: QueueRow) -> AnyView {
    let rows = Memo::new(move |_| section.of(waiting.with(|rows| rows.clone().unwrap_or_default())));
    let some = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    let none = Memo::new(move |_| waiting.with(|rows| rows.as_ref().map(Vec::is_empty)));
    swap(some, move |some| if some { list(rows, row) } else { swap(none, nothing) })
}

/// Rows keep their elements, so that a button never belongs to another row after an update.
fn list(rows: Memo<Vec<RefundRow>>, row: QueueRow) -> AnyView {
    let key = |row: &RefundRow| {
        let stage = row.progress.as_ref().map(|progress| progress.stage as u8);
        (row.id.clone(), row.status, row.no.clone(), row.handed_over, stage, row.cancel_asked)
    };
    let line = move |of: RefundRow| row.view(of);
    view! { <ul class="queue"><For each=move || rows.get() key=key children=line/></ul> }.into_any()
}

/// No row in the open section: nothing waits at all, or only elsewhere; nothing is said before it is known.
fn nothing(none: Option<bool>) -> AnyView {
    match none {
        None => ().into_any(),
        Some(false) => view! { <p class="muted nothing-here">{say!(queue.nothing_here)}</p> }.into_any(),
        Some(true) => view! {
            <Empty title=say!(queue.empty) says=say!(queue.empty_hint)>
                <LinkButton href=at(Route::Customers) label=say!(customer.find)/>
            </Empty>
        }
        .into_any(),
    }
}
