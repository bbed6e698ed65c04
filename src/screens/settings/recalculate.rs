//! *Recalculate Account Balances* for all customers, with progress and a way to stop.

use crate::components::{Button, live};
use crate::screens::context;
use crate::text::{fault::fault, recalculated, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

pub(super) fn recalculate() -> AnyView {
    let session = context::session();
    let (progress, said) = (RwSignal::new(None::<(usize, usize)>), RwSignal::new(Vec::new()));
    let stop = RwSignal::new(false);
    let run = move |()| {
        if progress.get_untracked().is_some() {
            return;
        }
        stop.set(false);
        said.set(Vec::new());
        progress.set(Some((0, 0)));
        spawn_local(async move {
            let note = move |done, all| {
                progress.try_set(Some((done, all)));
            };
            // When the screen is left, its signals are gone, and the rest is not calculated.
            let found = session.recalculate_all(note, move || stop.try_get_untracked() == Some(false)).await;
            let currency = context::currency(session);
            let outcome = match found {
                Ok(found) => recalculated::all(&found, &currency),
                Err(why) => vec![fault(&why)],
            };
            said.try_set(outcome);
            progress.try_set(None);
        });
    };
    let running = move || {
        let (done, all) = progress.get()?;
        Some(view! {
            <progress max=all.to_string() value=done.to_string() aria-label=say!(recalculate.title)></progress>
            <p class="row"><span>{say!(recalculate.progress, done = done, all = all)}</span></p>
        })
    };
    let is_running = Memo::new(move |_| progress.with(Option::is_some));
    let button = move || match is_running.get() {
        true => view! { <Button label=say!(recalculate.stop) on_press=move |()| stop.set(true)/> }.into_any(),
        false => view! { <Button label=say!(recalculate.all) on_press=run/> }.into_any(),
    };
    let lines =
        move || said.get().into_iter().map(|line| view! { <p class="note">{line}</p> }).collect_view();
    view! {
        <p>{say!(recalculate.says)}</p>
        {live(running)}
        <div>{live(button)}</div>
        <div role="status">{live(lines)}</div>
    }
    .into_any()
}
