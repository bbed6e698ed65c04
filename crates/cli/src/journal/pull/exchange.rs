//! Carries out what the client of the exchange wants done, until the copy has everything.

use super::copy::Copy;
use super::network::{Network, TRIES};
use super::refusal;
use crate::link::Link;
use anyhow::{Context, Result, bail, ensure};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use sync::client::{Client, Effect, Event, Save, Start, State, What};

/// Fetches what is new.
///
/// # Errors
/// When the server does not answer, refuses, or sends what it has not signed.
pub async fn pull(network: &Network, link: &mut Link, copy: &mut Copy) -> Result<()> {
    let mut client = Client::new(Start {
        origin: link.origin.clone(),
        shop: link.shop.clone(),
        device: link.device.clone(),
        bearer: true,
        saved: link.saved.clone(),
        kept: link.kept.clone(),
        written: Vec::new(),
        oldest: None,
    });
    let (mut next, mut failures) = (Some(What::Started), 0);
    while let Some(what) = next.take() {
        let event = Event { now: now(), random: random()?, what };
        for effect in client.step(event) {
            match effect {
                Effect::Send(send) => {
                    let (ticket, answer) = (send.ticket, network.send(&link.origin, &send).await);
                    next = Some(match answer {
                        Some((status, media, body)) => What::Answered { ticket, status, media, body },
                        None => What::NoAnswer { ticket },
                    });
                }
                Effect::Sign { ticket, statement } => {
                    next = Some(What::Signed { ticket, signature: Some(link.sign(&statement)?) });
                }
                Effect::ReadRecords { ticket, after, through } => {
                    let from = link.kept.iter().map(|kept| kept.head.checkpoint());
                    let begin = sync::client::Saved::new(&link.shop).cursor.checkpoint();
                    let from = from.filter(|at| at.lseq <= after).max_by_key(|at| at.lseq).unwrap_or(begin);
                    next = Some(What::Records { ticket, records: copy.records(from, after, through) });
                }
                Effect::Save(save) => {
                    next = Some(What::Saved { ticket: save.ticket });
                    take(*save, link, copy)?;
                    failures = 0;
                }
                // Everything is here.
                Effect::Listen(_) => return Ok(()),
                Effect::Wake(_) if failures >= TRIES => bail!("{} does not answer", link.origin),
                Effect::Wake(millis) => {
                    failures += 1;
                    tokio::time::sleep(Duration::from_millis(millis)).await;
                    next = Some(What::Woke);
                }
                Effect::Show(status) => match status.state {
                    State::Stopped(code) => return Err(refusal(code)),
                    State::Revoked => bail!("this copy was taken out of the shop: it gets nothing more"),
                    State::PleaseUpdate => return Err(refusal(sync::wire::Code::PleaseUpdate)),
                    State::Synced
                    | State::Busy
                    | State::Offline
                    | State::NotAnswering
                    | State::EndpointFull
                    | State::DeviceFull => {}
                },
                // A reader writes no lines.
                Effect::ReadLines { .. } | Effect::StartChain(_) => {}
            }
        }
    }
    bail!("the exchange with {} ended early", link.origin)
}

/// Takes a page into the copy. Every page ends at a place that the server has signed.
fn take(save: Save, link: &mut Link, copy: &mut Copy) -> Result<()> {
    if let (Some(kept), Some(key)) = (&save.keep, &link.endpoint_key) {
        let signed = key.verify(&kept.head.statement(&link.shop), &kept.head.signature);
        ensure!(signed.is_ok(), "the server has sent a page that its key has not signed");
    }
    if let Some(after) = save.rewound_to {
        copy.rewind(after);
    }
    for record in save.records {
        copy.take(record, &link.shop)?;
    }
    link.kept.retain(|kept| !save.forget.contains(&kept.head.lseq));
    link.kept.extend(save.keep);
    link.saved = save.saved;
    Ok(())
}

fn now() -> u64 {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(passed.as_millis()).unwrap_or(u64::MAX)
}

fn random() -> Result<u64> {
    getrandom::u64().context("the system has no random bytes")
}
