//! The shop: what the records without a customer fold to. Small enough to be cached whole.

use crate::code::{BookAccount, Code};
use crate::date::Date;
use crate::entry::day_sealed::Covered;
use crate::entry::method_added::AddMethod;
use crate::entry::partner_added::Basis;
use crate::entry::record::Place;
use crate::entry::rights::{Grant, may};
use crate::entry::staff_added::Role;
use crate::exception::Kind;
use crate::id::Id;
use crate::method::{Method, Tag};
use crate::money::{Currency, Money};
use crate::posting::Movement;
use crate::rate::Rate;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

mod seals;

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Member {
    pub id: Id,
    pub name: String,
    pub role: Role,
    pub pin: Option<String>,
    /// Rights handed over by `right.granted`.
    #[serde(default)]
    pub grants: Vec<Grant>,
}

/// A sealed day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Seal {
    pub entry: Id,
    /// Where the seal stands: of two of one day the first counts.
    pub place: Place,
    pub day: Date,
    pub covers: Vec<Covered>,
}

/// Everything about the shop that acts and screens need, and no customer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Shop {
    pub name: String,
    pub currency: Option<Currency>,
    /// Whoever opened the shop: an admin, whatever the staff list says.
    #[serde(default)]
    pub owner: Option<Id>,
    pub staff: IndexMap<Id, Member>,
    pub banks: Vec<String>,
    /// Methods that the owner added.
    #[serde(default)]
    pub methods: Vec<AddMethod>,
    pub partners: IndexMap<Id, Partner>,
    /// The last sealed day.
    pub sealed: Option<Date>,
    /// Exceptions of the shop's own records that were resolved, by the entry that raised them.
    #[serde(default)]
    pub resolved: BTreeSet<(Kind, Id)>,
    /// Every seal, by day. Not in the cache, which must not grow with the years: whoever asks what came too late
    /// folds the shop's own records first (see [`ShopBook`]).
    #[serde(skip)]
    pub seals: Arc<Vec<Seal>>,
    /// Shop-wide sums, debit positive: money accounts, partners' payable and accrued. Kept up to date by
    /// [`Shop::add_to_sums`] with what accounts and shop entries contribute.
    #[serde(with = "by_account")]
    pub sums: std::collections::BTreeMap<BookAccount, Money>,
}

impl Shop {
    /// Whether somebody may act at all: the owner, and members of staff. Before a shop is opened anybody may.
    #[must_use]
    pub fn admits(&self, actor: &Id) -> bool {
        self.owns(actor) || self.staff.contains_key(actor)
    }

    fn owns(&self, actor: &Id) -> bool {
        self.owner.as_ref().is_none_or(|owner| owner == actor)
    }

    /// What somebody may do.
    #[must_use]
    pub fn may(&self, actor: &Id, kind: &str, amount: Money) -> bool {
        let member = self.staff.get(actor);
        let role =
            if self.owns(actor) { Role::Admin } else { member.map_or(Role::Clerk, |member| member.role) };
        may(role, member.map_or(&[], |member| member.grants.as_slice()), kind, amount)
    }

    /// Whether an exception of the shop's own records was put away.
    #[must_use]
    pub fn is_resolved(&self, kind: Kind, entry: &Id) -> bool {
        self.resolved.contains(&(kind, entry.clone()))
    }

    /// A method that the owner added.
    #[must_use]
    pub fn method(&self, word: Tag) -> Option<&AddMethod> {
        self.methods.iter().find(|method| method.word == word)
    }

    /// The code of the account that holds the money of a method; `None` for store credit, and for a method that is not
    /// in the book. A method that the owner added keeps its account when a method of every book gets the same word.
    #[must_use]
    pub fn account_of(&self, method: Method) -> Option<Code> {
        let own = self.methods.iter().find(|own| own.word.as_str() == method.word());
        own.map_or_else(|| built_in_account(method), |own| Some(own.account))
    }

    /// The bank account taken where none is named.
    #[must_use]
    pub fn first_bank(&self) -> &str {
        self.banks.first().map_or("Bank", String::as_str)
    }

    /// Adds what an account, or an entry of the shop, contributed to the sums. A sum of zero is left out, so that
    /// shops in the same state are equal.
    pub fn add_to_sums(&mut self, moved: &[Movement]) {
        for line in moved.iter().filter(|line| is_summed(line.account.code)) {
            let sum = self.sums.entry(line.account.clone()).or_default();
            *sum += line.amount;
            if sum.is_zero() {
                self.sums.remove(&line.account);
            }
        }
    }

    /// Balance of a book account, debit positive.
    #[must_use]
    pub fn balance(&self, account: &BookAccount) -> Money {
        self.sums.get(account).copied().unwrap_or_default()
    }
}

/// The account of a method that every book has.
const fn built_in_account(method: Method) -> Option<Code> {
    match method {
        Method::Cash => Some(Code::Cash),
        Method::Check | Method::Bank | Method::Insurance => Some(Code::Bank),
        Method::Card | Method::Online => Some(Code::Card),
        Method::Other => Some(Code::Other),
        Method::Credit | Method::Own(_) => None,
    }
}

/// The shop keeps the sums that its own acts and screens ask for; the trial balance is made of totals.
const fn is_summed(code: Code) -> bool {
    code.is_money()
        || matches!(code, Code::RefundsPayable | Code::CommissionPayable | Code::CommissionAccrued)
}

/// A map by book account as JSON: its keys are texts such as `1000:A`.
mod by_account {
    use crate::code::BookAccount;
    use crate::money::Money;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::collections::BTreeMap;

    pub fn serialize<S: Serializer>(
        sums: &BTreeMap<BookAccount, Money>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(sums.iter().map(|(account, sum)| (account.to_string(), sum)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<BookAccount, Money>, D::Error> {
        let texts = BTreeMap::<String, Money>::deserialize(deserializer)?;
        texts
            .into_iter()
            .map(|(account, sum)| Ok((account.parse().map_err(D::Error::custom)?, sum)))
            .collect()
    }
}

/// A bank account, a member or a partner as the book knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Partner {
    pub id: Id,
    pub name: String,
    pub rate: Rate,
    pub basis: Basis,
    pub since: Date,
}
