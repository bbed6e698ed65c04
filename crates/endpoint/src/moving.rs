//! Moves one shop to the store of another endpoint, after an entry of its owner has moved it to that endpoint's address.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};

use crate::rights::Staff;
use crate::store::{Store, copy};

/// Copies one shop that its owner has moved to another address, and returns the number of its records. The target may have other
/// shops and a key of its own: the devices follow the owner's entry. The source keeps the shop and takes no more entries of it.
///
/// # Errors
/// Of the stores; a shop that is not in the source, or that no entry has moved to an address.
pub async fn move_shop(from: &dyn Store, to: &dyn Store, shop: &str) -> Result<u64> {
    let name = shop.to_owned();
    let found = from.reading(move |tx| {
        let staff = Staff::read(Arc::default(), tx, &name)?;
        Ok(tx.end(&name)?.map(|_| staff.address()))
    });
    let address = found.await?.with_context(|| format!("there is no shop {shop}"))?;
    ensure!(
        address.is_some(),
        "the owner has not moved the shop to another address: that is done in the app, under Settings, Counters and sync"
    );
    copy(from, to, shop).await
}
