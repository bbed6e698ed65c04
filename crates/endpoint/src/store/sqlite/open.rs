//! Opening the file: settings, versions, and the check after a crash.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

/// How a file of this program is told from other SQLite files: `cfoi`.
const APPLICATION: i32 = 0x6366_6f69;

/// What leads from each version to the next one.
const MIGRATIONS: [&str; 4] = [
    include_str!("schema.sql"),
    include_str!("operations.sql"),
    include_str!("mails.sql"),
    include_str!("places.sql"),
];

/// How long a statement waits for another program, such as one that makes a backup.
pub const BUSY: Duration = Duration::from_secs(5);

/// The prepared statements that a connection keeps.
const STATEMENTS: usize = 64;

/// Opens the file for the one connection that writes, and creates it if it does not exist.
pub fn writing(file: &Path) -> Result<Connection> {
    let mut connection = Connection::open(file)?;
    set_up(&connection)?;
    // FULL: with NORMAL, a loss of power can forget what was committed.
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    migrate(&mut connection)?;
    check(&connection)?;
    connection.execute("UPDATE closed SET value = 0", [])?;
    Ok(connection)
}

/// Opens the file for reading.
pub fn reading(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    set_up(&connection)?;
    connection.pragma_update(None, "query_only", "ON")?;
    Ok(connection)
}

/// Notes that the store was closed, and leaves a single file.
pub fn close(connection: Connection) -> Result<()> {
    connection.execute("UPDATE closed SET value = 1", [])?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(())
}

fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Otherwise a statement whose plan could depend on a value is prepared again for each value.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn migrate(connection: &mut Connection) -> Result<()> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    ensure!(tables == 0 || application == APPLICATION, "the file is not a store of this program");
    let newest = i32::try_from(MIGRATIONS.len())?;
    if version > newest {
        bail!(
            "the store was written by a newer version of this program: {version}, and {newest} is known here"
        );
    }
    let done = usize::try_from(version)?;
    for (index, migration) in MIGRATIONS.iter().enumerate().skip(done) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", i32::try_from(index + 1)?)?;
        transaction.commit()?;
    }
    Ok(())
}

/// After a crash the file is checked as a whole before anything is written to it.
fn check(connection: &Connection) -> Result<()> {
    let was_closed: bool = connection.query_row("SELECT value FROM closed", [], |row| row.get(0))?;
    if was_closed { Ok(()) } else { verify(connection) }
}

