//! Errors of SQLite as faults of a store.

use rusqlite::{Error, ErrorCode};

use crate::store::Fault;

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Unavailable,
            // The texts of SQLite name tables and columns, not values.
            Some(_) | None => Self::broken(error),
        }
    }
}
