//! A command to the model: actor, date, and the documents that it names.

use super::fold::{Fold, gives_credit};
use super::same::same;
use super::{Raised, rights, seals};
use daybook::ast::{self, Request};
use ledger::code::{BookAccount, Code};
use ledger::date::Date;
use ledger::entry::{
    Body, ChangeCustomer, ChangePartner, ChangeStaff, Entry, MarkDuplicate, MoveMoney, OpenMoney, Record,
    Role,
};
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::{Currency, Money};
use ledger::rules::{Act, SealDay, UnsealDay};
use std::collections::BTreeMap;

/// Success, or the name of the refusal.
pub type CheckResult = Result<(), &'static str>;

/// One check.
pub fn ensure(refusal: &'static str, holds: bool) -> CheckResult {
    if holds { Ok(()) } else { Err(refusal) }
}

/// The actor and the date.
pub struct Asker {
    pub actor: Id,
    /// The business date, unless the act says another.
    pub on: Date,
    pub today: Date,
}

/// One act and the records of a counter.
pub struct Ask<'a> {
    pub records: &'a [Record],
    /// The entries that do not count.
    pub not_entitled: Vec<Raised>,
    pub(super) entries: Vec<&'a Entry>,
    pub asker: &'a Asker,
    dated: Option<Date>,
    customer: Option<Id>,
}

/// Success, or the name of the refusal; `IdTaken` also for an entry that is recorded already. `None` for acts that the
/// model does not judge.
pub fn judge(records: &[Record], asker: &Asker, act: &ast::Act) -> Option<CheckResult> {
    let mut sorted: Vec<&Record> = records.iter().collect();
    sorted.sort_by_key(|record| record.place.clone());
    let (counting, not_entitled) = rights::entitled(&sorted);
    let entries: Vec<&Entry> = counting.iter().map(|record| &record.entry).collect();
    let mut ask =
        Ask { records, entries, not_entitled, asker, dated: act.dated, customer: act.customer.clone() };
    let asked = ask.act(&act.request)?;
    let named = || names(&asked).into_iter().find_map(|id| ask.known(id.as_str())?.customer.clone());
    ask.customer = ask.customer.clone().or_else(named);
    if matches!(asked, Act::AddCustomer(_)) {
        ask.customer.clone_from(&act.id);
    }
    let transfers = matches!(asked, Act::TransferCredit(_));
    let taken = act.id.as_ref().is_some_and(|id| {
        sorted.iter().any(|record| record.entry.id == *id)
            || (transfers && ask.known(&format!("{id}-given")).is_some())
    });
    let mut fold = Fold::default();
    for entry in ask.entries.iter().filter(|entry| entry.customer == ask.customer) {
        fold.entry(entry);
    }
    let judged = fold.judge(&ask, &asked)?;
    Some(match (taken, ask.admitted()) {
        (true, _) => Err("IdTaken"),
        (_, false) => Err("UnknownActor"),
        _ => judged,
    })
}

