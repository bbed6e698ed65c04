//! Which refunds and charges the journal asks for: refunds that counters have issued online, and that are pending, and which of them it takes
//! back; and charges and payment links that are neither paid nor over.
//!
//! Admission does not look at accounts. This reads the log behind it, folds the account of each refund that it meets with the ledger's own
//! fold, and sends only what is pending there: a refund that another counter's refund has left no room for is canceled, and never sent.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::accounts::{accounts, opened};
use super::call::{Deed, Wanted};
use super::charging::KeptCharge;
use super::kept::{Kept, read};
use super::operation::Operation;
use super::schedule::DAY;
use super::state::Person;
use super::units::is_counted_alike;
use super::writing::tell_and_write;
use crate::Endpoint;
use crate::store::{Fault, Read};
use journal::Line;
use ledger::account::{Account, Status};
use ledger::entry::Body;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Currency;

/// The most operations that are looked through for open payment links.
const MOST_LINKS: u32 = 10_000;

/// A refund or a charge that a line asks for, or a refund that it takes back.
struct Found {
    refund: Id,
    customer: Id,
    actor: String,
    zone: String,
    /// When the counter wrote it, in milliseconds since 1970, for a charge.
    charged: Option<u64>,
}

/// Reads what the log has gained, and stores an operation for each refund and charge that is to be sent. The number of them.
///
/// # Errors
/// Of the store.
pub async fn take(endpoint: &Endpoint, shop: &str) -> Result<usize, Fault> {
    let (of, now, page) = (shop.to_owned(), endpoint.now(), endpoint.thanks());
    let store = &endpoint.0.store;
    let log = store.reading(move |tx| {
        let Some(end) = tx.end(&of)? else { return Ok(None) };
        let known = place(tx, &of)?;
        // A log that was put back has other numbers: it is read from its beginning.
        let after = known
            .filter(|(epoch, lseq)| *epoch == end.epoch && *lseq <= end.lseq)
            .map_or(0, |(_, lseq)| lseq);
        if after == end.lseq {
            return Ok(None);
        }
        let (mut found, touched) = find(tx, &of, after)?;
        found.extend(links_of(tx, &of, &touched, now)?);
        Ok(Some((end, asked(tx, &of, found, (now, page))?)))
    });
    let Some((end, asked)) = log.await? else { return Ok(0) };
    let (of, writer) = (shop.to_owned(), endpoint.clone());
    let stored = store.writing(shop, move |tx| {
        let (mut count, mut told) = (0, None);
        for (fresh, cancel) in asked {
            let known = read(tx, &of, &fresh.operation.of.refund)?;
            count += usize::from(known.is_none());
            let (is_new, mut kept) = (known.is_none(), known.unwrap_or(fresh));
            if cancel {
                kept.operation.cancel(now);
            }
            if is_new || cancel {
                told = tell_and_write(&writer, &of, tx, &mut kept)?.or(told);
            }
        }
        let mut place = end.epoch.to_vec();
        place.extend_from_slice(&end.lseq.to_be_bytes());
        tx.put_value(&name(&of), &place)?;
        Ok((count, told))
    });
    let (count, told) = stored.await?;
    if let Some(end) = told {
        endpoint.tell(shop, end);
    }
    Ok(count)
}

/// Under which name the store keeps how far the log was read.
fn name(shop: &str) -> String {
    format!("gateway read {shop}")
}

fn place(tx: &dyn Read, shop: &str) -> Result<Option<([u8; 16], u64)>, Fault> {
    let Some(bytes) = tx.value(&name(shop))? else { return Ok(None) };
    let read = || Some((bytes.first_chunk::<16>()?, bytes.get(16..)?.first_chunk::<8>()?));
    let (epoch, lseq) = read().ok_or_else(|| Fault::broken("a place in a log"))?;
    Ok(Some((*epoch, u64::from_be_bytes(*lseq))))
}

/// The refunds and charges that lines after a number ask for or take back, and the customers whose accounts those lines are in.
fn find(tx: &dyn Read, shop: &str, after: u64) -> Result<(Vec<Found>, BTreeSet<String>), Fault> {
    let (mut found, mut touched, mut adopts) = (Vec::new(), BTreeSet::new(), false);
    tx.records(shop, after, &mut |record| {
        if let Ok(line) = Line::parse(&record.entry) {
            adopts |= line.kind == "entry.adopted";
            found.extend(found_in(&line));
            touched.extend(line.account.map(str::to_owned));
        }
        ControlFlow::Continue(())
    })?;
    // What an owner lets count later can be any line before.
    if adopts && after > 0 { find(tx, shop, 0) } else { Ok((found, touched)) }
}

