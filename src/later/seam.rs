//! Where the release build parts the Wasm. Any other build is one, and both answer alike.

use crate::route::Screen;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

/// One of the later screens; `fetched` fetches them all without showing one.
#[cfg(not(debug_assertions))]
#[leptos::wasm_split::wasm_split(rest, fallible, wasm_split_path = leptos::wasm_split, preload(fetched))]
pub(super) fn rest(screen: Screen) -> Result<AnyView, SplitLoaderError> {
    Ok(super::view(screen))
}

#[cfg(debug_assertions)]
pub(super) async fn rest(screen: Screen) -> Result<AnyView, SplitLoaderError> {
    Ok(super::view(screen))
}

#[cfg(debug_assertions)]
pub(super) async fn fetched() -> Result<(), SplitLoaderError> {
    Ok(())
}
