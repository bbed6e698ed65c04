//! Joins a shop with an invite: the device enrols, and reads the whole log before the book is written.

use super::exchange::answer;
use super::platform::{NotConnected, Platform, post};
use super::refused::of_new_book;
use super::stored::Link;
use crate::store::Fault;
use sync::client::{
    Client, Effect, Enrolment, EnrolmentStep, Event, Kept, OwnedRecord, Saved, Start, State, What,
};
use sync::wire::{Enrolled, InviteCode};

/// How often a request is sent that gets no answer.
const TRIES: u32 = 4;

/// A shop as an endpoint has it.
#[derive(Debug)]
pub struct Joined {
    /// All records, in order.
    pub records: Vec<OwnedRecord>,
    saved: Saved,
    kept: Vec<Kept>,
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
        values.push(of_new_book(&self.records)?);
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

/// Reads the log of a shop of which this device is a new member. `progress` is told the number of records so far.
///
/// # Errors
///
/// [`NotConnected`].
pub async fn first_sync(
    platform: &impl Platform,
    shop: &str,
    device: &str,
    progress: impl Fn(usize),
) -> Result<Joined, NotConnected> {
    let saved = Saved::new(shop);
    let mut joined = Joined { records: Vec::new(), saved: saved.clone(), kept: Vec::new() };
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
                Effect::Send(send) => next = Some(answer(platform, &send).await),
                Effect::Sign { ticket, statement } => {
                    next = Some(What::Signed { ticket, signature: platform.sign(statement).await });
                }
                Effect::Save(save) => {
                    joined.records.extend(save.records);
                    progress(joined.records.len());
                    joined.kept.retain(|kept| !save.forget.contains(&kept.head.lseq));
                    joined.kept.extend(save.keep);
                    joined.saved = save.saved;
                    failures = 0;
                    next = Some(What::Saved { ticket: save.ticket });
                }
                // Everything is here.
                Effect::Listen(_) => return Ok(joined),
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
