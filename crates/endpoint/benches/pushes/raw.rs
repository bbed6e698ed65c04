//! What the store itself takes for the same bytes: one table, one row an entry, durable after each batch.

use std::time::Instant;

use tempfile::TempDir;
use tokio_postgres::NoTls;

use crate::Kind;

/// Entries a second, of batches that `connections` clients insert.
pub async fn inserts(kind: Kind, batches: &[Vec<Vec<u8>>], connections: usize) -> f64 {
    let count: usize = batches.iter().map(Vec::len).sum();
    let took = match kind {
        // A second connection would wait for the first.
        Kind::Sqlite => sqlite(batches),
        Kind::Postgres => postgres(batches, connections).await,
    };
    count as f64 / took
}

fn sqlite(batches: &[Vec<Vec<u8>>]) -> f64 {
    let folder = TempDir::new().unwrap();
    let mut connection = rusqlite::Connection::open(folder.path().join("raw")).unwrap();
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0)).unwrap();
    connection.pragma_update(None, "synchronous", "FULL").unwrap();
    connection
        .execute("CREATE TABLE raw (lseq INTEGER PRIMARY KEY, entry BLOB NOT NULL) STRICT", [])
        .unwrap();
    let began = Instant::now();
    for batch in batches {
        let transaction = connection.transaction().unwrap();
        {
            let mut insert = transaction.prepare_cached("INSERT INTO raw (entry) VALUES (?1)").unwrap();
            for entry in batch {
                insert.execute([entry]).unwrap();
            }
        }
        transaction.commit().unwrap();
    }
    began.elapsed().as_secs_f64()
}

async fn postgres(batches: &[Vec<Vec<u8>>], connections: usize) -> f64 {
    let url = crate::cluster::shared().database();
    let connect = || async {
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    };
    let client = connect().await;
    client
        .batch_execute(
            "CREATE TABLE raw (lseq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, entry bytea NOT NULL)",
        )
        .await
        .unwrap();
    let mut clients = Vec::new();
    for _ in 0..connections {
        clients.push(connect().await);
    }
    let began = Instant::now();
    let each = batches.len().div_ceil(connections);
    let work = clients.iter().zip(batches.chunks(each)).map(|(client, batches)| async move {
        let insert = client.prepare("INSERT INTO raw (entry) SELECT unnest($1::bytea[])").await.unwrap();
        for batch in batches {
            client.execute(&insert, &[batch]).await.unwrap();
        }
    });
    futures_util::future::join_all(work).await;
    began.elapsed().as_secs_f64()
}
