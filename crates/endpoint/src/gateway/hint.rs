//! Follows a hint of the card processor: what it is about is looked at now instead of later.

use super::found;
use super::kept::read;
use super::webhook::Hint;
use super::writing::tell_and_write;
use crate::Endpoint;
use crate::store::Fault;

/// Makes the operation due that a hint is about; a refund that was made on the processor's own page becomes one. Hints about anything else
/// do nothing.
///
/// # Errors
/// Of the store: the processor sends the webhook again.
pub async fn follow(endpoint: &Endpoint, hint: Hint) -> Result<(), Fault> {
    let (Hint::Refund(refund), Some(shop)) = (hint, endpoint.refunds_shop()) else { return Ok(()) };
    match &refund.of {
        Some(of) if of.shop == shop => look_now(endpoint, &shop, of.refund.clone()).await.map(drop),
        // Of another shop, with another endpoint.
        Some(_) => Ok(()),
        None => {
            let Some(id) = found::id(&refund) else { return Ok(()) };
            if look_now(endpoint, &shop, id).await? {
                Ok(())
            } else {
                found::note(endpoint, &shop, &[refund]).await
            }
        }
    }
}

/// Makes an operation due; says whether there is one.
async fn look_now(endpoint: &Endpoint, shop: &str, id: String) -> Result<bool, Fault> {
    let (of, now, writer) = (shop.to_owned(), endpoint.now(), endpoint.clone());
    let written = endpoint.0.store.writing(shop, move |tx| {
        let Some(mut kept) = read(tx, &of, &id)? else { return Ok(None) };
        if !kept.operation.hinted(now) {
            return Ok(Some(None));
        }
        tell_and_write(&writer, &of, tx, &mut kept).map(Some)
    });
    let written = written.await?;
    if let Some(Some(end)) = written {
        endpoint.tell(shop, end);
    }
    Ok(written.is_some())
}
