//! Converts a posting to a change of the stored sums.

use crate::store::Total;
use ledger::code::Code;
use ledger::posting::Movement;

/// The change of a sum. Receivables and customer credit are summed over all customers; each customer's own figure is in
/// their account.
pub fn total(moved: &Movement) -> Total {
    let of_customers = matches!(moved.account.code, Code::Receivable | Code::CustomerCredit);
    let party = if of_customers { String::new() } else { moved.account.party.to_string() };
    Total { code: moved.account.code.into(), party, day: moved.on.to_string(), add: moved.amount.0 }
}
