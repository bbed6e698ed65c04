//! What somebody asks for: an act with the id minted when its form opened.

use crate::act::{correction, credit, customer, money, order, payment, payout, refund, shop};
use crate::date::Date;
use crate::id::Id;

mod again;

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
    AddMethod(shop::AddMethod),
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
    GrantRight(shop::GrantRight),
    /// Makes a refused entry count after all.
    Adopt(shop::Adopted),
}

impl Command {
    /// The customer whose account the entry belongs to: a new customer's own, none for acts of the shop.
    pub(crate) fn touches(&self) -> Option<&Id> {
        match &self.act {
            Act::AddCustomer(_) => Some(&self.id),
            act if act.is_of_shop() => None,
            _ => self.customer.as_ref(),
        }
    }

    /// The ids whose meaning elsewhere in the book [`crate::decide::decide`] may need.
    #[must_use]
    pub fn names(&self) -> Vec<Id> {
        let mut names = vec![self.id.clone()];
        names.extend(self.customer.clone());
        names.extend(self.act.names());
        names
    }
}

impl Act {
    /// Whether it is the shop's own and touches no customer, whatever the command says.
    pub(crate) const fn is_of_shop(&self) -> bool {
        matches!(
            self,
            Self::OpenShop(_)
                | Self::AddStaff(_)
                | Self::AddBank(_)
                | Self::AddMethod(_)
                | Self::AddPartner(_)
                | Self::GrantRight(_)
                | Self::PayPartner(_)
                | Self::MoveMoney(_)
                | Self::OpenMoney(_)
                | Self::CountDrawer(_)
                | Self::SealDay(_)
        )
    }

    /// The documents that the act names.
    fn names(&self) -> Vec<Id> {
        match self {
            Self::RecordPayment(asked) => asked.allocations.iter().map(|part| part.order.clone()).collect(),
            Self::ApplyCredit(asked) => vec![asked.lot.clone(), asked.to.clone()],
            Self::UnapplyCredit(asked) => vec![asked.lot.clone(), asked.order.clone()],
            Self::CreditNote(asked) => vec![asked.order.clone()],
            Self::ReverseCredit(asked) => vec![asked.lot.clone()],
            Self::ReverseCreditNote(asked) => vec![asked.note.clone()],
            Self::Refund(asked) | Self::RequestRefund(asked) => {
                asked.parts.iter().map(|part| part.from.clone()).chain([asked.order.clone()]).collect()
            }
            Self::ProcessPayout(asked) => asked.from.iter().map(|part| part.lot.clone()).collect(),
            Self::ResolveException(asked) => vec![asked.entry.clone()],
            _ => Vec::new(),
        }
    }
}
