//! Folds one entry into its account.

use crate::account::fold::Fold;
use crate::account::state::Account;
use crate::entry::record::Entry;
use crate::posting::Lines;
use crate::rules;
use std::sync::Arc;

/// Folds an entry that counts and returns its postings.
pub fn fold_entry(account: &mut Account, entry: &Arc<Entry>) -> Lines {
    let mut fold = Fold::new(account, entry);
    rules::fold(&mut fold, &entry.body);
    fold.finish()
}
