//! The tables in the database, and their version.

use anyhow::{Result, anyhow, ensure};
use tokio_postgres::types::Type;

use crate::store::Fault;
use crate::store::postgres::connection::Connection;

/// What leads from each version to the next one.
const MIGRATIONS: [&str; 7] = [
    include_str!("schema.sql"),
    include_str!("schema_2.sql"),
    include_str!("operations.sql"),
    include_str!("mails.sql"),
    include_str!("device_changes.sql"),
    include_str!("runs.sql"),
    include_str!("append_after.sql"),
];

/// One endpoint at a time moves the tables; the others wait. `cfoi`, as SQLite files of this program are marked.
const LOCK: i64 = 0x6366_6f69;

/// Moves the tables to the version of this program, and checks that the server keeps what it acknowledges.
///
/// # Errors
/// Tables of a newer version, a server that may forget commits, and any failure of the database.
pub async fn migrate(connection: &Connection) -> Result<()> {
    check(connection).await?;
    let newest = i32::try_from(MIGRATIONS.len())?;
    if version(connection).await? == Some(newest) {
        return Ok(());
    }
    connection.batch("BEGIN").await.map_err(unusable)?;
    connection.rows("SELECT pg_advisory_xact_lock($1)", &[(&LOCK, Type::INT8)]).await.map_err(unusable)?;
    let create = "CREATE SCHEMA IF NOT EXISTS counterfoil; \
                  CREATE TABLE IF NOT EXISTS counterfoil.version (version integer NOT NULL)";
    connection.batch(create).await.map_err(unusable)?;
    let version = version(connection).await?.unwrap_or(0);
    ensure!(
        version <= newest,
        "the tables were written by a newer version of this program: {version}, and {newest} is known here"
    );
    for migration in MIGRATIONS.iter().skip(usize::try_from(version)?) {
        connection.batch(migration).await.map_err(unusable)?;
    }
    let set = format!("DELETE FROM counterfoil.version; INSERT INTO counterfoil.version VALUES ({newest})");
    connection.batch(&set).await.map_err(unusable)?;
    connection.commit().await.map_err(unusable)
}

/// The version of the tables; `None` where there are none.
async fn version(connection: &Connection) -> Result<Option<i32>> {
    let is_there = "SELECT to_regclass('counterfoil.version') IS NOT NULL";
    if !one(connection, is_there).await? {
        return Ok(None);
    }
    let rows = connection.rows("SELECT version FROM counterfoil.version", &[]).await.map_err(unusable)?;
    Ok(rows.first().map(|row| row.try_get(0)).transpose()?)
}

/// Refuses a server whose commits are not on a disk when they return.
async fn check(connection: &Connection) -> Result<()> {
    let is_15 = "SELECT current_setting('server_version_num')::int >= 150000";
    ensure!(one(connection, is_15).await?, "PostgreSQL 15 or newer is needed");
    let is_utf8 = "SELECT getdatabaseencoding() = 'UTF8'";
    ensure!(one(connection, is_utf8).await?, "the database must have the encoding UTF8");
    for name in ["fsync", "full_page_writes"] {
        let is_on = format!("SELECT current_setting('{name}') = 'on'");
        ensure!(
            one(connection, &is_on).await?,
            "the server may forget what it has acknowledged: set {name} = on"
        );
    }
    let is_durable = "SELECT current_setting('synchronous_commit') <> 'off'";
    ensure!(
        one(connection, is_durable).await?,
        "the server may forget what it has acknowledged: set synchronous_commit = on for this user"
    );
    Ok(())
}

async fn one(connection: &Connection, sql: &str) -> Result<bool> {
    let rows = connection.rows(sql, &[]).await.map_err(unusable)?;
    let row = rows.first().ok_or_else(|| anyhow!("the database gives no answer"))?;
    Ok(row.try_get(0)?)
}

fn unusable(fault: Fault) -> anyhow::Error {
    anyhow!("the database cannot be used: {fault}")
}
