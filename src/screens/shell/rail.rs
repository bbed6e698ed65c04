//! The navigation rail on the left, which on a narrow screen is the bottom bar.

use super::nav_link::nav_link;
use super::{foot, more};
use crate::session::Session;
use crate::text::say;
use leptos::prelude::*;

/// The shop, the navigation, the signed-in user and the status line.
pub fn rail(update: Signal<bool>, help: RwSignal<bool>) -> AnyView {
    let queue = expect_context::<Session>().queue();
    let waiting = Signal::derive(move || queue.with(|all| all.len()));
    let more_open = RwSignal::new(false);
    view! {
        <div class="rail" role="region" aria-label=say!(shell.frame)>
            {foot::shop()}
            <nav aria-label=say!(shell.main)>
                <ul>
                    {link("/counter", say!(shell.counter), "/", None)}
                    {link("/customers", say!(shell.customers), "", None)}
                    {link("/orders", say!(shell.orders), "", None)}
                    {link("/refunds", say!(shell.refunds), "", Some(waiting))}
                    <li class="less">{nav_link("/partners", say!(shell.partners), "", None)}</li>
                    <li class="less">{nav_link("/settings", say!(shell.settings), "", None)}</li>
                    <li>
                        <button class="more-button" type="button" aria-haspopup="dialog"
                            on:click=move |_| more_open.set(true)>{say!(shell.more)}</button>
                    </li>
                </ul>
            </nav>
            {foot::foot(update)}
        </div>
        {more::more(more_open, help)}
    }
    .into_any()
}

fn link(path: &'static str, label: String, key: &'static str, count: Option<Signal<usize>>) -> AnyView {
    view! { <li>{nav_link(path, label, key, count)}</li> }.into_any()
}
