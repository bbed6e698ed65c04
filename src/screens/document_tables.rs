//! How several screens show documents: their tags, and the tables of credits and refunds.

use crate::at::at;
use crate::components::{Column, Figure, FigureFormat, MenuItem, RowMenu, Table, Tag, Tone};
use crate::screens::correct::{Corrections, Offered, offers};
use crate::screens::refunds::decision::Decision;
use crate::screens::{context, links, mail_tags, methods, online_refund, print_links};
use crate::text::{date, money, names, reasons, say};
use ledger::account::{Status, Waits};
use ledger::date::Date;
use ledger::entry::Flow;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::view::history::HistoryRow;
use ledger::view::lot::{LotRow, LotUse};
use ledger::view::order::{OrderRow, OrderState};
use ledger::view::refund::RefundRow;
use leptos::prelude::*;

/// The state of an order; *overdue* has precedence over *part paid*.
pub fn order_tag(row: &OrderRow, today: Date) -> AnyView {
    if row.owed.is_positive() && row.due.is_some_and(|due| due < today) {
        return view! { <Tag text=say!(customer.overdue) tone=Tone::Warn/> }.into_any();
    }
    let tone = if row.state == OrderState::Paid { Tone::In } else { Tone::Plain };
    view! { <Tag text=names::order_state(row.state) tone=tone/> }.into_any()
}

/// The state of a refund.
pub fn refund_tag(row: &RefundRow) -> AnyView {
    if row.withdrawn {
        return view! { <Tag text=say!(queue.taken_back)/> }.into_any();
    }
    let session = context::session();
    if let Some((_, tone)) = untrack(|| online_refund::stage(session, row)) {
        let row = row.clone();
        let text = Signal::derive(move || {
            online_refund::stage(session, &row).map(|(text, _)| text).unwrap_or_default()
        });
        return view! { <Tag text=text tone=tone/> }.into_any();
    }
    status_tag(row.status, row.handed_over)
}

/// The state of a refund with this status.
pub fn status_tag(status: Status, handed_over: bool) -> AnyView {
    let (text, tone) = match (status.waits_for(handed_over), status) {
        (None, Status::Recorded) => (say!(customer.handed_over), Tone::In),
        (_, Status::Complete | Status::Succeeded) => (names::status(status), Tone::In),
        (Some(Waits::HandOver), _) => (say!(customer.not_handed_over), Tone::Warn),
        (Some(_), _) => (names::status(status), Tone::Warn),
        (None, _) => (names::status(status), Tone::Plain),
    };
    view! { <Tag text=text tone=tone/> }.into_any()
}

/// The amount of a history entry: money received with a plus, money paid out with a minus, others unsigned.
pub fn history_amount(row: &HistoryRow, currency: &Currency) -> AnyView {
    let (amount, format) = match row.flow {
        Flow::In => (row.amount, FigureFormat::Signed),
        Flow::Out => (-row.amount, FigureFormat::Signed),
        Flow::None => (row.amount, FigureFormat::Dash),
    };
    let class = if row.flow == Flow::None { "num muted" } else { "num" };
    view! { <td class=class><Figure amount=Some(amount) currency=currency.clone() format=format/></td> }
        .into_any()
}

/// Which corrections a credit offers.
pub type OfLot<'a> = &'a dyn Fn(&LotRow) -> Vec<Offered>;

