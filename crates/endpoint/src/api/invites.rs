//! `POST /v1/shops/{shop}/invites`: a code with which one more device can join. Only devices with the role of an admin get
//! one: that is the device which founded the shop.

use axum::extract::{Path, Request, State};
use sync::wire::limits::INVITE_MILLIS;
use sync::wire::{AskInvite, Code, Invitation, InviteCode};

use crate::api::answer::{Answer, json};
use crate::api::body::small;
use crate::api::devices::manages;
use crate::api::push::READER;
use crate::api::rates::Kind;
use crate::api::signing::{digest, random};
use crate::api::state::Endpoint;
use crate::store::Invite;

/// The role of a device that was invited to record.
const INVITED: &str = "clerk";

/// Makes an invite.
pub async fn invite(State(endpoint): State<Endpoint>, Path(shop): Path<String>, request: Request) -> Answer {
    let member = endpoint.counted_member(Kind::Push, &shop, request.headers())?;
    let AskInvite { reader } = small(request).await?;
    let role = if reader { READER } else { INVITED };
    let code = InviteCode(random()?);
    let until = endpoint.now().saturating_add(INVITE_MILLIS);
    let invite = Invite { code: digest(&code.0), role: role.to_owned(), until, used_by: None };
    let made = endpoint.0.store.writing(&shop, move |tx| {
        let may = manages(&*tx, &member)?;
        if may {
            tx.put_invite(&invite)?;
        }
        Ok(may)
    });
    if made.await? { json(&Invitation { code, until }) } else { Err(Code::NotAllowed.into()) }
}
