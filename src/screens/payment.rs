//! The screen of one payment, with its refunds.

pub(super) mod disputes;
pub(super) mod refundable;
mod refunds;

use crate::at::at;
use crate::components::{
    Button, Crumb, Crumbs, Empty, Heading, LinkButton, Look, Menu, MenuItem, RowMenu, Tag,
};
use crate::components::{live, swap};
use crate::forms::correction::Correction;
use crate::route::{Query, Route};
use crate::screens::correct::{Corrections, Offered, offers};
use crate::screens::guide::{GuidePage, how_to};
use crate::screens::{context, links, methods, print_links};
use crate::session::Loaded;
use crate::text::{date, money, names, say};
use disputes::Disputes;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Currency;
use ledger::view::account::AccountView;
use ledger::view::payment::{Allocated, PaymentRow};
use leptos::prelude::*;

/// The screen at `/customers/:c/payments/:p`.
#[component]
pub fn Payment() -> AnyView {
    let (customer, payment) = (context::customer(), context::payment());
    let at = Memo::new(move |_| (customer.get(), payment.get()));
    swap(at, |at| match at {
        (Some(customer), Some(payment)) => page(customer, payment),
        _ => missing(),
    })
}

fn page(customer: Id, payment: Id) -> AnyView {
    let session = context::session();
    let (account, currency) = (session.account(customer.clone()), context::currency(session));
    let corrections = Corrections::new(session, customer.clone());
    let recording = Disputes::new(session, customer);
    let view = move || account.get().ready();
    let details = move || match account.get() {
        Loaded::Pending => ().into_any(),
        Loaded::Missing => missing(),
        Loaded::Ready(view) => {
            let row = view.payments.iter().find(|row| row.id == payment);
            row.map_or_else(missing, |row| whole(&view, row, &currency, (corrections, recording)))
        }
    };
    view! { {live(details)}{corrections.dialog(view)} }.into_any()
}

fn whole(
    view: &AccountView,
    row: &PaymentRow,
    currency: &Currency,
    (corrections, recording): (Corrections, Disputes),
) -> AnyView {
    let customer = &view.customer.id;
    let up = vec![
        Crumb::new(at(Route::Customers), say!(shell.customers)),
        Crumb::new(at(links::tab(customer, "payments")), view.customer.name.clone()),
    ];
    let on = date::long(row.on);
    let reverse = || {
        let (correction, no) =
            (Correction::ReversePayment(row.id.clone()), row.no.clone().unwrap_or_default());
        corrections.button(Offered { correction, no, amount: row.amount })
    };
    let drawer = context::session().this_device().with(|here| here.drawer.clone());
    let label = say!(parts.actions_for, name = row.no.clone().unwrap_or_default());
    let moves = corrections.items(offers::move_of(row, &drawer).into_iter().collect());
    let print = print_links::item(customer, &row.id, say!(paper.print_receipt));
    let items: Vec<_> = std::iter::once(print).chain(moves).collect();
    let reversed = row.reversed.then(|| view! { <Tag text=say!(customer.reversed)/> });
    view! {
        <Crumbs crumbs=up/>
        <div class="head">
            <div>
                <Heading text=say!(pay.details, no = row.no.clone().unwrap_or_default())/>
                <p class="row"><span>{on}</span>{reversed}{disputes::tag(row)}</p>
            </div>
            <p class="balance">{say!(pay.amount)}<b>{money::money(row.amount, currency)}</b></p>
        </div>
        <div class="row even action-row beside-menu">{refund(customer, row, currency)}{(!row.reversed).then(reverse)}<RowMenu label=label items=items/></div>
        {corrections.notice()}
        {recording.notice()}
        {(!row.awaited.is_empty()).then(|| view! { <p class="note warn">{say!(pay.awaited)}</p> })}
        {disputes::disputes(row, currency, recording)}
        <section class="subsection">{facts(row, customer, currency)}</section>
        <section class="subsection"><h2>{say!(pay.its_refunds)}</h2>{refunds::refunds(view, row, currency)}</section>
        {how_to(GuidePage::Refunds)}
    }
    .into_any()
}