impl Ask<'_> {
    fn act(&self, what: &Request) -> Option<Act> {
        match what {
            Request::Command(act) => Some(act.clone()),
            Request::Reject(asked) => Some(match self.known(asked.of.as_str()).map(|entry| &entry.body) {
                Some(Body::PayoutProcessed(_)) => Act::RejectPayout(asked.clone()),
                _ => Act::RejectRefund(asked.clone()),
            }),
            Request::Move { from, to, amount, fee, note } => {
                let (from, to) = (money_account(from), money_account(to));
                Some(Act::MoveMoney(MoveMoney { from, to, amount: *amount, fee: *fee, note: note.clone() }))
            }
            Request::OpenMoney { account, amount } => {
                Some(Act::OpenMoney(OpenMoney { account: money_account(account), amount: *amount }))
            }
            Request::Unseal { day, reason } => Some(Act::UnsealDay(UnsealDay {
                day: *day,
                seal: None,
                before: None,
                reason: reason.clone(),
            })),
            Request::Rename { of, name } => Some(self.rename(of, name)),
            Request::Seal(day) => Some(Act::SealDay(SealDay {
                day: *day,
                after: None,
                after_covers: Vec::new(),
                covers: Vec::new(),
                balances: Vec::new(),
            })),
        }
    }

    fn rename(&self, of: &Id, name: &str) -> Act {
        let (id, renamed) = (of.clone(), Some(name.to_owned()));
        match self.known(of.as_str()).map(|entry| &entry.body) {
            Some(Body::PartnerAdded(_)) => {
                Act::ChangePartner(ChangePartner { partner: id, name: renamed, rate: None })
            }
            Some(Body::StaffAdded(_)) => {
                Act::ChangeStaff(ChangeStaff { member: id, name: renamed, role: None, left: None })
            }
            None if of.as_str() == "shop" => Act::ChangeShop(super::rounding::renamed_shop(renamed)),
            _ => Act::ChangeCustomer(ChangeCustomer { name: renamed, ..ChangeCustomer::of(id) }),
        }
    }

    /// Acts of the shop itself; `None` for those that the notation does not have.
    pub fn of_shop(&self, act: &Act) -> Option<CheckResult> {
        let positive = |amount: Money| ensure("AmountNotPositive", amount.0 > 0);
        Some(match act {
            Act::AddCustomer(_) => Ok(()),
            Act::AddStaff(_) | Act::AddBank(_) => self.permitted(),
            Act::AddMethod(asked) => self
                .permitted()
                .and_then(|()| ensure("IdTaken", !self.method(Method::Own(asked.word))))
                .and_then(|()| ensure("NotForMoney", asked.account.is_money())),
            Act::AddPartner(asked) => {
                self.permitted().and_then(|()| ensure("RateOutOfRange", asked.rate.0 <= 1_000_000))
            }
            Act::ChangeCustomer(asked) => {
                ensure("UnknownCustomer", self.is_customer(asked.customer.as_str()))
            }
            Act::ChangePartner(asked) => ensure("UnknownPartner", self.partner(asked.partner.as_str()))
                .and_then(|()| self.permitted())
                .and_then(|()| ensure("RateOutOfRange", asked.rate.is_none_or(|rate| rate.0 <= 1_000_000))),
            Act::ChangeStaff(asked) => {
                ensure("UnknownActor", self.is_member(asked.member.as_str())).and_then(|()| self.permitted())
            }
            Act::ChangeShop(_) | Act::SetBlindCount(_) => self.permitted(),
            Act::SetItem(asked) => self.may_set_item(asked),
            Act::SetRounding(asked) => {
                self.permitted().and_then(|()| ensure("AmountNotPositive", asked.coin.0 >= 0))
            }
            Act::MarkDuplicate(asked) => {
                let known = [&asked.customer, &asked.of].iter().all(|id| self.is_customer(id.as_str()));
                ensure("UnknownCustomer", known)
                    .and_then(|()| self.permitted())
                    .and_then(|()| ensure("SameCustomer", !self.closes_ring(asked)))
            }
            Act::MoveMoney(asked) => self
                .dated()
                .and_then(|()| positive(asked.amount))
                .and_then(|()| asked.fee.map_or(Ok(()), positive)),
            Act::ChargeFee(asked) => self
                .dated()
                .and_then(|()| positive(asked.amount))
                .and_then(|()| ensure("ReasonRequired", asked.reason.is_some()))
                .and_then(|()| ensure("MethodNotAvailable", self.method(asked.method))),
            Act::OpenMoney(asked) => {
                self.permitted().and_then(|()| self.dated()).and_then(|()| positive(asked.amount))
            }
            Act::CountDrawer(_) => self.dated(),
            Act::PayPartner(asked) => self.may_pay_partner(asked),
            Act::ReversePartnerPayment(asked) => self.may_reverse_partner_payment(asked),
            Act::SealDay(asked) => self.may_seal(asked.day),
            Act::UnsealDay(asked) => ensure("UnknownSeal", self.sealed() == Some(asked.day))
                .and_then(|()| ensure("NotPermitted", self.is_owner()))
                .and_then(|()| ensure("ReasonRequired", reasoned(asked.reason.as_ref()))),
            _ => return None,
        })
    }

    /// Whether a payment method is available: the owner's own methods must be added first.
    pub fn method(&self, method: Method) -> bool {
        let added = |entry: &&Entry| match &entry.body {
            Body::MethodAdded(added) => Method::Own(added.word) == method,
            _ => false,
        };
        !matches!(method, Method::Own(_)) || self.entries.iter().any(added)
    }

    fn may_seal(&self, day: Date) -> CheckResult {
        self.permitted()?;
        ensure("FutureDate", day <= self.asker.today)?;
        ensure("AlreadySealed", self.sealed().is_none_or(|sealed| day > sealed))
    }

    /// The most that an amount may be, in minor units.
    pub fn most(&self) -> i128 {
        let currency = self.entries.iter().find_map(|entry| match &entry.body {
            Body::ShopOpened(opened) => Currency::new(&opened.currency).ok(),
            _ => None,
        });
        10_i128.pow(8 + u32::from(currency.unwrap().decimals)) - 1
    }

    /// The first entry, in book order, with an id.
    pub fn known(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id.as_str() == id).copied()
    }

    fn elsewhere(&self, id: &str, is: impl Fn(&Body) -> bool) -> bool {
        self.known(id).is_some_and(|entry| is(&entry.body) && entry.customer != self.customer)
    }

    /// Whether it is another customer's order.
    pub fn order(&self, id: &str) -> bool {
        self.elsewhere(id, |body| matches!(body, Body::OrderPlaced(_)))
    }

    /// Whether it is another customer's payment.
    pub fn payment(&self, id: &str) -> bool {
        self.elsewhere(id, |body| matches!(body, Body::PaymentRecorded(_)))
    }

    /// Whether it may be another customer's credit.
    pub fn credit(&self, id: &str) -> bool {
        self.elsewhere(id, gives_credit)
    }

    /// UnknownCustomer.
    pub fn customer_known(&self) -> bool {
        let entry = self.customer.as_ref().and_then(|customer| self.known(customer.as_str()));
        entry.is_some_and(|entry| matches!(entry.body, Body::CustomerAdded(_)))
    }

    /// Whether a customer of that id was added.
    pub fn is_customer(&self, id: &str) -> bool {
        self.known(id).is_some_and(|entry| matches!(entry.body, Body::CustomerAdded(_)))
    }

    /// Whether a partner of that id was added.
    pub fn partner(&self, id: &str) -> bool {
        self.known(id).is_some_and(|entry| matches!(entry.body, Body::PartnerAdded(_)))
    }

    /// Whether two entries with that id say different things.
    pub fn clashes(&self, id: &str) -> bool {
        let mut bearing = self.entries.iter().filter(|entry| entry.id.as_str() == id);
        bearing.next().is_some_and(|first| bearing.any(|other| !same(first, other)))
    }

    /// UnknownActor: neither the owner nor on the staff list, or gone.
    fn admitted(&self) -> bool {
        self.is_owner() || (self.is_member(self.asker.actor.as_str()) && !self.has_left())
    }

    fn is_owner(&self) -> bool {
        let opened = self.entries.iter().find(|entry| matches!(entry.body, Body::ShopOpened(_)));
        opened.is_some_and(|entry| entry.actor == self.asker.actor)
    }

    fn is_member(&self, id: &str) -> bool {
        self.known(id).is_some_and(|entry| matches!(entry.body, Body::StaffAdded(_)))
    }

    /// The changes of the actor on the staff list.
    fn staff_changes(&self) -> impl DoubleEndedIterator<Item = &ChangeStaff> {
        self.entries.iter().filter_map(|entry| match &entry.body {
            Body::StaffChanged(changed) if changed.member == self.asker.actor => Some(changed),
            _ => None,
        })
    }

    fn has_left(&self) -> bool {
        self.staff_changes().rev().find_map(|changed| changed.left).unwrap_or(false)
    }

    /// NotPermitted: only clerks are restricted, and the notation grants no rights.
    pub fn permitted(&self) -> CheckResult {
        let added = self.known(self.asker.actor.as_str()).and_then(|entry| match &entry.body {
            Body::StaffAdded(added) => Some(added.role),
            _ => None,
        });
        let role = self.staff_changes().rev().find_map(|changed| changed.role).filter(|_| added.is_some());
        ensure("NotPermitted", self.is_owner() || role.or(added) == Some(Role::Admin))
    }

    /// Whether marking a customer as a duplicate of another closes a ring of the marks so far.
    fn closes_ring(&self, asked: &MarkDuplicate) -> bool {
        let mut marks = BTreeMap::new();
        let reaches = |marks: &BTreeMap<Id, Id>, customer: &Id, of: &Id| {
            let mut at = of.clone();
            while let Some(next) = marks.get(&at).filter(|_| at != *customer) {
                at = next.clone();
            }
            at == *customer && customer != of
        };
        for entry in &self.entries {
            let Body::CustomerDuplicated(MarkDuplicate { customer, of }) = &entry.body else { continue };
            if customer == of {
                marks.remove(customer);
            } else if !reaches(&marks, customer, of) {
                marks.insert(customer.clone(), of.clone());
            }
        }
        reaches(&marks, &asked.customer, &asked.of)
    }

    /// The last sealed day.
    fn sealed(&self) -> Option<Date> {
        let mut sorted: Vec<&Record> = self.records.iter().collect();
        sorted.sort_by_key(|record| record.place.clone());
        seals::last_day(&rights::entitled(&sorted).0)
    }

    pub fn is_sealed(&self, day: Date) -> bool {
        self.sealed().is_some_and(|sealed| day <= sealed)
    }

    /// The latest day that an act may have: today, or the day after a sealed one.
    fn open_day(&self) -> Date {
        self.sealed().map_or(self.asker.today, |day| self.asker.today.max(day.next()))
    }

    /// FutureDate, ClosedDay.
    pub fn dated(&self) -> CheckResult {
        let (on, open) = (self.asker.on, self.open_day());
        let on = self.dated.or((on != self.asker.today).then_some(on)).unwrap_or(open);
        ensure("FutureDate", on <= open)?;
        ensure("ClosedDay", !self.is_sealed(on))
    }
}

