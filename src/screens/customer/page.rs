//! The state shared by the parts of the customer screen.

use crate::screens::correct::Corrections;
use crate::screens::refunds::decision::Decision;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::view::account::AccountView;
use leptos::prelude::*;
use std::sync::Arc;

/// The view of one account; `None` until it is loaded.
pub type AccountMemo = Memo<Option<Arc<AccountView>>>;

/// The data that a customer's lists are built from.
#[derive(Clone)]
pub struct CustomerPage {
    pub id: Id,
    pub view: AccountMemo,
    pub currency: Currency,
    pub corrections: Corrections,
    pub decision: Decision,
}
