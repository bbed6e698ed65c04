//! What the parts of the page share.

use ledger::id::Id;
use ledger::money::Currency;
use ledger::view::account::AccountView;
use leptos::prelude::*;
use std::sync::Arc;

/// One account as its lists see it; `None` until it is read.
pub type AccountMemo = Memo<Option<Arc<AccountView>>>;

/// What the lists of a customer are made with.
#[derive(Clone)]
pub struct CustomerPage {
    pub id: Id,
    pub view: AccountMemo,
    pub currency: Currency,
}
