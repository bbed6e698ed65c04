//! The state shared by the parts of the payment form: the draft, and the current account.

use crate::forms::payment::{PaymentDraft, PaymentFacts, Sale, Towards, due};
use crate::forms::{Errors, NoCharge};
use crate::screens::draft_storage::Restored;
use crate::screens::form::Form;
use crate::screens::{context, draft_storage, walk_in};
use crate::session::{Loaded, Session, SyncPhase};
use ledger::date::Date;
use ledger::entry::SavedCard;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::{Currency, Money};
use ledger::preview::Preview;
use ledger::rules::Command;
use ledger::view::account::AccountView;
use ledger::view::charge::ChargeRow;
use ledger::view::order::OrderRow;
use leptos::prelude::*;
use std::sync::Arc;

/// One payment in progress.
#[derive(Clone, Copy)]
pub(super) struct PaymentForm {
    pub session: Session,
    pub customer: StoredValue<Id>,
    pub walk_in: bool,
    pub draft: RwSignal<PaymentDraft>,
    pub restored: Restored,
    pub due: Memo<Arc<Vec<OrderRow>>>,
    pub form: Form,
    pub currency: StoredValue<Currency>,
    account: Memo<Option<Arc<AccountView>>>,
}

impl PaymentForm {
    /// The form with the draft stored in this tab, or with a new draft.
    pub fn new(session: Session, customer: Id, order: Option<Id>) -> Self {
        let currency = context::currency(session);
        let loaded = session.account(customer.clone());
        let account = Memo::new(move |_| match loaded.get() {
            Loaded::Ready(view) => Some(view),
            Loaded::Pending | Loaded::Missing => None,
        });
        let due = Memo::new(move |_| {
            Arc::new(account.with(|view| view.as_ref().map(|view| due(&view.orders)).unwrap_or_default()))
        });
        let walk_in = walk_in::is(&customer);
        let towards = match order {
            Some(order) => Towards::Order(order),
            None if walk_in => Towards::Sale(Sale::new(&context::shop_tax(session))),
            None => Towards::First,
        };
        let name = draft_name(&customer, &towards);
        let (draft, restored) =
            draft_storage::open(&name, move || PaymentDraft::new(Session::new_id(), towards.clone()));
        let form = Form::new(session, currency.clone(), name);
        let (customer, currency) = (StoredValue::new(customer), StoredValue::new(currency));
        let payment_form = Self { session, customer, walk_in, draft, restored, due, form, currency, account };
        form.follow(move || payment_form.read().err().unwrap_or_default());
        payment_form
    }

    /// Passes the draft and the account data it is parsed against to a function.
    pub fn with<T>(self, read: impl FnOnce(&PaymentDraft, &PaymentFacts<'_>) -> T) -> T {
        let (today, due, account) = (self.latest(), self.due.get(), self.account.get());
        let coin = context::coin(self.session);
        let lots = account.as_ref().map_or(&[][..], |view| view.lots.as_slice());
        self.customer.with_value(|customer| {
            self.currency.with_value(|currency| {
                let no_charge = self.no_charge(self.draft.with(PaymentDraft::asks_link));
                let facts = PaymentFacts { customer, currency, coin, today, due: &due, lots, no_charge };
                self.draft.with(|draft| read(draft, &facts))
            })
        })
    }

    /// The latest date allowed for a payment: today, or the next day when today is sealed.
    pub fn latest(self) -> Date {
        let (today, sealed) =
            (self.session.today().get(), self.session.shop().get().and_then(|shop| shop.sealed));
        sealed.map_or(today, |sealed| today.max(sealed.next()))
    }

    /// Why the customer's saved card cannot be charged now, or a payment link not be made.
    pub fn no_charge(self, by_link: bool) -> Option<NoCharge> {
        let (processor, reached) = self.session.sync().with(|sync| {
            let reached = matches!(sync.phase, SyncPhase::Busy | SyncPhase::Complete);
            (sync.refunds, reached)
        });
        let has_card = by_link || self.card().is_some();
        let checks =
            [(processor, NoCharge::Processor), (has_card, NoCharge::Card), (reached, NoCharge::Network)];
        checks.into_iter().find(|(is_met, _)| !is_met).map(|(_, why)| why)
    }

    /// The card that the customer has saved.
    pub fn card(self) -> Option<SavedCard> {
        self.account.with(|view| view.as_ref().and_then(|view| view.card.clone()))
    }

    /// The charges under way for the orders that are being paid.
    pub fn under_way(self) -> Vec<ChargeRow> {
        let orders: Vec<Id> =
            self.with(|draft, facts| draft.owing(facts).into_iter().map(|(order, _)| order).collect());
        let is_of = |row: &&ChargeRow| {
            row.is_under_way() && orders.iter().any(|order| row.amount_for(order).is_positive())
        };
        self.account.with(|view| {
            let rows = view.as_ref().map_or(&[][..], |view| view.charges.as_slice());
            rows.iter().filter(is_of).cloned().collect()
        })
    }

    /// The available credit of the account.
    pub fn credit(self) -> Money {
        self.account.with(|view| view.as_ref().map_or(Money::ZERO, |view| view.customer.credit))
    }

    /// The commands of one submission. A walk-in account is opened together with its first sale.
    pub fn commands(self) -> Result<Vec<Command>, Errors> {
        untrack(|| self.read())
    }

    /// The effect of these commands, of a charge that of its payment; `None` while the form is incomplete.
    pub fn preview(self) -> Option<Preview> {
        let paid = |draft: &PaymentDraft, facts: &PaymentFacts<'_>| {
            let method = if draft.charges() { Method::Card } else { draft.method };
            PaymentDraft { method, ..draft.clone() }.commands(facts)
        };
        self.read_with(paid).ok().and_then(|commands| self.session.preview_all(&commands).ok())
    }

    fn read(self) -> Result<Vec<Command>, Errors> {
        self.read_with(PaymentDraft::commands)
    }

    fn read_with(
        self,
        read: impl FnOnce(&PaymentDraft, &PaymentFacts<'_>) -> Result<Vec<Command>, Errors>,
    ) -> Result<Vec<Command>, Errors> {
        let mut commands = self.with(read)?;
        commands.splice(0..0, self.customer.with_value(|customer| walk_in::opening(self.session, customer)));
        Ok(commands)
    }

    /// The name of the customer who pays.
    pub fn name(self) -> Signal<String> {
        walk_in::name(self.session, self.customer.get_value())
    }
}

fn draft_name(customer: &Id, towards: &Towards) -> String {
    match towards {
        Towards::Order(order) => format!("pay/{customer}/{order}"),
        _ => format!("pay/{customer}"),
    }
}
