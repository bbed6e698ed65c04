//! *Reasons*: those that every shop has, and those that the shop adds.

use super::setting_form::{RowForm, SettingForm, why_not};
use crate::components::{Column, MenuItem, RowMenu, Table, TextField, live};
use crate::forms::Reason;
use crate::forms::settings::lists::{NameDraft, REASON, remove_reason};
use crate::session::Session;
use crate::text::{reasons, say};
use ledger::entry::EntryKind;
use leptos::prelude::*;

/// The section.
pub(super) fn section() -> AnyView {
    let form = SettingForm::new(
        "settings-reason",
        EntryKind::ShopChanged,
        |_| NameDraft::new(Session::new_id()),
        |draft, shop, _| draft.reason(shop),
    );
    let rows = RowForm::new("settings-reasons");
    let session = form.session;
    let own = Memo::new(move |_| {
        let open = why_not(session, EntryKind::ShopChanged).is_none();
        let own = session.shop().with(|shop| shop.as_ref().map(|shop| shop.settings.reasons.clone()));
        (own.unwrap_or_default(), open)
    });
    let built_in =
        Reason::ALL.into_iter().map(|reason| row(reasons::choice(reason), ().into_any())).collect_view();
    let added = move || {
        let (own, open) = own.get();
        own.into_iter().map(|reason| row(reason.clone(), menu(rows, reason, open))).collect_view()
    };
    let columns = vec![Column::new(say!(reasons.label)), Column::new(say!(customer.actions)).heard()];
    let text = form.text(|draft| &draft.name, |draft| &mut draft.name);
    let fields = view! {
        <TextField id=REASON.id() label=say!(settings.reason) hint=say!(settings.reason_hint) value=text
            error=form.error(REASON) required=true/>
    };
    view! {
        <p>{say!(settings.reasons_says)}</p>
        {rows.problems()}
        <Table caption=say!(settings.reasons) columns=columns>{built_in}{live(added)}</Table>
        {super::part(say!(settings.add_reason), form.view(say!(settings.add_reason), say!(settings.added), fields.into_any()))}
    }
    .into_any()
}

fn row(name: String, menu: AnyView) -> AnyView {
    view! { <tr><th scope="row">{name}</th><td class="num">{menu}</td></tr> }.into_any()
}

fn menu(rows: RowForm, reason: String, open: bool) -> AnyView {
    let (id, name) = (Session::new_id(), reason.clone());
    let remove = move || rows.press(|shop| remove_reason(&id, shop, &reason));
    let items = if open { vec![MenuItem::press(say!(settings.remove), remove)] } else { Vec::new() };
    view! { <RowMenu label=say!(parts.actions_for, name = name) items=items/> }.into_any()
}
