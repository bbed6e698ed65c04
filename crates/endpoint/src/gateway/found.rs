//! Refunds that a person has made on the processor's own page. A hint or a list shows them; one that has succeeded becomes a request in the
//! journal, which an admin records with one press.
//!
//! An operation looks after each, as after those that are sent from here, so a bank that sends one back later is seen.

use std::collections::BTreeSet;

use super::Refund;
use super::accounts::{accounts, opened};
use super::call::Wanted;
use super::index::{Paid, payments};
use super::kept::{Kept, Source, read};
use super::operation::Operation;
use super::units::is_counted_alike;
use super::writing::tell_and_write;
use crate::Endpoint;
use crate::store::{Fault, Read};
use ledger::account::Account;
use ledger::id::Id;
use ledger::view::refund::FOUND;

/// The longest number of a refund at the processor of which an id is made.
const MAX_NUMBER: usize = 48;

/// The id that a refund has here. Every endpoint gives it the same one. `None` for numbers of another form than the processor gives.
pub(super) fn id(refund: &Refund) -> Option<String> {
    id_of(FOUND, &refund.id)
}

/// The id here of what has a number at the processor: `start`, then the number.
pub(super) fn id_of(start: &str, number: &str) -> Option<String> {
    let is_number = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let fits = (1..=MAX_NUMBER).contains(&number.len()) && number.bytes().all(is_number);
    fits.then(|| format!("{start}{}", number.replace('_', "-")))
}

/// Stores an operation for each refund that nothing here has asked for, that has not failed, whose payment is in the book and that is not in
/// the book itself.
///
/// # Errors
/// Of the store.
pub(super) async fn note(endpoint: &Endpoint, shop: &str, refunds: &[Refund]) -> Result<(), Fault> {
    let is_strange = |refund: &&Refund| {
        refund.of.is_none() && !matches!(refund.status.as_str(), "failed" | "canceled") && refund.amount > 0
    };
    let strange = refunds.iter().filter(is_strange).filter_map(|refund| Some((id(refund)?, refund.clone())));
    let strange: Vec<(String, Refund)> = strange.collect();
    if strange.is_empty() {
        return Ok(());
    }
    let (of, now) = (shop.to_owned(), endpoint.now());
    let found = endpoint.0.store.reading(move |tx| found(tx, &of, strange, now)).await?;
    if found.is_empty() {
        return Ok(());
    }
    let (of, writer) = (shop.to_owned(), endpoint.clone());
    let stored = endpoint.0.store.writing(shop, move |tx| {
        for mut kept in found {
            if read(tx, &of, &kept.operation.of.refund)?.is_none() {
                tell_and_write(&writer, &of, tx, &mut kept)?;
            }
        }
        Ok(())
    });
    stored.await
}

fn found(tx: &dyn Read, shop: &str, strange: Vec<(String, Refund)>, now: u64) -> Result<Vec<Kept>, Fault> {
    let mut fresh = Vec::new();
    for (id, refund) in strange {
        if read(tx, shop, &id)?.is_none() {
            fresh.push((id, refund));
        }
    }
    if fresh.is_empty() {
        return Ok(Vec::new());
    }
    let paid = payments(tx, shop, fresh.iter().flat_map(|(_, refund)| &refund.payments).collect())?;
    let customers: BTreeSet<&Id> = paid.values().map(|paid| &paid.customer).collect();
    if customers.is_empty() {
        return Ok(Vec::new());
    }
    let (accounts, (owner, currency)) = (accounts(tx, shop, &customers)?, opened(tx, shop)?);
    let code = currency.code.to_ascii_lowercase();
    let kept = fresh.into_iter().filter_map(|(id, refund)| {
        let (number, paid) = refund.payments.iter().find_map(|number| Some((number, paid.get(number)?)))?;
        let account = accounts.get(&paid.customer)?;
        if refund.currency != code
            || !is_counted_alike(&code, refund.amount)
            || account.has_reference(&refund.id)
        {
            return None;
        }
        let of = Wanted { shop: shop.to_owned(), refund: id };
        let source =
            Source { payment: paid.payment.as_str().to_owned(), order: order(account, paid, refund.amount)? };
        Some(Kept {
            charge: None,
            operation: Operation::found(of, number.clone(), &refund, now),
            customer: paid.customer.as_str().to_owned(),
            actor: owner.clone(),
            zone: paid.zone.clone(),
            found: Some(source),
        })
    });
    Ok(kept.collect())
}

/// The order of a payment that a refund of this amount fits; otherwise the one that the payment paid most of. `None` for a payment that paid
/// no order.
fn order(account: &Account, paid: &Paid, amount: u64) -> Option<String> {
    let row = account.payment(&paid.payment)?;
    let fits = |money: ledger::money::Money| u64::try_from(money.0).is_ok_and(|money| money >= amount);
    let fitting = row.allocated.iter().find(|part| fits(part.refundable));
    let most = || row.allocated.iter().max_by_key(|part| (part.refundable, part.amount));
    Some(fitting.or_else(most)?.order.as_str().to_owned())
}
