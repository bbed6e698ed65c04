//! The state shared by the parts of the order form.

use crate::components::Value;
use crate::forms::Errors;
use crate::forms::order::{LineDraft, OrderDraft};
use crate::screens::draft_storage::Restored;
use crate::screens::form::Form;
use crate::screens::{bind, context, draft_storage, walk_in};
use crate::session::Session;
use ledger::entry::SetItem;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::preview::Preview;
use ledger::rules::Command;
use leptos::prelude::*;

/// One order in progress.
#[derive(Clone, Copy)]
pub struct OrderForm {
    pub session: Session,
    pub customer: StoredValue<Id>,
    pub draft: RwSignal<OrderDraft>,
    pub restored: Restored,
    pub form: Form,
    pub currency: StoredValue<Currency>,
}

impl OrderForm {
    /// The form with the draft stored in this tab, or with a new draft.
    pub fn new(session: Session, customer: Id) -> Self {
        let name = format!("order/{customer}");
        Self::named(session, customer, name)
    }

    /// As [`OrderForm::new`], with another name of the draft: for an order that is placed as a part of something else.
    pub fn named(session: Session, customer: Id, name: String) -> Self {
        let currency = context::currency(session);
        let (draft, restored) = draft_storage::open(&name, move || {
            OrderDraft::new(Session::new_id(), &context::shop_tax(session))
        });
        let form = Form::new(session, currency.clone(), name);
        let (customer, currency) = (StoredValue::new(customer), StoredValue::new(currency));
        let order_form = Self { session, customer, draft, restored, form, currency };
        form.follow(move || order_form.command().err().unwrap_or_default());
        order_form
    }

    /// The command for the order as currently typed.
    pub fn command(self) -> Result<Command, Errors> {
        self.customer.with_value(|customer| {
            self.currency.with_value(|currency| {
                let today = self.session.today().get();
                self.draft.with(|draft| draft.command(customer, currency, today))
            })
        })
    }

    /// The commands of one submission. A walk-in account is opened together with its first order.
    pub fn commands(self) -> Result<Vec<Command>, Errors> {
        untrack(|| self.read())
    }

    /// The effect of these commands; `None` while the draft is invalid.
    pub fn preview(self) -> Option<Preview> {
        self.read().ok().and_then(|commands| self.session.preview_all(&commands).ok())
    }

    fn read(self) -> Result<Vec<Command>, Errors> {
        let order = self.command()?;
        let opening = self.customer.with_value(|customer| walk_in::opening(self.session, customer));
        Ok(opening.into_iter().chain([order]).collect())
    }

    /// Puts an item into a line.
    pub fn put(self, key: u32, item: &SetItem) {
        self.draft.update(|draft| {
            if let Some(line) = draft.lines.iter_mut().find(|line| line.key == key) {
                self.currency.with_value(|currency| line.put(item, currency));
            }
        });
    }

    /// Puts an item into a line as a barcode reader does; returns the key of the line for the next item.
    pub fn scan(self, key: u32, item: &SetItem) -> u32 {
        let scan =
            |draft: &mut OrderDraft| self.currency.with_value(|currency| draft.scan(key, item, currency));
        self.draft.try_update(scan).unwrap_or(key)
    }

    /// A field signal bound to a text of the draft.
    pub fn text(self, read: fn(&OrderDraft) -> String, write: fn(&mut OrderDraft, String)) -> Value<String> {
        let draft = self.draft;
        bind::text(move || draft.with(read), move |typed| draft.update(|draft| write(draft, typed)))
    }

    /// A field signal bound to a text of one line.
    pub fn line(
        self,
        key: u32,
        read: fn(&LineDraft) -> String,
        write: fn(&mut LineDraft, String),
    ) -> Value<String> {
        let draft = self.draft;
        let of = move |draft: &OrderDraft| draft.lines.iter().find(|line| line.key == key).map(read);
        bind::text(
            move || draft.with(of).unwrap_or_default(),
            move |typed| {
                draft.update(|draft| {
                    if let Some(line) = draft.lines.iter_mut().find(|line| line.key == key) {
                        write(line, typed);
                    }
                });
            },
        )
    }
}
