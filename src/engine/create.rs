//! Creates a book on this device: from its first commands, or from lines that were written elsewhere.

use super::author::Author;
use super::batch::Batch;
use super::cache_shape::SHAPE;
use super::open::Engine;
use super::outcome::NotRecorded;
use super::replay::Replay;
use super::rows::Rows;
use crate::store::{Append, CACHES, Fault, NewEntry, Store, StoredEntry};
use codec::DeviceState;
use codec::compose::open_chain;
use journal::{ChainOpened, Line, LineError, Why};
use ledger::date::Date;
use ledger::id::Id;
use ledger::rules::Command;
use ledger::shop::Shop;
use std::collections::HashMap;

/// What a new book needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBook {
    /// The shop's id, which also names its store.
    pub shop: Id,
    /// This browser's device id in this book.
    pub device: Id,
    /// The name of the counter.
    pub counter: String,
    /// The time zone of the business dates.
    pub zone: String,
    /// The id of the chain's first line.
    pub first: Id,
}

impl<S: Store> Engine<S> {
    /// Writes the first commit of a book: it opens the chain with letter `A` and records the commands.
    ///
    /// # Errors
    ///
    /// A refusal or a fault; [`Fault::Conflict`] when the store already holds a book. Nothing was written.
    pub async fn create(
        store: S,
        new_book: &NewBook,
        commands: &[Command],
        author: &Author,
    ) -> Result<Self, NotRecorded> {
        let device = DeviceState::new(new_book.shop.clone(), new_book.device.clone(), 1, "A", &new_book.zone);
        let append = first_append(device, new_book, commands, author)?;
        store.append(&append).await?;
        Ok(Self::open(store, author.today).await?.ok_or(Fault::Emptied)?)
    }

    /// Imports a journal into an empty store and continues the chain of its last line. Use it only when no other device
    /// continues that chain.
    ///
    /// # Errors
    ///
    /// [`Fault::Corrupt`] for a line that cannot be read, and faults of the store. Nothing was written.
    pub async fn import(store: S, lines: &[String], today: Date) -> Result<Self, Fault> {
        store.append(&imported(lines)?).await?;
        Self::open(store, today).await?.ok_or(Fault::Emptied)
    }
}

fn first_append(
    mut device: DeviceState,
    new_book: &NewBook,
    commands: &[Command],
    author: &Author,
) -> Result<Append, NotRecorded> {
    let opened = ChainOpened {
        letter: device.letter.clone(),
        drawer: device.drawer.clone(),
        name: new_book.counter.clone(),
        key: None,
        why: Why::New,
        after: None,
    };
    let first = open_chain(&mut device, &opened, (&new_book.first, &author.actor), author.today, author.now)
        .map_err(|e| Fault::Other(e.to_string()))?;
    let clock = device.clock;
    let mut draft = Batch::new(device, Shop::default());
    draft.decide_all(commands, &HashMap::new(), author)?;
    draft.close(author.now)?;
    let mut append = draft.caches(&Rows::default(), |_| None)?;
    append.entries.push(NewEntry::parse(StoredEntry::own(first, clock))?);
    append.entries.extend(draft.added());
    append.meta.push((CACHES.into(), SHAPE.into()));
    Ok(append)
}

fn imported(lines: &[String]) -> Result<Append, Fault> {
    let named = |at: usize, why: String| Fault::corrupt(format!("line {at}"), why);
    let mut stored = Vec::with_capacity(lines.len());
    for (at, line) in (1..).zip(lines) {
        let clock = Line::parse(line.as_bytes()).map_err(|e| named(at, e.to_string()))?.clock;
        stored.push(StoredEntry::own(line.clone(), clock));
    }
    let device = device_after(lines).map_err(|e| named(lines.len(), e.to_string()))?;
    let (replay, entries) = Replay::of_entries(stored)?;
    match &replay.trouble {
        Some(trouble) => Err(trouble.clone()),
        None => Ok(Append { entries, ..replay.caches(&device)? }),
    }
}

/// The device state at the end of the chain that the last line belongs to.
fn device_after(lines: &[String]) -> Result<DeviceState, LineError> {
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
