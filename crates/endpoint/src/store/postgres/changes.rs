//! What a writing transaction knows of its shop, and what it writes at its end.

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::types::Type;

use crate::store::Fault;
use crate::store::model::{Bytes16, Bytes32, ChainEnd, Device, Invite, Logged, Mail, StoredOperation};
use crate::store::postgres::columns::{APPEND, APPEND_AFTER, Before, ChainColumns, EndOfLog, RunColumns};
use crate::store::postgres::connection::{Connection, Value};
use crate::store::postgres::rows::{Chain, Shop, get, signed};

/// The most records in one statement.
const MOST: usize = 2_000;

/// What a transaction knows of its shop: read, or to be written.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The row of the shop.
    pub row: Option<Shop>,
    /// Whether the shop is founded in this transaction.
    pub is_new: bool,
    /// All chains of some devices.
    pub chains: BTreeMap<String, Vec<Chain>>,
    /// The chains that were extended, by device and chain.
    pub extended: BTreeSet<(String, u32)>,
    /// Some devices, and whether they are here.
    pub devices: BTreeMap<String, Option<Device>>,
    /// The devices that are to be written.
    pub put_devices: BTreeSet<String>,
    /// The invites that are to be written.
    pub invites: BTreeMap<Bytes32, Invite>,
    /// The operations that are to be written.
    pub operations: BTreeMap<String, StoredOperation>,
    /// The mails that are to be written.
    pub mails: BTreeMap<Bytes16, Mail>,
    /// The values that are to be written.
    pub values: BTreeMap<String, Vec<u8>>,
    /// The epochs that begin, each after a number of the log.
    pub epochs: Vec<(u64, Bytes16)>,
}

/// What a transaction writes.
pub struct Changes {
    /// What it knows of the shop.
    pub known: Known,
    /// New records, each with the number of its chain.
    pub records: Vec<(i64, Logged)>,
}

impl Known {
    /// Makes a record the end of its log and, if it is the last line, of its chain; returns the number of the chain. The chains of the
    /// device are known.
    ///
    /// # Errors
    /// A shop that is not here.
    pub fn extend(&mut self, record: &Logged) -> Result<i64, Fault> {
        let row = self.row.as_mut().ok_or_else(|| Fault::broken("a shop that is not here"))?;
        (row.end.lseq, row.end.log_hash) = (record.lseq, record.log_hash);
        let chains = self.chains.entry(record.device.clone()).or_default();
        let at = chains.partition_point(|known| known.end.chain < record.chain);
        let known = chains.get_mut(at).filter(|known| known.end.chain == record.chain);
        let number = match known {
            Some(known) => {
                if record.seq <= known.end.seq {
                    return Ok(known.number);
                }
                known.end = record.chain_end();
                known.number
            }
            None => {
                row.chains += 1;
                chains.insert(at, Chain { end: record.chain_end(), number: row.chains });
                row.chains
            }
        };
        self.extended.insert((record.device.clone(), record.chain));
        Ok(number)
    }

    /// The ends of all chains, by device and chain: those that are stored, with those that are known better.
    pub fn all_chains(&self, stored: Vec<ChainEnd>) -> Vec<ChainEnd> {
        let known = self.chains.values().flatten().map(|chain| chain.end.clone());
        let all = stored.into_iter().chain(known).map(|end| ((end.device.clone(), end.chain), end));
        all.collect::<BTreeMap<_, _>>().into_values().collect()
    }

    /// All devices by id: those that are stored, with those that are known better.
    pub fn all_devices(&self, stored: Vec<Device>) -> Vec<Device> {
        let known = self.devices.values().flatten().cloned();
        let all = stored.into_iter().chain(known).map(|device| (device.id.clone(), device));
        all.collect::<BTreeMap<_, _>>().into_values().collect()
    }

    /// All operations by id: those that are stored, with those that are known better.
    pub fn all_operations(&self, stored: Vec<StoredOperation>) -> Vec<StoredOperation> {
        let all = stored.into_iter().chain(self.operations.values().cloned());
        all.map(|operation| (operation.id.clone(), operation))
            .collect::<BTreeMap<_, _>>()
            .into_values()
            .collect()
    }

    /// Mails in the order in which they were asked for: those that are stored, with those that are known better.
    pub fn all_mails(&self, stored: Vec<Mail>, customer: Option<&str>) -> Vec<Mail> {
        let known =
            self.mails.values().filter(|mail| customer.is_none_or(|customer| mail.customer == customer));
        let known = known.map(|mail| Mail { content: Vec::new(), ..mail.clone() });
        let all: BTreeMap<_, _> = stored.into_iter().chain(known).map(|mail| (mail.id, mail)).collect();
        let mut mails: Vec<Mail> = all.into_values().collect();
        mails.sort_by_key(|mail| (mail.asked, mail.id));
        mails
    }

