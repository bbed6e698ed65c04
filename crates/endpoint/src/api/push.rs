//! `POST /v1/shops/{shop}/entries`: a device sends what it has written.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::body::Bytes;
use axum::extract::{Path, Request, State};
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
use crate::membership::READER;
use crate::rights::{self, ShopRights, Staff, Stated};
use crate::shop_log::ShopLog;
use crate::store::{Fault, Write};

/// A push, and its lines, which were checked.
struct Parsed<'a> {
    push: Push<'a>,
    lines: PushedLines<'a>,
    stated: Stated,
}

self_cell!(
    /// A push with the bytes that it was read from, for as many transactions as it takes.
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
    check_signature(&endpoint, &member, &pushed).await?;
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
    let stated = Stated::read(lines.lines()).map_err(|item| Refusal::at(Code::WrongEntry, item))?;
    Ok(Parsed { push, lines, stated })
}

/// Checks the signature with the keys that the log gave to the chain. They are never taken back, so those that were read before are
/// tried first.
async fn check_signature(endpoint: &Endpoint, member: &Member, pushed: &Owned) -> Result<(), Refused> {
    let chain = pushed.with_dependent(|_, parsed| parsed.lines.chain());
    let is_signed_with = |keys: &[PublicKey]| {
        pushed.with_dependent(|_, parsed| parsed.lines.check_signature(keys, &is_signed))
    };
    let is_known = || endpoint.0.keys.get(member, chain).is_some_and(|known| is_signed_with(&known).is_ok());
    if is_known() {
        return Ok(());
    }
    endpoint.0.keys.read_all(&*endpoint.0.store, &member.shop).await?;
    if is_known() {
        return Ok(());
    }
    let of = member.clone();
    let read = endpoint.0.store.reading(move |tx| {
        let keys = rights::keys(tx, &of.shop, &of.device, chain)?;
        let opened = rights::opened_keys(tx, &of.shop, &of.device, chain)?;
        Ok(tx.device(&of.shop, &of.device)?.map(|device| (device.role, keys, opened)))
    });
    let (role, keys, opened) = read.await?.ok_or(Code::UnknownKey)?;
    if role == READER {
        return Err(Code::ReadOnly.into());
    }
    is_signed_with(&keys)?;
    endpoint.0.keys.keep(member, chain, opened);
    Ok(())
}

async fn admit(endpoint: Endpoint, member: Member, pushed: Owned) -> Result<AdmittedPush, Refused> {
    let (before, now) = (endpoint.staff(&member.shop), endpoint.now());
    let (of, pushed) = (Arc::new(member.clone()), Arc::new(pushed));
    let work = || {
        let (within, of, pushed) = (endpoint.clone(), Arc::clone(&of), Arc::clone(&pushed));
        move |tx: &mut dyn Write| pushed.with_dependent(|_, parsed| admit_in(tx, &within, &of, parsed, now))
    };
    let outcome = match endpoint.0.store.trying(&member.shop, work()).await {
        Err(Fault::Outdated) => {
            endpoint.set_staff(&member.shop, Arc::clone(&before));
            endpoint.0.store.writing(&member.shop, work()).await
        }
        outcome => outcome,
    };
    let admitted = match outcome {
        Ok(admitted) => admitted?,
        Err(fault) => {
            // What was not committed is in no log: the next push would read everything again.
            endpoint.set_staff(&member.shop, before);
            return Err(fault.into());
        }
    };
    if admitted.appended > 0 {
        endpoint.0.metrics.admitted.fetch_add(admitted.appended as u64, Ordering::Relaxed);
        endpoint.0.metrics.refused.fetch_add(admitted.refused.len() as u64, Ordering::Relaxed);
        endpoint.tell(&member.shop, admitted.end);
    }
    Ok(admitted)
}

/// Admits a push as far as the shop is here, and notes the staff after it.
fn admit_in(
    tx: &mut dyn Write,
    endpoint: &Endpoint,
    member: &Member,
    parsed: &Parsed<'_>,
    now: u64,
) -> Result<Result<AdmittedPush, Problem>, Fault> {
    // Pushes that share a transaction go on with what is known after the one before. It is compared with the log before it is used.
    let staff = Staff::read(endpoint.staff(&member.shop), tx, &member.shop)?;
    // A wrong address is put right here: no other endpoint has the shop then.
    let moves = parsed.lines.lines().iter().any(|checked| staff.moves_shop(&checked.line));
    if staff.has_moved_from(&endpoint.0.settings.origins) && !moves {
        endpoint.set_staff(&member.shop, staff);
        return Ok(Err(Problem::new(Code::Moved)));
    }
    let (admitted, after) = in_transaction(tx, member, parsed, Arc::clone(&staff), now)?;
    endpoint.set_staff(&member.shop, after.unwrap_or(staff));
    Ok(admitted)
}

/// What came of a push, and the staff after it, if that is known without reading.
type Outcome = (Result<AdmittedPush, Problem>, Option<Arc<Staff>>);

fn in_transaction(
    tx: &mut dyn Write,
    member: &Member,
    parsed: &Parsed<'_>,
    staff: Arc<Staff>,
    now: u64,
) -> Result<Outcome, Fault> {
    let Parsed { push, lines, stated } = parsed;
    // The signature may have been checked with a key that was read long before.
    match tx.device(&member.shop, &member.device)? {
        None => return Ok((Err(Problem::new(Code::UnknownKey)), None)),
        Some(device) if device.role == READER => return Ok((Err(Problem::new(Code::ReadOnly)), None)),
        Some(_) => {}
    }
    let shared = RefCell::new(tx);
    let mut log = ShopLog::new(&shared, &member.shop);
    let mut rights = ShopRights::new(&shared, &member.shop, staff).stating(stated);
    let admitted = admit_push(&mut log, &mut rights, push, lines, now)?;
    let after = admitted.as_ref().ok().and_then(|admitted| rights.staff_at(&admitted.end));
    Ok((admitted, after))
}
