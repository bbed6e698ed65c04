//! What somebody asks for: an act with the id minted when its form opened.

use crate::act::{correction, credit, customer, money, order, payment, payout, refund, shop};
use crate::date::Date;
use crate::id::Id;

/// One act as asked for. Pressing twice sends the same `id`, and the second press writes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// The id of the document (or of the act, where it continues one).
    pub id: Id,
    /// The customer whose account it touches; `None` for acts of the shop.
    pub customer: Option<Id>,
    /// The business date; `None` means today, or tomorrow when today is sealed.
    pub on: Option<Date>,
    /// What is asked.
    pub act: Act,
}

/// Every act of the book, as asked for.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Act {
    OpenShop(shop::OpenShop),
    AddStaff(shop::AddStaff),
    AddBank(shop::AddBank),
    AddPartner(shop::AddPartner),
    AddCustomer(customer::AddCustomer),
    PlaceOrder(order::PlaceOrder),
    RecordPayment(payment::RecordPayment),
    ApplyCredit(credit::ApplyCredit),
    UnapplyCredit(credit::UnapplyCredit),
    GrantCredit(credit::GrantCredit),
    CreditNote(credit::CreditNote),
    ReverseCredit(credit::ReverseCredit),
    ReverseCreditNote(credit::ReverseCreditNote),
    /// Manual or online: `refund::Refund::method` tells.
    Refund(refund::Refund),
    RequestRefund(refund::Refund),
    ApproveRefund {
        request: Id,
    },
    RejectRefund {
        request: Id,
    },
    SettleRefund(refund::SettleRefund),
    ProcessPayout(payout::ProcessPayout),
    CompletePayout {
        payout: Id,
    },
    RejectPayout {
        payout: Id,
    },
    ReversePayment(correction::Reversal),
    ReverseRefund(correction::Reversal),
    WriteOff(correction::WriteOff),
    ReverseWriteOff(correction::WriteOff),
    PayPartner(money::PayPartner),
    MoveMoney(money::MoveMoney),
    OpenMoney(money::OpenMoney),
    CountDrawer(money::CountDrawer),
    SealDay(money::SealDay),
    ResolveException(money::ResolveException),
    HandOver {
        refund: Id,
    },
}
