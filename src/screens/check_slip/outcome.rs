//! What a code on a paper is worth, with the figures to compare the paper with.

use crate::at::at;
use crate::components::{Tag, Tone};
use crate::device::right::DeviceRight;
use crate::engine::{DaySlip, Slip, SlipFound, SlipSays};
use crate::route::{Link, Query, Route};
use crate::screens::paper::{back, kept, title};
use crate::screens::{context, links, methods};
use crate::text::{date, history, money, names, say};
use ledger::view::history::HistoryRow;
use ledger::view::paper::{Content, Paper};
use leptos::prelude::*;

/// The outcome as a panel.
pub(super) fn outcome(found: &SlipFound) -> AnyView {
    let (tone, name, says) = worth(found);
    let content = match found {
        SlipFound::Genuine(slip) | SlipFound::Superseded(slip) | SlipFound::Altered(slip) => {
            Some(details(slip))
        }
        SlipFound::Day(slip) => of_day(slip),
        SlipFound::OtherShop | SlipFound::Unknown => None,
    };
    view! {
        <section class="panel checked" aria-labelledby="checked">
            <h2 id="checked"><Tag text=Signal::stored(name) tone=tone/></h2>
            <p>{says}</p>
            {content}
        </section>
    }
    .into_any()
}

fn worth(found: &SlipFound) -> (Tone, String, String) {
    match found {
        SlipFound::Genuine(_) => (Tone::In, say!(check.genuine), say!(check.genuine_says)),
        SlipFound::Superseded(_) => (Tone::Warn, say!(check.superseded), say!(check.superseded_says)),
        SlipFound::Altered(_) => (Tone::Danger, say!(check.altered), say!(check.altered_says)),
        SlipFound::Day(slip) => match slip.later() {
            Some(0) if !slip.is_reordered => (Tone::In, say!(check.genuine), say!(check.genuine_says)),
            Some(_) => (Tone::Warn, say!(check.superseded), say!(check.superseded_day)),
            None => (Tone::Danger, say!(check.altered), say!(check.altered_day)),
        },
        SlipFound::OtherShop => (Tone::Danger, say!(check.other_shop), say!(check.other_shop_says)),
        SlipFound::Unknown => (Tone::Warn, say!(check.unknown), say!(check.unknown_says)),
    }
}

/// The report of a day, for those who may see the figures of the whole shop.
fn of_day(slip: &DaySlip) -> Option<AnyView> {
    let session = context::session();
    if !untrack(|| context::has_right(session, &DeviceRight::ShopFigures)) {
        return None;
    }
    let currency = context::currency(session);
    let href = at(Link::from(Route::DayReport).with(Query::AsOf, slip.day));
    let rows: Vec<HistoryRow> = slip.since().filter_map(|entry| entry.of_account.clone()).collect();
    let content = view! {
        <dl class="facts">
            <dt>{say!(check.document)}</dt>
            <dd><a href=href>{say!(paper.day_report_of, day = date::with_year(slip.day))}</a></dd>
            <dt>{say!(paper.takings_kept)}</dt><dd>{money::money(kept(&slip.figures), &currency)}</dd>
        </dl>
        {since(&rows, slip.is_reordered)}
    };
    Some(content.into_any())
}

fn details(slip: &Slip) -> AnyView {
    let currency = context::currency(context::session());
    let (name, href, facts) = match &slip.says {
        SlipSays::Document(paper) => (title(paper), Some(at(back(paper, &slip.document))), of_paper(paper)),
        SlipSays::Statement(pair) => {
            let facts = vec![
                (say!(paper.owed), money::money(pair.owed, &currency)),
                (say!(paper.available_credit), money::money(pair.credit, &currency)),
            ];
            let link: Link = links::customer(&slip.document).into();
            (say!(check.of_statement), Some(at(link)), facts)
        }
        SlipSays::Nothing => (say!(check.no_paper), None, Vec::new()),
    };
    let name = match href {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let customer = at(links::customer(&slip.customer.id));
    let facts =
        facts.into_iter().map(|(term, value)| view! { <dt>{term}</dt><dd>{value}</dd> }).collect_view();
    view! {
        <dl class="facts">
            <dt>{say!(check.document)}</dt><dd>{name}</dd>
            <dt>{say!(paper.customer)}</dt><dd><a href=customer>{slip.customer.name.clone()}</a></dd>
            {facts}
        </dl>
        {since(&slip.since, slip.is_reordered)}
    }
    .into_any()
}

/// What the paper of a document must say, and what is so now.
fn of_paper(paper: &Paper) -> Vec<(String, String)> {
    let session = context::session();
    let currency = context::currency(session);
    let m = |amount| money::money(amount, &currency);
    let own = match &paper.content {
        Content::Receipt(receipt) => {
            let payment = &receipt.payment;
            vec![
                (say!(paper.amount), m(payment.received())),
                (say!(customer.refunded), m(payment.refunded)),
                (say!(customer.refundable), m(payment.refundable)),
            ]
        }
        Content::Invoice(order) => {
            vec![(say!(paper.amount), m(order.row.amount)), (say!(check.owed_now), m(order.row.owed))]
        }
        Content::Credit(note) => {
            vec![(say!(paper.amount), m(note.credit.amount)), (say!(check.left_now), m(note.credit.left))]
        }
        Content::Refund(slip) => {
            let refund = &slip.refund;
            vec![
                (say!(paper.amount), m(refund.asked())),
                (say!(customer.status), names::status(refund.status)),
            ]
        }
    };
    let by = context::staff(session, &paper.actor);
    let day = (say!(paper.date), format!("{}, {}", date::with_year(paper.on), date::clock(paper.recorded)));
    std::iter::once(day).chain(own).chain([(say!(customer.who), by)]).collect()
}

/// What changed since, and whether entries came in that count before.
fn since(rows: &[HistoryRow], is_reordered: bool) -> Option<AnyView> {
    if rows.is_empty() && !is_reordered {
        return None;
    }
    let session = context::session();
    let row = |row: &HistoryRow| {
        let what = methods::with_own(session, |own| history::sentence(row, own));
        view! { <li>{date::with_year(row.on)}": "{what}</li> }
    };
    let content = view! {
        <h3>{say!(check.since)}</h3>
        <ul class="plain">
            {is_reordered.then(|| view! { <li>{say!(check.reordered)}</li> })}
            {rows.iter().map(row).collect_view()}
        </ul>
    };
    Some(content.into_any())
}
