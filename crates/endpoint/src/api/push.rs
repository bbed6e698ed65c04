//! `POST /v1/shops/{shop}/entries`: a device sends what it has written.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use journal::OPENED;
use self_cell::self_cell;
use sync::PublicKey;
use sync::admit::{AdmittedPush, PushedLines, admit_push};
use sync::wire::{self, Code, Problem, Push, Pushed, Refusal};

use crate::api::answer::{Answer, Refused, json};
use crate::api::body::read;
use crate::api::rates::Kind;
use crate::api::sessions::Member;
use crate::api::signing::is_signed;
use crate::api::state::Endpoint;
use crate::membership::{READER, body};
use crate::rights::{self, ShopRights, Staff};
use crate::shop_log::ShopLog;
use crate::store::{Fault, Write};

/// A push, and its lines, which were checked.
struct Parsed<'a> {
    push: Push<'a>,
    lines: PushedLines<'a>,
}

self_cell!(
    /// A push with the bytes that it was read from.
    struct Owned {
        owner: Bytes,
        #[not_covariant]
        dependent: Parsed,
    }
);

/// Admits a push.
pub async fn push(State(endpoint): State<Endpoint>, Path(shop): Path<String>, request: Request) -> Answer {
    let member = endpoint.counted_member(Kind::Push, &shop, request.headers())?;
    let bytes = read(request, <Push<'_> as wire::Request>::MAX_BODY).await?;
    let pushed = Owned::try_new(bytes, |bytes| parse(&member, bytes))?;
    let chain = pushed.with_dependent(|_, parsed| parsed.lines.chain());
    let keys = keys(&endpoint, &member, chain).await?;
    pushed.with_dependent(|_, parsed| parsed.lines.check_signature(&keys, &is_signed))?;
    // In a task of its own: this one ends with the connection, and what is committed has to be told.
    let admitted = tokio::spawn(admit(endpoint.clone(), member, pushed)).await;
    let admitted = admitted.map_err(|_| Fault::broken("a push stopped"))??;
    json(&Pushed {
        epoch: admitted.end.epoch,
        chain,
        acked_through: admitted.acked_through,
        refused: admitted.refused,
        head: endpoint.0.key.head(&shop, admitted.end),
    })
}

fn parse<'a>(member: &Member, bytes: &'a [u8]) -> Result<Parsed<'a>, Refused> {
    let push: Push<'a> = wire::decode(bytes)?;
    let lines = PushedLines::read(&member.shop, &member.device, &push)?;
    // A line of a known kind whose body cannot be read would be an error on every device.
    let is_readable = |line: &journal::Line<'_>| line.kind == OPENED || body(line).is_some();
    match lines.lines().iter().position(|line| !is_readable(&line.line)) {
        Some(item) => Err(Refusal::at(Code::WrongEntry, item).into()),
        None => Ok(Parsed { push, lines }),
    }
}

/// The keys that the lines may be signed with.
async fn keys(endpoint: &Endpoint, member: &Member, chain: u32) -> Result<Vec<PublicKey>, Refused> {
    let of = member.clone();
    let known = endpoint.0.store.reading(move |tx| {
        let keys = rights::keys(tx, &of.shop, &of.device, chain)?;
        Ok(tx.device(&of.shop, &of.device)?.map(|device| (device.role, keys)))
    });
    let (role, keys) = known.await?.ok_or(Code::UnknownKey)?;
    if role == READER { Err(Code::ReadOnly.into()) } else { Ok(keys) }
}

async fn admit(endpoint: Endpoint, member: Member, pushed: Owned) -> Result<AdmittedPush, Refused> {
    let (known, now) = (endpoint.staff(&member.shop), endpoint.now());
    let (of, here) = (member.clone(), endpoint.clone());
    let outcome = endpoint.0.store.writing(&member.shop, move |tx| {
        let staff = Staff::read(known, tx, &of.shop)?;
        // A wrong address is put right here: no other endpoint has the shop then.
        let moves = pushed.with_dependent(|_, parsed| {
            parsed.lines.lines().iter().any(|checked| staff.moves_shop(&checked.line))
        });
        if staff.has_moved_from(&here.0.settings.origins) && !moves {
            return Ok((Err(Problem::new(Code::Moved)), staff));
        }
        let admitted =
            pushed.with_dependent(|_, parsed| in_transaction(tx, &of, parsed, Arc::clone(&staff), now))?;
        Ok((admitted, staff))
    });
    let (admitted, staff) = outcome.await?;
    endpoint.set_staff(&member.shop, staff);
    let admitted = admitted?;
    if admitted.appended > 0 {
        endpoint.0.metrics.admitted.fetch_add(admitted.appended as u64, Ordering::Relaxed);
        endpoint.0.metrics.refused.fetch_add(admitted.refused.len() as u64, Ordering::Relaxed);
        endpoint.tell(&member.shop, admitted.end);
    }
    Ok(admitted)
}

fn in_transaction(
    tx: &mut dyn Write,
    member: &Member,
    parsed: &Parsed<'_>,
    staff: Arc<Staff>,
    now: u64,
) -> Result<Result<AdmittedPush, Problem>, Fault> {
    let Parsed { push, lines } = parsed;
    let shared = RefCell::new(tx);
    let mut log = ShopLog::new(&shared, &member.shop);
    let mut rights = ShopRights::new(&shared, &member.shop, staff);
    admit_push(&mut log, &mut rights, push, lines, now)
}
