//! *Done*: the latest refunds and pay-outs that wait for nothing any more.

use super::queue_row::QueueRow;
use crate::components::{Empty, effect, swap};
use crate::session::Session;
use crate::text::say;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The most rows shown; older ones are on the customers' accounts.
const MOST: usize = 50;

/// The rows; `None` until they are read.
#[derive(Clone, Copy)]
pub(super) struct Latest(RwSignal<Option<Vec<RefundRow>>>);

impl Latest {
    /// Reads them now, and again when what waits has changed: what left the queue is done.
    pub fn new(session: Session) -> Self {
        let rows = RwSignal::new(None);
        let queue = session.queue();
        effect(move || {
            queue.track();
            spawn_local(async move {
                if let Ok(read) = session.latest_refunds(MOST).await {
                    let _ = rows.try_set(Some(read));
                }
            });
        });
        Self(rows)
    }

    /// How many are shown.
    pub fn count(self) -> Option<usize> {
        self.0.with(|rows| rows.as_ref().map(Vec::len))
    }

    /// The list.
    pub fn list(self, row: QueueRow) -> AnyView {
        let rows = Memo::new(move |_| self.0.get().unwrap_or_default());
        let none = Memo::new(move |_| self.0.with(|rows| rows.as_ref().map(Vec::is_empty)));
        swap(none, move |none| match none {
            None => ().into_any(),
            Some(true) => {
                view! { <Empty title=say!(queue.none_done) says=say!(queue.none_done_hint)/> }.into_any()
            }
            Some(false) => super::list(rows, row),
        })
    }
}
