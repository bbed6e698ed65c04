//! A session with the endpoint beside that of the exchange, so that a request works in every tab.

use super::platform::{NotConnected, Platform, post};
use sync::Signature;
use sync::statement;
use sync::wire::limits::PROTOCOL;
use sync::wire::{AskSession, Challenge, Challenged, Problem};

/// Opens a session for this page, and returns its token if it has one.
///
/// # Errors
///
/// [`NotConnected`]: the endpoint does not know this device by its key.
pub async fn sign_in(
    platform: &impl Platform,
    shop: &str,
    device: &str,
) -> Result<Option<String>, NotConnected> {
    let ask = |proof: Option<(Challenge, Signature)>| {
        let ask = AskSession {
            protocol: PROTOCOL,
            shop: shop.to_owned(),
            device: device.to_owned(),
            bearer: platform.needs_bearer(),
            challenge: proof.map(|(challenge, _)| challenge),
            signature: proof.map(|(_, signature)| signature),
        };
        post("/v1/session", serde_json::to_string(&ask).unwrap_or_default())
    };
    let first = platform.send(&ask(None)).await.ok_or(NotConnected::NotAnswering)?;
    let Challenged { challenge } = read(first.status, &first.body)?;
    let statement = statement::session(&platform.origin(), shop, device, challenge);
    let signature = platform.sign(statement).await.ok_or(NotConnected::NoKey)?;
    let proven = platform.send(&ask(Some((challenge, signature)))).await.ok_or(NotConnected::NotAnswering)?;
    read::<sync::wire::Session>(proven.status, &proven.body).map(|session| session.token)
}

/// An answer outside of the exchange.
pub(super) fn read<T: serde::de::DeserializeOwned>(status: u16, body: &[u8]) -> Result<T, NotConnected> {
    if !(200..300).contains(&status) {
        let problem = serde_json::from_slice::<Problem>(body);
        return Err(problem.map_or(NotConnected::NotAnswering, |problem| NotConnected::Refused(problem.code)));
    }
    serde_json::from_slice(body).map_err(|_| NotConnected::NotAnswering)
}
