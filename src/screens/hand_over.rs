//! *Handed over*: ticks that the money of a refund has reached the customer.

use crate::book::{Book, NotRecorded};
use crate::components::live;
use crate::screens::desk;
use crate::text::fault::not_recorded;
use ledger::command::{Act, Command};
use ledger::id::Id;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The press, with what went wrong.
#[derive(Clone, Copy)]
pub struct HandOver {
    book: Book,
    wrong: RwSignal<Option<NotRecorded>>,
}

impl HandOver {
    /// Nothing pressed yet.
    #[must_use]
    pub fn new(book: Book) -> Self {
        Self { book, wrong: RwSignal::new(None) }
    }

    /// Records the tick. Its id follows from the refund's, so pressing twice ticks once.
    pub fn press(self, row: &RefundRow) {
        let Ok(id) = Id::new(&format!("{}-handed", row.id)) else { return };
        let act = Act::HandOver { refund: row.id.clone() };
        let command = Command { id, customer: Some(row.customer.clone()), on: None, act };
        spawn_local(async move {
            let outcome = self.book.record(command).await;
            let _ = self.wrong.try_set(outcome.err());
        });
    }

    /// What went wrong, beside the button.
    pub fn problem(self) -> AnyView {
        let currency = desk::currency(self.book);
        live(move || {
            let says = self.wrong.get().map(|why| not_recorded(&why, &currency));
            says.map(|says| view! { <p class="wrong" role="alert">{says}</p> })
        })
    }
}