    fn extended(&self) -> Vec<&Chain> {
        let of = |(device, chain): &(String, u32)| {
            self.chains.get(device)?.iter().find(|known| known.end.chain == *chain)
        };
        self.extended.iter().filter_map(of).collect()
    }
}

impl Changes {
    /// Whether other endpoints have something to tell their devices.
    pub const fn moves_the_log(&self) -> bool {
        !self.records.is_empty() || !self.known.epochs.is_empty()
    }

    /// Whether everything is sent with the commit, so that what is sent after it comes into another transaction.
    pub fn are_sent_at_once(&self) -> bool {
        let Known { row, is_new, chains: _, extended: _, devices: _, put_devices, .. } = &self.known;
        let Known { invites, operations, mails, values, epochs, .. } = &self.known;
        let has_more = !put_devices.is_empty()
            || !invites.is_empty()
            || !operations.is_empty()
            || !mails.is_empty()
            || !values.is_empty()
            || !epochs.is_empty();
        row.is_some() && !is_new && !has_more && self.moves_the_log()
    }

    /// Whether one statement writes everything.
    pub fn are_one_statement(&self) -> bool {
        self.are_sent_at_once() && (1..=MOST).contains(&self.records.len())
    }

    /// Writes everything in one statement, if the shop is still as it was before. Whether it was; otherwise nothing is written.
    ///
    /// # Errors
    /// Of the database, and for changes that are more than one statement. After a failure it is not known whether they are written.
    pub async fn append_after(&self, connection: &Connection, before: &Shop) -> Result<bool, Fault> {
        let row = self.known.row.as_ref().ok_or_else(|| Fault::broken("a shop that is not here"))?;
        let (end, before) = (EndOfLog::of(row.number, row)?, Before::of(before)?);
        let chains = ChainColumns::of(&self.known.extended())?;
        let runs = RunColumns::of(&self.records)?;
        let values: Vec<Value<'_>> = (end.values().into_iter().chain(chains.values()))
            .chain(runs.values())
            .chain(before.values())
            .collect();
        let rows = connection.run(APPEND_AFTER, &values).await?;
        get(rows.first().ok_or_else(|| Fault::broken("a statement without an answer"))?, 0)
    }

    /// Writes everything, and commits.
    ///
    /// # Errors
    /// Of the database. If the commit fails, whether it happened is unknown.
    pub async fn commit(&self, connection: &Connection, shop: &str) -> Result<(), Fault> {
        for (name, value) in &self.known.values {
            let sql = "INSERT INTO counterfoil.value VALUES ($1, $2) \
                       ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            connection.execute(sql, &[(name, Type::TEXT), (value, Type::BYTEA)]).await?;
        }
        match &self.known.row {
            Some(row) => self.write_shop(connection, shop, row).await,
            None => connection.commit().await,
        }
    }

