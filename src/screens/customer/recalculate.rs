//! The menu of a customer: *Statement*, *Edit*, *Same as another customer*, and *Recalculate Account Balances*.

use super::page::CustomerPage;
use super::same::Same;
use crate::at::at;
use crate::components::MenuItem;
use crate::route::Route;
use crate::screens::{context, links};
use crate::text::{fault::fault, recalculated, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The items of the customer's menu; `said` takes what a recalculation found.
pub(super) fn menu(
    page: &CustomerPage,
    said: RwSignal<Option<String>>,
    same: Same,
) -> UnsyncCallback<(), Vec<MenuItem>> {
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
    UnsyncCallback::new(move |()| {
        let statement = MenuItem::link(say!(paper.print_statement), statement.clone());
        let edit = MenuItem::link(say!(customer.edit), edit.clone());
        let again = MenuItem::press(say!(recalculate.one), run.clone());
        [statement, edit].into_iter().chain(same.item()).chain([again]).collect()
    })
}
