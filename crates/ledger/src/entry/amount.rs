//! The amount of an entry, as far as its body states it: an endpoint compares it with the limit of a right without folding
//! the account.

use crate::entry::Body;
use crate::entry::refund_written::RefundWritten;
use crate::money::Money;

impl Body {
    /// The amount that the limit of a right applies to. `None` for kinds without one, and for those that name a document and
    /// do not repeat its amount, such as an approval.
    #[must_use]
    pub fn stated_amount(&self) -> Option<Money> {
        match self {
            Self::CreditGranted(body) => Some(body.amount),
            Self::OrderCredited(body) => Some(body.amount),
            Self::CreditReversed(body) => Some(body.amount),
            Self::CreditTransferred(body) => Some(body.amount),
            Self::RefundRecorded(body) | Self::RefundIssued(body) | Self::RefundRequested(body) => {
                refunded(body)
            }
            Self::PayoutProcessed(body) => Some(body.amount),
            Self::PayoutCompleted(body) => Some(body.amount),
            Self::OrderWrittenOff(body) | Self::WriteOffReversed(body) => Some(body.amount),
            Self::CreditWrittenOff(body) => Some(body.amount),
            Self::PartnerPaid(body) => Some(body.amount),
            Self::PartnerPaymentReversed(body) => Some(body.amount),
            Self::MoneyOpened(body) => Some(body.amount),
            Self::DisputeRecorded(body) => Some(body.amount),
            Self::RefundApproved(_)
            | Self::RefundRejected(_)
            | Self::RefundWithdrawn(_)
            | Self::RefundReversed(_)
            | Self::CreditNoteReversed(_)
            | Self::PayoutReversed(_)
            | Self::PayoutRejected(_)
            | Self::PaymentReversed(_)
            | Self::PaymentDisputed(_)
            | Self::RefundSettled(_)
            | Self::RefundProgressed(_)
            | Self::CardSaved(_)
            | Self::ChargeAsked(_)
            | Self::ChargeProgressed(_)
            | Self::ChargeWithdrawn(_)
            | Self::RefundHandedOver(_)
            | Self::ShopOpened(_)
            | Self::ShopChanged(_)
            | Self::StaffAdded(_)
            | Self::StaffChanged(_)
            | Self::RightGranted(_)
            | Self::BankAdded(_)
            | Self::MethodAdded(_)
            | Self::RoundingSet(_)
            | Self::ItemSet(_)
            | Self::BlindCountSet(_)
            | Self::DeviceInvited(_)
            | Self::InviteWithdrawn(_)
            | Self::DeviceRevoked(_)
            | Self::ShopMoved(_)
            | Self::PartnerAdded(_)
            | Self::PartnerChanged(_)
            | Self::CustomerAdded(_)
            | Self::CustomerChanged(_)
            | Self::CustomerDuplicated(_)
            | Self::OrderPlaced(_)
            | Self::OrderPlanned(_)
            | Self::CollectionSet(_)
            | Self::PaymentRecorded(_)
            | Self::CreditApplied(_)
            | Self::CreditUnapplied(_)
            | Self::CreditReceived(_)
            | Self::MoneyMoved(_)
            | Self::FeeCharged(_)
            | Self::DrawerCounted(_)
            | Self::DaySealed(_)
            | Self::DayUnsealed(_)
            | Self::ExceptionResolved(_)
            | Self::EntryAdopted(_)
            | Self::Unknown(_) => None,
        }
    }
}

/// The sum of the parts. The limits of a body were checked when it was decoded: the sum does not overflow.
fn refunded(body: &RefundWritten) -> Option<Money> {
    Some(body.parts.iter().map(|part| part.amount).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::EntryKind;
    use serde_json::Value;

    const SAMPLES: &str = include_str!("../../samples/kinds.jsonl");

    #[test]
    fn every_kind_for_admins_that_has_an_amount_states_it() {
        let mut with_amount = 0;
        for line in SAMPLES.lines().filter(|line| !line.is_empty()) {
            let sample: Value = serde_json::from_str(line).unwrap();
            let (kind, body) = (sample["kind"].as_str().unwrap(), &sample["body"]);
            let kv = u32::try_from(sample["kv"].as_u64().unwrap()).unwrap();
            let amount = Body::decode(kind, kv, &body.to_string()).unwrap().stated_amount();
            let is_for_admins = EntryKind::named(kind).is_some_and(EntryKind::is_for_admins);
            if is_for_admins && (body["amount"].is_string() || body["parts"].is_array()) {
                assert!(amount.is_some_and(|amount| amount > Money::ZERO), "{line}");
                with_amount += 1;
            }
        }
        assert!(with_amount > 10, "{with_amount}");
    }

    #[test]
    fn a_refund_states_the_sum_of_its_parts() {
        let parts = r#"[{"from":"P-1","amount":"10.00"},{"from":"P-2","amount":"2.50"}]"#;
        let line = SAMPLES.lines().find(|line| line.starts_with(r#"{"kind":"refund.recorded""#)).unwrap();
        let mut sample: Value = serde_json::from_str(line).unwrap();
        sample["body"]["parts"] = serde_json::from_str(parts).unwrap();
        let kv = u32::try_from(sample["kv"].as_u64().unwrap()).unwrap();
        let body = Body::decode("refund.recorded", kv, &sample["body"].to_string()).unwrap();
        assert_eq!(body.stated_amount(), Some(Money(1250)));
    }
}
