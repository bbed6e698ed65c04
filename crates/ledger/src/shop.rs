//! The shop: the state that the records without a customer fold to. It is small enough to be cached as a whole.

use crate::code::{BookAccount, Code};
use crate::date::Date;
use crate::entry::EntryKind;
use crate::entry::entry_adopted::Adopted;
use crate::entry::method_added::AddMethod;
use crate::entry::partner_added::Basis;
use crate::entry::record::Entry;
use crate::entry::rights::{Grant, may};
use crate::entry::shop_moved::MoveShop;
use crate::entry::staff_added::Role;
use crate::exception::Kind;
use crate::id::Id;
use crate::method::{Method, Tag};
use crate::money::{Currency, Money};
use crate::posting::Movement;
use crate::rate::Rate;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

mod seals;
mod settings;

pub use seals::{Seal, Seals};
pub use settings::{Catalogue, Settings};

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Member {
    pub id: Id,
    pub name: String,
    pub role: Role,
    pub pin: Option<String>,
    /// Whether they no longer work here.
    #[serde(default)]
    pub left: bool,
    /// The rights granted by `right.granted` entries.
    #[serde(default)]
    pub grants: Vec<Grant>,
}

/// An entry that does not count because its actor had no right to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct NotEntitled {
    pub actor: Id,
    /// The name of its kind, such as `staff.added`.
    pub kind: String,
    /// The line that an adoption names.
    pub line: Adopted,
}

/// The data of the shop that acts and screens need, without customers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Shop {
    pub name: String,
    pub currency: Option<Currency>,
    /// The person who opened the shop: always an admin, whatever the staff list says.
    #[serde(default)]
    pub owner: Option<Id>,
    pub staff: IndexMap<Id, Member>,
    pub banks: Vec<String>,
    /// The methods that the owner added.
    #[serde(default)]
    pub methods: Vec<AddMethod>,
    /// The smallest coin in minor units; zero where cash is not rounded.
    #[serde(default)]
    pub coin: Money,
    /// What `shop.changed` entries set, except the name and the logo.
    #[serde(default)]
    pub settings: Settings,
    /// The items and the logo. The cache has them apart, so that a commit writes them only when they change.
    #[serde(skip)]
    pub catalogue: Arc<Catalogue>,
    /// Whether clerks count a drawer without seeing what should be in it.
    #[serde(default)]
    pub blind_count: bool,
    /// Where the shop was moved to, if it was.
    #[serde(default)]
    pub moved: Option<MoveShop>,
    /// The devices that `device.revoked` entries took out.
    #[serde(default)]
    pub revoked_devices: BTreeSet<Id>,
    pub partners: IndexMap<Id, Partner>,
    /// The last sealed day.
    pub sealed: Option<Date>,
    /// The order of its last record. A record before it changes what later ones did: then the records are folded again.
    #[serde(default)]
    pub latest: (u64, u32),
    /// The resolved exceptions of the records of the shop, by kind and the entry that raised them.
    #[serde(default)]
    pub resolved: BTreeSet<(Kind, Id)>,
    /// The entries that do not count because their actor had no right to them, each with the line to adopt.
    #[serde(default)]
    pub not_entitled: IndexMap<Id, NotEntitled>,
    /// Customers that are marked as duplicates, each with the customer it is a duplicate of.
    #[serde(default)]
    pub duplicates: BTreeMap<Id, Id>,
    /// The payments to partners that were reversed, each with its reversals; the first one counts.
    #[serde(default)]
    pub reversed_payments: IndexMap<Id, Vec<Id>>,
    /// All seals. They are not cached, because the cache must not grow over the years: code that looks for late
    /// entries folds the records of the shop first (see [`crate::fold::ShopBook`]).
    #[serde(skip)]
    pub seals: Arc<Seals>,
    /// Sums over the whole shop, debit positive: money accounts, refunds payable, commission payable and accrued.
    /// [`Shop::add_to_sums`] adds the changes of accounts and of the entries of the shop.
    #[serde(with = "by_account")]
    pub sums: BTreeMap<BookAccount, Money>,
}

impl Shop {
    /// Whether a person may act at all: the owner, and the members of staff who have not left. Before the shop is opened
    /// everyone may.
    #[must_use]
    pub fn admits(&self, actor: &Id) -> bool {
        self.owns(actor) || self.staff.get(actor).is_some_and(|member| !member.left)
    }

    /// The customer that is shown for this one: itself, unless it is a duplicate of another.
    #[must_use]
    pub fn kept<'a>(&'a self, customer: &'a Id) -> &'a Id {
        let mut kept = customer;
        while let Some(of) = self.duplicates.get(kept) {
            kept = of;
        }
        kept
    }

