//! The entries that the endpoint writes itself: as a device of its own, with a chain for each epoch of the log, signed with its key.

use std::sync::atomic::Ordering;

use codec::DeviceState;
use codec::compose::{compose, open_chain};
use journal::{ChainOpened, Clock, Hash, Head, Number, Numbers, Press, SideVerdict, Why};
use ledger::code::{BookAccount, Code};
use ledger::date::Date;
use ledger::entry::{
    After, Body, Clawback, Entry, Outcome, Part, ProgressRefund, RefundWritten, SettleRefund, Stage,
};
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::{Currency, Money};
use ledger::view::refund::FOUND_REASON;
use sync::LogHash;
use sync::admit::LogEnd;

use super::charging::Told;
use super::kept::{Kept, Source};
use super::operation::Operation;
use super::sent_back;
use super::state::{Progress, State};
use crate::Endpoint;
use crate::api::{digest, random};
use crate::shop_log::end_of;
use crate::store::{ChainEnd, Fault, Logged, StoredOperation, Write};

/// The name of the device that counters see beside its entries.
const NAME: &str = "Card processor";

/// Writes an operation, and to the journal what is new about it; returns the new end of the log if there is one.
///
/// # Errors
/// Of the store.
pub(super) fn tell_and_write(
    endpoint: &Endpoint,
    shop: &str,
    tx: &mut dyn Write,
    kept: &mut Kept,
) -> Result<Option<LogEnd>, Fault> {
    let mut end = None;
    if let Some(news) = kept.operation.news() {
        if news == Progress::Person {
            endpoint.0.metrics.gateway_persons.fetch_add(1, Ordering::Relaxed);
        }
        end = Writer { endpoint, shop }.tell(tx, kept, news)?;
        kept.operation.told = Some(news);
        sent_back::correct(endpoint, (shop, tx), kept, news)?;
    }
    let value = serde_json::to_vec(kept).map_err(Fault::broken)?;
    let (id, due) = (kept.operation.of.refund.clone(), kept.operation.due);
    tx.put_operation(&StoredOperation { id, due, value })?;
    Ok(end)
}

/// Whose account an entry of the endpoint is about, and in whose name it is written.
pub struct By {
    /// The person.
    pub actor: Id,
    /// The customer.
    pub customer: Id,
    /// The time zone of the counter.
    pub zone: String,
    /// The currency of the shop.
    pub currency: Currency,
}

/// Writes entries of the endpoint to the log of a shop.
pub struct Writer<'a> {
    /// The endpoint.
    pub endpoint: &'a Endpoint,
    /// The shop.
    pub shop: &'a str,
}

