//! Charges that the journal asks for: which are to be sent, and what is written about them.

use ledger::account::Account;
use ledger::entry::{Body, ChargeAsked, ChargeStage, ProgressCharge};
use ledger::id::Id;
use ledger::money::Currency;
use serde::{Deserialize, Serialize};

use super::call::Wanted;
use super::operation::{APPROVE, Operation};
use super::state::{Person, Progress, State};
use super::units::is_counted_alike;
use crate::store::Fault;

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
    /// A charge of a customer that is under way, and its operation. `None` if nothing is to be asked for. `asked` and `now` are in
    /// milliseconds since 1970.
    pub fn of(
        account: &Account,
        of: Wanted,
        charge: &Id,
        currency: &Currency,
        (asked, now): (u64, u64),
    ) -> Option<(Operation, Self)> {
        let (content, is_under_way) = account.charge(charge)?;
        if !is_under_way {
            return None;
        }
        let (_, kv, body) = Body::ChargeAsked(content.clone()).encode(currency);
        let kept = Self { no: account.charge_number(charge), kv, body };
        let amount = u64::try_from(content.amount.0).ok()?;
        let code = currency.code.to_ascii_lowercase();
        if !is_counted_alike(&code, amount) {
            return Some((Operation::for_a_person(of, Person::Currency, (amount, code), now), kept));
        }
        let by = (content.card.customer.clone(), content.card.method.clone());
        // What its orders do not owe any more is not charged. Whether it was, before, is looked for all the same.
        let asked = if account.owes_charge(content) { asked } else { 0 };
        Some((Operation::charge(of, by, (amount, code), (asked, now)), kept))
    }

    fn asked(&self) -> Result<ChargeAsked, Fault> {
        match Body::decode("charge.asked", self.kv, &self.body) {
            Ok(Body::ChargeAsked(asked)) => Ok(asked),
            _ => Err(Fault::broken("a charge of an operation")),
        }
    }

    /// What is written of a charge: its id, unless it is a new one; its number, if it has one; and what it says.
    pub fn entry(
        &self,
        operation: &Operation,
        news: Progress,
        charge: Id,
    ) -> Result<(Option<Id>, Option<String>, Body), Fault> {
        let reference = operation.gateway_id.clone();
        let (stage, reason) = match (&operation.state, news) {
            (_, Progress::Succeeded) => {
                let asked = self.asked()?;
                let paid = asked.paid(reference.unwrap_or_default());
                return Ok((Some(asked.payment), self.no.clone(), Body::PaymentRecorded(paid)));
            }
            (State::Failed(reason), _) if reason == APPROVE => (ChargeStage::Approve, Some(reason.clone())),
            (State::Failed(reason), _) => (ChargeStage::Declined, Some(reason.clone())),
            (State::Person(why), _) => (ChargeStage::Person, Some(why.word().to_owned())),
            (State::Canceled, _) => (ChargeStage::Canceled, None),
            (State::Queued | State::Sending | State::WithBank | State::Succeeded, _) => {
                (ChargeStage::Bank, None)
            }
        };
        Ok((None, None, Body::ChargeProgressed(ProgressCharge { charge, stage, reference, reason })))
    }
}
