//! Sums by account and day.

use ledger::code::{BookAccount, Code};
use ledger::date::Date;
use ledger::money::Money;
use ledger::posting::Movement;
use std::collections::BTreeMap;

/// Sums by book account and day, debit positive.
pub type Totals = BTreeMap<(BookAccount, Date), Money>;

/// A movement without its customer.
pub(super) fn without_customer(moved: &Movement) -> Movement {
    let Movement { account, on, amount } = moved;
    let of_customer = matches!(account.code, Code::Receivable | Code::CustomerCredit);
    let account = if of_customer { BookAccount::of(account.code) } else { account.clone() };
    Movement { account, on: *on, amount: *amount }
}

/// Sums over the days. The totals of one account follow each other in the map.
pub(super) fn sum_days(totals: &Totals, up_to: Option<Date>) -> BTreeMap<BookAccount, Money> {
    let mut sums: Vec<(&BookAccount, Money)> = Vec::new();
    for ((account, on), amount) in totals {
        if up_to.is_some_and(|last| *on > last) {
            continue;
        }
        match sums.last_mut() {
            Some((last, sum)) if *last == account => *sum += *amount,
            _ => sums.push((account, *amount)),
        }
    }
    let sums = sums.into_iter().filter(|(_, sum)| !sum.is_zero());
    sums.map(|(account, sum)| (account.clone(), sum)).collect()
}

/// Adds movements to the sums; sums that become zero are removed.
pub(super) fn add_to_totals(totals: &mut Totals, moved: impl IntoIterator<Item = Movement>) {
    for Movement { account, on, amount } in moved {
        let key = (account, on);
        let total = totals.entry(key.clone()).or_default();
        *total += amount;
        if total.is_zero() {
            totals.remove(&key);
        }
    }
}
