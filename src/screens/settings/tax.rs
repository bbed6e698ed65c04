//! *Tax and rounding*: the rates, whether prices contain the tax, and the smallest coin.

use super::setting_form::SettingForm;
use crate::components::{AmountField, Choice, Choices, TextField};
use crate::forms::settings::tax::{COIN, RATES, TaxDraft, written};
use crate::forms::typed_amount;
use crate::screens::{bind, context};
use crate::session::Session;
use crate::text::{money, say};
use ledger::entry::EntryKind;
use leptos::prelude::*;

/// The values of the options.
const INSIDE: &str = "inside";
const ON_TOP: &str = "on-top";

/// The section.
pub(super) fn section() -> AnyView {
    let form = SettingForm::new(
        "settings-tax",
        EntryKind::ShopChanged,
        |_| TaxDraft::new(Session::new_id(), Session::new_id()),
        TaxDraft::read,
    );
    let (session, draft) = (form.session, form.draft);
    let rates = form.setting(
        |draft| &draft.rates,
        |draft| &mut draft.rates,
        |shop, _| written(&shop.settings.tax.rates),
    );
    let coin = form.setting(
        |draft| &draft.coin,
        |draft| &mut draft.coin,
        |shop, currency| if shop.coin.is_zero() { String::new() } else { typed_amount(shop.coin, currency) },
    );
    let present =
        move || session.shop().with(|shop| shop.as_ref().is_some_and(|shop| shop.settings.tax.on_top));
    let mode = bind::text(
        move || {
            let on_top = draft.with(|draft| draft.on_top).unwrap_or_else(present);
            if on_top { ON_TOP } else { INSIDE }.to_owned()
        },
        move |picked| draft.update(|draft| draft.on_top = Some(picked == ON_TOP)),
    );
    let modes = vec![
        Choice::new(INSIDE, say!(settings.tax_inside)).hint(say!(settings.tax_inside_hint)),
        Choice::new(ON_TOP, say!(settings.tax_on_top)).hint(say!(settings.tax_on_top_hint)),
    ];
    let sign = money::sign(&context::currency(session));
    form.view(say!(settings.save), say!(settings.saved), view! {
        <TextField id=RATES.id() label=say!(settings.rates) hint=say!(settings.rates_hint) value=rates
            error=form.error(RATES)/>
        <Choices id="f-tax-mode" label=say!(settings.tax_mode) choices=modes value=mode across=true required=true/>
        <AmountField id=COIN.id() label=say!(settings.coin) hint=say!(settings.coin_hint) currency=sign value=coin
            error=form.error(COIN)/>
    }.into_any())
}
