//! Resolve an exception with a note about what was done. A claim.

use crate::account::fold::Fold;
use crate::account::raised::RaisedException;
use crate::entry::exception_resolved::ExceptionResolved;
use crate::entry::record::Entry;
use crate::entry::{Body, EntryKind};
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, reason};

/// An exception to resolve, with a note about what was done.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ResolveException {
    /// The name of the exception, such as `OverRefunded`.
    pub kind: String,
    /// The entry that raised the exception, or the document that it is about.
    pub entry: Id,
    pub reason: Option<String>,
}

impl Case<'_> {
    /// Refusals in order: NotPermitted, UnknownException, ReasonRequired.
    pub(crate) fn resolve_exception(&self, asked: &ResolveException) -> Result<Body, Refusal> {
        self.permitted(EntryKind::ExceptionResolved, Money::ZERO)?;
        let kind = Kind::named(&asked.kind);
        let open = kind.and_then(|kind| self.open_exception(kind, &asked.entry));
        let entries = open.ok_or_else(|| Refusal::UnknownException {
            kind: asked.kind.clone(),
            entry: asked.entry.clone(),
        })?;
        let note = reason(asked.reason.as_ref())?;
        Ok(Body::ExceptionResolved(ExceptionResolved { kind: asked.kind.clone(), entries, note }))
    }

    /// The entries of the open exception that an entry raised; otherwise of one about this document, because the id
    /// of the entry is often not shown.
    fn open_exception(&self, kind: Kind, named: &Id) -> Option<Vec<Id>> {
        let open: Vec<_> = self
            .account()
            .open_exceptions()
            .into_iter()
            .map(|open| open.raised)
            .filter(|open| open.kind == kind)
            .collect();
        let about = |open: &&RaisedException| {
            open.about.as_ref() == Some(named) || open.other.as_ref() == Some(named)
        };
        let found = open.iter().find(|open| open.entry == *named).or_else(|| open.iter().find(about));
        if let Some(found) = found {
            return Some(std::iter::once(&found.entry).chain(&found.other).cloned().collect());
        }
        if kind == Kind::CompletedTwice
            && let Some(second) = self.reversed_twice(named)
        {
            return Some(vec![second]);
        }
        let derived = match kind {
            Kind::LateIntoSealedDay => self.may_be_late(named),
            Kind::IdClash => self.clashes_elsewhere(named),
            Kind::NumberTwice => self.has_number(named),
            Kind::SealVoid => self.may_be_void(named),
            Kind::NotEntitled => self.for_customer.is_none() && self.cx.shop.not_entitled.contains_key(named),
            Kind::CreditOverspent
            | Kind::OverCredited
            | Kind::OverRefunded
            | Kind::RefundDuringPending
            | Kind::CompletedTwice
            | Kind::RejectedYetPaid
            | Kind::PaidTwice
            | Kind::OverReturned
            | Kind::WaitingFor => false,
        };
        (derived && !self.was_resolved(kind, named)).then(|| vec![named.clone()])
    }

    /// Whether an entry can be late. The store knows the place that decides it; here only the date is checked.
    fn may_be_late(&self, named: &Id) -> bool {
        let sealed = self.cx.shop.sealed;
        self.entry_of(named).is_some_and(|entry| sealed.is_some_and(|sealed| entry.on <= sealed))
    }

    /// Whether a seal does not count. A cached shop does not have the seals; then its reader knows which of them is void.
    fn may_be_void(&self, named: &Id) -> bool {
        let shop = self.cx.shop;
        let is_seal = || self.entry_of(named).is_some_and(|entry| matches!(entry.body, Body::DaySealed(_)));
        let is_cached = shop.seals.is_empty() && shop.sealed.is_some();
        shop.seals.void().any(|void| void.entry == *named) || (is_cached && is_seal())
    }

    /// Whether an entry has a number, which a document of another account may have too. One account cannot know that; the
    /// index of all numbers decides it.
    fn has_number(&self, named: &Id) -> bool {
        self.entry_of(named).is_some_and(|entry| entry.no.is_some())
    }

    /// Whether the id also exists with other content in another account or in the shop, which one account cannot
    /// know.
    fn clashes_elsewhere(&self, named: &Id) -> bool {
        (self.cx.id_owner)(named).is_some_and(|owner| owner.clashes)
    }

    /// The second reversal of a payment to a partner, by its id or by that of the payment, unless it is resolved.
    fn reversed_twice(&self, named: &Id) -> Option<Id> {
        let payments = self.cx.shop.reversed_payments.iter().filter(|_| self.for_customer.is_none());
        let mut second = payments.flat_map(|(payment, reversals)| {
            let is_named = payment == named || reversals.contains(named);
            reversals.iter().skip(1).filter(move |_| is_named)
        });
        second.find(|second| !self.was_resolved(Kind::CompletedTwice, second)).cloned()
    }

    /// The entry with this id in the account; for an act of the shop also an entry of the shop.
    fn entry_of(&self, id: &Id) -> Option<Entry> {
        let here = self.account().entry(id).map(|entry| Entry::clone(entry));
        let of_shop =
            || (self.cx.id_owner)(id).map(|owner| owner.entry).filter(|entry| entry.customer.is_none());
        here.or_else(|| if self.for_customer.is_none() { of_shop() } else { None })
    }

    fn was_resolved(&self, kind: Kind, entry: &Id) -> bool {
        let here = self.account().resolved.contains(&(kind, entry.clone()));
        here || (self.for_customer.is_none() && self.cx.shop.is_resolved(kind, entry))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &ResolveException, body: &Body) -> bool {
    let Body::ExceptionResolved(written) = body else { return false };
    asked.kind == written.kind && reason(asked.reason.as_ref()).is_ok_and(|reason| reason == written.note)
}

impl Asked for ResolveException {
    fn names(&self) -> Vec<Id> {
        vec![self.entry.clone()]
    }
}

impl Fold<'_> {
    /// Posts nothing; the exception is no longer open.
    pub(crate) fn resolve_exception(&mut self, resolved: &ExceptionResolved) {
        self.account.resolved.extend(resolved.names());
    }
}
