//! The screen that shows a statement of account as it will be printed, with its span.

use super::by_mail::Sendable;
use super::page_rule::{Sheet, page_rule};
use super::printing::Printing;
use super::span_form::SpanForm;
use super::tools::tools;
use super::{language, statement};
use crate::at::at;
use crate::components::{Crumb, Crumbs, Heading, Notice, live, swap};
use crate::engine::Stated;
use crate::route::Route;
use crate::screens::{context, links};
use crate::session::{Loaded, Session};
use crate::text::{fault::fault, in_language, say};
use ledger::date::Date;
use ledger::id::Id;
use ledger::view::span::Span;
use leptos::html::Article;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The screen at `/customers/:c/statement`.
#[component]
pub fn PrintStatement() -> AnyView {
    let customer = context::customer();
    swap(customer, |customer| customer.map_or_else(|| ().into_any(), page))
}

/// What is shown: the statement, or why there is none.
type Shown = Option<Result<Arc<Stated>, String>>;

fn page(customer: Id) -> AnyView {
    let session = context::session();
    let span = SpanForm::new(session);
    let read = read(session, customer.clone(), span.span());
    let name = context::row(session, customer.clone());
    let title = Signal::derive(move || say!(paper.statement));
    let up = Signal::derive(move || {
        let name = name.get().map(|row| row.name).unwrap_or_default();
        vec![
            Crumb::new(at(Route::Customers), say!(shell.customers)),
            Crumb::new(at(links::customer(&customer)), name),
        ]
    });
    let content = live(move || match (read.get(), Printing::of(session)) {
        (Some(Ok(found)), Some(printing)) => {
            let today = session.today().get();
            language::once_loaded(vec![language::of(&found.to)], move || sheet(&printing, &found, today))
        }
        (Some(Err(why)), _) => view! { <Notice says=why/> }.into_any(),
        _ => ().into_any(),
    });
    view! {
        <Crumbs crumbs=up/>
        <div class="head"><Heading text=title/></div>
        {span.fields()}
        {content}
    }
    .into_any()
}

fn sheet(printing: &Printing, found: &Stated, today: Date) -> AnyView {
    let statement = &found.statement;
    let element = NodeRef::<Article>::new();
    let language = language::of(&found.to);
    let (title, content) = in_language(language, || {
        let title = say!(paper.statement);
        page_rule(Sheet::A4, &format!("{title}, {}", statement.customer.name), element);
        (title, self::statement::statement(&printing.with_code(found.code.clone()), found, today))
    });
    let sendable = Sendable {
        customer: statement.customer.id.clone(),
        document: name_of(&statement.customer.id, statement.span),
        title: title.clone(),
        language,
        email: statement.customer.email.clone(),
        no_mail: found.to.no_mail,
        paper: element,
    };
    view! {
        {tools(sendable, found.code.as_ref())}
        <div class="desk">
            <article class=Sheet::A4.class() lang=language.tag() aria-label=title node_ref=element>{content}</article>
        </div>
    }
    .into_any()
}

/// What names the statement of a span among the documents of a customer.
pub(super) fn name_of(customer: &Id, Span { from, to }: Span) -> String {
    let days: Vec<String> = [from, to].into_iter().flatten().map(|day| day.to_string()).collect();
    format!("{customer}-st-{}", days.join("-"))
}

/// Reads the statement when the account is in memory, and again when the account or the span changes.
fn read(session: Session, customer: Id, span: Memo<Option<Span>>) -> ReadSignal<Shown> {
    let (shown, set) = signal(None);
    let account = session.account(customer.clone());
    Effect::new(move || {
        let (Loaded::Ready(_), Some(span)) = (account.get(), span.get()) else { return };
        let customer = customer.clone();
        spawn_local(async move {
            let found = match session.statement(&customer, span).await {
                Ok(found) => Ok(Arc::new(found)),
                Err(why) => Err(fault(&why)),
            };
            set.try_set(Some(found));
        });
    });
    shown
}
