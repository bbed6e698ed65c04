//! `counterfoil journal recalculate`: compares stored figures with those that follow from the entries.

use super::records::records;
use crate::exit::WRONG;
use crate::reading::{BookArgs, Reading};
use anyhow::{Context, Result};
use clap::Args;
use ledger::code::{BookAccount, Code};
use ledger::entry::{Body, Place, Record};
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::shop::Seal;
use ledger::view::statement::Pair;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::process::ExitCode;

/// Folds every account again, entry by entry, recalculates all sums and compares: the sums of each account with their
/// parts, the balances of sealed days, and, with `--against`, the figures that an earlier `balances --json` printed.
/// Names the first entry at which they differ. Nothing is posted.
///
/// Exit status: 0 when all figures agree, 1 when one does not, 2 when the book cannot be read.
#[derive(Args)]
pub struct Recalculate {
    #[command(flatten)]
    book: BookArgs,
    /// Saved figures: the output of `balances --json`
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
}

/// The figures of customers in a saved state; the rest is not compared.
#[derive(Deserialize)]
struct SavedFigures {
    customers: BTreeMap<Id, SavedPair>,
}

#[derive(Deserialize)]
struct SavedPair {
    owed: String,
    credit: String,
}

impl Recalculate {
    /// Calculates and compares.
    ///
    /// # Errors
    /// When the book or the saved figures cannot be read.
    pub fn run(self) -> Result<ExitCode> {
        let mut reading = match self.book.open()? {
            Ok(reading) => reading,
            Err(code) => return Ok(code),
        };
        let saved = self.saved()?;
        let currency = reading.currency();
        let seals = reading.settings().seals.clone();
        let per_account = |book: CustomerBook| {
            let differences =
                [arithmetic(&book), in_sequence(&book), saved_figures(&book, saved.as_ref(), &currency)];
            let covered = seals.iter().map(|seal| contribution(&book, seal)).collect::<Vec<_>>();
            (differences.into_iter().flatten().collect::<Vec<_>>(), covered)
        };
        let (mut differences, mut sealed) = (Vec::new(), vec![Sums::new(); seals.len()]);
        for (found, covered) in reading.each(per_account)? {
            differences.extend(found);
            sealed.iter_mut().zip(covered).for_each(|(sums, more)| add(sums, more));
        }
        differences.extend(sealed_days(&reading, &seals, sealed, &currency));
        differences.iter().for_each(|difference| println!("{difference}"));
        if differences.is_empty() {
            println!("{} entries recalculated: all figures agree", reading.entries);
            return Ok(ExitCode::SUCCESS);
        }
        Ok(ExitCode::from(WRONG))
    }

    fn saved(&self) -> Result<Option<SavedFigures>> {
        let Some(path) = &self.against else { return Ok(None) };
        let cannot = || format!("cannot read {}", path.display());
        let text = std::fs::read_to_string(path).with_context(cannot)?;
        serde_json::from_str(&text).map(Some).with_context(cannot)
    }
}

/// The sums of an account against their parts.
fn arithmetic(book: &CustomerBook) -> Option<String> {
    let broken = book.account().check().err()?;
    Some(format!("{}: sums differ from their parts: {broken:?}", book.customer()))
}

/// Compares adding the records one by one with folding all at once; on a difference, names the first record with it.
fn in_sequence(book: &CustomerBook) -> Option<String> {
    let at_once = book.account().digest_input();
    let mut one_by_one = CustomerBook::new(book.customer().clone(), Vec::new());
    let records: Vec<Record> = records(book);
    for record in records.iter().cloned() {
        one_by_one.add(record);
    }
    if one_by_one.account().digest_input() == at_once {
        return None;
    }
    let mut so_far = CustomerBook::new(book.customer().clone(), Vec::new());
    for (at, record) in records.iter().enumerate() {
        so_far.add(record.clone());
        let at_once = CustomerBook::new(book.customer().clone(), records.get(..=at)?.to_vec());
        if at_once.account().digest_input() != so_far.account().digest_input() {
            return Some(format!("{}: differs from {}", book.customer(), named(record)));
        }
    }
    Some(format!("{}: adding records one by one gives another result", book.customer()))
}

