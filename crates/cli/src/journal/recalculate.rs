//! `counterfoil journal recalculate`: is what was kept what follows from the entries?

use super::records::records;
use crate::exit::WRONG;
use crate::reading::{Asked, Reading};
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

/// Folds every account afresh, entry by entry, adds everything up again and compares: the sums of each account with
/// their parts, the balances that sealed days carry, and, with `--against`, the figures that an earlier
/// `balances --json` printed. Names the first entry at which they part. Nothing is posted.
///
/// Exit status: 0 when all figures agree, 1 when one does not, 2 when the book cannot be read.
#[derive(Args)]
pub struct Recalculate {
    #[command(flatten)]
    asked: Asked,
    /// Figures kept from before: what `balances --json` printed
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
}

/// The figures of customers in a kept state; the rest of it is not compared.
#[derive(Deserialize)]
struct Kept {
    customers: BTreeMap<Id, KeptPair>,
}

#[derive(Deserialize)]
struct KeptPair {
    owed: String,
    credit: String,
}

impl Recalculate {
    /// Reckons and compares.
    ///
    /// # Errors
    /// When the book or the kept figures cannot be read.
    pub fn run(self) -> Result<ExitCode> {
        let mut reading = match self.asked.open()? {
            Ok(reading) => reading,
            Err(code) => return Ok(code),
        };
        let kept = self.kept()?;
        let currency = reading.currency();
        let seals = reading.settings().seals.clone();
        let per_account = |book: CustomerBook| {
            let apart =
                [arithmetic(&book), in_sequence(&book), kept_figures(&book, kept.as_ref(), &currency)];
            let covered = seals.iter().map(|seal| contribution(&book, seal)).collect::<Vec<_>>();
            (apart.into_iter().flatten().collect::<Vec<_>>(), covered)
        };
        let (mut apart, mut sealed) = (Vec::new(), vec![Sums::new(); seals.len()]);
        for (found, covered) in reading.each(per_account)? {
            apart.extend(found);
            sealed.iter_mut().zip(covered).for_each(|(sums, more)| add(sums, more));
        }
        apart.extend(sealed_days(&reading, &seals, sealed, &currency));
        apart.iter().for_each(|apart| println!("{apart}"));
        if apart.is_empty() {
            println!("{} entries reckoned afresh: all figures agree", reading.entries);
            return Ok(ExitCode::SUCCESS);
        }
        Ok(ExitCode::from(WRONG))
    }

    fn kept(&self) -> Result<Option<Kept>> {
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

/// Taken one after the other the records come to what they come to when folded at once; else the first after which
/// they do not.
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
        let afresh = CustomerBook::new(book.customer().clone(), records.get(..=at)?.to_vec());
        if afresh.account().digest_input() != so_far.account().digest_input() {
            return Some(format!("{}: parts at {}", book.customer(), named(record)));
        }
    }
    Some(format!("{}: comes out differently one by one", book.customer()))
}

fn named(record: &Record) -> String {
    let no = record.entry.no.as_ref().map_or(String::new(), |no| format!(" ({no})"));
    format!("{}{no}, {} of {}", record.entry.id, record.entry.body.kind(), record.entry.on)
}

/// Kept figures against the account. They part at the entry after the last one at which they held; where they never
/// did, at the first.
fn kept_figures(book: &CustomerBook, kept: Option<&Kept>, currency: &Currency) -> Option<String> {
    let customer = book.customer();
    let kept = kept?.customers.get(customer);
    let row = book.account().row();
    let now = (currency.format(row.owed), currency.format(row.credit - row.to_repay));
    let Some(kept) = kept else { return Some(format!("{customer}: no figures were kept")) };
    if (&now.0, &now.1) == (&kept.owed, &kept.credit) {
        return None;
    }
    let figures = format!("kept owed {} credit {}, found {} and {}", kept.owed, kept.credit, now.0, now.1);
    let mut after = Pair::default();
    let mut parts = book.posted().first();
    for (at, posted) in book.posted().iter().enumerate() {
        let net = |code: Code| -> Money {
            posted.moved.iter().filter(|moved| moved.account.code == code).map(|moved| moved.amount).sum()
        };
        after.owed += net(Code::Receivable);
        after.credit += -net(Code::CustomerCredit);
        if (currency.format(after.owed), currency.format(after.credit))
            == (kept.owed.clone(), kept.credit.clone())
        {
            parts = book.posted().get(at + 1);
        }
    }
    let entry = &parts?.entry;
    Some(format!("{customer}: {figures}; they part at {}, {} of {}", entry.id, entry.body.kind(), entry.on))
}

type Sums = BTreeMap<BookAccount, Money>;

fn add(sums: &mut Sums, more: Sums) {
    for (account, amount) in more {
        *sums.entry(account).or_default() += amount;
    }
}

/// What an account contributes to what a seal carries: customers together in one line.
fn contribution(book: &CustomerBook, seal: &Seal) -> Sums {
    let covered = book.filtered(|place| seal.covers(place));
    let mut sums = Sums::new();
    for moved in covered.posted().iter().flat_map(|posted| &posted.moved).filter(|moved| moved.on <= seal.day)
    {
        *sums.entry(together(&moved.account)).or_default() += moved.amount;
    }
    sums
}

fn together(account: &BookAccount) -> BookAccount {
    if matches!(account.code, Code::Receivable | Code::CustomerCredit) {
        return BookAccount::of(account.code);
    }
    account.clone()
}

/// What sealed days carry against what their entries come to. Of the days that part, the first entry covered by the
/// first of them and by no seal before it is named.
fn sealed_days(reading: &Reading, seals: &[Seal], sealed: Vec<Sums>, currency: &Currency) -> Vec<String> {
    let records = reading.shop.records();
    let by_id: HashMap<&Id, &Record> = records.iter().map(|record| (&record.entry.id, record)).collect();
    let places: HashMap<&Id, &Place> =
        records.iter().map(|record| (&record.entry.id, &record.place)).collect();
    let mut apart = Vec::new();
    for (seal, mut sums) in seals.iter().zip(sealed) {
        let own = reading.shop_posted.iter().filter(|posted| {
            posted.entry.on <= seal.day
                && places.get(&posted.entry.id).is_some_and(|place| seal.covers(place))
        });
        for moved in own.flat_map(|posted| &posted.moved) {
            *sums.entry(together(&moved.account)).or_default() += moved.amount;
        }
        let Some(Body::DaySealed(written)) = by_id.get(&seal.entry).map(|record| &record.entry.body) else {
            continue;
        };
        let carried: Sums = written.balances.iter().map(|row| (row.account.clone(), row.balance)).collect();
        let accounts: std::collections::BTreeSet<_> = sums.keys().chain(carried.keys()).cloned().collect();
        for account in accounts {
            let of = |sums: &Sums| sums.get(&account).copied().unwrap_or_default();
            let (found, kept) = (of(&sums), of(&carried));
            if found != kept {
                let figures = format!("kept {}, found {}", currency.format(kept), currency.format(found));
                apart.push(format!(
                    "sealed {}: account {account}: {figures}; they part at {}",
                    seal.day, seal.entry
                ));
            }
        }
    }
    apart
}
