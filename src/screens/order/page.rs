//! The state shared by the parts of the order screen.

use super::collect::Collecting;
use super::plan::Planning;
use crate::screens::correct::Corrections;
use crate::screens::refunds::decision::Decision;
use ledger::id::Id;
use ledger::money::Currency;

/// The data that the parts of the order screen are built from.
#[derive(Clone)]
pub struct OrderPage {
    pub customer: Id,
    pub order: Id,
    pub currency: Currency,
    pub corrections: Corrections,
    pub decision: Decision,
    pub planning: Planning,
    pub collecting: Collecting,
    /// The document recorded last, whose row is marked.
    pub new: Option<Id>,
}
