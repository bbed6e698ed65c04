//! Documents and statements of account as they are printed.

use super::handle::Session;
use super::state::Loaded;
use crate::engine::{Presented, SlipCode, SlipFound, Stated};
use crate::store::Fault;
use ledger::id::Id;
use ledger::view::paper::Paper;
use ledger::view::span::Span;
use leptos::prelude::*;
use std::sync::Arc;

impl Session {
    /// One document of an account as it is printed.
    #[must_use]
    pub fn paper(self, customer: Id, document: Id) -> Signal<Loaded<Arc<Paper>>> {
        self.of_account(customer, move |engine, customer| engine.paper(customer, &document))
    }

    /// The code of a document for its paper; `None` for an id that the account does not have.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn slip_code(self, customer: &Id, document: &Id) -> Result<Option<SlipCode>, Fault> {
        self.open_engine()?.slip_code(customer, document).await
    }

    /// What a code on a paper is worth.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn check_slip(self, presented: &Presented) -> Result<SlipFound, Fault> {
        self.open_engine()?.check_slip(presented).await
    }

    /// The statement of an account, and what is owed by age at its end.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn statement(self, customer: &Id, span: Span) -> Result<Stated, Fault> {
        let today = self.today().get_untracked();
        self.open_engine()?.statement(customer, span, span.to.unwrap_or(today)).await
    }

    /// The statements of several accounts, in their sequence; `None` if `goes_on` said no. `progress` is called with the number
    /// of accounts that were read.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn statements(
        self,
        customers: &[Id],
        span: Span,
        progress: impl Fn(usize),
        goes_on: impl Fn() -> bool,
    ) -> Result<Option<Vec<Stated>>, Fault> {
        let mut all = Vec::with_capacity(customers.len());
        for customer in customers {
            all.push(self.statement(customer, span).await?);
            progress(all.len());
            if !goes_on() {
                return Ok(None);
            }
        }
        Ok(Some(all))
    }
}
