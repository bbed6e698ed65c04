//! Reading in a transaction: all statements see one state.

use std::ops::ControlFlow;

use rusqlite::{Connection, OptionalExtension, Params, Row, Transaction, params};

use crate::store::model::{
    Bytes16, Bytes32, ChainEnd, Device, Invite, LogEnd, Logged, Mail, StoredOperation,
};
use crate::store::sqlite::rows::{
    CHAIN_END, DEVICE, LOGGED, MAIL, OPERATION, RUN, chain_end, device, logged, mail, operation, place,
    places_after, shop_number,
};
use crate::store::{Fault, Read, Visitor};

/// One state of the store.
pub struct Snapshot<'a>(Transaction<'a>);

impl<'a> Snapshot<'a> {
    /// The present state.
    pub fn of(connection: &'a Connection) -> Result<Self, Fault> {
        Ok(Self(connection.unchecked_transaction()?))
    }
}

/// Whatever has a connection can be read.
pub trait Connected {
    /// The connection.
    fn connection(&self) -> &Connection;
}

impl Connected for Snapshot<'_> {
    fn connection(&self) -> &Connection {
        &self.0
    }
}

impl<T: Connected> Read for T {
    fn end(&self, shop: &str) -> Result<Option<LogEnd>, Fault> {
        one(self, "SELECT epoch, lseq, log_hash FROM shop WHERE id = ?1", params![shop], |row| {
            Ok(LogEnd { epoch: row.get(0)?, lseq: row.get(1)?, log_hash: row.get(2)? })
        })
    }

    fn log_hash(&self, shop: &str, lseq: u64) -> Result<Option<Bytes32>, Fault> {
        let Some(number) = shop_number(self.connection(), shop)? else { return Ok(None) };
        if lseq == 0 {
            return one(self, "SELECT empty FROM shop WHERE number = ?1", params![number], |row| row.get(0));
        }
        let Ok(place) = place(number, lseq) else { return Ok(None) };
        one(self, "SELECT log_hash FROM record WHERE place = ?1", params![place], |row| row.get(0))
    }

    fn records(&self, shop: &str, after: u64, visit: Visitor<'_>) -> Result<(), Fault> {
        records(self, shop, after, ("", ""), visit)
    }

    fn records_of_shop(&self, shop: &str, after: u64, visit: Visitor<'_>) -> Result<(), Fault> {
        records(self, shop, after, ("INDEXED BY record_of_shop", "AND record.is_of_shop = 1"), visit)
    }

    fn lines(&self, shop: &str, device: &str, chain: u32, seq: u64) -> Result<Vec<Logged>, Fault> {
        let Some(number) = shop_number(self.connection(), shop)? else { return Ok(Vec::new()) };
        // In this order: by the chain, its few runs that can have the number, and the record at the place.
        let sql = format!(
            "SELECT {LOGGED} FROM chain CROSS JOIN run ON run.chain = chain.number \
             CROSS JOIN record ON record.place = run.place - run.last + ?4 \
             WHERE chain.shop = ?1 AND chain.device = ?2 AND chain.chain = ?3 \
             AND run.last >= ?4 AND run.last < ?4 + {RUN} AND run.first <= ?4 \
             AND record.chain = chain.number AND record.seq = ?4 ORDER BY record.place"
        );
        all(self, &sql, params![number, device, chain, seq], logged)
    }

    fn chains(&self, shop: &str, device: Option<&str>) -> Result<Vec<ChainEnd>, Fault> {
        let Some(number) = shop_number(self.connection(), shop)? else { return Ok(Vec::new()) };
        match device {
            Some(device) => {
                let sql =
                    format!("SELECT {CHAIN_END} FROM chain WHERE shop = ?1 AND device = ?2 ORDER BY chain");
                all(self, &sql, params![number, device], chain_end)
            }
            None => {
                let sql = format!("SELECT {CHAIN_END} FROM chain WHERE shop = ?1 ORDER BY device, chain");
                all(self, &sql, params![number], chain_end)
            }
        }
    }

    fn device(&self, shop: &str, id: &str) -> Result<Option<Device>, Fault> {
        let Some(number) = shop_number(self.connection(), shop)? else { return Ok(None) };
        one(
            self,
            &format!("SELECT {DEVICE} FROM device WHERE shop = ?1 AND id = ?2"),
            params![number, id],
            device,
        )
    }

    fn devices(&self, shop: &str) -> Result<Vec<Device>, Fault> {
        let Some(number) = shop_number(self.connection(), shop)? else { return Ok(Vec::new()) };
        all(
            self,
            &format!("SELECT {DEVICE} FROM device WHERE shop = ?1 ORDER BY id"),
            params![number],
            device,
        )
    }

