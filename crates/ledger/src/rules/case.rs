//! A command with the state against which it is decided, and the checks that several acts share.

use crate::account::state::Account;
use crate::code::{BookAccount, Code, MoneyAccount};
use crate::date::Date;
use crate::entry::record::Entry;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::limits::{MAX_AMOUNT, OverLimit};
use crate::method::Method;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::shop::Shop;

/// The owner of an id outside the account of the command.
#[derive(Debug, Clone)]
pub struct IdOwner {
    /// The entry that has the id: the first in order.
    pub entry: Entry,
    /// Whether a later entry has the same id and other content.
    pub clashes: bool,
}

impl IdOwner {
    /// The owner of an id, from all entries with that id in order; `None` if there is no entry.
    pub fn first_of<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Option<Self> {
        let mut entries = entries.into_iter();
        let first = entries.next()?;
        let clashes = entries.any(|other| !first.has_same_content(other));
        Some(Self { entry: first.clone(), clashes })
    }
}

/// The state that a decision may read.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The shop: currency, staff, partners, bank accounts, the sealed day and the sums.
    pub shop: &'a Shop,
    /// The account of the customer of the command; an empty account if there is none.
    pub account: &'a Account,
    /// Looks up the owner of an id outside this account. Called only for ids that `Command::names` lists.
    pub id_owner: &'a dyn Fn(&Id) -> Option<IdOwner>,
    /// The person who acts.
    pub actor: &'a Id,
    /// The drawer of the counter that records the entry. The letter of its document numbers is another name, which
    /// changes when the device has to start a new chain.
    pub counter: &'a str,
    /// Today in the time zone of the shop.
    pub today: Date,
}

/// A command with the state against which it is decided.
pub(crate) struct Case<'a> {
    pub(crate) cx: Context<'a>,
    /// The id of the command.
    pub(crate) id: &'a Id,
    /// The customer whose account the command touches.
    pub(crate) for_customer: Option<&'a Id>,
    /// The business date that the entry gets.
    pub(crate) on: Date,
    /// The latest date that an act may have: today, or the next day if today is sealed.
    pub(crate) latest_date: Date,
}

impl<'a> Case<'a> {
    /// Prepares the decision of a command with this id, customer and date.
    pub(crate) fn new(cx: Context<'a>, id: &'a Id, for_customer: Option<&'a Id>, on: Option<Date>) -> Self {
        let latest_date = cx.shop.sealed.map_or(cx.today, |sealed| cx.today.max(sealed.next()));
        Self { cx, id, for_customer, on: on.unwrap_or(latest_date), latest_date }
    }

    /// The customer's account.
    pub(crate) const fn account(&self) -> &'a Account {
        self.cx.account
    }

    /// The entry that already has the id, in this account or elsewhere.
    pub(crate) fn entry_with_id(&self, id: &Id) -> Option<Entry> {
        let here = self.account().entry(id).map(|entry| (**entry).clone());
        here.or_else(|| (self.cx.id_owner)(id).map(|owner| owner.entry))
    }

    /// Check: the customer exists.
    pub(crate) fn customer(&self) -> Result<(), Refusal> {
        if self.account().customer.is_some() {
            return Ok(());
        }
        let customer = self.for_customer.unwrap_or(self.id).clone();
        Err(Refusal::UnknownCustomer { customer })
    }

    /// Whether a customer with this id exists, in this account or elsewhere.
    pub(crate) fn is_customer(&self, id: &Id) -> bool {
        let here = self.account().customer.as_ref().is_some_and(|customer| customer.id == *id);
        let added = |owner: IdOwner| matches!(owner.entry.body, Body::CustomerAdded(_));
        here || (self.cx.id_owner)(id).is_some_and(added)
    }

    /// Check: the actor may record this kind of entry up to this amount.
    pub(crate) fn permitted(&self, kind: EntryKind, amount: Money) -> Result<(), Refusal> {
        let right = kind.name();
        let may = self.cx.shop.may(self.cx.actor, right, amount);
        if may { Ok(()) } else { Err(Refusal::NotPermitted { right }) }
    }

    /// Checks: the date is not in the future and not on a closed day.
    pub(crate) fn dated(&self) -> Result<(), Refusal> {
        if self.on > self.latest_date {
            return Err(Refusal::FutureDate { on: self.on, today: self.latest_date });
        }
        match self.cx.shop.sealed {
            Some(sealed) if self.on <= sealed => Err(Refusal::ClosedDay { on: self.on, sealed }),
            _ => Ok(()),
        }
    }

    /// Check: the amount is above zero and within the limit.
    pub(crate) fn positive(&self, amount: Money) -> Result<(), Refusal> {
        if !amount.is_positive() {
            return Err(Refusal::AmountNotPositive);
        }
        self.within(amount)
    }

    /// Check: the amount is at most 99,999,999.99 (or the same number of digits in other currencies).
    pub(crate) fn within(&self, amount: Money) -> Result<(), Refusal> {
        let most = self.cx.shop.currency.as_ref().map_or(MAX_AMOUNT, |currency| currency.most().0);
        if amount.0 <= most {
            return Ok(());
        }
        Err(Refusal::OverLimit(OverLimit { what: "amount", most: most.unsigned_abs() }))
    }

    /// `NotThisCustomer` if a document with this id belongs to another customer; `None` if there is no such document
    /// elsewhere.
    pub(crate) fn of_other_customer(&self, id: &Id, is: fn(&Body) -> bool) -> Option<Refusal> {
        let other = (self.cx.id_owner)(id).filter(|owner| is(&owner.entry.body))?;
        let customer = self.for_customer.cloned().or_else(|| other.entry.customer.clone())?;
        (other.entry.customer.as_ref() != self.for_customer)
            .then(|| Refusal::NotThisCustomer { id: id.clone(), customer })
    }

    /// The book account of a method on this counter; `None` for store credit, and for a method that was not added.
    pub(crate) fn money_account(&self, method: Method, bank: Option<&str>) -> Option<MoneyAccount> {
        Some(match self.cx.shop.account_of(method)? {
            Code::Cash => BookAccount::drawer(self.cx.counter),
            Code::Bank => {
                BookAccount::of_party(Code::Bank, bank.unwrap_or_else(|| self.cx.shop.first_bank()))
            }
            code => BookAccount::of(code),
        })
    }

    /// As [`Case::money_account`], but store credit is refused.
    pub(crate) fn paying_account(&self, method: Method, bank: Option<&str>) -> Result<MoneyAccount, Refusal> {
        self.money_account(method, bank).ok_or(Refusal::MethodNotAvailable { method })
    }
}

/// The trimmed text; `None` if it is blank.
pub(crate) fn non_blank(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Check: there is a reason.
pub(crate) fn reason(text: Option<&String>) -> Result<String, Refusal> {
    non_blank(text).ok_or(Refusal::ReasonRequired)
}

/// Check: there is a note if the method is *other*.
pub(crate) fn note(method: Method, note: Option<&String>) -> Result<Option<String>, Refusal> {
    let note = non_blank(note);
    if method == Method::Other && note.is_none() { Err(Refusal::NotesRequired) } else { Ok(note) }
}

/// Check: a list contains no duplicates.
pub(crate) fn no_duplicates<'a>(ids: impl Iterator<Item = (&'a Id, bool)>) -> Result<(), Refusal> {
    let mut seen = std::collections::BTreeSet::new();
    for named in ids {
        if !seen.insert(named) {
            return Err(Refusal::NamedTwice { id: named.0.clone() });
        }
    }
    Ok(())
}
