//! *Amount*, *Paid*, *Credited*, *Owed*, and the commissions of partners.

use super::page::OrderPage;
use crate::components::Panel;
use crate::text::{money, say};
use ledger::entry::PartnerRole;
use ledger::money::Money;
use ledger::view::order::{OrderView, PartnerShare};
use leptos::prelude::*;

pub(super) fn sums(page: &OrderPage, view: &OrderView) -> AnyView {
    let row = &view.row;
    let figure = |amount: Money| money::figure_or_dash(amount, &page.currency);
    let mut lines = vec![
        line(say!(customer.amount), figure(row.amount), ""),
        line(say!(customer.paid), figure(row.paid), ""),
        line(say!(customer.credited), figure(row.credited), ""),
    ];
    if row.written_off.is_positive() {
        lines.push(line(say!(order.written_off), figure(row.written_off), ""));
    }
    lines.push(line(say!(customer.owed), figure(row.owed), "last"));
    lines.extend(view.partners.iter().map(|earned| partner(earned, &figure)));
    let title = say!(order.summary);
    view! { <Panel title=title><dl class="facts sums">{lines}</dl></Panel> }.into_any()
}

fn line(label: String, figure: String, class: &'static str) -> AnyView {
    view! { <dt class=class>{label}</dt><dd class=format!("num {class}")>{figure}</dd> }.into_any()
}

fn partner(earned: &PartnerShare, figure: &impl Fn(Money) -> String) -> AnyView {
    let role = match earned.partner.role {
        PartnerRole::Lead => say!(order.lead),
        PartnerRole::Sale => say!(order.sale),
    };
    let label = format!("{} · {role}", say!(refund.earns, name = earned.name.clone()));
    let accrued =
        earned.accrued.is_positive().then(|| line(say!(order.accrued), figure(earned.accrued), "muted"));
    view! { {line(label, figure(earned.given), "")}{accrued} }.into_any()
}
