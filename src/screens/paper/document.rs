//! The screen that shows one document as it will be printed.

use super::by_mail::Sendable;
use super::page_rule::{Sheet, page_rule};
use super::printing::Printing;
use super::tools::tools;
use super::{credit_note, invoice, language, receipt, receipt_a4, refund_slip, sheet_choice};
use crate::at::at;
use crate::components::{Crumb, Crumbs, Empty, Heading, LinkButton, live, swap};
use crate::engine::SlipCode;
use crate::route::{Link, Route};
use crate::screens::{context, links};
use crate::session::{Loaded, Session};
use crate::text::{in_language, say};
use ledger::id::Id;
use ledger::view::paper::{Content, Paper};
use leptos::html::Article;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

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
    let paper = with_code(session, session.paper(customer, document.clone()), document.clone());
    live(move || match (paper.get(), Printing::of(session)) {
        (Loaded::Ready((paper, code)), Some(printing)) => {
            let (document, printing) = (document.clone(), printing.with_code(code));
            let languages = vec![language::of(&paper.addressee)];
            language::once_loaded(languages, move || whole(&printing, &paper, &document))
        }
        (Loaded::Missing, _) => missing(),
        _ => ().into_any(),
    })
}

/// A document with the code on its paper: without one if the store cannot be read.
type Coded = Loaded<(Arc<Paper>, Option<SlipCode>)>;

/// The paper is shown with its code, which is read after every change of the account.
fn with_code(session: Session, paper: Signal<Loaded<Arc<Paper>>>, document: Id) -> ReadSignal<Coded> {
    let (coded, set) = signal(Loaded::Pending);
    Effect::new(move || match paper.get() {
        Loaded::Pending => set.set(Loaded::Pending),
        Loaded::Missing => set.set(Loaded::Missing),
        Loaded::Ready(paper) => {
            let document = document.clone();
            spawn_local(async move {
                let code = session.slip_code(&paper.customer.id, &document).await;
                set.try_set(Loaded::Ready((paper, code.unwrap_or_default())));
            });
        }
    });
    coded
}

/// A receipt is printed on what was chosen for receipts, every other document on its own sheet.
fn whole(printing: &Printing, paper: &Arc<Paper>, document: &Id) -> AnyView {
    if !matches!(paper.content, Content::Receipt(_)) {
        return on_sheet(printing, paper, document, sheet(paper), ());
    }
    let chosen = sheet_choice::of_receipts();
    let (printing, paper, document) = (printing.clone(), paper.clone(), document.clone());
    swap(chosen, move |sheet| on_sheet(&printing, &paper, &document, sheet, sheet_choice::field(chosen)))
}

fn on_sheet(
    printing: &Printing,
    paper: &Paper,
    document: &Id,
    sheet: Sheet,
    choice: impl IntoView,
) -> AnyView {
    let element = NodeRef::<Article>::new();
    let language = language::of(&paper.addressee);
    let (named, content) = in_language(language, || {
        let named = title(paper);
        page_rule(sheet, &named, element);
        (named, content(printing, paper, sheet))
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
        language,
        email: paper.customer.email.clone(),
        no_mail: paper.addressee.no_mail,
        paper: element,
    };
    view! {
        <Crumbs crumbs=up/>
        <div class="head"><Heading text=title(paper)/></div>
        {tools(sendable, printing.code.as_ref())}
        {choice.into_any()}
        <div class="desk">
            <article class=sheet.class() lang=language.tag() aria-label=named node_ref=element>{content}</article>
        </div>
    }
    .into_any()
}

fn content(printing: &Printing, paper: &Paper, sheet: Sheet) -> AnyView {
    match &paper.content {
        Content::Receipt(paid) if sheet == Sheet::A4 => receipt_a4::receipt(printing, paper, paid),
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

/// The name of a document, with its number.
pub fn title(paper: &Paper) -> String {
    let number = |no: &Option<String>| no.clone().unwrap_or_default();
    match &paper.content {
        Content::Receipt(receipt) => say!(paper.receipt, no = number(&receipt.payment.no)),
        Content::Invoice(order) => say!(paper.invoice, no = number(&order.row.no)),
        Content::Credit(note) => credit_note::title(&note.credit),
        Content::Refund(slip) => refund_slip::title(&slip.refund),
    }
}

/// The screen of the document.
pub fn back(paper: &Paper, document: &Id) -> Link {
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
