//! The state shared by the steps: the draft, the current order, and the step in the address.

use crate::components::{Problem, effect};
use crate::engine::Recorded;
use crate::forms::Errors;
use crate::forms::refund::{PartDraft, RefundAct, RefundDraft, RefundFacts};
use crate::route::{Link, Query, Route};
use crate::screens::draft_storage::Restored;
use crate::screens::form::Form;
use crate::screens::{context, draft_storage, links};
use crate::session::{Loaded, Session};
use crate::text::{money, say};
use ledger::entry::EntryKind;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::rules::Command;
use ledger::view::order::OrderView;
use leptos::prelude::*;
use std::sync::Arc;

/// A step of the wizard.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum WizardStep {
    Payments,
    Issuing,
    Confirm,
    /// The refund with this id was recorded.
    Done(Id),
}

impl WizardStep {
    /// The index of the step, from 0.
    pub const fn number(&self) -> usize {
        match self {
            Self::Payments => 0,
            Self::Issuing => 1,
            Self::Confirm => 2,
            Self::Done(_) => 3,
        }
    }

    fn link(&self, wizard: Route) -> Link {
        match self {
            Self::Payments => wizard.with(Query::Step, 1),
            Self::Issuing => wizard.with(Query::Step, 2),
            Self::Confirm => wizard.with(Query::Step, 3),
            Self::Done(refund) => wizard.with(Query::Done, refund),
        }
    }
}

/// Navigates to a step; `true` replaces the current entry of the browser's history.
type Go = UnsyncCallback<(WizardStep, bool)>;

/// One refund in progress.
#[derive(Clone, Copy)]
pub(super) struct Wizard {
    pub session: Session,
    pub customer: StoredValue<Id>,
    pub order: StoredValue<Id>,
    pub draft: RwSignal<RefundDraft>,
    pub restored: Restored,
    pub loaded: Signal<Loaded<Arc<OrderView>>>,
    pub form: Form,
    pub currency: StoredValue<Currency>,
    pub step: Memo<WizardStep>,
    pub last: RwSignal<Option<Recorded>>,
    /// The balance of the order before the refund was recorded here.
    pub owed_before: RwSignal<Option<Money>>,
    /// The current refundable total, set when it no longer covers the amounts typed and the wizard returns to step 1.
    pub meanwhile: RwSignal<Option<Money>>,
    go: Go,
}

impl Wizard {
    /// The wizard with the draft stored in this tab, or with a new draft.
    pub fn new(session: Session, customer: Id, order: Id) -> Self {
        let currency = context::currency(session);
        let name = format!("refund/{order}");
        let marked = context::query(Query::Payment).get_untracked().and_then(|id| Id::new(&id).ok());
        let own = order.clone();
        let online = context::query(Query::How).get_untracked().as_deref() == Some(ONLINE);
        let (draft, restored) =
            draft_storage::open(&name, move || RefundDraft { online, ..fresh(own.clone(), marked.clone()) });
        let this = Route::Refund { customer: customer.clone(), order: order.clone() };
        let router = context::router();
        let go = UnsyncCallback::new(move |(step, replace): (WizardStep, bool)| {
            let link = step.link(this.clone());
            if replace { router.go_instead(link) } else { router.go(link) }
        });
        let wizard = Self {
            session,
            loaded: session.order(customer.clone(), order.clone()),
            customer: StoredValue::new(customer),
            order: StoredValue::new(order),
            draft,
            restored,
            form: Form::new(session, currency.clone(), name),
            currency: StoredValue::new(currency),
            step: step(),
            last: RwSignal::new(None),
            owed_before: RwSignal::new(None),
            meanwhile: RwSignal::new(None),
            go,
        };
        wizard.guard_steps();
        wizard.form.follow(move || wizard.errors());
        wizard
    }

    /// The problems of the current step as it is typed now.
    fn errors(self) -> Errors {
        let read = match self.step.get() {
            WizardStep::Payments => self.with(|draft, facts, _| draft.check_payments(facts)),
            WizardStep::Issuing | WizardStep::Confirm | WizardStep::Done(_) => {
                Some(self.command(RefundAct::Record).map(|_| ()))
            }
        };
        read.and_then(Result::err).unwrap_or_default()
    }

    /// Navigates to a step.
    pub fn go(self, step: WizardStep) {
        self.form.show(Errors::default());
        self.go.run((step, false));
    }

    /// Navigates to a step and replaces the current history entry, so that *Back* does not return here.
    pub fn go_instead(self, step: WizardStep) {
        self.go.run((step, true));
    }

