//! Records of the shop's log, as an endpoint tells them: entries of other devices, and what it says about those that are
//! here already. All of a page is stored in one transaction, together with the place up to which the log was read.

use super::arrived::Arrived;
use super::held::{Chain, Held, IsAnother};
use super::told::{Said, Told};
use crate::engine::account;
use crate::engine::cache_shape::STALE;
use crate::engine::cache_text::to_text;
use crate::engine::changed::Changed;
use crate::engine::open::Engine;
use crate::engine::progress::Progress;
use crate::engine::rebuild;
use crate::engine::search_words::search_words;
use crate::sort::sort_by_key;
use crate::store::{Append, CACHES, ChainPosition, Fault, Judged, NewEntry, Store, StoredEntry};
use journal::{Hash, Line};
use ledger::date::Date;
use std::collections::BTreeMap;
use sync::client::OwnedRecord;

/// How many times the records are compared again because another tab has written meanwhile.
const TRIES: usize = 8;

/// How many entries one read returns.
const PAGE: u32 = 1_024;

/// How many entries are given their numbers in one transaction.
const NUMBERED: usize = 512;

impl<S: Store> Engine<S> {
    /// Adds records of the log, whole presses only, and stores values of the shop with them.
    ///
    /// # Errors
    ///
    /// Faults of the store, and [`Fault::Corrupt`] for a record that is no entry of this shop; nothing was written.
    pub async fn receive_records(
        &self,
        records: &[OwnedRecord],
        meta: &[(String, String)],
        (today, now): (Date, u64),
    ) -> Result<Changed, Fault> {
        let _turn = self.turn.lock().await;
        let mut changed = Changed::default();
        for _ in 0..TRIES {
            changed.join(self.catch_up(today).await?);
            let (batch, mut told) = self.compare(records).await?;
            told.meta = meta.to_vec();
            let is_news = !batch.is_empty() || told.accounts().next().is_some();
            let received = match self.receive_by_account(&batch, &told, (today, now)).await {
                Ok(None) => self.receive_and_rebuild(batch, told, (today, now)).await,
                other => other.map(Option::unwrap_or_default),
            };
            match received {
                // Another tab has received some of them.
                Err(Fault::EntryExists | Fault::Conflict) => {}
                Err(other) => return Err(other),
                Ok(own) => {
                    // Numbers of the log are nothing that a screen shows.
                    if is_news {
                        changed.join(own);
                    }
                    return Ok(changed);
                }
            }
        }
        Err(Fault::Conflict)
    }

    /// Forgets the numbers of all records after this one, and stores values of the shop with that.
    ///
    /// # Errors
    ///
    /// Faults of the store; nothing was written.
    pub async fn forget_numbers(&self, after: u64, meta: &[(String, String)]) -> Result<(), Fault> {
        let _turn = self.turn.lock().await;
        let mut judged = Vec::new();
        self.each_numbered(|at, stored, lseq| {
            if lseq > after {
                let (order, verdict) = (stored.order, stored.verdict);
                judged.push(Judged { at, order, verdict, lseq: None, signature: None });
            }
        })
        .await?;
        self.store_beside(judged, meta.to_vec()).await
    }

    /// Stores values of the shop, and what an endpoint says about entries without changing their order or verdict.
    async fn store_beside(&self, judged: Vec<Judged>, meta: Vec<(String, String)>) -> Result<(), Fault> {
        for _ in 0..TRIES {
            let text = self.store.meta(crate::store::DEVICE).await?.ok_or(Fault::Emptied)?;
            let (judged, meta) = (judged.clone(), meta.clone());
            let append =
                Append { expected: Some(text.clone()), device: text, judged, meta, ..Append::default() };
            match self.store.append(&append).await {
                Err(Fault::Conflict) => {}
                other => return other,
            }
        }
        Err(Fault::Conflict)
    }

