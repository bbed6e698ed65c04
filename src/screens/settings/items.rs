//! *Items*: what the shop sells, with price, tax and code.

use super::setting_form::{RowForm, SettingForm, why_not};
use crate::components::{
    AmountField, Button, Choice, Column, MenuItem, RowMenu, Select, Table, TextField, focus_on, live,
};
use crate::forms::order::TaxChoice;
use crate::forms::settings::item::{CODE, ItemDraft, NAME, PRICE, RATE, withdraw};
use crate::normalize::searchable;
use crate::screens::import::offer;
use crate::screens::{bind, context, items};
use crate::session::Session;
use crate::text::{counted, money, say};
use ledger::entry::{EntryKind, SetItem};
use ledger::money::Currency;
use leptos::prelude::*;

/// The rows that are drawn at first, and by how much *Show more* multiplies them.
const FIRST: usize = 50;
const MORE: usize = 4;

/// The values of the options for tax.
const TAXES: [(&str, TaxChoice); 3] =
    [("none", TaxChoice::None), ("inside", TaxChoice::Inside), ("on-top", TaxChoice::OnTop)];

/// The section.
pub(super) fn section() -> AnyView {
    let form = SettingForm::new(
        "settings-item",
        EntryKind::ItemSet,
        |shop| ItemDraft::new(Session::new_id(), &shop.settings.tax),
        |draft, shop, currency| draft.read(&shop.catalogue, currency),
    );
    let draft = form.draft;
    let changes = Memo::new(move |_| draft.with(|draft| draft.item.is_some()));
    let title = move || if changes.get() { say!(items.change) } else { say!(items.add) };
    view! {
        <p>{say!(items.says)}</p>
        {list(form)}
        <section class="subsection">
            <h3>{title}</h3>
            {live(move || editor(form, changes.get()))}
        </section>
    }
    .into_any()
}

fn editor(form: SettingForm<ItemDraft>, changes: bool) -> AnyView {
    let draft = form.draft;
    let tax = bind::text(
        move || draft.with(|draft| word(draft.tax).to_owned()),
        move |picked| {
            if let Some((_, tax)) = TAXES.into_iter().find(|(word, _)| *word == picked) {
                draft.update(|draft| draft.tax = tax);
            }
        },
    );
    let taxed = Memo::new(move |_| draft.with(|draft| draft.tax != TaxChoice::None));
    let taxes = vec![
        Choice::new(word(TaxChoice::None), say!(add_order.no_tax)),
        Choice::new(word(TaxChoice::Inside), say!(add_order.inside)),
        Choice::new(word(TaxChoice::OnTop), say!(add_order.on_top)),
    ];
    let sign = money::sign(&context::currency(form.session));
    let name = form.text(|draft| &draft.name, |draft| &mut draft.name);
    let code = form.text(|draft| &draft.code, |draft| &mut draft.code);
    let price = form.text(|draft| &draft.price, |draft| &mut draft.price);
    let rate = form.text(|draft| &draft.rate, |draft| &mut draft.rate);
    let (label, done) = match changes {
        true => (say!(items.save), say!(settings.saved)),
        false => (say!(items.add), say!(settings.added)),
    };
    let fields = view! {
        <TextField id=NAME.id() label=say!(items.name) value=name error=form.error(NAME) required=true/>
        <div class="pair">
            <AmountField id=PRICE.id() label=say!(items.price) hint=say!(items.price_hint) currency=sign value=price
                error=form.error(PRICE)/>
            <TextField id=CODE.id() label=say!(items.code) hint=say!(items.code_hint) value=code error=form.error(CODE)/>
        </div>
        <div class="pair">
            <Select id="f-item-tax" label=say!(items.tax) choices=taxes value=tax required=true/>
            <Show when=move || taxed.get()>
                <TextField id=RATE.id() label=say!(add_order.rate) value=rate error=form.error(RATE)
                    keyboard="decimal" required=true/>
            </Show>
        </div>
    };
    let cancel =
        changes.then(|| view! { <Button label=say!(people.cancel) on_press=move |()| form.start_afresh()/> });
    view! { {form.view(label, done, fields.into_any())}{cancel} }.into_any()
}

const fn word(tax: TaxChoice) -> &'static str {
    match tax {
        TaxChoice::None => TAXES[0].0,
        TaxChoice::Inside => TAXES[1].0,
        TaxChoice::OnTop => TAXES[2].0,
    }
}

