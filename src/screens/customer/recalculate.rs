//! The menu of a customer: *Statement*, *Edit*, *Same as another customer*, and *Recalculate Account Balances*.

use super::page::CustomerPage;
use super::same::Same;
use crate::at::at;
use crate::components::{MenuItem, RowMenu, live};
use crate::route::Route;
use crate::screens::{context, links};
use crate::text::{fault::fault, recalculated, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The menu of the customer, and what was found.
pub(super) fn menu(page: &CustomerPage, said: RwSignal<Option<String>>, same: Same) -> AnyView {
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
    let edit = at(links::edit_customer(&page.id));
    let statement = at(Route::Statement(page.id.clone()));
    live(move || {
        let name = name.get().map(|row| row.name).unwrap_or_default();
        let statement = MenuItem::link(say!(paper.print_statement), statement.clone());
        let edit = MenuItem::link(say!(customer.edit), edit.clone());
        let items = [statement, edit]
            .into_iter()
            .chain(same.item())
            .chain([MenuItem::press(say!(recalculate.one), run.clone())]);
        view! { <RowMenu label=say!(parts.actions_for, name = name) items=items.collect()/> }
    })
}
