//! *Edit* of a customer: the fields as they are recorded; only what differs is recorded again.

use crate::at::at;
use crate::components::{Button, Crumb, Crumbs, Empty, ErrorSummary, Heading, LinkButton, Look, swap};
use crate::forms::customer::CustomerDraft;
use crate::route::Route;
use crate::screens::customer_fields::CustomerFields;
use crate::screens::form::Form;
use crate::screens::{context, draft_storage, links};
use crate::session::{Loaded, Session};
use crate::text::say;
use ledger::id::Id;
use ledger::view::account::AccountView;
use leptos::prelude::*;
use std::sync::Arc;

/// The screen at `/customers/:c/edit`.
#[component]
pub fn EditCustomer() -> AnyView {
    let customer = context::customer();
    swap(customer, |customer| customer.map_or_else(missing, of))
}

fn of(customer: Id) -> AnyView {
    let account = context::session().account(customer.clone());
    // What changes while the form is open does not change what is typed.
    let state = Memo::new(move |_| {
        account.with(|account| match account {
            Loaded::Ready(_) => Some(true),
            Loaded::Missing => Some(false),
            Loaded::Pending => None,
        })
    });
    swap(state, move |state| match (state, account.get_untracked()) {
        (Some(true), Loaded::Ready(view)) => form(&customer, &view),
        (Some(false), _) => missing(),
        _ => ().into_any(),
    })
}

fn form(customer: &Id, view: &Arc<AccountView>) -> AnyView {
    let session = context::session();
    let name = format!("edit-{customer}");
    let was = StoredValue::new(CustomerDraft::of(Session::new_id(), view));
    let (draft, restored) = draft_storage::open(&name, move || was.get_value());
    let form = Form::new(session, context::currency(session), name);
    let own = StoredValue::new(Some(customer.clone()));
    let read = move |draft: &CustomerDraft| {
        let customer = own.get_value().unwrap_or_else(|| draft.id.clone());
        was.with_value(|was| draft.changes(&customer, was))
    };
    form.follow(move || draft.with(|draft| read(draft).err().unwrap_or_default()));
    let router = context::router();
    let back = links::customer(customer);
    let submit = {
        let back = back.clone();
        move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            let back = back.clone();
            match draft.with_untracked(read) {
                Ok(commands) if commands.is_empty() => {
                    form.forget();
                    router.go(back);
                }
                read => form.record(read, move |_| router.go(back)),
            }
        }
    };
    let fields = CustomerFields { draft, form, own };
    let crumbs = vec![
        Crumb::new(at(Route::Customers), say!(shell.customers)),
        Crumb::new(at(back.clone()), view.customer.name.clone()),
    ];
    view! {
        <Crumbs crumbs=crumbs/>
        <Heading text=say!(add_customer.edit_title, name = view.customer.name.clone())/>
        <form class="form after-heading" novalidate on:submit=submit>
            {restored.notice(move || form.clear())}
            <ErrorSummary problems=form.problems()/>
            {fields.view()}
            <div class="actions">
                <Button label=say!(add_customer.save_changes) look=Look::Primary submit=true/>
                <span on:click=move |_| form.forget()>
                    <LinkButton href=at(back) label=say!(add_customer.cancel) look=Look::Quiet/>
                </span>
            </div>
        </form>
    }
    .into_any()
}

fn missing() -> AnyView {
    view! {
        <Empty title=say!(customer.missing) says=say!(customer.missing_hint)>
            <LinkButton href=at(Route::Customers) label=say!(customer.find)/>
        </Empty>
    }
    .into_any()
}
