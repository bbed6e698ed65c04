//! The cached fold of one account: the figures that lists and the Counter need.

use journal::Hash;
use ledger::account::Account;
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::Money;
use ledger::view::charge::ChargeWait;
use ledger::view::customer::CustomerRow;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One cached account. Its figures are only a cache: folding the entries again gives the true ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Packed", into = "Packed")]
pub struct Cached {
    /// The customer, with owed and available credit.
    pub row: Arc<CustomerRow>,
    /// The amounts that the account's orders owe, by due date; dates on which nothing is owed are left out.
    pub owing: Vec<(Date, Money)>,
    /// The digest of the entries that the figures were computed from.
    pub digest: u128,
}

impl Cached {
    /// Reads the sums of the fold, so the cost does not depend on the length of the account.
    pub fn of(account: &Account, digest: u128) -> Self {
        Self { row: Arc::new(account.row()), owing: account.owing().collect(), digest }
    }
}

/// Adds an entry to the digest of its account: the sum of the first halves of its entries' hashes, which does not depend
/// on their sequence.
pub fn with_entry(digest: u128, entry: Hash) -> u128 {
    digest.wrapping_add(entry.first_half())
}

/// As it is stored: a list without names, because opening a book reads all of them. Bits of the flags: 1 company, 2 walk-in,
/// 4 a dispute to record; above them, what a charge waits for.
type Packed = (
    (Id, String, u8, Option<String>, Option<String>, Option<Date>),
    (Money, Money, Money, Option<Date>, u32, u64, Option<Date>, Option<Date>),
    Vec<(Date, Money)>,
    Digest,
);

/// Two halves, because a JSON reader has no number of 128 bits.
type Digest = (u64, u64);

/// What charges wait for, by the number that is stored.
const WAITS: [Option<ChargeWait>; 5] = [
    None,
    Some(ChargeWait::Person),
    Some(ChargeWait::NotMade),
    Some(ChargeWait::UnderWay),
    Some(ChargeWait::Stopped),
];

impl From<Cached> for Packed {
    #[allow(clippy::cast_possible_truncation)] // Each half is truncated on purpose.
    fn from(cached: Cached) -> Self {
        let row = Arc::unwrap_or_clone(cached.row);
        let charge = WAITS.iter().position(|wait| *wait == row.charge).unwrap_or_default();
        let charge = u8::try_from(charge).unwrap_or_default();
        let flags =
            u8::from(row.company) | u8::from(row.walk_in) << 1 | u8::from(row.disputed) << 2 | charge << 3;
        (
            (row.id, row.name, flags, row.phone, row.email, row.since),
            (
                row.owed,
                row.credit,
                row.to_repay,
                row.oldest_due,
                row.exceptions,
                row.records,
                row.last,
                row.sent_back,
            ),
            cached.owing,
            ((cached.digest >> 64) as u64, cached.digest as u64),
        )
    }
}

impl From<Packed> for Cached {
    fn from((who, figures, owing, (high, low)): Packed) -> Self {
        let (id, name, flags, phone, email, since) = who;
        let (owed, credit, to_repay, oldest_due, exceptions, records, last, sent_back) = figures;
        let (company, walk_in, disputed) = (flags & 1 != 0, flags & 2 != 0, flags & 4 != 0);
        let charge = WAITS.get(usize::from(flags >> 3)).copied().flatten();
        let row = CustomerRow {
            id,
            name,
            company,
            walk_in,
            phone,
            email,
            since,
            owed,
            credit,
            to_repay,
            oldest_due,
            exceptions,
            charge,
            disputed,
            sent_back,
            records,
            last,
        };
        Self { row: Arc::new(row), owing, digest: u128::from(high) << 64 | u128::from(low) }
    }
}
