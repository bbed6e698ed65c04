//! `GET /v1/shops/{shop}/heads`: the ends of the log and of all chains.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use sync::wire::{AskHeads, Heads};
use sync::{ChainHead, Checkpoint};

use crate::api::answer::{Answer, json};
use crate::api::body::query;
use crate::api::pull::may_read;
use crate::api::rates::Kind;
use crate::api::state::Endpoint;
use crate::shop_log::{chain_head, end_of, log_hash};

/// Answers the ends.
pub async fn heads(
    State(endpoint): State<Endpoint>,
    Path(shop): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Answer {
    let member = endpoint.counted_member(Kind::Pull, &shop, &headers)?;
    let places = query::<AskHeads>(&uri)?.places()?;
    let read = endpoint.0.store.reading(move |tx| {
        if let Err(problem) = may_read(tx, &member)? {
            return Ok(Err(problem));
        }
        let end = end_of(tx.end(&member.shop)?)?;
        let chains: Vec<ChainHead> = tx.chains(&member.shop, None)?.iter().map(chain_head).collect();
        let mut checkpoints = Vec::new();
        for lseq in places {
            let hash = tx.log_hash(&member.shop, lseq)?;
            checkpoints.extend(hash.map(|hash| Checkpoint { lseq, log_hash: log_hash(hash) }));
        }
        Ok(Ok((end, chains, checkpoints)))
    });
    let (end, chains, checkpoints) = read.await??;
    json(&Heads { epoch: end.epoch, head: endpoint.0.key.head(&shop, end), chains, checkpoints })
}