/// Whether there is a reason.
pub fn reasoned(reason: Option<&String>) -> bool {
    reason.is_some_and(|reason| !reason.trim().is_empty())
}

/// Any account of the method's code: which one makes no difference to a refusal.
fn money_account(account: &ast::AccountRef) -> BookAccount {
    BookAccount::of(match account.method {
        Method::Cash => Code::Cash,
        Method::Check | Method::Bank | Method::Insurance => Code::Bank,
        Method::Card | Method::Online => Code::Card,
        Method::Other | Method::Credit | Method::Own(_) => Code::Other,
    })
}

/// Request an act names, the first of which says whose account it touches.
fn names(act: &Act) -> Vec<&Id> {
    match act {
        Act::ApplyCredit(asked) => vec![&asked.lot, &asked.to],
        Act::UnapplyCredit(asked) => vec![&asked.lot, &asked.order],
        Act::CreditNote(asked) => vec![&asked.order],
        Act::TransferCredit(asked) => vec![&asked.lot],
        Act::PlanOrder(asked) => vec![&asked.order],
        Act::SetCollection(asked) => vec![&asked.order],
        Act::ReverseCredit(asked) => vec![&asked.lot],
        Act::ReverseCreditNote(asked) => vec![&asked.note],
        Act::Refund(asked) | Act::RequestRefund(asked) => {
            std::iter::once(&asked.order).chain(asked.parts.iter().map(|part| &part.from)).collect()
        }
        Act::ApproveRefund(of) | Act::CompletePayout(of) | Act::HandOver(of) => vec![of],
        Act::SettleRefund(asked) => vec![&asked.refund],
        Act::ProgressRefund(asked) => vec![&asked.refund],
        Act::ProgressCharge(asked) => vec![&asked.charge],
        Act::WithdrawCharge(asked) => vec![&asked.charge],
        Act::ReportDispute(asked) => vec![&asked.payment],
        Act::RecordDispute(asked) => vec![&asked.payment],
        Act::RejectRefund(asked) | Act::RejectPayout(asked) => vec![&asked.of],
        Act::WithdrawRefund(asked) => vec![&asked.of],
        Act::ReversePayout(asked) | Act::ReversePayment(asked) | Act::ReverseRefund(asked) => vec![&asked.of],
        Act::WriteOff(asked) | Act::ReverseWriteOff(asked) => vec![&asked.of],
        Act::ResolveException(asked) => vec![&asked.entry],
        _ => Vec::new(),
    }
}