    /// The duplicates that are shown with a customer, by id.
    pub fn duplicates_of(&self, customer: &Id) -> impl Iterator<Item = &Id> {
        self.duplicates.keys().filter(move |duplicate| self.kept(duplicate) == customer)
    }

    fn owns(&self, actor: &Id) -> bool {
        self.owner.as_ref().is_none_or(|owner| owner == actor)
    }

    /// Whether a person may record an entry of this kind and amount.
    #[must_use]
    pub fn may(&self, actor: &Id, kind: &str, amount: Money) -> bool {
        if EntryKind::named(kind).is_some_and(EntryKind::is_for_owner) {
            return self.owns(actor);
        }
        let member = self.staff.get(actor);
        let role =
            if self.owns(actor) { Role::Admin } else { member.map_or(Role::Clerk, |member| member.role) };
        may(role, member.map_or(&[], |member| member.grants.as_slice()), kind, amount)
    }

    /// Whether an entry of the shop counts after the entries before it: its actor has the right to it, or it needs none. A
    /// shop is opened once.
    #[must_use]
    pub fn entitles(&self, entry: &Entry) -> bool {
        let kind = entry.body.entry_kind();
        if kind == EntryKind::ShopOpened {
            return self.owner.is_none();
        }
        let may = || self.admits(&entry.actor) && self.may(&entry.actor, kind.name(), Money::ZERO);
        !entry.body.needs_right() || may()
    }

    /// Whether an exception of the records of the shop was resolved.
    #[must_use]
    pub fn is_resolved(&self, kind: Kind, entry: &Id) -> bool {
        self.resolved.contains(&(kind, entry.clone()))
    }

    /// The methods that the owner added.
    #[must_use]
    pub fn method(&self, word: Tag) -> Option<&AddMethod> {
        self.methods.iter().find(|method| method.word == word)
    }

    /// The code of the money account of a method; `None` for store credit, and for a method that was not added. A method
    /// that the owner added keeps its account when a later version has a built-in method with the same word.
    #[must_use]
    pub fn account_of(&self, method: Method) -> Option<Code> {
        let own = self.methods.iter().find(|own| own.word.as_str() == method.word());
        own.map_or_else(|| built_in_account(method), |own| Some(own.account))
    }

    /// The bank account that is used where none is named.
    #[must_use]
    pub fn first_bank(&self) -> &str {
        self.open_banks().next().or_else(|| self.banks.first()).map_or("Bank", String::as_str)
    }

    /// The bank accounts that are offered, in the order in which they were added.
    pub fn open_banks(&self) -> impl Iterator<Item = &String> {
        self.banks.iter().filter(|bank| !self.settings.closed_banks.contains(bank))
    }

    /// Whether the shop offers a payment method.
    #[must_use]
    pub fn offers(&self, method: Method) -> bool {
        !self.settings.closed_methods.contains(&method)
    }

    /// Adds the changes of an account, or of an entry of the shop, to the sums. Zero sums are removed, so that shops
    /// in the same state are equal.
    pub fn add_to_sums(&mut self, moved: &[Movement]) {
        for line in moved.iter().filter(|line| is_summed(line.account.code)) {
            let sum = self.sums.entry(line.account.clone()).or_default();
            *sum += line.amount;
            if sum.is_zero() {
                self.sums.remove(&line.account);
            }
        }
    }

    /// The balance of a book account, debit positive. Zero for accounts that the shop does not sum.
    #[must_use]
    pub fn balance(&self, account: &BookAccount) -> Money {
        self.sums.get(account).copied().unwrap_or_default()
    }
}

/// The code of the money account of a built-in method.
const fn built_in_account(method: Method) -> Option<Code> {
    match method {
        Method::Cash => Some(Code::Cash),
        Method::Check | Method::Bank | Method::Insurance => Some(Code::Bank),
        Method::Card | Method::Online => Some(Code::Card),
        Method::Other => Some(Code::Other),
        Method::Credit | Method::Own(_) => None,
    }
}

/// Whether the shop sums the accounts of a code: those that its acts and screens need. The trial balance is computed
/// from totals.
const fn is_summed(code: Code) -> bool {
    code.is_money()
        || matches!(code, Code::RefundsPayable | Code::CommissionPayable | Code::CommissionAccrued)
}

/// Serializes a map by book account as JSON with keys such as `1000:A`.
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
        // Collecting into a map would sort first, by code of its own: 4 kB of the app.
        let mut sums = BTreeMap::new();
        for (account, sum) in texts {
            sums.insert(account.parse().map_err(D::Error::custom)?, sum);
        }
        Ok(sums)
    }
}

/// A referral partner with the current rate and basis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Partner {
    pub id: Id,
    pub name: String,
    pub rate: Rate,
    pub basis: Basis,
    pub since: Date,
}
