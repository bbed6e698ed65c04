//! The panic hook. A panic stops the Wasm module; the page then states that the journal is safe and offers a backup.

use crate::page;

/// Starts `public/rescue.js` when the app panics.
pub fn guard() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        page::rescue("stop", &info.to_string());
    }));
}
