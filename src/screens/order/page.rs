//! What the parts of the page share.

use ledger::id::Id;
use ledger::money::Currency;

/// What the parts of the page are made with.
#[derive(Clone)]
pub struct OrderPage {
    pub customer: Id,
    pub order: Id,
    pub currency: Currency,
    /// What was just recorded, so that its line can be marked.
    pub new: Option<Id>,
}
