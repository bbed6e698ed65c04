//! Due date, reference and partners of the order being written, and what it comes to.

use super::writing::Writing;
use crate::components::{Choice, DateField, Panel, Select, TextField};
use crate::drafts::order::{DUE, REFERENCE};
use crate::screens::{bound, unnamed};
use crate::text::{money, say};
use ledger::id::Id;
use ledger::preview::{Preview, Subject};
use leptos::prelude::*;

/// When it is due, and the customer's own reference.
pub(super) fn more(writing: Writing) -> AnyView {
    let due = writing.text(|draft| draft.due.clone(), |draft, typed| draft.due = typed);
    let reference = writing.text(|draft| draft.reference.clone(), |draft, typed| draft.reference = typed);
    view! {
        <div class="pair">
            <DateField id=DUE.id() label=say!(add_order.due) hint=say!(add_order.due_hint) value=due
                error=writing.form.error(DUE)/>
            <TextField id=REFERENCE.id() label=say!(add_order.reference) value=reference
                error=writing.form.error(REFERENCE)/>
        </div>
        {partners(writing)}
    }
    .into_any()
}

/// Lead and sale partner, where the shop has any.
fn partners(writing: Writing) -> AnyView {
    let shop = writing.book.shop();
    let any =
        Memo::new(move |_| shop.with(|shop| shop.as_ref().is_some_and(|shop| !shop.partners.is_empty())));
    let choices = Signal::derive(move || {
        let nobody = Choice::new("", say!(add_order.nobody));
        let known = shop.get();
        let partners = known.iter().flat_map(|shop| shop.partners.values());
        let named = partners.map(|partner| Choice::new(partner.id.as_str(), partner.name.clone()));
        std::iter::once(nobody).chain(named).collect::<Vec<_>>()
    });
    let draft = writing.draft;
    let lead = bound::text(
        move || draft.with(|draft| shown(draft.lead.as_ref())),
        move |picked| draft.update(|draft| draft.lead = Id::new(&picked).ok()),
    );
    let sale = bound::text(
        move || draft.with(|draft| shown(draft.sale.as_ref())),
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

fn shown(partner: Option<&Id>) -> String {
    partner.map(Id::to_string).unwrap_or_default()
}

/// What it comes to, by the very code that places it; dashes until it can be read.
pub(super) fn totals(writing: Writing) -> AnyView {
    let preview = Memo::new(move |_| {
        let command = writing.command().ok()?;
        writing.book.preview(&command).ok()
    });
    let name = unnamed::name(writing.book, writing.customer.get_value());
    let figure = move |about: fn(&Subject) -> bool| {
        let found = preview.with(|preview| preview.as_ref().and_then(|preview| after(preview, about)));
        let write = |amount| writing.currency.with_value(|currency| money::figure(amount, currency));
        found.map_or_else(|| money::DASH.to_owned(), write)
    };
    let total = move || figure(|subject| matches!(subject, Subject::Sale(_)));
    let tax = move || figure(|subject| matches!(subject, Subject::Tax(_)));
    let owes = move || figure(|subject| matches!(subject, Subject::Owed));
    view! {
        <Panel title=say!(add_order.total)>
            <dl class="facts sums" role="status">
                <dt>{say!(add_order.total)}</dt><dd class="num strong">{total}</dd>
                <dt class="muted">{say!(add_order.of_which_tax)}</dt><dd class="num muted">{tax}</dd>
                <dt>{move || say!(add_order.owes_after, name = name.get())}</dt><dd class="num">{owes}</dd>
            </dl>
        </Panel>
    }
    .into_any()
}

fn after(preview: &Preview, about: fn(&Subject) -> bool) -> Option<ledger::money::Money> {
    preview.changes.iter().find(|change| about(&change.subject)).map(|change| change.after)
}
