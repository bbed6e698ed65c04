//! The shop after a few received entries of its own, and the accounts that a received seal concerns.

use super::arrived::Arrived;
use crate::engine::account;
use crate::engine::contribution::Contribution;
use crate::engine::gathered::Gathered;
use crate::engine::late::Late;
use crate::engine::open::Engine;
use crate::store::{ChainPosition, Fault, Store, StoredEntry};
use journal::{Hash, Line, OPENED};
use ledger::entry::Covered;
use ledger::fold::ShopBook;
use ledger::shop::{Seal, Seals, Shop};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most entries behind a seal that are looked at; with more, all caches are rebuilt once.
const MOST_BEHIND: usize = 1_000;

/// The account of the shop's own entries.
const OF_SHOP: &str = "";

/// The number of entries that one read returns.
const PAGE: u32 = 256;

/// The shop after its own entries.
pub(super) struct ShopAfter {
    /// The shop, with the sums before any entry.
    pub shop: Shop,
    /// What its entries contribute.
    pub change: Contribution,
    /// The seals before them.
    pub before: Arc<Seals>,
    /// The accounts of entries that a new seal does not cover: some of these may count on another day now.
    pub behind: BTreeSet<String>,
    /// Its own late entries and void seals, if its entries changed.
    pub late: Option<Vec<Late>>,
}

impl<S: Store> Engine<S> {
    /// The shop after its own entries; `None` if one of its entries cannot be read, or if a seal changes the days of more
    /// than a few entries. The shop's records are read only if they are needed: when some of the entries are the shop's, and
    /// once after a day was sealed.
    pub(super) async fn shop_after(&self, entries: &[&Arrived]) -> Result<Option<ShopAfter>, Fault> {
        let cached = self.shop();
        let with_sums = |shop: &Shop| Shop { sums: cached.sums.clone(), ..shop.clone() };
        if entries.iter().all(|arrived| arrived.record.is_none()) {
            let shop = match cached.sealed {
                Some(_) => self.sealed_shop().await?,
                None => Some(Arc::clone(&cached)),
            };
            let (change, behind) = (Contribution::default(), BTreeSet::new());
            return Ok(shop.map(|shop| ShopAfter {
                shop: with_sums(&shop),
                change,
                before: shop.seals.clone(),
                behind,
                late: None,
            }));
        }
        let stored = self.store.entries(OF_SHOP).await?;
        let new = entries.iter().map(|arrived| &arrived.entry.stored);
        let (Some(old), Some(new)) = (book(&stored), book(stored.iter().chain(new))) else { return Ok(None) };
        let (before, after) = (&old.shop().seals, &new.shop().seals);
        let behind = match first_new(before, after) {
            Err(OthersVoid) => return Ok(None),
            Ok(None) => BTreeSet::new(),
            Ok(Some(seal)) => match self.behind(seal).await? {
                Some(behind) => behind,
                None => return Ok(None),
            },
        };
        let mut change = Contribution::of_shop(&new);
        change.subtract(&Contribution::of_shop(&old));
        let late = Some(Late::of_shop(&new));
        Ok(Some(ShopAfter { shop: with_sums(new.shop()), change, before: before.clone(), behind, late }))
    }

    /// The accounts of the entries that a seal does not cover; `None` if there are more than a few.
    async fn behind(&self, seal: &Seal) -> Result<Option<BTreeSet<String>>, Fault> {
        let (mut accounts, mut count) = (BTreeSet::new(), 0);
        let mut place: Option<ChainPosition> = None;
        while count <= MOST_BEHIND {
            let page = self.store.after(place.as_ref(), PAGE).await?;
            if page.is_empty() {
                return Ok(Some(accounts));
            }
            for stored in page {
                let Ok(line) = Line::parse(stored.bytes.as_bytes()) else { return Ok(None) };
                let up_to = covered(seal, &line);
                let at = ChainPosition::new(line.device, line.chain, line.seq.max(up_to));
                place = Some(ChainPosition { branch: stored.branch.clone(), ..at });
                if line.seq <= up_to {
                    // The next read goes on after what is covered of this chain or branch.
                    break;
                }
                count += 1;
                accounts.extend(line.account.map(str::to_owned));
            }
        }
        Ok(None)
    }

    /// The shop with all its seals; `None` if one of its entries cannot be read.
    pub(in crate::engine) async fn sealed_shop(&self) -> Result<Option<Arc<Shop>>, Fault> {
        let (known, arrived) = {
            let state = self.state.borrow();
            (state.sealed_shop.clone(), state.arrivals.last)
        };
        let shop = match known {
            Some((known, shop)) if known == arrived || !self.of_shop_since(known).await? => shop,
            _ => match book(&self.store.entries(OF_SHOP).await?) {
                Some(book) => Arc::new(book.shop().clone()),
                None => return Ok(None),
            },
        };
        self.state.borrow_mut().sealed_shop = Some((arrived, shop.clone()));
        Ok(Some(shop))
    }

    /// Whether entries of the shop have arrived since.
    async fn of_shop_since(&self, arrival: u64) -> Result<bool, Fault> {
        let mut found = false;
        let look = |line: &Line<'_>| found |= line.account.is_none() && line.kind != OPENED;
        self.each_line_since(arrival, look).await?;
        Ok(found)
    }
}

/// The fold of the shop's own entries; `None` if one of them cannot be read.
fn book<'a>(entries: impl IntoIterator<Item = &'a StoredEntry>) -> Option<ShopBook> {
    let (mut trouble, mut gathered) = (None, Gathered::default());
    for stored in entries {
        let record = account::record(stored, &mut trouble);
        gathered.add(record, Hash::of(stored.bytes.as_bytes()), &stored.branch);
    }
    trouble.is_none().then(|| ShopBook::new(gathered.into_parts().0))
}

/// Seals that counted before are void now.
struct OthersVoid;

/// The first of the seals that count now and did not before.
fn first_new<'a>(before: &Seals, after: &'a Seals) -> Result<Option<&'a Seal>, OthersVoid> {
    let mut now = after.counting();
    for seal in before.counting() {
        if now.next().map(|now| &now.entry) != Some(&seal.entry) {
            return Err(OthersVoid);
        }
    }
    Ok(now.next())
}

/// The number up to which a seal covers the chain of a line.
fn covered(seal: &Seal, line: &Line<'_>) -> u64 {
    let of_chain = |each: &&Covered| (each.device.as_str(), each.chain) == (line.device, line.chain);
    seal.covers.iter().find(of_chain).map_or(0, |covered| covered.seq)
}
