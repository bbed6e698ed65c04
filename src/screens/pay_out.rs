//! Paying credit out: *Pay Refund*, an amount, and *Refund O/S*, credit by credit.

mod done;
mod fields;
mod lots;

use crate::at::at;
use crate::components::swap;
use crate::components::{Button, Confirm, Crumb, Crumbs, Empty, ErrorSummary, Heading, LinkButton, Look};
use crate::forms::Errors;
use crate::forms::payout::{Facts, PayoutDraft};
use crate::screens::after::Last;
use crate::screens::form::Form;
use crate::screens::{context, kept, links, who};
use crate::session::{Loaded, Session};
use crate::text::say;
use ledger::command::Command;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::view::account::AccountView;
use leptos::prelude::*;
use std::sync::Arc;

/// One pay-out on its way.
#[derive(Clone, Copy)]
struct PayOut {
    session: Session,
    customer: StoredValue<Id>,
    draft: RwSignal<PayoutDraft>,
    view: Memo<Option<Arc<AccountView>>>,
    form: Form,
    currency: StoredValue<Currency>,
    last: Last,
}

/// The screen at `/customers/:c/pay-refund`.
#[component]
pub fn PayRefund() -> AnyView {
    page(false)
}

/// The screen at `/customers/:c/refund-os`.
#[component]
pub fn RefundOutstanding() -> AnyView {
    page(true)
}

fn page(by_lot: bool) -> AnyView {
    let (customer, done) = (context::param("c"), context::query("done"));
    let last: Last = RwSignal::new(None);
    let at = Memo::new(move |_| customer.get().map(|c| (c, done.get().and_then(|id| Id::new(&id).ok()))));
    swap(at, move |at| match at {
        Some((customer, None)) => {
            who::known(&customer.clone(), move || form(PayOut::new(customer.clone(), by_lot, last)))
        }
        Some((customer, Some(payout))) => done::recorded(title(by_lot), customer, payout, last),
        None => ().into_any(),
    })
}

fn title(by_lot: bool) -> String {
    if by_lot { say!(payout.refund_os) } else { say!(payout.pay_refund) }
}

impl PayOut {
    fn new(customer: Id, by_lot: bool, last: Last) -> Self {
        let session = context::session();
        let (currency, account) = (context::currency(session), session.account(customer.clone()));
        let name = if by_lot { format!("refund-os/{customer}") } else { format!("pay-refund/{customer}") };
        let view = Memo::new(move |_| match account.get() {
            Loaded::Ready(view) => Some(view),
            Loaded::Pending | Loaded::Missing => None,
        });
        Self {
            session,
            view,
            draft: kept::kept(&name, || PayoutDraft::new(Session::new_id(), by_lot)),
            form: Form::new(session, currency.clone(), name),
            customer: StoredValue::new(customer),
            currency: StoredValue::new(currency),
            last,
        }
    }

    /// The draft together with the credits it is read against; `None` until they are read.
    fn with<T>(self, read: impl FnOnce(&PayoutDraft, &Facts<'_>) -> T) -> Option<T> {
        let view = self.view.get()?;
        self.currency.with_value(|currency| {
            let facts = Facts { currency, lots: &view.lots };
            Some(self.draft.with(|draft| read(draft, &facts)))
        })
    }

    /// Whether it is in the book already, and this form about to go.
    fn is_recorded(self) -> bool {
        let id = self.draft.with(|draft| draft.id.clone());
        self.view.with(|view| view.as_ref().is_some_and(|view| view.refunds.iter().any(|row| row.id == id)))
    }

    fn by_lot(self) -> bool {
        self.draft.with_untracked(|draft| draft.by_lot)
    }

    /// *Refund O/S* completes at once where who acts may; *Pay Refund* waits until the money was paid.
    fn commands(self) -> Result<Vec<Command>, Errors> {
        let read = untrack(|| {
            self.with(|draft, facts| {
                let complete =
                    draft.by_lot && context::may(self.session, "payout.completed", draft.going(facts));
                self.customer.with_value(|customer| draft.commands(customer, facts, complete))
            })
        });
        read.unwrap_or_else(|| Err(Errors::default()))
    }

    fn record(self, go: impl Fn(&str) + 'static) {
        let path = self.customer.with_value(|customer| links::pay_out(customer, self.by_lot()));
        let done = self.draft.with_untracked(|draft| format!("{path}?done={}", draft.id));
        self.form.record(self.commands(), move |recorded| {
            self.last.set(Some(recorded));
            go(&done);
        });
    }
}

fn form(pay: PayOut) -> AnyView {
    let some = Memo::new(move |_| {
        let some = pay.with(|_, facts| facts.available().is_positive())?;
        Some(some || pay.is_recorded())
    });
    swap(some, move |some| match some {
        None => ().into_any(),
        Some(false) => nothing(pay),
        Some(true) => whole(pay),
    })
}

fn whole(pay: PayOut) -> AnyView {
    let router = context::router();
    let go = move |path: &str| router.go_instead(path);
    let sure = RwSignal::new(false);
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        if !pay.by_lot() {
            return pay.record(go);
        }
        match pay.commands() {
            Err(errors) => pay.form.show(errors),
            Ok(_) => {
                pay.form.show(Errors::default());
                sure.set(true);
            }
        }
    };
    let by_lot = pay.by_lot();
    let label = if by_lot { say!(payout.refund_note) } else { say!(payout.process) };
    let account = pay.customer.with_value(|customer| at(links::tab(customer, "credits")));
    view! {
        {crumbs(pay)}
        <Heading text=title(by_lot)/>
        <form class="form after-heading" novalidate on:submit=submit>
            <ErrorSummary problems=pay.form.problems()/>
            {if by_lot { lots::lots(pay) } else { fields::amount(pay) }}
            {fields::how(pay)}
            {fields::rest(pay)}
            {(!by_lot).then(|| view! { <p class="note">{say!(payout.hold_says)}</p> })}
            <div class="actions">
                <Button label=label look=Look::Primary submit=true/>
                <span on:click=move |_| pay.form.forget()>
                    <LinkButton href=account label=say!(refund.cancel) look=Look::Quiet/>
                </span>
            </div>
        </form>
        <Confirm open=sure question=say!(payout.sure) on_yes=move |()| pay.record(go)/>
    }
    .into_any()
}

fn nothing(pay: PayOut) -> AnyView {
    let account = pay.customer.with_value(|customer| at(links::customer(customer)));
    let name = name(pay);
    let label = Signal::derive(move || say!(pay.to_customer, name = name.get()));
    view! {
        {crumbs(pay)}
        <Heading text=title(pay.by_lot())/>
        <Empty title=say!(payout.nothing) says=say!(payout.nothing_says)>
            <LinkButton href=account label=label/>
        </Empty>
    }
    .into_any()
}

fn name(pay: PayOut) -> Signal<String> {
    let row = pay.customer.with_value(|customer| context::row(pay.session, customer.clone()));
    Signal::derive(move || row.get().map(|row| row.name).unwrap_or_default())
}

fn crumbs(pay: PayOut) -> AnyView {
    let (href, name) = (pay.customer.with_value(|customer| at(links::customer(customer))), name(pay));
    let crumbs = Signal::derive(move || {
        vec![Crumb::new(at("/customers"), say!(shell.customers)), Crumb::new(href.clone(), name.get())]
    });
    view! { <Crumbs crumbs=crumbs/> }.into_any()
}
