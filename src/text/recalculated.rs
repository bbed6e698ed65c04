//! What *Recalculate Account Balances* says.

use super::{counted, money, say};
use crate::engine::Difference;
use crate::session::Recalculation;
use ledger::money::Currency;

/// The outcome for one customer.
#[must_use]
pub fn one(found: &Recalculation, name: String, currency: &Currency) -> String {
    match found.differences.first() {
        None => say!(recalculate.agrees, name = name),
        Some(difference) => differed(difference, currency),
    }
}

/// The outcome for all customers, one sentence each.
#[must_use]
pub fn all(found: &Recalculation, currency: &Currency) -> Vec<String> {
    let mut said = Vec::new();
    if found.accounts < found.of {
        said.push(say!(recalculate.stopped, done = found.accounts, all = found.of));
    }
    said.extend(found.differences.iter().map(|difference| differed(difference, currency)));
    if found.differences.is_empty() && found.accounts > 0 {
        said.push(counted!(recalculate.all_agree, found.accounts as u64));
    }
    said
}

fn differed(difference: &Difference, currency: &Currency) -> String {
    let (stored, folded) = (&difference.stored, &difference.folded);
    let m = |amount| money::money(amount, currency);
    say!(
        recalculate.differed,
        name = folded.name.clone(),
        owed_before = m(stored.owed),
        owed_after = m(folded.owed),
        credit_before = m(stored.credit),
        credit_after = m(folded.credit)
    )
}
