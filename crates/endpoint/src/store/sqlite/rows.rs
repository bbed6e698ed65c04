//! Records as rows.

use journal::{Clock, SideVerdict};
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, Error, OptionalExtension, Result, Row, params};
use sync::wire::MailState;

use crate::store::model::{ChainEnd, Device, Logged, Mail, StoredOperation};

/// The columns of [`logged`], of the tables `record` and `chain`.
pub const LOGGED: &str = "record.lseq, chain.device, chain.chain, record.seq, record.hash, record.entry, \
    record.signature, record.millis, record.count, record.verdict, record.received, record.log_hash, \
    record.is_of_shop, record.goes_on";

/// The columns of [`chain_end`].
pub const CHAIN_END: &str = "device, chain, seq, hash, millis, count";

/// The columns of [`device`].
pub const DEVICE: &str = "id, key, role, letter, name, enrolled, revoked";

/// The columns of [`operation`].
pub const OPERATION: &str = "id, due, value";

/// The columns of [`mail`] but the content.
pub const MAIL: &str = "id, customer, document, nth, address, state, reason, asked, at, tries, due";

/// The number that stands for a shop.
pub fn shop_number(connection: &Connection, shop: &str) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT number FROM shop WHERE id = ?1")?;
    statement.query_row(params![shop], |row| row.get(0)).optional()
}

/// A record from the columns of [`LOGGED`].
pub fn logged(row: &Row<'_>) -> Result<Logged> {
    let verdict: String = row.get(9)?;
    Ok(Logged {
        lseq: row.get(0)?,
        device: row.get(1)?,
        chain: row.get(2)?,
        seq: row.get(3)?,
        hash: row.get(4)?,
        entry: row.get(5)?,
        signature: row.get(6)?,
        order: Clock(row.get(7)?, row.get(8)?),
        verdict: SideVerdict::from_word(&verdict).ok_or_else(|| {
            Error::FromSqlConversionFailure(9, Type::Text, FromSqlError::InvalidType.into())
        })?,
        received: row.get(10)?,
        log_hash: row.get(11)?,
        is_of_shop: row.get(12)?,
        goes_on: row.get(13)?,
    })
}

/// The end of a chain from the columns of [`CHAIN_END`].
pub fn chain_end(row: &Row<'_>) -> Result<ChainEnd> {
    Ok(ChainEnd {
        device: row.get(0)?,
        chain: row.get(1)?,
        seq: row.get(2)?,
        hash: row.get(3)?,
        order: Clock(row.get(4)?, row.get(5)?),
    })
}

/// A device from the columns of [`DEVICE`].
pub fn device(row: &Row<'_>) -> Result<Device> {
    Ok(Device {
        id: row.get(0)?,
        key: row.get(1)?,
        role: row.get(2)?,
        letter: row.get(3)?,
        name: row.get(4)?,
        enrolled: row.get(5)?,
        revoked: row.get(6)?,
    })
}

/// An operation from the columns of [`OPERATION`].
pub fn operation(row: &Row<'_>) -> Result<StoredOperation> {
    Ok(StoredOperation { id: row.get(0)?, due: row.get(1)?, value: row.get(2)? })
}

/// A mail from the columns of [`MAIL`] and its content.
pub fn mail(row: &Row<'_>) -> Result<Mail> {
    Ok(Mail {
        id: row.get(0)?,
        customer: row.get(1)?,
        document: row.get(2)?,
        nth: row.get(3)?,
        to: row.get(4)?,
        state: MailState::of_word(&row.get::<_, String>(5)?),
        reason: row.get(6)?,
        asked: row.get(7)?,
        at: row.get(8)?,
        tries: row.get(9)?,
        due: row.get(10)?,
        content: row.get(11)?,
    })
}
