//! Instalments that are collected: on their days the endpoint asks for a charge of each by itself, tells the customer before, and stops where
//! it cannot go on. What is to be done follows from the account alone (`ledger::view::collection`), and so do the ids of the charges: any number
//! of endpoints, a restart and a store that was put back ask for an instalment once.
//!
//! Which customers have such a plan is found in the log and kept as a value of the store, with the time of the next look at each.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use futures_util::future::join_all;
use journal::Line;
use ledger::account::Account;
use ledger::entry::{Body, CollectionSet, StopReason};
use ledger::id::Id;
use ledger::money::Currency;
use ledger::view::collection::ToCollect;
use serde::{Deserialize, Serialize};

use super::Gateway;
use super::accounts::{accounts, opened};
use super::notice::{Told, put_notice};
use super::writing::{By, Writer, id, today};
use crate::Endpoint;
use crate::store::{Bytes16, Fault, Read, Write};
use sync::admit::LogEnd;

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;

/// How long to wait between two looks at a customer, and how long after one to which the gateway gave no answer.
const EVERY: u64 = HOUR;
const AGAIN: u64 = 10 * MINUTE;

/// The most customers that are looked at in a round.
const AT_A_TIME: usize = 8;

/// The most records that are read in one go.
const RECORDS: usize = 5_000;

/// The customers with collected instalments, as far as the log was read.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    epoch: Bytes16,
    lseq: u64,
    customers: BTreeMap<String, Watched>,
}

/// A customer to look at.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Watched {
    /// The time zone of the counter that switched it on last.
    zone: String,
    /// When, in milliseconds since 1970.
    due: u64,
}

/// The accounts that are due, at one state of the log.
struct Due {
    end: (Bytes16, u64),
    currency: Currency,
    accounts: Vec<(Id, String, Account)>,
}

/// What is written for one customer: nothing while the gateway does not say what time it is.
struct Plan {
    customer: Id,
    zone: String,
    steps: Option<Vec<ToCollect>>,
    goes_on: bool,
    mail: Option<(String, String)>,
}

fn name(shop: &str) -> String {
    format!("gateway collect {shop}")
}

fn known(tx: &dyn Read, shop: &str) -> Result<Known, Fault> {
    let Some(bytes) = tx.value(&name(shop))? else { return Ok(Known::default()) };
    serde_json::from_slice(&bytes).map_err(|_| Fault::broken("what is known of collections"))
}

fn put_known(tx: &mut dyn Write, shop: &str, known: &Known) -> Result<(), Fault> {
    tx.put_value(&name(shop), &serde_json::to_vec(known).map_err(Fault::broken)?)
}

/// Does what is to be done about collected instalments now.
///
/// # Errors
/// Of the store. What fails at the gateway is tried again.
pub(super) async fn look(endpoint: &Endpoint, gateway: &dyn Gateway, shop: &str) -> Result<(), Fault> {
    read_log(endpoint, shop).await?;
    let (of, now) = (shop.to_owned(), endpoint.now());
    let Some(due) = endpoint.0.store.reading(move |tx| due(tx, &of, now)).await? else { return Ok(()) };
    let Due { end, currency, accounts } = due;
    let plans = accounts.into_iter().map(|account| plan(gateway, account, now));
    let plans = join_all(plans).await.into_iter().collect::<Result<Vec<_>, Fault>>()?;
    let (of, writer, sends) = (shop.to_owned(), endpoint.clone(), endpoint.0.mailer.get().is_some());
    let written = endpoint.0.store.writing(shop, move |tx| {
        // What the log has gained since may have paid an instalment: it is decided again.
        if tx.end(&of)?.map(|now| (now.epoch, now.lseq)) != Some(end) {
            return Ok((None, false));
        }
        let (mut known, mut told) = (known(&*tx, &of)?, (None, false));
        for plan in plans {
            known.rest(&plan, now);
            let mails = plan.mail.clone().filter(|_| sends);
            let steps = Steps { endpoint: &writer, shop: &of, currency: &currency, now };
            let (end, mailed) = steps.write(tx, &plan, mails.as_ref())?;
            told = (end.or(told.0), told.1 || mailed);
        }
        put_known(tx, &of, &known)?;
        Ok(told)
    });
    let (end, mailed) = written.await?;
    if let Some(end) = end {
        endpoint.tell(shop, end);
    }
    if let Some(mailer) = endpoint.0.mailer.get().filter(|_| mailed) {
        mailer.notify_one();
    }
    Ok(())
}

impl Known {
    /// When a customer is looked at next; never where nothing is collected.
    fn rest(&mut self, plan: &Plan, now: u64) {
        let customer = plan.customer.as_str();
        if !plan.goes_on {
            self.customers.remove(customer);
        } else if let Some(watched) = self.customers.get_mut(customer) {
            watched.due = now.saturating_add(if plan.steps.is_some() { EVERY } else { AGAIN });
        }
    }
}

/// Notes which customers the log has gained something about.
async fn read_log(endpoint: &Endpoint, shop: &str) -> Result<(), Fault> {
    loop {
        let (of, now) = (shop.to_owned(), endpoint.now());
        let read = endpoint.0.store.reading(move |tx| gained(tx, &of, now)).await?;
        let Some((before, known, is_all)) = read else { return Ok(()) };
        let of = shop.to_owned();
        let put = endpoint.0.store.writing(shop, move |tx| {
            // Another endpoint may have done it.
            let stored = self::known(&*tx, &of)?;
            if (stored.epoch, stored.lseq) != before {
                return Ok(());
            }
            put_known(tx, &of, &known)
        });
        put.await?;
        if is_all {
            return Ok(());
        }
    }
}

type Gained = ((Bytes16, u64), Known, bool);

