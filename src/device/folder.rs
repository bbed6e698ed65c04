//! The folder that the owner chose for automatic backups. `public/folder.js` does the work.

use super::file::Parts;
use crate::page;
use crate::store::Fault;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

/// A chosen folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its name.
    pub name: String,
    /// Whether it can be written to now; otherwise the browser has to be asked again.
    pub is_open: bool,
}

/// Whether this browser can write to a folder.
pub fn can() -> bool {
    page::get("folder", "can").is_truthy()
}

/// The chosen folder, if there is one.
pub async fn chosen() -> Option<Folder> {
    let state = call("state", &[]).await.ok()?.dyn_into::<Array>().ok()?;
    Some(Folder { name: state.get(0).as_string()?, is_open: state.get(1).is_truthy() })
}

/// Asks the user for a folder. Call it while a button is being pressed.
pub async fn choose() -> Result<(), Fault> {
    call("choose", &[]).await.map(drop)
}

/// Asks for the permission again. Call it while a button is being pressed.
pub async fn allow() -> Result<(), Fault> {
    call("allow", &[]).await.map(drop)
}

/// Forgets the folder. Its files stay.
pub async fn forget() -> Result<(), Fault> {
    call("forget", &[]).await.map(drop)
}

/// Writes a file; returns when it is complete.
pub async fn save(name: &str, parts: &Parts) -> Result<(), Fault> {
    call("save", &[name.into(), parts.texts().into()]).await.map(drop)
}

async fn call(name: &str, arguments: &[JsValue]) -> Result<JsValue, Fault> {
    let asked = page::ask("folder", name, arguments).await;
    Ok(asked.ok_or_else(|| Fault::Unsupported("folders".into()))??)
}
