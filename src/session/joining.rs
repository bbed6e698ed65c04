//! Making this browser a counter of a shop: what the page shows while the history arrives, and the book at the end.

use super::arriving::{Arriving, EarlyBalances};
use super::handle::Session;
use crate::device::{clock, mark_storage, registry};
use crate::engine::{Joining, NewChain, NewDevice, NotReceived, Phase, Progress};
use crate::replica::web::{DeviceKey, Web};
use crate::replica::{self, NotConnected, Platform};
use crate::store::{Fault, IndexedDb};
use journal::Why;
use ledger::id::Id;
use leptos::prelude::*;
use std::sync::Arc;
use sync::wire::{Code, Enrolled, InviteCode};

impl Session {
    /// Makes this browser a counter of a shop, with an invite of that shop.
    ///
    /// # Errors
    ///
    /// [`NotConnected`]; this browser holds no shop, as before.
    pub async fn join(
        self,
        code: &str,
        name: &str,
        progress: WriteSignal<Option<Arriving>>,
    ) -> Result<(), NotConnected> {
        (self.lazy.join)(self, code.to_owned(), name.to_owned(), progress).await
    }

    /// Called through [`Lazy`](super::lazy::Lazy), because its code may be in another part of the program.
    pub(crate) async fn join_shop(
        self,
        code: &str,
        counter: &str,
        progress: WriteSignal<Option<Arriving>>,
    ) -> Result<(), NotConnected> {
        let wrong = || NotConnected::Refused(Code::WrongCode);
        let code = InviteCode::parse(&plain_code(code)).map_err(|_| wrong())?;
        let key = DeviceKey::new().await?;
        let (web, device) = (Web::new(key.clone()), Self::new_id());
        let enrolled = replica::enrol(&web, code, device.as_str(), counter).await?;
        let shop = Id::new(&enrolled.shop).map_err(|_| NotConnected::NotAnswering)?;
        let by = new_device(device, &enrolled, counter)?;
        let name = registry::store_name(&shop);
        let store = self.empty_store(&name).await.map_err(|fault| match fault {
            Fault::BookExists => NotConnected::Here,
            other => other.into(),
        })?;
        let written = self.arrive(&store, &name, (&web, &key, &shop), by, progress).await;
        progress.try_set(None);
        if written.is_err() {
            store.close();
            // An incomplete book is not usable. It is deleted here or, if that fails, by the next attempt.
            let _ = IndexedDb::delete(&name).await;
        }
        written
    }

    /// Fetches the log, shows the balances, and writes and opens the book.
    async fn arrive(
        self,
        store: &IndexedDb,
        name: &str,
        (web, key, shop): (&Web, &DeviceKey, &Id),
        by: NewDevice,
        progress: WriteSignal<Option<Arriving>>,
    ) -> Result<(), NotConnected> {
        key.store(store).await?;
        let (mut joining, mut now) = (Joining::at(by.now), Arriving::default());
        let take = async |records: Vec<_>, all| {
            now.read += records.len() as u64;
            now.all = all;
            joining.take(store, records).await.map_err(not_written)?;
            progress.try_set(Some(now.clone()));
            Ok(())
        };
        let joined = replica::first_sync(web, shop.as_str(), by.device.as_str(), take).await?;
        let balances = joining.fold(store, &mut Progress::new(&mut |_, _| ())).await.map_err(not_written)?;
        now.balances = balances.and_then(EarlyBalances::of).map(Arc::new);
        progress.try_set(Some(now.clone()));
        let mut tell = |phase, done| {
            if phase == Phase::Writing {
                now.stored = done;
                progress.try_set(Some(now.clone()));
            }
        };
        let values = joined.values(&web.origin())?;
        let written = joining.write(store.clone(), &by, values, &mut Progress::new(&mut tell)).await;
        let (engine, _) = written.map_err(not_written)?;
        mark_storage::forget_backup(name);
        registry::remember(name);
        self.make_current(name.to_owned(), engine).await;
        self.request_persistence();
        Ok(())
    }
}

fn new_device(device: Id, enrolled: &Enrolled, counter: &str) -> Result<NewDevice, NotConnected> {
    let letter = enrolled.letter.clone().ok_or(NotConnected::Refused(Code::ReadOnly))?;
    let chain =
        NewChain { given: Some((letter.clone(), counter.to_owned())), ..NewChain::of_store(Why::New) };
    let (zone, today, now) = (clock::zone(), clock::today(), clock::now());
    Ok(NewDevice { device, drawer: Some(letter), chain, zone, today, now })
}

fn not_written(why: NotReceived) -> NotConnected {
    match why {
        NotReceived::Fault(fault) => fault.into(),
        other => Fault::Other(format!("{other:?}")).into(),
    }
}

/// A code as the endpoint knows it, however it was typed.
fn plain_code(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}