/// What is known after the next records, and whether those were all; `None` if there are none.
fn gained(tx: &dyn Read, shop: &str, now: u64) -> Result<Option<Gained>, Fault> {
    let Some(end) = tx.end(shop)? else { return Ok(None) };
    let mut known = known(tx, shop)?;
    let before = (known.epoch, known.lseq);
    if known.epoch != end.epoch || known.lseq > end.lseq {
        known = Known { epoch: end.epoch, ..Known::default() };
    }
    if before == (end.epoch, end.lseq) {
        return Ok(None);
    }
    let (mut count, mut is_all) = (0, true);
    tx.records(shop, known.lseq, &mut |record| {
        if count == RECORDS {
            is_all = false;
            return ControlFlow::Break(());
        }
        count += 1;
        known.lseq = record.lseq;
        if let Ok(line) = Line::envelope(&record.entry)
            && let Some(customer) = line.account
        {
            known.note(customer, (line.kind == "collection.set").then_some(line.zone), now);
        }
        ControlFlow::Continue(())
    })?;
    Ok(Some((before, known, is_all)))
}

impl Known {
    /// Something has happened in an account: it is looked at now if it collects something.
    fn note(&mut self, customer: &str, zone: Option<&str>, now: u64) {
        if let Some(watched) = self.customers.get_mut(customer) {
            watched.due = now;
            if let Some(zone) = zone {
                zone.clone_into(&mut watched.zone);
            }
        } else if let Some(zone) = zone {
            self.customers.insert(customer.to_owned(), Watched { zone: zone.to_owned(), due: now });
        }
    }
}

fn due(tx: &dyn Read, shop: &str, now: u64) -> Result<Option<Due>, Fault> {
    let known = known(tx, shop)?;
    // A clock that was wrong may have put it off for years.
    let is_due = |watched: &&Watched| watched.due <= now || watched.due - now > EVERY;
    let due: Vec<_> = known.customers.iter().filter(|(_, watched)| is_due(watched)).take(AT_A_TIME).collect();
    let Some(end) = tx.end(shop)?.filter(|_| !due.is_empty()) else { return Ok(None) };
    let ids = due.iter().map(|(customer, _)| id(customer)).collect::<Result<Vec<_>, Fault>>()?;
    let mut folded = accounts(tx, shop, &ids.iter().collect::<BTreeSet<_>>())?;
    let accounts = due
        .iter()
        .zip(&ids)
        .map(|((_, watched), id)| (id.clone(), watched.zone.clone(), folded.remove(id).unwrap_or_default()));
    let accounts = accounts.collect();
    let (_, currency) = opened(tx, shop)?;
    Ok(Some(Due { end: (end.epoch, end.lseq), currency, accounts }))
}

/// Decides what is done for one customer. Money is moved, and missed instalments are noticed, only if it is also that day at the gateway: a
/// clock here that is ahead collects nothing before its day.
async fn plan(
    gateway: &dyn Gateway,
    (customer, zone, account): (Id, String, Account),
    now: u64,
) -> Result<Plan, Fault> {
    let mail = account.mail_to().map(|(to, language)| (to.to_owned(), language.to_owned()));
    let mut plan = Plan { steps: None, goes_on: account.collects(), mail, customer, zone };
    let steps = account.to_collect(today(now, &plan.zone)?);
    if !steps.iter().any(needs_the_time) {
        plan.steps = Some(steps);
        return Ok(plan);
    }
    let Some(card) = account.card() else { return Ok(plan) };
    if let Ok(listed) = gateway.charges(&card.customer).await {
        plan.steps = Some(account.to_collect(today(now.min(listed.now), &plan.zone)?));
    }
    Ok(plan)
}

const fn needs_the_time(step: &ToCollect) -> bool {
    match step {
        ToCollect::Ask(_) | ToCollect::Stop { why: StopReason::Missed, .. } => true,
        ToCollect::Stop { .. } | ToCollect::Tell(_) => false,
    }
}

/// What writes the steps of a customer.
struct Steps<'a> {
    endpoint: &'a Endpoint,
    shop: &'a str,
    currency: &'a Currency,
    now: u64,
}

impl Steps<'_> {
    /// Writes entries and mails; the new end of the log if there is one, and whether a mail was put into the outbox.
    fn write(
        &self,
        tx: &mut dyn Write,
        plan: &Plan,
        mail: Option<&(String, String)>,
    ) -> Result<(Option<LogEnd>, bool), Fault> {
        let (mut end, mut mailed) = (None, false);
        for step in plan.steps.iter().flatten() {
            let entry = match step {
                ToCollect::Ask(ask) => {
                    let body = Body::ChargeAsked(ask.asked.clone());
                    Some((&ask.actor, Some(ask.charge.clone()), body))
                }
                ToCollect::Stop { order, actor, why } => {
                    let body = CollectionSet { order: order.clone(), agreed: None, stopped: Some(*why) };
                    Some((actor, None, Body::CollectionSet(body)))
                }
                ToCollect::Tell(tell) => {
                    if let Some((to, language)) = mail {
                        let told = Told { tell, to, language, currency: self.currency };
                        mailed |= put_notice(tx, (self.shop, &plan.customer), &told, self.now)?;
                    }
                    None
                }
            };
            if let Some((actor, id, body)) = entry {
                let by = By {
                    actor: actor.clone(),
                    customer: plan.customer.clone(),
                    zone: plan.zone.clone(),
                    currency: self.currency.clone(),
                };
                let writer = Writer { endpoint: self.endpoint, shop: self.shop };
                end = Some(writer.write(tx, &by, vec![(id, None, body)], true)?);
            }
        }
        Ok((end, mailed))
    }
}