/// The payment links that these customers may still pay: what they pay in another way ends them.
fn links_of(tx: &dyn Read, shop: &str, customers: &BTreeSet<String>, now: u64) -> Result<Vec<Found>, Fault> {
    // An open link is looked at every few minutes, so it is due soon.
    let soon = tx.operations_due(shop, now.saturating_add(DAY), MOST_LINKS)?;
    let found = soon.iter().filter_map(|stored| {
        let kept: Kept = serde_json::from_slice(&stored.value).ok()?;
        let Deed::Link(link) = &kept.operation.deed else { return None };
        let is_touched = customers.contains(&kept.customer);
        is_touched.then_some(Found {
            refund: Id::new(&stored.id).ok()?,
            customer: Id::new(&kept.customer).ok()?,
            charged: Some(link.asked),
            actor: kept.actor,
            zone: kept.zone,
        })
    });
    Ok(found.collect())
}

fn found_in(line: &Line<'_>) -> Option<Found> {
    let body = || Body::decode(line.kind, line.kv, line.body.get()).ok();
    let refund = match line.kind {
        "refund.issued" | "charge.asked" => line.id.to_owned(),
        "refund.approved" => {
            let Body::RefundApproved(approved) = body()? else { return None };
            approved.request.as_str().to_owned()
        }
        "refund.withdrawn" => {
            let Body::RefundWithdrawn(withdrawn) = body()? else { return None };
            withdrawn.refund.as_str().to_owned()
        }
        "charge.withdrawn" => {
            let Body::ChargeWithdrawn(withdrawn) = body()? else { return None };
            withdrawn.charge.as_str().to_owned()
        }
        _ => return None,
    };
    Some(Found {
        refund: Id::new(&refund).ok()?,
        customer: Id::new(line.account?).ok()?,
        actor: line.actor.to_owned(),
        zone: line.zone.to_owned(),
        charged: line.kind.starts_with("charge.").then_some(line.clock.0),
    })
}

/// The operations of those that are pending, and whether each is to be canceled.
fn asked(
    tx: &dyn Read,
    shop: &str,
    found: Vec<Found>,
    (now, page): (u64, String),
) -> Result<Vec<(Kept, bool)>, Fault> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let customers: BTreeSet<&Id> = found.iter().map(|found| &found.customer).collect();
    let (accounts, (_, currency)) = (accounts(tx, shop, &customers)?, opened(tx, shop)?);
    let kept = found.iter().filter_map(|found| {
        let account = accounts.get(&found.customer)?;
        let (customer, zone) = (found.customer.as_str().to_owned(), found.zone.clone());
        if let Some(asked) = found.charged {
            let of = wanted(shop, found);
            let made = KeptCharge::of(account, of, &found.refund, &currency, (asked, now), page.clone());
            let (operation, charge, cancel) = made?;
            let (charge, actor) = (Some(charge), found.actor.clone());
            return Some((Kept { operation, charge, customer, actor, zone, found: None }, cancel));
        }
        let operation = operation(account, shop, found, &currency, now)?;
        let row = account.refund_row(&found.refund)?;
        let actor = row.actor.as_str().to_owned();
        let kept = Kept { operation, charge: None, customer, actor, zone, found: None };
        Some((kept, row.cancel_asked))
    });
    Ok(kept.collect())
}

fn wanted(shop: &str, found: &Found) -> Wanted {
    Wanted { shop: shop.to_owned(), refund: found.refund.as_str().to_owned() }
}

fn operation(
    account: &Account,
    shop: &str,
    found: &Found,
    currency: &Currency,
    now: u64,
) -> Option<Operation> {
    let row = account.refund_row(&found.refund)?;
    if row.status != Status::Pending || row.method != Method::Online {
        return None;
    }
    let of = wanted(shop, found);
    let amount = u64::try_from(row.money.0).ok()?;
    let code = currency.code.to_ascii_lowercase();
    let mut paid = row.parts.iter().filter(|part| !part.credit);
    let (part, other) = (paid.next()?, paid.next());
    let number = account.payment_reference(&part.from).map(str::trim).filter(|text| !text.is_empty());
    Some(match number.filter(|_| other.is_none()) {
        Some(number) if is_counted_alike(&code, amount) => {
            Operation::new(of, number.to_owned(), (amount, code), now)
        }
        Some(_) => Operation::for_a_person(of, Person::Currency, (amount, code), now),
        None => Operation::for_a_person(of, Person::NoPayment, (amount, code), now),
    })
}
