//! Charges that are not payments: those under way at the card processor, and those that were not made.

use crate::account::documents::Charge;
use crate::account::state::Account;
use crate::date::Date;
use crate::entry::card_saved::SavedCard;
use crate::entry::charge_asked::ChargeAsked;
use crate::entry::charge_progressed::{ChargeStage, PaymentLink};
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A charge that is not a payment. Amounts are in minor units.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ChargeRow {
    pub id: Id,
    /// The number that the payment gets.
    pub no: Option<String>,
    pub on: Date,
    pub actor: Id,
    /// The id that the payment gets.
    pub payment: Id,
    pub amount: Money,
    /// The orders that it is for, with their numbers and amounts.
    pub orders: Vec<(Id, Option<String>, Money)>,
    /// How far it is; `None` while the endpoint has said nothing.
    pub stage: Option<ChargeStage>,
    /// The number of the charge at the processor.
    pub reference: Option<String>,
    /// The processor's word for the reason, or the endpoint's for what a person has to look at.
    pub reason: Option<String>,
    pub eligible: bool,
    pub note: Option<String>,
    /// What is shown of the payment method that is charged.
    pub shown: Option<String>,
    /// Whether it is a payment link.
    pub is_link: bool,
    /// Where the payment link can be paid, while it can be.
    pub link: Option<PaymentLink>,
    /// Whether a person wants it canceled.
    pub cancel_asked: bool,
    /// The day on which the instalment that it was for is asked for again by itself.
    pub again_on: Option<Date>,
}

/// What a charge that is not a payment waits for, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ChargeWait {
    /// A person has to look at the processor.
    Person,
    /// The instalments of an order are not collected any more.
    Stopped,
    /// It was not made: it can be tried again, or paid in another way.
    NotMade,
    /// The processor, the bank or the customer.
    UnderWay,
}

impl ChargeRow {
    /// What it waits for; `None` for one that a person has canceled, and for one that is asked for again by itself.
    #[must_use]
    pub fn waits_for(&self) -> Option<ChargeWait> {
        match self.stage {
            Some(ChargeStage::Person) => Some(ChargeWait::Person),
            None | Some(ChargeStage::Bank | ChargeStage::Open) => Some(ChargeWait::UnderWay),
            Some(ChargeStage::Canceled) if self.cancel_asked => None,
            Some(ChargeStage::Declined | ChargeStage::Canceled) if self.again_on.is_some() => None,
            Some(ChargeStage::Approve | ChargeStage::Declined | ChargeStage::Canceled) => {
                Some(ChargeWait::NotMade)
            }
        }
    }

    /// Whether the customer may still be charged, or may have been.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        !self.stage.is_some_and(ChargeStage::is_over)
    }

    /// What is asked for one order, in minor units; zero if it is not for that order.
    #[must_use]
    pub fn amount_for(&self, order: &Id) -> Money {
        self.orders.iter().filter(|(id, ..)| id == order).map(|(.., amount)| *amount).sum()
    }
}

impl Account {
    /// The payment method that the customer has saved at the card processor.
    #[must_use]
    pub fn card(&self) -> Option<&SavedCard> {
        self.customer.as_ref()?.card.as_ref()
    }

    /// What a charge asks for, and whether it is still to be made: it counts, and is neither paid nor over. `None` for an id that is no
    /// charge of the account.
    #[must_use]
    pub fn charge(&self, id: &Id) -> Option<(&ChargeAsked, bool)> {
        let charge = self.charges.get(id)?;
        Some((charge.asked()?, self.is_under_way(charge)))
    }

    /// Whether a person wants a charge canceled.
    #[must_use]
    pub fn is_charge_withdrawn(&self, id: &Id) -> bool {
        self.charges.get(id).is_some_and(|charge| charge.cancel_asked)
    }

    /// The numbers of the orders that a charge is for.
    #[must_use]
    pub fn charge_orders(&self, asked: &ChargeAsked) -> Vec<String> {
        asked.allocations.iter().filter_map(|part| self.number(&part.order)).collect()
    }

    /// The number that a charge and its payment have.
    #[must_use]
    pub fn charge_number(&self, id: &Id) -> Option<String> {
        self.number(id)
    }

    /// Whether the orders of a charge still owe what it asks for.
    #[must_use]
    pub fn owes_charge(&self, asked: &ChargeAsked) -> bool {
        asked
            .allocations
            .iter()
            .all(|part| self.orders.get(&part.order).is_some_and(|order| part.amount <= order.collectable()))
    }

    /// Charges under way, and those that were not made while an order still owes and was not charged again; newest first.
    pub(crate) fn charge_rows(&self) -> Vec<ChargeRow> {
        let rows = self.charges.iter().rev().filter_map(|(id, charge)| self.charge_row(id, charge));
        let mut shown: Vec<ChargeRow> = Vec::new();
        for row in rows {
            let again = |order: &Id| shown.iter().any(|later| later.amount_for(order).is_positive());
            let owes = |order: &Id| self.owed_on(order).is_positive();
            let wanted = || row.orders.iter().any(|(order, ..)| owes(order) && !again(order));
            if row.is_under_way() || wanted() {
                shown.push(row);
            }
        }
        shown
    }

    /// What the most urgent charge waits for.
    pub(crate) fn charge_wait(&self) -> Option<ChargeWait> {
        let stopped = self.has_stopped_collecting().then_some(ChargeWait::Stopped);
        self.charge_rows().iter().filter_map(ChargeRow::waits_for).chain(stopped).min()
    }

    /// `None` for a charge that is a payment.
    fn charge_row(&self, id: &Id, charge: &Charge) -> Option<ChargeRow> {
        let (entry, asked) = (&charge.entry, charge.asked()?);
        if self.payments.contains_key(&asked.payment) {
            return None;
        }
        let progress = charge.progress.clone();
        let order = |order: &Id| (order.clone(), self.number(order));
        let orders = asked.allocations.iter().map(|part| {
            let (id, no) = order(&part.order);
            (id, no, part.amount)
        });
        Some(ChargeRow {
            id: id.clone(),
            no: entry.no.clone(),
            on: entry.on,
            actor: entry.actor.clone(),
            payment: asked.payment.clone(),
            amount: asked.amount,
            orders: orders.collect(),
            stage: progress.as_ref().map(|progress| progress.stage),
            reference: progress.as_ref().and_then(|progress| progress.reference.clone()),
            link: progress.as_ref().and_then(|progress| progress.link.clone()),
            reason: progress.and_then(|progress| progress.reason),
            eligible: asked.eligible,
            note: asked.note.clone(),
            shown: asked.card.as_ref().and_then(|card| card.shown.clone()),
            is_link: asked.is_link(),
            cancel_asked: charge.cancel_asked,
            again_on: self.again_on(id),
        })
    }
}