    async fn write_shop(&self, connection: &Connection, shop: &str, row: &Shop) -> Result<(), Fault> {
        let number = if self.known.is_new { found(connection, shop, row).await? } else { row.number };
        for (after, epoch) in &self.known.epochs {
            let sql = "INSERT INTO counterfoil.epoch (shop, after, epoch) VALUES ($1, $2, $3)";
            let values: [Value<'_>; 3] =
                [(&number, Type::INT8), (&signed(*after)?, Type::INT8), (&epoch.as_slice(), Type::BYTEA)];
            connection.execute(sql, &values).await?;
        }
        for id in &self.known.put_devices {
            if let Some(Some(device)) = self.known.devices.get(id) {
                write_device(connection, number, device).await?;
            }
        }
        for invite in self.known.invites.values() {
            write_invite(connection, number, invite).await?;
        }
        for operation in self.known.operations.values() {
            write_operation(connection, number, operation).await?;
        }
        for mail in self.known.mails.values() {
            write_mail(connection, number, mail).await?;
        }
        if self.moves_the_log() {
            self.write_log(connection, number, row).await
        } else {
            connection.commit().await
        }
    }

    /// Writes the end of the log, the ends of chains and the records, and commits: all is sent at once, and waited for once.
    async fn write_log(&self, connection: &Connection, number: i64, row: &Shop) -> Result<(), Fault> {
        let end = EndOfLog::of(number, row)?;
        let chains = ChainColumns::of(&self.known.extended())?;
        // A new epoch has no records.
        let empty: &[&[_]] = &[&[]];
        let parts: Vec<_> = self.records.chunks(MOST).collect();
        let parts = if parts.is_empty() { empty } else { &parts };
        let runs = parts.iter().map(|records| RunColumns::of(records)).collect::<Result<Vec<_>, _>>()?;
        let values: Vec<Vec<Value<'_>>> = runs
            .iter()
            .map(|runs| end.values().into_iter().chain(chains.values()).chain(runs.values()).collect())
            .collect();
        let statements: Vec<_> = values.iter().map(|values| (APPEND, values.as_slice())).collect();
        connection.commit_after(&statements).await
    }
}

/// Adds the row of a shop, and returns its number.
async fn found(connection: &Connection, shop: &str, row: &Shop) -> Result<i64, Fault> {
    let sql = "INSERT INTO counterfoil.shop (id, epoch, empty, lseq, log_hash, chains) \
               VALUES ($1, $2, $3, $4, $5, $6) RETURNING number";
    let values: [Value<'_>; 6] = [
        (&shop, Type::TEXT),
        (&row.end.epoch.as_slice(), Type::BYTEA),
        (&row.empty.as_slice(), Type::BYTEA),
        (&signed(row.end.lseq)?, Type::INT8),
        (&row.end.log_hash.as_slice(), Type::BYTEA),
        (&row.chains, Type::INT8),
    ];
    let rows = connection.rows(sql, &values).await?;
    get(rows.first().ok_or_else(|| Fault::broken("a shop without a number"))?, 0)
}

async fn write_device(connection: &Connection, shop: i64, device: &Device) -> Result<(), Fault> {
    let Device { id, key, role, letter, name, enrolled, revoked } = device;
    let (enrolled, revoked) = (signed(*enrolled)?, revoked.map(signed).transpose()?);
    let sql = "INSERT INTO counterfoil.device (shop, id, key, role, letter, name, enrolled, revoked) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
               ON CONFLICT (shop, id) DO UPDATE SET key = excluded.key, role = excluded.role, \
               letter = excluded.letter, name = excluded.name, enrolled = excluded.enrolled, revoked = excluded.revoked";
    let values: [Value<'_>; 8] = [
        (&shop, Type::INT8),
        (id, Type::TEXT),
        (key, Type::TEXT),
        (role, Type::TEXT),
        (letter, Type::TEXT),
        (name, Type::TEXT),
        (&enrolled, Type::INT8),
        (&revoked, Type::INT8),
    ];
    connection.execute(sql, &values).await.map(|_| ())
}

async fn write_invite(connection: &Connection, shop: i64, invite: &Invite) -> Result<(), Fault> {
    let sql = "INSERT INTO counterfoil.invite (code, shop, role, until, used_by) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (code) DO UPDATE SET role = excluded.role, until = excluded.until, used_by = excluded.used_by";
    let values: [Value<'_>; 5] = [
        (&invite.code.as_slice(), Type::BYTEA),
        (&shop, Type::INT8),
        (&invite.role, Type::TEXT),
        (&signed(invite.until)?, Type::INT8),
        (&invite.used_by, Type::TEXT),
    ];
    connection.execute(sql, &values).await.map(|_| ())
}

async fn write_operation(
    connection: &Connection,
    shop: i64,
    operation: &StoredOperation,
) -> Result<(), Fault> {
    let StoredOperation { id, due, value } = operation;
    let sql = "INSERT INTO counterfoil.operation (shop, id, due, value) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (shop, id) DO UPDATE SET due = excluded.due, value = excluded.value";
    let due = due.map(signed).transpose()?;
    let values: [Value<'_>; 4] =
        [(&shop, Type::INT8), (id, Type::TEXT), (&due, Type::INT8), (value, Type::BYTEA)];
    connection.execute(sql, &values).await.map(|_| ())
}

async fn write_mail(connection: &Connection, shop: i64, mail: &Mail) -> Result<(), Fault> {
    let Mail { id, customer, document, nth, to, state, reason, asked, at, tries, due, content } = mail;
    let (nth, tries, due) = (i64::from(*nth), i64::from(*tries), due.map(signed).transpose()?);
    let sql = "INSERT INTO counterfoil.mail (shop, id, customer, document, nth, address, state, reason, asked, at, \
               tries, due, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
               ON CONFLICT (shop, id) DO UPDATE SET state = excluded.state, reason = excluded.reason, \
               at = excluded.at, tries = excluded.tries, due = excluded.due, content = excluded.content";
    let values: [Value<'_>; 13] = [
        (&shop, Type::INT8),
        (&id.as_slice(), Type::BYTEA),
        (customer, Type::TEXT),
        (document, Type::TEXT),
        (&nth, Type::INT8),
        (to, Type::TEXT),
        (&state.word(), Type::TEXT),
        (reason, Type::TEXT),
        (&signed(*asked)?, Type::INT8),
        (&signed(*at)?, Type::INT8),
        (&tries, Type::INT8),
        (&due, Type::INT8),
        (&content.as_slice(), Type::BYTEA),
    ];
    connection.execute(sql, &values).await.map(|_| ())
}
