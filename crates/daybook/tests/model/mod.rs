//! A slow and simple second ledger, for comparison: lists of events and sums over them, no caches. It shares the records
//! with the real ledger and nothing else.
#![allow(dead_code)]

pub mod ask;
mod fold;
mod order;
mod partners;
mod returns;
mod rights;
mod rounding;
mod same;
mod seals;

use fold::Fold;
use ledger::entry::Record;
use ledger::id::Id;
use std::collections::{BTreeMap, BTreeSet};

pub type Amount = i64;

/// The figures of all records.
#[derive(Debug, Default, PartialEq)]
pub struct Figures {
    /// By code and party, debit positive, without zero balances.
    pub balances: BTreeMap<String, Amount>,
    pub owed: BTreeMap<String, Amount>,
    /// Amount and outstanding amount of every lot with an amount.
    pub lots: BTreeMap<String, (Amount, Amount)>,
    /// What is owed by customer and due date, without zero amounts.
    pub due: BTreeMap<(String, String), Amount>,
    pub refundable: BTreeMap<String, Amount>,
    pub statuses: BTreeMap<String, String>,
    pub exceptions: BTreeSet<Raised>,
}

/// An exception: both entries, the document, and the missing amount.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Raised {
    pub kind: String,
    pub entry: String,
    pub other: Option<String>,
    pub about: Option<String>,
    pub missing: Amount,
}

/// Folds every account.
pub fn figures(records: &[Record]) -> Figures {
    let mut sorted: Vec<&Record> = records.iter().collect();
    sorted.sort_by_key(|record| record.place.clone());
    let (sorted, not_entitled) = rights::entitled(&sorted);
    let customers: BTreeSet<_> = sorted.iter().map(|record| record.entry.customer.clone()).collect();
    let mut figures = Figures::default();
    let mut folds = BTreeMap::new();
    let counting = seals::counting(&sorted);
    for customer in customers {
        let mut fold = Fold::default();
        for record in sorted.iter().filter(|record| record.entry.customer == customer) {
            fold.entry(&record.entry);
            if let Some((seal, missing)) = seals::late(&counting, &sorted, record) {
                fold.late(record.entry.id.as_str(), &seal, missing);
            }
        }
        fold.report(&mut figures);
        folds.insert(customer, fold);
    }
    figures.exceptions.extend(clashes(&sorted, &folds));
    let of_shop = folds.get(&None);
    let is_open = |raised: &Raised| of_shop.is_none_or(|shop| !shop.is_resolved(&raised.kind, &raised.entry));
    figures.exceptions.extend(seals::void(&sorted).into_iter().chain(not_entitled).filter(is_open));
    figures.balances.retain(|_, balance| *balance != 0);
    figures.due.retain(|_, open| *open != 0);
    figures.lots.retain(|_, lot| *lot != (0, 0));
    figures
}

/// Documents with the same id on two accounts, or on an account and in the shop, until one of them resolves the clash.
fn clashes(sorted: &[&Record], folds: &BTreeMap<Option<Id>, Fold>) -> Vec<Raised> {
    let mut clashes = Vec::new();
    for (at, record) in sorted.iter().enumerate() {
        let id = &record.entry.id;
        let sharing: Vec<_> = sorted.iter().filter(|other| other.entry.id == *id).collect();
        let first = sorted.iter().position(|other| other.entry.id == *id) == Some(at);
        let elsewhere = sharing.iter().any(|other| other.entry.customer != record.entry.customer);
        let resolved =
            sharing.iter().any(|other| folds[&other.entry.customer].is_resolved("IdClash", id.as_str()));
        if first && elsewhere && !resolved {
            let id = Some(id.to_string());
            let (entry, other, about) = (id.clone().unwrap(), id.clone(), id);
            clashes.push(Raised { kind: "IdClash".into(), entry, other, about, missing: 0 });
        }
    }
    clashes
}

/// Rounds half away from zero.
pub fn round(numerator: i128, denominator: i128) -> Amount {
    let sign = if (numerator < 0) == (denominator < 0) { 1 } else { -1 };
    let (n, d) = (numerator.abs(), denominator.abs());
    i64::try_from(sign * ((2 * n + d) / (2 * d))).unwrap()
}
