//! *Handed over*: records that the customer has received the money of a refund.

use crate::components::{Notice, live};
use crate::engine::NotRecorded;
use crate::screens::context;
use crate::session::Session;
use crate::text::fault::not_recorded;
use crate::text::{money, say};
use ledger::entry::Body;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::rules::{Act, Command};
use ledger::view::refund::RefundRow;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The money of a refund or pay-out, without the parts that go back to the customer's credit.
#[must_use]
pub fn money_of(row: &RefundRow) -> Money {
    let entry = context::session().entry(&row.customer, &row.id);
    let body = entry.as_ref().map(|entry| &entry.body);
    let (Some(Body::RefundRecorded(written) | Body::RefundRequested(written)), false) =
        (body, row.method == Method::Credit)
    else {
        return row.amount;
    };
    written.parts.iter().filter(|part| !part.credit).map(|part| part.amount).sum()
}

/// The action, with its error.
#[derive(Clone, Copy)]
pub struct HandOver {
    session: Session,
    outcome: RwSignal<Option<Result<String, NotRecorded>>>,
    pressed: RwSignal<bool>,
}

impl HandOver {
    /// The state before any press.
    #[must_use]
    pub fn new(session: Session) -> Self {
        Self { session, outcome: RwSignal::new(None), pressed: RwSignal::new(false) }
    }

    /// Records the handover. Its id is derived from the refund's id, so pressing twice records once.
    pub fn press(self, row: &RefundRow) {
        let Ok(id) = Id::new(&format!("{}-handed", row.id)) else { return };
        let act = Act::HandOver(row.id.clone());
        let command = Command { id, customer: Some(row.customer.clone()), on: None, act };
        self.pressed.set(true);
        let amount = money::money(money_of(row), &context::currency(self.session));
        let known = context::row(self.session, row.customer.clone()).get_untracked();
        let name = known.map(|row| row.name).unwrap_or_default();
        let said = say!(queue.handed, amount = amount, name = name);
        spawn_local(async move {
            let outcome = self.session.record(command).await;
            let _ = self.outcome.try_set(Some(outcome.map(|_| said)));
        });
    }

    /// Whether it was pressed on this screen, as opposed to recorded earlier.
    pub fn pressed(self) -> bool {
        self.pressed.get_untracked()
    }

    /// The error, shown next to the button.
    pub fn problem(self) -> AnyView {
        let currency = context::currency(self.session);
        live(move || {
            let outcome = self.outcome.get().and_then(Result::err);
            let says = outcome.map(|why| not_recorded(&why, &currency));
            says.map(|says| view! { <p class="wrong" role="alert">{says}</p> })
        })
    }

    /// The confirmation, shown when the row is gone; and the error.
    pub fn notice(self) -> AnyView {
        let said = move || {
            let said = self.outcome.get().and_then(Result::ok);
            said.map(|said| view! { <Notice says=said/> })
        };
        view! { {self.problem()}{live(said)} }.into_any()
    }
}