/// A table of credits with *Amount* and *O/S*; each row has a menu with the corrections that `offered` gives for it.
pub fn lot_table(
    caption: String,
    rows: Vec<LotRow>,
    customer: &Id,
    orders: &[(Id, String)],
    currency: &Currency,
    (corrections, offered): (Corrections, OfLot<'_>),
) -> AnyView {
    let columns = vec![
        Column::new(say!(customer.credit)),
        Column::new(say!(customer.date)).wide(),
        Column::new(say!(customer.what)),
        Column::new(say!(customer.reason)).wide(),
        Column::num(say!(customer.amount)),
        Column::num(say!(customer.os)),
        Column::new(say!(customer.actions)).heard(),
    ];
    let line = |row: LotRow| {
        let order = row.order.as_ref().and_then(|id| orders.iter().find(|(known, _)| known == id));
        let print = print_links::of_credit(customer, &row);
        let items = std::iter::once(print).chain(corrections.items(offered(&row))).collect();
        let menu = row_menu(row.no.as_ref(), items);
        lot_line(row.clone(), order.map(|(_, no)| no.clone()), currency, menu)
    };
    let rows = rows.into_iter().map(line).collect_view();
    view! { <Table caption=caption columns=columns>{rows}</Table> }.into_any()
}

/// The menu of a row; nothing without items.
fn row_menu(no: Option<&String>, items: Vec<MenuItem>) -> AnyView {
    let label = say!(parts.actions_for, name = no.cloned().unwrap_or_default());
    view! { <RowMenu label=label items=items/> }.into_any()
}

/// Where some of a credit went.
fn where_used(used: &LotUse, currency: &Currency) -> String {
    let (amount, no) = (money::money(used.amount, currency), used.no.clone().unwrap_or_default());
    match used.order {
        Some(_) => say!(customer.used_for, amount = amount, no = no),
        None => say!(customer.used_paid_out, amount = amount, no = no),
    }
}

fn lot_line(row: LotRow, order: Option<String>, currency: &Currency, menu: AnyView) -> AnyView {
    let on = date::short(row.on, context::session().today().get_untracked());
    let origin = names::lot_origin(row.origin);
    let what = order.map_or(origin.clone(), |no| format!("{origin} {}", say!(customer.on_order, order = no)));
    let reason = row.reason.as_deref().map(reasons::label).unwrap_or_default();
    let by = context::staff(context::session(), &row.actor);
    let sub = [on.clone(), by.clone(), reason.clone()];
    let sub = sub.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let uses: Vec<_> = row.uses.iter().map(|used| where_used(used, currency)).collect();
    let uses = (!uses.is_empty()).then(|| view! { <span class="sub always">{uses.join(" · ")}</span> });
    let figure = |amount, class| {
        let currency = currency.clone();
        view! { <td class=class><Figure amount=Some(amount) currency=currency format=FigureFormat::Dash/></td> }
    };
    view! {
        <tr>
            <th scope="row">{row.no.unwrap_or_default()}{mail_tags::tag(&row.id)}<span class="sub">{sub}</span></th>
            <td class="wide date">{on}<span class="sub always">{by}</span></td>
            <td>{what}{uses}</td>
            <td class="wide muted">{reason}</td>
            {figure(row.amount, "num")}
            {figure(row.os, "num strong")}
            <td class="num">{menu}</td>
        </tr>
    }
    .into_any()
}

/// A table of refunds with amount, method, notes and status, and what can be decided on each; the row of `new` is marked.
pub fn refund_table(
    caption: String,
    rows: Vec<RefundRow>,
    customer: &Id,
    currency: &Currency,
    new: Option<&Id>,
    (decision, corrections): (Decision, Corrections),
) -> AnyView {
    let columns = vec![
        Column::new(say!(customer.refund)),
        Column::new(say!(customer.date)).wide(),
        Column::new(say!(customer.method)).wide(),
        Column::new(say!(customer.on)).wide(),
        Column::new(say!(customer.reason)).wide(),
        Column::new(say!(customer.notes)).wide(),
        Column::new(say!(customer.status)).heard(),
        Column::num(say!(customer.taken_off)).wide(),
        Column::num(say!(customer.amount)),
        Column::new(say!(customer.actions)).heard(),
    ];
    let line = |row: RefundRow| {
        let fresh = new == Some(&row.id);
        let print = print_links::of_refund(&row).into_iter();
        let items = print.chain(decision.all_items(&row)).chain(corrections.items(offers::of_refund(&row)));
        // A request has no number yet.
        let name = row.no.clone().unwrap_or_else(|| names::status(row.status));
        let menu = row_menu(Some(&name), items.collect());
        refund_line(row, customer, currency, fresh, menu)
    };
    let rows = rows.into_iter().map(line).collect_view();
    view! { <Table caption=caption columns=columns>{rows}</Table> }.into_any()
}

/// The number of the order of a refund; of one that has not arrived, that it is not here yet.
pub fn order_no(row: &RefundRow) -> String {
    row.order_no.clone().unwrap_or_else(|| say!(order.not_here))
}

fn refund_line(row: RefundRow, customer: &Id, currency: &Currency, fresh: bool, menu: AnyView) -> AnyView {
    let on = date::short(row.on, context::session().today().get_untracked());
    let reason = row.reason.as_deref().map(reasons::label).unwrap_or_default();
    let notes =
        [row.reference.clone(), row.note.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let order = row.order.as_ref().map(|order| {
        let href = at(links::order(customer, order));
        view! { <a class="nowrap" href=href>{order_no(&row)}</a> }
    });
    let figure = |amount, class| {
        let currency = currency.clone();
        view! { <td class=class><Figure amount=Some(amount) currency=currency format=FigureFormat::Dash/></td> }
    };
    let method = methods::name(context::session(), row.method);
    let by = context::staff(context::session(), &row.actor);
    let sub = [on.clone(), by.clone(), method.clone(), reason.clone()];
    let sub = sub.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <tr class:new=fresh aria-current=fresh.then_some("true")>
            <th scope="row"><span class="nowrap">{row.no.clone().unwrap_or_else(|| names::status(row.status))}</span>{mail_tags::tag(&row.id)}<span class="sub">{sub}</span></th>
            <td class="wide date">{on}<span class="sub always">{by}</span></td>
            <td class="wide">{method}</td>
            <td class="wide">{order}</td>
            <td class="wide">{reason}</td>
            <td class="wide muted">{notes}</td>
            <td>{refund_tag(&row)}</td>
            {figure(row.credit, "num wide")}
            {figure(row.amount, "num strong")}
            <td class="num">{menu}</td>
        </tr>
    }
    .into_any()
}
