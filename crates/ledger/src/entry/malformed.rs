//! The reasons why a body cannot be decoded.

use crate::code::BookAccount;
use crate::limits::OverLimit;
use std::fmt;

/// The reason why a body cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Malformed {
    /// It is not the JSON of its kind.
    Json(String),
    /// The bytes differ from what this program writes for the same content.
    NotCanonical,
    /// A text, amount or count is above its limit.
    OverLimit(OverLimit),
    /// The account does not hold money.
    NotForMoney(BookAccount),
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => f.write_str(error),
            Self::NotCanonical => f.write_str("the body is not in canonical form"),
            Self::NotForMoney(account) => write!(f, "{account} does not hold money"),
            Self::OverLimit(over) => write!(f, "{} is above its limit of {}", over.what, over.most),
        }
    }
}

impl std::error::Error for Malformed {}
