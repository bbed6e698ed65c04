//! What the store holds already of the chains of a backup.

use crate::store::{ChainPosition, Fault, Store};
use journal::Line;

/// How far a chain reaches here, and its last line.
pub async fn last_line<S: Store>(
    store: &S,
    device: &str,
    chain: u32,
) -> Result<Option<(u64, String)>, Fault> {
    let last = store.last(device, chain).await?;
    Ok(last.and_then(|stored| {
        let seq = Line::parse(stored.bytes.as_bytes()).ok()?.seq;
        Some((seq, stored.bytes))
    }))
}

/// The line stored here under a number.
pub async fn line_at<S: Store>(store: &S, key: &(String, u32), seq: u64) -> Result<Option<String>, Fault> {
    Ok(store.at(&ChainPosition::new(&key.0, key.1, seq)).await?.map(|stored| stored.bytes))
}
