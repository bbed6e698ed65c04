//! The state shared by the parts of the form: the draft, and the credits it is parsed against.

use crate::forms::Errors;
use crate::forms::payout::{PayoutDraft, PayoutFacts};
use crate::route::{Link, Query};
use crate::screens::draft_storage::Restored;
use crate::screens::form::Form;
use crate::screens::{context, draft_storage, links};
use crate::session::{Loaded, Session};
use ledger::entry::EntryKind;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::rules::Command;
use ledger::view::account::AccountView;
use leptos::prelude::*;
use std::sync::Arc;

/// One pay-out in progress.
#[derive(Clone, Copy)]
pub struct PayoutForm {
    pub session: Session,
    pub customer: StoredValue<Id>,
    pub draft: RwSignal<PayoutDraft>,
    pub restored: Restored,
    pub view: Memo<Option<Arc<AccountView>>>,
    pub form: Form,
    pub currency: StoredValue<Currency>,
}

impl PayoutForm {
    pub fn new(customer: Id, by_lot: bool) -> Self {
        let session = context::session();
        let (currency, account) = (context::currency(session), session.account(customer.clone()));
        let name = if by_lot { format!("refund-os/{customer}") } else { format!("pay-refund/{customer}") };
        let view = Memo::new(move |_| match account.get() {
            Loaded::Ready(view) => Some(view),
            Loaded::Pending | Loaded::Missing => None,
        });
        // A walk-in has no name to pay to.
        let known = context::row(session, customer.clone()).get_untracked();
        let payee = known.filter(|row| !row.walk_in).map(|row| row.name).unwrap_or_default();
        let (draft, restored) = draft_storage::open(&name, move || PayoutDraft {
            payee: payee.clone(),
            ..PayoutDraft::new(Session::new_id(), by_lot)
        });
        let pay = Self {
            session,
            view,
            draft,
            restored,
            form: Form::new(session, currency.clone(), name),
            customer: StoredValue::new(customer),
            currency: StoredValue::new(currency),
        };
        pay.form.follow(move || pay.read().err().unwrap_or_default());
        pay
    }

    /// Passes the draft and the credits it is parsed against to a function; `None` until they are loaded.
    pub fn with<T>(self, read: impl FnOnce(&PayoutDraft, &PayoutFacts<'_>) -> T) -> Option<T> {
        let view = self.view.get()?;
        self.currency.with_value(|currency| {
            let facts = PayoutFacts { currency, coin: context::coin(self.session), lots: &view.lots };
            Some(self.draft.with(|draft| read(draft, &facts)))
        })
    }

    /// Whether the pay-out is already recorded, so that this form is about to be replaced.
    pub fn is_recorded(self) -> bool {
        let id = self.draft.with(|draft| draft.id.clone());
        self.view.with(|view| view.as_ref().is_some_and(|view| view.refunds.iter().any(|row| row.id == id)))
    }

    pub fn by_lot(self) -> bool {
        self.draft.with_untracked(|draft| draft.by_lot)
    }

    /// *Refund O/S* completes at once if the user may complete; *Pay Refund* waits until the money is paid.
    pub fn commands(self) -> Result<Vec<Command>, Errors> {
        untrack(|| self.read())
    }

    fn read(self) -> Result<Vec<Command>, Errors> {
        let read = self.with(|draft, facts| {
            let complete =
                draft.by_lot && context::may(self.session, EntryKind::PayoutCompleted, draft.going(facts));
            self.customer.with_value(|customer| draft.commands(customer, facts, complete))
        });
        read.unwrap_or_else(|| Err(Errors::default()))
    }

    pub fn record(self, go: impl Fn(Link) + 'static) {
        let account = self.customer.with_value(|customer| links::tab(customer, "refunds"));
        let done = self
            .draft
            .with_untracked(|draft| account.with(Query::New, &draft.id).with(Query::Done, &draft.id));
        self.form.record(self.commands(), move |_| {
            go(done);
        });
    }
}

pub fn name(pay: PayoutForm) -> Signal<String> {
    let row = pay.customer.with_value(|customer| context::row(pay.session, customer.clone()));
    Signal::derive(move || row.get().map(|row| row.name).unwrap_or_default())
}
