//! Charges of saved cards and payment links that are not payments: under way at the card processor, declined or over, or to be looked after
//! by a person.

mod finding;
mod link;
mod panel;
mod words;

pub use panel::panel;

use crate::at::at;
use crate::components::{Button, LinkButton, Look, swap};
use crate::screens::{context, links};
use crate::text::say;
use finding::Finding;
use ledger::entry::ChargeStage;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::view::charge::ChargeRow;
use leptos::prelude::*;
use link::Links;

/// All of an account or of an order, with what can be done about each; nothing if there are none.
pub fn list(customer: Id, rows: impl Fn() -> Vec<ChargeRow> + Send + Sync + 'static) -> AnyView {
    let finding = Finding::new(context::session(), customer.clone());
    let links = Links::new(context::session(), customer.clone());
    let rows = Memo::new(move |_| rows());
    let shown = move |rows: Vec<ChargeRow>| {
        if rows.is_empty() {
            return ().into_any();
        }
        let each = rows.into_iter().map(|row| charge(&customer, row, finding, links)).collect_view();
        view! {
            <section class="subsection">
                <h2>{say!(charge.title)}</h2>
                <ul class="plain stack close charges">{each}</ul>
            </section>
        }
        .into_any()
    };
    view! { {swap(rows, shown)}{finding.notice()}{links.notice()}{finding.dialog()} }.into_any()
}

fn charge(customer: &Id, row: ChargeRow, finding: Finding, links: Links) -> AnyView {
    let session = context::session();
    let class =
        if row.is_under_way() && row.stage != Some(ChargeStage::Person) { "note" } else { "note warn" };
    let title = words::title(&row, &currency());
    let no = row.no.clone().unwrap_or_default();
    let (link, actions) = (links.view(&row), actions(customer, &row, Some(finding)));
    let explained = move || words::explained(session, &row);
    view! {
        <li class=class>
            <p><b>{title}</b>" "<span class="muted">{no}</span></p>
            <p class="small">{explained}</p>
            {link}
            {actions}
        </li>
    }
    .into_any()
}

fn currency() -> Currency {
    context::currency(context::session())
}

/// *Try again* and *Take it another way* where it was not charged; what a person has found where that has to be looked up.
fn actions(customer: &Id, row: &ChargeRow, finding: Option<Finding>) -> Option<AnyView> {
    let order = row.orders.first().map(|(order, ..)| order);
    let pay = links::pay(customer, order);
    match row.stage? {
        ChargeStage::Bank | ChargeStage::Open => None,
        ChargeStage::Person => {
            let finding = finding?;
            let (made, not_made) = (row.clone(), row.clone());
            Some(
                view! {
                    <div class="actions">
                        <Button label=say!(charge.was_charged) on_press=move |()| finding.ask(&made, true)/>
                        <Button label=say!(charge.was_not_charged) on_press=move |()| finding.ask(&not_made, false)/>
                    </div>
                }
                .into_any(),
            )
        }
        ChargeStage::Approve | ChargeStage::Declined | ChargeStage::Canceled => {
            let how = if row.is_link { "link" } else { "charge" };
            let again = at(pay.clone().with(crate::route::Query::How, how));
            Some(
                view! {
                    <div class="actions">
                        <LinkButton href=again label=say!(charge.again) look=Look::Tinted/>
                        <LinkButton href=at(pay) label=say!(charge.other_way)/>
                    </div>
                }
                .into_any(),
            )
        }
    }
}
