//! Decides on money that no customer touches.

use super::{
    CountDrawer, DaySealed, DrawerCounted, ExceptionResolved, MoveMoney, OpenMoney, PartnerPaid, PayPartner,
    ResolveException, SealDay,
};
use crate::body::Body;
use crate::code::{BookAccount, Code};
use crate::decide::{Case, note, reason, written};
use crate::exception::{Exception, Kind};
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;

impl Case<'_> {
    /// UnknownPartner, NotPermitted, dates, AmountNotPositive, ExceedsPayable.
    pub(crate) fn pay_partner(&self, asked: &PayPartner) -> Result<Body, Refusal> {
        if !self.cx.shop.partners.contains_key(&asked.partner) {
            return Err(Refusal::UnknownPartner { partner: asked.partner.clone() });
        }
        self.permitted("partner.paid", asked.amount)?;
        self.dated()?;
        self.positive(asked.amount)?;
        let payable =
            -self.cx.shop.balance(&BookAccount::kept_by_id(Code::CommissionPayable, &asked.partner));
        if asked.amount > payable {
            let partner = asked.partner.clone();
            return Err(Refusal::ExceedsPayable { partner, asked: asked.amount, payable });
        }
        Ok(Body::PartnerPaid(PartnerPaid {
            partner: asked.partner.clone(),
            method: asked.method,
            account: self.paying_account(asked.method, asked.bank.as_deref())?,
            amount: asked.amount,
            note: note(asked.method, asked.note.as_ref())?,
        }))
    }

    /// Dates, AmountNotPositive.
    pub(crate) fn move_money(&self, asked: &MoveMoney) -> Result<Body, Refusal> {
        self.dated()?;
        self.positive(asked.amount)?;
        asked.fee.map_or(Ok(()), |fee| self.positive(fee))?;
        self.within(asked.amount + asked.fee.unwrap_or_default())?;
        Ok(Body::MoneyMoved(MoveMoney { note: written(asked.note.as_ref()), ..asked.clone() }))
    }

    /// NotPermitted, dates, AmountNotPositive.
    pub(crate) fn open_money(&self, asked: &OpenMoney) -> Result<Body, Refusal> {
        self.permitted("money.opened", asked.amount)?;
        self.dated()?;
        self.positive(asked.amount)?;
        Ok(Body::MoneyOpened(asked.clone()))
    }

    /// Dates. Carries what is counted and what is expected now.
    pub(crate) fn count_drawer(&self, asked: &CountDrawer) -> Result<Body, Refusal> {
        self.dated()?;
        if asked.counted < Money::ZERO {
            return Err(Refusal::AmountNotPositive);
        }
        self.within(asked.counted)?;
        let account = BookAccount::drawer(self.cx.counter);
        let expected = self.cx.shop.balance(&account);
        let note = written(asked.note.as_ref());
        Ok(Body::DrawerCounted(DrawerCounted { account, counted: asked.counted, expected, note }))
    }

    /// NotPermitted, FutureDate, AlreadySealed.
    pub(crate) fn seal_day(&self, asked: &SealDay) -> Result<Body, Refusal> {
        self.permitted("day.sealed", Money::ZERO)?;
        if asked.day > self.horizon {
            return Err(Refusal::FutureDate { on: asked.day, today: self.horizon });
        }
        if let Some(sealed) = self.cx.shop.sealed.filter(|sealed| asked.day <= *sealed) {
            return Err(Refusal::AlreadySealed { day: asked.day, sealed });
        }
        let (covers, balances) = (asked.covers.clone(), asked.balances.clone());
        Ok(Body::DaySealed(DaySealed { day: asked.day, covers, balances }))
    }

    /// NotPermitted, UnknownException, ReasonRequired.
    pub(crate) fn resolve_exception(&self, asked: &ResolveException) -> Result<Body, Refusal> {
        self.permitted("exception.resolved", Money::ZERO)?;
        let unknown = || Refusal::UnknownException { kind: asked.kind.clone(), entry: asked.entry.clone() };
        let kind = Kind::named(&asked.kind).ok_or_else(unknown)?;
        let found = self.open_exception(kind, &asked.entry);
        let late = kind == Kind::LateIntoSealedDay && self.may_be_late(&asked.entry);
        if found.is_none() && !late {
            return Err(unknown());
        }
        let (entry, other) = found.map_or((asked.entry.clone(), None), |found| (found.entry, found.other));
        let entries = [entry].into_iter().chain(other).collect();
        let note = reason(asked.reason.as_ref())?;
        Ok(Body::ExceptionResolved(ExceptionResolved { kind: kind.to_string(), entries, note }))
    }

    /// The open exception that an entry raised; or one about a document, where the entry has an id that nobody
    /// sees.
    fn open_exception(&self, kind: Kind, named: &Id) -> Option<Exception> {
        let open: Vec<_> = self.account().exceptions().into_iter().filter(|open| open.kind == kind).collect();
        let about =
            |open: &&Exception| open.about.as_ref() == Some(named) || open.other.as_ref() == Some(named);
        open.iter().find(|open| open.entry == *named).or_else(|| open.iter().find(about)).cloned()
    }

    /// Whether an entry is late depends on its place, which the store knows; here its date must allow it.
    fn may_be_late(&self, entry: &Id) -> bool {
        let sealed = self.cx.shop.sealed;
        self.account().entry(entry).is_some_and(|entry| sealed.is_some_and(|sealed| entry.on <= sealed))
    }
}
