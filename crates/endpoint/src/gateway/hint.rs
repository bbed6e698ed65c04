//! Follows a hint of the card processor: the operation that it is about is looked at now instead of later.

use super::kept::read;
use super::webhook::Hint;
use super::writing::tell_and_write;
use crate::Endpoint;
use crate::store::Fault;

/// Makes the operation due that a hint is about. Hints about anything else do nothing.
///
/// # Errors
/// Of the store: the processor sends the webhook again.
pub async fn follow(endpoint: &Endpoint, hint: Hint) -> Result<(), Fault> {
    let Some(of) = hint.of.filter(|of| hint.object == "refund" && endpoint.refunds_of(&of.shop)) else {
        return Ok(());
    };
    let (shop, now, writer) = (of.shop.clone(), endpoint.now(), endpoint.clone());
    let end = endpoint.0.store.writing(&shop, move |tx| {
        let Some(mut kept) = read(tx, &of.shop, &of.refund)? else { return Ok(None) };
        if !kept.operation.hinted(now) {
            return Ok(None);
        }
        tell_and_write(&writer, &of.shop, tx, &mut kept)
    });
    if let Some(end) = end.await? {
        endpoint.tell(&shop, end);
    }
    Ok(())
}
