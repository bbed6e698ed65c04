//! `POST /v1/enrol`: a device joins a shop with an invite.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use axum::extract::{Request, State};
use journal::{ChainOpened, Line, OPENED};
use sync::statement;
use sync::wire::limits::MAX_DEVICES;
use sync::wire::{Code, Enrol, Enrolled, Problem};

use crate::api::answer::{Answer, Refused, json};
use crate::api::body::small;
use crate::api::session::check_protocol;
use crate::api::signing::{digest, is_signed};
use crate::api::state::Endpoint;
use crate::membership::READER;
use crate::rights::Staff;
use crate::store::{Device, Fault, Invite, Read, Write};

/// Enrols a device.
pub async fn enrol(State(endpoint): State<Endpoint>, request: Request) -> Answer {
    let asked: Enrol = small(request).await?;
    check_protocol(asked.protocol)?;
    let now = endpoint.now();
    endpoint.0.guesses.check(now).map_err(Refused::slow_down)?;
    let proof = statement::enrol(&asked.code.to_string(), &asked.key.to_string());
    if !is_signed(&asked.key, &proof, &asked.proof) {
        return Err(Code::WrongProof.into());
    }
    let code = digest(&asked.code.0);
    let shop = endpoint.0.store.reading(move |tx| Ok(tx.invite(&code)?.map(|(shop, _)| shop))).await?;
    let Some(shop) = shop else {
        endpoint.0.guesses.wrong(now);
        return Err(Code::WrongCode.into());
    };
    let (of, here) = (shop.clone(), endpoint.clone());
    let admitted = endpoint.0.store.writing(&shop, move |tx| {
        if Staff::read(here.staff(&of), tx, &of)?.has_moved_from(&here.0.settings.origins) {
            return Ok(Err(Problem::new(Code::Moved)));
        }
        admit(tx, &of, &asked, now)
    });
    let device = admitted.await??;
    json(&Enrolled { shop, role: device.role, letter: device.letter, endpoint_key: endpoint.0.key.public() })
}

fn admit(tx: &mut dyn Write, shop: &str, asked: &Enrol, now: u64) -> Result<Result<Device, Problem>, Fault> {
    let wrong = Problem::new(Code::WrongCode);
    let Some((_, invite)) = tx.invite(&digest(&asked.code.0))? else { return Ok(Err(wrong)) };
    let known = tx.device(shop, &asked.device)?;
    if let Some(user) = &invite.used_by {
        // The same request again: its first answer may have been lost.
        let is_same = |known: &Device| known.id == *user && known.key == asked.key.to_string();
        return Ok(known.filter(|known| is_same(known) && known.revoked.is_none()).ok_or(wrong));
    }
    if now >= invite.until || known.is_some() {
        return Ok(Err(wrong));
    }
    if tx.devices(shop)?.len() >= MAX_DEVICES {
        return Ok(Err(Problem::new(Code::TooManyDevices)));
    }
    let letter = if invite.role == READER { None } else { Some(free_letter(tx, shop)?) };
    let device = Device {
        id: asked.device.clone(),
        key: asked.key.to_string(),
        role: invite.role.clone(),
        letter,
        name: asked.name.clone(),
        enrolled: now,
        revoked: None,
    };
    tx.put_device(&device)?;
    tx.put_invite(&Invite { used_by: Some(device.id.clone()), ..invite })?;
    Ok(Ok(device))
}

/// The first of A to Z, then AA to ZZ, that no chain and no device of the shop has.
fn free_letter(tx: &dyn Read, shop: &str) -> Result<String, Fault> {
    let mut used: BTreeSet<String> =
        tx.devices(shop)?.into_iter().filter_map(|device| device.letter).collect();
    tx.records_of_shop(shop, 0, &mut |record| {
        used.extend(opened_letter(&record.entry));
        ControlFlow::Continue(())
    })?;
    letters().find(|letter| !used.contains(letter)).ok_or_else(|| Fault::broken("no letter is left"))
}

fn opened_letter(entry: &[u8]) -> Option<String> {
    let line = Line::envelope(entry).ok().filter(|line| line.kind == OPENED)?;
    Some(ChainOpened::parse(line.kv, line.body).ok()?.letter)
}

fn letters() -> impl Iterator<Item = String> {
    let one = ('A'..='Z').map(String::from);
    one.chain(('A'..='Z').flat_map(|first| ('A'..='Z').map(move |second| [first, second].iter().collect())))
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_are_short_first_and_never_the_same() {
        let all: Vec<String> = letters().collect();
        assert_eq!((all[0].as_str(), all[25].as_str(), all[26].as_str(), all.len()), ("A", "Z", "AA", 702));
    }
}
