//! One customer in a list. These rows are cached: the app reads them when it opens, not the journal.

use crate::account::state::Account;
use crate::date::Date;
use crate::id::Id;
use crate::money::Money;
use crate::shop::Shop;
use crate::view::charge::ChargeWait;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A customer with what is owed and the credit, in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct CustomerRow {
    pub id: Id,
    pub name: String,
    pub company: bool,
    pub walk_in: bool,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub since: Option<Date>,
    /// What all orders owe together; never negative.
    pub owed: Money,
    /// Available credit: the lots above zero.
    pub credit: Money,
    /// Credit to be repaid: the lots below zero, as a positive amount.
    pub to_repay: Money,
    /// The earliest due date (or order date) of the orders that owe something.
    pub oldest_due: Option<Date>,
    /// The number of open exceptions.
    pub exceptions: u32,
    /// What the most urgent card charge or payment link waits for.
    pub charge: Option<ChargeWait>,
    /// Whether something of a disputed payment is to be recorded.
    #[serde(default)]
    pub disputed: bool,
    /// Since when a refund waits that the bank has sent back, and that nothing has followed.
    #[serde(default)]
    pub sent_back: Option<Date>,
    /// The number of records of the account.
    pub records: u64,
    /// The latest business date of an entry. (Document numbers and references are in the search index of the store.)
    pub last: Option<Date>,
}

impl CustomerRow {
    /// This row with the figures of duplicates, which are shown with this customer.
    #[must_use]
    pub fn with<'a>(&self, duplicates: impl Iterator<Item = &'a Self>) -> Self {
        let mut row = self.clone();
        duplicates.for_each(|duplicate| row.add(duplicate));
        row
    }

    /// Adds the figures of a duplicate, which is shown with this customer.
    fn add(&mut self, duplicate: &Self) {
        self.owed += duplicate.owed;
        self.credit += duplicate.credit;
        self.to_repay += duplicate.to_repay;
        self.oldest_due = [self.oldest_due, duplicate.oldest_due].into_iter().flatten().min();
        self.exceptions += duplicate.exceptions;
        self.charge = [self.charge, duplicate.charge].into_iter().flatten().min();
        self.disputed |= duplicate.disputed;
        self.sent_back = [self.sent_back, duplicate.sent_back].into_iter().flatten().min();
        self.records += duplicate.records;
        self.last = self.last.max(duplicate.last);
    }
}

/// The rows as lists show them: a duplicate has no row of its own, its figures are added to those of the customer that
/// is kept. A duplicate whose kept customer is not among the rows stays as it is.
#[must_use]
pub fn shown_as_one(rows: Vec<CustomerRow>, shop: &Shop) -> Vec<CustomerRow> {
    let ids: BTreeSet<Id> = rows.iter().map(|row| row.id.clone()).collect();
    let is_duplicate = |row: &CustomerRow| shop.kept(&row.id) != &row.id && ids.contains(shop.kept(&row.id));
    let (duplicates, mut shown): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_duplicate);
    for duplicate in &duplicates {
        let kept = shop.kept(&duplicate.id);
        shown.iter_mut().filter(|row| row.id == *kept).for_each(|row| row.add(duplicate));
    }
    shown
}

impl Account {
    /// The address for mails to the customer and the language of what is written to the customer, which may be empty; `None` without an
    /// address, and for a customer who wants no mail.
    #[must_use]
    pub fn mail_to(&self) -> Option<(&str, &str)> {
        let customer = self.customer.as_ref().filter(|customer| !customer.details.no_mail)?;
        let address = customer.added.email.as_deref().map(str::trim).filter(|address| !address.is_empty())?;
        Some((address, &customer.details.language))
    }

    /// Whether the customer wants no papers by mail.
    #[must_use]
    pub fn wants_no_mail(&self) -> bool {
        self.customer.as_ref().is_some_and(|customer| customer.details.no_mail)
    }

    /// The language of what is written to the customer, as a tag of BCP 47; it may be empty.
    #[must_use]
    pub fn language(&self) -> &str {
        self.customer.as_ref().map_or("", |customer| &customer.details.language)
    }

    /// The row for lists and for the cache.
    #[must_use]
    pub fn row(&self) -> CustomerRow {
        let customer = self.customer.as_ref();
        let added = customer.map(|customer| &customer.added);
        CustomerRow {
            id: self.id(),
            name: added.map(|added| added.name.clone()).unwrap_or_default(),
            company: added.is_some_and(|added| added.company),
            walk_in: added.is_some_and(|added| added.walk_in),
            phone: added.and_then(|added| added.phone.clone()),
            email: added.and_then(|added| added.email.clone()),
            since: customer.map(|customer| customer.since),
            owed: self.owed,
            credit: self.credit,
            to_repay: self.to_repay,
            oldest_due: self.open.keys().next().copied(),
            exceptions: u32::try_from(self.open_exceptions().len()).unwrap_or(u32::MAX),
            charge: self.charge_wait(),
            disputed: self.has_dispute_to_record(),
            sent_back: self.sent_back(),
            records: self.records,
            last: self.last,
        }
    }

    /// The id of the customer; a zero id for an account without entries.
    fn id(&self) -> Id {
        let added = self.customer.as_ref().map(|customer| customer.id.clone());
        let named = || self.entries.values().find_map(|found| found.entry.customer.clone());
        added.or_else(named).unwrap_or_else(|| Id::from_bits(0))
    }
}
