//! Add a method by which money comes and goes. A fact.

use crate::body::Body;
use crate::code::{BookAccount, Code};
use crate::decide::Case;
use crate::id::Id;
use crate::method::Tag;
use crate::money::Money;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Adds a method, such as gift vouchers. Asked and written alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddMethod {
    /// What entries call it.
    pub word: Tag,
    /// What people call it.
    pub name: String,
    /// Where its money lies: 1000 (the drawer of the counter), 1010 (a chosen bank account), 1020 or 1090.
    pub account: Code,
}

impl Case<'_> {
    /// NotPermitted, IdTaken for a word that another method has, NotForMoney.
    pub(crate) fn add_method(&self, asked: &AddMethod) -> Result<Body, Refusal> {
        self.permitted("method.added", Money::ZERO)?;
        if self.cx.shop.method(asked.word).is_some() {
            let id = Id::new(asked.word.as_str()).unwrap_or_else(|_| self.command.id.clone());
            return Err(Refusal::IdTaken { id });
        }
        if !asked.account.is_money() {
            return Err(Refusal::NotForMoney { account: BookAccount::of(asked.account) });
        }
        Ok(Body::MethodAdded(asked.clone()))
    }
}
