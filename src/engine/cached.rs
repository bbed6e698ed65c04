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
#[serde(try_from = "Packed", into = "Packed")]
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

/// As it is stored: numbers and texts without names, because opening a book reads all of them. Bits of the flags: 1 company,
/// 2 walk-in, 4 a dispute to record; above them, what a charge waits for.
type Packed = (
    (Id, String, u8, Option<String>, Option<String>, Option<Day>),
    (i64, i64, i64, Option<Day>, u32, u64, Option<Day>, Option<Day>),
    Vec<(Day, i64)>,
    [u8; 16],
);

/// Year, month and day.
type Day = (i16, i8, i8);

fn day(date: Date) -> Day {
    (date.0.year(), date.0.month(), date.0.day())
}

fn date((year, month, day): Day) -> Result<Date, &'static str> {
    jiff::civil::Date::new(year, month, day).map(Date).map_err(|_| "not a day of the calendar")
}

/// What charges wait for, by the number that is stored.
const WAITS: [Option<ChargeWait>; 5] = [
    None,
    Some(ChargeWait::Person),
    Some(ChargeWait::NotMade),
    Some(ChargeWait::UnderWay),
    Some(ChargeWait::Stopped),
];

impl From<Cached> for Packed {
    fn from(cached: Cached) -> Self {
        let row = Arc::unwrap_or_clone(cached.row);
        let charge = WAITS.iter().position(|wait| *wait == row.charge).unwrap_or_default();
        let charge = u8::try_from(charge).unwrap_or_default();
        let flags =
            u8::from(row.company) | u8::from(row.walk_in) << 1 | u8::from(row.disputed) << 2 | charge << 3;
        (
            (row.id, row.name, flags, row.phone, row.email, row.since.map(day)),
            (
                row.owed.0,
                row.credit.0,
                row.to_repay.0,
                row.oldest_due.map(day),
                row.exceptions,
                row.records,
                row.last.map(day),
                row.sent_back.map(day),
            ),
            cached.owing.into_iter().map(|(due, owed)| (day(due), owed.0)).collect(),
            cached.digest.to_be_bytes(),
        )
    }
}

impl TryFrom<Packed> for Cached {
    type Error = &'static str;

    fn try_from((who, figures, owing, digest): Packed) -> Result<Self, Self::Error> {
        let (id, name, flags, phone, email, since) = who;
        let (owed, credit, to_repay, oldest_due, exceptions, records, last, sent_back) = figures;
        let row = CustomerRow {
            id,
            name,
            company: flags & 1 != 0,
            walk_in: flags & 2 != 0,
            phone,
            email,
            since: since.map(date).transpose()?,
            owed: Money(owed),
            credit: Money(credit),
            to_repay: Money(to_repay),
            oldest_due: oldest_due.map(date).transpose()?,
            exceptions,
            charge: WAITS.get(usize::from(flags >> 3)).copied().flatten(),
            disputed: flags & 4 != 0,
            sent_back: sent_back.map(date).transpose()?,
            records,
            last: last.map(date).transpose()?,
        };
        let owing = owing.into_iter().map(|(due, owed)| Ok((date(due)?, Money(owed))));
        let owing = owing.collect::<Result<_, Self::Error>>()?;
        Ok(Self { row: Arc::new(row), owing, digest: u128::from_be_bytes(digest) })
    }
}
