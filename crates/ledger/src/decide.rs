//! The gate: a command and the book as it stands give one entry, or a refusal with a name.

use crate::account::Account;
use crate::act::payment::Method;
use crate::body::Body;
use crate::code::{BookAccount, Code, MoneyAccount};
use crate::command::{Act, Command};
use crate::date::Date;
use crate::entry::Entry;
use crate::id::Id;
use crate::limits::{MAX_AMOUNT, OverLimit};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::shop::Shop;

mod same;

/// What an id elsewhere in the book belongs to.
#[derive(Debug, Clone)]
pub struct Known {
    /// The entry that took the id: the first in order.
    pub entry: Entry,
    /// Whether a later one has the same id and says something else.
    pub clashes: bool,
}

impl Known {
    /// The first of the entries with one id, in order, beside all others.
    pub fn first_of<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Option<Self> {
        let mut entries = entries.into_iter();
        let first = entries.next()?;
        let clashes = entries.any(|other| !first.says_the_same(other));
        Some(Self { entry: first.clone(), clashes })
    }
}

/// All that a decision may look at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Currency, staff, partners, banks, the sealed day, and the shop-wide figures an act may need.
    pub shop: &'a Shop,
    /// The account of the command's customer; an empty one where there is none.
    pub account: &'a Account,
    /// What ids outside this account are. Asked only for ids that [`Command::names`] lists.
    pub known: &'a dyn Fn(&Id) -> Option<Known>,
    /// Who acts.
    pub actor: &'a Id,
    /// The letter of the counter that records, which names its drawer.
    pub counter: &'a str,
    /// The shop's today.
    pub today: Date,
}

/// What a command comes to.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant)] // One at a time, and nearly always the large one.
pub enum Decision {
    /// This entry is to be recorded.
    Record(Entry),
    /// The same id with the same content stands in the book: a success that writes nothing.
    Already,
}

/// Checks rights and rules in the documented order; writes nothing.
///
/// # Errors
/// The first [`Refusal`] on the act's ladder.
pub fn decide(cx: Context<'_>, command: &Command) -> Result<Decision, Refusal> {
    let case = Case::new(cx, command);
    if let Some(taken) = case.taken(&command.id) {
        return if same::same(&case, &taken) { Ok(Decision::Already) } else { Err(case.id_taken()) };
    }
    if !cx.shop.admits(cx.actor) {
        return Err(Refusal::UnknownActor { actor: cx.actor.clone() });
    }
    let body = body(&case, &command.act)?;
    body.within_limits().map_err(Refusal::OverLimit)?;
    if let Some(account) = body.not_for_money() {
        return Err(Refusal::NotForMoney { account: account.clone() });
    }
    Ok(Decision::Record(Entry {
        id: command.id.clone(),
        no: None,
        actor: cx.actor.clone(),
        on: case.on,
        customer: command.touches().cloned(),
        body,
    }))
}

fn body(case: &Case<'_>, act: &Act) -> Result<Body, Refusal> {
    match act {
        Act::OpenShop(asked) => case.open_shop(asked),
        Act::AddStaff(asked) => case.add_staff(asked),
        Act::AddBank(asked) => case.add_bank(asked),
        Act::AddMethod(asked) => case.add_method(asked),
        Act::AddPartner(asked) => case.add_partner(asked),
        Act::GrantRight(asked) => case.grant_right(asked),
        Act::Adopt(asked) => case.adopt(asked),
        Act::AddCustomer(asked) => Ok(Body::CustomerAdded(asked.clone())),
        Act::PlaceOrder(asked) => case.place_order(asked),
        Act::RecordPayment(asked) => case.record_payment(asked),
        Act::ApplyCredit(asked) => case.apply_credit(asked),
        Act::UnapplyCredit(asked) => case.unapply_credit(asked),
        Act::GrantCredit(asked) => case.grant_credit(asked),
        Act::CreditNote(asked) => case.credit_note(asked),
        Act::ReverseCredit(asked) => case.reverse_credit(asked),
        Act::ReverseCreditNote(asked) => case.reverse_credit_note(asked),
        Act::Refund(asked) => case.refund(asked),
        Act::RequestRefund(asked) => case.request_refund(asked),
        Act::ApproveRefund { request } => case.approve_refund(request),
        Act::RejectRefund { request } => case.reject_refund(request),
        Act::SettleRefund(asked) => case.settle_refund(asked),
        Act::ProcessPayout(asked) => case.process_payout(asked),
        Act::CompletePayout { payout } => case.complete_payout(payout),
        Act::RejectPayout { payout } => case.reject_payout(payout),
        Act::ReversePayment(asked) => case.reverse_payment(asked),
        Act::ReverseRefund(asked) => case.reverse_refund(asked),
        Act::WriteOff(asked) => case.write_off(asked),
        Act::ReverseWriteOff(asked) => case.reverse_write_off(asked),
        Act::PayPartner(asked) => case.pay_partner(asked),
        Act::MoveMoney(asked) => case.move_money(asked),
        Act::OpenMoney(asked) => case.open_money(asked),
        Act::CountDrawer(asked) => case.count_drawer(asked),
        Act::SealDay(asked) => case.seal_day(asked),
        Act::ResolveException(asked) => case.resolve_exception(asked),
        Act::HandOver { refund } => case.hand_over(refund),
    }
}

