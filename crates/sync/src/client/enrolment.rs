//! Joining a shop with an invite.

use crate::client::answer::{Answered, read_answer};
use crate::key::{PublicKey, Signature};
use crate::statement;
use crate::wire::limits::PROTOCOL;
use crate::wire::{Code, Enrol, Enrolled, InviteCode};

/// A device that wants to join. The same request may be sent again: it gets the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The invite.
    pub code: InviteCode,
    /// The id that the device has chosen.
    pub device: String,
    /// Its new key.
    pub key: PublicKey,
    /// The name of the counter.
    pub name: String,
}

/// What is done after an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnrolmentStep {
    /// The device is one of the shop's.
    Enrolled(Box<Enrolled>),
    /// The request is sent again after at least this many seconds.
    Again(u32),
    /// The endpoint does not take it.
    Refused(Code),
}

impl Enrolment {
    /// The 32 bytes that the device signs.
    #[must_use]
    pub fn statement(&self) -> [u8; 32] {
        statement::enrol(&self.code.to_string(), &self.key.to_string())
    }

    /// The body for `POST /v1/enrol`.
    #[must_use]
    pub fn request(&self, proof: Signature) -> String {
        let Self { code, device, key, name } = self.clone();
        // Texts and digits: this cannot fail, and an empty body would be refused.
        serde_json::to_string(&Enrol { protocol: PROTOCOL, code, device, key, proof, name })
            .unwrap_or_default()
    }

    /// Takes the answer: status, media type, body.
    #[must_use]
    pub fn answered(status: u16, media: &str, body: &[u8]) -> EnrolmentStep {
        match read_answer(status, media, body) {
            Answered::Whole(enrolled) => EnrolmentStep::Enrolled(Box::new(enrolled)),
            Answered::Other => EnrolmentStep::Again(0),
            Answered::Problem(problem) => {
                problem.again_after().map_or(EnrolmentStep::Refused(problem.code), EnrolmentStep::Again)
            }
        }
    }
}
