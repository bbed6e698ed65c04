//! Sizes, counts and times of the exchange. An endpoint refuses what is larger; a client never sends it.

use journal::{MAX_LINE, MAX_PRESS};

/// The version of the protocol that this program speaks.
pub const PROTOCOL: u32 = 1;

/// The longest entry in bytes.
pub const MAX_ENTRY: usize = MAX_LINE;

/// The most entries of one push.
pub const MAX_BATCH: usize = MAX_PRESS as usize;

/// The most bytes of the entries of one push, unless they are the lines of one press: a press is never split.
pub const MAX_BATCH_BYTES: usize = 512 * 1024;

/// The most bytes that JSON adds to an entry in a push, a page or a reoffer: names, signature, order, hashes.
pub const MAX_AROUND: usize = 512;

/// The largest body of a push, after decompression: the longest press of the longest entries.
pub const MAX_PUSH_BODY: usize = MAX_BATCH * (MAX_ENTRY + MAX_AROUND) + 1024;

/// The most records of one page. A page ends with a whole press, so the last press may not fit; then the page ends
/// before it.
pub const MAX_PAGE: usize = 1_000;

/// The most bytes of the entries of one page, unless they are the lines of one press.
pub const MAX_PAGE_BYTES: usize = 1024 * 1024;

/// The largest body of a page and of a reoffer, after decompression.
pub const MAX_PAGE_BODY: usize = MAX_PUSH_BODY;

/// The largest body of every other request and answer that has no entries.
pub const MAX_SMALL_BODY: usize = 64 * 1024;

/// The most devices of one shop.
pub const MAX_DEVICES: usize = 256;

/// The most chains that a shop is founded with.
pub const MAX_FOUNDING_CHAINS: usize = 512;

/// The most event streams of one device.
pub const MAX_STREAMS: usize = 2;

/// The most places of the log that one [`super::AskHeads`] names.
pub const MAX_CHECKPOINTS: usize = 64;

/// The longest name of a counter in bytes.
pub const MAX_NAME: usize = 128;

/// The longest id of a shop or a device in bytes.
pub const MAX_ID: usize = 64;

/// The longest mail address in bytes (RFC 5321).
pub const MAX_ADDRESS: usize = 254;

/// The longest subject of a mail in bytes.
pub const MAX_SUBJECT: usize = 200;

/// The longest text part of a mail in bytes.
pub const MAX_MAIL_TEXT: usize = 64 * 1024;

/// The longest HTML part of a mail in bytes.
pub const MAX_MAIL_HTML: usize = 192 * 1024;

/// The largest body of a request to send a mail: escaped, a character takes two bytes.
pub const MAX_MAIL_BODY: usize = 2 * (MAX_MAIL_TEXT + MAX_MAIL_HTML) + 4096;

/// The most mails of one document to one address.
pub const MAX_MAILS: u32 = 100;

/// The most mails of a customer of which an endpoint tells: the latest ones.
pub const MAX_TOLD_MAILS: usize = 200;

/// The most mails of a shop that wait at an endpoint.
pub const MAX_WAITING_MAILS: u64 = 2_000;

/// How far an entry's clock may be ahead of the endpoint's time before its order is clamped, in milliseconds.
pub const MAX_AHEAD_MILLIS: u64 = 5 * 60 * 1000;

/// From which difference of the clocks on the client tells it, in milliseconds.
pub const SKEW_SHOWN_MILLIS: u64 = 2 * 60 * 1000;

/// How long an invite can be used, in milliseconds.
pub const INVITE_MILLIS: u64 = 15 * 60 * 1000;

/// How long a challenge can be answered, in milliseconds.
pub const CHALLENGE_MILLIS: u64 = 60 * 1000;

/// How often an event stream says that it lives.
pub const KEEPALIVE_SECONDS: u64 = 15;

/// The first and the longest time between attempts, in milliseconds; each is drawn between 0 and the limit, which doubles.
pub const RETRY_MILLIS: (u64, u64) = (1_000, 60_000);

/// The largest whole number that every JSON reader holds exactly: 2^53 − 1.
pub const MAX_WHOLE: u64 = (1 << 53) - 1;
