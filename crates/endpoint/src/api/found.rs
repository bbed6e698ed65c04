//! `POST /v1/shops`: a shop that lived alone founds itself here, in parts.

use axum::extract::{Request, State};
use sync::admit::LogEnd;
use sync::wire::{self, Code, Found, Founded};
use sync::{Epoch, LogHash, statement};

use crate::api::answer::{Answer, Refused, json};
use crate::api::body::read;
use crate::api::session::check_protocol;
use crate::api::signing::{is_signed, random};
use crate::api::staged::{Staged, founder, records, take};
use crate::api::state::{Endpoint, SET_UP};
use crate::shop_log::end_of;
use crate::store::Fault;

/// How long a client waits while others send parts.
const RETRY_SECONDS: u32 = 5;

/// Takes a part of a founding.
pub async fn found(State(endpoint): State<Endpoint>, request: Request) -> Answer {
    let _place = endpoint.0.parts.try_acquire().map_err(|_| Refused::slow_down(RETRY_SECONDS))?;
    let bytes = read(request, <Found<'_> as wire::Request>::MAX_BODY).await?;
    let part: Found<'_> = wire::decode(&bytes)?;
    check_protocol(part.protocol)?;
    let founding = statement::founding(&part.shop, part.count, &part.heads);
    if !is_signed(&part.key, &founding, &part.signature) {
        return Err(Code::WrongSignature.into());
    }
    // Until the answer: a part that comes twice at once waits, and then finds what the first one did.
    let mut staged = endpoint.0.staged.lock().await;
    if let Some(end) = already(&endpoint, &part).await? {
        return founded(&endpoint, &part.shop, part.count, Some(end));
    }
    let now = endpoint.now();
    endpoint.0.guesses.check(now).map_err(Refused::slow_down)?;
    if !endpoint.is_setup_code(&part.code).await? {
        endpoint.0.guesses.wrong(now);
        return Err(Code::WrongCode.into());
    }
    let taken = take(&mut staged, &part)?;
    if taken < part.count {
        return founded(&endpoint, &part.shop, taken, None);
    }
    let Some(complete) = staged.take() else { return Err(Code::WrongFounding.into()) };
    let end = tokio::spawn(commit(endpoint.clone(), complete, now)).await;
    let end = end.map_err(|_| Fault::broken("a founding stopped"))??;
    founded(&endpoint, &part.shop, taken, Some(end))
}

fn founded(endpoint: &Endpoint, shop: &str, taken: u64, end: Option<LogEnd>) -> Answer {
    json(&Founded {
        taken,
        head: end.map(|end| endpoint.0.key.head(shop, end)),
        epoch: end.map(|end| end.epoch),
        endpoint_key: endpoint.0.key.public(),
    })
}

/// The end of the log of a shop that this device has founded already, with the entries of the request.
async fn already(endpoint: &Endpoint, part: &Found<'_>) -> Result<Option<LogEnd>, Refused> {
    let (shop, device, key) = (part.shop.clone(), part.device.clone(), part.key.to_string());
    let heads = part.heads.clone();
    let known = endpoint.0.store.reading(move |tx| {
        let Some(end) = tx.end(&shop)? else { return Ok(None) };
        let mut is_same = tx.device(&shop, &device)?.is_some_and(|known| known.key == key);
        for head in &heads {
            let lines = tx.lines(&shop, &head.device, head.chain, head.seq)?;
            is_same &= lines.iter().any(|line| line.hash == *head.hash.bytes());
        }
        Ok(Some((is_same, end)))
    });
    match known.await? {
        None => Ok(None),
        Some((false, _)) => Err(Code::ShopExists.into()),
        Some((true, end)) => Ok(Some(end_of(Some(end))?)),
    }
}

/// Checks all entries and writes the shop.
async fn commit(endpoint: Endpoint, staged: Staged, now: u64) -> Result<LogEnd, Refused> {
    let epoch = Epoch(random()?);
    let work = tokio::task::spawn_blocking(move || records(&staged, epoch, now).map(|found| (staged, found)));
    let (staged, (records, end)) = work.await.map_err(|_| Fault::broken("a founding stopped"))??;
    let Staged { shop, device, key, .. } = staged;
    let empty = *LogHash::empty(&shop).bytes();
    let founder = founder(device, &key, &records, now);
    let of = shop.clone();
    let written = endpoint.0.store.writing(&shop, move |tx| {
        // Another endpoint over the store may have founded it since.
        if tx.end(&of)?.is_some() {
            return Ok(false);
        }
        tx.found(epoch.0, empty)?;
        tx.append(&records)?;
        tx.put_device(&founder)?;
        if tx.value(SET_UP)?.is_some() {
            tx.put_value(SET_UP, &[])?;
        }
        Ok(true)
    });
    if !written.await? {
        // Sent again, the request is compared with what is here.
        return Err(Code::Unavailable.into());
    }
    endpoint.use_setup_code();
    Ok(end)
}
