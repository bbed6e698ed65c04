//! What the steps share: the draft, the order as it stands, and where in the address one is.

use crate::components::{Problem, effect};
use crate::engine::Recorded;
use crate::forms::Errors;
use crate::forms::refund::{PartDraft, RefundAct, RefundDraft, RefundFacts};
use crate::screens::form::Form;
use crate::screens::{context, draft_storage, links};
use crate::session::{Loaded, Session};
use crate::text::{money, say};
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::rules::Command;
use ledger::view::order::OrderView;
use leptos::prelude::*;
use std::sync::Arc;

/// Where one is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum WizardStep {
    Payments,
    Issuing,
    Confirm,
    /// After the refund of that id was recorded.
    Done(Id),
}

impl WizardStep {
    /// From 0.
    pub const fn number(&self) -> usize {
        match self {
            Self::Payments => 0,
            Self::Issuing => 1,
            Self::Confirm => 2,
            Self::Done(_) => 3,
        }
    }

    fn query(&self) -> String {
        match self {
            Self::Payments => "step=1".into(),
            Self::Issuing => "step=2".into(),
            Self::Confirm => "step=3".into(),
            Self::Done(refund) => format!("done={refund}"),
        }
    }
}

/// A way to another step; `true` takes the place of this one in the history.
type Go = UnsyncCallback<(WizardStep, bool)>;

/// One refund on its way.
#[derive(Clone, Copy)]
pub(super) struct Wizard {
    pub session: Session,
    pub customer: StoredValue<Id>,
    pub order: StoredValue<Id>,
    pub draft: RwSignal<RefundDraft>,
    pub loaded: Signal<Loaded<Arc<OrderView>>>,
    pub form: Form,
    pub currency: StoredValue<Currency>,
    pub step: Memo<WizardStep>,
    pub last: RwSignal<Option<Recorded>>,
    /// What can go back together now, when it is less than what somebody had typed and the steps begin again.
    pub meanwhile: RwSignal<Option<Money>>,
    go: Go,
}

impl Wizard {
    /// The wizard as it opens, or as the tab kept it.
    pub fn new(session: Session, customer: Id, order: Id) -> Self {
        let currency = context::currency(session);
        let name = format!("refund/{order}");
        let marked = context::query("payment").get_untracked().and_then(|id| Id::new(&id).ok());
        let draft = draft_storage::open(&name, || fresh(order.clone(), marked));
        let path = links::refund(&customer, &order, None);
        let router = context::router();
        let go = UnsyncCallback::new(move |(step, replace): (WizardStep, bool)| {
            let path = format!("{path}?{}", step.query());
            if replace { router.go_instead(&path) } else { router.go(&path) }
        });
        let wizard = Self {
            session,
            loaded: session.order(customer.clone(), order.clone()),
            customer: StoredValue::new(customer),
            order: StoredValue::new(order),
            draft,
            form: Form::new(session, currency.clone(), name),
            currency: StoredValue::new(currency),
            step: step(),
            last: RwSignal::new(None),
            meanwhile: RwSignal::new(None),
            go,
        };
        wizard.guard_steps();
        wizard
    }

    /// Goes to a step.
    pub fn go(self, step: WizardStep) {
        self.form.show(Errors::default());
        self.go.run((step, false));
    }

    /// Goes to a step that takes the place of this one: *Back* does not come here again.
    pub fn go_instead(self, step: WizardStep) {
        self.go.run((step, true));
    }

    /// The draft together with the order it is read against; `None` until that is read.
    pub fn with<T>(self, read: impl FnOnce(&RefundDraft, &RefundFacts<'_>, &OrderView) -> T) -> Option<T> {
        let Loaded::Ready(view) = self.loaded.get() else { return None };
        let together = view.refundable_total;
        self.currency.with_value(|currency| {
            let facts = RefundFacts { currency, refundable: &view.refundable, together, owed: view.row.owed };
            Some(self.draft.with(|draft| read(draft, &facts, &view)))
        })
    }

    /// The refund as it would be asked for now.
    pub fn command(self, asked: RefundAct) -> Result<Command, Errors> {
        let read = self.with(|draft, facts, _| {
            self.customer.with_value(|customer| draft.command(customer, facts, asked))
        });
        read.unwrap_or_else(|| Err(Errors::default()))
    }

    /// Whether who acts may record it, or can only ask for it.
    pub fn act(self) -> RefundAct {
        let amount = self.with(|draft, facts, _| draft.going(facts)).unwrap_or(Money::ZERO);
        if context::may(self.session, "refund.recorded", amount) {
            RefundAct::Record
        } else {
            RefundAct::Request
        }
    }

    /// The order's number.
    pub fn order_no(self) -> String {
        self.with(|_, _, view| view.row.no.clone()).flatten().unwrap_or_default()
    }

    /// The order's page.
    pub fn order_path(self) -> String {
        self.customer.with_value(|customer| self.order.with_value(|order| links::order(customer, order)))
    }

    /// Whether there is something to refund; `None` until the order is read.
    pub fn has_refundable(self) -> Option<bool> {
        self.loaded.with(|order| match order {
            Loaded::Ready(view) => Some(view.refundable_total.is_positive()),
            Loaded::Pending | Loaded::Missing => None,
        })
    }

    /// Nobody stands on a step whose way there is not whole; and once the refund is in the book, every step
    /// leads to its panel.
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

    /// Somebody who marked what goes back is told why he has to look at it again; who came by an old address is not.
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

    /// What is wrong with step 1; when it was whole a moment ago, one sentence with what can go back now.
    pub fn first_problems(self) -> Signal<Vec<Problem>> {
        let problems = self.form.problems();
        Signal::derive(move || {
            let Some(most) = self.meanwhile.get() else { return problems.get() };
            let most = self.currency.with_value(|currency| money::money(most, currency));
            let says = say!(refund.meanwhile, most = most);
            let field = problems.with(|problems| problems.first().and_then(|first| first.field.clone()));
            vec![Problem { field, says }]
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

fn fresh(order: Id, marked: Option<Id>) -> RefundDraft {
    let mut draft = RefundDraft::new(Session::new_id(), order);
    draft.parts.extend(marked.map(|from| PartDraft { from, credit: false, amount: None }));
    draft
}

fn step() -> Memo<WizardStep> {
    let (step, done) = (context::query("step"), context::query("done"));
    Memo::new(move |_| match (done.get().and_then(|id| Id::new(&id).ok()), step.get().as_deref()) {
        (Some(refund), _) => WizardStep::Done(refund),
        (None, Some("2")) => WizardStep::Issuing,
        (None, Some("3")) => WizardStep::Confirm,
        _ => WizardStep::Payments,
    })
}
