//! The devices of a shop: who they are and when they were last heard of, and their revocation.

use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use sync::wire::{AskRevoke, AskWithdraw, Code, Devices, Listed};

use crate::api::answer::{Answer, json};
use crate::api::body::small;
use crate::api::pull::may_read;
use crate::api::rates::Kind;
use crate::api::sessions::Member;
use crate::api::signing::digest;
use crate::api::staged::FOUNDER;
use crate::api::state::Endpoint;
use crate::store::{Device, Fault, Invite, Read};

/// `GET /v1/shops/{shop}/devices`.
pub async fn devices(
    State(endpoint): State<Endpoint>,
    Path(shop): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let member = endpoint.counted_member(Kind::Pull, &shop, &headers)?;
    json(&list(&endpoint, member).await?)
}

/// `POST /v1/shops/{shop}/revocations`. Answers the list as it is then.
pub async fn revoke(State(endpoint): State<Endpoint>, Path(shop): Path<String>, request: Request) -> Answer {
    let member = endpoint.counted_member(Kind::Push, &shop, request.headers())?;
    let AskRevoke { device } = small(request).await?;
    let of = member.clone();
    let may = endpoint.0.store.reading(move |tx| manages(tx, &of)).await?;
    if !may || device == member.device || !endpoint.revoke(&shop, &device).await? {
        return Err(Code::NotAllowed.into());
    }
    json(&list(&endpoint, member).await?)
}

/// `POST /v1/shops/{shop}/withdrawals`. A code that is unknown or used is left as it is.
pub async fn withdraw(
    State(endpoint): State<Endpoint>,
    Path(shop): Path<String>,
    request: Request,
) -> Answer {
    let member = endpoint.counted_member(Kind::Push, &shop, request.headers())?;
    let AskWithdraw { code } = small(request).await?;
    let (of, code) = (member.clone(), digest(&code.0));
    let may = endpoint.0.store.writing(&shop, move |tx| {
        if !manages(&*tx, &of)? {
            return Ok(false);
        }
        if let Some((shop, invite)) = tx.invite(&code)?
            && shop == of.shop
            && invite.used_by.is_none()
        {
            tx.put_invite(&Invite { until: 0, ..invite })?;
        }
        Ok(true)
    });
    if !may.await? {
        return Err(Code::NotAllowed.into());
    }
    json(&list(&endpoint, member).await?)
}

/// Whether a device may invite and revoke: that which founded the shop.
pub fn manages(tx: &dyn Read, member: &Member) -> Result<bool, Fault> {
    let device = tx.device(&member.shop, &member.device)?;
    Ok(device.is_some_and(|device| device.role == FOUNDER && device.revoked.is_none()))
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
        Ok(Ok(Devices { devices, time, manages: manages(tx, &member)? }))
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
