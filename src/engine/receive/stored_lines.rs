//! Reads the lines that the store already holds of a backup's chains.

use crate::store::{ChainPosition, Fault, Store};
use journal::Line;

/// The number and hash of a chain's last line in this store.
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

/// The line that this store holds under a number.
pub async fn line_at<S: Store>(store: &S, key: &(String, u32), seq: u64) -> Result<Option<String>, Fault> {
    Ok(store.at(&ChainPosition::new(&key.0, key.1, seq)).await?.map(|stored| stored.bytes))
}
