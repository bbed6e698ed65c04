//! The refunds of a payment, each with the part that comes from it.

use crate::at::at;
use crate::components::{Column, Figure, FigureFormat, Table};
use crate::screens::document_tables::{order_no, refund_tag};
use crate::screens::{context, links, methods};
use crate::text::{date, money, names, reasons, say};
use ledger::money::{Currency, Money};
use ledger::view::account::AccountView;
use ledger::view::payment::PaymentRow;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;

pub(super) fn refunds(view: &AccountView, row: &PaymentRow, currency: &Currency) -> AnyView {
    let own = view.refunds.iter().filter_map(|refund| Some((refund, refund.part_of(&row.id)?)));
    let own: Vec<_> = own.collect();
    if own.is_empty() {
        return view! { <p class="muted">{say!(pay.no_refunds)}</p> }.into_any();
    }
    let columns = vec![
        Column::new(say!(customer.refund)),
        Column::new(say!(customer.date)).wide(),
        Column::new(say!(customer.method)).wide(),
        Column::new(say!(customer.on)),
        Column::new(say!(customer.reason)).wide(),
        Column::new(say!(customer.status)).heard(),
        Column::num(say!(pay.refund_part)),
    ];
    let rows = own.into_iter().map(|(refund, part)| line(refund, part, currency)).collect_view();
    view! { <Table caption=say!(pay.its_refunds) columns=columns>{rows}</Table> }.into_any()
}

/// A refund that takes from other payments too shows its whole amount below the part.
fn line(refund: &RefundRow, part: Money, currency: &Currency) -> AnyView {
    let on = date::short(refund.on, context::session().today().get_untracked());
    let reason = refund.reason.as_deref().map(reasons::label).unwrap_or_default();
    let order = refund.order.as_ref().map(|order| {
        let href = at(links::order(&refund.customer, order));
        view! { <a href=href>{order_no(refund)}</a> }
    });
    let whole = (refund.amount != part).then(|| {
        let amount = money::money(refund.amount, currency);
        view! { <span class="sub always">{say!(pay.refund_whole, amount = amount)}</span> }
    });
    let method = methods::name(context::session(), refund.method);
    let sub = format!("{on} · {method} · {reason}");
    let no = refund.no.clone().unwrap_or_else(|| names::status(refund.status));
    view! {
        <tr>
            <th scope="row">{no}<span class="sub">{sub}</span></th>
            <td class="wide date">{on}</td>
            <td class="wide">{method}</td>
            <td>{order}</td>
            <td class="wide">{reason}</td>
            <td>{refund_tag(refund)}</td>
            <td class="num strong">
                <Figure amount=Some(part) currency=currency.clone() format=FigureFormat::Dash/>{whole}
            </td>
        </tr>
    }
    .into_any()
}
