//! *Approve* and *Reject*: asked once more, then recorded once.

use crate::book::{Book, NotRecorded};
use crate::components::{Button, Dialog, Look};
use crate::screens::desk;
use crate::text::fault::not_recorded;
use crate::text::say;
use ledger::command::{Act, Command};
use ledger::id::Id;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What an admin says to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Approve,
    Reject,
}

/// The question that is open, and what came of the last answer.
#[derive(Clone, Copy)]
pub(super) struct Decision {
    book: Book,
    open: RwSignal<bool>,
    asked: RwSignal<Option<(Verdict, RefundRow)>>,
    outcome: RwSignal<Option<Result<String, NotRecorded>>>,
}

impl Decision {
    pub fn new(book: Book) -> Self {
        let (open, asked, outcome) = (RwSignal::new(false), RwSignal::new(None), RwSignal::new(None));
        Self { book, open, asked, outcome }
    }

    /// Opens the question.
    pub fn ask(self, verdict: Verdict, row: &RefundRow) {
        self.asked.set(Some((verdict, row.clone())));
        self.open.set(true);
    }

    /// Records the answer. The act's id follows from the request's, so two presses are one act.
    fn record(self) {
        self.open.set(false);
        let Some((verdict, row)) = self.asked.get_untracked() else { return };
        let request = row.id.clone();
        let (suffix, act) = match verdict {
            Verdict::Approve => ("approved", Act::ApproveRefund { request }),
            Verdict::Reject => ("rejected", Act::RejectRefund { request }),
        };
        let Ok(id) = Id::new(&format!("{}-{suffix}", row.id)) else { return };
        let command = Command { id, customer: Some(row.customer.clone()), on: None, act };
        let said = self.said(verdict, &row);
        spawn_local(async move {
            let outcome = self.book.record(command).await;
            let _ = self.outcome.try_set(Some(outcome.map(|_| said)));
        });
    }

    fn said(self, verdict: Verdict, row: &RefundRow) -> String {
        let known = desk::row(self.book, row.customer.clone()).get_untracked();
        let name = known.map(|row| row.name).unwrap_or_default();
        match verdict {
            Verdict::Approve => say!(queue.approved, name = name),
            Verdict::Reject => say!(queue.rejected, name = name),
        }
    }

    /// What came of the last answer.
    pub fn told(self) -> AnyView {
        let currency = desk::currency(self.book);
        (move || match self.outcome.get() {
            None => ().into_any(),
            Some(Ok(said)) => view! { <p class="note told" role="status">{said}</p> }.into_any(),
            Some(Err(why)) => {
                let says = not_recorded(&why, &currency);
                view! { <p class="wrong" role="alert">{says}</p> }.into_any()
            }
        })
        .into_any()
    }

    /// The question.
    pub fn dialog(self) -> AnyView {
        let approve = Memo::new(move |_| matches!(self.asked.get(), Some((Verdict::Approve, _))));
        let who = move || {
            let actor = self.asked.with(|asked| asked.as_ref().map(|(_, row)| row.actor.clone()));
            actor.map(|actor| desk::staff(self.book, &actor)).unwrap_or_default()
        };
        let title = Signal::derive(move || match approve.get() {
            true => say!(queue.sure_approve),
            false => say!(queue.sure_reject),
        });
        let words = move || match approve.get() {
            true => say!(queue.sure_approve_text, who = who()),
            false => say!(queue.sure_reject_text, who = who()),
        };
        let yes =
            Signal::derive(move || if approve.get() { say!(queue.approve) } else { say!(queue.reject) });
        let content = move || {
            view! {
                <p>{words}</p>
                <div class="actions">
                    <Button label=yes look=Look::Primary on_press=move |()| self.record()/>
                    <Button label=say!(queue.no) on_press=move |()| self.open.set(false)/>
                </div>
            }
        };
        view! { <Dialog open=self.open title=title>{content()}</Dialog> }.into_any()
    }
}
