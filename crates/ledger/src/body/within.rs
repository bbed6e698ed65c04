//! Whether a body stays within the limits of the book.

use super::Body;
use crate::limits::{MAX_AMOUNT, MAX_LINES, MAX_PARTS, MAX_QTY, OverLimit, at_most, text};
use crate::money::Money;

impl Body {
    /// Checks lengths and counts; amounts and rates were checked when they were read.
    ///
    /// # Errors
    /// The first thing that is over its limit.
    pub fn within_limits(&self) -> Result<(), OverLimit> {
        self.texts()?;
        match self {
            Self::OrderPlaced(order) => {
                at_most("lines", order.lines.len(), MAX_LINES)?;
                at_most("tax groups", order.groups.len(), MAX_LINES)?;
                at_most("partners", order.partners.len(), 2)?;
                sum(order.groups.iter().map(|group| group.gross))?;
                order.groups.iter().try_for_each(|group| no_more("tax", group.tax, group.gross))?;
                order
                    .lines
                    .iter()
                    .try_for_each(|line| at_most("quantity", line.qty as usize, MAX_QTY as usize))
            }
            Self::PaymentRecorded(payment) => {
                at_most("allocations", payment.allocations.len(), MAX_PARTS)?;
                sum(payment.allocations.iter().map(|part| part.amount))
            }
            Self::RefundRecorded(refund) | Self::RefundIssued(refund) | Self::RefundRequested(refund) => {
                at_most("parts", refund.parts.len(), MAX_PARTS)?;
                sum(refund.parts.iter().map(|part| part.amount))
            }
            Self::PayoutProcessed(payout) => {
                at_most("parts", payout.from.len(), MAX_PARTS)?;
                sum(payout.from.iter().map(|part| part.amount))
            }
            _ => Ok(()),
        }
    }

    /// Every text that somebody typed.
    fn texts(&self) -> Result<(), OverLimit> {
        let mut texts = Texts(Ok(()));
        match self {
            Self::ShopOpened(shop) => texts.extend([shop.name.as_str(), &shop.currency]),
            Self::StaffAdded(staff) => {
                texts.push(&staff.name);
                texts.extend(staff.pin.as_deref());
            }
            Self::RightGranted(right) => texts.push(&right.kind),
            Self::EntryAdopted(adopted) => texts.push(&adopted.hash),
            Self::MethodAdded(method) => texts.push(&method.name),
            Self::BankAdded(bank) => texts.push(&bank.name),
            Self::PartnerAdded(partner) => texts.push(&partner.name),
            Self::CustomerAdded(customer) => {
                texts.push(&customer.name);
                texts.extend(
                    [&customer.phone, &customer.email, &customer.note]
                        .into_iter()
                        .flatten()
                        .map(String::as_str),
                );
            }
            Self::OrderPlaced(order) => {
                texts.extend(order.lines.iter().map(|line| line.text.as_str()));
                texts.extend(order.reference.as_deref());
            }
            Self::PaymentRecorded(payment) => {
                texts.extend([&payment.reference, &payment.note].into_iter().flatten().map(String::as_str))
            }
            Self::CreditGranted(credit) => {
                texts.push(&credit.reason);
                texts.extend(credit.note.as_deref());
            }
            Self::OrderCredited(credit) => {
                texts.push(&credit.reason);
                texts.extend(credit.note.as_deref());
            }
            Self::CreditReversed(credit) => texts.extend(credit.note.as_deref()),
            Self::RefundRecorded(refund) | Self::RefundIssued(refund) | Self::RefundRequested(refund) => {
                texts.push(&refund.reason);
                texts.extend([&refund.reference, &refund.note].into_iter().flatten().map(String::as_str));
            }
            Self::PayoutProcessed(payout) => texts.extend(
                [&payout.payee, &payout.reference, &payout.note].into_iter().flatten().map(String::as_str),
            ),
            Self::CreditNoteReversed(reversed)
            | Self::PaymentReversed(reversed)
            | Self::RefundReversed(reversed) => {
                texts.push(&reversed.reason);
            }
            Self::OrderWrittenOff(off) | Self::WriteOffReversed(off) => texts.push(&off.reason),
            Self::CreditWrittenOff(off) => texts.push(&off.reason),
            Self::PartnerPaid(paid) => texts.extend(paid.note.as_deref()),
            Self::MoneyMoved(moved) => texts.extend(moved.note.as_deref()),
            Self::DrawerCounted(counted) => texts.extend(counted.note.as_deref()),
            Self::ExceptionResolved(resolved) => texts.extend([resolved.kind.as_str(), &resolved.note]),
            _ => {}
        }
        texts.0
    }
}

/// Looks at texts one by one, and remembers the first that is too long.
struct Texts(Result<(), OverLimit>);

impl Texts {
    fn push(&mut self, each: &str) {
        if self.0.is_ok() {
            self.0 = text(each);
        }
    }

    fn extend<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        texts.into_iter().for_each(|each| self.push(each));
    }
}

/// Parts together are no more than one amount may be: that is what the sums of a book are proved for.
fn sum(parts: impl Iterator<Item = Money>) -> Result<(), OverLimit> {
    no_more("amount", parts.sum(), Money(MAX_AMOUNT))
}

fn no_more(what: &'static str, amount: Money, most: Money) -> Result<(), OverLimit> {
    if amount > most { Err(OverLimit { what, most: most.0.unsigned_abs() }) } else { Ok(()) }
}
