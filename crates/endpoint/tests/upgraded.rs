//! Tables of the version before, with one row for each record: they are moved, and an endpoint of that version goes on with them.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod cluster;
mod stores;

use std::sync::Arc;

use cluster::{address, name_of, shared};
use endpoint::store::{Logged, Postgres, Store};
use journal::SideVerdict;
use stores::{EMPTY, EPOCH, append, found, hash, line, records};

/// Makes the tables what they were in version 5. They have no runs.
const BACK: &str = "DROP VIEW counterfoil.record; DROP TABLE counterfoil.run; \
    DROP FUNCTION counterfoil.number_of, counterfoil.keep_record_by_row, counterfoil.lock_shop, counterfoil.append, counterfoil.append_after; \
    ALTER TABLE counterfoil.record_by_row RENAME TO record; UPDATE counterfoil.version SET version = 5";

/// What an endpoint of version 5 does for a push: the end of the log, the end of the chain, and the record. The chain is the first one.
fn push_of_version_5(record: &Logged) -> String {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let Logged { lseq, device, chain, seq, received, is_of_shop, goes_on, .. } = record;
    let (hash, log_hash, entry) = (hex(&record.hash), hex(&record.log_hash), hex(&record.entry));
    let (millis, count, verdict) = (record.order.0, record.order.1, record.verdict.word());
    let signature = record.signature.map_or("NULL".into(), |signature| format!("'\\x{}'", hex(&signature)));
    format!(
        "BEGIN; UPDATE counterfoil.shop SET lseq = {lseq}, log_hash = '\\x{log_hash}', chains = 1; \
         INSERT INTO counterfoil.chain (shop, number, device, chain, seq, hash, millis, count) \
         VALUES (1, 1, '{device}', {chain}, {seq}, '\\x{hash}', {millis}, {count}) \
         ON CONFLICT (shop, number) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, \
         millis = excluded.millis, count = excluded.count; \
         INSERT INTO counterfoil.record (shop, lseq, chain, seq, hash, signature, millis, count, verdict, received, log_hash, \
         is_of_shop, goes_on, entry) SELECT 1, * FROM unnest(ARRAY[{lseq}]::int8[], ARRAY[1]::int8[], ARRAY[{seq}]::int8[], \
         ARRAY['\\x{hash}']::bytea[], ARRAY[{signature}]::bytea[], ARRAY[{millis}]::int8[], ARRAY[{count}]::int8[], \
         ARRAY['{verdict}']::text[], ARRAY[{received}]::int8[], ARRAY['\\x{log_hash}']::bytea[], ARRAY[{is_of_shop}], \
         ARRAY[{goes_on}], ARRAY['\\x{entry}']::bytea[]); COMMIT"
    )
}

/// How an endpoint of version 5 reads records.
const READ_IN_VERSION_5: &str = "SELECT record.lseq, chain.device, chain.chain, record.seq, encode(record.hash, 'hex'), \
    encode(record.entry, 'hex'), encode(record.signature, 'hex'), record.millis, record.count, record.verdict, record.received, \
    encode(record.log_hash, 'hex'), record.is_of_shop, record.goes_on FROM (SELECT * FROM counterfoil.record \
    WHERE shop = (SELECT number FROM counterfoil.shop WHERE id = 's1') AND lseq > 1 ORDER BY lseq LIMIT 1024) AS record \
    JOIN counterfoil.chain ON (chain.shop, chain.number) = (record.shop, record.chain) ORDER BY record.lseq";

/// A record as `psql` prints the columns of [`READ_IN_VERSION_5`].
fn printed(record: &Logged) -> String {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let bit = |is_so: bool| if is_so { "t" } else { "f" };
    [
        record.lseq.to_string(),
        record.device.clone(),
        record.chain.to_string(),
        record.seq.to_string(),
        hex(&record.hash),
        hex(&record.entry),
        record.signature.map(|signature| hex(&signature)).unwrap_or_default(),
        record.order.0.to_string(),
        record.order.1.to_string(),
        record.verdict.word().to_owned(),
        record.received.to_string(),
        hex(&record.log_hash),
        bit(record.is_of_shop).to_owned(),
        bit(record.goes_on).to_owned(),
    ]
    .join("|")
}

/// Records of one chain, of all forms.
fn all_forms(count: u64) -> Vec<Logged> {
    let verdicts =
        [SideVerdict::Ok, SideVerdict::RefusedRole, SideVerdict::RefusedLimit, SideVerdict::RefusedRevoked];
    let form = |lseq: u64| Logged {
        signature: lseq.is_multiple_of(3).then_some([lseq as u8; 64]),
        verdict: verdicts[lseq as usize % 4],
        is_of_shop: lseq.is_multiple_of(5),
        goes_on: lseq.is_multiple_of(7),
        ..line(lseq, "d1", 1, lseq)
    };
    (1..=count).map(form).collect()
}

