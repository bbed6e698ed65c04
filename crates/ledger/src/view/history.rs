//! The history of an account, one row per entry.

use crate::account::customer::Customer;
use crate::account::state::{Account, AccountEntry, EntryState};
use crate::account::status::Status;
use crate::code::MoneyAccount;
use crate::date::Date;
use crate::entry::contact::Contact;
use crate::entry::content::{Flow, Summary};
use crate::entry::record::Entry;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use crate::view::refund::FOUND;

/// One entry in the history: the data of one sentence; the app has the words.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct HistoryRow {
    pub entry: Id,
    /// The document number; for an act without a number, that of the document that it continues.
    pub no: Option<String>,
    pub on: Date,
    pub actor: Id,
    /// The kind of the entry.
    pub kind: EntryKind,
    pub method: Option<Method>,
    pub account: Option<MoneyAccount>,
    pub order: Option<Id>,
    pub order_no: Option<String>,
    pub status: Option<Status>,
    /// What the entry moved in money accounts; for an entry that moved no money, the amount of its document.
    pub amount: Money,
    /// The direction of that money; `None` if none moved, also where a document asks for some: a request, an online
    /// refund until it is settled, a refund that only gave applied credit back.
    pub flow: Flow,
    pub reason: Option<String>,
    pub note: Option<String>,
    /// The fields of the customer that the entry changed; empty for entries of other kinds.
    pub changes: Vec<FieldChange>,
}

impl HistoryRow {
    /// Whether it was found at the card processor, and not recorded at a counter.
    #[must_use]
    pub fn is_found(&self) -> bool {
        self.kind == EntryKind::PaymentDisputed || self.entry.as_str().starts_with(FOUND)
    }
}

/// A field of a customer with its old and its new value; empty where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct FieldChange {
    pub field: CustomerField,
    pub before: String,
    pub after: String,
}

/// A field of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CustomerField {
    Name,
    /// `yes` or empty.
    Company,
    Phone,
    Email,
    Note,
    Address,
    TaxNumber,
    /// A tag of BCP 47.
    Language,
    /// Whether papers may be sent by mail.
    NoMail,
    /// All that is known of each, joined with commas.
    Contacts,
}

impl Account {
    /// The entries that count, newest first.
    pub(crate) fn history(&self) -> Vec<HistoryRow> {
        let counts = |found: &&AccountEntry| found.state == EntryState::Counts;
        self.entries.values().rev().filter(counts).map(|found| self.describe_entry(&found.entry)).collect()
    }

    /// The history row of an entry of this account; `None` if the entry does not count.
    #[must_use]
    pub fn history_row(&self, entry: &Entry) -> Option<HistoryRow> {
        self.has(&entry.id).then(|| self.describe_entry(entry))
    }

    pub(crate) fn describe_entry(&self, entry: &Entry) -> HistoryRow {
        let summary = self.summary(&entry.body);
        let order = summary.only_order().cloned();
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let money = self.money_of(entry);
        HistoryRow {
            entry: entry.id.clone(),
            no: entry.no.clone().or_else(|| summary.continues.and_then(|continued| self.number(continued))),
            on: entry.on,
            actor: entry.actor.clone(),
            kind: entry.body.entry_kind(),
            method: summary.method,
            account: summary.account.cloned(),
            order_no: order.as_ref().and_then(|order| self.number(order)),
            order,
            status: self.status(summary.continues.unwrap_or(&entry.id)),
            amount: if money.is_zero() { summary.amount } else { Money(money.0.abs()) },
            flow: Flow::of(money),
            reason: owned(summary.reason),
            note: owned(summary.note),
            changes: self.changes(entry),
        }
    }

    /// The fields that an entry changed, compared with what the entries before it say.
    fn changes(&self, entry: &Entry) -> Vec<FieldChange> {
        let Body::CustomerChanged(changed) = &entry.body else { return Vec::new() };
        let mut customer = None;
        let counts = self.entries.values().filter(|found| found.state == EntryState::Counts);
        for earlier in counts.map(|found| &found.entry).take_while(|earlier| earlier.id != entry.id) {
            if let Body::CustomerAdded(added) = &earlier.body {
                customer = Some(Customer::new(earlier.id.clone(), added.clone(), earlier.on));
            }
            if let (Body::CustomerChanged(changed), Some(customer)) = (&earlier.body, &mut customer) {
                customer.change(changed);
            }
        }
        let Some(before) = customer else { return Vec::new() };
        let mut after = before.clone();
        after.change(changed);
        let values = fields(&before).into_iter().zip(fields(&after));
        let changed = values.filter(|((_, before), (_, after))| before != after);
        changed.map(|((field, before), (_, after))| FieldChange { field, before, after }).collect()
    }

    /// The method of the money that an entry moves, or of the document that it continues.
    pub(crate) fn method_of(&self, body: &Body) -> Option<Method> {
        self.summary(body).method
    }

    /// What an entry posted to money accounts; zero for one that does not count, such as another with the same id.
    fn money_of(&self, entry: &Entry) -> Money {
        let found = self.entries.get(&entry.id).filter(|found| found.entry.has_same_content(entry));
        found.map_or(Money::ZERO, |found| found.money)
    }

    /// The summary of a body; missing parts are taken from the document that the act continues.
    fn summary<'a>(&'a self, body: &'a Body) -> Summary<'a> {
        let summary = body.summary();
        match summary.continues.and_then(|continued| self.body(continued)) {
            Some(document) => summary.or(self.summary(document)),
            None => summary,
        }
    }

    /// The status of a refund or pay-out.
    #[must_use]
    pub fn status(&self, id: &Id) -> Option<Status> {
        let refund = self.refunds.get(id).map(|refund| refund.status);
        refund.or_else(|| self.payouts.get(id).map(|payout| payout.status))
    }
}

fn fields(customer: &Customer) -> [(CustomerField, String); 10] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let Customer { added, details, .. } = customer;
    let contact = |contact: &Contact| contact.texts().cloned().collect::<Vec<_>>().join(" ");
    [
        (CustomerField::Name, added.name.clone()),
        (CustomerField::Company, if added.company { "yes".into() } else { String::new() }),
        (CustomerField::Phone, text(&added.phone)),
        (CustomerField::Email, text(&added.email)),
        (CustomerField::Note, text(&added.note)),
        (CustomerField::Address, details.address.clone()),
        (CustomerField::TaxNumber, details.tax_number.clone()),
        (CustomerField::Language, details.language.clone()),
        (CustomerField::NoMail, if details.no_mail { "yes".into() } else { String::new() }),
        (CustomerField::Contacts, details.contacts.iter().map(contact).collect::<Vec<_>>().join(", ")),
    ]
}
