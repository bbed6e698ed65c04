//! Reading in a transaction, on a thread that may wait.

mod ends;

use std::ops::ControlFlow;

use tokio::runtime::Handle;
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use crate::store::model::{
    Bytes16, Bytes32, ChainEnd, Device, Invite, LogEnd, Logged, Mail, StoredOperation,
};
use crate::store::postgres::connection::{Connection, Value};
use crate::store::postgres::rows::{self, CHAIN, Chain, DEVICE, MAIL, SHOP, Shop, bytes, get, signed};
use crate::store::postgres::runs::{self, MOST_LINES, Run};
use crate::store::{Fault, Read, Visitor};

pub use ends::ShopEnds;

/// A connection that is in a transaction.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    connection: &'a Connection,
    handle: &'a Handle,
}

/// Which rows are of the shop whose id is the first value.
const OF_SHOP: &str = "shop = (SELECT number FROM counterfoil.shop WHERE id = $1)";

/// The length of the first page of records, and of the longest: a page is twice as long as the one before.
const PAGES: (i64, i64) = (128, 1024);

impl<'a> Reader<'a> {
    /// Reads on this connection. The thread may block.
    pub const fn new(connection: &'a Connection, handle: &'a Handle) -> Self {
        Self { connection, handle }
    }

    fn rows(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, Fault> {
        self.handle.block_on(self.connection.rows(sql, values))
    }

    fn all<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl Fn(&Row) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        self.rows(sql, values)?.iter().map(read).collect()
    }

    fn one<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl Fn(&Row) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        self.rows(sql, values)?.first().map(read).transpose()
    }

    /// The row of a shop.
    ///
    /// # Errors
    /// Of the database; as in all functions here.
    pub fn shop(&self, shop: &str) -> Result<Option<Shop>, Fault> {
        let sql = format!("SELECT {SHOP} FROM counterfoil.shop WHERE id = $1");
        self.one(&sql, &[(&shop, Type::TEXT)], rows::shop)
    }

    /// The chains of a device.
    ///
    /// # Errors
    /// Of the database.
    pub fn chains_of(&self, shop: &str, device: &str) -> Result<Vec<Chain>, Fault> {
        let sql = format!(
            "SELECT {CHAIN} FROM counterfoil.chain \
             WHERE shop = (SELECT number FROM counterfoil.shop WHERE id = $1) AND device = $2 ORDER BY chain"
        );
        self.all(&sql, &[(&shop, Type::TEXT), (&device, Type::TEXT)], rows::chain)
    }

    /// Visits records after a number. The statement reads a page of runs: after `$2`, and as long as `$3` says.
    fn visit(&self, sql: &str, (shop, after): (&str, u64), visit: Visitor<'_>) -> Result<(), Fault> {
        let (mut after, (mut most, largest)) = (after, PAGES);
        loop {
            let values: [Value<'_>; 3] =
                [(&shop, Type::TEXT), (&signed(after)?, Type::INT8), (&most, Type::INT8)];
            let (rows, begin) = (self.rows(sql, &values)?, after);
            for row in &rows {
                let run = Run::of(row)?;
                for record in run.records()?.into_iter().filter(|record| record.lseq > begin) {
                    if visit(record) == ControlFlow::Break(()) {
                        return Ok(());
                    }
                }
                after = run.lseq;
                if after >= run.end {
                    return Ok(());
                }
            }
            if rows.is_empty() {
                return Ok(());
            }
            most = (most * 2).min(largest);
        }
    }
}