/// One command before the book as it stands, and the rungs that acts share.
pub(crate) struct Case<'a> {
    pub(crate) cx: Context<'a>,
    pub(crate) command: &'a Command,
    /// The business date it would have.
    pub(crate) on: Date,
    /// The latest date an act may have: today, or the day after a sealed today.
    pub(crate) horizon: Date,
}

impl<'a> Case<'a> {
    fn new(cx: Context<'a>, command: &'a Command) -> Self {
        let horizon = cx.shop.sealed.map_or(cx.today, |sealed| cx.today.max(sealed.next()));
        Self { cx, command, on: command.on.unwrap_or(horizon), horizon }
    }

    /// The customer's account.
    pub(crate) const fn account(&self) -> &'a Account {
        self.cx.account
    }

    /// The entry that took an id already, here or elsewhere.
    fn taken(&self, id: &Id) -> Option<Entry> {
        let here = self.account().entry(id).map(|entry| (**entry).clone());
        here.or_else(|| (self.cx.known)(id).map(|known| known.entry))
    }

    fn id_taken(&self) -> Refusal {
        Refusal::IdTaken { id: self.command.id.clone() }
    }

    /// Rung: the account has its customer.
    pub(crate) fn customer(&self) -> Result<(), Refusal> {
        if self.account().customer.is_some() {
            return Ok(());
        }
        let customer = self.command.customer.clone().unwrap_or_else(|| self.command.id.clone());
        Err(Refusal::UnknownCustomer { customer })
    }

    /// Rung: the actor may write this kind up to this amount.
    pub(crate) fn permitted(&self, kind: &'static str, amount: Money) -> Result<(), Refusal> {
        let may = self.cx.shop.may(self.cx.actor, kind, amount);
        if may { Ok(()) } else { Err(Refusal::NotPermitted { right: kind }) }
    }

    /// Rungs: not in the future, not on a closed day.
    pub(crate) fn dated(&self) -> Result<(), Refusal> {
        if self.on > self.horizon {
            return Err(Refusal::FutureDate { on: self.on, today: self.horizon });
        }
        match self.cx.shop.sealed {
            Some(sealed) if self.on <= sealed => Err(Refusal::ClosedDay { on: self.on, sealed }),
            _ => Ok(()),
        }
    }

    /// Rung: above zero, and no more than the book takes.
    pub(crate) fn positive(&self, amount: Money) -> Result<(), Refusal> {
        if !amount.is_positive() {
            return Err(Refusal::AmountNotPositive);
        }
        self.within(amount)
    }

    /// An amount is at most 99,999,999.99.
    pub(crate) fn within(&self, amount: Money) -> Result<(), Refusal> {
        let most = self.cx.shop.currency.as_ref().map_or(MAX_AMOUNT, |currency| currency.most().0);
        if amount.0 <= most {
            return Ok(());
        }
        Err(Refusal::OverLimit(OverLimit { what: "amount", most: most.unsigned_abs() }))
    }

    /// An order of this account: unknown, or another customer's.
    pub(crate) fn elsewhere(&self, id: &Id, is: fn(&Body) -> bool) -> Option<Refusal> {
        let other = (self.cx.known)(id).filter(|known| is(&known.entry.body))?;
        let here = self.command.customer.as_ref();
        let customer = here.cloned().or_else(|| other.entry.customer.clone())?;
        (other.entry.customer.as_ref() != here).then(|| Refusal::NotThisCustomer { id: id.clone(), customer })
    }

    /// The book account a method means on this counter; `None` for store credit, and for a method nobody added.
    pub(crate) fn money_account(&self, method: Method, bank: Option<&str>) -> Option<MoneyAccount> {
        Some(match self.cx.shop.account_of(method)? {
            Code::Cash => BookAccount::drawer(self.cx.counter),
            Code::Bank => BookAccount::kept_by(Code::Bank, bank.unwrap_or_else(|| self.cx.shop.first_bank())),
            code => BookAccount::of(code),
        })
    }

    /// As [`Case::money_account`], where store credit makes no sense.
    pub(crate) fn paying_account(&self, method: Method, bank: Option<&str>) -> Result<MoneyAccount, Refusal> {
        self.money_account(method, bank).ok_or(Refusal::MethodNotAvailable { method })
    }
}

/// A reason or note that somebody really wrote.
pub(crate) fn written(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Rung: a reason.
pub(crate) fn reason(text: Option<&String>) -> Result<String, Refusal> {
    written(text).ok_or(Refusal::ReasonRequired)
}

/// Rung: a note where the method is *other*.
pub(crate) fn note(method: Method, note: Option<&String>) -> Result<Option<String>, Refusal> {
    let note = written(note);
    if method == Method::Other && note.is_none() { Err(Refusal::NotesRequired) } else { Ok(note) }
}

/// Rung: a list names nothing twice.
pub(crate) fn once<'a>(ids: impl Iterator<Item = (&'a Id, bool)>) -> Result<(), Refusal> {
    let mut seen = std::collections::BTreeSet::new();
    for named in ids {
        if !seen.insert(named) {
            return Err(Refusal::NamedTwice { id: named.0.clone() });
        }
    }
    Ok(())
}
