//! `POST /v1/shops`: a shop that lived alone founds itself on an endpoint.
//!
//! The client sends every entry it holds, in the order of the fold with presses kept whole, in as many requests as
//! needed. All requests repeat the founding itself: who founds, how many entries, and the last line of every chain and
//! branch, signed. Until the last entry is here the shop does not exist; then all of it counts at once, in that order,
//! with the verdict `ok` and the order that the lines were written with.

use crate::epoch::Epoch;
use crate::head::{ChainHead, SignedHead};
use crate::key::{PublicKey, Signature};
use crate::wire::code::Code;
use crate::wire::decode::{Refusal, Request, is_id, is_whole};
use crate::wire::limits::{MAX_FOUNDING_CHAINS, MAX_PAGE, MAX_PAGE_BODY};
use crate::wire::push::Item;
use serde::{Deserialize, Serialize};

/// The request: one part of the founding.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Found<'a> {
    /// The code that the endpoint printed on its console.
    pub code: String,
    /// The version of the protocol.
    pub protocol: u32,
    /// The id of the shop, which its lines have.
    pub shop: String,
    /// The device that founds.
    pub device: String,
    /// Its public key.
    pub key: PublicKey,
    /// The number of all entries.
    pub count: u64,
    /// The last line of every chain, and of every branch of a chain, sorted.
    pub heads: Vec<ChainHead>,
    /// The device's signature of [`crate::statement::founding`].
    pub signature: Signature,
    /// The number, from 1, of the first entry of this part.
    pub from: u64,
    /// The entries of this part: at most a page of them, whole presses. A signature covers the chain up to its line.
    #[serde(borrow)]
    pub items: Vec<Item<'a>>,
}

impl<'a> Request<'a> for Found<'a> {
    const MAX_BODY: usize = MAX_PAGE_BODY;

    fn check(&self) -> Result<(), Refusal> {
        if self.items.len() > MAX_PAGE || self.heads.len() > MAX_FOUNDING_CHAINS {
            return Err(Refusal::of(Code::TooManyEntries));
        }
        let are_heads =
            self.heads.iter().all(|head| is_id(&head.device) && head.chain > 0 && is_whole(head.seq));
        let is_sorted = self.heads.is_sorted_by(|one, next| one < next);
        Refusal::wrong_unless(is_id(&self.shop) && is_id(&self.device) && are_heads && is_sorted)?;
        Refusal::wrong_unless(is_whole(self.count) && is_whole(self.from) && self.from <= self.count)
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founded {
    /// The number of entries that are here. A part that was here already is not an error.
    pub taken: u64,
    /// Present once the shop exists: the end of its log.
    pub head: Option<SignedHead>,
    /// The epoch, once the shop exists.
    pub epoch: Option<Epoch>,
    /// The key that the endpoint signs heads with.
    pub endpoint_key: PublicKey,
}
