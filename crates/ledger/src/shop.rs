//! The shop: what the records without a customer fold to. Small enough to be cached whole.

use crate::act::shop::{Partner, Role};
use crate::code::BookAccount;
use crate::date::Date;
use crate::entry::Record;
use crate::id::Id;
use crate::money::{Currency, Money};
use crate::posting::Moved;
use crate::rights::Grant;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

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
    pub partners: IndexMap<Id, Partner>,
    /// The last sealed day.
    pub sealed: Option<Date>,
    /// Shop-wide sums, debit positive: money accounts, partners' payable and accrued. Kept up to date by
    /// [`Shop::moved`] with what accounts and shop entries contribute.
    #[serde(with = "by_account")]
    pub sums: std::collections::BTreeMap<BookAccount, Money>,
}

impl Shop {
    /// Folds one record of the shop; total.
    pub fn add(&mut self, record: &Record) -> Vec<Moved> {
        let _ = record;
        todo!()
    }

    /// Adds what an account contributed to the sums.
    pub fn moved(&mut self, moved: &[Moved]) {
        let _ = moved;
        todo!()
    }

    /// Balance of a book account, debit positive.
    #[must_use]
    pub fn balance(&self, account: &BookAccount) -> Money {
        self.sums.get(account).copied().unwrap_or_default()
    }
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
