//! Founds the shop of an open book at an endpoint.

use super::platform::{NotConnected, Platform, post};
use super::sign_in::sign_in;
use super::stored::Link;
use crate::engine::Engine;
use crate::store::Store;
use sync::Signature;
use sync::client::{Founding, FoundingStep, OwnLine, Saved};
use sync::wire::Code;

/// How often a part is sent that gets no answer.
const TRIES: u32 = 4;

/// Sends every line of the book, and connects the book with the endpoint. `progress` is told how many of how many lines are
/// there.
///
/// # Errors
///
/// [`NotConnected`]. The book stands alone as before; trying again is safe, whatever the endpoint has of it.
pub async fn found<S: Store, P: Platform>(
    engine: &Engine<S>,
    platform: &P,
    code: &str,
    progress: impl Fn(usize, usize),
) -> Result<(), NotConnected> {
    let entries = engine.entries_by_chain().await?;
    let (shop, device) = {
        let state = engine.device();
        (state.shop.to_string(), state.device.to_string())
    };
    let signature_of = |text: &Option<String>| text.as_deref().and_then(|text| Signature::parse(text).ok());
    let lines = entries.iter().map(|(_, stored)| OwnLine {
        text: stored.bytes.clone(),
        signature: signature_of(&stored.signature),
    });
    let mut founding =
        Founding::new(&shop, &device, platform.key(), lines.collect()).map_err(NotConnected::Refused)?;
    let signature = platform.sign(founding.statement()).await.ok_or(NotConnected::NoKey)?;
    let mut tries = 0;
    let saved = loop {
        let (taken, all) = founding.progress();
        progress(taken, all);
        let answer = platform.send(&post("/v1/shops", founding.request(code, signature))).await;
        let step = answer.map_or(FoundingStep::Again(0), |answer| {
            founding.answered(answer.status, &answer.media, &answer.body)
        });
        match step {
            FoundingStep::Next => tries = 0,
            FoundingStep::Founded(saved) => break *saved,
            // The answer to the last part may have been lost, and lines were written since.
            FoundingStep::Refused(Code::ShopExists) => {
                sign_in(platform, &shop, &device)
                    .await
                    .map_err(|_| NotConnected::Refused(Code::ShopExists))?;
                break Saved::new(&shop);
            }
            FoundingStep::Refused(code) => return Err(NotConnected::Refused(code)),
            FoundingStep::Again(_) if tries >= TRIES => return Err(NotConnected::NotAnswering),
            FoundingStep::Again(seconds) => {
                tries += 1;
                platform.sleep(u64::from(seconds.max(tries)) * 1_000).await;
            }
        }
    };
    let is_numbered = saved.cursor.epoch.is_some();
    let values = Link { origin: platform.origin(), saved }.values(Some(&[]))?;
    let numbered: Vec<_> = founding
        .origins()
        .iter()
        .filter(|_| is_numbered)
        .filter_map(|origin| entries.get(*origin).cloned())
        .collect();
    let all = numbered.len();
    let count = |done: u64| progress(usize::try_from(done).unwrap_or(all), all);
    engine.number_entries(&numbered, &values, count).await?;
    Ok(())
}
