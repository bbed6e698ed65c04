//! What a server says about the lines of a copy. It counts where the server has signed it: the link beside the copy has the
//! server's key, from enrolling, and the places of the log that it signed.

use crate::link::Link;
use anyhow::Result;
use foldhash::HashMap;
use journal::{Clock, Hash, Side, SideVerdict};
use ledger::entry::Verdict;
use std::path::Path;
use sync::{LogHash, SignedHead};

/// The side records of a file, and the link beside it.
#[derive(Default)]
pub struct SideRecords {
    link: Option<Link>,
    /// Of each line with a number: its hash, its order and its verdict.
    told: Vec<(u64, Hash, Clock, SideVerdict)>,
}

/// The order and the verdict of each line that the server has numbered, by the line's branch.
#[derive(Default)]
pub struct Signed {
    lines: HashMap<u128, (Clock, Verdict)>,
    /// The number of lines of which this is so.
    pub through: u64,
}

impl SideRecords {
    /// Reads the link beside a book, if it has one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn beside(book: &Path) -> Result<Self> {
        Ok(Self { link: Link::read(book)?, told: Vec::new() })
    }

    /// Notes a side record.
    pub fn note(&mut self, side: &Side<'_>) {
        if let (Some(_), Some(lseq)) = (&self.link, side.lseq) {
            self.told.push((lseq, side.hash, side.order, side.verdict));
        }
    }

    /// What counts; nothing for a file without a link. `None` if the side records are not those that the server signed.
    pub fn signed(mut self) -> Option<Signed> {
        let Some((shop, head)) = self.link.as_ref().and_then(signed_end) else {
            return Some(Signed::default());
        };
        self.told.sort_unstable_by_key(|(lseq, ..)| *lseq);
        let through = usize::try_from(head.lseq).ok()?;
        let told = self.told.get(..through)?;
        let mut at = LogHash::empty(shop);
        let mut lines = HashMap::with_capacity_and_hasher(through, Default::default());
        for ((lseq, hash, order, verdict), number) in told.iter().zip(1_u64..) {
            if *lseq != number {
                return None;
            }
            at = at.then(*hash, *order, *verdict);
            let counts = if verdict.is_ok() { Verdict::Ok } else { Verdict::Refused };
            lines.insert(hash.first_half(), (*order, counts));
        }
        (at == head.log_hash).then_some(Signed { lines, through: head.lseq })
    }
}

/// The shop of a link, and the last place of its log that the server signed.
fn signed_end(link: &Link) -> Option<(&str, SignedHead)> {
    let key = link.endpoint_key.as_ref()?;
    let is_signed = |head: &SignedHead| key.verify(&head.statement(&link.shop), &head.signature).is_ok();
    let heads = link.kept.iter().map(|kept| kept.head);
    heads.filter(is_signed).max_by_key(|head| head.lseq).map(|head| (link.shop.as_str(), head))
}

impl Signed {
    /// The order and the verdict of a line: what the server says, or its own clock and accepted.
    pub fn of(&self, branch: u128, clock: Clock) -> (Clock, Verdict) {
        self.lines.get(&branch).copied().unwrap_or((clock, Verdict::Ok))
    }
}
