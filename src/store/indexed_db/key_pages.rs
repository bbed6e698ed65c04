//! Pages of keys, by run, first key and number.

use super::key::whole;
use super::{convert, layout, request};
use crate::store::key_run::{self, Sought};
use crate::store::{ChainPosition, Fault};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbCursorDirection, IdbCursorWithValue, IdbKeyRange, IdbObjectStore, IdbRequest};

/// The name of the meta value that holds the number of runs.
pub const RUNS: &str = "key-runs";

/// No text has this byte in UTF-8, so it is after everything with the same beginning.
const END: u8 = 0xff;

/// The number of runs from the meta value.
pub fn runs(stored: &JsValue) -> Result<u32, Fault> {
    let text = convert::text(layout::META, stored)?;
    text.map_or(Ok(0), |text| text.parse().map_err(|_| Fault::corrupt(RUNS, text)))
}

/// Requests for the pages that may have a key.
pub struct Asked {
    /// The last page that begins before it.
    before: IdbRequest,
    /// Those that begin with it.
    inside: IdbRequest,
}

impl Asked {
    /// Asks for the pages of one run with at most `limit` entries. Bytes are compared in the order of Rust's texts, which is not that of the browser's.
    pub fn new(store: &IdbObjectStore, run: u32, sought: Sought<'_>, limit: u32) -> Result<Self, Fault> {
        let first = sought.text().as_bytes();
        let (run, least) = (JsValue::from(run), Uint8Array::from(first));
        let start = Array::of2(&run, &least).into();
        let before =
            IdbKeyRange::bound_with_lower_open_and_upper_open(&Array::of1(&run), &start, false, true)?;
        let last = match sought {
            // After the numbers of all pages that begin with it.
            Sought::Exactly(_) => Array::of3(&run, &least, &Array::new()),
            Sought::Beginning(_) => Array::of2(&run, &Uint8Array::from([first, &[END]].concat().as_slice())),
        };
        let inside = IdbKeyRange::bound(&start, &last)?;
        let pages = limit.div_ceil(key_run::PAGE as u32) + 1;
        Ok(Self {
            before: store.open_cursor_with_range_and_direction(&before, IdbCursorDirection::Prev)?,
            inside: store.get_all_with_key_and_limit(&inside, pages)?,
        })
    }

    /// The places of the entries that they find.
    pub async fn places(self, sought: Sought<'_>) -> Result<Vec<ChainPosition>, Fault> {
        let before = request::settled(&self.before).await?.dyn_into::<IdbCursorWithValue>();
        let before = before.map(|cursor| cursor.value()).ok().transpose()?;
        let inside = request::settled(&self.inside).await?.unchecked_into::<Array>();
        let mut places = Vec::new();
        for page in before.into_iter().chain(inside.iter()) {
            places.extend(sought.in_page(&convert::bytes(layout::KEYS, &page)?)?);
        }
        Ok(places)
    }
}

/// The key of a page: its run, its first key, and its number, because several may have the same first key.
pub fn key(run: u32, first: &[u8], number: usize) -> JsValue {
    Array::of3(&run.into(), &Uint8Array::from(first), &whole(number as u64)).into()
}
