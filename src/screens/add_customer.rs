//! *Add Customer*: a person or a company.

use crate::at::at;
use crate::components::{
    Button, Choice, Choices, Crumb, Crumbs, ErrorSummary, Heading, Look, Problem, TextArea, TextField,
};
use crate::forms::customer::{CustomerDraft, EMAIL, NAME, NOTE, PHONE};
use crate::forms::{self, Field};
use crate::normalize::normalize;
use crate::router::Router;
use crate::session::Session;
use crate::text::{fault::not_recorded, say};
use ledger::id::Id;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The texts of the form, and the id created when it opened.
#[derive(Clone, Copy)]
struct Texts {
    id: StoredValue<Id>,
    kind: RwSignal<String>,
    name: RwSignal<String>,
    phone: RwSignal<String>,
    email: RwSignal<String>,
    note: RwSignal<String>,
}

impl Texts {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        let (id, kind) = (StoredValue::new(Session::new_id()), RwSignal::new("person".to_owned()));
        Self { id, kind, name: empty(), phone: empty(), email: empty(), note: empty() }
    }

    fn draft(self) -> CustomerDraft {
        CustomerDraft {
            id: self.id.get_value(),
            company: self.kind.get_untracked() == "company",
            name: self.name.get_untracked(),
            phone: self.phone.get_untracked(),
            email: self.email.get_untracked(),
            note: self.note.get_untracked(),
        }
    }
}

/// The form; the new customer's account opens at once.
#[component]
pub fn AddCustomer() -> AnyView {
    let texts = Texts::new();
    let problems = RwSignal::new(Vec::<Problem>::new());
    let wrong = move |field: Field| Signal::derive(move || says(problems, &field));
    let kinds = vec![
        Choice::new("person", say!(add_customer.person)),
        Choice::new("company", say!(add_customer.company)),
    ];
    view! {
        <Crumbs crumbs=vec![Crumb::new(at("/customers"), say!(shell.customers))]/>
        <Heading text=say!(add_customer.title)/>
        <form class="form after-heading" novalidate on:submit=submit(texts, problems)>
            <ErrorSummary problems=problems/>
            <Choices id="f-kind" label=say!(add_customer.kind) choices=kinds value=texts.kind across=true required=true/>
            <div>
                <TextField id=NAME.id() label=say!(add_customer.name) value=texts.name error=wrong(NAME) required=true/>
                {similar(texts.name)}
            </div>
            <div class="pair">
                <TextField id=PHONE.id() label=say!(add_customer.phone) value=texts.phone error=wrong(PHONE) kind="tel"/>
                <TextField id=EMAIL.id() label=say!(add_customer.email) value=texts.email error=wrong(EMAIL) kind="email"/>
            </div>
            <TextArea id=NOTE.id() label=say!(add_customer.note) hint=say!(add_customer.note_hint) value=texts.note error=wrong(NOTE)/>
            <div class="actions"><Button label=say!(add_customer.save) look=Look::Primary submit=true/></div>
        </form>
    }
    .into_any()
}

/// Lists customers with exactly the same name, to avoid duplicates.
fn similar(name: RwSignal<String>) -> AnyView {
    let customers = expect_context::<Session>().customers();
    let found = Memo::new(move |_| {
        let typed = normalize(name.read().trim());
        let customers = customers.get();
        let same = (typed.len() > 1)
            .then(|| customers.matching(&typed).into_iter().find(|row| normalize(&row.name) == typed));
        same.flatten().map(|row| (at(format!("/customers/{}", row.id)), row.name.clone()))
    });
    let note = move |(href, name): (String, String)| {
        let open = say!(add_customer.similar_open, name = name);
        view! { <p class="note warn small">{say!(add_customer.similar)}" · "<a href=href>{open}</a></p> }
    };
    view! { <div role="status">{move || found.get().map(note)}</div> }.into_any()
}

fn says(problems: RwSignal<Vec<Problem>>, field: &Field) -> Option<String> {
    let id = field.id();
    problems.with(|all| {
        all.iter().find(|problem| problem.field.as_ref() == Some(&id)).map(|found| found.says.clone())
    })
}

/// Parses the form, records the customer, and opens the new account.
fn submit(texts: Texts, problems: RwSignal<Vec<Problem>>) -> impl Fn(web_sys::SubmitEvent) {
    let session = expect_context::<Session>();
    let router = expect_context::<Router>();
    move |ev| {
        ev.prevent_default();
        let command = match texts.draft().command() {
            Ok(command) => command,
            Err(errors) => {
                let problem = |(field, problem): &(Field, _)| Problem::at(field.id(), words(problem));
                return problems.set(errors.iter().map(problem).collect());
            }
        };
        let account = format!("/customers/{}", command.id);
        spawn_local(async move {
            match session.record(command).await {
                Ok(_) => router.go(&account),
                Err(why) => {
                    let currency = session.shop().get_untracked().and_then(|shop| shop.currency.clone());
                    let says = currency.map(|currency| not_recorded(&why, &currency));
                    problems.try_set(says.into_iter().map(Problem::whole).collect());
                }
            }
        });
    }
}

fn words(problem: &forms::Problem) -> String {
    match problem {
        forms::Problem::NotAnEmail => say!(add_customer.bad_email),
        forms::Problem::TooLong { most, found } => say!(add_customer.too_long, most = *most, found = *found),
        forms::Problem::CardNumber => say!(add_customer.card),
        _ => say!(add_customer.need_name),
    }
}
