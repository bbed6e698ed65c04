//! The fields of a customer, of *Add Customer* and *Edit*: what everyone has, address and tax number, and contact persons.

use crate::at::at;
use crate::components::{
    Button, CheckCard, Choice, Choices, Look, Select, TextArea, TextField, Value, focus_on,
};
use crate::forms::Field;
use crate::forms::customer::{
    ADDRESS, CARD_CUSTOMER, CARD_METHOD, CARD_SHOWN, CONTACT_EMAIL, CONTACT_NAME, CONTACT_PHONE,
    CONTACT_ROLE, CardDraft, ContactDraft, CustomerDraft, EMAIL, LANGUAGE, LANGUAGES, NAME, NO_MAIL, NOTE,
    PHONE, TAX_NUMBER,
};
use crate::route::Route;
use crate::screens::bind;
use crate::screens::confirmation::confirmation;
use crate::screens::form::Form;
use crate::screens::saved_cards::saved_cards;
use crate::session::{Alike, Session};
use crate::text::{language, say};
use ledger::entry::MAX_CONTACTS;
use ledger::id::Id;
use leptos::prelude::*;

const PERSON: &str = "person";
const COMPANY: &str = "company";

/// The form around a customer's fields, cheap to copy.
#[derive(Clone, Copy)]
pub struct CustomerFields {
    pub draft: RwSignal<CustomerDraft>,
    pub form: Form,
    /// The customer that is changed; `None` for a new one.
    pub own: StoredValue<Option<Id>>,
}

impl CustomerFields {
    /// All of them.
    pub fn view(self) -> AnyView {
        let Self { draft, form, .. } = self;
        let kind = bind::text(
            move || draft.with(|draft| if draft.company { COMPANY } else { PERSON }.to_owned()),
            move |picked| draft.update(|draft| draft.company = picked == COMPANY),
        );
        let kinds = vec![
            Choice::new(PERSON, say!(add_customer.person)),
            Choice::new(COMPANY, say!(add_customer.company)),
        ];
        let name = self.text(|draft| &draft.name, |draft| &mut draft.name);
        view! {
            <Choices id="f-kind" label=say!(add_customer.kind) choices=kinds value=kind across=true required=true/>
            <div>
                <TextField id=NAME.id() label=say!(add_customer.name) value=name error=form.error(NAME) required=true/>
            </div>
            <div class="pair">
                <TextField id=PHONE.id() label=say!(add_customer.phone) kind="tel"
                    value=self.text(|draft| &draft.phone, |draft| &mut draft.phone) error=form.error(PHONE)/>
                <TextField id=EMAIL.id() label=say!(add_customer.email) kind="email"
                    value=self.text(|draft| &draft.email, |draft| &mut draft.email) error=form.error(EMAIL)/>
            </div>
            {self.similar()}
            <TextArea id=NOTE.id() label=say!(add_customer.note) hint=say!(add_customer.note_hint)
                value=self.text(|draft| &draft.note, |draft| &mut draft.note) error=form.error(NOTE)/>
            {confirmation(form, NOTE, draft, |draft| &draft.note, say!(problems.not_a_card))}
            {self.more()}
            {self.contacts()}
            {self.card()}
        }
        .into_any()
    }

    /// The saved card of a customer who is changed, where the shop's server has a card processor or a card is saved.
    fn card(self) -> AnyView {
        let (draft, form) = (self.draft, self.form);
        let saved = draft.with_untracked(|draft| draft.card != CardDraft::default());
        let has_processor = crate::screens::context::session().sync().with_untracked(|sync| sync.refunds);
        if self.own.get_value().is_none() || !(saved || has_processor) {
            return ().into_any();
        }
        view! {
            <section class="stack close">
                <h2>{say!(charge.saved)}</h2>
                <p class="muted">{say!(charge.saved_hint)}</p>
                <div class="pair">
                    <TextField id=CARD_CUSTOMER.id() label=say!(charge.customer_id) hint=say!(charge.customer_id_hint)
                        value=self.text(|draft| &draft.card.customer, |draft| &mut draft.card.customer)
                        error=form.error(CARD_CUSTOMER)/>
                    <TextField id=CARD_METHOD.id() label=say!(charge.method_id) hint=say!(charge.method_id_hint)
                        value=self.text(|draft| &draft.card.method, |draft| &mut draft.card.method)
                        error=form.error(CARD_METHOD)/>
                </div>
                {has_processor.then(|| saved_cards(draft))}
                <TextField id=CARD_SHOWN.id() label=say!(charge.shown) hint=say!(charge.shown_hint)
                    value=self.text(|draft| &draft.card.shown, |draft| &mut draft.card.shown) error=form.error(CARD_SHOWN)/>
            </section>
        }
        .into_any()
    }