    /// Gives entries their numbers in the log of a shop that was founded with them, and stores values of the shop with the
    /// last ones. `progress` is called with the number of entries so far.
    ///
    /// # Errors
    ///
    /// Faults of the store. Some of the entries may have their numbers then.
    pub async fn number_entries(
        &self,
        numbered: &[(ChainPosition, StoredEntry)],
        meta: &[(String, String)],
        mut progress: impl FnMut(u64),
    ) -> Result<(), Fault> {
        let _turn = self.turn.lock().await;
        let judged = |(lseq, (at, stored)): (u64, &(ChainPosition, StoredEntry))| Judged {
            at: at.clone(),
            order: stored.order,
            verdict: stored.verdict,
            lseq: Some(lseq),
            signature: None,
        };
        let mut said: Vec<_> = (1..).zip(numbered).collect();
        // Entries that arrived together are stored together, and read and written once.
        sort_by_key(&mut said, |(_, (_, stored))| stored.arrival);
        let all: Vec<Judged> = said.into_iter().map(judged).collect();
        if all.is_empty() {
            return self.store_beside(Vec::new(), meta.to_vec()).await;
        }
        let mut pieces = all.chunks(NUMBERED).peekable();
        let mut done = 0;
        while let Some(piece) = pieces.next() {
            let meta = if pieces.peek().is_none() { meta.to_vec() } else { Vec::new() };
            self.store_beside(piece.to_vec(), meta).await?;
            done += piece.len() as u64;
            progress(done);
        }
        Ok(())
    }

    /// Every entry with its place, chain by chain and branch by branch.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn entries_by_chain(&self) -> Result<Vec<(ChainPosition, StoredEntry)>, Fault> {
        let (mut all, mut place) = (Vec::new(), None);
        loop {
            let page = self.store.after(place.as_ref(), PAGE).await?;
            if page.is_empty() {
                return Ok(all);
            }
            for stored in page {
                let at = position(&stored)?;
                place = Some(at.clone());
                all.push((at, stored));
            }
        }
    }

    /// The records with the numbers after `after` up to `through`, in order, as far as they are here without a gap. Their
    /// `log_hash` is that of the empty log; the caller knows where they begin.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn stored_records(&self, after: u64, through: u64) -> Result<Vec<(u64, StoredEntry)>, Fault> {
        let mut found = BTreeMap::new();
        self.each_numbered(|_, stored, lseq| {
            if after < lseq && lseq <= through {
                found.insert(lseq, stored);
            }
        })
        .await?;
        Ok((after + 1..).zip(found).take_while(|(due, (lseq, _))| due == lseq).map(|(_, one)| one).collect())
    }

    /// Lines of a chain of this device, from the beginning of the press that line `from` is in.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn own_lines(
        &self,
        chain: u32,
        from: u64,
        through: u64,
        most: u32,
    ) -> Result<Vec<String>, Fault> {
        let device = self.device().device.to_string();
        let first = self.store.at(&ChainPosition::new(&device, chain, from)).await?;
        let inside = first.as_ref().and_then(|stored| Line::parse(stored.bytes.as_bytes()).ok()?.press);
        let before = from.saturating_sub(inside.map_or(1, |press| u64::from(press.0)));
        let mut lines = Vec::new();
        for stored in self.store.after(Some(&ChainPosition::new(&device, chain, before)), most).await? {
            let at = position(&stored)?;
            if (at.device.as_str(), at.chain) != (device.as_str(), chain)
                || !at.branch.is_empty()
                || at.seq > through
            {
                break;
            }
            lines.push(stored.bytes);
        }
        Ok(lines)
    }

    /// The last line of every chain that this device has written, as the store has them.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn own_chains(&self) -> Result<Vec<(u32, u64)>, Fault> {
        let (device, last) = {
            let state = self.device();
            (state.device.to_string(), state.chain)
        };
        let mut chains = Vec::new();
        for chain in 1..=last {
            if let Some(stored) = self.store.last(&device, chain).await? {
                chains.push((chain, position(&stored)?.seq));
            }
        }
        Ok(chains)
    }

    async fn each_numbered(
        &self,
        mut each: impl FnMut(ChainPosition, StoredEntry, u64),
    ) -> Result<(), Fault> {
        for (at, stored) in self.entries_by_chain().await? {
            if let Some(lseq) = stored.lseq {
                each(at, stored, lseq);
            }
        }
        Ok(())
    }

    /// Which records are new here, and what is told about the others.
    async fn compare(&self, records: &[OwnedRecord]) -> Result<(Vec<Arrived>, Told), Fault> {
        let shop = self.device().shop.clone();
        let mut differing = Vec::new();
        'again: loop {
            let (mut batch, mut told) = (Vec::new(), Told::default());
            let mut held = BTreeMap::<Chain, Held>::new();
            for record in records {
                let mut arrived = arrived(record, shop.as_str())?;
                let chain = (arrived.entry.at.device.clone(), arrived.entry.at.chain);
                if !held.contains_key(&chain) {
                    let differs = differing.contains(&chain);
                    held.insert(chain.clone(), Held::read(&self.store, &chain, differs).await?);
                }
                let Some(known) = held.get_mut(&chain) else { continue };
                let found = match known.take(&mut arrived) {
                    Ok(false) => {
                        batch.push(arrived);
                        continue;
                    }
                    Ok(true) => self.find(&arrived).await?,
                    Err(IsAnother) => None,
                };
                match found {
                    Some((at, stored)) => told.said.extend(said(at, &stored, &arrived, record)),
                    // A line of this very page that comes twice changes nothing.
                    None if differing.contains(&chain) => {}
                    None => {
                        differing.push(chain);
                        continue 'again;
                    }
                }
            }
            return Ok((batch, told));
        }
    }

    /// The stored entry with the same line.
    async fn find(&self, arrived: &Arrived) -> Result<Option<(ChainPosition, StoredEntry)>, Fault> {
        let is_it = |stored: &StoredEntry| Hash::of(stored.bytes.as_bytes()) == arrived.hash;
        let own = ChainPosition { branch: String::new(), ..arrived.entry.at.clone() };
        if let Some(stored) = self.store.at(&own).await?.filter(is_it) {
            return Ok(Some((own, stored)));
        }
        for branch in self.store.branches(&own.device, own.chain).await? {
            let at = ChainPosition { branch, ..own.clone() };
            if let Some(stored) = self.store.at(&at).await?.filter(is_it) {
                return Ok(Some((at, stored)));
            }
        }
        Ok(None)
    }

    /// Writes all of it in one transaction with the caches marked as stale, and rebuilds the caches.
    async fn receive_and_rebuild(
        &self,
        batch: Vec<Arrived>,
        told: Told,
        (today, now): (Date, u64),
    ) -> Result<Changed, Fault> {
        let (text, mut device) = {
            let state = self.state.borrow();
            (state.text.clone(), state.device.clone())
        };
        device.clock = device.clock.tick(now);
        let mut append = Append {
            expected: Some(text),
            device: to_text(&device)?,
            judged: told.judged().collect(),
            entries: batch.into_iter().map(|arrived| arrived.entry).collect(),
            meta: told.meta,
            ..Append::default()
        };
        append.meta.push((CACHES.into(), STALE.into()));
        self.store.append(&append).await?;
        rebuild::caches(&self.store, today, now, &mut Progress::new(&mut |_, _| ())).await?;
        self.read_again(today).await?;
        Ok(Changed::everything())
    }
}

