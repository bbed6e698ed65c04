//! What a code on a paper is worth, with the figures to compare the paper with.

use crate::at::at;
use crate::components::{Tag, Tone};
use crate::engine::{Slip, SlipFound, SlipSays};
use crate::route::Link;
use crate::screens::paper::{back, title};
use crate::screens::{context, links, methods};
use crate::text::{date, history, money, names, say};
use ledger::view::history::HistoryRow;
use ledger::view::paper::{Content, Paper};
use leptos::prelude::*;

/// The outcome as a panel.
pub(super) fn outcome(found: &SlipFound) -> AnyView {
    let (tone, name, says, slip) = match found {
        SlipFound::Genuine(slip) => (Tone::In, say!(check.genuine), say!(check.genuine_says), Some(slip)),
        SlipFound::Superseded(slip) => {
            (Tone::Warn, say!(check.superseded), say!(check.superseded_says), Some(slip))
        }
        SlipFound::Altered(slip) => (Tone::Danger, say!(check.altered), say!(check.altered_says), Some(slip)),
        SlipFound::OtherShop => (Tone::Danger, say!(check.other_shop), say!(check.other_shop_says), None),
        SlipFound::Unknown => (Tone::Warn, say!(check.unknown), say!(check.unknown_says), None),
    };
    view! {
        <section class="panel checked" aria-labelledby="checked">
            <h2 id="checked"><Tag text=Signal::stored(name) tone=tone/></h2>
            <p>{says}</p>
            {slip.map(|slip| details(slip))}
        </section>
    }
    .into_any()
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
        {(!slip.since.is_empty()).then(|| since(&slip.since))}
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

fn since(rows: &[HistoryRow]) -> AnyView {
    let session = context::session();
    let row = |row: &HistoryRow| {
        let what = methods::with_own(session, |own| history::sentence(row, own));
        view! { <li>{date::with_year(row.on)}": "{what}</li> }
    };
    view! {
        <h3>{say!(check.since)}</h3>
        <ul class="plain">{rows.iter().map(row).collect_view()}</ul>
    }
    .into_any()
}
