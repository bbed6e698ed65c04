//! One command with the state it is decided against, and the checks that acts share.

use crate::account::state::Account;
use crate::code::{BookAccount, Code, MoneyAccount};
use crate::date::Date;
use crate::entry::Body;
use crate::entry::record::Entry;
use crate::id::Id;
use crate::limits::{MAX_AMOUNT, OverLimit};
use crate::method::Method;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::shop::Shop;

/// What an id elsewhere in the book belongs to.
#[derive(Debug, Clone)]
pub struct IdOwner {
    /// The entry that took the id: the first in order.
    pub entry: Entry,
    /// Whether a later one has the same id and says something else.
    pub clashes: bool,
}

impl IdOwner {
    /// The first of the entries with one id, in order, beside all others.
    pub fn first_of<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Option<Self> {
        let mut entries = entries.into_iter();
        let first = entries.next()?;
        let clashes = entries.any(|other| !first.has_same_content(other));
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
    /// What ids outside this account are. Asked only for ids that `Command::names` lists.
    pub id_owner: &'a dyn Fn(&Id) -> Option<IdOwner>,
    /// Who acts.
    pub actor: &'a Id,
    /// The letter of the counter that records, which names its drawer.
    pub counter: &'a str,
    /// The shop's today.
    pub today: Date,
}

/// One command before the book as it stands, and the checks that acts share.
pub(crate) struct Case<'a> {
    pub(crate) cx: Context<'a>,
    /// The command's id.
    pub(crate) id: &'a Id,
    /// The customer whose account the command touches.
    pub(crate) for_customer: Option<&'a Id>,
    /// The business date it would have.
    pub(crate) on: Date,
    /// The latest date an act may have: today, or the day after a sealed today.
    pub(crate) latest_date: Date,
}

impl<'a> Case<'a> {
    /// With the id, the customer and the date of a command.
    pub(crate) fn new(cx: Context<'a>, id: &'a Id, for_customer: Option<&'a Id>, on: Option<Date>) -> Self {
        let latest_date = cx.shop.sealed.map_or(cx.today, |sealed| cx.today.max(sealed.next()));
        Self { cx, id, for_customer, on: on.unwrap_or(latest_date), latest_date }
    }

    /// The customer's account.
    pub(crate) const fn account(&self) -> &'a Account {
        self.cx.account
    }

    /// The entry that has an id already, in this account or elsewhere.
    pub(crate) fn entry_with_id(&self, id: &Id) -> Option<Entry> {
        let here = self.account().entry(id).map(|entry| (**entry).clone());
        here.or_else(|| (self.cx.id_owner)(id).map(|known| known.entry))
    }

    /// Check: the account has its customer.
    pub(crate) fn customer(&self) -> Result<(), Refusal> {
        if self.account().customer.is_some() {
            return Ok(());
        }
        let customer = self.for_customer.unwrap_or(self.id).clone();
        Err(Refusal::UnknownCustomer { customer })
    }

    /// Check: the actor may write this kind up to this amount.
    pub(crate) fn permitted(&self, kind: &'static str, amount: Money) -> Result<(), Refusal> {
        let may = self.cx.shop.may(self.cx.actor, kind, amount);
        if may { Ok(()) } else { Err(Refusal::NotPermitted { right: kind }) }
    }

    /// Checks: not in the future, not on a closed day.
    pub(crate) fn dated(&self) -> Result<(), Refusal> {
        if self.on > self.latest_date {
            return Err(Refusal::FutureDate { on: self.on, today: self.latest_date });
        }
        match self.cx.shop.sealed {
            Some(sealed) if self.on <= sealed => Err(Refusal::ClosedDay { on: self.on, sealed }),
            _ => Ok(()),
        }
    }

    /// Check: above zero, and no more than the book takes.
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
    pub(crate) fn of_other_customer(&self, id: &Id, is: fn(&Body) -> bool) -> Option<Refusal> {
        let other = (self.cx.id_owner)(id).filter(|known| is(&known.entry.body))?;
        let customer = self.for_customer.cloned().or_else(|| other.entry.customer.clone())?;
        (other.entry.customer.as_ref() != self.for_customer)
            .then(|| Refusal::NotThisCustomer { id: id.clone(), customer })
    }

    /// The book account a method means on this counter; `None` for store credit, and for a method nobody added.
    pub(crate) fn money_account(&self, method: Method, bank: Option<&str>) -> Option<MoneyAccount> {
        Some(match self.cx.shop.account_of(method)? {
            Code::Cash => BookAccount::drawer(self.cx.counter),
            Code::Bank => {
                BookAccount::of_party(Code::Bank, bank.unwrap_or_else(|| self.cx.shop.first_bank()))
            }
            code => BookAccount::of(code),
        })
    }

    /// As [`Case::money_account`], where store credit makes no sense.
    pub(crate) fn paying_account(&self, method: Method, bank: Option<&str>) -> Result<MoneyAccount, Refusal> {
        self.money_account(method, bank).ok_or(Refusal::MethodNotAvailable { method })
    }
}

/// A reason or note that somebody really wrote.
pub(crate) fn non_blank(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Check: a reason.
pub(crate) fn reason(text: Option<&String>) -> Result<String, Refusal> {
    non_blank(text).ok_or(Refusal::ReasonRequired)
}

/// Check: a note where the method is *other*.
pub(crate) fn note(method: Method, note: Option<&String>) -> Result<Option<String>, Refusal> {
    let note = non_blank(note);
    if method == Method::Other && note.is_none() { Err(Refusal::NotesRequired) } else { Ok(note) }
}

/// Check: a list names nothing twice.
pub(crate) fn no_duplicates<'a>(ids: impl Iterator<Item = (&'a Id, bool)>) -> Result<(), Refusal> {
    let mut seen = std::collections::BTreeSet::new();
    for named in ids {
        if !seen.insert(named) {
            return Err(Refusal::NamedTwice { id: named.0.clone() });
        }
    }
    Ok(())
}
