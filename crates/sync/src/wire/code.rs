//! The codes of problems. Each has one status and one reaction of the client.

use serde::{Deserialize, Serialize};

/// Defines the codes in one table: variant, word on the wire, HTTP status, reaction.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $word:literal $status:literal $reaction:ident,)*) => {
        /// What went wrong. Words are never reused with another meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $word)] $name,)*
            /// A code of a newer endpoint: the client acts on the status alone.
            #[serde(other)]
            Other,
        }

        impl Code {
            /// Every code that an endpoint answers.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word on the wire.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* Self::Other => "other" }
            }

            /// The HTTP status that it is answered with.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* Self::Other => 500 }
            }

            /// What the client does. An unknown code has the reaction of its `status`.
            #[must_use]
            pub const fn reaction(self, status: u16) -> Reaction {
                match self { $(Self::$name => Reaction::$reaction,)* Self::Other => Reaction::of_status(status) }
            }
        }
    };
}

codes! {
    /// The body is not JSON in UTF-8.
    NotJson "not_json" 400 Stop,
    /// The webhook was not signed by the card processor in the last minutes.
    WrongWebhook "wrong_webhook" 400 Stop,
    /// The body, or an entry, is larger than its limit.
    TooLarge "too_large" 413 Stop,
    /// More entries than the limit.
    TooManyEntries "too_many_entries" 413 Stop,
    /// The body is not `application/json`.
    WrongMediaType "wrong_media_type" 415 Stop,
    /// A field that the request does not have.
    UnknownField "unknown_field" 422 Stop,
    /// A field that occurs twice.
    DuplicateField "duplicate_field" 422 Stop,
    /// A field that is missing.
    MissingField "missing_field" 422 Stop,
    /// A field of the wrong type or out of its range.
    WrongField "wrong_field" 422 Stop,
    /// An entry is not a line of a journal.
    WrongEntry "wrong_entry" 422 Stop,
    /// An entry belongs to another shop, another device or another chain than the request.
    WrongPlace "wrong_place" 422 Stop,
    /// An entry does not follow the entry before it in the request: number, hash, clock, or what a chain begins with.
    BrokenChain "broken_chain" 422 Stop,
    /// The lines of a press are not all in the request.
    SplitPress "split_press" 422 Stop,
    /// No signature covers the entries.
    Unsigned "unsigned" 422 Stop,
    /// A signature is not by the key of the device.
    WrongSignature "wrong_signature" 422 Stop,
    /// The device has no key in this shop.
    UnknownKey "unknown_key" 422 Stop,
    /// The heads of a founding do not match its entries.
    WrongFounding "wrong_founding" 422 Stop,
    /// No session, or one that has ended.
    NoSession "no_session" 401 SignIn,
    /// The answer to the challenge is wrong or too late.
    WrongProof "wrong_proof" 401 SignIn,
    /// The device was revoked: it reads no more.
    Revoked "revoked" 403 Revoked,
    /// The device may read only.
    ReadOnly "read_only" 403 Stop,
    /// The request comes from a page of another site.
    WrongOrigin "wrong_origin" 403 Stop,
    /// The set-up code or the invite is unknown, used or too old.
    WrongCode "wrong_code" 403 Stop,
    /// The shop is not here.
    UnknownShop "unknown_shop" 404 Stop,
    /// The route does not exist.
    UnknownRoute "unknown_route" 404 Stop,
    /// The route has another method.
    WrongMethod "wrong_method" 405 Stop,
    /// The shop exists already and was founded by other entries or another device.
    ShopExists "shop_exists" 409 Stop,
    /// Entries before the first one are missing: `chain` and `due` say which is next.
    Gap "gap" 409 Resend,
    /// The endpoint has another line under this device, chain and number: `chain`, `seq`, and the next unused chain in
    /// `free_chain`.
    Fork "fork" 409 NewChain,
    /// The cursor or the request belongs to another epoch: `epoch` is the present one.
    Epoch "epoch" 409 FindCommon,
    /// The log differs from the one that the cursor belongs to, or ends before it: `epoch` is the present one.
    LogFork "log_fork" 409 FindCommon,
    /// The shop has the most devices it can have.
    TooManyDevices "too_many_devices" 409 Stop,
    /// The endpoint sends no mails.
    NoMail "no_mail" 409 Stop,
    /// The shop was moved to another endpoint: its log goes on there. An entry says where.
    Moved "moved" 410 Stop,
    /// The client's version of the protocol is no longer spoken.
    PleaseUpdate "please_update" 426 Update,
    /// Too many requests: `retry_after` seconds.
    SlowDown "slow_down" 429 Retry,
    /// The endpoint failed.
    Internal "internal" 500 Retry,
    /// The endpoint cannot answer at present.
    Unavailable "unavailable" 503 Retry,
    /// This reader is behind the cursor.
    Stale "stale" 503 Retry,
    /// The endpoint's disk is full.
    Full "full" 507 Full,
}

/// What a client does about a problem. It never loses an entry and never stops recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaction {
    /// Sends no more, says so, and offers a backup.
    Stop,
    /// Signs in again.
    SignIn,
    /// Reads no more; what is not yet acknowledged is still sent.
    Revoked,
    /// Sends again from the number that the endpoint names.
    Resend,
    /// Starts a new chain and records there what was not acknowledged.
    NewChain,
    /// Looks for the last place where both logs agree, and hands back what the endpoint has lost.
    FindCommon,
    /// Sends no more until the app is updated.
    Update,
    /// Tries again later, for ever.
    Retry,
    /// Tries again later and says that the endpoint is full.
    Full,
}

impl Reaction {
    /// The reaction to an answer without a known code.
    #[must_use]
    pub const fn of_status(status: u16) -> Self {
        match status {
            401 => Self::SignIn,
            426 => Self::Update,
            507 => Self::Full,
            400 | 405 | 413 | 414 | 415 | 422 => Self::Stop,
            // Also 403 and 404 of a proxy in between, and a 200 that is no answer of ours.
            _ => Self::Retry,
        }
    }
}
