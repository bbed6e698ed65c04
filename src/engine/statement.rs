//! Statements of account, on the posted journal.

use super::account;
use super::open::Engine;
use super::slip_code::SlipCode;
use crate::store::{Fault, SHOP, Store};
use ledger::date::Date;
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::shop::Seals;
use ledger::view::ageing::AgedCustomer;
use ledger::view::paper::Addressee;
use ledger::view::span::Span;
use ledger::view::statement::Statement;

/// A statement with what a paper says besides.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// To whom it is addressed.
    pub to: Addressee,
    /// The statement.
    pub statement: Statement,
    /// What is owed by age at the end of its last day.
    pub aged: AgedCustomer,
    /// The code on its paper; `None` for an account without entries.
    pub code: Option<SlipCode>,
}

impl<S: Store> Engine<S> {
    /// The statement of an account, and what it owes by age at the end of `day`. An account that is not in memory is read, and
    /// forgotten again; one without entries gives an empty statement.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn statement(&self, customer: &Id, span: Span, day: Date) -> Result<Stated, Fault> {
        let shop = self.sealed_shop().await?.ok_or_else(|| Fault::corrupt(SHOP, "an entry"))?;
        let known = {
            let state = self.state.borrow();
            state.open_accounts.get(customer).map(|opened| stated(&opened.book, &shop.seals, span, day))
        };
        let found = match known {
            Some(known) => known,
            None => {
                let read = account::read(&self.store, customer, self.fold).await?;
                stated(&read.book, &shop.seals, span, day)
            }
        };
        Ok(Stated { code: self.slip_code(customer, customer).await?, ..found })
    }
}

fn stated(book: &CustomerBook, seals: &Seals, span: Span, day: Date) -> Stated {
    let to = book.account().addressee();
    Stated { to, statement: book.statement(seals, span), aged: book.ageing(seals, day), code: None }
}