/// The items that a filter lets through, those that are sold first.
fn found(session: Session, filter: &str) -> Vec<SetItem> {
    let wanted = searchable(filter);
    let fits = |item: &SetItem| {
        wanted.is_empty()
            || searchable(&item.name).contains(&wanted)
            || item.code.as_ref().is_some_and(|code| searchable(code).starts_with(&wanted))
    };
    items::with_catalogue(session, |catalogue| {
        let withdrawn = catalogue.items.values().filter(|item| item.withdrawn);
        catalogue.sold().chain(withdrawn).filter(|item| fits(item)).cloned().collect()
    })
}

fn list(form: SettingForm<ItemDraft>) -> AnyView {
    let session = form.session;
    let (filter, limit) = (RwSignal::new(String::new()), RwSignal::new(FIRST));
    let rows = RowForm::new("settings-items");
    let currency = StoredValue::new(context::currency(session));
    let all = Memo::new(move |_| filter.with(|filter| found(session, filter)));
    let may = Memo::new(move |_| why_not(session, EntryKind::ItemSet).is_none());
    let lines = move || {
        let (limit, may) = (limit.get(), may.get());
        all.with(|all| {
            currency.with_value(|currency| {
                all.iter().take(limit).map(|item| row(form, rows, item, may, currency)).collect_view()
            })
        })
    };
    let count = move || counted!(items.count, all.with(Vec::len));
    let more = move || {
        (all.with(Vec::len) > limit.get()).then(|| {
        view! { <div class="actions"><Button label=say!(customers.more) on_press=move |()| limit.update(|limit| *limit *= MORE)/></div> }
    })
    };
    let any = Memo::new(move |_| items::with_catalogue(session, |catalogue| !catalogue.items.is_empty()));
    let columns = || {
        vec![
            Column::new(say!(items.name)),
            Column::new(say!(items.code)).wide(),
            Column::num(say!(items.price)),
            Column::new(say!(customer.actions)).heard(),
        ]
    };
    let table = move || match any.get() {
        false => view! {
            <p class="muted">{say!(items.none)}</p>
            <div>{offer(say!(import.offer_items))}</div>
        }
        .into_any(),
        true => view! {
            <TextField id="f-find-item" label=say!(items.find) value=filter/>
            <p class="small muted" role="status">{count}</p>
            {rows.problems()}
            <Table caption=say!(settings.items) columns=columns()>{live(lines)}</Table>
            {live(more)}
        }
        .into_any(),
    };
    view! { <div class="stack close">{live(table)}</div> }.into_any()
}

fn row(
    form: SettingForm<ItemDraft>,
    rows: RowForm,
    item: &SetItem,
    may: bool,
    currency: &Currency,
) -> AnyView {
    let price = items::price(item, currency).unwrap_or_else(|| say!(add_order.any_price));
    let code = item.code.clone().unwrap_or_else(|| money::DASH.to_owned());
    let under = item.code.clone();
    let menu = if may { menu(form, rows, item) } else { Vec::new() };
    let state = item.withdrawn.then(|| view! { <span class="sub always">{say!(items.withdrawn)}</span> });
    view! {
        <tr>
            <th scope="row" class:muted=item.withdrawn>
                {item.name.clone()}{state}{under.map(|code| view! { <span class="sub">{code}</span> })}
            </th>
            <td class="wide">{code}</td>
            <td class="num">{price}</td>
            <td class="num"><RowMenu label=say!(parts.actions_for, name = item.name.clone()) items=menu/></td>
        </tr>
    }
    .into_any()
}

fn menu(form: SettingForm<ItemDraft>, rows: RowForm, item: &SetItem) -> Vec<MenuItem> {
    let (own, id) = (item.clone(), Session::new_id());
    let change = move || {
        let currency = context::currency(form.session);
        form.form.clear();
        form.draft.set(ItemDraft::of(Session::new_id(), &own, &currency));
        focus_on(NAME.id());
    };
    let (own, withdrawn) = (item.clone(), item.withdrawn);
    let sell = move || rows.press(|_| withdraw(&id, &own, !withdrawn));
    let label = if withdrawn { say!(items.sell_again) } else { say!(items.withdraw) };
    vec![MenuItem::press(say!(items.change_menu), change), MenuItem::press(label, sell)]
}
