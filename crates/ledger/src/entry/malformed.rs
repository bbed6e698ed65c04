//! Why a body cannot be read.

use crate::code::BookAccount;
use crate::limits::OverLimit;
use std::fmt;

/// Why a body cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Malformed {
    /// Not the JSON of its kind.
    Json(String),
    /// Other bytes than this program writes for the same content.
    NotCanonical,
    /// More than the book takes.
    OverLimit(OverLimit),
    /// Money cannot come to or leave from this account.
    NotForMoney(BookAccount),
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => f.write_str(error),
            Self::NotCanonical => f.write_str("the body is not in canonical form"),
            Self::NotForMoney(account) => write!(f, "{account} is no account for money"),
            Self::OverLimit(over) => write!(f, "{} is above its limit of {}", over.what, over.most),
        }
    }
}

impl std::error::Error for Malformed {}
