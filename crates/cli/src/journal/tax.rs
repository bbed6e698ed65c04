//! `counterfoil journal tax`: sales tax by rate.

use crate::reading::{BookArgs, SpanArgs};
use crate::table::{Table, print_csv};
use anyhow::Result;
use clap::Args;
use ledger::posted::PostedRow;
use ledger::view::tax::{TaxRow, Taxes};
use reports::sheet;
use std::process::ExitCode;

/// Prints the sales tax of orders and the tax that credit notes, refunds and credits took back, by rate, and below it the net
/// sales and the net returns of all rates together.
#[derive(Args)]
pub struct Tax {
    #[command(flatten)]
    book: BookArgs,
    #[command(flatten)]
    span: SpanArgs,
    /// Print comma-separated values, for spreadsheets
    #[arg(long)]
    csv: bool,
}

impl Tax {
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
        let add = |taxes: &mut Taxes, _: &_, rows: &[PostedRow<'_>]| taxes.add(rows, span);
        let taxes = reading.sum(add, Taxes::merge)?;
        if self.csv {
            return print_csv(&sheet::tax(&taxes, &currency));
        }
        let mut table = Table::new(&["<Rate", ">Charged", ">Taken back", ">Due"]);
        let mut row = |rate: String, of: &TaxRow| {
            let amounts = [of.charged, of.taken_back, of.due()].map(|amount| currency.format(amount));
            table.row([rate].into_iter().chain(amounts));
        };
        let mut total = TaxRow::default();
        for (rate, of) in &taxes.rows {
            row(format!("{rate} %"), of);
            total += of;
        }
        row("Total".into(), &total);
        let net = [taxes.sales, taxes.returns, taxes.sales - taxes.returns];
        let net = net.map(|amount| currency.format(amount));
        table.row(["Net of tax".to_owned()].into_iter().chain(net));
        let shop = &reading.settings().name;
        table.print(format_args!("{shop}: sales tax by rate, {}", currency.code))?;
        Ok(ExitCode::SUCCESS)
    }
}
