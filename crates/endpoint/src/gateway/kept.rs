//! An operation as the store keeps it.

use serde::{Deserialize, Serialize};

use super::charging::KeptCharge;
use super::operation::Operation;
use crate::store::{Fault, Read};

/// An operation, and what its entries need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The operation.
    pub operation: Operation,
    /// Of a charge, what its entries need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge: Option<KeptCharge>,
    /// The customer whose account has it.
    pub customer: String,
    /// Who issued or asked for it; of one that was made on the processor's own page, the owner of the shop.
    pub actor: String,
    /// The time zone of that counter.
    pub zone: String,
    /// What a refund takes from that was made on the processor's own page; `None` for one that is sent from here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<Source>,
}

/// What a refund takes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The id of the payment in the book.
    pub payment: String,
    /// The order that it paid.
    pub order: String,
}

/// Reads an operation.
///
/// # Errors
/// Of the store, and for a value that is none.
pub(super) fn read(tx: &dyn Read, shop: &str, id: &str) -> Result<Option<Kept>, Fault> {
    let stored = tx.operation(shop, id)?;
    let kept = stored.map(|stored| serde_json::from_slice(&stored.value));
    kept.transpose().map_err(|_| Fault::broken("an operation that cannot be read"))
}
