//! A row of figures, each with a name and a line of detail.

use crate::text::money::DASH;
use leptos::prelude::*;

/// One figure with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// The name.
    pub label: String,
    /// The figure; a dash while it is unknown.
    pub value: Signal<Option<String>>,
    /// A line of detail.
    pub detail: Signal<Option<String>>,
}

/// The figures, as a description list.
///
/// ```ignore
/// <Tiles tiles=vec![Tile { label: say!(counter.taken), value, detail }]/>
/// ```
#[component]
pub fn Tiles(
    /// The figures, about three.
    tiles: Vec<Tile>,
) -> AnyView {
    let tile = |tile: Tile| {
        let Tile { label, value, detail } = tile;
        view! {
            <div>
                <dt>{label}</dt>
                <dd>
                    <span class="value">{move || value.get().unwrap_or_else(|| DASH.into())}</span>
                    <span class="detail">{detail}</span>
                </dd>
            </div>
        }
    };
    view! { <dl class="tiles">{tiles.into_iter().map(tile).collect_view()}</dl> }.into_any()
}
