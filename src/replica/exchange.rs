//! The exchange of an open book: a loop that passes on what happens and carries out what the client wants done.

use super::inbox::{Inbox, Notice};
use super::moved::moved;
use super::platform::Platform;
use super::refused::noted;
use super::stored::{LINK, Link};
use crate::engine::{Changed, Engine, NewChain};
use crate::store::{Fault, Store};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use journal::{ChainOpened, Hash, Line, Press, Why};
use ledger::date::Date;
use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;
use sync::admit::whole_presses;
use sync::client::{
    Client, Effect, Event, Kept, OwnLine, OwnedRecord, Save, Start, StartChain, Status, What,
};
use sync::wire::limits::{MAX_BATCH, MAX_BATCH_BYTES};
use sync::{Checkpoint, LogHash, PublicKey, Signature};

/// What the exchange tells the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// The state of the exchange has changed.
    Status(Status),
    /// What others have recorded is in the book.
    Changed(Changed),
    /// The device goes on with a new chain.
    NewChain,
    /// The owner has moved the shop to no endpoint: the book stands alone.
    Left,
    /// The device could not store or read something; it is tried again.
    Fault(Fault),
}

/// One exchange: everything that its futures share.
struct Exchange<S, P> {
    engine: Rc<Engine<S>>,
    platform: P,
    inbox: Inbox,
    origin: String,
    kept: RefCell<Vec<Kept>>,
    /// The business date.
    today: fn() -> Date,
    show: Box<dyn Fn(Shown)>,
}

/// Exchanges until the inbox says that the book is closed. Returns at once if the book stands alone.
///
/// # Errors
///
/// When the store cannot be read at the beginning.
pub async fn run<S: Store + 'static, P: Platform>(
    engine: Rc<Engine<S>>,
    platform: P,
    inbox: Inbox,
    today: fn() -> Date,
    show: impl Fn(Shown) + 'static,
) -> Result<(), Fault> {
    let Some((link, kept)) = Link::read(&engine).await? else { return Ok(()) };
    let link = follow(&engine, &platform, link, today()).await?;
    let (shop, device) = {
        let state = engine.device();
        (state.shop.to_string(), state.device.to_string())
    };
    let written = engine.own_chains().await?;
    let start = Start {
        bearer: platform.needs_bearer(),
        origin: link.origin.clone(),
        shop: shop.clone(),
        device,
        oldest: oldest(&engine, &link, &written).await?,
        saved: link.saved,
        kept: kept.clone(),
        written,
    };
    let exchange = Rc::new(Exchange {
        engine,
        platform,
        inbox,
        origin: link.origin,
        kept: RefCell::new(kept),
        today,
        show: Box::new(show),
    });
    exchange.drive(Client::new(start), &format!("/v1/shops/{shop}/events")).await;
    Ok(())
}

/// The connection with the endpoint that the platform reaches, if the owner has moved the shop there; else as it was.
async fn follow<S: Store>(
    engine: &Engine<S>,
    platform: &impl Platform,
    link: Link,
    today: Date,
) -> Result<Link, Fault> {
    let here = platform.origin();
    let to = if link.origin == here { None } else { moved(engine).await?.and_then(|moved| moved.address) };
    if to.is_none_or(|to| to.as_str() != here) {
        return Ok(link);
    }
    let link = Link { origin: here, ..link };
    engine.receive_records(&[], &link.values(None)?, (today, platform.now())).await?;
    Ok(link)
}

/// When the oldest line was written that is not acknowledged.
async fn oldest<S: Store>(
    engine: &Engine<S>,
    link: &Link,
    written: &[(u32, u64)],
) -> Result<Option<u64>, Fault> {
    let mut oldest = None;
    for (chain, last) in written {
        let own = link.saved.chains.iter().find(|own| own.chain == *chain);
        let acked = own.map_or(0, |own| own.acked);
        if acked < own.and_then(|own| own.end).unwrap_or(*last) {
            let line = engine.own_lines(*chain, acked + 1, acked + 1, 1).await?;
            let clock = line.first().and_then(|line| Some(Line::envelope(line.as_bytes()).ok()?.clock.0));
            oldest = oldest.into_iter().chain(clock).min();
        }
    }
    Ok(oldest)
}

/// What is waited for.
#[derive(Default)]
struct Waiting {
    /// The answer of the one open effect.
    answer: Option<LocalBoxFuture<'static, What>>,
    wake: Option<LocalBoxFuture<'static, ()>>,
    stream: Option<LocalBoxFuture<'static, ()>>,
}

