//! The devices of a shop: who they are and when they were last heard of.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use sync::wire::{Devices, Listed};

use crate::api::answer::{Answer, json};
use crate::api::pull::may_read;
use crate::api::rates::Kind;
use crate::api::sessions::Member;
use crate::api::state::Endpoint;
use crate::store::{Device, Fault, Read};

/// `GET /v1/shops/{shop}/devices`.
pub async fn devices(
    State(endpoint): State<Endpoint>,
    Path(shop): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let member = endpoint.counted_member(Kind::Pull, &shop, &headers)?;
    json(&list(&endpoint, member).await?)
}

async fn list(endpoint: &Endpoint, member: Member) -> Result<Devices, crate::api::answer::Refused> {
    let (seen, time) = (endpoint.clone(), endpoint.now());
    let read = endpoint.0.store.reading(move |tx| {
        if let Err(problem) = may_read(tx, &member)? {
            return Ok(Err(problem));
        }
        let (mut devices, shop) = (Vec::new(), &member.shop);
        let end = tx.end(shop)?.map_or(0, |end| end.lseq);
        for device in tx.devices(shop)? {
            let did = seen.seen(&Member { shop: shop.clone(), device: device.id.clone() });
            let heard = did.at.max(last_entry(tx, shop, &device)?).max(device.enrolled);
            devices.push(listed(device, heard, did.read.map(|read| end.saturating_sub(read))));
        }
        Ok(Ok(Devices { devices, time }))
    });
    Ok(read.await??)
}

fn listed(device: Device, seen: u64, waiting: Option<u64>) -> Listed {
    let Device { id, role, letter, name, revoked, .. } = device;
    Listed { device: id, name, role, letter, seen, waiting, revoked }
}

/// When the last entry of a device was received; 0 for none.
fn last_entry(tx: &dyn Read, shop: &str, device: &Device) -> Result<u64, Fault> {
    let mut last = 0;
    for end in tx.chains(shop, Some(&device.id))? {
        let lines = tx.lines(shop, &end.device, end.chain, end.seq)?;
        last = lines.iter().map(|line| line.received).fold(last, u64::max);
    }
    Ok(last)
}
