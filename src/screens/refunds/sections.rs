//! The sections of the queue, and which rows belong to whom.

use crate::screens::context;
use crate::session::Session;
use crate::text::say;
use ledger::account::Waits;
use ledger::entry::{EntryKind, Stage};
use ledger::view::refund::RefundRow;
use leptos::prelude::*;

/// A section of the queue, by what its refunds wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Requested,
    Pending,
    Awaiting,
    HandOver,
    Done,
}

impl Section {
    /// All of them, in the order in which a refund passes through them.
    pub const ALL: [Self; 5] = [Self::Requested, Self::Pending, Self::Awaiting, Self::HandOver, Self::Done];

    /// Its word in the address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Pending => "pending",
            Self::Awaiting => "awaiting",
            Self::HandOver => "hand-over",
            Self::Done => "done",
        }
    }

    /// The section with that word.
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.key() == key)
    }

    /// Its name.
    pub fn label(self) -> String {
        match self {
            Self::Requested => say!(queue.requested),
            Self::Pending => say!(queue.pending),
            Self::Awaiting => say!(queue.awaiting),
            Self::HandOver => say!(queue.to_hand_over),
            Self::Done => say!(queue.done),
        }
    }

    /// What its refunds wait for, for the person who acts.
    pub fn says(self, session: Session) -> String {
        match self {
            Self::Requested if decides(session, EntryKind::RefundApproved) => say!(queue.requested_hint),
            Self::Requested => say!(queue.requested_clerk),
            Self::Pending => say!(queue.pending_hint),
            Self::Awaiting if decides(session, EntryKind::PayoutCompleted) => say!(queue.awaiting_hint),
            Self::Awaiting => say!(queue.awaiting_clerk),
            Self::HandOver => say!(queue.hand_over_hint),
            Self::Done => say!(queue.done_hint),
        }
    }

    /// Whether a row is in it.
    pub fn has(self, row: &RefundRow) -> bool {
        Self::holding(row) == self
    }

    /// The section of a row.
    pub fn holding(row: &RefundRow) -> Self {
        match row.waits_for() {
            Some(Waits::Decision) => Self::Requested,
            Some(Waits::Processor) => Self::Pending,
            Some(Waits::Payment) => Self::Awaiting,
            Some(Waits::HandOver) => Self::HandOver,
            None => Self::Done,
        }
    }

    /// The rows of the section, oldest first.
    pub fn of(self, mut rows: Vec<RefundRow>) -> Vec<RefundRow> {
        rows.retain(|row| self.has(row));
        rows
    }

    /// The section that the person who acts should see first: a decision, a payment, a hand-over, then what only waits.
    pub fn first_with_work(session: Session, rows: &[RefundRow]) -> Self {
        let work = [Self::Requested, Self::Awaiting, Self::HandOver];
        let can = |section: &Self| rows.iter().any(|row| section.has(row) && waits_for(session, row));
        let any = |section: &Self| rows.iter().any(|row| section.has(row));
        let mut all = work.into_iter().chain([Self::Pending]);
        work.into_iter().find(can).or_else(|| all.find(any)).unwrap_or(Self::Awaiting)
    }
}

fn decides(session: Session, kind: EntryKind) -> bool {
    context::may(session, kind, ledger::money::Money::ZERO)
}

/// Whether the person who acts can do the next step of a refund that waits.
pub fn waits_for(session: Session, row: &RefundRow) -> bool {
    match row.waits_for() {
        Some(Waits::Decision) => context::may(session, EntryKind::RefundApproved, row.amount),
        Some(Waits::Payment) => context::may(session, EntryKind::PayoutCompleted, row.amount),
        Some(Waits::HandOver) => true,
        Some(Waits::Processor) | None => false,
    }
}

/// Whether the person who acts may say what became of a refund that the card processor has given no answer about.
pub fn looks_after(session: Session, row: &RefundRow) -> bool {
    let is_open = row.progress.as_ref().is_some_and(|progress| progress.stage == Stage::Person);
    is_open
        && row.waits_for() == Some(Waits::Processor)
        && context::may(session, EntryKind::RefundIssued, row.amount)
}

/// Whether the person who acts sees a row: of what others decide, only what they asked for themselves.
pub fn is_shown(session: Session, row: &RefundRow) -> bool {
    match row.waits_for() {
        Some(Waits::Decision | Waits::Payment) => is_own(session, row) || waits_for(session, row),
        Some(Waits::Processor | Waits::HandOver) | None => true,
    }
}

/// Whether the person who acts requested or processed it.
pub fn is_own(session: Session, row: &RefundRow) -> bool {
    session.this_device().with(|here| here.actor == row.actor)
}