fn position(stored: &StoredEntry) -> Result<ChainPosition, Fault> {
    let line = Line::parse(stored.bytes.as_bytes()).map_err(|why| Fault::corrupt("an entry", why))?;
    let branch = stored.branch.clone();
    Ok(ChainPosition { branch, ..ChainPosition::new(line.device, line.chain, line.seq) })
}

/// A record of a shop as an entry on its way in.
pub(super) fn arrived(record: &OwnedRecord, shop: &str) -> Result<Arrived, Fault> {
    let OwnedRecord { lseq, text, hash, signature, order, verdict, .. } = record;
    let damaged = |why: String| Fault::corrupt(format!("record {lseq} of the log"), why);
    let line = Line::parse(text.as_bytes()).map_err(|why| damaged(why.to_string()))?;
    if line.shop != shop {
        return Err(damaged("of another shop".into()));
    }
    let stored = StoredEntry {
        verdict: *verdict,
        lseq: Some(*lseq),
        signature: signature.map(|signature| signature.to_string()),
        ..StoredEntry::own(text.clone(), *order)
    };
    // An entry that cannot be read marks its account when that is folded.
    let decoded = account::record(&stored, &mut None);
    let words = decoded.as_ref().map(|record| search_words(&record.entry)).unwrap_or_default();
    let continues = line.press.is_some_and(|press| press.0 > 1);
    let goes_on = line.press.is_some_and(journal::Press::goes_on);
    let prev = line.prev;
    Ok(Arrived {
        entry: NewEntry::of_line(&line, stored, words),
        hash: *hash,
        prev,
        record: decoded,
        continues,
        goes_on,
    })
}

/// What a record says about its stored entry that is not known.
fn said(at: ChainPosition, stored: &StoredEntry, arrived: &Arrived, record: &OwnedRecord) -> Option<Said> {
    let OwnedRecord { lseq, signature, order, verdict, .. } = *record;
    let signature = signature.map(|signature| signature.to_string());
    let changes = (stored.order, stored.verdict) != (order, verdict);
    let is_known =
        !changes && stored.lseq == Some(lseq) && (signature.is_none() || stored.signature == signature);
    let judged = Judged { at, order, verdict, lseq: Some(lseq), signature };
    let account = arrived.entry.account.clone();
    (!is_known).then_some(Said { judged, hash: arrived.hash, account, changes })
}
