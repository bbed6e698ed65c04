//! The line of the journal: envelope, verbatim bytes, hash, chain, hybrid clock, document numbers.
//!
//! This crate knows lines, not what they mean: no accounts, no money, no rules. An entry is one line of JSON. Its bytes
//! are hashed, stored and forwarded as they are; a stored line is never serialized again.
//!
//! ```text
//! {"v":1,"shop":…,"device":…,"chain":1,"seq":412,"prev":"<hash of seq 411>","clock":[1772442000123,0],
//!  "id":…,"no":"AP-0412","actor":…,"on":"2026-03-02","zone":"Europe/London",
//!  "press":[1,2],"accounts":[one customer, or none],"kind":"payment.recorded","kv":1,"body":{…}}
//! ```

mod branches;
mod canonical;
mod class;
mod clock;
mod error;
mod fields;
mod file;
mod hash;
mod limits;
mod line;
mod number;
mod opened;
mod press;
mod problem;
mod read;
mod side;
mod verify;
mod write;

pub use clock::Clock;
pub use error::LineError;
pub use file::in_file;
pub use hash::{Hash, InvalidHash};
pub use limits::{MAX_CHAIN, MAX_COUNT, MAX_LINE, MAX_MILLIS, MAX_SEQ};
pub use line::{Envelope, Line, LineOf};
pub use number::{Number, Numbers};
pub use opened::{After, ChainOpened, OPENED, Why};
pub use press::{MAX_PRESS, Press};
pub use problem::{Head, Problem};
pub use side::{Side, SideVerdict};
pub use verify::Verifier;
