//! The partner ledger: commission payable before, earned, clawed back, paid, and payable after.

use crate::code::Code;
use crate::entry::Body;
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
        let is_payment = matches!(part.entry.body, Body::PartnerPaid(_) | Body::PartnerPaymentReversed(_));
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
