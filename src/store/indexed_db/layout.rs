//! The layout of a book's database, version by version.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbIndexParameters, IdbObjectStoreParameters};

/// Raise it with every change of the layout; an older app then returns [`crate::store::Fault::Newer`].
pub const VERSION: u32 = 4;

pub const JOURNAL: &str = "journal";
pub const ACCOUNTS: &str = "accounts";
pub const TOTALS: &str = "totals";
pub const OPEN: &str = "open";
pub const META: &str = "meta";
pub const ORDERS: &str = "orders";
/// Pages of the keys of entries that arrived in bulk.
pub const KEYS: &str = "keys";
pub const ALL: [&str; 7] = [JOURNAL, ACCOUNTS, TOTALS, OPEN, META, ORDERS, KEYS];

/// The name in [`META`] of the key of this device, and the beginning of those of its further keys. They are the only values there
/// that are no texts.
const DEVICE_KEY: &str = "device-key";

/// The entries of a database of version 1. They are moved to [`JOURNAL`] when the database is opened; afterwards the store
/// stays behind, empty.
pub const ENTRIES_1: &str = "entries";

pub const BY_ARRIVAL: &str = "arrival";
pub const BY_POSITION: &str = "place";
pub const BY_KEY: &str = "keys";

/// Upgrades a database from version `old` (0: new) to [`VERSION`]. Runs inside the version change, so all or nothing. It
/// moves no entry: that would take long, and the browser can only be asked to open the database meanwhile.
pub fn upgrade(db: &IdbDatabase, old: u32) -> Result<(), JsValue> {
    if old < 1 {
        for name in [ACCOUNTS, TOTALS, OPEN, META] {
            db.create_object_store(name)?;
        }
    }
    if old < 2 {
        make_journal(db)?;
    }
    if old < 3 {
        // Filled when the caches, which have another shape now, are rebuilt.
        db.create_object_store(ORDERS)?;
    }
    if old < 4 {
        // Empty in a book that was stored before: its keys stay in the index.
        db.create_object_store(KEYS)?;
    }
    Ok(())
}

fn make_journal(db: &IdbDatabase) -> Result<(), JsValue> {
    let inline = IdbObjectStoreParameters::new();
    inline.set_key_path(&path(&["account", "arrival"]));
    let journal = db.create_object_store_with_optional_parameters(JOURNAL, &inline)?;
    let unique = IdbIndexParameters::new();
    unique.set_unique(true);
    journal.create_index_with_str_and_optional_parameters(BY_ARRIVAL, "arrival", &unique)?;
    let each = IdbIndexParameters::new();
    each.set_multi_entry(true);
    let each_unique = IdbIndexParameters::new();
    each_unique.set_multi_entry(true);
    each_unique.set_unique(true);
    journal.create_index_with_str_and_optional_parameters(BY_POSITION, "places", &each_unique)?;
    journal.create_index_with_str_and_optional_parameters(BY_KEY, "keys", &each)?;
    Ok(())
}

fn path(names: &[&str]) -> JsValue {
    names.iter().map(|name| JsValue::from_str(name)).collect::<Array>().into()
}

/// The name of a key of this device: the one that it enrolled with, or one that was added, by its public half.
pub fn device_key(public: Option<&str>) -> String {
    public.map_or_else(|| DEVICE_KEY.to_owned(), |public| format!("{DEVICE_KEY} {public}"))
}