/// Checks every page, and that the file is a store.
pub fn verify(connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare("PRAGMA integrity_check(10)")?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    ensure!(lines == ["ok"], "the store is damaged, restore a backup: {}", lines.join("; "));
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    ensure!(application == APPLICATION, "the file is not a store of this program");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::reading::Snapshot;
    use crate::store::{Logged, Read};
    use std::ops::ControlFlow;
    use tempfile::TempDir;

    fn store() -> (TempDir, Connection) {
        let folder = TempDir::new().unwrap();
        let connection = writing(&folder.path().join("store")).unwrap();
        (folder, connection)
    }

    #[test]
    fn a_commit_is_on_the_disk_before_it_returns() {
        let (_folder, connection) = store();
        let text = |name| connection.pragma_query_value(None, name, |row| row.get::<_, String>(0)).unwrap();
        let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(text("journal_mode"), "wal");
        const FULL: i64 = 2;
        assert_eq!((number("synchronous"), number("foreign_keys"), number("busy_timeout")), (FULL, 1, 5000));
    }

    #[test]
    fn a_statement_is_prepared_once_for_all_values() {
        let (folder, writer) = store();
        let reader = reading(&folder.path().join("store")).unwrap();
        let sql = "SELECT place FROM run WHERE chain = ?1 AND last >= ?2 AND last < ?2 + 256";
        for connection in [writer, reader] {
            let mut statement = connection.prepare(sql).unwrap();
            for value in 1..9 {
                assert!(statement.query_row([1, value], |row| row.get::<_, i64>(0)).is_err());
            }
            assert_eq!(statement.get_status(rusqlite::StatementStatus::RePrepare), 0);
        }
    }

    #[test]
    fn a_reader_cannot_write() {
        let (folder, _writer) = store();
        let reader = reading(&folder.path().join("store")).unwrap();
        assert!(reader.execute("INSERT INTO value VALUES ('a', x'00')", []).is_err());
    }

    #[test]
    fn every_table_checks_its_types() {
        let (_folder, connection) = store();
        let sql = "SELECT count(*), sum(strict) FROM pragma_table_list WHERE type = 'table' \
                   AND name NOT LIKE 'sqlite_%'";
        let (all, strict): (i64, i64) =
            connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        assert_eq!((all, strict), (11, 11));
    }

    #[test]
    fn no_statement_of_a_push_or_a_pull_reads_a_whole_table() {
        let (_folder, connection) = store();
        for sql in [
            "SELECT log_hash FROM record WHERE place = 5",
            "SELECT entry FROM record WHERE place > 5 AND place < 9 ORDER BY place",
            "SELECT entry FROM record INDEXED BY record_of_shop WHERE place > 5 AND is_of_shop = 1 ORDER BY place",
            "SELECT entry FROM run CROSS JOIN record ON record.place = run.place - run.last + 5 \
             WHERE run.chain = 1 AND run.last >= 5 AND run.last < 261 ORDER BY run.last",
            "SELECT number FROM chain WHERE shop = 1 AND device = 'd'",
            "SELECT number FROM shop WHERE id = 's'",
            "SELECT key FROM device WHERE shop = 1 AND id = 'd'",
            "SELECT role FROM invite WHERE code = x'00'",
            "SELECT value FROM operation WHERE shop = 1 AND due <= 5 ORDER BY due LIMIT 5",
            "SELECT value FROM operation WHERE shop = 1 AND id = 'o'",
            "SELECT state FROM mail WHERE shop = 1 AND id = x'00'",
            "SELECT state FROM mail WHERE shop = 1 AND customer = 'c' ORDER BY asked, id",
            "SELECT id FROM mail WHERE due IS NOT NULL AND due <= 5 ORDER BY due",
        ] {
            let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let steps = plan.query_map([], |row| row.get::<_, String>(3)).unwrap();
            for step in steps.map(Result::unwrap) {
                assert!(step.starts_with("SEARCH"), "{sql}: {step}");
            }
        }
    }

    /// A store as version 3 has left it: two chains by turns, and a branch.
    fn of_version_3(file: &Path) {
        let connection = Connection::open(file).unwrap();
        MIGRATIONS.iter().take(3).for_each(|migration| connection.execute_batch(migration).unwrap());
        connection.pragma_update(None, "application_id", APPLICATION).unwrap();
        connection.pragma_update(None, "user_version", 3).unwrap();
        let sql = "INSERT INTO shop VALUES (1, 's0', zeroblob(16), zeroblob(32), 0, zeroblob(32)),
                     (2, 's1', zeroblob(16), zeroblob(32), 1301, zeroblob(32));
                   INSERT INTO chain VALUES (1, 2, 'd1', 1, 600, zeroblob(32), 0, 0), (2, 2, 'd2', 1, 700, zeroblob(32), 0, 0);";
        connection.execute_batch(sql).unwrap();
        let sql = "INSERT INTO record VALUES (2, ?1, ?2, ?3, ?4, NULL, 1, 1, 'ok', 1, zeroblob(32), ?5, 0, x'7b7d')";
        let mut insert = connection.prepare(sql).unwrap();
        let (first, second) = (1..=600_u64, 1..=700_u64);
        // The first hundred by turns, then one chain after the other, and a second line 600 of the first.
        let mut lines: Vec<(u64, u64)> =
            first.clone().take(100).flat_map(|seq| [(1, seq), (2, seq)]).collect();
        lines.extend(first.skip(100).map(|seq| (1, seq)));
        lines.extend(second.skip(100).map(|seq| (2, seq)));
        lines.push((1, 600));
        for (lseq, (chain, seq)) in (1_u64..).zip(lines) {
            let mut hash = [0; 32];
            hash[..8].copy_from_slice(&lseq.to_be_bytes());
            insert.execute(rusqlite::params![lseq, chain, seq, hash, lseq % 7 == 0]).unwrap();
        }
    }

    #[test]
    fn records_of_an_older_version_are_found_after_the_upgrade() {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("store");
        of_version_3(&file);
        let before = Connection::open(&file).unwrap();
        let sql = "SELECT lseq, chain, seq, hash FROM record ORDER BY lseq";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        let rows: Vec<(u64, u64, u64, [u8; 32])> =
            before.prepare(sql).unwrap().query_map([], read).unwrap().map(Result::unwrap).collect();
        drop(before);
        let connection = writing(&file).unwrap();
        let snapshot = Snapshot::of(&connection).unwrap();
        let mut seen = Vec::new();
        let visit = &mut |record: Logged| {
            seen.push((record.lseq, record.seq, record.hash));
            ControlFlow::Continue(())
        };
        snapshot.records("s1", 0, visit).unwrap();
        let expected: Vec<_> = rows.iter().map(|(lseq, _, seq, hash)| (*lseq, *seq, *hash)).collect();
        assert_eq!((seen.len(), seen), (1301, expected));
        let mut of_shop = 0;
        let count = &mut |_| {
            of_shop += 1;
            ControlFlow::Continue(())
        };
        snapshot.records_of_shop("s1", 0, count).unwrap();
        assert_eq!(of_shop, 1301 / 7);
        for (chain, device) in [(1, "d1"), (2, "d2")] {
            for seq in 1..=701 {
                let expected: Vec<u64> =
                    rows.iter().filter(|row| (row.1, row.2) == (chain, seq)).map(|row| row.0).collect();
                let lines = snapshot.lines("s1", device, 1, seq).unwrap();
                assert_eq!(
                    lines.iter().map(|line| line.lseq).collect::<Vec<_>>(),
                    expected,
                    "{device} {seq}"
                );
            }
        }
        drop(snapshot);
        verify(&connection).unwrap();
    }
}
