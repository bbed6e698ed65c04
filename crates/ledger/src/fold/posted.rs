//! What entries posted, and the difference between two folds.

use crate::code::BookAccount;
use crate::date::Date;
use crate::entry::record::Entry;
use crate::id::Id;
use crate::money::Money;
use crate::posting::{DocumentChanges, Lines, Movement};
use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What one entry posted, or how what it posted differs between two folds. Amounts are in minor units.
#[derive(Debug, Clone)]
pub struct Posted {
    /// The entry.
    pub entry: Arc<Entry>,
    /// The net changes of book accounts.
    pub moved: Vec<Movement>,
    /// The changes of what orders owe: 1100 by order.
    pub owed: DocumentChanges,
    /// The changes of what is outstanding of lots: 2100 by lot.
    pub outstanding: DocumentChanges,
    /// 1 for an entry that posts something. In a difference: 1 if it posts something only now, -1 if it does no longer,
    /// 0 if it posts other amounts.
    pub times: i64,
}

impl Posted {
    pub(super) fn of(entry: &Arc<Entry>, mut lines: Lines) -> Self {
        let mut owed = std::mem::take(&mut lines.owed);
        let mut outstanding = std::mem::take(&mut lines.outstanding);
        owed.retain(|(_, amount)| !amount.is_zero());
        outstanding.retain(|(_, amount)| !amount.is_zero());
        let moved: Vec<_> = lines.dated(entry.on).collect();
        let times = i64::from(!moved.is_empty());
        Self { entry: entry.clone(), moved, owed, outstanding, times }
    }

    /// The net change of all accounts of a code, debit positive.
    #[must_use]
    pub fn net(&self, code: crate::code::Code) -> Money {
        self.moved.iter().filter(|line| line.account.code == code).map(|line| line.amount).sum()
    }

    pub(super) fn negated(&self) -> Self {
        let mut negated = self.clone();
        negated.moved.iter_mut().for_each(|line| line.amount = -line.amount);
        negated.owed.iter_mut().chain(&mut negated.outstanding).for_each(|(_, amount)| *amount = -*amount);
        negated.times = -negated.times;
        negated
    }

    /// This less what the same entry posted before; `None` if nothing differs.
    pub(super) fn less(&self, before: &Self) -> Option<Self> {
        let (mut difference, less) = (self.clone(), before.negated());
        for line in less.moved {
            match difference.moved.iter_mut().find(|other| other.account == line.account) {
                Some(other) => other.amount += line.amount,
                None => difference.moved.push(line),
            }
        }
        difference.moved.retain(|line| !line.amount.is_zero());
        add_changes(&mut difference.owed, less.owed);
        add_changes(&mut difference.outstanding, less.outstanding);
        difference.times += less.times;
        let is_same = difference.moved.is_empty()
            && difference.owed.is_empty()
            && difference.outstanding.is_empty()
            && difference.times == 0;
        (!is_same).then_some(difference)
    }
}

fn add_changes(sums: &mut DocumentChanges, more: impl IntoIterator<Item = (Id, Money)>) {
    for (id, amount) in more {
        match sums.iter_mut().find(|(other, _)| *other == id) {
            Some((_, sum)) => *sum += amount,
            None => sums.push((id, amount)),
        }
    }
    sums.retain(|(_, sum)| !sum.is_zero());
}

/// How what each entry posted differs between two folds: `after` less `before`, in the order of `after`. Entries are
/// compared by pointer, because another record may have the same id.
pub(super) fn differences(before: &[Posted], after: &[Posted]) -> Vec<Posted> {
    let mut old: HashMap<_, _> = before.iter().map(|was| (Arc::as_ptr(&was.entry), was)).collect();
    let mut changed = Vec::new();
    for now in after {
        match old.remove(&Arc::as_ptr(&now.entry)) {
            Some(was) => changed.extend(now.less(was)),
            None => changed.push(now.clone()),
        }
    }
    let gone = before.iter().filter(|was| old.contains_key(&Arc::as_ptr(&was.entry)));
    changed.extend(gone.map(Posted::negated));
    changed
}

/// Two lists without their common beginning and their common end.
pub(super) fn changed_range<'a>(before: &'a [Posted], after: &'a [Posted]) -> (&'a [Posted], &'a [Posted]) {
    let same = |(one, other): &(&Posted, &Posted)| {
        Arc::ptr_eq(&one.entry, &other.entry)
            && (&one.moved, &one.owed, &one.outstanding) == (&other.moved, &other.owed, &other.outstanding)
    };
    let first = before.iter().zip(after).take_while(same).count();
    let rest = |posted: &'a [Posted]| posted.get(first..).unwrap_or_default();
    let (before, after) = (rest(before), rest(after));
    let last = before.iter().rev().zip(after.iter().rev()).take_while(same).count();
    let but_last = |posted: &'a [Posted]| posted.get(..posted.len() - last).unwrap_or_default();
    (but_last(before), but_last(after))
}

/// The sums by book account and day, without zero sums.
pub(crate) fn net_by_day(posted: impl IntoIterator<Item = impl Borrow<Posted>>) -> Vec<Movement> {
    let mut sums = BTreeMap::<(BookAccount, Date), Money>::new();
    for posted in posted {
        for moved in &posted.borrow().moved {
            *sums.entry((moved.account.clone(), moved.on)).or_default() += moved.amount;
        }
    }
    let sums = sums.into_iter().filter(|(_, amount)| !amount.is_zero());
    sums.map(|((account, on), amount)| Movement { account, on, amount }).collect()
}
