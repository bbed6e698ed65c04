//! Charges that the journal asks for: which are to be sent, and what is written about them.

use ledger::account::Account;
use ledger::entry::{Body, ChargeAsked, ChargeStage, PaymentLink, ProgressCharge, SaveCard, SavedCard};
use ledger::id::Id;
use ledger::money::Currency;
use serde::{Deserialize, Serialize};

use super::call::{CardKept, LinkAsk, Wanted};
use super::operation::{APPROVE, EXPIRED, Operation};
use super::state::{Person, Progress, State};
use super::units::is_counted_alike;
use crate::store::Fault;

/// What an entry says that is to be written: its id, unless it is a new one, its number, if it has one, and its body.
pub type Told = (Option<Id>, Option<String>, Body);

/// What the entries of a charge need, beside the operation: the charge as the counter asked for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptCharge {
    /// The number that the counter gave it. The payment has it too.
    no: Option<String>,
    /// The version and the body of the entry.
    kv: u32,
    body: String,
}

impl KeptCharge {
    /// A charge or a payment link of a customer that is under way, its operation, and whether that is to be canceled. `None` if nothing is to
    /// be asked for. `asked` and `now` are in milliseconds since 1970; `page` is what the customer sees after paying by a link.
    pub fn of(
        account: &Account,
        of: Wanted,
        charge: &Id,
        currency: &Currency,
        (asked, now): (u64, u64),
        page: String,
    ) -> Option<(Operation, Self, bool)> {
        let (content, is_under_way) = account.charge(charge)?;
        if !is_under_way {
            return None;
        }
        let (_, kv, body) = Body::ChargeAsked(content.clone()).encode(currency);
        let kept = Self { no: account.charge_number(charge), kv, body };
        let amount = u64::try_from(content.amount.0).ok()?;
        let code = currency.code.to_ascii_lowercase();
        if !is_counted_alike(&code, amount) {
            return Some((Operation::for_a_person(of, Person::Currency, (amount, code), now), kept, false));
        }
        let (owes, is_withdrawn) = (account.owes_charge(content), account.is_charge_withdrawn(charge));
        // What its orders do not owe any more is not charged. Whether it was, before, is looked for all the same.
        let since = if owes { asked } else { 0 };
        let Some(card) = &content.card else {
            // The processor wants some text, also for what has no number.
            let no = kept.no.clone().unwrap_or_else(|| charge.as_str().to_owned());
            let shown: Vec<_> = account.charge_orders(content).into_iter().chain([no]).collect();
            let shown = shown.join(", ");
            let link = LinkAsk { shown, page, asked, expires: None, saves: content.saves };
            // Paid in another way, it must not be paid once more.
            let cancel = is_withdrawn || !owes;
            return Some((Operation::link(of, link, (amount, code), (since, now)), kept, cancel));
        };
        let by = (card.customer.clone(), card.method.clone());
        Some((Operation::charge(of, by, (amount, code), (since, now)), kept, is_withdrawn))
    }

    fn asked(&self) -> Result<ChargeAsked, Fault> {
        match Body::decode("charge.asked", self.kv, &self.body) {
            Ok(Body::ChargeAsked(asked)) => Ok(asked),
            _ => Err(Fault::broken("a charge of an operation")),
        }
    }

    /// What is written of a charge. With a payment comes the card that was saved for the customer.
    pub fn entries(
        &self,
        operation: &Operation,
        news: Progress,
        (charge, customer): (Id, &Id),
    ) -> Result<Vec<Told>, Fault> {
        let saved = (news == Progress::Succeeded)
            .then(|| saved_card(operation, self.asked().ok()?.saves, (&charge, customer)))
            .flatten();
        let entry = self.entry(operation, news, charge)?;
        Ok([entry].into_iter().chain(saved).collect())
    }

    fn entry(&self, operation: &Operation, news: Progress, charge: Id) -> Result<Told, Fault> {
        let (reference, mut link) = (operation.gateway_id.clone(), None);
        let (stage, reason) = match (&operation.state, news) {
            (_, Progress::Succeeded) => {
                let asked = self.asked()?;
                // A payment by a link has a number of its own.
                let paid_as = operation.link.as_ref().and_then(|link| link.paid_as.clone());
                let paid = asked.paid(paid_as.or(reference).unwrap_or_default());
                return Ok((Some(asked.payment), self.no.clone(), Body::PaymentRecorded(paid)));
            }
            (State::Failed(reason), _) if reason == EXPIRED => (ChargeStage::Canceled, Some(reason.clone())),
            (State::Failed(reason), _) if reason == APPROVE => (ChargeStage::Approve, Some(reason.clone())),
            (State::Failed(reason), _) => (ChargeStage::Declined, Some(reason.clone())),
            (State::Person(why), _) => (ChargeStage::Person, Some(why.word().to_owned())),
            (State::Canceled, _) => (ChargeStage::Canceled, None),
            (State::Queued | State::Sending | State::WithBank | State::Succeeded, _) => {
                link = open_link(operation);
                (if link.is_some() { ChargeStage::Open } else { ChargeStage::Bank }, None)
            }
        };
        Ok((None, None, Body::ChargeProgressed(ProgressCharge { charge, stage, reference, reason, link })))
    }
}

/// The entry of the card that a payment link has saved. Its id follows from the charge, so that it is one entry however often it is written.
fn saved_card(operation: &Operation, saves: bool, (charge, customer): (&Id, &Id)) -> Option<Told> {
    let CardKept::Card(card) = &operation.link.as_ref()?.kept else { return None };
    let is_good = SavedCard::is_customer(&card.customer) && SavedCard::is_method(&card.method);
    let id = Id::new(&format!("{charge}-card")).ok().filter(|_| saves && is_good)?;
    let body = SaveCard { customer: customer.clone(), card: Some(card.clone()) };
    Some((Some(id), None, Body::CardSaved(body)))
}

/// Where a link can be paid; `None` for what is none, and for an address that the journal would not take.
fn open_link(operation: &Operation) -> Option<PaymentLink> {
    let at = operation.link.as_ref()?;
    let address = at.address.clone().filter(|address| PaymentLink::is_address(address))?;
    Some(PaymentLink { address, expires: at.expires })
}
