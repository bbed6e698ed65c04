//! Writing in a transaction, on one shop.

use rusqlite::{Connection, OptionalExtension, params};

use crate::store::model::{Bytes16, Bytes32, Device, Invite, Logged, Mail, StoredOperation};
use crate::store::sqlite::reading::Connected;
use crate::store::sqlite::rows::shop_number;
use crate::store::{Fault, Read, Write};

/// The part of a transaction that belongs to one piece of work.
pub struct Work<'a> {
    connection: &'a Connection,
    shop: &'a str,
}

impl<'a> Work<'a> {
    /// Work on this shop. The connection is in a transaction that has the lock of the file.
    pub fn new(connection: &'a Connection, shop: &'a str) -> Self {
        Self { connection, shop }
    }

    fn number(&self) -> Result<i64, Fault> {
        shop_number(self.connection, self.shop)?.ok_or_else(|| Fault::broken("a shop that is not here"))
    }

    /// The number that stands for the chain of a record, whose end becomes that record.
    fn extend_chain(&self, shop: i64, record: &Logged) -> Result<i64, Fault> {
        let sql = "INSERT INTO chain (shop, device, chain, seq, hash, millis, count) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
                   ON CONFLICT (shop, device, chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, \
                   millis = excluded.millis, count = excluded.count WHERE excluded.seq > chain.seq";
        let (device, chain, order) = (&record.device, record.chain, record.order);
        self.connection.prepare_cached(sql)?.execute(params![
            shop,
            device,
            chain,
            record.seq,
            record.hash,
            order.0,
            order.1
        ])?;
        let sql = "SELECT number FROM chain WHERE shop = ?1 AND device = ?2 AND chain = ?3";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![shop, device, chain], |row| row.get(0))?)
    }

    fn insert(&self, shop: i64, chain: i64, record: &Logged) -> Result<(), Fault> {
        let sql = "INSERT INTO record (shop, lseq, chain, seq, hash, signature, millis, count, verdict, received, \
                   log_hash, is_of_shop, goes_on, entry) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
        self.connection.prepare_cached(sql)?.execute(params![
            shop,
            record.lseq,
            chain,
            record.seq,
            record.hash,
            record.signature,
            record.order.0,
            record.order.1,
            record.verdict.word(),
            record.received,
            record.log_hash,
            record.is_of_shop,
            record.goes_on,
            record.entry,
        ])?;
        Ok(())
    }
}

impl Connected for Work<'_> {
    fn connection(&self) -> &Connection {
        self.connection
    }
}

impl Write for Work<'_> {
    fn found(&mut self, epoch: Bytes16, log_hash: Bytes32) -> Result<(), Fault> {
        let sql = "INSERT INTO shop (id, epoch, empty, lseq, log_hash) VALUES (?1, ?2, ?3, 0, ?3)";
        self.connection.prepare_cached(sql)?.execute(params![self.shop, epoch, log_hash])?;
        let sql = "INSERT INTO epoch (shop, after, epoch) VALUES (?1, 0, ?2)";
        self.connection.prepare_cached(sql)?.execute(params![self.number()?, epoch])?;
        Ok(())
    }

    fn append(&mut self, records: &[Logged]) -> Result<(), Fault> {
        let shop = self.number()?;
        let mut end = self.end(self.shop)?.map_or(0, |end| end.lseq);
        let mut chain: Option<(&Logged, i64)> = None;
        for (index, record) in records.iter().enumerate() {
            end += 1;
            if record.lseq != end {
                return Err(Fault::broken("a record out of its order"));
            }
            // Records of one chain mostly come one after the other: the chain is written once, with the last of them.
            let goes_on = records.get(index + 1).is_some_and(|next| is_next(record, next));
            let number = match chain {
                Some((before, number)) if is_next(before, record) && goes_on => number,
                Some(_) | None => self.extend_chain(shop, record)?,
            };
            chain = Some((record, number));
            self.insert(shop, number, record)?;
        }
        let Some(last) = records.last() else { return Ok(()) };
        let sql = "UPDATE shop SET lseq = ?2, log_hash = ?3 WHERE number = ?1";
        self.connection.prepare_cached(sql)?.execute(params![shop, last.lseq, last.log_hash])?;
        Ok(())
    }

    fn begin_epoch(&mut self, epoch: Bytes16) -> Result<(), Fault> {
        let shop = self.number()?;
        let sql =
            "INSERT INTO epoch (shop, after, epoch) SELECT number, lseq, ?2 FROM shop WHERE number = ?1";
        self.connection.prepare_cached(sql)?.execute(params![shop, epoch])?;
        let sql = "UPDATE shop SET epoch = ?2 WHERE number = ?1";
        self.connection.prepare_cached(sql)?.execute(params![shop, epoch])?;
        Ok(())
    }

    fn put_device(&mut self, device: &Device) -> Result<(), Fault> {
        let Device { id, key, role, letter, name, enrolled, revoked } = device;
        let sql = "INSERT INTO device (shop, id, key, role, letter, name, enrolled, revoked) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) \
                   ON CONFLICT (shop, id) DO UPDATE SET key = excluded.key, role = excluded.role, \
                   letter = excluded.letter, name = excluded.name, enrolled = excluded.enrolled, \
                   revoked = excluded.revoked";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.execute(params![self.number()?, id, key, role, letter, name, enrolled, revoked])?;
        Ok(())
    }

    fn put_invite(&mut self, invite: &Invite) -> Result<(), Fault> {
        let Invite { code, role, until, used_by } = invite;
        let sql = "INSERT INTO invite (code, shop, role, until, used_by) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (code) DO UPDATE SET role = excluded.role, until = excluded.until, \
                   used_by = excluded.used_by WHERE shop = excluded.shop RETURNING 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let done = statement.query_row(params![code, self.number()?, role, until, used_by], |_| Ok(()));
        done.optional()?.ok_or_else(|| Fault::broken("an invite of another shop"))
    }

    fn put_operation(&mut self, operation: &StoredOperation) -> Result<(), Fault> {
        let StoredOperation { id, due, value } = operation;
        let sql = "INSERT INTO operation (shop, id, due, value) VALUES (?1, ?2, ?3, ?4) \
                   ON CONFLICT (shop, id) DO UPDATE SET due = excluded.due, value = excluded.value";
        self.connection.prepare_cached(sql)?.execute(params![self.number()?, id, due, value])?;
        Ok(())
    }

    fn put_mail(&mut self, mail: &Mail) -> Result<(), Fault> {
        let Mail { id, customer, document, nth, to, state, reason, asked, at, tries, due, content } = mail;
        let sql = "INSERT INTO mail (shop, id, customer, document, nth, address, state, reason, asked, at, tries, \
                   due, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
                   ON CONFLICT (shop, id) DO UPDATE SET state = excluded.state, reason = excluded.reason, \
                   at = excluded.at, tries = excluded.tries, due = excluded.due, content = excluded.content";
        let number = self.number()?;
        self.connection.prepare_cached(sql)?.execute(params![
            number,
            id,
            customer,
            document,
            nth,
            to,
            state.word(),
            reason,
            asked,
            at,
            tries,
            due,
            content
        ])?;
        Ok(())
    }

    fn put_value(&mut self, name: &str, value: &[u8]) -> Result<(), Fault> {
        let sql = "INSERT INTO value VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.connection.prepare_cached(sql)?.execute(params![name, value])?;
        Ok(())
    }
}

/// Whether a record is the line after another one, in the same chain.
fn is_next(record: &Logged, next: &Logged) -> bool {
    (&record.device, record.chain, record.seq + 1) == (&next.device, next.chain, next.seq)
}
