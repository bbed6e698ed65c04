//! Entries of one commit to the lines that are appended.

use crate::device::DeviceState;
use journal::{ChainOpened, Hash, Line, LineError, OPENED, Press};
use ledger::date::Date;
use ledger::entry::{Entry, Place, Record, Verdict};
use ledger::id::Id;
use ledger::money::Currency;
use serde_json::value::RawValue;

/// The lines of one commit, and the device's state after it.
#[derive(Debug, Clone, PartialEq)]
pub struct ComposedBatch {
    /// In the order in which the entries were decided.
    pub lines: Vec<Composed>,
    /// The device's state, valid once the lines are stored.
    pub device: DeviceState,
}

/// One line, ready to be appended.
#[derive(Debug, Clone, PartialEq)]
pub struct Composed {
    /// Its bytes, without line end.
    pub bytes: String,
    /// The hash of the bytes.
    pub hash: Hash,
    /// The entry with its document number and its place.
    pub record: Record,
}

/// Assigns every entry its number, clock and place, and writes its line. The entries are one press: their lines are stored
/// and sent all together or not at all. `now` is the wall clock in milliseconds.
///
/// # Errors
/// [`LineError::TooLong`] when an entry does not fit in a line; then no number is used.
pub fn compose(
    device: &DeviceState,
    entries: Vec<Entry>,
    currency: &Currency,
    now: u64,
) -> Result<ComposedBatch, LineError> {
    let mut device = device.clone();
    let count = entries.len();
    let place = |index| Press::at(index, count);
    let entries = entries.into_iter().enumerate();
    let lines = entries.map(|(index, entry)| next(&mut device, entry, place(index), currency, now));
    let lines = lines.collect::<Result<_, _>>()?;
    Ok(ComposedBatch { lines, device })
}

fn next(
    device: &mut DeviceState,
    mut entry: Entry,
    press: Option<Press>,
    currency: &Currency,
    now: u64,
) -> Result<Composed, LineError> {
    let letter = device.letter.clone();
    // The payment that a charge became has the number of the charge already.
    if entry.no.is_none() {
        entry.no = entry.body.series().map(|series| device.numbers.take(&letter, series.letter()));
    }
    let (kind, kv, body) = entry.body.encode(currency);
    let content = Content {
        id: &entry.id,
        no: entry.no.as_deref(),
        actor: &entry.actor,
        on: entry.on,
        press,
        account: entry.customer.as_ref(),
        kind: &kind,
        kv,
        body,
    };
    let (bytes, hash) = content.write(device, now)?;
    let place = Place {
        order: (device.clock.0, device.clock.1),
        device: device.device.clone(),
        chain: device.chain,
        seq: device.head.map_or(0, |head| head.seq),
        branch: 0,
    };
    Ok(Composed { bytes, hash, record: Record { place, verdict: Verdict::Ok, entry } })
}

/// Writes the first line of a device's chain. `id` names the line, `on` is the business date, `now` the wall clock
/// in milliseconds.
///
/// # Errors
/// When a field is not valid in a line.
pub fn open_chain(
    device: &mut DeviceState,
    opened: &ChainOpened,
    by: (&Id, &Id),
    on: Date,
    now: u64,
) -> Result<String, LineError> {
    let (id, actor) = by;
    let body = serde_json::to_string(opened).map_err(|_| LineError::Wrong("body"))?;
    let kv = ChainOpened::VERSION;
    let content = Content { id, no: None, actor, on, press: None, account: None, kind: OPENED, kv, body };
    content.write(device, now).map(|(bytes, _)| bytes)
}

/// Writes what another line of the device says as the next line of its chain: only place, hash and clock are new. `now` is the
/// wall clock in milliseconds.
///
/// # Errors
/// [`LineError::TooLong`] when the new place makes the line too long.
pub fn write_again(device: &mut DeviceState, old: &Line<'_>, now: u64) -> Result<String, LineError> {
    let before = device.clone();
    let line = Line {
        device: before.device.as_str(),
        chain: before.chain,
        seq: before.head.map_or(1, |head| head.seq + 1),
        prev: before.head.map(|head| head.hash),
        clock: before.clock.tick(now),
        ..old.clone()
    };
    let bytes = line.write()?;
    device.wrote(&line, Hash::of(bytes.as_bytes()));
    Ok(bytes)
}

struct Content<'a> {
    id: &'a Id,
    no: Option<&'a str>,
    actor: &'a Id,
    on: Date,
    press: Option<Press>,
    account: Option<&'a Id>,
    kind: &'a str,
    kv: u32,
    body: String,
}

impl Content<'_> {
    fn write(self, device: &mut DeviceState, now: u64) -> Result<(String, Hash), LineError> {
        let on = self.on.to_string();
        let body = RawValue::from_string(self.body).map_err(|_| LineError::Wrong("body"))?;
        let before = device.clone();
        let line = Line {
            shop: before.shop.as_str(),
            device: before.device.as_str(),
            chain: before.chain,
            seq: before.head.map_or(1, |head| head.seq + 1),
            prev: before.head.map(|head| head.hash),
            clock: before.clock.tick(now),
            id: self.id.as_str(),
            no: self.no,
            actor: self.actor.as_str(),
            on: &on,
            zone: &before.zone,
            press: self.press,
            account: self.account.map(Id::as_str),
            kind: self.kind,
            kv: self.kv,
            body: &body,
        };
        let bytes = line.write()?;
        let hash = Hash::of(bytes.as_bytes());
        device.wrote(&line, hash);
        Ok((bytes, hash))
    }
}
