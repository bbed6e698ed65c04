//! What an entry says, by kind and version, and its JSON form.

use crate::act::{correction, credit, customer, order, payment, payout, refund, shop};
use serde::{Deserialize, Serialize};

/// Which numbers a document takes: letter of the counter, letter of the series, a gap-free count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Series {
    /// `I`: invoices (orders).
    Invoice,
    /// `P`: payments.
    Payment,
    /// `C`: credits and credit notes.
    Credit,
    /// `R`: refunds and pay-outs.
    Refund,
}

/// The body of an entry. `serde` names are the wire's kinds.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Body {
    ShopOpened(shop::OpenShop),
    StaffAdded(shop::AddStaff),
    BankAdded(shop::AddBank),
    PartnerAdded(shop::AddPartner),
    CustomerAdded(customer::AddCustomer),
    OrderPlaced(order::OrderPlaced),
    PaymentRecorded(payment::PaymentRecorded),
    CreditApplied(credit::CreditApplied),
    CreditGranted(credit::CreditGranted),
    RefundRecorded(refund::RefundWritten),
    RefundRequested(refund::RefundWritten),
    PayoutProcessed(payout::PayoutProcessed),
    PaymentReversed(correction::Reversed),
    // … and every other kind of ledger.md section 5.
}
