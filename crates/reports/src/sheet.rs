//! Reports as tables for spreadsheets: one row a customer, method, rate, reason, partner or person, without sums, so that a
//! pivot table counts nothing twice. The headings are stable names and never translated.

use crate::csv::{row, safe};
use crate::words;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::shop::Shop;
use ledger::view::activity::Activity;
use ledger::view::ageing::AgedCustomer;
use ledger::view::partner::PartnerLedger;
use ledger::view::reasons::Reasons;
use ledger::view::takings::Takings;
use ledger::view::tax::Taxes;

/// A table: a heading and rows of the same length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    heading: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Comma-separated values. No text is taken for a formula.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut out = String::new();
        row(&mut out, self.heading);
        self.rows.iter().for_each(|cells| row(&mut out, cells));
        out
    }
}

/// What customers owe by age, one row a customer.
#[must_use]
pub fn ageing(aged: &[AgedCustomer], currency: &Currency) -> Sheet {
    let heading = &[
        "customer", "name", "not due", "1-30", "31-60", "61-90", "over 90", "owed", "credit", "to repay",
        "currency",
    ];
    let line = |one: &AgedCustomer| {
        let sums = &one.sums;
        let last = [sums.total(), sums.credit, sums.to_repay];
        let who = vec![text(one.customer.as_str()), text(&one.name)];
        figures(who, sums.owed.iter().chain(&last), currency)
    };
    Sheet { heading, rows: aged.iter().map(line).collect() }
}

/// Money received and paid back, one row a method and money account.
#[must_use]
pub fn takings(takings: &Takings, currency: &Currency) -> Sheet {
    let heading = &["method", "account", "payments", "taken", "refunds", "given back", "kept", "currency"];
    let line = |((method, account), of): (&(_, _), &ledger::view::takings::TakingsRow)| {
        let account: &ledger::code::MoneyAccount = account;
        let amount = |amount| currency.format(amount);
        vec![
            text(words::method(method)),
            text(&account.to_string()),
            of.times.to_string(),
            amount(of.taken),
            of.times_back.to_string(),
            amount(of.given_back),
            amount(of.taken - of.given_back),
            currency.code.clone(),
        ]
    };
    Sheet { heading, rows: takings.rows.iter().map(line).collect() }
}

/// Refunds, one row a reason as it is stored.
#[must_use]
pub fn refunds(reasons: &Reasons, currency: &Currency) -> Sheet {
    let heading = &["reason", "refunds", "money", "to credit", "sales smaller by", "currency"];
    let line = |(reason, of): (&String, &ledger::view::reasons::ReasonRow)| {
        let first = vec![text(reason), of.times.to_string()];
        figures(first, [of.money, of.to_credit, of.credited].iter(), currency)
    };
    Sheet { heading, rows: reasons.rows.iter().map(line).collect() }
}

/// The commission of partners, one row a partner.
#[must_use]
pub fn commissions(ledger: &PartnerLedger, shop: &Shop, currency: &Currency) -> Sheet {
    let heading = &[
        "partner",
        "name",
        "opening",
        "earned",
        "clawed back",
        "paid",
        "closing",
        "not yet payable",
        "currency",
    ];
    let rows = ledger.rows.iter().map(|(partner, of)| {
        let known = Id::new(partner).ok().and_then(|id| shop.partners.get(&id));
        let who = vec![text(partner), text(known.map_or("", |known| &known.name))];
        let amounts = [of.opening, of.earned, of.clawback, of.paid, of.closing, of.accrued];
        figures(who, amounts.iter(), currency)
    });
    Sheet { heading, rows: rows.collect() }
}

/// Sales tax, one row a rate in percent.
#[must_use]
pub fn tax(taxes: &Taxes, currency: &Currency) -> Sheet {
    let heading = &["rate", "charged", "taken back", "due", "currency"];
    let line = |(rate, of): (&ledger::rate::Rate, &ledger::view::tax::TaxRow)| {
        figures(vec![rate.to_string()], [of.charged, of.taken_back, of.due()].iter(), currency)
    };
    Sheet { heading, rows: taxes.rows.iter().map(line).collect() }
}

/// What was recorded, one row a person.
#[must_use]
pub fn activity(activity: &Activity, shop: &Shop, currency: &Currency) -> Sheet {
    let heading = &[
        "person",
        "name",
        "entries",
        "reversals",
        "sold",
        "taken",
        "given back",
        "credited",
        "written off",
        "currency",
    ];
    let rows = activity.rows.iter().map(|(person, of)| {
        let name = shop.staff.get(person).map_or("", |member| &member.name);
        let who = vec![text(person.as_str()), text(name), of.entries.to_string(), of.reversals.to_string()];
        figures(who, [of.sold, of.taken, of.given_back, of.credited, of.written_off].iter(), currency)
    });
    Sheet { heading, rows: rows.collect() }
}

fn text(text: &str) -> String {
    safe(text).into_owned()
}

/// A row: its first cells, amounts, and the currency.
fn figures<'a>(
    mut first: Vec<String>,
    amounts: impl Iterator<Item = &'a Money>,
    currency: &Currency,
) -> Vec<String> {
    first.extend(amounts.map(|amount| currency.format(*amount)));
    first.push(currency.code.clone());
    first
}
