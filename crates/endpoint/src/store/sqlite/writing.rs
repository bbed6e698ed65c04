//! Writing in a transaction, on one shop.

use rusqlite::{Connection, OptionalExtension, params};

use crate::store::model::{Bytes16, Bytes32, Device, Invite, Logged, Mail, StoredOperation};
use crate::store::sqlite::reading::Connected;
use crate::store::sqlite::rows::{RUN, place, shop_number};
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

    /// Appends lines of one chain that follow each other, at most [`RUN`].
    fn append_run(&self, shop: i64, run: &[Logged]) -> Result<(), Fault> {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return Ok(()) };
        let (chain, held) = self.chain(shop, first)?;
        if first.seq <= held {
            self.check_new(run)?;
        }
        if last.seq > held {
            let sql = "UPDATE chain SET seq = ?2, hash = ?3, millis = ?4, count = ?5 WHERE number = ?1";
            let values = params![chain, last.seq, last.hash, last.order.0, last.order.1];
            self.connection.prepare_cached(sql)?.execute(values)?;
        }
        let sql = "INSERT INTO record (place, chain, seq, hash, signature, millis, count, verdict, received, log_hash, \
                   is_of_shop, goes_on, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
        let mut insert = self.connection.prepare_cached(sql)?;
        for record in run {
            insert.execute(params![
                place(shop, record.lseq)?,
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
        }
        let sql = "INSERT INTO run (chain, last, place, first) VALUES (?1, ?2, ?3, ?4)";
        let values = params![chain, last.seq, place(shop, last.lseq)?, first.seq];
        self.connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// The number that stands for the chain of a record, and the number of its last line. A chain that is not here is added, without
    /// lines.
    fn chain(&self, shop: i64, record: &Logged) -> Result<(i64, u64), Fault> {
        let (device, chain) = (&record.device, record.chain);
        let sql = "SELECT number, seq FROM chain WHERE shop = ?1 AND device = ?2 AND chain = ?3";
        let mut select = self.connection.prepare_cached(sql)?;
        let known = select
            .query_row(params![shop, device, chain], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some(known) = known {
            return Ok(known);
        }
        let sql = "INSERT INTO chain (shop, device, chain, seq, hash, millis, count) \
                   VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6) RETURNING number";
        let values = params![shop, device, chain, record.hash, record.order.0, record.order.1];
        let number = self.connection.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
        Ok((number, 0))
    }

    /// Refuses lines that the log has already.
    fn check_new(&self, run: &[Logged]) -> Result<(), Fault> {
        for record in run {
            let held = self.lines(self.shop, &record.device, record.chain, record.seq)?;
            if held.iter().any(|held| held.hash == record.hash) {
                return Err(Fault::broken("a line that the log has already"));
            }
        }
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
        for record in records {
            end += 1;
            if record.lseq != end {
                return Err(Fault::broken("a record out of its order"));
            }
        }
        for run in records.chunk_by(is_next).flat_map(|run| run.chunks(RUN)) {
            self.append_run(shop, run)?;
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
