//! A new book on this device: founded by its first acts, or taken over from lines written elsewhere.

use super::Desk;
use super::draft::Draft;
use super::load;
use super::press::Who;
use crate::book::NotRecorded;
use crate::book::words::words;
use crate::store::{Added, Append, Fault, Kept, Store};
use book::DeviceState;
use book::compose::open_chain;
use journal::{ChainOpened, Clock, Line, LineError, Why};
use ledger::account::CustomerBook;
use ledger::command::Command;
use ledger::date::Date;
use ledger::entry::Record;
use ledger::id::Id;
use ledger::shop::Shop;
use std::collections::{BTreeMap, HashMap};

/// What a new book is founded on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    /// The shop's id, which also names its store.
    pub shop: Id,
    /// This browser, in this book.
    pub device: Id,
    /// What the counter is called.
    pub counter: String,
    /// The time zone of the business dates.
    pub zone: String,
    /// The id of the chain's first line.
    pub first: Id,
}

impl<S: Store> Desk<S> {
    /// Writes the first press of a book: its chain opened with letter `A`, then the commands.
    ///
    /// # Errors
    /// A refusal, or a fault; [`Fault::Moved`] when the store holds a book already. Nothing was written.
    pub async fn found(
        store: S,
        founding: &Founding,
        commands: &[Command],
        who: &Who,
    ) -> Result<Self, NotRecorded> {
        let device = DeviceState::new(founding.shop.clone(), founding.device.clone(), 1, "A", &founding.zone);
        let append = first_press(device, founding, commands, who)?;
        store.append(&append).await?;
        Ok(Self::open(store, who.today).await?.ok_or(Fault::Emptied)?)
    }

    /// Takes over a journal into an empty store, and goes on writing the chain that its last line belongs to: only
    /// for lines that nobody else goes on writing.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] for a line that cannot be read, and faults of the store. Nothing was written.
    pub async fn take_over(store: S, lines: &[String], today: Date) -> Result<Self, Fault> {
        let append = taken_over(lines).map_err(|(line, why)| Fault::corrupt(format!("line {line}"), why))?;
        store.append(&append).await?;
        Self::open(store, today).await?.ok_or(Fault::Emptied)
    }
}

fn first_press(
    mut device: DeviceState,
    founding: &Founding,
    commands: &[Command],
    who: &Who,
) -> Result<Append, NotRecorded> {
    let opened = ChainOpened {
        letter: device.letter.clone(),
        name: founding.counter.clone(),
        key: None,
        why: Why::New,
        after: None,
    };
    let first = open_chain(&mut device, &opened, (&founding.first, &who.actor), who.today, who.now)
        .map_err(|e| Fault::Other(e.to_string()))?;
    let clock = device.clock;
    let mut draft = Draft::new(device, Shop::default());
    commands.iter().try_for_each(|command| draft.take(command, &HashMap::new(), who))?;
    let mut append = draft.caches(|_| None)?;
    append.entries.push(Added { kept: Kept::own(first, clock), words: Vec::new() });
    append.entries.extend(draft.added());
    Ok(append)
}

type AtLine = (usize, String);

fn taken_over(lines: &[String]) -> Result<Append, AtLine> {
    let read = |(at, line): (usize, &String)| added(line).map_err(|why| (at + 1, why));
    let read = lines.iter().enumerate().map(read).collect::<Result<Vec<_>, _>>()?;
    let last = |why: LineError| (lines.len(), why.to_string());
    let mut draft = Draft::new(continued(lines).map_err(last)?, Shop::default());
    let mut accounts: BTreeMap<Id, Vec<Record>> = BTreeMap::new();
    let mut entries = Vec::with_capacity(read.len());
    for (added, record) in read {
        entries.push(added);
        let Some(record) = record else { continue };
        match record.entry.customer.clone() {
            Some(customer) => accounts.entry(customer).or_default().push(record),
            None => draft.fold(record),
        }
    }
    for (customer, records) in accounts {
        draft.take_in(CustomerBook::new(customer.clone(), records), customer);
    }
    let caches = draft.caches(|_| None).map_err(|why| (lines.len(), why.to_string()))?;
    Ok(Append { entries, ..caches })
}

fn added(line: &str) -> Result<(Added, Option<Record>), String> {
    let clock: Clock = Line::parse(line.as_bytes()).map_err(|e| e.to_string())?.clock;
    let kept = Kept::own(line.into(), clock);
    let mut trouble = None;
    let record = load::record(&kept, &mut trouble);
    if let Some(trouble) = trouble {
        return Err(trouble.to_string());
    }
    let words = record.as_ref().map(|record| words(&record.entry)).unwrap_or_default();
    Ok((Added { kept, words }, record))
}

/// Where the chain of the last line stands.
fn continued(lines: &[String]) -> Result<DeviceState, LineError> {
    let last = lines.last().ok_or(LineError::Missing("seq"))?;
    let last = Line::parse(last.as_bytes())?;
    let mut chain = Vec::new();
    for text in lines {
        let line = Line::parse(text.as_bytes())?;
        if (line.device, line.chain) == (last.device, last.chain) {
            chain.push((line.seq, text.as_str()));
        }
    }
    chain.sort_unstable();
    DeviceState::after(chain.into_iter().map(|(_, text)| text))
}
