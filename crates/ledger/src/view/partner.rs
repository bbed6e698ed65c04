//! The partner ledger: commission payable before, earned, clawed back, paid, and payable after.

use crate::code::Code;
use crate::date::Date;
use crate::entry::Body;
use crate::entry::record::{Entry, Place};
use crate::fold::posted::Posted;
use crate::money::Money;
use crate::posted::PostedRow;
use crate::view::span::Span;
use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::sync::Arc;

/// One partner over a span, in minor units: `closing = opening + earned − clawback − paid`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct PartnerRow {
    pub opening: Money,
    pub earned: Money,
    pub clawback: Money,
    pub paid: Money,
    /// Payable at the end; below zero if more was paid than earned.
    pub closing: Money,
    /// Calculated up front and not payable yet at the end.
    pub accrued: Money,
}

/// One line of a partner's ledger, in minor units: what one entry moved of the commission payable to the partner, and of
/// what is not payable yet.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerPosting {
    /// The day in the posted journal.
    pub day: Date,
    /// The stage and the place of the entry: with the day, the sequence of the lines.
    pub at: (usize, Place),
    /// The entry.
    pub entry: Arc<Entry>,
    /// What became payable; below zero where it was taken back.
    pub earned: Money,
    /// What was paid to the partner; below zero where a payment was reversed.
    pub paid: Money,
    /// The change of what was calculated up front and is not payable yet.
    pub accrued: Money,
}

impl PartnerPosting {
    /// The lines of a partner among rows of the posted journal, of an account or of the shop itself.
    #[must_use]
    pub fn among(rows: &[PostedRow<'_>], partner: &str) -> Vec<Self> {
        rows.iter().filter_map(|row| Self::of(row, partner)).collect()
    }

    fn of(row: &PostedRow<'_>, partner: &str) -> Option<Self> {
        let mut posting = Self {
            day: row.day,
            at: (row.stage, row.place.clone()),
            entry: row.entry.clone(),
            earned: Money::ZERO,
            paid: Money::ZERO,
            accrued: Money::ZERO,
        };
        for part in row.parts.iter() {
            let is_payment = is_payment(&part.entry.body);
            let own = part.moved.iter().filter(|moved| moved.account.party.as_ref() == partner);
            for moved in own {
                let is_payable = moved.account.code == Code::CommissionPayable;
                if moved.account.code == Code::CommissionAccrued {
                    posting.accrued -= moved.amount;
                } else if is_payable && is_payment {
                    posting.paid += moved.amount;
                } else if is_payable {
                    posting.earned -= moved.amount;
                }
            }
        }
        let amounts = [posting.earned, posting.paid, posting.accrued];
        amounts.iter().any(|amount| !amount.is_zero()).then_some(posting)
    }
}

/// Whether an entry pays a partner or takes such a payment back.
const fn is_payment(body: &Body) -> bool {
    matches!(body, Body::PartnerPaid(_) | Body::PartnerPaymentReversed(_))
}

impl AddAssign<&Self> for PartnerRow {
    fn add_assign(&mut self, more: &Self) {
        self.opening += more.opening;
        self.earned += more.earned;
        self.clawback += more.clawback;
        self.paid += more.paid;
        self.closing += more.closing;
        self.accrued += more.accrued;
    }
}

/// The rows by the id of the partner.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct PartnerLedger {
    pub rows: BTreeMap<Arc<str>, PartnerRow>,
}

impl PartnerLedger {
    /// Adds rows of the posted journal, of an account or of the shop itself, up to the end of the span.
    pub fn add(&mut self, rows: &[PostedRow<'_>], span: Span) {
        for row in rows.iter().filter(|row| !span.ends_before(row.day)) {
            let is_before = span.begins_after(row.day);
            row.parts.iter().for_each(|part| self.add_part(part, is_before));
        }
    }

    fn add_part(&mut self, part: &Posted, is_before: bool) {
        let is_payment = is_payment(&part.entry.body);
        for moved in &part.moved {
            let (code, given) = (moved.account.code, -moved.amount);
            if !matches!(code, Code::CommissionPayable | Code::CommissionAccrued) {
                continue;
            }
            let row = self.rows.entry(moved.account.party.clone()).or_default();
            if code == Code::CommissionAccrued {
                row.accrued += given;
            } else if is_before {
                row.opening += given;
            } else if is_payment {
                row.paid += -given;
            } else {
                row.earned += given.or_zero();
                row.clawback += (-given).or_zero();
            }
            row.closing = row.opening + row.earned - row.clawback - row.paid;
        }
    }

    /// Adds the rows of another ledger.
    pub fn merge(&mut self, other: Self) {
        for (partner, more) in other.rows {
            *self.rows.entry(partner).or_default() += &more;
        }
    }
}