async fn open(url: &str) -> Arc<dyn Store> {
    Arc::new(Postgres::open(&address(url)).await.unwrap())
}

/// Checks the first line of the chain, and the last one as an endpoint that has just started knows it for a push.
async fn ends_are(url: &str, lines: &[Logged]) {
    let (store, last) = (open(url).await, lines[lines.len() - 1].clone());
    assert_eq!(store.reading(|tx| tx.first_lines("s1", 1)).await.unwrap(), lines[..1]);
    let seq = last.seq;
    let read = store.writing("s1", move |tx| {
        let end = tx.chains("s1", Some("d1"))?.pop();
        Ok((end.map(|end| end.hash), tx.lines("s1", "d1", 1, seq)?))
    });
    assert_eq!(read.await.unwrap(), (Some(last.hash), vec![last]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_of_the_version_before_goes_on_beside_this_one() {
    let url = shared().database();
    let sql = |sql: &str| shared().sql(name_of(&url), sql);
    let all = all_forms(200);
    found(&*open(&url).await, "s1").await;
    sql(BACK);
    all[..3].iter().for_each(|record| drop(sql(&push_of_version_5(record))));
    // The tables are moved, and both versions write by turns.
    let store = open(&url).await;
    assert_eq!(records(&*store, "s1", 0).await, all[..3]);
    ends_are(&url, &all[..3]).await;
    append(&*store, "s1", all[3..190].to_vec()).await.unwrap();
    ends_are(&url, &all[..190]).await;
    all[190..192].iter().for_each(|record| drop(sql(&push_of_version_5(record))));
    ends_are(&url, &all[..192]).await;
    append(&*store, "s1", all[192..].to_vec()).await.unwrap();
    assert_eq!(sql("SELECT count(*) FROM counterfoil.record_by_row"), "5");
    // Both read the whole log.
    let expected: Vec<_> = all[1..].iter().map(printed).collect();
    assert_eq!(sql(READ_IN_VERSION_5), expected.join("\n"));
    for after in [0, 2, 3, 66, 189, 190, 191, 192, 199, 200] {
        assert_eq!(records(&*store, "s1", after).await, all[after as usize..], "after {after}");
    }
    let of_shop = store.reading(|tx| stores::collect(|visit| tx.records_of_shop("s1", 4, visit)));
    let expected: Vec<_> = all[4..].iter().filter(|record| record.is_of_shop).cloned().collect();
    assert_eq!(of_shop.await.unwrap(), expected);
    for record in all.clone() {
        let (lseq, seq) = (record.lseq, record.seq);
        let read = store.reading(move |tx| Ok((tx.log_hash("s1", lseq)?, tx.lines("s1", "d1", 1, seq)?)));
        assert_eq!(read.await.unwrap(), (Some(record.log_hash), vec![record]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_either_version_is_recorded_once_and_never_changed() {
    let url = shared().database();
    let sql = |sql: &str| shared().sql(name_of(&url), sql);
    let store = open(&url).await;
    store.writing("s1", |tx| tx.found(EPOCH, EMPTY)).await.unwrap();
    let all = all_forms(4);
    append(&*store, "s1", all[..2].to_vec()).await.unwrap();
    all[2..].iter().for_each(|record| drop(sql(&push_of_version_5(record))));
    for known in &all {
        assert!(append(&*store, "s1", vec![Logged { lseq: 5, ..known.clone() }]).await.is_err());
    }
    let branch = Logged { hash: hash("another"), lseq: 5, ..all[1].clone() };
    append(&*store, "s1", vec![branch.clone()]).await.unwrap();
    let lines = store.reading(|tx| tx.lines("s1", "d1", 1, 2)).await.unwrap();
    assert_eq!(lines, [all[1].clone(), branch]);
    for table in ["record", "run", "record_by_row"] {
        for change in
            [format!("UPDATE counterfoil.{table} SET seq = 9"), format!("DELETE FROM counterfoil.{table}")]
        {
            let guarded = format!(
                "DO $$ BEGIN {change}; RAISE 'changed'; EXCEPTION WHEN raise_exception THEN \
                 IF SQLERRM = 'changed' THEN RAISE; END IF; END $$"
            );
            sql(&guarded);
        }
    }
    assert_eq!(records(&*store, "s1", 0).await.len(), 5);
}