    fn invite(&self, code: &Bytes32) -> Result<Option<(String, Invite)>, Fault> {
        let sql = "SELECT shop.id, code, role, until, used_by FROM invite \
                   JOIN shop ON shop.number = invite.shop WHERE code = ?1";
        one(self, sql, params![code], |row| {
            let invite =
                Invite { code: row.get(1)?, role: row.get(2)?, until: row.get(3)?, used_by: row.get(4)? };
            Ok((row.get(0)?, invite))
        })
    }

    fn operation(&self, shop: &str, id: &str) -> Result<Option<StoredOperation>, Fault> {
        let Some(number) = shop_number(self.connection(), shop)? else { return Ok(None) };
        let sql = format!("SELECT {OPERATION} FROM operation WHERE shop = ?1 AND id = ?2");
        one(self, &sql, params![number, id], operation)
    }

    fn operations_due(&self, shop: &str, by: u64, most: u32) -> Result<Vec<StoredOperation>, Fault> {
        let Some(number) = shop_number(self.connection(), shop)? else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT {OPERATION} FROM operation WHERE shop = ?1 AND due <= ?2 ORDER BY due, id LIMIT ?3"
        );
        all(self, &sql, params![number, by, most], operation)
    }

    fn operations(&self, shop: &str) -> Result<Vec<StoredOperation>, Fault> {
        let Some(number) = shop_number(self.connection(), shop)? else { return Ok(Vec::new()) };
        let sql = format!("SELECT {OPERATION} FROM operation WHERE shop = ?1 ORDER BY id");
        all(self, &sql, params![number], operation)
    }

    fn value(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        one(self, "SELECT value FROM value WHERE name = ?1", params![name], |row| row.get(0))
    }

    fn mail(&self, shop: &str, id: &Bytes16) -> Result<Option<Mail>, Fault> {
        let Some(number) = shop_number(self.connection(), shop)? else { return Ok(None) };
        let sql = format!("SELECT {MAIL}, content FROM mail WHERE shop = ?1 AND id = ?2");
        one(self, &sql, params![number, id], mail)
    }

    fn mails(&self, shop: &str, customer: Option<&str>) -> Result<Vec<Mail>, Fault> {
        let Some(number) = shop_number(self.connection(), shop)? else { return Ok(Vec::new()) };
        match customer {
            Some(customer) => {
                let which = "shop = ?1 AND customer = ?2";
                let sql = format!("SELECT {MAIL}, x'' FROM mail WHERE {which} ORDER BY asked, id");
                all(self, &sql, params![number, customer], mail)
            }
            None => {
                let sql = format!("SELECT {MAIL}, x'' FROM mail WHERE shop = ?1 ORDER BY asked, id");
                all(self, &sql, params![number], mail)
            }
        }
    }

    fn waiting_mails(&self, shop: &str) -> Result<u64, Fault> {
        let Some(number) = shop_number(self.connection(), shop)? else { return Ok(0) };
        let sql = "SELECT count(*) FROM mail WHERE due IS NOT NULL AND shop = ?1";
        Ok(one(self, sql, params![number], |row| row.get(0))?.unwrap_or_default())
    }

    fn due_mails(&self, most: usize) -> Result<Vec<(u64, String, Bytes16)>, Fault> {
        let sql = "SELECT mail.due, shop.id, mail.id FROM mail JOIN shop ON shop.number = mail.shop \
                   WHERE mail.due IS NOT NULL ORDER BY mail.due, shop.id, mail.id LIMIT ?1";
        all(self, sql, params![most], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }

    fn shops(&self) -> Result<Vec<String>, Fault> {
        all(self, "SELECT id FROM shop ORDER BY id", [], |row| row.get(0))
    }
}

fn records(
    tx: &impl Connected,
    shop: &str,
    after: u64,
    (index, which): (&str, &str),
    visit: Visitor<'_>,
) -> Result<(), Fault> {
    let Some(number) = shop_number(tx.connection(), shop)? else { return Ok(()) };
    let sql = format!(
        "SELECT {LOGGED} FROM record {index} CROSS JOIN chain ON chain.number = record.chain \
         WHERE record.place > ?1 AND record.place <= ?2 {which} ORDER BY record.place"
    );
    let (after, last) = places_after(number, after)?;
    let mut statement = tx.connection().prepare_cached(&sql)?;
    for record in statement.query_map(params![after, last], logged)? {
        if visit(record?) == ControlFlow::Break(()) {
            break;
        }
    }
    Ok(())
}

fn one<T>(
    tx: &impl Connected,
    sql: &str,
    values: impl Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>, Fault> {
    Ok(tx.connection().prepare_cached(sql)?.query_row(values, read).optional()?)
}

fn all<T>(
    tx: &impl Connected,
    sql: &str,
    values: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, Fault> {
    Ok(tx.connection().prepare_cached(sql)?.query_map(values, read)?.collect::<Result<_, _>>()?)
}
