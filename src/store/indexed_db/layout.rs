//! The layout of a book's database, version by version.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbIndexParameters, IdbObjectStoreParameters};

/// Raise it with every change of the layout; an older app then returns [`crate::store::Fault::Newer`].
pub const VERSION: u32 = 1;

pub const ENTRIES: &str = "entries";
pub const ACCOUNTS: &str = "accounts";
pub const TOTALS: &str = "totals";
pub const OPEN: &str = "open";
pub const META: &str = "meta";
pub const ALL: [&str; 5] = [ENTRIES, ACCOUNTS, TOTALS, OPEN, META];

pub const BY_POSITION: &str = "place";
pub const BY_DAY: &str = "on";
pub const BY_ID: &str = "id";
pub const BY_WORD: &str = "words";

/// Upgrades a database from version `old` (0: new) to [`VERSION`]. Runs inside the version change, so all or nothing.
pub fn upgrade(db: &IdbDatabase, old: u32) -> Result<(), JsValue> {
    if old < 1 {
        make_entries(db)?;
        for name in [ACCOUNTS, TOTALS, OPEN, META] {
            db.create_object_store(name)?;
        }
    }
    Ok(())
}

fn make_entries(db: &IdbDatabase) -> Result<(), JsValue> {
    let inline = IdbObjectStoreParameters::new();
    inline.set_key_path(&path(&["account", "device", "chain", "seq"]));
    let entries = db.create_object_store_with_optional_parameters(ENTRIES, &inline)?;
    let unique = IdbIndexParameters::new();
    unique.set_unique(true);
    let place = path(&["device", "chain", "seq"]);
    entries.create_index_with_str_sequence_and_optional_parameters(BY_POSITION, &place, &unique)?;
    entries.create_index_with_str(BY_DAY, "on")?;
    entries.create_index_with_str(BY_ID, "id")?;
    let each = IdbIndexParameters::new();
    each.set_multi_entry(true);
    entries.create_index_with_str_and_optional_parameters(BY_WORD, "words", &each)?;
    Ok(())
}

fn path(names: &[&str]) -> JsValue {
    names.iter().map(|name| JsValue::from_str(name)).collect::<Array>().into()
}