impl Waiting {
    /// What happens next; `None` when the book is closed.
    async fn next(&mut self, inbox: &Inbox) -> Option<What> {
        let mut notice = Box::pin(inbox.next());
        poll_fn(|cx| {
            if let Poll::Ready(notice) = notice.poll_unpin(cx) {
                return Poll::Ready(heard(notice));
            }
            if let Some(Poll::Ready(what)) = self.answer.as_mut().map(|future| future.poll_unpin(cx)) {
                self.answer = None;
                return Poll::Ready(Some(what));
            }
            if let Some(Poll::Ready(())) = self.wake.as_mut().map(|future| future.poll_unpin(cx)) {
                self.wake = None;
                return Poll::Ready(Some(What::Woke));
            }
            if let Some(Poll::Ready(())) = self.stream.as_mut().map(|future| future.poll_unpin(cx)) {
                self.stream = None;
                return Poll::Ready(Some(What::StreamEnded));
            }
            Poll::Pending
        })
        .await
    }
}

fn heard(notice: Notice) -> Option<What> {
    match notice {
        Notice::Wrote { chain, seq } => Some(What::Wrote { chain, seq }),
        Notice::Online => Some(What::Online),
        Notice::Offline => Some(What::Offline),
        Notice::Again => Some(What::Started),
        Notice::Moved(moved) => Some(What::Moved(moved)),
        Notice::Closed => None,
    }
}

