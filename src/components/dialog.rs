//! A native dialog: the rest of the page is inert, Escape closes it, and the focus returns to where it was.

use super::button::{Button, Look, Press};
use super::ids::fresh;
use super::live::{effect, swap};
use crate::text::say;
use leptos::html;
use leptos::prelude::*;

/// A modal dialog; its content exists only while it is open.
///
/// ```ignore
/// <Dialog open=asking title=say!(shell.keys)>{move || keys().into_any()}</Dialog>
/// ```
#[component]
pub fn Dialog(
    /// Whether it is open; closing by Escape sets it to false.
    open: RwSignal<bool>,
    /// Its heading and accessible name.
    #[prop(into)]
    title: Signal<String>,
    /// The content.
    children: ChildrenFn,
) -> AnyView {
    let node = NodeRef::<html::Dialog>::new();
    let title_id = fresh("dialog");
    let named = title_id.clone();
    effect(move || {
        let (Some(dialog), open) = (node.get(), open.get()) else { return };
        if open && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby=named on:close=move |_| open.set(false)>
            <h2 id=title_id>{title}</h2>
            {swap(open, move |open| open.then(|| children()).into_any())}
        </dialog>
    }
    .into_any()
}

/// A question with *Yes* and *No*, for an action that is not easily undone.
///
/// ```ignore
/// <Confirm open=asking question=say!(payout.sure) on_yes=move |()| record()/>
/// ```
#[component]
pub fn Confirm(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The question, also the accessible name.
    #[prop(into)]
    question: Signal<String>,
    /// What it is about.
    #[prop(optional, into)]
    says: Option<Signal<String>>,
    /// Runs on *Yes*, after the dialog has closed.
    #[prop(into)]
    on_yes: Press,
) -> AnyView {
    let yes = move |()| {
        open.set(false);
        on_yes.run(());
    };
    let answers = move || {
        view! {
            {says.map(|says| view! { <p>{says}</p> })}
            <div class="actions">
                <Button label=say!(parts.yes) look=Look::Primary on_press=yes/>
                <Button label=say!(parts.no) on_press=move |()| open.set(false)/>
            </div>
        }
        .into_any()
    };
    view! { <Dialog open=open title=question>{answers()}</Dialog> }.into_any()
}
