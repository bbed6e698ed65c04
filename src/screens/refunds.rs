//! The queue: requested refunds, and money still to be handed over.

pub(super) mod decision;
mod waiting;

use crate::at::at;
use crate::components::{Empty, Heading, LinkButton, swap};
use crate::route::Route;
use crate::screens::context;
use crate::screens::hand_over::HandOver;
use crate::text::say;
use decision::Decision;
use ledger::account::Status;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;
use std::sync::Arc;

/// The screen at `/refunds`.
#[component]
pub fn Refunds() -> AnyView {
    let session = context::session();
    let queue = session.queue();
    let part = move |wanted: fn(&RefundRow) -> bool| {
        Memo::new(move |_| {
            let rows = |rows: &Option<Arc<Vec<RefundRow>>>| {
                rows.iter()
                    .flat_map(|rows| rows.iter())
                    .filter(|row| wanted(row))
                    .cloned()
                    .collect::<Vec<_>>()
            };
            queue.with(rows)
        })
    };
    let requested = part(|row| row.status == Status::Requested);
    let to_give = part(|row| !row.handed_over && matches!(row.status, Status::Recorded | Status::Complete));
    let awaiting = part(|row| row.status == Status::Awaiting);
    let pending = part(|row| row.status == Status::Pending);
    let empty = Memo::new(move |_| queue.with(|rows| rows.as_ref().is_some_and(|rows| rows.is_empty())));
    let (decision, hand_over) = (Decision::new(session), HandOver::new(session));
    view! {
        <Heading text=say!(queue.title)/>
        {decision.notice()}
        {hand_over.notice()}
        {section(say!(queue.requested), say!(queue.requested_hint), requested, move |row| {
            waiting::requested(row, decision)
        })}
        {section(say!(queue.awaiting), say!(queue.awaiting_hint), awaiting, move |row| {
            waiting::awaiting(row, decision)
        })}
        {section(say!(queue.pending), say!(queue.pending_hint), pending, waiting::pending)}
        {section(say!(queue.to_hand_over), say!(queue.hand_over_hint), to_give, move |row| {
            waiting::to_give(row, hand_over)
        })}
        <Show when=move || empty.get()>{nothing()}</Show>
        {decision.dialog()}
    }
    .into_any()
}

/// Rows keep their elements, so that a button never belongs to another row after an update.
fn section(
    title: String,
    hint: String,
    rows: Memo<Vec<RefundRow>>,
    line: impl Fn(RefundRow) -> AnyView + Copy + Send + 'static,
) -> AnyView {
    let some = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    let key = |row: &RefundRow| (row.id.clone(), row.no.clone());
    let shown = move || {
        view! {
            <section class="subsection">
                <h2>{title.clone()}</h2>
                <p class="small muted">{hint.clone()}</p>
                <ul class="to-do"><For each=move || rows.get() key=key children=line/></ul>
            </section>
        }
        .into_any()
    };
    swap(some, move |some| if some { shown() } else { ().into_any() })
}

fn nothing() -> AnyView {
    view! {
        <Empty title=say!(queue.empty) says=say!(queue.empty_hint)>
            <LinkButton href=at(Route::Customers) label=say!(customer.find)/>
        </Empty>
    }
    .into_any()
}
