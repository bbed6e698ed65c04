//! What an admin decides on a request or a pay-out, with its texts.

use crate::text::say;
use ledger::account::Status;
use ledger::entry::{Outcome, SettleRefund};
use ledger::id::Id;
use ledger::method::Method;
use ledger::rules::{Act, Rejection, Withdrawal};
use ledger::view::refund::RefundRow;

/// An admin's decision on a refund request or a pay-out, or the requester's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Verdict {
    Approve,
    Reject,
    Withdraw,
    Complete,
    RejectPayout,
    WasMade,
    WasNotMade,
}

/// What a person has found at the card processor.
fn settle(refund: Id, outcome: Outcome) -> Act {
    Act::SettleRefund(SettleRefund { refund, outcome })
}

/// The texts of a dialog.
pub(super) struct Words {
    pub title: String,
    pub text: String,
    pub yes: String,
}

/// What a decision is about, in words.
pub(super) struct About {
    /// The document: `AR-0010: £40.00 to Dee Okafor by bank transfer`.
    pub what: String,
    /// The person who asked.
    pub who: String,
}

impl Verdict {
    /// Whether it needs a reason.
    pub const fn has_reason(self) -> bool {
        matches!(self, Self::Reject | Self::RejectPayout)
    }

    /// The act, and the suffix of its id after the request's id, so that two presses record one act.
    pub(super) fn act(self, of: Id, reason: Option<String>) -> (&'static str, Act) {
        match self {
            Self::Approve => ("approved", Act::ApproveRefund(of)),
            Self::Reject => ("rejected", Act::RejectRefund(Rejection { of, reason })),
            Self::Withdraw => ("withdrawn", Act::WithdrawRefund(Withdrawal { of })),
            Self::Complete => ("complete", Act::CompletePayout(of)),
            Self::RejectPayout => ("rejected", Act::RejectPayout(Rejection { of, reason })),
            Self::WasMade => ("settled", settle(of, Outcome::Succeeded)),
            Self::WasNotMade => ("settled", settle(of, Outcome::Failed)),
        }
    }

    pub(super) fn asks(self, about: About, row: &RefundRow) -> Words {
        let About { what, who } = about;
        let (title, text, yes) = match self {
            Self::Approve if row.is_found() => {
                (say!(online.sure_record), say!(online.sure_record_text), say!(online.record))
            }
            Self::Reject if row.is_found() => {
                (say!(queue.sure_reject), say!(online.sure_reject_found_text), say!(queue.reject))
            }
            Self::Approve if row.method == Method::Credit => {
                (say!(queue.sure_approve), say!(queue.sure_approve_credit, who = who), say!(queue.approve))
            }
            Self::Approve if row.method == Method::Online => {
                (say!(queue.sure_approve), say!(online.sure_approve_text, who = who), say!(queue.approve))
            }
            Self::Approve => {
                (say!(queue.sure_approve), say!(queue.sure_approve_text, who = who), say!(queue.approve))
            }
            Self::Reject => {
                (say!(queue.sure_reject), say!(queue.sure_reject_text, who = who), say!(queue.reject))
            }
            Self::Withdraw if row.order.is_none() => (
                say!(queue.sure_withdraw_payout),
                say!(queue.sure_withdraw_payout_text),
                say!(queue.withdraw),
            ),
            Self::Withdraw if row.status == Status::Pending => {
                (say!(online.sure_cancel), say!(online.sure_cancel_text), say!(online.cancel))
            }
            Self::Withdraw => {
                (say!(queue.sure_withdraw), say!(queue.sure_withdraw_text), say!(queue.withdraw))
            }
            Self::Complete => {
                (say!(queue.sure_complete), say!(queue.sure_complete_text), say!(queue.complete))
            }
            Self::RejectPayout => {
                (say!(queue.sure_reject_payout), say!(queue.sure_reject_payout_text), say!(queue.reject))
            }
            Self::WasMade => (say!(online.sure_made), say!(online.sure_made_text), say!(online.was_made)),
            Self::WasNotMade => {
                (say!(online.sure_not_made), say!(online.sure_not_made_text), say!(online.was_not_made))
            }
        };
        Words { title, text: format!("{what}. {text}"), yes }
    }

    pub(super) fn said(self, row: &RefundRow, name: String) -> String {
        match self {
            Self::Withdraw if row.order.is_none() => say!(queue.payout_withdrawn, name = name),
            Self::Approve if row.is_found() => say!(online.recorded, name = name),
            Self::Approve => say!(queue.approved, name = name),
            Self::Reject => say!(queue.rejected, name = name),
            Self::Withdraw if row.status == Status::Pending => say!(online.cancel_said, name = name),
            Self::Withdraw => say!(queue.withdrawn, name = name),
            Self::Complete => say!(queue.completed, name = name),
            Self::RejectPayout => say!(queue.payout_rejected, name = name),
            Self::WasMade => say!(online.said_made, name = name),
            Self::WasNotMade => say!(online.said_not_made, name = name),
        }
    }
}
