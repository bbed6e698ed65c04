//! The navigation rail on the left, which on a narrow screen is the bottom bar.

use super::nav_link::nav_link;
use super::{foot, more};
use crate::components::live;
use crate::device::right::DeviceRight;
use crate::route::Route;
use crate::screens::context;
use crate::screens::guide;
use crate::screens::refunds::sections;
use crate::session::Session;
use crate::text::say;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;

/// The shop, the navigation, the signed-in user and the status line.
pub fn rail(update: Signal<bool>, help: RwSignal<bool>) -> AnyView {
    let session = expect_context::<Session>();
    let queue = session.queue();
    // What the signed-in user can do, not what only others can.
    let waiting = Memo::new(move |_| {
        let mine = |row: &&RefundRow| sections::waits_for(session, row);
        queue.with(|all| all.as_ref().map_or(0, |all| all.iter().filter(mine).count()))
    });
    let waiting = Signal::from(waiting);
    let reports = move || {
        let may = context::has_right(session, &DeviceRight::ShopFigures);
        may.then(|| view! { <li class="less">{nav_link(Route::Reports, say!(shell.reports), "", None)}</li> })
    };
    let more_open = RwSignal::new(false);
    view! {
        <div class="rail" role="region" aria-label=say!(shell.frame)>
            {foot::shop()}
            <nav aria-label=say!(shell.main)>
                <ul>
                    {link(Route::Counter, say!(shell.counter), "/", None)}
                    {link(Route::Customers, say!(shell.customers), "", None)}
                    {link(Route::Orders, say!(shell.orders), "", None)}
                    {link(Route::Refunds, say!(shell.refunds), "", Some(waiting))}
                    <li class="less">{nav_link(Route::Money, say!(shell.money), "", None)}</li>
                    <li class="less">{nav_link(Route::Partners, say!(shell.partners), "", None)}</li>
                    {live(reports)}
                    <li class="less">{nav_link(Route::Settings, say!(shell.settings), "", None)}</li>
                    <li class="less">{guide::link()}</li>
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

fn link(route: Route, label: String, key: &'static str, count: Option<Signal<usize>>) -> AnyView {
    view! { <li>{nav_link(route, label, key, count)}</li> }.into_any()
}