/// A payment taken offline can only be refunded offline, so there is one button. It leads to the order that still has
/// something refundable; if several have, it asks which.
fn refund(customer: &Id, row: &PaymentRow, currency: &Currency) -> AnyView {
    let label = say!(pay.record_offline_refund);
    let href = |to: &Allocated| at(links::refund(customer, &to.order, Some(&row.id)));
    if row.method == Method::Online && !refundable::orders(row).is_empty() {
        return online_refund(customer, row, currency, &href);
    }
    match refundable::orders(row).as_slice() {
        [] => {
            let why = match (row.pending, row.disputed) {
                (true, _) => say!(pay.pending),
                (_, true) => say!(pay.disputed),
                _ => say!(pay.all_back),
            };
            let why = Signal::stored(Some(why));
            view! { <Button label=label why_not=why/> }.into_any()
        }
        [to] => view! { <LinkButton href=href(to) label=label look=Look::Primary key="R"/> }.into_any(),
        several => {
            let item = |to: &&Allocated| {
                let no = to.no.clone().unwrap_or_default();
                let up_to = say!(refund.up_to, amount = money::money(to.refundable, currency));
                MenuItem::link(say!(pay.on_order, no = no), href(to)).detail(up_to)
            };
            let items: Vec<_> = several.iter().map(item).collect();
            let items = UnsyncCallback::new(move |()| items.clone());
            view! { <Menu items=items class="menu which" key="R" look=Look::Primary>{label}</Menu> }
                .into_any()
        }
    }
}

/// A payment taken online can be refunded online, too, if the shop's server sends refunds; else the menu says why it cannot.
fn online_refund(
    customer: &Id,
    row: &PaymentRow,
    currency: &Currency,
    href: &dyn Fn(&Allocated) -> String,
) -> AnyView {
    let asked = RwSignal::new(false);
    let several = refundable::orders(row).len() > 1;
    let sends = context::session().sync().with(|sync| sync.refunds);
    let issues: Vec<_> = match sends {
        false => vec![MenuItem::press(say!(pay.issue_online_refund), move || asked.set(true))],
        true => {
            let issue = |to: &Allocated| {
                let link = links::refund(customer, &to.order, Some(&row.id)).with(Query::How, "online");
                let item = MenuItem::link(say!(pay.issue_online_refund), at(link));
                let no = to.no.clone().unwrap_or_default();
                if several { item.detail(say!(pay.on_order, no = no)) } else { item }
            };
            refundable::orders(row).into_iter().map(issue).collect()
        }
    };
    let offline = refundable::orders(row).into_iter().map(|to| {
        let up_to = say!(refund.up_to, amount = money::money(to.refundable, currency));
        let item = MenuItem::link(say!(pay.record_offline_refund), href(to));
        let no = to.no.clone().unwrap_or_default();
        if several {
            item.detail(format!("{} · {up_to}", say!(pay.on_order, no = no)))
        } else {
            item.detail(up_to)
        }
    });
    let items: Vec<_> = issues.into_iter().chain(offline).collect();
    let items = UnsyncCallback::new(move |()| items.clone());
    let why = move || asked.get().then(|| view! { <p class="note">{say!(refund.online_why_not)}</p> });
    view! {
        <Menu items=items class="menu which" key="R" look=Look::Primary>{say!(pay.refund)}</Menu>
        <div role="status">{why}</div>
    }
    .into_any()
}

fn facts(row: &PaymentRow, customer: &Id, currency: &Currency) -> AnyView {
    let m = |amount| money::money(amount, currency);
    let line = |label: String, value: AnyView| view! { <dt>{label}</dt><dd>{value}</dd> }.into_any();
    let orders = row.allocated.iter().map(|to| {
        let href = at(links::order(customer, &to.order));
        view! { <span class="nowrap"><a href=href>{to.no.clone().unwrap_or_default()}</a>" "{m(to.amount)}</span>" " }
    });
    let mut lines = vec![
        line(say!(pay.kind), methods::name(context::session(), row.method).into_any()),
        line(say!(pay.account), names::money_account(&row.account).into_any()),
        line(say!(pay.towards), orders.collect_view().into_any()),
    ];
    if row.left_over.is_positive() {
        lines.push(line(say!(pay.kept), m(row.left_over).into_any()));
    }
    if !row.rounding.is_zero() {
        lines.push(line(say!(pay.rounding), m(row.rounding).into_any()));
    }
    lines.extend(row.tendered.map(|cash| line(say!(pay.tendered), m(cash).into_any())));
    lines.push(line(say!(pay.refundable), m(row.refundable).into_any()));
    lines.push(line(say!(pay.taken_by), context::staff(context::session(), &row.actor).into_any()));
    let eligible = if row.eligible { say!(parts.yes) } else { say!(parts.no) };
    lines.push(line(say!(pay.commissions), eligible.into_any()));
    lines.extend(row.reference.clone().map(|text| line(say!(pay.reference), text.into_any())));
    lines.extend(row.note.clone().map(|text| line(say!(pay.notes), text.into_any())));
    view! { <dl class="facts">{lines}</dl> }.into_any()
}

fn missing() -> AnyView {
    view! {
        <Empty title=say!(pay.missing) says=say!(pay.missing_hint)>
            <LinkButton href=at(Route::Customers) label=say!(customer.find)/>
        </Empty>
    }
    .into_any()
}
