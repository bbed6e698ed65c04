//! Files: a chosen file, read in parts, and a download.

use crate::engine::Source;
use crate::store::Fault;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url, window};

/// Milliseconds that the browser has to start a download before the object URL is revoked.
const PATIENCE: u32 = 60_000;

/// A file that the user chose. The browser stops reading it when the file changes.
pub struct Chosen<'a>(pub &'a File);

impl Source for Chosen<'_> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // A whole number of bytes.
    fn size(&self) -> u64 {
        self.0.size() as u64
    }

    #[allow(clippy::cast_precision_loss)] // No file is longer than 2^53 bytes.
    async fn piece(&self, from: u64, most: u32) -> Result<Vec<u8>, Fault> {
        let (start, end) = (from as f64, (from + u64::from(most)) as f64);
        let piece = self.0.slice_with_f64_and_f64(start, end)?;
        let bytes = JsFuture::from(piece.array_buffer()).await?;
        Ok(Uint8Array::new(&bytes).to_vec())
    }
}

/// All bytes of a file that the user chose.
///
/// # Errors
///
/// When the file cannot be read.
pub async fn bytes(file: &File) -> Result<Vec<u8>, Fault> {
    let bytes = JsFuture::from(file.array_buffer()).await?;
    Ok(Uint8Array::new(&bytes).to_vec())
}

/// The parts of a text that will be saved as a file. The browser holds them outside of Wasm memory.
#[derive(Default)]
pub struct Parts(Array);

impl Parts {
    /// Adds text at the end.
    pub fn push(&self, text: &str) {
        self.0.push(&JsValue::from_str(text));
    }

    /// All parts.
    pub(super) fn texts(&self) -> Array {
        self.0.clone()
    }

    /// Saves all parts as a download with this file name and media type.
    pub fn save_as(&self, name: &str, media_type: &str) -> Result<(), Fault> {
        let kind = BlobPropertyBag::new();
        kind.set_type(media_type);
        let blob = Blob::new_with_str_sequence_and_options(&self.0, &kind)?;
        let address = Url::create_object_url_with_blob(&blob)?;
        let page = window().and_then(|window| window.document()).ok_or(Fault::Closed)?;
        let link: HtmlAnchorElement = page.create_element("a")?.unchecked_into();
        link.set_href(&address);
        link.set_download(name);
        link.click();
        wasm_bindgen_futures::spawn_local(async move {
            TimeoutFuture::new(PATIENCE).await;
            let _ = Url::revoke_object_url(&address);
        });
        Ok(())
    }
}
