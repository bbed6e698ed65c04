//! The names of refusals and exceptions, as `refuse` and `expect exception` write them.

use crate::cursor::Cursor;
use crate::malformed::Malformed;

/// Every refusal of the ledger.
pub const REFUSALS: &[&str] = &[
    "AllocationExceedsOwed",
    "AllocationExceedsPayment",
    "AlreadyReversed",
    "AlreadySealed",
    "AmountNotPositive",
    "ClosedDay",
    "CreditAlreadySpent",
    "CreditExceedsOrder",
    "CreditExceedsOutstanding",
    "ExceedsPayable",
    "FutureDate",
    "IdTaken",
    "NotApplied",
    "NotAwaiting",
    "NotManual",
    "NotPending",
    "NotPermitted",
    "NotThisCustomer",
    "NotesRequired",
    "OnlineNotAvailable",
    "OverLimit",
    "OwedAfterOutOfRange",
    "PaymentNotOfOrder",
    "RateOutOfRange",
    "ReasonRequired",
    "RefundExceedsPayment",
    "RefundPending",
    "ReverseThePaymentInstead",
    "UnknownCredit",
    "UnknownCustomer",
    "UnknownException",
    "UnknownOrder",
    "UnknownPartner",
    "UnknownPayment",
    "UnknownRefund",
    "WriteOffExceedsOwed",
];

/// Every exception of the ledger.
pub const EXCEPTIONS: &[&str] = &[
    "CompletedTwice",
    "CreditOverspent",
    "IdClash",
    "LateIntoSealedDay",
    "OverCredited",
    "OverRefunded",
    "PaidTwice",
    "RefundDuringPending",
    "RejectedYetPaid",
    "WaitingFor",
];

/// One of these names.
pub fn one(
    c: &mut Cursor<'_>,
    names: &[&'static str],
    what: &'static str,
) -> Result<&'static str, Malformed> {
    let next = c.next_word().unwrap_or_default();
    let name = names.iter().find(|name| **name == next).ok_or_else(|| c.wrong(what))?;
    c.skip();
    Ok(name)
}
