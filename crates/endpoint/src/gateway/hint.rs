//! Follows a hint of the card processor: what it is about is looked at now instead of later.

use std::pin::Pin;

use super::disputes;
use super::found;
use super::kept::read;
use super::webhook::{Hint, WebhookSecrets};
use super::writing::tell_and_write;
use crate::Endpoint;
use crate::api::Webhooks;
use crate::store::Fault;

/// Receives webhooks of the card processor at an endpoint from now on. Only the first call counts.
pub fn receive_webhooks(endpoint: &Endpoint, secrets: WebhookSecrets) {
    let follow = |endpoint, hint| -> Pin<Box<dyn Future<Output = Result<(), Fault>> + Send>> {
        Box::pin(async move { follow(&endpoint, hint).await })
    };
    // A second call changes nothing.
    let _ = endpoint.0.webhooks.set(Webhooks { secrets, follow });
}

/// Makes the operation due that a hint is about; a refund that was made on the processor's own page becomes one. Hints about anything else
/// do nothing.
///
/// # Errors
/// Of the store: the processor sends the webhook again.
async fn follow(endpoint: &Endpoint, hint: Hint) -> Result<(), Fault> {
    let Some(shop) = endpoint.refunds_shop() else { return Ok(()) };
    let refund = match hint {
        Hint::Refund(refund) => refund,
        Hint::Charge(of) if of.shop == shop => return look_now(endpoint, &shop, of.refund).await.map(drop),
        Hint::Dispute => return disputes::look_now(endpoint, &shop).await,
        Hint::Charge(_) | Hint::Other(_) => return Ok(()),
    };
    match &refund.of {
        Some(of) if of.shop == shop => look_now(endpoint, &shop, of.refund.clone()).await.map(drop),
        // Of another shop, with another endpoint.
        Some(_) => Ok(()),
        None => {
            let Some(id) = found::id(&refund) else { return Ok(()) };
            if look_now(endpoint, &shop, id).await? {
                Ok(())
            } else {
                found::note(endpoint, &shop, &[*refund]).await
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