impl Read for Reader<'_> {
    fn end(&self, shop: &str) -> Result<Option<LogEnd>, Fault> {
        Ok(self.shop(shop)?.map(|shop| shop.end))
    }

    fn ends(&self, shops: &[String]) -> Result<Vec<(String, LogEnd)>, Fault> {
        let sql = format!("SELECT {SHOP}, id FROM counterfoil.shop WHERE id = ANY($1)");
        self.all(&sql, &[(&shops, Type::TEXT_ARRAY)], |row| Ok((get(row, 7)?, rows::shop(row)?.end)))
    }

    fn log_hash(&self, shop: &str, lseq: u64) -> Result<Option<Bytes32>, Fault> {
        if lseq == 0 {
            return Ok(self.shop(shop)?.map(|shop| shop.empty));
        }
        let sql = format!(
            "SELECT substring(side FROM 94 * (lines - 1 - (lseq - $2)::int) + 37 FOR 32) FROM counterfoil.run \
             WHERE {OF_SHOP} AND lseq >= $2 AND lseq < $2 + {MOST_LINES} AND lseq - lines < $2 \
             UNION ALL SELECT log_hash FROM counterfoil.record_by_row WHERE {OF_SHOP} AND lseq = $2"
        );
        self.one(&sql, &[(&shop, Type::TEXT), (&signed(lseq)?, Type::INT8)], |row| bytes(row, 0))
    }

    fn records(&self, shop: &str, after: u64, visit: Visitor<'_>) -> Result<(), Fault> {
        // The numbers have no gaps. A page is as long as the longest run at least, so that it has one if there are records.
        let page = format!("{OF_SHOP} AND lseq > $2 AND lseq <= $2 + $3");
        let sql = runs::select(&page, &page, "ORDER BY lseq");
        self.visit(&sql, (shop, after), visit)
    }

    fn records_of_shop(&self, shop: &str, after: u64, visit: Visitor<'_>) -> Result<(), Fault> {
        let page = format!("{OF_SHOP} AND lseq > $2 AND is_of_shop");
        let sql = runs::select(&page, &page, "ORDER BY lseq LIMIT $3");
        let of_shop = &mut |record: Logged| {
            if record.is_of_shop { visit(record) } else { ControlFlow::Continue(()) }
        };
        self.visit(&sql, (shop, after), of_shop)
    }

    fn lines(&self, shop: &str, device: &str, chain: u32, seq: u64) -> Result<Vec<Logged>, Fault> {
        let of_chain = format!(
            "{OF_SHOP} AND chain = (SELECT number FROM counterfoil.chain WHERE {OF_SHOP} AND device = $2 AND chain = $3)"
        );
        let run = format!("{of_chain} AND seq >= $4 AND seq < $4 + {MOST_LINES} AND seq - lines < $4");
        let row = format!("{of_chain} AND seq = $4");
        let sql = runs::select(&run, &row, "");
        let (chain, wanted) = (i64::from(chain), signed(seq)?);
        let values: [Value<'_>; 4] =
            [(&shop, Type::TEXT), (&device, Type::TEXT), (&chain, Type::INT8), (&wanted, Type::INT8)];
        let runs = self.all(&sql, &values, |row| Run::of(row)?.records())?;
        Ok(runs.into_iter().flatten().filter(|record| record.seq == seq).collect())
    }

    fn first_lines(&self, shop: &str, most: usize) -> Result<Vec<Logged>, Fault> {
        self.first_lines_of(shop, most)
    }

    fn chains(&self, shop: &str, device: Option<&str>) -> Result<Vec<ChainEnd>, Fault> {
        if let Some(device) = device {
            return Ok(self.chains_of(shop, device)?.into_iter().map(|chain| chain.end).collect());
        }
        // In the order of bytes, as ids are compared everywhere else.
        let sql = format!(
            "SELECT {CHAIN} FROM counterfoil.chain \
             WHERE shop = (SELECT number FROM counterfoil.shop WHERE id = $1) ORDER BY device COLLATE \"C\", chain"
        );
        self.all(&sql, &[(&shop, Type::TEXT)], |row| Ok(rows::chain(row)?.end))
    }

    fn device(&self, shop: &str, device: &str) -> Result<Option<Device>, Fault> {
        let sql = format!(
            "SELECT {DEVICE} FROM counterfoil.device \
             WHERE shop = (SELECT number FROM counterfoil.shop WHERE id = $1) AND id = $2"
        );
        self.one(&sql, &[(&shop, Type::TEXT), (&device, Type::TEXT)], rows::device)
    }

    fn devices(&self, shop: &str) -> Result<Vec<Device>, Fault> {
        let sql = format!(
            "SELECT {DEVICE} FROM counterfoil.device \
             WHERE shop = (SELECT number FROM counterfoil.shop WHERE id = $1) ORDER BY id COLLATE \"C\""
        );
        self.all(&sql, &[(&shop, Type::TEXT)], rows::device)
    }

    fn invite(&self, code: &Bytes32) -> Result<Option<(String, Invite)>, Fault> {
        let sql = "SELECT shop.id, code, role, until, used_by FROM counterfoil.invite \
                   JOIN counterfoil.shop ON shop.number = invite.shop WHERE code = $1";
        self.one(sql, &[(&code.as_slice(), Type::BYTEA)], rows::invite)
    }

    fn operation(&self, shop: &str, id: &str) -> Result<Option<StoredOperation>, Fault> {
        let sql = "SELECT id, due, value FROM counterfoil.operation \
                   WHERE shop = (SELECT number FROM counterfoil.shop WHERE id = $1) AND id = $2";
        self.one(sql, &[(&shop, Type::TEXT), (&id, Type::TEXT)], rows::operation)
    }

    fn operations_due(&self, shop: &str, by: u64, most: u32) -> Result<Vec<StoredOperation>, Fault> {
        let sql = "SELECT id, due, value FROM counterfoil.operation \
                   WHERE shop = (SELECT number FROM counterfoil.shop WHERE id = $1) AND due <= $2 \
                   ORDER BY due, id COLLATE \"C\" LIMIT $3";
        let (by, most) = (signed(by)?, i64::from(most));
        self.all(sql, &[(&shop, Type::TEXT), (&by, Type::INT8), (&most, Type::INT8)], rows::operation)
    }

    fn operations(&self, shop: &str) -> Result<Vec<StoredOperation>, Fault> {
        let sql = "SELECT id, due, value FROM counterfoil.operation \
                   WHERE shop = (SELECT number FROM counterfoil.shop WHERE id = $1) ORDER BY id COLLATE \"C\"";
        self.all(sql, &[(&shop, Type::TEXT)], rows::operation)
    }

    fn value(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let sql = "SELECT value FROM counterfoil.value WHERE name = $1";
        self.one(sql, &[(&name, Type::TEXT)], |row| get(row, 0))
    }

    fn mail(&self, shop: &str, id: &Bytes16) -> Result<Option<Mail>, Fault> {
        let sql = format!("SELECT {MAIL}, content FROM counterfoil.mail WHERE {OF_SHOP} AND id = $2");
        self.one(&sql, &[(&shop, Type::TEXT), (&id.as_slice(), Type::BYTEA)], rows::mail)
    }

    fn mails(&self, shop: &str, customer: Option<&str>) -> Result<Vec<Mail>, Fault> {
        let which = "($2::text IS NULL OR customer = $2)";
        let sql = format!(
            "SELECT {MAIL}, ''::bytea FROM counterfoil.mail WHERE {OF_SHOP} AND {which} ORDER BY asked, id"
        );
        self.all(&sql, &[(&shop, Type::TEXT), (&customer, Type::TEXT)], rows::mail)
    }

    fn waiting_mails(&self, shop: &str) -> Result<u64, Fault> {
        let sql = format!("SELECT count(*) FROM counterfoil.mail WHERE due IS NOT NULL AND {OF_SHOP}");
        Ok(self.one(&sql, &[(&shop, Type::TEXT)], |row| rows::number(row, 0))?.unwrap_or_default())
    }

    fn due_mails(&self, most: usize) -> Result<Vec<(u64, String, Bytes16)>, Fault> {
        let sql = "SELECT mail.due, shop.id, mail.id FROM counterfoil.mail \
                   JOIN counterfoil.shop ON shop.number = mail.shop WHERE mail.due IS NOT NULL \
                   ORDER BY mail.due, shop.id COLLATE \"C\", mail.id LIMIT $1";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.all(sql, &[(&most, Type::INT8)], |row| Ok((rows::number(row, 0)?, get(row, 1)?, bytes(row, 2)?)))
    }

    fn shops(&self) -> Result<Vec<String>, Fault> {
        self.all("SELECT id FROM counterfoil.shop ORDER BY id COLLATE \"C\"", &[], |row| get(row, 0))
    }
}
