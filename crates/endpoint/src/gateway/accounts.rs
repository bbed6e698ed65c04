//! The accounts of customers, and what the shop is, as the log has them: folded with the ledger's own fold.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use codec::decode::{Decoded, decode};
use journal::{Line, SideVerdict};
use ledger::account::Account;
use ledger::entry::{Body, Entry, Record, Verdict};
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::money::Currency;

use super::index;
use crate::store::{Fault, Logged, Read};

/// The accounts of customers, as the log has them.
///
/// # Errors
/// Of the store.
pub(super) fn accounts(
    tx: &dyn Read,
    shop: &str,
    customers: &BTreeSet<&Id>,
) -> Result<BTreeMap<Id, Account>, Fault> {
    let mut records: BTreeMap<Id, Vec<Record>> = BTreeMap::new();
    // A branch has a number of its own, so that two lines of one place both count.
    let mut places: BTreeMap<(String, u32, u64), u128> = BTreeMap::new();
    index::lines_of(tx, shop, customers, &mut |record| {
        let account = Line::envelope(&record.entry).ok().and_then(|line| Id::new(line.account?).ok());
        if let Some(account) = account.filter(|account| customers.contains(account))
            && let Some(mut decoded) = decoded(&record)
        {
            let branch = places.entry((record.device.clone(), record.chain, record.seq)).or_default();
            decoded.place.branch = *branch;
            *branch += 1;
            records.entry(account).or_default().push(decoded);
        }
    })?;
    let fold = |(customer, records): (Id, Vec<Record>)| {
        let account = CustomerBook::new(customer.clone(), records).account().clone();
        (customer, account)
    };
    Ok(records.into_iter().map(fold).collect())
}

fn decoded(record: &Logged) -> Option<Record> {
    let verdict = if record.verdict == SideVerdict::Ok { Verdict::Ok } else { Verdict::Refused };
    match decode(&record.entry, record.order, verdict).ok()? {
        Decoded::Entry(record) => Some(*record),
        Decoded::Chain(_) => None,
    }
}

/// Who opened the shop, and its currency.
///
/// # Errors
/// Of the store, and for a log without its beginning.
pub(super) fn opened(tx: &dyn Read, shop: &str) -> Result<(String, Currency), Fault> {
    let mut found = None;
    tx.records_of_shop(shop, 0, &mut |record| match decoded(&record).map(|record| record.entry) {
        Some(Entry { actor, body: Body::ShopOpened(opened), .. }) => {
            found = Some((actor.as_str().to_owned(), opened.currency));
            ControlFlow::Break(())
        }
        _ => ControlFlow::Continue(()),
    })?;
    let (owner, code) = found.ok_or_else(|| Fault::broken("a shop that was never opened"))?;
    Ok((owner, Currency::new(&code).map_err(|_| Fault::broken("a currency"))?))
}
