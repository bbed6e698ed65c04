//! `POST /v1/session`: a challenge, then a session for a device that has signed it.

use axum::extract::{Request, State};
use axum::http::header::{HeaderValue, SET_COOKIE};
use sync::wire::{AskSession, Challenge, Challenged, Code, Protocol, Session};
use sync::{PublicKey, Signature, statement};

use crate::api::answer::{Answer, Refused, json, json_with};
use crate::api::body::small;
use crate::api::sessions::{Member, SESSION_SECONDS};
use crate::api::signing::is_signed;
use crate::api::state::{COOKIE_NAME, Endpoint};
use crate::shop_log::{chain_head, end_of};
use crate::store::Fault;

/// Answers either request.
pub async fn session(State(endpoint): State<Endpoint>, request: Request) -> Answer {
    let asked: AskSession = small(request).await?;
    check_protocol(asked.protocol)?;
    let member = Member { shop: asked.shop, device: asked.device };
    match asked.challenge.zip(asked.signature) {
        None => {
            let challenge = endpoint.0.sessions.challenge(&member, endpoint.now())?;
            json(&Challenged { challenge })
        }
        Some((challenge, signature)) => begin(&endpoint, member, challenge, signature, asked.bearer).await,
    }
}

/// Refuses a version of the protocol that this program does not speak.
pub fn check_protocol(version: u32) -> Result<(), Refused> {
    let range = Protocol { min: version, max: version };
    if Protocol::OURS.common(range).is_some() { Ok(()) } else { Err(Code::PleaseUpdate.into()) }
}

async fn begin(
    endpoint: &Endpoint,
    member: Member,
    challenge: Challenge,
    signature: Signature,
    bearer: bool,
) -> Answer {
    let now = endpoint.now();
    let is_open = endpoint.0.sessions.take_challenge(&challenge, &member, now);
    let of = member.clone();
    let known = endpoint.0.store.reading(move |tx| {
        let chains = tx.chains(&of.shop, Some(&of.device))?;
        Ok((tx.device(&of.shop, &of.device)?, tx.end(&of.shop)?, chains))
    });
    let (device, end, chains) = known.await?;
    // For a device that is not here, as much is read and checked: how long an answer takes does not tell which devices are here.
    let key = match &device {
        Some(device) => PublicKey::parse(&device.key).map_err(|_| Fault::broken("the key of a device"))?,
        None => endpoint.0.key.public(),
    };
    let signs = |origin: &String| {
        is_signed(&key, &statement::session(origin, &member.shop, &member.device, challenge), &signature)
    };
    let is_signed = endpoint.0.settings.origins.iter().any(signs);
    let Some(device) = device.filter(|_| is_open && is_signed) else { return Err(Code::WrongProof.into()) };
    let end = end_of(end)?;
    let token = endpoint.0.sessions.begin(&member, now);
    let answer = Session {
        token: bearer.then(|| token.clone()),
        seconds: SESSION_SECONDS,
        time: now,
        role: device.role,
        revoked: device.revoked.is_some(),
        epoch: end.epoch,
        chains: chains.iter().map(chain_head).collect(),
        endpoint_key: endpoint.0.key.public(),
    };
    if bearer {
        return json(&answer);
    }
    let cookie = format!(
        "{COOKIE_NAME}={token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={SESSION_SECONDS}"
    );
    let cookie = HeaderValue::from_str(&cookie).map_err(Fault::broken)?;
    json_with(&answer, [(SET_COOKIE, cookie)])
}
