//! The client: a state machine that keeps a counter and an endpoint equal.
//!
//! [`Client::step`] takes what has happened and returns what is to be done. It has no clock and no random numbers: each
//! [`Event`] carries both. At most one effect that is answered is open at a time; answers carry its ticket, and an answer
//! with another ticket is late or doubled and changes nothing.
//!
//! What has to survive a crash is in [`Saved`] and [`Kept`], and is changed by [`Effect::Save`] and
//! [`Effect::StartChain`] alone: a page is stored together with its cursor, and lines are read from the store to be sent.
//! After a crash a new client starts from there, and nothing is lost: what was sent without an answer is sent again.
//!
//! [`Founding`] and [`Enrolment`] come before: they make a device one of a shop at an endpoint.
//!
//! Recording never waits for any of this: [`What::Wrote`] tells the client about lines that are on the disk already.

mod answer;
mod doing;
mod effect;
mod enrolment;
mod event;
mod founding;
mod keep;
mod machine;
mod next;
mod problem;
mod pull;
mod push;
mod recover;
mod saved;
mod session;
mod status;

pub use effect::{Effect, Method, OwnedRecord, Save, Send, StartChain};
pub use enrolment::{Enrolment, EnrolmentStep};
pub use event::{Event, OwnLine, Start, What};
pub use founding::{Founding, FoundingStep};
pub use machine::Client;
pub use saved::{Cursor, Kept, OwnChain, Saved};
pub use status::{State, Status};
