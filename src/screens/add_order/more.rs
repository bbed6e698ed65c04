//! The due date, reference, partners and totals of the order form.

use super::order_form::OrderForm;
use crate::components::{Choice, DateField, Panel, Select, TextField};
use crate::forms::order::{DISCOUNT, DUE, REFERENCE};
use crate::screens::confirmation::confirmation;
use crate::screens::{bind, walk_in};
use crate::text::{money, say};
use ledger::id::Id;
use ledger::money::Money;
use ledger::preview::Subject;
use ledger::rules::Act;
use leptos::prelude::*;

/// The discount of the order, the due date and the customer's reference.
pub(super) fn more(order_form: OrderForm) -> AnyView {
    let due = order_form.text(|draft| draft.due.clone(), |draft, typed| draft.due = typed);
    let reference = order_form.text(|draft| draft.reference.clone(), |draft, typed| draft.reference = typed);
    let discount = order_form.text(|draft| draft.discount.clone(), |draft, typed| draft.discount = typed);
    view! {
        <TextField id=DISCOUNT.id() label=say!(add_order.discount) hint=say!(add_order.discount_hint) value=discount
            error=order_form.form.error(DISCOUNT)/>
        <div class="pair">
            <DateField id=DUE.id() label=say!(add_order.due) hint=say!(add_order.due_hint) value=due
                error=order_form.form.error(DUE)/>
            <TextField id=REFERENCE.id() label=say!(add_order.reference) value=reference
                error=order_form.form.error(REFERENCE)/>
        </div>
        {confirmation(order_form.form, DUE, order_form.draft, |draft| &draft.due, say!(problems.past_due_right))}
        {partners(order_form)}
    }
    .into_any()
}

/// The lead partner and the sale partner, if the shop has partners.
fn partners(order_form: OrderForm) -> AnyView {
    let shop = order_form.session.shop();
    let any =
        Memo::new(move |_| shop.with(|shop| shop.as_ref().is_some_and(|shop| !shop.partners.is_empty())));
    let choices = Signal::derive(move || {
        let no_partner = Choice::new("", say!(add_order.no_partner));
        let known = shop.get();
        let partners = known.iter().flat_map(|shop| shop.partners.values());
        let named = partners.map(|partner| Choice::new(partner.id.as_str(), partner.name.clone()));
        std::iter::once(no_partner).chain(named).collect::<Vec<_>>()
    });
    let draft = order_form.draft;
    let lead = bind::text(
        move || draft.with(|draft| id_text(draft.lead.as_ref())),
        move |picked| draft.update(|draft| draft.lead = Id::new(&picked).ok()),
    );
    let sale = bind::text(
        move || draft.with(|draft| id_text(draft.sale.as_ref())),
        move |picked| draft.update(|draft| draft.sale = Id::new(&picked).ok()),
    );
    view! {
        <Show when=move || any.get()>
            <div class="pair">
                <Select id="f-lead" label=say!(add_order.lead) choices=choices value=lead/>
                <Select id="f-sale" label=say!(add_order.sale) choices=choices value=sale/>
            </div>
        </Show>
    }
    .into_any()
}

fn id_text(partner: Option<&Id>) -> String {
    partner.map(Id::to_string).unwrap_or_default()
}

/// The totals, computed by the code that places the order; dashes while the draft is invalid.
pub(super) fn totals(order_form: OrderForm) -> AnyView {
    let worth = Memo::new(move |_| {
        let Act::PlaceOrder(order) = order_form.command().ok()?.act else { return None };
        Some(order.worth())
    });
    let owed = Memo::new(move |_| {
        let preview = order_form.preview()?;
        preview.changes.iter().find(|change| change.subject == Subject::Owed).map(|change| change.after)
    });
    let name = walk_in::name(order_form.session, order_form.customer.get_value());
    let figure = move |amount: Option<Money>| {
        let write = |amount| order_form.currency.with_value(|currency| money::figure(amount, currency));
        amount.map_or_else(|| money::DASH.to_owned(), write)
    };
    view! {
        <Panel title=say!(add_order.summary)>
            <div role="status"><dl class="facts sums">
                <dt>{say!(add_order.total)}</dt>
                <dd class="num strong">{move || figure(worth.get().map(|(gross, _)| gross))}</dd>
                <dt class="muted">{say!(add_order.of_which_tax)}</dt>
                <dd class="num muted">{move || figure(worth.get().map(|(_, tax)| tax))}</dd>
                <dt>{move || say!(add_order.owes_after, name = name.get())}</dt>
                <dd class="num">{move || figure(owed.get())}</dd>
            </dl></div>
        </Panel>
    }
    .into_any()
}
