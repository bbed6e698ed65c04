//! `POST /v1/shops/{shop}/reoffer`: a device hands back records that the endpoint has lost.

use std::cell::RefCell;

use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use self_cell::self_cell;
use sync::Epoch;
use sync::admit::{AdmittedReoffer, ReofferedLines, admit_reoffer};
use sync::wire::{self, Code, Problem, Reoffer, Reoffered};

use crate::api::answer::{Answer, Refused, json};
use crate::api::body::read;
use crate::api::pull::may_read;
use crate::api::rates::Kind;
use crate::api::sessions::Member;
use crate::api::signing::{is_signed, random};
use crate::api::state::Endpoint;
use crate::rights::{ShopRights, Staff};
use crate::shop_log::{ShopLog, end_of};
use crate::store::{Fault, Write};

/// The records, which were checked in themselves, and the epoch of the request.
struct Parsed<'a> {
    epoch: Epoch,
    lines: ReofferedLines<'a>,
}

self_cell!(
    /// Records with the bytes that they were read from.
    struct Owned {
        owner: Bytes,
        #[not_covariant]
        dependent: Parsed,
    }
);

/// What the transaction needs beside the records.
struct Terms {
    member: Member,
    /// Whether the endpoint has signed the head of the request.
    is_ours: bool,
    now: u64,
    /// The epoch to begin, if one has to.
    fresh: Epoch,
}

/// Takes records back.
pub async fn reoffer(State(endpoint): State<Endpoint>, Path(shop): Path<String>, request: Request) -> Answer {
    let member = endpoint.counted_member(Kind::Push, &shop, request.headers())?;
    let bytes = read(request, <Reoffer<'_> as wire::Request>::MAX_BODY).await?;
    let offered = Owned::try_new(bytes, |bytes| parse(&shop, bytes))?;
    let is_ours = offered.with_dependent(|_, parsed| {
        parsed.lines.head().is_some_and(|head| endpoint.0.key.has_signed(&shop, head))
    });
    let terms = Terms { member, is_ours, now: endpoint.now(), fresh: Epoch(random()?) };
    let admitted = tokio::spawn(admit(endpoint.clone(), terms, offered)).await;
    let admitted = admitted.map_err(|_| Fault::broken("a reoffer stopped"))??;
    json(&Reoffered {
        epoch: admitted.end.epoch,
        verbatim: admitted.verbatim,
        head: endpoint.0.key.head(&shop, admitted.end),
    })
}

fn parse<'a>(shop: &str, bytes: &'a [u8]) -> Result<Parsed<'a>, Refused> {
    let reoffer: Reoffer<'a> = wire::decode(bytes)?;
    Ok(Parsed { epoch: reoffer.epoch, lines: ReofferedLines::read(shop, &reoffer)? })
}

async fn admit(endpoint: Endpoint, terms: Terms, offered: Owned) -> Result<AdmittedReoffer, Refused> {
    let shop = terms.member.shop.clone();
    let (known, here) = (endpoint.staff(&shop), endpoint.clone());
    let admitted = endpoint.0.store.writing(&shop, move |tx| {
        if let Err(problem) = may_read(tx, &terms.member)? {
            return Ok(Err(problem));
        }
        let staff = Staff::read(known, tx, &terms.member.shop)?;
        if staff.has_moved_from(&here.0.settings.origins) {
            return Ok(Err(Problem::new(Code::Moved)));
        }
        offered.with_dependent(|_, parsed| {
            let end = end_of(tx.end(&terms.member.shop)?)?;
            if parsed.epoch != end.epoch {
                return Ok(Err(Problem::other_log(Code::Epoch, end.epoch)));
            }
            in_transaction(tx, &terms, parsed, staff)
        })
    });
    let admitted = admitted.await??;
    if admitted.appended > 0 {
        endpoint.tell(&shop, admitted.end);
    }
    Ok(admitted)
}

fn in_transaction(
    tx: &mut dyn Write,
    terms: &Terms,
    parsed: &Parsed<'_>,
    staff: std::sync::Arc<Staff>,
) -> Result<Result<AdmittedReoffer, Problem>, Fault> {
    let shared = RefCell::new(tx);
    let mut log = ShopLog::new(&shared, &terms.member.shop);
    let mut rights = ShopRights::new(&shared, &terms.member.shop, staff);
    let at = (terms.now, terms.fresh);
    admit_reoffer(&mut log, &mut rights, &parsed.lines, terms.is_ours, &is_signed, at)
}
