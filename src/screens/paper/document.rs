//! The screen that shows one document as it will be printed.

use super::by_mail::Sendable;
use super::page_rule::{Sheet, page_rule};
use super::printing::Printing;
use super::tools::tools;
use super::{credit_note, invoice, language, receipt, refund_slip};
use crate::at::at;
use crate::components::{Crumb, Crumbs, Empty, Heading, LinkButton, live, swap};
use crate::route::{Link, Route};
use crate::screens::{context, links};
use crate::session::Loaded;
use crate::text::{in_language, say};
use ledger::id::Id;
use ledger::view::paper::{Content, Paper};
use leptos::html::Article;
use leptos::prelude::*;

/// The screen at `/customers/:c/print/:document`.
#[component]
pub fn PrintDocument() -> AnyView {
    let (customer, document) = (context::customer(), context::document());
    let at = Memo::new(move |_| (customer.get(), document.get()));
    swap(at, |at| match at {
        (Some(customer), Some(document)) => shown(customer, document),
        _ => missing(),
    })
}

fn shown(customer: Id, document: Id) -> AnyView {
    let session = context::session();
    let paper = session.paper(customer, document.clone());
    live(move || match (paper.get(), Printing::of(session)) {
        (Loaded::Ready(paper), Some(printing)) => {
            let document = document.clone();
            let languages = vec![language::of(&paper.addressee)];
            language::once_loaded(languages, move || whole(&printing, &paper, &document))
        }
        (Loaded::Missing, _) => missing(),
        _ => ().into_any(),
    })
}

fn whole(printing: &Printing, paper: &Paper, document: &Id) -> AnyView {
    let sheet = sheet(paper);
    let element = NodeRef::<Article>::new();
    let language = language::of(&paper.addressee);
    let (named, content) = in_language(language, || {
        let named = title(paper);
        page_rule(sheet, &named, element);
        (named, content(printing, paper))
    });
    let up = vec![
        Crumb::new(at(Route::Customers), say!(shell.customers)),
        Crumb::new(at(links::customer(&paper.customer.id)), paper.customer.name.clone()),
        Crumb::new(at(back(paper, document)), back_label(paper)),
    ];
    let sendable = Sendable {
        customer: paper.customer.id.clone(),
        document: document.to_string(),
        title: named.clone(),
        email: paper.customer.email.clone(),
        no_mail: paper.addressee.no_mail,
        paper: element,
    };
    view! {
        <Crumbs crumbs=up/>
        <div class="head"><Heading text=title(paper)/></div>
        {tools(sendable)}
        <div class="desk">
            <article class=sheet.class() lang=language.tag() aria-label=named node_ref=element>{content}</article>
        </div>
    }
    .into_any()
}

fn content(printing: &Printing, paper: &Paper) -> AnyView {
    match &paper.content {
        Content::Receipt(paid) => receipt::receipt(printing, paper, paid),
        Content::Invoice(order) => invoice::invoice(printing, paper, order),
        Content::Credit(note) => credit_note::credit_note(printing, paper, note),
        Content::Refund(slip) => refund_slip::refund_slip(printing, paper, slip),
    }
}

const fn sheet(paper: &Paper) -> Sheet {
    match paper.content {
        Content::Receipt(_) | Content::Refund(_) => Sheet::Roll,
        Content::Invoice(_) | Content::Credit(_) => Sheet::A4,
    }
}

fn title(paper: &Paper) -> String {
    let number = |no: &Option<String>| no.clone().unwrap_or_default();
    match &paper.content {
        Content::Receipt(receipt) => say!(paper.receipt, no = number(&receipt.payment.no)),
        Content::Invoice(order) => say!(paper.invoice, no = number(&order.row.no)),
        Content::Credit(note) => credit_note::title(&note.credit),
        Content::Refund(slip) => refund_slip::title(&slip.refund),
    }
}

/// The screen of the document.
fn back(paper: &Paper, document: &Id) -> Link {
    let customer = &paper.customer.id;
    match &paper.content {
        Content::Receipt(_) => links::payment(customer, document).into(),
        Content::Invoice(_) => links::order(customer, document).into(),
        Content::Credit(_) => links::tab(customer, "credits"),
        Content::Refund(_) => links::tab(customer, "refunds"),
    }
}

fn back_label(paper: &Paper) -> String {
    match &paper.content {
        Content::Receipt(_) => say!(customer.payment),
        Content::Invoice(_) => say!(customer.order),
        Content::Credit(_) => say!(customer.credits),
        Content::Refund(_) => say!(customer.refunds),
    }
}

fn missing() -> AnyView {
    view! {
        <Empty title=say!(paper.missing) says=say!(paper.missing_hint)>
            <LinkButton href=at(Route::Customers) label=say!(customer.find)/>
        </Empty>
    }
    .into_any()
}
