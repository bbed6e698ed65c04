//! What became of a document after it was printed: the entries that change what its paper says.

use crate::code::Code;
use crate::entry::EntryKind;
use crate::entry::record::{Entry, Place};
use crate::fold::customer_book::CustomerBook;
use crate::id::Id;
use crate::view::history::HistoryRow;
use crate::view::statement::Pair;
use std::collections::HashSet;
use std::sync::Arc;

/// The kinds that change a document which they name: what is left of a sale, a payment or a credit.
const CHANGING: [EntryKind; 14] = [
    EntryKind::OrderCredited,
    EntryKind::OrderPlanned,
    EntryKind::OrderWrittenOff,
    EntryKind::WriteOffReversed,
    EntryKind::CreditWrittenOff,
    EntryKind::RefundRecorded,
    EntryKind::RefundIssued,
    EntryKind::RefundRequested,
    EntryKind::CreditReversed,
    EntryKind::CreditNoteReversed,
    EntryKind::CreditTransferred,
    EntryKind::PayoutProcessed,
    EntryKind::PaymentReversed,
    EntryKind::DisputeRecorded,
];

/// One version of a paper: the last entry that what it says follows from.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Where the entry is in the journal.
    pub place: Place,
    /// The entry.
    pub entry: Arc<Entry>,
}

impl CustomerBook {
    /// The versions of a document in their order: its own entry, then each entry that counts and changes what its paper says. With the
    /// id of the customer these are the versions of the statement of account. Empty for an id that the account does not have.
    #[must_use]
    pub fn versions(&self, document: &Id) -> Vec<Version> {
        let stated = (document == self.customer()).then(|| self.stated());
        let changes = |entry: &Entry| match &stated {
            Some(stated) => stated.contains(&entry.id),
            None => self.changes(entry, document),
        };
        let found = self.records().filter(|(_, _, entry)| entry.id == *document || changes(entry));
        found.map(|(place, _, entry)| Version { place: place.clone(), entry: entry.clone() }).collect()
    }

    /// The entries with this number in their chains that could be a version of the document, whether they count or not.
    #[must_use]
    pub fn possible_versions(&self, document: &Id, seq: u64) -> Vec<Version> {
        let names = |entry: &Entry| {
            entry.id == *document || document == self.customer() || entry.body.names().contains(&document)
        };
        let found = self.records().filter(|(place, _, entry)| place.seq == seq && names(entry));
        found.map(|(place, _, entry)| Version { place: place.clone(), entry: entry.clone() }).collect()
    }

    /// What changed a document after a version of it, in the order in which it counts.
    #[must_use]
    pub fn changed_since(&self, document: &Id, version: &Version) -> Vec<HistoryRow> {
        let later = self.versions(document).into_iter().filter(|other| other.place > version.place);
        let later = later.filter(|other| other.entry.id != *document);
        later.filter_map(|other| self.account().history_row(&other.entry)).collect()
    }

    /// What is owed and the credit after a version; zero before the first posting.
    #[must_use]
    pub fn balances_after(&self, version: &Version) -> Pair {
        let until = self.records().take_while(|(place, ..)| **place <= version.place);
        let until: HashSet<&Id> = until.map(|(_, _, entry)| &entry.id).collect();
        let mut pair = Pair::default();
        for posted in self.posted().iter().filter(|posted| until.contains(&posted.entry.id)) {
            pair.owed += posted.net(Code::Receivable);
            pair.credit += -posted.net(Code::CustomerCredit);
        }
        pair
    }

    /// The ids of the entries that change the statement of account.
    fn stated(&self) -> HashSet<&Id> {
        self.posted()
            .iter()
            .filter(|posted| !posted.moved.is_empty())
            .map(|posted| &posted.entry.id)
            .collect()
    }

    fn changes(&self, entry: &Entry, document: &Id) -> bool {
        let body = &entry.body;
        let names = || CHANGING.contains(&body.entry_kind()) && body.names().contains(&document);
        // A refund that waits for an approval, or got none, took nothing.
        let asks = || self.account().refund_row(&entry.id).is_some_and(|refund| refund.asks());
        self.account().has(&entry.id) && (body.summary().continues == Some(document) || names() && !asks())
    }
}
