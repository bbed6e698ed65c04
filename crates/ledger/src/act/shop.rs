//! The shop's own acts: opening it, its staff, its bank accounts, its partners. A file an act.

mod adopt;
mod bank;
mod fold;
mod grant;
mod method;
mod open;
mod partner;
mod staff;

pub use adopt::Adopted;
pub use bank::AddBank;
pub use grant::GrantRight;
pub use method::AddMethod;
pub use open::OpenShop;
pub use partner::{AddPartner, Basis, Partner};
pub use staff::{AddStaff, Role};
