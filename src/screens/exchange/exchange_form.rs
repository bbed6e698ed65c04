//! The state shared by the parts of the exchange form: its own draft, and that of the new order.

use crate::components::Problem;
use crate::forms::Errors;
use crate::forms::exchange::{ExchangeDraft, ExchangeFacts, ExchangeFigures};
use crate::forms::returned::open_lines;
use crate::route::Link;
use crate::screens::add_order::OrderForm;
use crate::screens::draft_storage::Restored;
use crate::screens::form::Form;
use crate::screens::{clawback, context, draft_storage, links};
use crate::session::{Loaded, Session};
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::preview::Subject;
use ledger::rules::{Act, Command};
use ledger::view::order::OrderView;
use leptos::prelude::*;
use std::sync::Arc;

/// One exchange in progress.
#[derive(Clone, Copy)]
pub(super) struct ExchangeForm {
    pub session: Session,
    pub customer: StoredValue<Id>,
    pub order: StoredValue<Id>,
    pub loaded: Signal<Loaded<Arc<OrderView>>>,
    pub draft: RwSignal<ExchangeDraft>,
    pub restored: Restored,
    pub form: Form,
    pub order_form: OrderForm,
    pub currency: StoredValue<Currency>,
}

/// The commands of one press, and the figures that they follow from.
pub(super) type Read = (Vec<Command>, ExchangeFigures);

impl ExchangeForm {
    pub fn new(customer: Id, view: &OrderView, loaded: Signal<Loaded<Arc<OrderView>>>) -> Self {
        let session = context::session();
        let (currency, order) = (context::currency(session), view.row.id.clone());
        let name = format!("exchange/{order}");
        let (own, returned) = (order.clone(), open_lines(&view.returns));
        let fresh = move || ExchangeDraft::new(Session::new_id(), own.clone(), returned.clone());
        let (draft, restored) = draft_storage::open(&name, fresh);
        let exchange = Self {
            session,
            loaded,
            draft,
            restored,
            form: Form::new(session, currency.clone(), name.clone()),
            order_form: OrderForm::named(session, customer.clone(), format!("{name}/order")),
            customer: StoredValue::new(customer),
            order: StoredValue::new(order),
            currency: StoredValue::new(currency),
        };
        exchange.form.follow(move || exchange.own_errors());
        exchange
    }

    /// The credit note for what comes back.
    fn note(self) -> Result<Command, Errors> {
        let returns = self.loaded.get().ready().map(|view| view.returns.clone()).unwrap_or_default();
        self.customer.with_value(|customer| self.draft.with(|draft| draft.note(customer, &returns)))
    }

    /// The commands as the form is typed now, with the figures of the ledger.
    pub fn read(self) -> Result<Read, Errors> {
        let (note, order) = (self.note()?, self.order_form.command()?);
        let figures = self.figures(&note, &order).ok_or_else(Errors::default)?;
        let customer = self.customer.get_value();
        let commands = self.with(figures, |draft, facts| draft.commands(&customer, (note, order), facts))?;
        Ok((commands, figures))
    }

    /// Passes the draft and what it is parsed against to a function.
    pub fn with<T>(
        self,
        figures: ExchangeFigures,
        read: impl FnOnce(&ExchangeDraft, &ExchangeFacts<'_>) -> T,
    ) -> T {
        let coin = context::coin(self.session);
        self.currency.with_value(|currency| {
            self.draft.with(|draft| read(draft, &ExchangeFacts { currency, coin, figures }))
        })
    }

    /// What is credited and what the new order is worth; `None` while one of them is not complete.
    pub fn known(self) -> Option<ExchangeFigures> {
        self.figures(&self.note().ok()?, &self.order_form.command().ok()?)
    }

    fn figures(self, note: &Command, order: &Command) -> Option<ExchangeFigures> {
        let preview = self.session.preview(note).ok()?;
        let credit = preview.changes.iter().find(|change| change.subject == Subject::Credit);
        let Act::PlaceOrder(asked) = &order.act else { return None };
        let credit = credit.map_or(Money::ZERO, |change| change.after - change.before);
        Some(ExchangeFigures { credit, total: asked.worth().0 })
    }

    /// What marking the box of partner commissions would move.
    pub fn clawback_moves(self) -> Option<Money> {
        let order = self.order_form.command().ok()?;
        let commands = |clawback: bool| {
            let customer = self.customer.get_value();
            let returns = self.loaded.get().ready()?.returns.clone();
            let draft = ExchangeDraft { clawback, received: String::new(), ..self.draft.get() };
            let note = draft.note(&customer, &returns).ok()?;
            let (figures, order) = (self.figures(&note, &order)?, order.clone());
            self.with(figures, |_, facts| draft.commands(&customer, (note, order), facts)).ok()
        };
        clawback::moved(self.session, commands(true), commands(false))
    }

    /// The problems of its own fields, those of the new order apart.
    fn own_errors(self) -> Errors {
        let received = |figures| self.with(figures, |draft, facts| draft.received_errors(facts));
        self.note().err().or_else(|| self.known().map(received)).unwrap_or_default()
    }

    /// Reads both parts and shows their problems; `None` if there are any.
    pub fn checked(self) -> Option<Read> {
        let (own, order) = untrack(|| (self.own_errors(), self.order_form.command().err()));
        self.form.show(own);
        self.order_form.form.show(order.unwrap_or_default());
        untrack(|| self.read()).ok()
    }

    /// The problems of both parts.
    pub fn problems(self) -> Signal<Vec<Problem>> {
        let (own, of_order) = (self.form.problems(), self.order_form.form.problems());
        Signal::derive(move || own.get().into_iter().chain(of_order.get()).collect())
    }

    /// The address of this form.
    pub fn link(self) -> Link {
        self.customer
            .with_value(|customer| self.order.with_value(|order| links::exchange(customer, order)))
            .into()
    }

    /// The id of the new order.
    pub fn new_order(self) -> Id {
        self.order_form.draft.with_untracked(|draft| draft.id.clone())
    }

    /// Deletes both drafts, when the user cancels.
    pub fn forget(self) {
        self.form.forget();
        self.order_form.form.forget();
    }
}
