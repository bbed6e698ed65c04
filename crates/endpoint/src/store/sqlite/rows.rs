//! Records as rows.

use journal::{Clock, SideVerdict};
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, Error, OptionalExtension, Row, params};
use sync::wire::MailState;

use crate::store::Fault;
use crate::store::model::{ChainEnd, Device, Logged, Mail, StoredOperation};

/// The columns of [`logged`], of the tables `record` and `chain`.
pub const LOGGED: &str = "record.place & 1099511627775, chain.device, chain.chain, record.seq, record.hash, record.entry, \
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

/// How many bits of a place are the number in the log.
const LSEQ_BITS: u32 = 40;

/// The most lines in a run.
pub const RUN: usize = 256;

/// The place of a record: the number that stands for the shop, and the number in its log.
///
/// # Errors
/// More than 2^40 records in a shop, or 2^22 shops.
pub fn place(shop: i64, lseq: u64) -> Result<i64, Fault> {
    let is_too_large = lseq >> LSEQ_BITS != 0 || !(0..1 << (62 - LSEQ_BITS)).contains(&shop);
    match i64::try_from(lseq) {
        Ok(lseq) if !is_too_large => Ok((shop << LSEQ_BITS) | lseq),
        Ok(_) | Err(_) => Err(Fault::broken("a place that is too large")),
    }
}

/// The places of all records of a shop after one of them: after the first value, up to the second.
///
/// # Errors
/// As [`place`]; there is nothing after a number that is too large.
pub fn places_after(shop: i64, lseq: u64) -> Result<(i64, i64), Fault> {
    let most = (1 << LSEQ_BITS) - 1;
    Ok((place(shop, lseq.min(most))?, place(shop, most)?))
}

/// The number that stands for a shop.
pub fn shop_number(connection: &Connection, shop: &str) -> rusqlite::Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT number FROM shop WHERE id = ?1")?;
    statement.query_row(params![shop], |row| row.get(0)).optional()
}

/// A record from the columns of [`LOGGED`].
pub fn logged(row: &Row<'_>) -> rusqlite::Result<Logged> {
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
pub fn chain_end(row: &Row<'_>) -> rusqlite::Result<ChainEnd> {
    Ok(ChainEnd {
        device: row.get(0)?,
        chain: row.get(1)?,
        seq: row.get(2)?,
        hash: row.get(3)?,
        order: Clock(row.get(4)?, row.get(5)?),
    })
}

/// A device from the columns of [`DEVICE`].
pub fn device(row: &Row<'_>) -> rusqlite::Result<Device> {
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
pub fn operation(row: &Row<'_>) -> rusqlite::Result<StoredOperation> {
    Ok(StoredOperation { id: row.get(0)?, due: row.get(1)?, value: row.get(2)? })
}

/// A mail from the columns of [`MAIL`] and its content.
pub fn mail(row: &Row<'_>) -> rusqlite::Result<Mail> {
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
