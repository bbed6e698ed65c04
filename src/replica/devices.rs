//! The devices of the shop as the endpoint knows them.

use super::platform::{NotConnected, Platform, post};
use super::sign_in::{read, sign_in};
use crate::engine::Engine;
use crate::store::Store;
use sync::client::{Method, Send};
use sync::wire::Devices;

/// Asks for the devices. It opens a session of its own, so that it works in every tab.
///
/// # Errors
///
/// [`NotConnected`].
pub async fn devices<S: Store, P: Platform>(
    engine: &Engine<S>,
    platform: &P,
) -> Result<Devices, NotConnected> {
    let (shop, device) = {
        let state = engine.device();
        (state.shop.to_string(), state.device.to_string())
    };
    let bearer = sign_in(platform, &shop, &device).await?;
    let ask = post(&format!("/v1/shops/{shop}/devices"), String::new());
    let asked = platform.send(&Send { bearer, method: Method::Get, ..ask }).await;
    let answer = asked.ok_or(NotConnected::NotAnswering)?;
    read(answer.status, &answer.body)
}
