//! What reports show: the views of the ledger over a span, added up account by account.

use super::day_slip::DayEntry;
use super::slip_code::SlipCode;
use ledger::date::Date;
use ledger::entry::{Entry, Record};
use ledger::fold::{CustomerBook, ShopBook};
use ledger::posted::PostedRow;
use ledger::shop::{Seals, Shop};
use ledger::view::activity::Activity;
use ledger::view::ageing::AgedCustomer;
use ledger::view::cash_day::CashDay;
use ledger::view::history::HistoryRow;
use ledger::view::partner::PartnerLedger;
use ledger::view::reasons::Reasons;
use ledger::view::span::Span;
use ledger::view::takings::Takings;
use ledger::view::tax::Taxes;
use ledger::view::versions::Version;
use reports::Transaction;
use std::collections::BTreeMap;

/// Which figures are needed. Those of one variant are read together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// What customers owe by age at the end of a day.
    Ageing(Date),
    /// Takings, tax, refunds by reason, and who did what.
    Sums,
    /// The commission of partners.
    Commissions,
    /// Every entry with its postings.
    DayBook,
    /// The report of one day: its sums, commission, drawers and bank accounts.
    Day(Date),
}

/// An entry of the day book.
#[derive(Debug, Clone)]
pub struct DayBookLine {
    /// The entry with its postings.
    pub transaction: Transaction,
    /// The entry of an account, in the data of its sentence; `None` for an entry of the shop.
    pub of_account: Option<HistoryRow>,
}

/// The figures of reports, in minor units; only those that were wanted are filled.
#[derive(Debug, Clone, Default)]
pub struct ReportFigures {
    /// The shop as it was known, with the names of partners and staff.
    pub shop: Shop,
    /// The name with which the shop was opened.
    pub opened_as: String,
    /// What customers owe, by id; customers without any amount are left out.
    pub aged: Vec<AgedCustomer>,
    /// Takings by day of the posted journal. Those of a span are their sum.
    pub takings: BTreeMap<Date, Takings>,
    /// Refunds by reason.
    pub reasons: Reasons,
    /// Sales tax by rate.
    pub taxes: Taxes,
    /// Who did what.
    pub activity: Activity,
    /// The commission of partners.
    pub partners: PartnerLedger,
    /// What was in the drawers and bank accounts, and what moved.
    pub cash: CashDay,
    /// The day book, by day.
    pub lines: Vec<DayBookLine>,
    /// The entries that count on the day of its report, in their order.
    pub of_day: Vec<DayEntry>,
    /// The code of the report of a day; `None` where nothing counts on it.
    pub code: Option<SlipCode>,
}

impl ReportFigures {
    /// Adds an account.
    pub(super) fn add_account(&mut self, wanted: Wanted, book: &CustomerBook, seals: &Seals, span: Span) {
        match wanted {
            Wanted::Ageing(day) => self.aged.push(book.ageing(seals, day)),
            Wanted::Sums => self.add_sums(book, seals, &book.posted_journal(seals), span),
            Wanted::Day(day) => {
                let rows = book.posted_journal(seals);
                self.add_sums(book, seals, &rows, Span::of_day(day));
                self.partners.add(&rows, Span::of_day(day));
                self.cash.add(&rows, day);
                self.add_entries(&rows, day, |entry| book.account().history_row(entry));
            }
            Wanted::Commissions => self.partners.add(&book.posted_journal(seals), span),
            Wanted::DayBook => {
                let line = |transaction: Transaction| DayBookLine {
                    of_account: book.account().history_row(&transaction.entry),
                    transaction,
                };
                self.lines.extend(Transaction::of_account(book, seals, span).into_iter().map(line));
            }
        }
    }

    fn add_entries(
        &mut self,
        rows: &[PostedRow<'_>],
        day: Date,
        of_account: impl Fn(&Entry) -> Option<HistoryRow>,
    ) {
        self.of_day.extend(rows.iter().filter(|row| row.day == day).map(|row| DayEntry {
            version: Version { place: row.place.clone(), entry: row.entry.clone() },
            of_account: of_account(&row.entry),
        }));
    }

    fn add_sums(&mut self, book: &CustomerBook, seals: &Seals, rows: &[PostedRow<'_>], span: Span) {
        for row in rows.iter().filter(|row| span.holds(row.day)) {
            let day = self.takings.entry(row.day).or_default();
            row.parts.iter().for_each(|part| day.add_part(book.account(), part));
        }
        self.reasons.add(book.account(), rows, span);
        self.taxes.add(rows, span);
        self.activity.add(book, seals, rows, span);
    }

    /// Adds the shop's own entries.
    pub(super) fn add_shop(&mut self, wanted: Wanted, book: &ShopBook, span: Span) {
        match wanted {
            Wanted::Ageing(_) => {}
            Wanted::Sums => self.activity.add_shop(book, span),
            Wanted::Day(day) => {
                let rows = book.posted_journal();
                self.partners.add(&rows, Span::of_day(day));
                self.cash.add(&rows, day);
                self.add_entries(&rows, day, |_| None);
                let seals = &book.shop().seals;
                let of_day = |record: &&Record| seals.posting_day(&record.place, record.entry.on) == day;
                for Record { place, entry, .. } in book.records().iter().filter(of_day) {
                    self.cash.add_count(&entry.body, &entry.actor, place.order.0);
                }
            }
            Wanted::Commissions => self.partners.add(&book.posted_journal(), span),
            Wanted::DayBook => {
                let line = |transaction| DayBookLine { transaction, of_account: None };
                self.lines.extend(Transaction::of_shop(book, span).into_iter().map(line));
            }
        }
    }

    /// Sorts what was added.
    pub(super) fn finish(&mut self) {
        self.lines.sort_by(|one, other| one.transaction.sequence().cmp(&other.transaction.sequence()));
        self.takings.retain(|_, day| !day.rows.is_empty());
        self.of_day.sort_by(|one, other| one.version.place.cmp(&other.version.place));
    }
}
