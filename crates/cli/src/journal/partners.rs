//! `counterfoil journal partners`: what partners earned, and what they are owed.

use crate::reading::{BookArgs, SpanArgs};
use crate::table::{Table, print_csv};
use anyhow::Result;
use clap::Args;
use ledger::id::Id;
use ledger::posted::PostedRow;
use ledger::view::partner::{PartnerLedger, PartnerRow};
use reports::sheet;
use std::process::ExitCode;

/// Prints the partner ledger: what was payable to each partner at first, what was earned, clawed back and paid since,
/// and what is payable at the end, and the accrued commission that is not payable yet.
#[derive(Args)]
pub struct Partners {
    #[command(flatten)]
    book: BookArgs,
    #[command(flatten)]
    span: SpanArgs,
    /// Print comma-separated values, for spreadsheets
    #[arg(long)]
    csv: bool,
}

const HEADING: [&str; 8] =
    ["<Partner", "<Name", ">Opening", ">Earned", ">Clawed back", ">Paid", ">Closing", ">Accrued"];

impl Partners {
    /// Calculates and prints.
    ///
    /// # Errors
    /// When the book cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        let mut reading = match self.book.open()? {
            Ok(reading) => reading,
            Err(code) => return Ok(code),
        };
        let (currency, span) = (reading.currency(), self.span.span());
        let add = |ledger: &mut PartnerLedger, _: &_, rows: &[PostedRow<'_>]| ledger.add(rows, span);
        let mut ledger = reading.sum(add, PartnerLedger::merge)?;
        ledger.add(&reading.shop.posted_journal(), span);
        let shop = reading.settings();
        if self.csv {
            return print_csv(&sheet::commissions(&ledger, shop, &currency));
        }
        let mut table = Table::new(&HEADING);
        let mut row = |partner: &str, name: &str, of: &PartnerRow| {
            let amounts = [of.opening, of.earned, of.clawback, of.paid, of.closing, of.accrued];
            let amounts = amounts.map(|amount| currency.format(amount));
            table.row([partner.to_owned(), name.to_owned()].into_iter().chain(amounts));
        };
        let mut total = PartnerRow::default();
        for (partner, of) in &ledger.rows {
            let known = Id::new(partner).ok().and_then(|id| shop.partners.get(&id));
            row(partner, known.map_or("", |known| &known.name), of);
            total += of;
        }
        row("Total", "", &total);
        table.print(format_args!("{}: partner ledger, {}", shop.name, currency.code))?;
        Ok(ExitCode::SUCCESS)
    }
}
