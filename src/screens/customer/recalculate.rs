//! *Recalculate Account Balances* for the customer of the page.

use super::page::CustomerPage;
use crate::at::at;
use crate::components::{MenuItem, RowMenu};
use crate::route::Route;
use crate::screens::context;
use crate::text::{fault::fault, recalculated, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The menu of the customer, and what was found.
pub(super) fn menu(page: &CustomerPage, said: RwSignal<Option<String>>) -> AnyView {
    let (session, customer) = (context::session(), page.id.clone());
    let name = context::row(session, customer.clone());
    let run = move || {
        let customer = customer.clone();
        let name = name.get_untracked().map(|row| row.name).unwrap_or_default();
        said.set(None);
        spawn_local(async move {
            let outcome = match session.recalculate(&customer).await {
                Ok(found) => recalculated::one(&found, name, &context::currency(session)),
                Err(why) => fault(&why),
            };
            said.try_set(Some(outcome));
        });
    };
    let statement = MenuItem::link(say!(paper.print_statement), at(Route::Statement(page.id.clone())));
    let items = vec![statement, MenuItem::press(say!(recalculate.one), run)];
    let label = Signal::derive(move || {
        say!(parts.actions_for, name = name.get().map(|row| row.name).unwrap_or_default())
    });
    view! { <RowMenu label=label.get_untracked() items=items/> }.into_any()
}
