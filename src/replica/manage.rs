//! The devices of the shop as the endpoint knows them, and what the counter that founded the shop may change about them.

use super::invite::{read, sign_in};
use super::platform::{NotConnected, Platform, post};
use crate::engine::Engine;
use crate::store::Store;
use sync::client::{Method, Send};
use sync::wire::{AskRevoke, AskWithdraw, Devices, InviteCode};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Manage {
    /// The devices.
    List,
    /// That a device is one of the shop's no more.
    Revoke(String),
    /// That an invite is good no more.
    Withdraw(InviteCode),
}

/// Asks, and returns the devices as they are then. It opens a session of its own, so that it works in every tab.
///
/// # Errors
///
/// [`NotConnected`].
pub async fn manage<S: Store, P: Platform>(
    engine: &Engine<S>,
    platform: &P,
    what: Manage,
) -> Result<Devices, NotConnected> {
    let (shop, device) = {
        let state = engine.device();
        (state.shop.to_string(), state.device.to_string())
    };
    let bearer = sign_in(platform, &shop, &device).await?;
    let ask = |route: &str, body: Result<String, serde_json::Error>| {
        post(&format!("/v1/shops/{shop}/{route}"), body.unwrap_or_default())
    };
    let request = match what {
        Manage::List => Send { method: Method::Get, ..ask("devices", Ok(String::new())) },
        Manage::Revoke(device) => ask("revocations", serde_json::to_string(&AskRevoke { device })),
        Manage::Withdraw(code) => ask("withdrawals", serde_json::to_string(&AskWithdraw { code })),
    };
    let asked = platform.send(&Send { bearer, ..request }).await;
    let answer = asked.ok_or(NotConnected::NotAnswering)?;
    read(answer.status, &answer.body)
}