impl Writer<'_> {
    /// Tells how far a refund or a charge is, in one press, and returns the new end of the log; `None` where nothing is to be told.
    ///
    /// # Errors
    /// Of the store.
    pub fn tell(&self, tx: &mut dyn Write, kept: &Kept, news: Progress) -> Result<Option<LogEnd>, Fault> {
        let document = id(&kept.operation.of.refund)?;
        let told = match (&kept.charge, &kept.found) {
            (Some(charge), _) => charge.entries(&kept.operation, news, (document, &id(&kept.customer)?))?,
            (None, Some(source)) => {
                let known = |body: &Body| matches!(body, Body::RefundRequested(_)).then(|| document.clone());
                let bodies = bodies_of_found(&kept.operation, source, news)?.into_iter();
                bodies.map(|body| (known(&body), None, body)).collect()
            }
            (None, None) => {
                bodies(&kept.operation, news)?.into_iter().map(|body| (None, None, body)).collect()
            }
        };
        if told.is_empty() {
            return Ok(None);
        }
        let code = kept.operation.currency.to_ascii_uppercase();
        let by = By {
            actor: id(&kept.actor)?,
            customer: id(&kept.customer)?,
            zone: kept.zone.clone(),
            currency: Currency::new(&code).map_err(|_| Fault::broken("a currency of an operation"))?,
        };
        // Of what the endpoint writes, refunds that were found have numbers of its own.
        self.write(tx, &by, told, kept.found.is_some()).map(Some)
    }

    /// Writes entries of an account in one press, each with its id, if it has one, its number and its body; returns the new end of the log.
    /// `numbered`: whether some get a number here.
    ///
    /// # Errors
    /// Of the store.
    pub fn write(
        &self,
        tx: &mut dyn Write,
        by: &By,
        told: Vec<Told>,
        numbered: bool,
    ) -> Result<LogEnd, Fault> {
        let now = self.endpoint.now();
        let on = today(now, &by.zone)?;
        let entry = |(known, no, body): (Option<Id>, _, _)| {
            let (actor, customer) = (by.actor.clone(), Some(by.customer.clone()));
            let id = known.map_or_else(|| fresh(now), Ok)?;
            Ok(Entry { id, no, actor, on, customer, body })
        };
        let entries = told.into_iter().map(entry).collect::<Result<Vec<_>, Fault>>()?;
        let (mut device, opened) = self.device(tx, &by.zone, (&by.actor, on), now)?;
        if numbered {
            device.numbers = self.numbers(tx, &device)?;
        }
        let letter = device.letter.clone();
        let composed = compose(&device, entries, &by.currency, now).map_err(Fault::broken)?;
        if numbered {
            let used = serde_json::to_vec(&composed.device.numbers).map_err(Fault::broken)?;
            tx.put_value(&self.numbers_name(&letter), &used)?;
        }
        let lines = opened.into_iter().chain(composed.lines.into_iter().map(|line| line.bytes));
        self.append(tx, &composed.device, lines.collect(), now)
    }

    fn numbers_name(&self, letter: &str) -> String {
        format!("gateway numbers {} {letter}", self.shop)
    }

    /// The numbers that the chain has used. They are kept beside it; one that was written before they were is read once.
    fn numbers(&self, tx: &dyn Write, device: &DeviceState) -> Result<Numbers, Fault> {
        if let Some(kept) = tx.value(&self.numbers_name(&device.letter))? {
            return serde_json::from_slice(&kept).map_err(|_| Fault::broken("the numbers of the endpoint"));
        }
        let mut numbers = Numbers::default();
        let last = device.head.as_ref().map_or(0, |head| head.seq);
        for seq in 1..=last {
            for record in tx.lines(self.shop, device.device.as_str(), device.chain, seq)? {
                if let Ok(line) = journal::Line::envelope(&record.entry)
                    && let Some(number) = line.no.and_then(Number::parse)
                    && number.counter == device.letter
                {
                    numbers.seen(&number);
                }
            }
        }
        Ok(numbers)
    }

    /// The device in the present epoch, and the first line of its chain if that is new.
    fn device(
        &self,
        tx: &dyn Write,
        zone: &str,
        by: (&Id, Date),
        now: u64,
    ) -> Result<(DeviceState, Option<String>), Fault> {
        let end = end_of(tx.end(self.shop)?)?;
        let device = self.device_id()?;
        let chains = tx.chains(self.shop, Some(device.as_str()))?;
        let last = chains.last();
        let letter = format!("E{}", short(&end.epoch.0));
        let chain = last.map_or(1, |last| last.chain);
        let mut state = DeviceState::new(id(self.shop)?, device, chain, &letter, zone);
        if let Some(last) = last {
            let goes_on = self.is_of_epoch(tx, last, &letter)?;
            if goes_on {
                state.head = Some(Head { seq: last.seq, hash: Hash::from_bytes(last.hash) });
                state.clock = last.order;
                return Ok((state, None));
            }
            state.chain = last.chain + 1;
        }
        let opened = ChainOpened {
            letter,
            drawer: state.drawer.clone(),
            name: NAME.to_owned(),
            key: Some(self.endpoint.0.key.public().to_string()),
            why: if last.is_some() { Why::Restored } else { Why::New },
            after: last.map(|last| journal::After {
                chain: last.chain,
                seq: last.seq,
                hash: Hash::from_bytes(last.hash),
            }),
        };
        let (actor, on) = by;
        let line = open_chain(&mut state, &opened, (&fresh(now)?, actor), on, now).map_err(Fault::broken)?;
        Ok((state, Some(line)))
    }

    /// Whether a chain was opened in this epoch: its letter says so.
    fn is_of_epoch(&self, tx: &dyn Write, last: &ChainEnd, letter: &str) -> Result<bool, Fault> {
        let first = tx.lines(self.shop, &last.device, last.chain, 1)?;
        let opened = first.first().and_then(|record| {
            let line = journal::Line::envelope(&record.entry).ok()?;
            ChainOpened::parse(line.kv, line.body).ok()
        });
        Ok(opened.is_some_and(|opened| opened.letter == letter))
    }

    /// The id of the device: the same at every endpoint over the store.
    fn device_id(&self) -> Result<Id, Fault> {
        let text = format!("counterfoil device 1\n{}\n{}\n", self.endpoint.0.key.public(), self.shop);
        let bits = digest(text.as_bytes()).first_chunk::<16>().copied().unwrap_or_default();
        Ok(Id::from_bits(u128::from_be_bytes(bits)))
    }

    /// Appends lines, each with a signature of its own.
    fn append(
        &self,
        tx: &mut dyn Write,
        device: &DeviceState,
        lines: Vec<String>,
        now: u64,
    ) -> Result<LogEnd, Fault> {
        let mut end = end_of(tx.end(self.shop)?)?;
        let mut records = Vec::new();
        for text in lines {
            let line =
                journal::Line::parse(text.as_bytes()).map_err(|_| Fault::broken("a line of the endpoint"))?;
            let (hash, order) = (Hash::of(text.as_bytes()), line.clock);
            end.lseq += 1;
            end.log_hash = LogHash::then(end.log_hash, hash, order, SideVerdict::Ok);
            records.push(Logged {
                lseq: end.lseq,
                device: device.device.as_str().to_owned(),
                chain: device.chain,
                seq: line.seq,
                hash: *hash.bytes(),
                signature: Some(self.endpoint.0.key.sign_line(hash.bytes())),
                order: Clock(order.0, order.1),
                verdict: SideVerdict::Ok,
                received: now,
                log_hash: *end.log_hash.bytes(),
                is_of_shop: line.account.is_none(),
                goes_on: line.press.is_some_and(Press::goes_on),
                entry: text.clone().into_bytes(),
            });
        }
        tx.append(&records)?;
        Ok(end)
    }
}

