//! *Add Customer*: a person or a company.

use crate::at::at;
use crate::components::{
    Button, Choice, Choices, Crumb, Crumbs, ErrorSummary, Heading, LinkButton, Look, TextArea, TextField,
};
use crate::forms::customer::{CustomerDraft, EMAIL, NAME, NOTE, PHONE};
use crate::route::Route;
use crate::screens::confirmation::confirmation;
use crate::screens::form::Form;
use crate::screens::{bind, context, draft_storage, links};
use crate::session::{Alike, Session};
use crate::text::say;
use leptos::prelude::*;

const PERSON: &str = "person";
const COMPANY: &str = "company";
/// The name of the draft in this tab.
const DRAFT: &str = "customer";

/// The form; the new customer's account opens at once.
#[component]
pub fn AddCustomer() -> AnyView {
    let session = context::session();
    let (draft, restored) = draft_storage::open(DRAFT, || CustomerDraft::new(Session::new_id()));
    let form = Form::new(session, context::currency(session), DRAFT.to_owned());
    form.follow(move || draft.with(|draft| draft.command().err().unwrap_or_default()));
    view! {
        <Crumbs crumbs=vec![Crumb::new(at(Route::Customers), say!(shell.customers))]/>
        <Heading text=say!(add_customer.title)/>
        <form class="form after-heading" novalidate on:submit=submit(draft, form)>
            {restored.notice(move || form.clear())}
            <ErrorSummary problems=form.problems()/>
            {fields(draft, form)}
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

fn fields(draft: RwSignal<CustomerDraft>, form: Form) -> AnyView {
    let text = |read: fn(&CustomerDraft) -> &String, write: fn(&mut CustomerDraft) -> &mut String| {
        bind::text(
            move || draft.with(|draft| read(draft).clone()),
            move |typed| draft.update(|draft| *write(draft) = typed),
        )
    };
    let kind = bind::text(
        move || draft.with(|draft| if draft.company { COMPANY } else { PERSON }.to_owned()),
        move |picked| draft.update(|draft| draft.company = picked == COMPANY),
    );
    let kinds = vec![
        Choice::new(PERSON, say!(add_customer.person)),
        Choice::new(COMPANY, say!(add_customer.company)),
    ];
    let name = text(|draft| &draft.name, |draft| &mut draft.name);
    view! {
        <Choices id="f-kind" label=say!(add_customer.kind) choices=kinds value=kind across=true required=true/>
        <div>
            <TextField id=NAME.id() label=say!(add_customer.name) value=name error=form.error(NAME) required=true/>
        </div>
        <div class="pair">
            <TextField id=PHONE.id() label=say!(add_customer.phone) kind="tel"
                value=text(|draft| &draft.phone, |draft| &mut draft.phone) error=form.error(PHONE)/>
            <TextField id=EMAIL.id() label=say!(add_customer.email) kind="email"
                value=text(|draft| &draft.email, |draft| &mut draft.email) error=form.error(EMAIL)/>
        </div>
        {similar(draft)}
        <TextArea id=NOTE.id() label=say!(add_customer.note) hint=say!(add_customer.note_hint)
            value=text(|draft| &draft.note, |draft| &mut draft.note) error=form.error(NOTE)/>
        {confirmation(form, NOTE, draft, |draft| &draft.note, say!(problems.not_a_card))}
    }
    .into_any()
}

/// Says which customer may be the same person, to avoid duplicates. Nothing is merged.
fn similar(draft: RwSignal<CustomerDraft>) -> AnyView {
    let customers = expect_context::<Session>().customers();
    let found = Memo::new(move |_| {
        let typed = draft.with(|draft| [&draft.name, &draft.phone, &draft.email].map(Clone::clone));
        let [name, phone, email] = &typed;
        customers.with(|customers| {
            let (row, alike) = customers.double_of(name, phone, email)?;
            Some((at(Route::Customer(row.id.clone())), row.name.clone(), alike))
        })
    });
    let note = move |(href, name, alike): (String, String, Alike)| {
        let open = say!(add_customer.similar_open, name = name);
        let says = match alike {
            Alike::Name => say!(add_customer.similar),
            Alike::Phone => say!(add_customer.similar_phone),
            Alike::Email => say!(add_customer.similar_email),
        };
        view! { <p class="note warn small">{says}" · "<a href=href>{open}</a></p> }
    };
    view! { <div role="status">{move || found.get().map(note)}</div> }.into_any()
}

/// Records the customer and opens the new account, if the form was not left meanwhile.
fn submit(draft: RwSignal<CustomerDraft>, form: Form) -> impl Fn(web_sys::SubmitEvent) {
    let router = context::router();
    move |ev| {
        ev.prevent_default();
        let account = draft.with_untracked(|draft| links::customer(&draft.id));
        let read = draft.with_untracked(CustomerDraft::command);
        form.record(read.map(|command| vec![command]), move |_| router.go(account));
    }
}
