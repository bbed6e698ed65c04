//! The dialog that lists the keyboard shortcuts of the current page.

use crate::components::{Button, Dialog};
use crate::keys::{self, Key};
use crate::prefs::Prefs;
use crate::text::say;
use leptos::prelude::*;

/// The dialog that `?` opens.
pub fn keys_dialog(open: RwSignal<bool>) -> AnyView {
    let prefs = expect_context::<Prefs>();
    let body = move || {
        let hint = if prefs.letters.get_untracked() { say!(shell.keys_hint) } else { say!(shell.keys_off) };
        let all = keys::active_keys().into_iter().chain(always());
        view! {
            <p class="muted small">{hint}</p>
            <dl class="keys">{all.map(row).collect_view()}</dl>
            <div class="actions"><Button label=say!(shell.close) on_press=move |()| open.set(false)/></div>
        }
        .into_any()
    };
    view! { <Dialog open=open title=say!(shell.keys)>{body()}</Dialog> }.into_any()
}

/// The keys that are not assigned to an element.
fn always() -> [Key; 2] {
    [
        Key { key: "Ctrl+Enter".into(), does: say!(shell.key_submit) },
        Key { key: "?".into(), does: say!(shell.key_help) },
    ]
}

fn row(key: Key) -> AnyView {
    let cap = if key.key == "Escape" { "Esc".into() } else { key.key };
    view! { <dt><kbd>{cap}</kbd></dt><dd>{key.does}</dd> }.into_any()
}
