//! One day of the drawers and bank accounts: what was in each, what moved and why, what is in each, and how it was counted.

use crate::code::{BookAccount, MoneyAccount};
use crate::date::Date;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::money::Money;
use crate::posted::PostedRow;
use std::collections::BTreeMap;

/// Why money moves, in the order of the report. A reversal is of the same cause, with the opposite sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Payments of customers.
    Payments,
    /// Refunds of payments.
    Refunds,
    /// Credit that was paid out.
    PayOuts,
    /// Commission that was paid to partners.
    Partners,
    /// Money moved between accounts.
    Moved,
    /// Fees.
    Fees,
    /// What was in the account when the book began.
    Opened,
    /// What a count found more or less.
    Counted,
    /// Entries of later versions.
    Other,
}

impl Cause {
    const KINDS: [(EntryKind, Self); 16] = [
        (EntryKind::PaymentRecorded, Self::Payments),
        (EntryKind::PaymentReversed, Self::Payments),
        (EntryKind::DisputeRecorded, Self::Payments),
        (EntryKind::RefundRecorded, Self::Refunds),
        (EntryKind::RefundIssued, Self::Refunds),
        (EntryKind::RefundApproved, Self::Refunds),
        (EntryKind::RefundSettled, Self::Refunds),
        (EntryKind::RefundReversed, Self::Refunds),
        (EntryKind::PayoutCompleted, Self::PayOuts),
        (EntryKind::PayoutReversed, Self::PayOuts),
        (EntryKind::PartnerPaid, Self::Partners),
        (EntryKind::PartnerPaymentReversed, Self::Partners),
        (EntryKind::MoneyMoved, Self::Moved),
        (EntryKind::FeeCharged, Self::Fees),
        (EntryKind::MoneyOpened, Self::Opened),
        (EntryKind::DrawerCounted, Self::Counted),
    ];

    fn of(kind: EntryKind) -> Self {
        Self::KINDS.iter().find(|(other, _)| *other == kind).map_or(Self::Other, |(_, cause)| *cause)
    }
}

/// One account, in minor units: what moved by cause, money in above zero.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CashRow {
    /// What was in it at the end of the day before.
    pub opening: Money,
    /// What moved on the day; only causes that moved something.
    pub moved: BTreeMap<Cause, Money>,
    /// What moved on the day and after it.
    since: Money,
}

impl CashRow {
    /// What should be in it at the end of the day, before counts corrected it.
    #[must_use]
    pub fn expected(&self) -> Money {
        let moved = self.moved.iter().filter(|(cause, _)| **cause != Cause::Counted);
        self.opening + moved.map(|(_, amount)| *amount).sum()
    }

    /// What is in it at the end of the day.
    #[must_use]
    pub fn closing(&self) -> Money {
        self.expected() + self.moved.get(&Cause::Counted).copied().unwrap_or_default()
    }
}

/// A count of a drawer on the day. Amounts are in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The drawer.
    pub account: MoneyAccount,
    /// When it was recorded, in milliseconds since 1970.
    pub recorded: u64,
    /// Who counted.
    pub actor: Id,
    /// What should have been in it.
    pub expected: Money,
    /// What was in it.
    pub counted: Money,
}

/// The accounts and counts of one day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CashDay {
    /// By account.
    pub rows: BTreeMap<MoneyAccount, CashRow>,
    /// In the order in which they were recorded.
    pub counts: Vec<Count>,
}

impl CashDay {
    /// Adds rows of the posted journal, of an account or of the shop. Every row from the day on is needed.
    pub fn add(&mut self, rows: &[PostedRow<'_>], day: Date) {
        for row in rows.iter().filter(|row| row.day >= day) {
            for part in row.parts.iter() {
                let cause = Cause::of(part.entry.body.entry_kind());
                for moved in part.moved.iter().filter(|moved| moved.account.code.is_money()) {
                    let own = self.rows.entry(moved.account.clone()).or_default();
                    own.since += moved.amount;
                    if row.day == day {
                        *own.moved.entry(cause).or_default() += moved.amount;
                    }
                }
            }
        }
    }

    /// Adds a count that the journal has for the day.
    pub fn add_count(&mut self, body: &Body, actor: &Id, recorded: u64) {
        if let Body::DrawerCounted(count) = body {
            self.counts.push(Count {
                account: count.account.clone(),
                recorded,
                actor: actor.clone(),
                expected: count.expected,
                counted: count.counted,
            });
        }
    }

    /// Opening balances, from what is in each account after all that is recorded.
    pub fn finish(&mut self, balances: impl Iterator<Item = (BookAccount, Money)>) {
        for (account, balance) in balances.filter(|(account, _)| account.code.is_money()) {
            self.rows.entry(account).or_default().opening = balance;
        }
        for row in self.rows.values_mut() {
            row.opening -= row.since;
            row.moved.retain(|_, amount| !amount.is_zero());
        }
        self.rows.retain(|_, row| !row.opening.is_zero() || !row.moved.is_empty());
        self.counts.sort_by_key(|count| count.recorded);
    }
}
