//! How an endpoint reaches its database: through a pooler, and encrypted.
#![cfg(unix)]
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod cluster;
mod pooler;
mod stores;

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use cluster::{Cluster, address, name_of};
use endpoint::store::{Fault, Postgres, Store};
use pooler::Pooler;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use stores::{append, found, numbers, push_three, record, records};
use tempfile::TempDir;
use tokio::time::{sleep, timeout};

const LONG: Duration = Duration::from_secs(30);

/// The connections to the database, fewer than the 34 that two endpoints open.
const POOL: usize = 3;

const WRITERS: usize = 12;
const PUSHES: usize = 25;

/// How many connections programs other than the one that asks have to a database, and how many of them are encrypted.
fn connections(cluster: &Cluster, database: &str) -> (usize, usize) {
    let sql = format!(
        "SELECT count(*), count(*) FILTER (WHERE ssl) FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) \
         WHERE datname = '{database}' AND pid <> pg_backend_pid()"
    );
    let answer = cluster.sql(database, &sql);
    let (all, encrypted) = answer.split_once('|').unwrap();
    (all.parse().unwrap(), encrypted.parse().unwrap())
}

async fn open(url: &str) -> Arc<dyn Store> {
    Arc::new(Postgres::open(&address(url)).await.unwrap())
}

/// A certificate for this name, its key, and a file with the certificate.
struct Named {
    certificate: String,
    key: String,
    folder: TempDir,
}

impl Named {
    fn new(name: &str) -> Self {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed([name.to_owned()]).unwrap();
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("root.pem"), cert.pem()).unwrap();
        Self { certificate: cert.pem(), key: signing_key.serialize_pem(), folder }
    }

    /// An address whose connections are encrypted, to a server that this certificate vouches for.
    fn url(&self, host: &str, port: u16, database: &str) -> String {
        let root = self.folder.path().join("root.pem").display().to_string().replace('/', "%2F");
        format!(
            "postgresql://counterfoil:s3cret@{host}:{port}/{database}?sslmode=verify-full&sslrootcert={root}"
        )
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_endpoints_share_a_few_connections_through_a_pooler() {
    let cluster = Cluster::start("");
    let database = name_of(&cluster.database()).to_owned();
    let pooler = Pooler::start(&cluster, POOL, None);
    let url = format!("postgresql://counterfoil@127.0.0.1:{}/{database}", pooler.port());
    let stores = [open(&url).await, open(&url).await];
    found(&*stores[0], "s1").await;
    let writers: Vec<_> = (0..WRITERS)
        .map(|number| {
            let stores = stores.clone();
            tokio::spawn(async move {
                for push in 0..PUSHES {
                    // By turns: what one endpoint remembers of the shop is then often not so any more.
                    let store = &*stores[(number + push) % 2];
                    push_three(store, format!("d{number}")).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        timeout(LONG, writer).await.unwrap().unwrap();
    }
    for store in &stores {
        let all = records(&**store, "s1", 0).await;
        assert_eq!(numbers(&all), (1..=(WRITERS * PUSHES * 3) as u64).collect::<Vec<_>>());
        for number in 0..WRITERS {
            let of_device: Vec<u64> = all
                .iter()
                .filter(|record| record.device == format!("d{number}"))
                .map(|record| record.seq)
                .collect();
            assert_eq!(of_device, (1..=(PUSHES * 3) as u64).collect::<Vec<_>>());
        }
    }
    let (open, _) = connections(&cluster, &database);
    assert!((1..=POOL).contains(&open), "{open}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_goes_on_when_the_connections_of_the_pooler_are_lost() {
    let cluster = Cluster::start("");
    let database = name_of(&cluster.database()).to_owned();
    let pooler = Pooler::start(&cluster, POOL, None);
    let store = open(&format!("postgresql://counterfoil@127.0.0.1:{}/{database}", pooler.port())).await;
    found(&*store, "s1").await;
    assert_eq!(push_three(&*store, "d1".into()).await, Ok(3));
    let end = format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}' \
                       AND pid <> pg_backend_pid()"
    );
    cluster.sql(&database, &end);
    let again = async {
        loop {
            match push_three(&*store, "d1".into()).await {
                Ok(lseq) => break lseq,
                Err(fault) => assert_eq!(fault, Fault::Unavailable),
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    assert_eq!(timeout(LONG, again).await.unwrap(), 6);
    assert_eq!(numbers(&records(&*store, "s1", 0).await), [1, 2, 3, 4, 5, 6]);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_connections_to_a_database_are_encrypted() {
    let named = Named::new("localhost");
    let cluster = Cluster::start_with_tls(&named.certificate, &named.key);
    let database = name_of(&cluster.database()).to_owned();
    let store = open(&named.url("localhost", cluster.port(), &database)).await;
    found(&*store, "s1").await;
    append(&*store, "s1", vec![record(1), record(2)]).await.unwrap();
    assert_eq!(records(&*store, "s1", 0).await, [record(1), record(2)]);
    let (open, encrypted) = connections(&cluster, &database);
    assert!(open >= 2, "{open}");
    assert_eq!(open, encrypted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_without_the_right_certificate_is_refused() {
    let (named, other) = (Named::new("localhost"), Named::new("localhost"));
    let cluster = Cluster::start_with_tls(&named.certificate, &named.key);
    let database = name_of(&cluster.database()).to_owned();
    let refused = async |url: &str| {
        format!("{:#}", Postgres::open(&address(url)).await.err().expect("it is not refused"))
    };
    // Another authority, and another name than the one in the certificate.
    for url in
        [other.url("localhost", cluster.port(), &database), named.url("127.0.0.1", cluster.port(), &database)]
    {
        let text = refused(&url).await;
        assert!(text.starts_with("cannot connect to the database on "), "{text}");
        assert!(text.contains("certificate"), "{text}");
        assert!(!text.contains("s3cret"), "{text}");
    }
    // A server that does not speak TLS.
    let plain = Cluster::start("");
    let pooler = Pooler::start(&plain, POOL, None);
    let name = name_of(&plain.database()).to_owned();
    let text = refused(&named.url("localhost", pooler.port(), &name)).await;
    assert!(text.contains("TLS"), "{text}");
    assert_eq!(connections(&plain, &name).0, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_to_a_pooler_is_encrypted() {
    let named = Named::new("localhost");
    let cluster = Cluster::start("");
    let database = name_of(&cluster.database()).to_owned();
    let pooler = Pooler::start(&cluster, POOL, Some((&named.certificate, &named.key)));
    let store = open(&named.url("localhost", pooler.port(), &database)).await;
    found(&*store, "s1").await;
    assert_eq!(push_three(&*store, "d1".into()).await, Ok(3));
    // The pooler takes no others.
    let plain = format!("postgresql://counterfoil@127.0.0.1:{}/{database}?sslmode=disable", pooler.port());
    assert!(Postgres::open(&address(&plain)).await.is_err());
}
