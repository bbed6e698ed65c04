//! Deletes the book of a shop that this counter was taken out of.

use super::handle::Session;
use super::sync_state::{SyncPhase, SyncState};
use crate::browser_storage;
use crate::device::device_store::DeviceStore;
use crate::device::registry;
use crate::device::web_lock::WebLock;
use crate::mirror::Opfs;
use crate::store::IndexedDb;
use leptos::task::spawn_local;

/// How often the deletion is tried. Each waits some seconds for other tabs.
const TRIES: u32 = 5;

impl Session {
    /// Leaves the shop once the endpoint has everything that this counter has recorded.
    pub(super) fn leave_if_revoked(self, name: &str, now: &SyncState) {
        if now.phase != SyncPhase::Revoked || now.unsent > 0 {
            return;
        }
        let shop = self.engine().map(|engine| engine.shop().name.clone()).unwrap_or_default();
        let name = name.to_owned();
        spawn_local(async move { self.leave_shop(&name, &shop).await });
    }

    /// Deletes the book, its copy, and all that is stored beside them. The copy goes first: from it a book would be built again. Every tab
    /// does it: so each lets go of the lock that the first one waits for, and none builds the book again when it is closed.
    pub(super) async fn leave_shop(self, name: &str, shop: &str) {
        self.close_if_open(name);
        // What the mirror is being written with would be there again after it was deleted.
        let mirror = WebLock::wait(&format!("{name} mirror")).await;
        if registry::bookmark().as_deref() == Some(name) {
            registry::forget();
            registry::note_left(shop);
        }
        for _ in 0..TRIES {
            let copy = Opfs::of(name).delete().await;
            // Another tab may be slow to close it.
            if IndexedDb::delete(name).await.is_ok() && copy.is_ok() {
                break;
            }
        }
        DeviceStore(name).clear();
        let beside = format!("{name}-");
        browser_storage::names()
            .iter()
            .filter(|key| key.starts_with(&beside))
            .for_each(|key| browser_storage::forget(key));
        drop(mirror);
        self.open_current().await;
    }
}
