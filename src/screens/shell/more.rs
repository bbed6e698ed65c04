//! *More*: the links that do not fit in the bottom bar of a narrow screen.

use super::actor_name::actor_name;
use super::nav_link::nav_link;
use crate::components::{effect, live};
use crate::device::right::DeviceRight;
use crate::route::Route;
use crate::screens::{context, guide};
use crate::text::say;
use leptos::html;
use leptos::prelude::*;

/// A sheet at the bottom of the screen; any press in it closes it.
pub fn more(open: RwSignal<bool>, help: RwSignal<bool>) -> AnyView {
    let node = NodeRef::<html::Dialog>::new();
    effect(move || {
        let (Some(sheet), open) = (node.get(), open.get()) else { return };
        if open && !sheet.open() {
            let _ = sheet.show_modal();
        } else if !open && sheet.open() {
            sheet.close();
        }
    });
    let session = context::session();
    let reports = move || {
        let may = context::has_right(session, &DeviceRight::ShopFigures);
        may.then(|| view! { <li>{nav_link(Route::Reports, say!(shell.reports), "", None)}</li> })
    };
    view! {
        <dialog class="more-sheet" node_ref=node aria-label=say!(shell.more)
            on:close=move |_| open.set(false) on:click=move |_| open.set(false)>
            <ul>
                <li>{nav_link(Route::Money, say!(shell.money), "", None)}</li>
                <li>{nav_link(Route::Partners, say!(shell.partners), "", None)}</li>
                {live(reports)}
                <li>{nav_link(Route::Settings, say!(shell.settings), "", None)}</li>
                <li>{guide::link()}</li>
                <li><button type="button" on:click=move |_| help.set(true)>{say!(shell.keys)}</button></li>
                <li><button type="button">{say!(shell.close)}</button></li>
            </ul>
            <p class="who small muted">{actor_name()}</p>
        </dialog>
    }
    .into_any()
}
