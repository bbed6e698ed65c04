//! Opening the file: settings, versions, and the check after a crash.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use rusqlite::{Connection, OpenFlags};

/// How a file of this program is told from other SQLite files: `cfoi`.
const APPLICATION: i32 = 0x6366_6f69;

/// What leads from each version to the next one.
const MIGRATIONS: [&str; 3] =
    [include_str!("schema.sql"), include_str!("operations.sql"), include_str!("mails.sql")];

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
        assert_eq!((all, strict), (10, 10));
    }

    #[test]
    fn no_statement_of_a_push_or_a_pull_reads_a_whole_table() {
        let (_folder, connection) = store();
        for sql in [
            "SELECT log_hash FROM record WHERE shop = 1 AND lseq = 5",
            "SELECT entry FROM record WHERE shop = 1 AND lseq > 5 ORDER BY lseq",
            "SELECT entry FROM record WHERE shop = 1 AND lseq > 5 AND is_of_shop = 1 ORDER BY lseq",
            "SELECT hash FROM record WHERE chain = 1 AND seq = 5",
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
}
