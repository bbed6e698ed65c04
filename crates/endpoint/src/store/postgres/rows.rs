//! What is kept beside the records, as rows, and numbers of the program as numbers of PostgreSQL, which are signed.

use journal::Clock;
use sync::wire::MailState;
use tokio_postgres::Row;
use tokio_postgres::types::FromSql;

use crate::store::Fault;
use crate::store::model::{ChainEnd, Device, Invite, LogEnd, Mail, StoredOperation};

/// The columns of [`chain`].
pub const CHAIN: &str = "device, chain, seq, hash, millis, count, number";

/// The columns of [`shop`].
pub const SHOP: &str = "number, epoch, empty, lseq, log_hash, chains, device_changes";

/// The columns of [`device`].
pub const DEVICE: &str = "id, key, role, letter, name, enrolled, revoked";

/// The columns of [`mail`] but the content.
pub const MAIL: &str = "id, customer, document, nth, address, state, reason, asked, at, tries, due";

/// The row of a shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// The number that stands for it.
    pub number: i64,
    /// The hash of its empty log.
    pub empty: [u8; 32],
    /// The end of its log.
    pub end: LogEnd,
    /// How many chains it has.
    pub chains: i64,
    /// How many times a device was added or changed.
    pub device_changes: i64,
}

/// The end of a chain, and the number that stands for the chain in its shop.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The last line.
    pub end: ChainEnd,
    /// The number.
    pub number: i64,
}

/// A number as a column has it.
///
/// # Errors
/// A number beyond 2^63 - 1; the interface accepts none beyond 2^53 - 1.
pub fn signed(number: u64) -> Result<i64, Fault> {
    i64::try_from(number).map_err(|_| Fault::broken("a number that is too large"))
}

/// A column.
///
/// # Errors
/// Another type.
pub fn get<'a, T: FromSql<'a>>(row: &'a Row, at: usize) -> Result<T, Fault> {
    row.try_get(at).map_err(Fault::broken)
}

/// A number from a column.
///
/// # Errors
/// Another type, and a number out of the range.
pub fn number<T: TryFrom<i64>>(row: &Row, at: usize) -> Result<T, Fault> {
    T::try_from(get(row, at)?).map_err(|_| Fault::broken("a number out of its range"))
}

/// A column of as many bytes.
///
/// # Errors
/// Another type or length.
pub fn bytes<const N: usize>(row: &Row, at: usize) -> Result<[u8; N], Fault> {
    get::<&[u8]>(row, at)?.try_into().map_err(|_| Fault::broken("a hash of another length"))
}

/// A chain from the columns of [`CHAIN`].
///
/// # Errors
/// A row that is none; as in all functions here.
pub fn chain(row: &Row) -> Result<Chain, Fault> {
    let end = ChainEnd {
        device: get(row, 0)?,
        chain: number(row, 1)?,
        seq: number(row, 2)?,
        hash: bytes(row, 3)?,
        order: Clock(number(row, 4)?, number(row, 5)?),
    };
    Ok(Chain { end, number: get(row, 6)? })
}

/// A device from the columns of [`DEVICE`].
///
/// # Errors
/// A row that is none.
pub fn device(row: &Row) -> Result<Device, Fault> {
    Ok(Device {
        id: get(row, 0)?,
        key: get(row, 1)?,
        role: get(row, 2)?,
        letter: get(row, 3)?,
        name: get(row, 4)?,
        enrolled: number(row, 5)?,
        revoked: get::<Option<i64>>(row, 6)?.map(|_| number(row, 6)).transpose()?,
    })
}

/// A mail from the columns of [`MAIL`] and its content.
///
/// # Errors
/// A row that is none.
pub fn mail(row: &Row) -> Result<Mail, Fault> {
    Ok(Mail {
        id: bytes(row, 0)?,
        customer: get(row, 1)?,
        document: get(row, 2)?,
        nth: number(row, 3)?,
        to: get(row, 4)?,
        state: MailState::of_word(get(row, 5)?),
        reason: get(row, 6)?,
        asked: number(row, 7)?,
        at: number(row, 8)?,
        tries: number(row, 9)?,
        due: get::<Option<i64>>(row, 10)?.map(|_| number(row, 10)).transpose()?,
        content: get(row, 11)?,
    })
}

/// An invite and its shop, from `shop.id, code, role, until, used_by`.
///
/// # Errors
/// A row that is none.
pub fn invite(row: &Row) -> Result<(String, Invite), Fault> {
    let invite =
        Invite { code: bytes(row, 1)?, role: get(row, 2)?, until: number(row, 3)?, used_by: get(row, 4)? };
    Ok((get(row, 0)?, invite))
}

/// An operation from `id, due, value`.
///
/// # Errors
/// A row that is none.
pub fn operation(row: &Row) -> Result<StoredOperation, Fault> {
    let due = get::<Option<i64>>(row, 1)?.map(|_| number(row, 1)).transpose()?;
    Ok(StoredOperation { id: get(row, 0)?, due, value: get(row, 2)? })
}

/// A shop from the columns of [`SHOP`].
///
/// # Errors
/// A row that is none.
pub fn shop(row: &Row) -> Result<Shop, Fault> {
    let end = LogEnd { epoch: bytes(row, 1)?, lseq: number(row, 3)?, log_hash: bytes(row, 4)? };
    Ok(Shop {
        number: get(row, 0)?,
        empty: bytes(row, 2)?,
        end,
        chains: get(row, 5)?,
        device_changes: get(row, 6)?,
    })
}
