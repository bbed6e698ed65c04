//! `counterfoil journal balances`: the trial balance.

use super::records::records;
use super::state_as_of::state_as_of;
use crate::reading::{BookArgs, Reading, date};
use crate::table::Table;
use anyhow::Result;
use clap::Args;
use codec::memory::Book;
use daybook::state::State;
use ledger::code::BookAccount;
use ledger::date::Date;
use ledger::fold::CustomerBook;
use ledger::money::{Currency, Money};
use ledger::posted::PostedRow;
use ledger::posting::Movement;
use ledger::view::trial::TrialBalance;
use reports::chart;
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::process::ExitCode;

/// Prints the balance of every book account, debits beside credits. With `--parties` a line for each customer, drawer,
/// bank account, tax rate and partner. With `--json` the whole state, as `daybook run --json` prints it; as of a day it
/// has no hash, because no counter was ever in that state.
///
/// As of a day: everything that is posted up to it. What is recorded too late for a sealed day is posted on the first day
/// after it. Known on a day: only what had been written down by then. Both together answer "what did the books say, on
/// that day, about this day?"
#[derive(Args)]
pub struct Balances {
    #[command(flatten)]
    book: BookArgs,
    /// Only what is posted up to this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// A line for each party of an account
    #[arg(long, conflicts_with = "json")]
    parties: bool,
    /// Print JSON, for other programs
    #[arg(long)]
    json: bool,
}

type Sums = HashMap<BookAccount, Money>;

impl Balances {
    /// Calculates and prints.
    ///
    /// # Errors
    /// When the book cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        let mut reading = match self.book.open()? {
            Ok(reading) => reading,
            Err(code) => return Ok(code),
        };
        let currency = reading.currency();
        let mut out = std::io::stdout().lock();
        if !self.json {
            let trial = trial(&balances(&mut reading, self.as_of)?, self.parties);
            print(&mut out, &trial, &currency)?;
        } else if let Some(day) = self.as_of {
            writeln!(out, "{}", serde_json::to_string(&state_as_of(&mut reading, day)?)?)?;
        } else {
            writeln!(out, "{}", serde_json::to_string(&State::of(&whole(reading)?, &currency))?)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Balances by account and party, of the accounts and of the shop itself.
///
/// # Errors
/// When the file cannot be read a second time.
pub fn balances(reading: &mut Reading, as_of: Option<Date>) -> Result<BTreeMap<BookAccount, Money>> {
    let seals = reading.settings().seals.clone();
    let within = |row: &PostedRow<'_>| as_of.is_none_or(|day| row.day <= day);
    let of_account = |book: CustomerBook| {
        let mut sums: Vec<(BookAccount, Money)> = Vec::new();
        for row in book.posted_journal(&seals).iter().filter(|row| within(row)) {
            for moved in row.parts.iter().flat_map(|part| &part.moved) {
                match sums.iter_mut().find(|(account, _)| *account == moved.account) {
                    Some((_, sum)) => *sum += moved.amount,
                    None => sums.push((moved.account.clone(), moved.amount)),
                }
            }
        }
        sums
    };
    let mut balances = Sums::new();
    for (account, amount) in reading.each(of_account)?.into_iter().flatten() {
        *balances.entry(account).or_default() += amount;
    }
    for row in reading.shop.posted_journal().iter().filter(|row| within(row)) {
        for Movement { account, amount, .. } in row.moved() {
            *balances.entry(account).or_default() += amount;
        }
    }
    Ok(balances.into_iter().collect())
}

fn trial(balances: &BTreeMap<BookAccount, Money>, parties: bool) -> TrialBalance {
    if parties { TrialBalance::of(balances) } else { TrialBalance::by_code(balances) }
}

fn print(out: &mut impl Write, trial: &TrialBalance, currency: &Currency) -> Result<()> {
    let mut table = Table::new(&[
        "<Account",
        "<Name",
        &format!(">Debit {}", currency.code),
        &format!(">Credit {}", currency.code),
    ]);
    let amount = |amount: Money| if amount.is_zero() { String::new() } else { currency.format(amount) };
    for row in &trial.rows {
        let name = chart::name(row.account.code).to_owned();
        table.row([row.account.to_string(), name, amount(row.debit), amount(row.credit)]);
    }
    table.row(["Total".into(), String::new(), currency.format(trial.debit), currency.format(trial.credit)]);
    table.write(out)?;
    Ok(())
}

/// The whole book in memory, for the whole state.
fn whole(mut reading: Reading) -> Result<Book> {
    let mut whole = Book::new();
    for record in reading.shop.records() {
        whole.add(record.clone());
    }
    for record in reading.each(|book| records(&book))?.into_iter().flatten() {
        whole.add(record);
    }
    Ok(whole)
}
