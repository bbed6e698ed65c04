//! Errors of PostgreSQL as faults of a store.

use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::store::Fault;

/// What an error means for a request. Its text names tables and constraints, never a value: the detail of the server's
/// message, which does, is left out.
pub fn fault(error: &Error) -> Fault {
    let Some(said) = error.as_db_error() else {
        // The connection failed, or none could be made: another attempt may reach the server that is the primary then.
        return if error.is_closed() || is_io(error) { Fault::Unavailable } else { Fault::broken(error) };
    };
    let code = said.code();
    if is_full(code) {
        Fault::Full
    } else if is_passing(code) {
        Fault::Unavailable
    } else {
        let place = said.constraint().or(said.table()).unwrap_or_default();
        Fault::Broken(format!("PostgreSQL says {} {} {place}", code.code(), said.message()))
    }
}

/// Whether the server is gone, or no longer the one that accepts writes: other connections to it are of no use either.
pub fn is_lost(error: &Error) -> bool {
    error.code().is_none_or(|code| {
        *code == SqlState::READ_ONLY_SQL_TRANSACTION
            || ["08", "57P"].iter().any(|class| code.code().starts_with(class))
    })
}

/// Whether the connection itself failed, and not this program's use of it.
fn is_io(error: &Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if error.is::<std::io::Error>() {
            return true;
        }
        cause = error.source();
    }
    // The library has no names for these; they may come without a cause, such as from a server that is a standby.
    let words = ["connecting to server", "unexpected message", "timeout waiting"];
    let text = error.to_string();
    words.iter().any(|word| text.contains(word))
}

fn is_full(code: &SqlState) -> bool {
    *code == SqlState::DISK_FULL || *code == SqlState::CONFIGURATION_LIMIT_EXCEEDED
}

/// States that pass: a server that starts, stops or became a standby, a lock that another transaction has.
fn is_passing(code: &SqlState) -> bool {
    const STATES: [&SqlState; 9] = [
        &SqlState::READ_ONLY_SQL_TRANSACTION,
        &SqlState::LOCK_NOT_AVAILABLE,
        &SqlState::T_R_SERIALIZATION_FAILURE,
        &SqlState::T_R_DEADLOCK_DETECTED,
        &SqlState::TOO_MANY_CONNECTIONS,
        &SqlState::OUT_OF_MEMORY,
        &SqlState::QUERY_CANCELED,
        &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
        &SqlState::INSUFFICIENT_RESOURCES,
    ];
    // Class 08: connections. Class 57P: the server is shutting down, has crashed, or is starting.
    STATES.contains(&code) || code.code().starts_with("08") || code.code().starts_with("57P")
}
