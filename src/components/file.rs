//! A button that opens a file.

use super::button::Look;
use super::ids::fresh;
use leptos::prelude::*;
use web_sys::{File, HtmlInputElement};

/// The callback that receives the file.
pub type Choose = UnsyncCallback<File>;

/// A button that opens the device's file dialog; `on_choose` receives the file. While `busy` it does nothing.
///
/// ```ignore
/// <FileButton label=say!(backup.open) accept=".jsonl" busy=busy on_choose=receive/>
/// ```
#[component]
pub fn FileButton(
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// Its visual weight.
    #[prop(optional)]
    look: Look,
    /// File extensions and MIME types that the dialog offers.
    accept: &'static str,
    /// Whether an earlier file is still being read.
    #[prop(into)]
    busy: Signal<bool>,
    /// Receives the file.
    #[prop(into)]
    on_choose: Choose,
) -> AnyView {
    let id = fresh("file");
    let input = NodeRef::<leptos::html::Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let input: &HtmlInputElement = &input;
        let file = input.files().and_then(|files| files.get(0));
        // Allows the user to choose the same file again after repairing it.
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
