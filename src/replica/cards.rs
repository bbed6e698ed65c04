//! Cards that a customer has saved at the card processor, as the endpoint reads them there.

use super::mails::session;
use super::platform::{NotConnected, Platform, post};
use super::sign_in::read;
use crate::engine::Engine;
use crate::store::Store;
use sync::client::{Method, Send};
use sync::wire::Cards;

/// The cards of a customer, by the number that the processor gives the customer: letters, digits and underscores.
///
/// # Errors
///
/// [`NotConnected`].
pub async fn cards<S: Store, P: Platform>(
    engine: &Engine<S>,
    platform: &P,
    number: &str,
) -> Result<Cards, NotConnected> {
    let (shop, bearer) = session(engine, platform).await?;
    let path = format!("/v1/shops/{shop}/cards?number={number}");
    let request = Send { bearer, method: Method::Get, ..post(&path, String::new()) };
    let answer = platform.send(&request).await.ok_or(NotConnected::NotAnswering)?;
    read(answer.status, &answer.body)
}
