//! *Approve* and *Reject*: a dialog asks for confirmation, then the decision is recorded once.

use crate::components::{Button, Dialog, Look, Notice, effect, live};
use crate::engine::NotRecorded;
use crate::screens::context;
use crate::session::Session;
use crate::text::fault::not_recorded;
use crate::text::say;
use ledger::id::Id;
use ledger::method::Method;
use ledger::rules::{Act, Command};
use ledger::view::refund::RefundRow;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// An admin's decision on a refund request or a pay-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Verdict {
    Approve,
    Reject,
    Complete,
    RejectPayout,
}

/// The texts of a dialog.
struct Words {
    title: String,
    text: String,
    yes: String,
}

impl Verdict {
    /// The act, and the suffix of its id after the request's id, so that two presses record one act.
    fn act(self, id: Id) -> (&'static str, Act) {
        match self {
            Self::Approve => ("approved", Act::ApproveRefund(id)),
            Self::Reject => ("rejected", Act::RejectRefund(id)),
            Self::Complete => ("complete", Act::CompletePayout(id)),
            Self::RejectPayout => ("rejected", Act::RejectPayout(id)),
        }
    }

    fn asks(self, who: String, method: Method) -> Words {
        let (title, text, yes) = match self {
            Self::Approve if method == Method::Credit => {
                (say!(queue.sure_approve), say!(queue.sure_approve_credit, who = who), say!(queue.approve))
            }
            Self::Approve => {
                (say!(queue.sure_approve), say!(queue.sure_approve_text, who = who), say!(queue.approve))
            }
            Self::Reject => {
                (say!(queue.sure_reject), say!(queue.sure_reject_text, who = who), say!(queue.reject))
            }
            Self::Complete => {
                (say!(queue.sure_complete), say!(queue.sure_complete_text), say!(queue.complete))
            }
            Self::RejectPayout => {
                (say!(queue.sure_reject_payout), say!(queue.sure_reject_payout_text), say!(queue.reject))
            }
        };
        Words { title, text, yes }
    }

    fn said(self, name: String) -> String {
        match self {
            Self::Approve => say!(queue.approved, name = name),
            Self::Reject => say!(queue.rejected, name = name),
            Self::Complete => say!(queue.completed, name = name),
            Self::RejectPayout => say!(queue.payout_rejected, name = name),
        }
    }
}

/// The open dialog, and the result of the last decision.
#[derive(Clone, Copy)]
pub struct Decision {
    session: Session,
    open: RwSignal<bool>,
    asked: RwSignal<Option<(Verdict, RefundRow)>>,
    outcome: RwSignal<Option<Result<String, NotRecorded>>>,
    /// A decision is being written.
    busy: RwSignal<bool>,
}

impl Decision {
    /// The state without an open dialog.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
        Self { session, open, asked: RwSignal::new(None), outcome: RwSignal::new(None), busy }
    }

    /// Opens the dialog, unless a decision is being written: the focus is then back on the row's button, which a second
    /// Enter would press.
    pub fn ask(self, verdict: Verdict, row: &RefundRow) {
        if self.busy.get_untracked() {
            return;
        }
        self.asked.set(Some((verdict, row.clone())));
        self.open.set(true);
    }

    /// Whether the request still has the same status: another tab may have decided it.
    fn waits(self) -> bool {
        let asked = self.asked.get();
        self.session.queue().with(|rows| {
            let mut rows = rows.iter().flat_map(|rows| rows.iter());
            asked.is_some_and(|(_, of)| rows.any(|row| row.id == of.id && row.status == of.status))
        })
    }

    /// Records the decision.
    fn record(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.open.set(false);
        let Some((verdict, row)) = self.asked.get_untracked() else { return };
        let (suffix, act) = verdict.act(row.id.clone());
        let Ok(id) = Id::new(&format!("{}-{suffix}", row.id)) else { return };
        let command = |id, act| Command { id, customer: Some(row.customer.clone()), on: None, act };
        let mut commands = vec![command(id, act)];
        if verdict == Verdict::Complete {
            // A pay-out marked as paid is also marked as handed over.
            let handed = Id::new(&format!("{}-handed", row.id)).ok();
            commands.extend(handed.map(|id| command(id, Act::HandOver(row.id.clone()))));
        }
        let known = context::row(self.session, row.customer.clone()).get_untracked();
        let said = verdict.said(known.map(|row| row.name).unwrap_or_default());
        self.busy.set(true);
        spawn_local(async move {
            let outcome = self.session.record_all(commands).await;
            let _ = self.busy.try_set(false);
            let _ = self.outcome.try_set(Some(outcome.map(|_| said)));
        });
    }

    /// The result of the last decision.
    pub fn notice(self) -> AnyView {
        let currency = context::currency(self.session);
        live(move || match self.outcome.get() {
            None => ().into_any(),
            Some(Ok(said)) => view! { <Notice says=said/> }.into_any(),
            Some(Err(why)) => {
                let says = not_recorded(&why, &currency);
                view! { <p class="wrong" role="alert">{says}</p> }.into_any()
            }
        })
    }

    /// The dialog; it closes when there is nothing left to decide.
    pub fn dialog(self) -> AnyView {
        effect(move || {
            if self.open.get() && !self.waits() {
                self.open.set(false);
            }
        });
        let words = move || {
            let (verdict, row) = self.asked.get()?;
            Some(verdict.asks(context::staff(self.session, &row.actor), row.method))
        };
        let title = Signal::derive(move || words().map(|words| words.title).unwrap_or_default());
        let yes = Signal::derive(move || words().map(|words| words.yes).unwrap_or_default());
        let content = move || {
            view! {
                <p>{move || words().map(|words| words.text)}</p>
                <div class="actions">
                    <Button label=yes look=Look::Primary on_press=move |()| self.record()/>
                    <Button label=say!(queue.no) on_press=move |()| self.open.set(false)/>
                </div>
            }
        };
        view! { <Dialog open=self.open title=title>{content()}</Dialog> }.into_any()
    }
}
