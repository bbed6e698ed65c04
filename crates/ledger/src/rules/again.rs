//! The act that would record a document again, such as one that lost its id to another.

use crate::entry::Body;
use crate::rules::Act;

impl Act {
    /// The act that would record the content of a document again, under another id. `None` for acts that continue
    /// another document, because their ids are not shown.
    #[must_use]
    pub fn from_body(body: &Body) -> Option<Self> {
        Some(match body {
            Body::CustomerAdded(added) => Self::AddCustomer(added.clone()),
            Body::PartnerAdded(added) => Self::AddPartner(added.clone()),
            Body::StaffAdded(added) => Self::AddStaff(added.clone()),
            Body::OrderPlaced(placed) => Self::PlaceOrder(placed.into()),
            Body::PaymentRecorded(paid) => Self::RecordPayment(paid.into()),
            Body::CreditGranted(granted) => Self::GrantCredit(granted.into()),
            Body::OrderCredited(credited) => Self::CreditNote(credited.into()),
            Body::RefundRecorded(written) | Body::RefundIssued(written) => Self::Refund(written.into()),
            Body::RefundRequested(written) => Self::RequestRefund(written.into()),
            Body::PayoutProcessed(processed) => Self::ProcessPayout(processed.into()),
            Body::ShopOpened(_)
            | Body::ShopChanged(_)
            | Body::StaffChanged(_)
            | Body::PartnerChanged(_)
            | Body::CustomerChanged(_)
            | Body::CustomerDuplicated(_)
            | Body::RightGranted(_)
            | Body::BankAdded(_)
            | Body::MethodAdded(_)
            | Body::RoundingSet(_)
            | Body::ItemSet(_)
            | Body::BlindCountSet(_)
            | Body::DeviceInvited(_)
            | Body::InviteWithdrawn(_)
            | Body::DeviceRevoked(_)
            | Body::ShopMoved(_)
            | Body::OrderPlanned(_)
            | Body::CollectionSet(_)
            | Body::CardSaved(_)
            | Body::ChargeAsked(_)
            | Body::ChargeProgressed(_)
            | Body::ChargeWithdrawn(_)
            | Body::CreditApplied(_)
            | Body::CreditUnapplied(_)
            | Body::CreditReversed(_)
            | Body::CreditNoteReversed(_)
            | Body::CreditTransferred(_)
            | Body::CreditReceived(_)
            | Body::RefundSettled(_)
            | Body::RefundProgressed(_)
            | Body::RefundApproved(_)
            | Body::RefundRejected(_)
            | Body::RefundWithdrawn(_)
            | Body::RefundReversed(_)
            | Body::RefundHandedOver(_)
            | Body::PayoutCompleted(_)
            | Body::PayoutRejected(_)
            | Body::PayoutReversed(_)
            | Body::PaymentReversed(_)
            | Body::PaymentDisputed(_)
            | Body::DisputeRecorded(_)
            | Body::OrderWrittenOff(_)
            | Body::CreditWrittenOff(_)
            | Body::WriteOffReversed(_)
            | Body::PartnerPaid(_)
            | Body::PartnerPaymentReversed(_)
            | Body::MoneyMoved(_)
            | Body::FeeCharged(_)
            | Body::MoneyOpened(_)
            | Body::DrawerCounted(_)
            | Body::DaySealed(_)
            | Body::DayUnsealed(_)
            | Body::ExceptionResolved(_)
            | Body::EntryAdopted(_)
            | Body::Unknown(_) => return None,
        })
    }
}