    fn text(
        self,
        read: fn(&CustomerDraft) -> &String,
        write: fn(&mut CustomerDraft) -> &mut String,
    ) -> Value<String> {
        let draft = self.draft;
        bind::text(
            move || draft.with(|draft| read(draft).clone()),
            move |typed| draft.update(|draft| *write(draft) = typed),
        )
    }

    /// Address, tax number and language: open from the start when one of them is known.
    fn more(self) -> AnyView {
        let form = self.form;
        let address = self.text(|draft| &draft.address, |draft| &mut draft.address);
        let tax_number = self.text(|draft| &draft.tax_number, |draft| &mut draft.tax_number);
        let tag = self.text(|draft| &draft.language, |draft| &mut draft.language);
        let draft = self.draft;
        let no_mail = Value::new(
            move || draft.with(|draft| draft.no_mail),
            move |checked| draft.update(|draft| draft.no_mail = checked),
        );
        let now = self.draft.with_untracked(|draft| draft.language.clone());
        let known = LANGUAGES.into_iter().chain((!LANGUAGES.contains(&now.as_str())).then_some(now.as_str()));
        let mut choices: Vec<Choice> =
            known.filter(|tag| !tag.is_empty()).map(|tag| Choice::new(tag, language(tag))).collect();
        choices.sort_by(|one, other| one.label.cmp(&other.label));
        choices.insert(0, Choice::new("", say!(add_customer.language_none)));
        view! {
            <TextArea id=ADDRESS.id() label=say!(add_customer.address) hint=say!(add_customer.address_hint)
                value=address error=form.error(ADDRESS)/>
            <div class="pair">
                <TextField id=TAX_NUMBER.id() label=say!(add_customer.tax_number) value=tax_number
                    error=form.error(TAX_NUMBER)/>
                <Select id=LANGUAGE.id() label=say!(add_customer.language) choices=choices value=tag/>
            </div>
            <CheckCard id=NO_MAIL.id() label=say!(add_customer.no_mail) hint=say!(add_customer.no_mail_hint) checked=no_mail/>
        }
        .into_any()
    }

    /// The contact persons of a company; also of a person who has some, because they were a company before.
    fn contacts(self) -> AnyView {
        let draft = self.draft;
        let shown = Memo::new(move |_| draft.with(|draft| draft.company || !draft.contacts.is_empty()));
        let keys = Memo::new(move |_| {
            draft.with(|draft| draft.contacts.iter().map(|contact| contact.key).collect::<Vec<_>>())
        });
        let add = move |()| {
            let added = draft.try_update(CustomerDraft::add_contact).flatten();
            added.into_iter().for_each(|key| focus_on(Field::of(CONTACT_NAME, key).id()));
        };
        let full = Signal::derive(move || {
            let is_full = keys.with(|keys| keys.len() >= MAX_CONTACTS);
            is_full.then(|| say!(add_customer.most_contacts, most = MAX_CONTACTS))
        });
        view! {
            <Show when=move || shown.get()>
                <section class="stack close contacts">
                    <h2>{say!(add_customer.contacts)}</h2>
                    <For each=move || keys.get() key=|key| *key children=move |key| self.contact(key)/>
                    <div id="add-contact" tabindex="-1"><Button label=say!(add_customer.add_contact) why_not=full on_press=add/></div>
                </section>
            </Show>
        }
        .into_any()
    }

