//! Joins a shop with an invite: the device enrols, and reads the whole log. While one page is taken, the next one is fetched.

use super::exchange::answer;
use super::platform::{NotConnected, Platform, post};
use super::refused::Refused;
use super::stored::Link;
use crate::store::Fault;
use futures_util::future::join;
use sync::client::{
    Client, Effect, Enrolment, EnrolmentStep, Event, Kept, OwnedRecord, Saved, Start, State, What,
};
use sync::wire::{Enrolled, InviteCode};

/// How often a request is sent that gets no answer.
const TRIES: u32 = 4;

/// The state of the exchange once a whole log was read.
#[derive(Debug)]
pub struct Joined {
    saved: Saved,
    kept: Vec<Kept>,
    refused: Refused,
}

impl Joined {
    /// The values that connect the new book with the endpoint.
    ///
    /// # Errors
    ///
    /// None in practice: a value that cannot be written as JSON.
    pub fn values(&self, origin: &str) -> Result<Vec<(String, String)>, Fault> {
        let mut values =
            Link { origin: origin.to_owned(), saved: self.saved.clone() }.values(Some(&self.kept))?;
        values.push(self.refused.value()?);
        Ok(values)
    }
}

/// Makes this device one of a shop's.
///
/// # Errors
///
/// [`NotConnected`]. The invite may be used with the same key and device again.
pub async fn enrol(
    platform: &impl Platform,
    code: InviteCode,
    device: &str,
    name: &str,
) -> Result<Enrolled, NotConnected> {
    let enrolment = Enrolment { code, device: device.to_owned(), key: platform.key(), name: name.to_owned() };
    let proof = platform.sign(enrolment.statement()).await.ok_or(NotConnected::NoKey)?;
    for tries in 0..TRIES {
        let answer = platform.send(&post("/v1/enrol", enrolment.request(proof))).await;
        let step = answer.map_or(EnrolmentStep::Again(0), |answer| {
            Enrolment::answered(answer.status, &answer.media, &answer.body)
        });
        match step {
            EnrolmentStep::Enrolled(enrolled) => return Ok(*enrolled),
            EnrolmentStep::Refused(code) => return Err(NotConnected::Refused(code)),
            EnrolmentStep::Again(seconds) => {
                platform.sleep(u64::from(seconds.max(tries + 1)) * 1_000).await;
            }
        }
    }
    Err(NotConnected::NotAnswering)
}

/// Reads the log of a shop of which this device is a new member. `take` gets its records in order, and the number of the last record
/// of the log; the next page is fetched meanwhile.
///
/// # Errors
///
/// [`NotConnected`], and what `take` returns.
pub async fn first_sync<P: Platform>(
    platform: &P,
    shop: &str,
    device: &str,
    mut take: impl AsyncFnMut(Vec<OwnedRecord>, u64) -> Result<(), NotConnected>,
) -> Result<Joined, NotConnected> {
    let saved = Saved::new(shop);
    let mut joined = Joined { saved: saved.clone(), kept: Vec::new(), refused: Refused::default() };
    let mut arrived = None;
    let mut client = Client::new(Start {
        origin: platform.origin(),
        shop: shop.to_owned(),
        device: device.to_owned(),
        bearer: platform.needs_bearer(),
        saved,
        kept: Vec::new(),
        written: Vec::new(),
        oldest: None,
    });
    let (mut next, mut failures) = (Some(What::Started), 0);
    while let Some(what) = next.take() {
        let event = Event { now: platform.now(), random: platform.random(), what };
        for effect in client.step(event) {
            match effect {
                Effect::Send(send) => {
                    let taken = async {
                        match arrived.take() {
                            Some((records, end)) => take(records, end).await,
                            None => Ok(()),
                        }
                    };
                    let (answered, taken) = join(answer(platform, &send), taken).await;
                    taken?;
                    next = Some(answered);
                }
                Effect::Sign { ticket, statement } => {
                    next = Some(What::Signed { ticket, signature: platform.sign(statement).await });
                }
                Effect::Save(save) => {
                    joined.refused.note(&save.records);
                    if !save.records.is_empty() {
                        arrived = Some((save.records, save.end));
                    }
                    joined.kept.retain(|kept| !save.forget.contains(&kept.head.lseq));
                    joined.kept.extend(save.keep);
                    joined.saved = save.saved;
                    failures = 0;
                    next = Some(What::Saved { ticket: save.ticket });
                }
                // Everything is here.
                Effect::Listen(_) => {
                    if let Some((records, end)) = arrived.take() {
                        take(records, end).await?;
                    }
                    return Ok(joined);
                }
                Effect::Wake(_) if failures >= TRIES => return Err(NotConnected::NotAnswering),
                Effect::Wake(millis) => {
                    failures += 1;
                    platform.sleep(millis).await;
                    next = Some(What::Woke);
                }
                Effect::Show(status) => {
                    if let State::Stopped(code) = status.state {
                        return Err(NotConnected::Refused(code));
                    }
                }
                // Of a device that has written nothing.
                Effect::ReadLines { .. } | Effect::ReadRecords { .. } | Effect::StartChain(_) => {}
            }
        }
    }
    Err(NotConnected::NotAnswering)
}
