//! Disputes (chargebacks): customers whose banks take back what was paid by card. The list of the processor is read every hour, and at once
//! after a hint; what is new about a dispute of a payment of the book becomes an entry, which an admin records with one press.
//!
//! Nothing is asked of the processor but the list: the shop answers a dispute on the processor's page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use serde::{Deserialize, Serialize};

use super::accounts::opened;
use super::found::id_of;
use super::index::{Paid, payments};
use super::units::is_counted_alike;
use super::writing::{By, Writer, id, today};
use super::{Dispute, Gateway};
use crate::Endpoint;
use crate::store::{Fault, Read};
use ledger::date::Date;
use ledger::entry::{Body, DisputeStage, ReportDispute};
use ledger::money::Money;

/// What the id of a dispute begins with; its number at the processor follows.
const DISPUTE: &str = "dispute-";

/// How long to wait between two looks, in milliseconds.
const EVERY: u64 = 60 * 60_000;

/// How long to wait after a look that came to nothing, and how long a look may take.
const AGAIN: u64 = 10 * 60_000;

/// How old the disputes are that are looked at. Banks decide within months.
const SINCE: u64 = 370 * 24 * 60 * 60_000;

/// What is known of the disputes of a shop.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    /// When the list is to be read.
    due: u64,
    /// What the journal says already, by the number of the dispute.
    told: BTreeMap<String, Told>,
}

/// What the journal says of a dispute.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    stage: DisputeStage,
    amount: u64,
    fee: u64,
}

/// News of a dispute of a payment of the book.
struct News {
    number: String,
    told: Told,
    by: By,
    said: ReportDispute,
}

fn name(shop: &str) -> String {
    format!("gateway disputes {shop}")
}

fn known(tx: &dyn Read, shop: &str) -> Result<Known, Fault> {
    let Some(bytes) = tx.value(&name(shop))? else { return Ok(Known::default()) };
    serde_json::from_slice(&bytes).map_err(|_| Fault::broken("what is known of disputes"))
}

/// Makes the list due: something is said to have happened.
///
/// # Errors
/// Of the store.
pub(super) async fn look_now(endpoint: &Endpoint, shop: &str) -> Result<(), Fault> {
    set_due(endpoint, shop, |_| 0).await.map(drop)
}

/// Reads the list if it is due, and writes what is new to the journal.
///
/// # Errors
/// Of the store. What fails at the gateway is tried again.
pub(super) async fn look(endpoint: &Endpoint, gateway: &dyn Gateway, shop: &str) -> Result<(), Fault> {
    let (of, now) = (shop.to_owned(), endpoint.now());
    let due = endpoint.0.store.reading(move |tx| Ok(known(tx, &of)?.due)).await?;
    // A clock that was wrong may have put it off for years.
    if due > now && due - now <= EVERY {
        return Ok(());
    }
    // Another endpoint does not look meanwhile; if both do, each news is still written once.
    set_due(endpoint, shop, move |_| now.saturating_add(AGAIN)).await?;
    let Ok(disputes) = gateway.disputes(now.saturating_sub(SINCE)).await else {
        endpoint.0.metrics.gateway_unknown.fetch_add(1, Ordering::Relaxed);
        return Ok(());
    };
    let of = shop.to_owned();
    let news = endpoint.0.store.reading(move |tx| news(tx, &of, disputes)).await?;
    if !news.is_empty() {
        write(endpoint, shop, news).await?;
    }
    // A hint that came meanwhile makes it due at once.
    set_due(endpoint, shop, move |due| if due == 0 { 0 } else { now.saturating_add(EVERY) }).await
}

async fn set_due(
    endpoint: &Endpoint,
    shop: &str,
    due: impl FnOnce(u64) -> u64 + Send + 'static,
) -> Result<(), Fault> {
    let of = shop.to_owned();
    let written = endpoint.0.store.writing(shop, move |tx| {
        let mut known = known(tx, &of)?;
        known.due = due(known.due);
        tx.put_value(&name(&of), &serde_json::to_vec(&known).map_err(Fault::broken)?)
    });
    written.await
}

/// What is new of the disputes of payments of the book.
fn news(tx: &dyn Read, shop: &str, disputes: Vec<Dispute>) -> Result<Vec<News>, Fault> {
    let known = known(tx, shop)?;
    let mut fresh = Vec::new();
    for dispute in disputes {
        if let Some(told) = told(&dispute).filter(|told| is_news(known.told.get(&dispute.id), told)) {
            fresh.push((dispute, told));
        }
    }
    if fresh.is_empty() {
        return Ok(Vec::new());
    }
    let (owner, currency) = opened(tx, shop)?;
    let code = currency.code.to_ascii_lowercase();
    fresh.retain(|(dispute, _)| dispute.currency == code && is_counted_alike(&code, dispute.amount));
    let numbers: BTreeSet<&String> = fresh.iter().flat_map(|(dispute, _)| &dispute.payments).collect();
    let paid = payments(tx, shop, numbers)?;
    let mut news = Vec::new();
    for (dispute, told) in &fresh {
        let Some(paid) = dispute.payments.iter().find_map(|number| paid.get(number)) else { continue };
        let Some(said) = said(dispute, told, paid)? else { continue };
        let by = By {
            actor: id(&owner)?,
            customer: paid.customer.clone(),
            zone: paid.zone.clone(),
            currency: currency.clone(),
        };
        news.push(News { number: dispute.id.clone(), told: told.clone(), by, said });
    }
    Ok(news)
}

