//! `counterfoil journal recalculate`: compares stored figures with those that follow from the entries.

use super::records::records;
use crate::exit::WRONG;
use crate::reading::{BookArgs, Reading};
use anyhow::{Context, Result};
use clap::Args;
use ledger::code::{BookAccount, Code};
use ledger::date::Date;
use ledger::entry::{Body, Record};
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::posted::PostedRow;
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
        let days: Vec<Date> = seals.counting().map(|seal| seal.day).collect();
        let per_account = |book: CustomerBook| {
            let differences =
                [arithmetic(&book), in_sequence(&book), saved_figures(&book, saved.as_ref(), &currency)];
            let posted = by_seal(&days, &book.posted_journal(&seals));
            (differences.into_iter().flatten().collect::<Vec<_>>(), posted, book.account().between())
        };
        let mut sealed = by_seal(&days, &reading.shop.posted_journal());
        let (mut differences, mut between) = (Vec::new(), Money::ZERO);
        for (found, posted, transferred) in reading.each(per_account)? {
            differences.extend(found);
            between += transferred;
            posted.into_iter().for_each(|(at, sums)| add(sealed.entry(at).or_default(), sums));
        }
        differences.extend(sealed_days(&reading, &sealed, &currency));
        differences.extend(in_transit(between, &currency));
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

/// Credit between customers: what all accounts received less what they gave.
fn in_transit(between: Money, currency: &Currency) -> Option<String> {
    let figure = currency.format(between);
    (!between.is_zero()).then(|| format!("credit between customers: {figure} was given and not received"))
}

type Sums = BTreeMap<BookAccount, Money>;

fn add(sums: &mut Sums, more: Sums) {
    for (account, amount) in more {
        *sums.entry(account).or_default() += amount;
    }
}

/// The postings of rows, with all customers merged, by the first seal of their day or a later one; without those after the
/// last seal. `days` are those of the seals.
fn by_seal(days: &[Date], rows: &[PostedRow<'_>]) -> BTreeMap<usize, Sums> {
    let mut by_seal = BTreeMap::<usize, Sums>::new();
    for row in rows {
        let at = days.partition_point(|day| *day < row.day);
        if at < days.len() {
            let sums = by_seal.entry(at).or_default();
            for moved in row.parts.iter().flat_map(|part| &part.moved) {
                *sums.entry(without_customer(&moved.account)).or_default() += moved.amount;
            }
        }
    }
    by_seal
}

fn without_customer(account: &BookAccount) -> BookAccount {
    if matches!(account.code, Code::Receivable | Code::CustomerCredit) {
        return BookAccount::of(account.code);
    }
    account.clone()
}

/// Compares the balances of sealed days with those of the posted journal.
fn sealed_days(reading: &Reading, by_seal: &BTreeMap<usize, Sums>, currency: &Currency) -> Vec<String> {
    let records = reading.shop.records();
    let by_id: HashMap<&Id, &Record> = records.iter().map(|record| (&record.entry.id, record)).collect();
    let (mut differences, mut sums) = (Vec::new(), Sums::new());
    for (at, seal) in reading.settings().seals.counting().enumerate() {
        by_seal.get(&at).into_iter().for_each(|posted| add(&mut sums, posted.clone()));
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
