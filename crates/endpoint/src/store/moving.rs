//! Moves all shops from one store to another, such as from SQLite to PostgreSQL or back.
//!
//! Everything is copied as it is, the key of the endpoint too: for the devices it is the same endpoint, as long as its address stays.

use std::ops::ControlFlow;

use anyhow::{Result, ensure};
use sync::LogHash;

use crate::store::{Fault, LogEnd, Logged, Mail, Read, Store};

/// The name under which a store keeps the key of its endpoint.
pub const KEY: &str = "key";

/// The name under which a store keeps where its shops were moved to.
const MOVED: &str = "moved";

/// The most records that are copied in one transaction.
const PAGE: usize = 1_000;

/// What was moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// The number of shops.
    pub shops: usize,
    /// The number of records in their logs.
    pub records: u64,
}

/// Copies all shops, compares both stores, and marks `from` as moved to `place`, so that no endpoint uses it any more. What was
/// interrupted goes on where it was. Invites that were not used are not copied: they last for minutes.
///
/// # Errors
/// Of the stores; a target that has other shops than the source or a key of its own. The source is then as it was.
pub async fn move_all(from: &dyn Store, to: &dyn Store, place: &str) -> Result<Moved> {
    let (key, shops) = from.reading(|tx| Ok((tx.value(KEY)?, tx.shops()?))).await?;
    let (other, held) = to.reading(|tx| Ok((tx.value(KEY)?, tx.shops()?))).await?;
    ensure!(
        other.is_none() || other == key,
        "an endpoint has used the target already: take one that is empty, or the one that these shops came from"
    );
    let strange = held.iter().find(|shop| !shops.contains(shop));
    ensure!(strange.is_none(), "the target has a shop that is not in the source: take an empty target");
    let mut moved = Moved { shops: shops.len(), records: 0 };
    for shop in &shops {
        moved.records += copy(from, to, shop).await?;
    }
    if let Some(key) = key {
        to.writing("", move |tx| tx.put_value(KEY, &key)).await?;
    }
    to.writing("", |tx| tx.put_value(MOVED, b"")).await?;
    let place = place.to_owned().into_bytes();
    from.writing("", move |tx| tx.put_value(MOVED, &place)).await?;
    Ok(moved)
}

/// Where the shops of a store were moved to, if they were.
///
/// # Errors
/// Of the store.
pub async fn moved_to(store: &dyn Store) -> Result<Option<String>, Fault> {
    let place = store.reading(|tx| tx.value(MOVED)).await?.unwrap_or_default();
    Ok((!place.is_empty()).then(|| String::from_utf8_lossy(&place).into_owned()))
}

/// Copies one shop without the key of its endpoint, and returns the number of its records.
///
/// # Errors
/// Of the stores; a target that has other records of the shop.
pub async fn copy(from: &dyn Store, to: &dyn Store, shop: &str) -> Result<u64> {
    let end = end(from, shop).await?.ok_or_else(|| Fault::broken("a shop without a log"))?;
    let mut held = match self::end(to, shop).await? {
        Some(held) => held,
        None => {
            let empty = *LogHash::empty(shop).bytes();
            to.writing(shop, move |tx| tx.found(end.epoch, empty)).await?;
            LogEnd { epoch: end.epoch, lseq: 0, log_hash: empty }
        }
    };
    let (name, at) = (shop.to_owned(), held.lseq);
    let known = from.reading(move |tx| if at == 0 { Ok(None) } else { tx.log_hash(&name, at) }).await?;
    ensure!(
        at == 0 || known == Some(held.log_hash),
        "the target has other records of a shop than the source: take an empty target"
    );
    while held.lseq < end.lseq {
        let (name, after) = (shop.to_owned(), held.lseq);
        let page = from.reading(move |tx| page(tx, &name, after)).await?;
        to.writing(shop, move |tx| tx.append(&page)).await?;
        held = self::end(to, shop).await?.ok_or_else(|| Fault::broken("a shop that was just copied"))?;
    }
    let (name, of, epoch) = (shop.to_owned(), shop.to_owned(), end.epoch);
    let (devices, operations) =
        from.reading(move |tx| Ok((tx.devices(&name)?, tx.operations(&name)?))).await?;
    let mails = from.reading(move |tx| mails(tx, &of)).await?;
    let begins = held.epoch != epoch;
    let write = to.writing(shop, move |tx| {
        if begins {
            tx.begin_epoch(epoch)?;
        }
        devices.iter().try_for_each(|device| tx.put_device(device))?;
        operations.iter().try_for_each(|operation| tx.put_operation(operation))?;
        mails.iter().try_for_each(|mail| tx.put_mail(mail))
    });
    write.await?;
    let (now, copied) = (self::end(from, shop).await?, self::end(to, shop).await?);
    ensure!(now == Some(end), "an endpoint still writes to the source: stop it, then move again");
    ensure!(copied == Some(end), "the copy of a shop is not as the source: move again to an empty target");
    Ok(end.lseq)
}

async fn end(store: &dyn Store, shop: &str) -> Result<Option<LogEnd>, Fault> {
    let shop = shop.to_owned();
    store.reading(move |tx| tx.end(&shop)).await
}

/// All mails of a shop with their contents.
fn mails(tx: &dyn Read, shop: &str) -> Result<Vec<Mail>, Fault> {
    let mails = tx.mails(shop, None)?.into_iter().map(|mail| tx.mail(shop, &mail.id));
    Ok(mails.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

fn page(tx: &dyn Read, shop: &str, after: u64) -> Result<Vec<Logged>, Fault> {
    let mut page = Vec::new();
    tx.records(shop, after, &mut |record| {
        page.push(record);
        if page.len() < PAGE { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(page)
}
