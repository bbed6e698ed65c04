//! *Shop*: name, address, tax number and logo; the example shop, and the way back.

use super::setting_form::SettingForm;
use super::{example, logo};
use crate::components::{TextArea, TextField, live};
use crate::forms::settings::shop::{ADDRESS, CONTACT, NAME, ShopDraft, TAX_NUMBER};
use crate::screens::context;
use crate::screens::shell::actor_name;
use crate::session::Session;
use crate::text::say;
use ledger::entry::EntryKind;
use leptos::prelude::*;

/// The section.
pub(super) fn section() -> AnyView {
    let session = context::session();
    let here = session.this_device();
    let currency = move || context::currency(session).code;
    view! {
        {details()}
        {super::part(say!(settings.logo), logo::logo())}
        {super::part(say!(settings.this_counter), view! {
            <dl class="facts">
                <dt>{say!(settings.currency)}</dt><dd>{live(currency)}</dd>
                <dt>{say!(settings.counter)}</dt><dd>{move || here.with(|here| here.letter.clone())}</dd>
                <dt>{say!(settings.you)}</dt><dd>{actor_name()}</dd>
            </dl>
        }.into_any())}
        {super::part(say!(settings.example), example::example())}
    }
    .into_any()
}

fn details() -> AnyView {
    let form = SettingForm::new(
        "settings-shop",
        EntryKind::ShopChanged,
        |_| ShopDraft::new(Session::new_id()),
        |draft, shop, _| draft.read(shop),
    );
    let name = form.setting(|draft| &draft.name, |draft| &mut draft.name, |shop, _| shop.name.clone());
    let address = form.setting(
        |draft| &draft.address,
        |draft| &mut draft.address,
        |shop, _| shop.settings.address.clone(),
    );
    let contact = form.setting(
        |draft| &draft.contact,
        |draft| &mut draft.contact,
        |shop, _| shop.settings.contact.clone(),
    );
    let tax_number = form.setting(
        |draft| &draft.tax_number,
        |draft| &mut draft.tax_number,
        |shop, _| shop.settings.tax_number.clone(),
    );
    form.view(say!(settings.save), say!(settings.saved), view! {
        <TextField id=NAME.id() label=say!(settings.name) value=name error=form.error(NAME) required=true/>
        <TextArea id=ADDRESS.id() label=say!(settings.address) hint=say!(settings.address_hint) value=address
            error=form.error(ADDRESS)/>
        <TextField id=CONTACT.id() label=say!(settings.contact) hint=say!(settings.contact_hint) value=contact
            error=form.error(CONTACT)/>
        <TextField id=TAX_NUMBER.id() label=say!(settings.tax_number) value=tax_number error=form.error(TAX_NUMBER)/>
    }.into_any())
}
