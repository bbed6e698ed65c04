//! What a store holds. Hashes, keys and signatures are plain bytes here.

use journal::{Clock, SideVerdict};
use sync::wire::MailState;

/// An epoch, or the half of a hash.
pub type Bytes16 = [u8; 16];

/// A hash.
pub type Bytes32 = [u8; 32];

/// A signature.
pub type Bytes64 = [u8; 64];

/// The end of a shop's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogEnd {
    /// Which life of the store the numbers belong to.
    pub epoch: Bytes16,
    /// The number of the last record; 0 for an empty log.
    pub lseq: u64,
    /// The hash of the log up to that record.
    pub log_hash: Bytes32,
}

/// A record of a shop's log: a line, its place, and what the endpoint says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// The number of the record, from 1 without gaps.
    pub lseq: u64,
    /// The device that wrote the line.
    pub device: String,
    /// The device's chain, from 1.
    pub chain: u32,
    /// The line's number in the chain, from 1.
    pub seq: u64,
    /// The hash of the line.
    pub hash: Bytes32,
    /// The line, byte for byte.
    pub entry: Vec<u8>,
    /// The device's signature of the hash, if the line has one of its own.
    pub signature: Option<Bytes64>,
    /// The clock at which the entry counts.
    pub order: Clock,
    /// Whether it counts.
    pub verdict: SideVerdict,
    /// When it was received, in milliseconds since 1970.
    pub received: u64,
    /// The hash of the log up to this record.
    pub log_hash: Bytes32,
    /// Whether it is an entry of the shop itself, without a customer.
    pub is_of_shop: bool,
    /// Whether more lines of its press follow.
    pub goes_on: bool,
}

/// The last line of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainEnd {
    /// The device.
    pub device: String,
    /// The device's chain.
    pub chain: u32,
    /// The number of the last line.
    pub seq: u64,
    /// Its hash.
    pub hash: Bytes32,
    /// The order of the last line.
    pub order: Clock,
}

/// A device of a shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: String,
    /// Its public key, in the notation of the wire.
    pub key: String,
    /// Its role.
    pub role: String,
    /// The letter of its first chain here; `None` for a device that may only read.
    pub letter: Option<String>,
    /// The name of the counter.
    pub name: String,
    /// When it was enrolled, in milliseconds since 1970.
    pub enrolled: u64,
    /// When it was revoked, in milliseconds since 1970.
    pub revoked: Option<u64>,
}

/// An invite for one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// The SHA-256 of the code.
    pub code: Bytes32,
    /// The role that the device gets.
    pub role: String,
    /// Until when it can be used, in milliseconds since 1970.
    pub until: u64,
    /// The device that has used it.
    pub used_by: Option<String>,
}

/// An operation at a gateway. The store does not interpret what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOperation {
    /// Its id in the shop.
    pub id: String,
    /// When it is to be looked at, in milliseconds since 1970; `None` for never.
    pub due: Option<u64>,
    /// What is known of it.
    pub value: Vec<u8>,
}

/// A mail of a shop: one paper to one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// What names it: it follows from the document, the address and `nth`, and so does its `Message-ID`.
    pub id: Bytes16,
    /// The customer whose paper it is.
    pub customer: String,
    /// The document.
    pub document: String,
    /// How many times the document was sent to the address before.
    pub nth: u32,
    /// The address.
    pub to: String,
    /// What has become of it; it is queued until it is final.
    pub state: MailState,
    /// What the mail server answered last.
    pub reason: Option<String>,
    /// When it was asked for, in milliseconds since 1970.
    pub asked: u64,
    /// When it got into its state, in milliseconds since 1970.
    pub at: u64,
    /// How many attempts were begun.
    pub tries: u32,
    /// From when on the next attempt may begin, in milliseconds since 1970; `None` when there will be none.
    pub due: Option<u64>,
    /// What is sent. Empty once the mail is final, and where mails are listed.
    pub content: Vec<u8>,
}

impl Mail {
    /// A mail that is asked for at this time, in milliseconds since 1970, and to be sent from then on: whose it is, the document, how many times it
    /// was sent to the address before, and the address.
    pub fn queued(
        id: Bytes16,
        (customer, document, nth, to): (&str, &str, u32, &str),
        now: u64,
        content: Vec<u8>,
    ) -> Self {
        Self {
            id,
            customer: customer.to_owned(),
            document: document.to_owned(),
            nth,
            to: to.to_owned(),
            state: MailState::Queued,
            reason: None,
            asked: now,
            at: now,
            tries: 0,
            due: Some(now),
            content,
        }
    }
}

impl Logged {
    /// The end of its chain, if it is the last line.
    pub(crate) fn chain_end(&self) -> ChainEnd {
        ChainEnd {
            device: self.device.clone(),
            chain: self.chain,
            seq: self.seq,
            hash: self.hash,
            order: self.order,
        }
    }
}