/// What is written about an operation: how far it is, and its outcome.
fn bodies(operation: &Operation, news: Progress) -> Result<Vec<Body>, Fault> {
    let refund = id(&operation.of.refund)?;
    let reference = operation.gateway_id.clone();
    let progressed = |stage, reason: Option<String>| {
        let (refund, reference) = (refund.clone(), reference.clone());
        Body::RefundProgressed(ProgressRefund { refund, stage, reference, reason })
    };
    let settled = |outcome| Body::RefundSettled(SettleRefund { refund: refund.clone(), outcome });
    let reason = match &operation.state {
        State::Failed(reason) => Some(reason.clone()),
        State::Person(why) => Some(why.word().to_owned()),
        _ => None,
    };
    Ok(match news {
        Progress::WithBank => vec![progressed(Stage::Bank, None)],
        Progress::Person => vec![progressed(Stage::Person, reason)],
        Progress::Failed => vec![progressed(Stage::Returned, reason), settled(Outcome::Failed)],
        Progress::Canceled => vec![settled(Outcome::Canceled)],
        // With it the counters learn its number, if they do not know it.
        Progress::Succeeded if operation.told.is_none() => {
            vec![progressed(Stage::Bank, None), settled(Outcome::Succeeded)]
        }
        Progress::Succeeded => vec![settled(Outcome::Succeeded)],
    })
}

/// What is written about a refund that was made on the processor's own page: a request once it has succeeded, and that the bank has sent it
/// back.
fn bodies_of_found(operation: &Operation, source: &Source, news: Progress) -> Result<Vec<Body>, Fault> {
    Ok(match (news, operation.told) {
        (Progress::Succeeded, _) => {
            let amount = i64::try_from(operation.amount).map_err(Fault::broken)?;
            let amount = Money(amount);
            vec![Body::RefundRequested(RefundWritten {
                order: id(&source.order)?,
                method: Method::Card,
                account: Some(BookAccount::of(Code::Card)),
                parts: vec![Part { from: id(&source.payment)?, credit: false, amount }],
                after: After::Stays,
                credit: amount,
                clawback: Clawback::default(),
                reason: FOUND_REASON.to_owned(),
                reference: operation.gateway_id.clone(),
                note: None,
                returned: Vec::new(),
                rounding: Money::ZERO,
            })]
        }
        (Progress::Failed | Progress::Canceled, Some(Progress::Succeeded)) => {
            let reason = match &operation.state {
                State::Failed(reason) => Some(reason.clone()),
                _ => None,
            };
            let (refund, reference) = (id(&operation.of.refund)?, operation.gateway_id.clone());
            vec![Body::RefundProgressed(ProgressRefund { refund, stage: Stage::Returned, reference, reason })]
        }
        _ => Vec::new(),
    })
}

pub(super) fn id(text: &str) -> Result<Id, Fault> {
    Id::new(text).map_err(|_| Fault::broken("an id of an operation"))
}

/// A UUID of version 7: the time, then random bits.
fn fresh(now: u64) -> Result<Id, Fault> {
    let random = u128::from_be_bytes(random()?);
    let bits = (u128::from(now) << 80) | (random >> 48);
    let version = (bits & !(0xf << 76)) | (0x7 << 76);
    Ok(Id::from_bits((version & !(0x3 << 62)) | (0x2 << 62)))
}

/// The date in the zone of a counter; in UTC where the zone is not known here.
pub(super) fn today(now: u64, zone: &str) -> Result<Date, Fault> {
    let millis = i64::try_from(now).map_err(Fault::broken)?;
    let time = jiff::Timestamp::from_millisecond(millis).map_err(Fault::broken)?;
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    Date::parse(&time.to_zoned(zone).date().to_string()).ok_or_else(|| Fault::broken("a date"))
}

/// Letters that stand for an epoch: a chain's letter is a short text that no other chain of the shop has.
fn short(epoch: &[u8; 16]) -> String {
    epoch.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}
