//! *Details*: what is known of a customer, and where it is changed.

use super::page::CustomerPage;
use crate::at::at;
use crate::components::{Column, LinkButton, Table, swap};
use crate::screens::links;
use crate::text::{language, say};
use ledger::account::CustomerDetails;
use ledger::entry::{Contact, SavedCard};
use ledger::view::account::AccountView;
use leptos::prelude::*;

pub(super) fn details(page: &CustomerPage) -> AnyView {
    let (view, href) = (page.view, at(links::edit_customer(&page.id)));
    let known = Memo::new(move |_| view.with(|view| view.as_deref().map(Known::of)));
    view! {
        <section class="stack close details">
            {swap(known, |known| known.map(shown).into_any())}
            <div><LinkButton href=href label=say!(customer.edit)/></div>
        </section>
    }
    .into_any()
}

/// The fields with their names, and the contact persons.
#[derive(Clone, PartialEq)]
struct Known {
    fields: Vec<(String, String)>,
    contacts: Vec<Contact>,
}

impl Known {
    fn of(view: &AccountView) -> Self {
        let CustomerDetails { address, tax_number, language: tag, contacts, no_mail } = &view.details;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let speaks = if tag.is_empty() { String::new() } else { language(tag) };
        let fields = [
            (say!(customer.name), view.customer.name.clone()),
            (say!(customer.phone), text(&view.customer.phone)),
            (say!(customer.email), text(&view.customer.email)),
            (say!(customer.address), address.clone()),
            (say!(customer.tax_number), tax_number.clone()),
            (say!(customer.language), speaks),
            (say!(customer.mail), if *no_mail { say!(customer.no_mail) } else { String::new() }),
            (say!(charge.saved), card(view)),
            (say!(customer.notes), text(&view.note)),
        ];
        Self {
            fields: fields.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
            contacts: contacts.clone(),
        }
    }
}

/// What is shown of the saved card, or else that there is one.
fn card(view: &AccountView) -> String {
    let shown = |card: &SavedCard| card.shown.clone().unwrap_or_else(|| card.method.clone());
    view.card.as_ref().map(shown).unwrap_or_default()
}

fn shown(known: Known) -> AnyView {
    let Known { fields, contacts } = known;
    let field = |(name, value): (String, String)| view! { <dt>{name}</dt><dd class="lines">{value}</dd> };
    let people = (!contacts.is_empty()).then(|| {
        let columns = vec![
            Column::new(say!(add_customer.contact_name)),
            Column::new(say!(add_customer.contact_role)).wide(),
            Column::new(say!(add_customer.contact_phone)),
            Column::new(say!(add_customer.contact_email)).wide(),
        ];
        let rows = contacts.into_iter().map(person).collect_view();
        view! {
            <h2>{say!(customer.contacts)}</h2>
            <Table caption=say!(customer.contacts) columns=columns>{rows}</Table>
        }
    });
    view! { <dl class="facts">{fields.into_iter().map(field).collect_view()}</dl>{people} }.into_any()
}

fn person(contact: Contact) -> AnyView {
    let Contact { name, role, phone, email } = contact;
    let sub = [role.clone(), email.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <tr>
            <th scope="row">{name}<span class="sub">{sub}</span></th>
            <td class="wide">{role}</td>
            <td>{phone}</td>
            <td class="wide">{email}</td>
        </tr>
    }
    .into_any()
}