/// What the journal should say. `None` for what takes no money: a question of the bank, and one that was settled before it became a dispute.
fn told(dispute: &Dispute) -> Option<Told> {
    let stage = match dispute.status.as_str() {
        "won" => DisputeStage::Won,
        "lost" => DisputeStage::Lost,
        "prevented" => return None,
        status if status.starts_with("warning_") => return None,
        // Also the words that are not known here.
        _ => DisputeStage::Open,
    };
    (dispute.amount > 0).then_some(Told { stage, amount: dispute.amount, fee: dispute.fee })
}

/// Whether it says more than the journal. A list that is old does not take back that a dispute was decided; one that was lost can still be won.
fn is_news(before: Option<&Told>, told: &Told) -> bool {
    let rank = |stage| match stage {
        DisputeStage::Open => 0,
        DisputeStage::Lost => 1,
        DisputeStage::Won => 2,
    };
    before.is_none_or(|before| before != told && rank(told.stage) >= rank(before.stage))
}

fn said(dispute: &Dispute, told: &Told, paid: &Paid) -> Result<Option<ReportDispute>, Fault> {
    let Some(of) = id_of(DISPUTE, &dispute.id) else { return Ok(None) };
    let money = |amount: u64| i64::try_from(amount).map(Money).map_err(Fault::broken);
    Ok(Some(ReportDispute {
        payment: paid.payment.clone(),
        dispute: id(&of)?,
        stage: told.stage,
        amount: money(told.amount)?,
        fee: money(told.fee)?,
        answer_by: dispute.answer_by.filter(|_| told.stage == DisputeStage::Open).and_then(day),
        reference: Some(dispute.id.clone()),
        reason: dispute.reason.clone(),
    }))
}

/// The date of a time in milliseconds since 1970, in UTC: rather a day early than late for the shops west of it.
fn day(time: u64) -> Option<Date> {
    today(time, "UTC").ok()
}

async fn write(endpoint: &Endpoint, shop: &str, news: Vec<News>) -> Result<(), Fault> {
    let (of, writer) = (shop.to_owned(), endpoint.clone());
    let written = endpoint.0.store.writing(shop, move |tx| {
        let (mut known, mut end) = (known(tx, &of)?, None);
        for News { number, told, by, said } in news {
            if !is_news(known.told.get(&number), &told) {
                continue;
            }
            let entries = vec![(None, None, Body::PaymentDisputed(said))];
            end = Some(Writer { endpoint: &writer, shop: &of }.write(tx, &by, entries, false)?);
            known.told.insert(number, told);
        }
        tx.put_value(&name(&of), &serde_json::to_vec(&known).map_err(Fault::broken)?)?;
        Ok(end)
    });
    if let Some(end) = written.await? {
        endpoint.tell(shop, end);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dispute(status: &str, fee: u64) -> Dispute {
        let (id, status, currency) = ("dp_1".to_owned(), status.to_owned(), "gbp".to_owned());
        Dispute {
            id,
            payments: Vec::new(),
            amount: 5_000,
            fee,
            currency,
            status,
            reason: None,
            answer_by: None,
        }
    }

    #[test]
    fn an_old_list_does_not_take_back_a_decision() {
        let said = |status, fee| told(&dispute(status, fee)).unwrap();
        for (before, after, expected) in [
            (("needs_response", 1_500), ("needs_response", 1_500), false),
            (("needs_response", 1_500), ("under_review", 1_500), false),
            (("needs_response", 0), ("needs_response", 1_500), true),
            (("under_review", 1_500), ("won", 0), true),
            (("under_review", 1_500), ("lost", 1_500), true),
            (("won", 0), ("under_review", 1_500), false),
            (("won", 0), ("lost", 0), false),
            (("lost", 1_500), ("won", 0), true),
        ] {
            let (before, after) = (said(before.0, before.1), said(after.0, after.1));
            assert_eq!(is_news(Some(&before), &after), expected);
        }
    }

    #[test]
    fn a_question_of_the_bank_is_no_dispute() {
        for status in ["warning_needs_response", "warning_under_review", "warning_closed", "prevented"] {
            assert!(told(&dispute(status, 0)).is_none(), "{status}");
        }
        assert!(told(&dispute("something_new", 0)).is_some_and(|told| told.stage == DisputeStage::Open));
    }
}