impl<S: Store + 'static, P: Platform> Exchange<S, P> {
    async fn drive(self: Rc<Self>, mut client: Client, events: &str) {
        let mut waiting = Waiting::default();
        let mut what = What::Started;
        loop {
            let event = Event { now: self.platform.now(), random: self.platform.random(), what };
            let mut is_caught_up = false;
            for effect in client.step(event) {
                is_caught_up |= matches!(effect, Effect::Listen(_));
                self.carry_out(effect, &client, events, &mut waiting);
            }
            if is_caught_up && self.told(self.leave().await) == Some(true) {
                return;
            }
            let Some(next) = waiting.next(&self.inbox).await else { return };
            what = next;
        }
    }

    fn carry_out(self: &Rc<Self>, effect: Effect, client: &Client, events: &str, waiting: &mut Waiting) {
        let here = Rc::clone(self);
        match effect {
            Effect::Send(send) => {
                waiting.answer = Some(Box::pin(async move { answer(&here.platform, &send).await }));
            }
            Effect::Sign { ticket, statement } => {
                waiting.answer = Some(Box::pin(async move {
                    What::Signed { ticket, signature: here.platform.sign(statement).await }
                }));
            }
            Effect::ReadLines { ticket, chain, from, through } => {
                waiting.answer = Some(Box::pin(async move {
                    let lines = here.told(here.lines(chain, from, through).await).unwrap_or_default();
                    What::Lines { ticket, lines }
                }));
            }
            Effect::ReadRecords { ticket, after, through } => {
                let cursor = client.saved().cursor.checkpoint();
                waiting.answer = Some(Box::pin(async move {
                    let records = here.told(here.records(cursor, after, through).await).unwrap_or_default();
                    What::Records { ticket, records }
                }));
            }
            Effect::Save(save) => {
                waiting.answer = Some(Box::pin(async move {
                    let ticket = save.ticket;
                    match here.told(here.save(*save).await) {
                        Some(()) => What::Saved { ticket },
                        None => What::NotSaved { ticket },
                    }
                }));
            }
            Effect::StartChain(start) => {
                waiting.answer = Some(Box::pin(async move {
                    let ticket = start.ticket;
                    match here.told(here.start_chain(start).await) {
                        Some(written) => What::ChainStarted { ticket, written },
                        None => What::NotSaved { ticket },
                    }
                }));
            }
            Effect::Listen(token) => {
                if waiting.stream.is_none() {
                    let events = events.to_owned();
                    waiting.stream = Some(Box::pin(async move {
                        let hear = |moved| here.inbox.put(Notice::Moved(moved));
                        here.platform.listen(&events, token.as_deref(), &hear).await;
                    }));
                }
            }
            Effect::Wake(millis) => {
                waiting.wake = Some(Box::pin(async move { here.platform.sleep(millis).await }));
            }
            Effect::Show(status) => (self.show)(Shown::Status(status)),
        }
    }

    /// Leaves the endpoint if the owner has moved the shop to none: the book stays as it is, and is connected no more.
    async fn leave(&self) -> Result<bool, Fault> {
        if moved(&self.engine).await?.is_none_or(|moved| moved.address.is_some()) {
            return Ok(false);
        }
        let alone = [(LINK.to_owned(), String::new())];
        self.engine.receive_records(&[], &alone, ((self.today)(), self.platform.now())).await?;
        (self.show)(Shown::Left);
        Ok(true)
    }

    /// Shows a fault.
    fn told<T>(&self, result: Result<T, Fault>) -> Option<T> {
        result.map_err(|fault| (self.show)(Shown::Fault(fault))).ok()
    }

    /// The next lines of a push, the last of them signed.
    async fn lines(&self, chain: u32, from: u64, through: u64) -> Result<Vec<OwnLine>, Fault> {
        let most = u32::try_from(2 * MAX_BATCH).unwrap_or(u32::MAX);
        let mut texts = self.engine.own_lines(chain, from, through, most).await?;
        let goes_on = |text: &String| {
            Line::envelope(text.as_bytes()).ok().and_then(|line| line.press).is_some_and(Press::goes_on)
        };
        let sizes: Vec<_> = texts.iter().map(|text| (text.len(), goes_on(text))).collect();
        texts.truncate(whole_presses(sizes, MAX_BATCH, MAX_BATCH_BYTES));
        let mut lines: Vec<OwnLine> =
            texts.into_iter().map(|text| OwnLine { text, signature: None }).collect();
        if let Some(last) = lines.last_mut() {
            let statement = *Hash::of(last.text.as_bytes()).bytes();
            last.signature = match self.key_of(chain).await? {
                Some(key) => self.platform.sign_with(key, statement).await,
                None => self.platform.sign(statement).await,
            };
        }
        Ok(lines)
    }

    /// The key that a chain of this device was opened with; `None` for the one that it enrolled with.
    async fn key_of(&self, chain: u32) -> Result<Option<PublicKey>, Fault> {
        let first = self.engine.own_lines(chain, 1, 1, 1).await?;
        let key = first.first().and_then(|text| {
            let line = Line::envelope(text.as_bytes()).ok()?;
            PublicKey::parse(&ChainOpened::parse(line.kv, line.body).ok()?.key?).ok()
        });
        Ok(key)
    }

    /// Records of the log as they are here, beginning at a place whose hash is known.
    async fn records(&self, cursor: Checkpoint, after: u64, through: u64) -> Result<Vec<OwnedRecord>, Fault> {
        let shop = self.engine.device().shop.to_string();
        let known = self.kept.borrow().iter().map(|kept| kept.head.checkpoint()).collect::<Vec<_>>();
        let begin = known.into_iter().chain([cursor]).filter(|at| at.lseq <= after).max_by_key(|at| at.lseq);
        let mut at = begin.unwrap_or(Checkpoint { lseq: 0, log_hash: LogHash::empty(&shop) });
        let mut records = Vec::new();
        for (lseq, stored) in self.engine.stored_records(at.lseq, through).await? {
            let hash = Hash::of(stored.bytes.as_bytes());
            let log_hash = at.log_hash.then(hash, stored.order, stored.verdict);
            at = Checkpoint { lseq, log_hash };
            if lseq > after {
                records.push(OwnedRecord {
                    lseq,
                    text: stored.bytes,
                    hash,
                    signature: stored.signature.as_deref().and_then(|text| Signature::parse(text).ok()),
                    order: stored.order,
                    verdict: stored.verdict,
                    // The endpoint's own time is not kept: an entry's order is close to it, or below.
                    received: stored.order.0,
                    log_hash,
                });
            }
        }
        Ok(records)
    }

    /// Stores a page, or another state of the exchange, in one transaction.
    async fn save(&self, save: Save) -> Result<(), Fault> {
        let changes = save.keep.is_some() || !save.forget.is_empty();
        let mut kept = self.kept.borrow().clone();
        kept.retain(|kept| !save.forget.contains(&kept.head.lseq));
        kept.extend(save.keep);
        let link = Link { origin: self.origin.clone(), saved: save.saved };
        let mut values = link.values(changes.then_some(kept.as_slice()))?;
        values.extend(noted(self.engine.store(), &save.records).await?);
        if let Some(after) = save.rewound_to {
            self.engine.forget_numbers(after, &values).await?;
        } else {
            let at = ((self.today)(), self.platform.now());
            let changed = self.engine.receive_records(&save.records, &values, at).await?;
            (self.show)(Shown::Changed(changed));
        }
        *self.kept.borrow_mut() = kept;
        Ok(())
    }

    async fn start_chain(&self, start: StartChain) -> Result<u64, Fault> {
        let StartChain { chain, why, saved, old, after, .. } = start;
        // Both copies of a profile have the same keys: with one of its own, no other copy writes in the new chain.
        let key = if why == Why::Fork { self.platform.new_key().await } else { None };
        let key = key.map(|key| key.to_string());
        let new = NewChain { highest: chain.saturating_sub(1), key, ..NewChain::of_store(why) };
        let values = Link { origin: self.origin.clone(), saved }.values(None)?;
        let at = ((self.today)(), self.platform.now());
        match why {
            Why::Fork => self.engine.record_again(&new, (old, after), &values, at).await?,
            Why::New | Why::Restored | Why::Lost => {
                // If this is interrupted before the state is stored, the next start finds the new chain in the book.
                self.engine.start_new_chain(&new, at.0, at.1).await?;
                self.engine.receive_records(&[], &values, at).await?;
            }
        }
        (self.show)(Shown::NewChain);
        Ok(self.engine.device().head.map_or(0, |head| head.seq))
    }
}

/// Sends a request.
pub(super) async fn answer(platform: &impl Platform, send: &sync::client::Send) -> What {
    let ticket = send.ticket;
    match platform.send(send).await {
        Some(super::Answer { status, media, body }) => What::Answered { ticket, status, media, body },
        None => What::NoAnswer { ticket },
    }
}
