//! What is shown after a charge was asked for, until it is a payment.

use super::{Links, actions, currency, words};
use crate::at::at;
use crate::components::LinkButton;
use crate::screens::{context, links, walk_in};
use crate::text::say;
use ledger::id::Id;
use ledger::view::charge::ChargeRow;
use leptos::prelude::*;

/// The charge, how far it is, and what can be done. It changes by itself when the card processor has answered.
pub fn panel(customer: &Id, row: ChargeRow) -> AnyView {
    let session = context::session();
    let title = words::title(&row, &currency());
    let links = Links::new(session, customer.clone());
    let (link, actions) = (links.view(&row), actions(customer, &row, None));
    let name = walk_in::name(session, customer.clone()).get_untracked();
    let card = row.shown.clone();
    let explained = move || words::explained(session, &row);
    view! {
        <section class="note stack close charge" role="status">
            <h2>{title}</h2>
            {card.map(|card| view! { <p class="muted">{card}</p> })}
            <p>{explained}</p>
            {links.notice()}
            {link}
            {actions}
            <div class="actions">
                <LinkButton href=at(links::customer(customer)) label=say!(pay.to_customer, name = name)/>
            </div>
        </section>
    }
    .into_any()
}