    /// Passes the draft and the order it is parsed against to a function; `None` until the order is loaded.
    pub fn with<T>(self, read: impl FnOnce(&RefundDraft, &RefundFacts<'_>, &OrderView) -> T) -> Option<T> {
        let Loaded::Ready(view) = self.loaded.get() else { return None };
        let together = view.refundable_total;
        self.currency.with_value(|currency| {
            let (refundable, returns) = (&view.refundable, &view.returns);
            let coin = context::coin(self.session);
            let sends = self.session.sync().with(|sync| sync.refunds);
            let owed = view.row.owed;
            let facts = RefundFacts { currency, coin, refundable, together, owed, returns, sends };
            Some(self.draft.with(|draft| read(draft, &facts, &view)))
        })
    }

    /// The command for the refund as currently typed.
    pub fn command(self, asked: RefundAct) -> Result<Command, Errors> {
        let read = self.with(|draft, facts, _| {
            self.customer.with_value(|customer| draft.command(customer, facts, asked))
        });
        read.unwrap_or_else(|| Err(Errors::default()))
    }

    /// The commands of the last press; see [`RefundDraft::commands`].
    pub fn commands(self, asked: RefundAct) -> Result<Vec<Command>, Errors> {
        let read = self.with(|draft, facts, _| {
            self.customer.with_value(|customer| draft.commands(customer, facts, asked))
        });
        read.unwrap_or_else(|| Err(Errors::default()))
    }

    /// Whether the signed-in user may record the refund, or only request it.
    pub fn act(self) -> RefundAct {
        let amount = self.with(|draft, facts, _| draft.going(facts)).unwrap_or(Money::ZERO);
        let online = self.with(|draft, facts, _| draft.goes_online(facts)).unwrap_or_default();
        let kind = if online { EntryKind::RefundIssued } else { EntryKind::RefundRecorded };
        if context::may(self.session, kind, amount) { RefundAct::Record } else { RefundAct::Request }
    }

    /// What the customer owes on all orders; `None` if that is the balance of this order.
    pub fn owed_on_all(self) -> Option<Money> {
        let row = context::row(self.session, self.customer.get_value()).get()?;
        self.with(|_, facts, _| facts.owed).filter(|here| *here != row.owed).map(|_| row.owed)
    }

    /// The order's number.
    pub fn order_no(self) -> String {
        self.with(|_, _, view| view.row.no.clone()).flatten().unwrap_or_default()
    }

    /// The link to the order.
    pub fn order_link(self) -> Route {
        self.customer.with_value(|customer| self.order.with_value(|order| links::order(customer, order)))
    }

    /// Whether anything is refundable; `None` until the order is loaded.
    pub fn has_refundable(self) -> Option<bool> {
        self.loaded.with(|order| match order {
            Loaded::Ready(view) => Some(view.refundable_total.is_positive()),
            Loaded::Pending | Loaded::Missing => None,
        })
    }

    /// Moves away from a step whose earlier steps are incomplete; once the refund is recorded, every step leads to the
    /// confirmation.
    fn guard_steps(self) {
        effect(move || {
            let step = self.step.get();
            if matches!(step, WizardStep::Payments | WizardStep::Done(_)) && !self.is_recorded() {
                return;
            }
            let instead = self.with(|draft, facts, _| self.correct_step(&step, draft, facts)).flatten();
            if let Some(instead) = instead {
                if instead == WizardStep::Payments {
                    self.explain_restart();
                }
                self.go_instead(instead);
            }
        });
    }

    /// Explains the return to step 1 if payments were marked; an outdated address is corrected without a message.
    fn explain_restart(self) {
        let found = untrack(|| {
            self.with(|draft, facts, _| {
                let errors = draft.check_payments(facts).err().filter(|_| !draft.parts.is_empty());
                errors.map(|errors| (errors, facts.together))
            })
        });
        if let Some((errors, most)) = found.flatten() {
            self.meanwhile.set(Some(most));
            self.form.show(errors);
        }
    }

    /// The errors of step 1; after a return to step 1, a single message with the amount still refundable, until it is mended: a message
    /// that changes takes the focus, in the middle of what is being typed.
    pub fn first_problems(self) -> Signal<Vec<Problem>> {
        let problems = self.form.problems();
        Signal::derive(move || {
            let Some(most) = self.meanwhile.get().filter(|_| problems.with(|all| !all.is_empty())) else {
                return problems.get();
            };
            let most = self.currency.with_value(|currency| money::money(most, currency));
            let says = say!(refund.meanwhile, most = most);
            let field = problems.with(|problems| problems.first().and_then(|first| first.field.clone()));
            vec![Problem { field, ..Problem::whole(says) }]
        })
    }

    fn correct_step(
        self,
        step: &WizardStep,
        draft: &RefundDraft,
        facts: &RefundFacts<'_>,
    ) -> Option<WizardStep> {
        if matches!(step, WizardStep::Done(_)) {
            return None;
        }
        if self.is_recorded() {
            return Some(WizardStep::Done(draft.id.clone()));
        }
        if draft.check_payments(facts).is_err() {
            return Some(WizardStep::Payments);
        }
        let whole =
            self.customer.with_value(|customer| draft.command(customer, facts, RefundAct::Record).is_ok());
        (*step == WizardStep::Confirm && !whole).then_some(WizardStep::Issuing)
    }

    fn is_recorded(self) -> bool {
        self.with(|draft, _, view| view.refunds.iter().any(|row| row.id == draft.id)).unwrap_or_default()
    }
}

/// The value of [`Query::How`], and of the choice, for a refund that the shop's server sends.
pub const ONLINE: &str = "online";

fn fresh(order: Id, marked: Option<Id>) -> RefundDraft {
    let mut draft = RefundDraft::new(Session::new_id(), order);
    draft.parts.extend(marked.map(|from| PartDraft { from, credit: false, amount: None }));
    draft
}

fn step() -> Memo<WizardStep> {
    let (step, done) = (context::query(Query::Step), context::query(Query::Done));
    Memo::new(move |_| match (done.get().and_then(|id| Id::new(&id).ok()), step.get().as_deref()) {
        (Some(refund), _) => WizardStep::Done(refund),
        (None, Some("2")) => WizardStep::Issuing,
        (None, Some("3")) => WizardStep::Confirm,
        _ => WizardStep::Payments,
    })
}
