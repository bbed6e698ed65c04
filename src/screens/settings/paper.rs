//! *Receipts and paper*: what receipts say above and below their lines, and how their head looks.

use super::setting_form::SettingForm;
use crate::components::{TextArea, live};
use crate::forms::settings::shop::{FOOT, HEAD, ShopDraft};
use crate::session::Session;
use crate::text::say;
use ledger::entry::EntryKind;
use ledger::shop::Shop;
use leptos::prelude::*;

/// The section.
pub(super) fn section() -> AnyView {
    let form = SettingForm::new(
        "settings-paper",
        EntryKind::ShopChanged,
        |_| ShopDraft::new(Session::new_id()),
        |draft, shop, _| draft.read(shop),
    );
    let head = form.setting(
        |draft| &draft.receipt_head,
        |draft| &mut draft.receipt_head,
        |shop, _| shop.settings.receipt_head.clone(),
    );
    let foot = form.setting(
        |draft| &draft.receipt_foot,
        |draft| &mut draft.receipt_foot,
        |shop, _| shop.settings.receipt_foot.clone(),
    );
    let shop = form.session.shop();
    let slip = move || shop.with(|shop| shop.as_ref().map(|shop| slip(shop, &head.get(), &foot.get())));
    let fields = view! {
        <TextArea id=HEAD.id() label=say!(settings.receipt_head) hint=say!(settings.receipt_head_hint) value=head
            error=form.error(HEAD)/>
        <TextArea id=FOOT.id() label=say!(settings.receipt_foot) hint=say!(settings.receipt_foot_hint) value=foot
            error=form.error(FOOT)/>
    };
    let form = form.view(say!(settings.save), say!(settings.saved), fields.into_any());
    view! { {form}{super::part(say!(settings.slip), view! { {live(slip)} }.into_any())} }.into_any()
}

/// A receipt of 80 mm with these texts; its lines are left out.
fn slip(shop: &Shop, head: &str, foot: &str) -> AnyView {
    let settings = &shop.settings;
    let text = |text: &str| (!text.trim().is_empty()).then(|| view! { <p>{text.to_owned()}</p> });
    let logo = &shop.catalogue.logo;
    let logo =
        (!logo.is_none()).then(|| view! { <img src=logo.address().to_owned() alt=say!(settings.logo)/> });
    view! {
        <div class="slip-sample">
            {logo}
            <p><b>{shop.name.clone()}</b></p>
            {text(&settings.address)}
            {text(&settings.contact)}
            {text(&settings.tax_number)}
            {text(head)}
            <hr/>
            <p class="slip-lines">{say!(settings.slip_lines)}</p>
            <hr/>
            {text(foot)}
        </div>
    }
    .into_any()
}
