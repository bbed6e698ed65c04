//! Add a payment method. A fact.

use crate::code::BookAccount;
use crate::entry::method_added::AddMethod;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::shop::Shop;

impl Case<'_> {
    /// Refusals in order: NotPermitted, IdTaken (another method has the word), NotForMoney.
    pub(crate) fn add_method(&self, asked: &AddMethod) -> Result<Body, Refusal> {
        self.permitted(EntryKind::MethodAdded, Money::ZERO)?;
        if asked.word.is_built_in() || self.cx.shop.method(asked.word).is_some() {
            let id = Id::new(asked.word.as_str()).unwrap_or_else(|_| self.id.clone());
            return Err(Refusal::IdTaken { id });
        }
        if !asked.account.is_money() {
            return Err(Refusal::NotForMoney { account: BookAccount::of(asked.account) });
        }
        Ok(Body::MethodAdded(asked.clone()))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &AddMethod, body: &Body) -> bool {
    matches!(body, Body::MethodAdded(written) if written == asked)
}

impl Shop {
    /// Adds a method. The first one with a word counts, if its account holds money.
    pub(crate) fn add_method(&mut self, added: &AddMethod) {
        if self.method(added.word).is_none() && added.account.is_money() {
            self.methods.push(added.clone());
        }
    }
}