    fn contact(self, key: u32) -> AnyView {
        let draft = self.draft;
        let number = Memo::new(move |_| {
            let at = draft.with(|draft| draft.contacts.iter().position(|contact| contact.key == key));
            at.map_or(0, |at| at + 1)
        });
        let remove = move |()| {
            draft.update(|draft| draft.remove_contact(key));
            focus_on("add-contact");
        };
        let at = |name| Field::of(name, key);
        let value = move |read: fn(&ContactDraft) -> &String, write: fn(&mut ContactDraft) -> &mut String| {
            let read = move |draft: &CustomerDraft| {
                draft.contacts.iter().find(|contact| contact.key == key).map(|contact| read(contact).clone())
            };
            bind::text(
                move || draft.with(read).unwrap_or_default(),
                move |typed| {
                    draft.update(|draft| {
                        let found = draft.contacts.iter_mut().find(|contact| contact.key == key);
                        found.into_iter().for_each(|contact| write(contact).clone_from(&typed));
                    });
                },
            )
        };
        let wrong = move |name| self.form.error(Field::of(name, key));
        let label = Signal::derive(move || say!(add_customer.remove_contact, number = number.get()));
        view! {
            <fieldset class="contact">
                <legend class="heard">{move || say!(add_customer.contact, number = number.get())}</legend>
                <TextField id=at(CONTACT_NAME).id() label=say!(add_customer.contact_name) error=wrong(CONTACT_NAME)
                    value=value(|contact| &contact.name, |contact| &mut contact.name) required=true/>
                <TextField id=at(CONTACT_ROLE).id() label=say!(add_customer.contact_role) error=wrong(CONTACT_ROLE)
                    value=value(|contact| &contact.role, |contact| &mut contact.role)/>
                <TextField id=at(CONTACT_PHONE).id() label=say!(add_customer.contact_phone) error=wrong(CONTACT_PHONE)
                    value=value(|contact| &contact.phone, |contact| &mut contact.phone) kind="tel"/>
                <TextField id=at(CONTACT_EMAIL).id() label=say!(add_customer.contact_email) error=wrong(CONTACT_EMAIL)
                    value=value(|contact| &contact.email, |contact| &mut contact.email) kind="email"/>
                <Button label=label look=Look::Quiet on_press=remove/>
            </fieldset>
        }
        .into_any()
    }

    /// Says which customer may be the same person, to avoid duplicates. Nothing is merged.
    fn similar(self) -> AnyView {
        let (draft, own) = (self.draft, self.own);
        let customers = expect_context::<Session>().customers();
        let found = Memo::new(move |_| {
            let typed = draft.with(|draft| [&draft.name, &draft.phone, &draft.email].map(Clone::clone));
            let typed = [typed[0].as_str(), typed[1].as_str(), typed[2].as_str()];
            customers.with(|customers| {
                let (row, alike) = own.with_value(|own| customers.double_of(typed, own.as_ref()))?;
                Some((at(Route::Customer(row.id.clone())), row.name.clone(), alike))
            })
        });
        let is_new = own.with_value(Option::is_none);
        let note = move |(href, name, alike): (String, String, Alike)| {
            let open = say!(add_customer.similar_open, name = name);
            let says = match (is_new, alike) {
                (true, Alike::Name) => say!(add_customer.similar),
                (true, Alike::Phone) => say!(add_customer.similar_phone),
                (true, Alike::Email) => say!(add_customer.similar_email),
                (false, Alike::Name) => say!(add_customer.similar_edit),
                (false, Alike::Phone) => say!(add_customer.similar_phone_edit),
                (false, Alike::Email) => say!(add_customer.similar_email_edit),
            };
            view! { <p class="note warn small">{says}" · "<a href=href>{open}</a></p> }
        };
        view! { <div role="status">{move || found.get().map(note)}</div> }.into_any()
    }
}