fn named(record: &Record) -> String {
    let no = record.entry.no.as_ref().map_or(String::new(), |no| format!(" ({no})"));
    format!("{}{no}, {} of {}", record.entry.id, record.entry.body.kind(), record.entry.on)
}

/// Compares saved figures with the account. They differ from the entry after the last one at which they were right, or
/// from the first entry if they never were.
fn saved_figures(book: &CustomerBook, saved: Option<&SavedFigures>, currency: &Currency) -> Option<String> {
    let customer = book.customer();
    let saved = saved?.customers.get(customer);
    let row = book.account().row();
    let now = (currency.format(row.owed), currency.format(row.credit - row.to_repay));
    let Some(saved) = saved else { return Some(format!("{customer}: no figures were saved")) };
    if (&now.0, &now.1) == (&saved.owed, &saved.credit) {
        return None;
    }
    let figures = format!("saved owed {} credit {}, found {} and {}", saved.owed, saved.credit, now.0, now.1);
    let mut after = Pair::default();
    let mut differs_at = book.posted().first();
    for (at, posted) in book.posted().iter().enumerate() {
        let net = |code: Code| -> Money {
            posted.moved.iter().filter(|moved| moved.account.code == code).map(|moved| moved.amount).sum()
        };
        after.owed += net(Code::Receivable);
        after.credit += -net(Code::CustomerCredit);
        if (currency.format(after.owed), currency.format(after.credit))
            == (saved.owed.clone(), saved.credit.clone())
        {
            differs_at = book.posted().get(at + 1);
        }
    }
    let entry = &differs_at?.entry;
    Some(format!(
        "{customer}: {figures}; they differ from {}, {} of {}",
        entry.id,
        entry.body.kind(),
        entry.on
    ))
}

type Sums = BTreeMap<BookAccount, Money>;

fn add(sums: &mut Sums, more: Sums) {
    for (account, amount) in more {
        *sums.entry(account).or_default() += amount;
    }
}

/// The contribution of an account to the balances of a seal, with all customers merged.
fn contribution(book: &CustomerBook, seal: &Seal) -> Sums {
    let covered = book.filtered(|place| seal.covers(place));
    let mut sums = Sums::new();
    for moved in covered.posted().iter().flat_map(|posted| &posted.moved).filter(|moved| moved.on <= seal.day)
    {
        *sums.entry(without_customer(&moved.account)).or_default() += moved.amount;
    }
    sums
}

fn without_customer(account: &BookAccount) -> BookAccount {
    if matches!(account.code, Code::Receivable | Code::CustomerCredit) {
        return BookAccount::of(account.code);
    }
    account.clone()
}

/// Compares the balances of sealed days with those of their entries.
fn sealed_days(reading: &Reading, seals: &[Seal], sealed: Vec<Sums>, currency: &Currency) -> Vec<String> {
    let records = reading.shop.records();
    let by_id: HashMap<&Id, &Record> = records.iter().map(|record| (&record.entry.id, record)).collect();
    let places: HashMap<&Id, &Place> =
        records.iter().map(|record| (&record.entry.id, &record.place)).collect();
    let mut differences = Vec::new();
    for (seal, mut sums) in seals.iter().zip(sealed) {
        let own = reading.shop_posted.iter().filter(|posted| {
            posted.entry.on <= seal.day
                && places.get(&posted.entry.id).is_some_and(|place| seal.covers(place))
        });
        for moved in own.flat_map(|posted| &posted.moved) {
            *sums.entry(without_customer(&moved.account)).or_default() += moved.amount;
        }
        let Some(Body::DaySealed(written)) = by_id.get(&seal.entry).map(|record| &record.entry.body) else {
            continue;
        };
        let carried: Sums = written.balances.iter().map(|row| (row.account.clone(), row.balance)).collect();
        let accounts: std::collections::BTreeSet<_> = sums.keys().chain(carried.keys()).cloned().collect();
        for account in accounts {
            let of = |sums: &Sums| sums.get(&account).copied().unwrap_or_default();
            let (found, sealed) = (of(&sums), of(&carried));
            if found != sealed {
                let figures = format!("sealed {}, found {}", currency.format(sealed), currency.format(found));
                differences.push(format!(
                    "sealed {}: account {account}: {figures}; they differ from {}",
                    seal.day, seal.entry
                ));
            }
        }
    }
    differences
}
