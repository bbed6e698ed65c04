//! The ledger of a partner: every entry that moved commission of theirs. No index leads from a partner to their orders, so the
//! journal is read once; only the accounts that name the partner are folded.

use super::account;
use super::gathered::Gathered;
use super::open::Engine;
use crate::sort::sort_by;
use crate::store::{Fault, SHOP, Store, StoredEntry};
use journal::Hash;
use ledger::exception::Kind;
use ledger::fold::ShopBook;
use ledger::id::Id;
use ledger::money::Money;
use ledger::view::history::HistoryRow;
use ledger::view::partner::PartnerPosting;

/// A line of the ledger, with the balance after it.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerLine {
    /// What moved.
    pub posting: PartnerPosting,
    /// The entry of an account, in the data of its sentence; `None` for an entry of the shop.
    pub of_account: Option<HistoryRow>,
    /// What is payable after it, in minor units; below zero if more was paid than earned.
    pub payable: Money,
    /// What is calculated and not payable yet after it.
    pub accrued: Money,
}

impl<S: Store> Engine<S> {
    /// The lines of a partner by day, with running balances; `None` if `goes_on` said no. `progress` is called with the
    /// number of entries read so far.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn partner_ledger(
        &self,
        partner: &Id,
        progress: impl Fn(u64),
        goes_on: impl Fn() -> bool,
    ) -> Result<Option<Vec<PartnerLine>>, Fault> {
        let mut lines = Vec::new();
        let visit = async |account: &str, entries| {
            lines.extend(self.of_partner(partner, account, entries).await?);
            Ok(())
        };
        let is_whole = self.each_account(visit, progress, goes_on).await?;
        Ok(is_whole.then(|| in_sequence(lines)))
    }

    /// The lines of a partner in one account (`""`: of the shop), which has these entries.
    async fn of_partner(
        &self,
        partner: &Id,
        account: &str,
        entries: Vec<StoredEntry>,
    ) -> Result<Vec<PartnerLine>, Fault> {
        let named = format!("\"{partner}\"");
        if !entries.iter().any(|stored| stored.bytes.contains(&named)) {
            return Ok(Vec::new());
        }
        let line = |posting, of_account| PartnerLine {
            posting,
            of_account,
            payable: Money::ZERO,
            accrued: Money::ZERO,
        };
        if account.is_empty() {
            let (mut trouble, mut gathered) = (None, Gathered::default());
            for stored in &entries {
                let record = account::record(stored, &mut trouble);
                gathered.add(record, Hash::of(stored.bytes.as_bytes()), &stored.branch);
            }
            let book = ShopBook::new(gathered.into_parts().0);
            let own = PartnerPosting::among(&book.posted_journal(), partner.as_str());
            return Ok(own.into_iter().map(|posting| line(posting, None)).collect());
        }
        let customer = Id::new(account).map_err(|_| Fault::corrupt("an account", account))?;
        let shop = self.sealed_shop().await?.ok_or_else(|| Fault::corrupt(SHOP, "an entry"))?;
        let opened = (self.fold)(customer, entries).await?;
        let own = PartnerPosting::among(&opened.book.posted_journal(&shop.seals), partner.as_str());
        let row = |posting: &PartnerPosting| {
            let id = &posting.entry.id;
            opened.book.account().row_across_accounts(Kind::IdClash, id, id, None).entry
        };
        Ok(own
            .into_iter()
            .map(|posting| {
                let row = row(&posting);
                line(posting, row)
            })
            .collect())
    }
}

/// Sorts the lines and adds up.
fn in_sequence(mut lines: Vec<PartnerLine>) -> Vec<PartnerLine> {
    sort_by(&mut lines, |one, other| {
        (one.posting.day, &one.posting.at).cmp(&(other.posting.day, &other.posting.at))
    });
    let (mut payable, mut accrued) = (Money::ZERO, Money::ZERO);
    for line in &mut lines {
        payable += line.posting.earned - line.posting.paid;
        accrued += line.posting.accrued;
        (line.payable, line.accrued) = (payable, accrued);
    }
    lines
}
