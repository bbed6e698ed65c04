//! Whether the endpoint has a line of this device, as far as the exchange has stored it.

use super::refused::refused_places;
use super::stored::Link;
use crate::engine::Engine;
use crate::store::{ChainPosition, Fault, Store};

/// What has become of a line of this device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HandedIn {
    /// The endpoint does not have it yet.
    #[default]
    No,
    /// The endpoint has it.
    Yes,
    /// The endpoint has it, and it does not count.
    Refused,
}

/// What has become of a line of this device.
///
/// # Errors
///
/// When the store cannot be read.
pub async fn handed_in<S: Store>(engine: &Engine<S>, chain: u32, seq: u64) -> Result<HandedIn, Fault> {
    let Some((link, _)) = Link::read(engine).await? else { return Ok(HandedIn::No) };
    let place = ChainPosition::new(engine.device().device.as_str(), chain, seq);
    if refused_places(engine.store()).await?.contains(&place) {
        return Ok(HandedIn::Refused);
    }
    let is_acked = link.saved.chains.iter().any(|own| own.chain == chain && own.acked >= seq);
    Ok(if is_acked { HandedIn::Yes } else { HandedIn::No })
}
