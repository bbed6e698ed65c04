//! What a seal and an unseal carry, from the entries that this counter holds.

use super::open::Engine;
use crate::store::{ChainPosition, Fault, Store};
use journal::Line;
use ledger::code::{BookAccount, Code};
use ledger::date::Date;
use ledger::entry::{Balance, Covered};
use ledger::id::Id;
use ledger::money::Money;
use ledger::rules::{Act, SealDay, UnsealDay};

/// The first code of the chart of accounts.
const FIRST: u16 = 1000;

/// The number of lines of branches that one read returns.
const PAGE: u32 = 256;

/// After every branch of a chain: branches are named by hashes.
const LAST: &str = "\u{ffff}";

impl<S: Store> Engine<S> {
    /// The act that seals a day: the seal before it, what this counter holds of every chain, and the trial balance.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn seal_day(&self, day: Date) -> Result<Act, Fault> {
        let shop = self.sealed_shop().await?.ok_or_else(|| Fault::corrupt("the shop", "a seal"))?;
        let after = shop.seals.last().map(|seal| seal.entry.clone());
        let after_covers = shop.seals.last().map(|seal| seal.covers.clone()).unwrap_or_default();
        let mut balances = Vec::new();
        for (code, party, sum) in self.store.sums_to(FIRST, &day.to_string()).await? {
            let code = Code::try_from(code).map_err(|_| Fault::corrupt("totals", &party))?;
            let account = BookAccount { code, party: party.as_str().into() };
            balances.push(Balance { account, balance: Money(sum) });
        }
        let covers = self.held().await?;
        Ok(Act::SealDay(SealDay { day, after, after_covers, covers, balances }))
    }

    /// The act that takes the last seal back; refused when it is committed if there is none.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn unseal_day(&self, day: Date, reason: Option<String>) -> Result<Act, Fault> {
        let shop = self.sealed_shop().await?.ok_or_else(|| Fault::corrupt("the shop", "a seal"))?;
        let mut last_first = shop.seals.counting().rev();
        let seal = last_first.next().filter(|last| last.day == day).map(|last| last.entry.clone());
        let before = last_first.next().map(|seal| seal.day);
        Ok(Act::UnsealDay(UnsealDay { day, seal, before, reason }))
    }

    /// The last number that this counter holds of each chain, in all its branches.
    async fn held(&self) -> Result<Vec<Covered>, Fault> {
        let (mut held, mut place) = (Vec::new(), None::<ChainPosition>);
        while let Some(first) = self.store.after(place.as_ref(), 1).await?.into_iter().next() {
            let line = Line::parse(first.bytes.as_bytes()).map_err(|why| Fault::corrupt("an entry", why))?;
            let (device, chain) = (line.device, line.chain);
            let mut seq = line.seq;
            if let Some(last) = self.store.last(device, chain).await? {
                let last =
                    Line::parse(last.bytes.as_bytes()).map_err(|why| Fault::corrupt("an entry", why))?;
                seq = seq.max(last.seq);
            }
            for branch in self.store.branches(device, chain).await? {
                seq = seq.max(self.end_of_branch(device, chain, &branch).await?);
            }
            let device_id = Id::new(device).map_err(|_| Fault::corrupt("a device", device))?;
            held.push(Covered { device: device_id, chain, seq });
            place = Some(ChainPosition { branch: LAST.into(), ..ChainPosition::new(device, chain, 0) });
        }
        Ok(held)
    }

    async fn end_of_branch(&self, device: &str, chain: u32, branch: &str) -> Result<u64, Fault> {
        let mut place = ChainPosition { branch: branch.into(), ..ChainPosition::new(device, chain, 0) };
        loop {
            let page = self.store.after(Some(&place), PAGE).await?;
            let own = page.iter().filter(|stored| stored.branch == branch);
            let lines = own.filter_map(|stored| Line::parse(stored.bytes.as_bytes()).ok());
            let of_chain = lines.filter(|line| (line.device, line.chain) == (device, chain));
            let Some(last) = of_chain.map(|line| line.seq).max() else { return Ok(place.seq) };
            place.seq = last;
        }
    }
}
