//! A button that asks for a file.

use super::button::Look;
use super::ids::fresh;
use leptos::prelude::*;
use web_sys::{File, HtmlInputElement};

/// What happens with the file.
pub type Choose = UnsyncCallback<File>;

/// A button that opens the device's file dialog; `on_choose` gets the file. While `busy` it does nothing.
///
/// ```ignore
/// <FileButton label=say!(backup.open) accept=".jsonl" busy=busy on_choose=take_in/>
/// ```
#[component]
pub fn FileButton(
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// Its weight.
    #[prop(optional)]
    look: Look,
    /// Endings and types that the dialog offers.
    accept: &'static str,
    /// Whether an earlier file is still being read.
    #[prop(into)]
    busy: Signal<bool>,
    /// What happens with the file.
    #[prop(into)]
    on_choose: Choose,
) -> AnyView {
    let id = fresh("file");
    let input = NodeRef::<leptos::html::Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let input: &HtmlInputElement = &input;
        let file = input.files().and_then(|files| files.get(0));
        // The same file may be chosen again once it was mended.
        input.set_value("");
        file.into_iter().for_each(|file| on_choose.run(file));
    };
    view! {
        <span class="file">
            <input type="file" id=id.clone() node_ref=input class="heard" accept=accept aria-label=label
                disabled=busy on:change=chosen/>
            <label for=id class=look.class() aria-hidden="true">{label}</label>
        </span>
    }
    .into_any()
}
