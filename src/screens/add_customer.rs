//! *Add Customer*: a person or a company.

use crate::at::at;
use crate::components::{Button, Crumb, Crumbs, ErrorSummary, Heading, LinkButton, Look};
use crate::forms::customer::CustomerDraft;
use crate::route::Route;
use crate::screens::customer_fields::CustomerFields;
use crate::screens::form::Form;
use crate::screens::{context, draft_storage, links};
use crate::session::Session;
use crate::text::say;
use leptos::prelude::*;

/// The name of the draft in this tab.
const DRAFT: &str = "customer";

/// The form; the new customer's account opens at once.
#[component]
pub fn AddCustomer() -> AnyView {
    let session = context::session();
    let (draft, restored) = draft_storage::open(DRAFT, || CustomerDraft::new(Session::new_id()));
    let form = Form::new(session, context::currency(session), DRAFT.to_owned());
    form.follow(move || draft.with(|draft| draft.commands().err().unwrap_or_default()));
    let fields = CustomerFields { draft, form, own: StoredValue::new(None) };
    view! {
        <Crumbs crumbs=vec![Crumb::new(at(Route::Customers), say!(shell.customers))]/>
        <Heading text=say!(add_customer.title)/>
        <form class="form after-heading" novalidate on:submit=submit(draft, form)>
            {restored.notice(move || form.clear())}
            <ErrorSummary problems=form.problems()/>
            {fields.view()}
            <div class="actions">
                <Button label=say!(add_customer.save) look=Look::Primary submit=true/>
                <span on:click=move |_| form.forget()>
                    <LinkButton href=at(Route::Customers) label=say!(add_customer.cancel) look=Look::Quiet/>
                </span>
            </div>
        </form>
    }
    .into_any()
}

/// Records the customer and opens the new account, if the form was not left meanwhile.
fn submit(draft: RwSignal<CustomerDraft>, form: Form) -> impl Fn(web_sys::SubmitEvent) {
    let router = context::router();
    move |ev| {
        ev.prevent_default();
        let account = draft.with_untracked(|draft| links::customer(&draft.id));
        form.record(draft.with_untracked(CustomerDraft::commands), move |_| router.go(account));
    }
}
