//! Operations and payment links as they are made from a journal.

use endpoint::gateway::{Deed, LinkAsk, Operation};

/// The operation as it is made from the journal again.
pub fn fresh(of: &Operation, (asked, now): (u64, u64)) -> Operation {
    let amount = (of.amount, of.currency.clone());
    match &of.deed {
        Deed::Refund => Operation::new(of.of.clone(), of.payment.clone(), amount, now),
        Deed::Charge(method) => {
            Operation::charge(of.of.clone(), (of.payment.clone(), method.clone()), amount, (asked, now))
        }
        Deed::Link(_) => Operation::link(of.of.clone(), link(asked), amount, (asked, now)),
    }
}

/// A payment link as a counter asks for it.
pub fn link(asked: u64) -> LinkAsk {
    LinkAsk {
        shown: "AI-1".into(),
        page: "https://shop.example/v1/paid".into(),
        asked,
        expires: None,
        saves: false,
    }
}
