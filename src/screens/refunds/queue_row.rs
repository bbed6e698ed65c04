//! One refund in the queue: what is paid to whom, why and who asked, and the next step.

use super::decision::Decision;
use super::sections::{is_own, waits_for};
use super::verdict::Verdict;
use crate::at::at;
use crate::components::{Button, Look, Menu, MenuItem, live};
use crate::screens::document_tables::{order_no, refund_tag};
use crate::screens::hand_over::HandOver;
use crate::screens::{context, links, methods, online_refund};
use crate::session::Session;
use crate::text::{date, money, names, reasons, say};
use ledger::account::{Status, Waits};
use ledger::code::Code;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;

/// What rows act through.
#[derive(Clone, Copy)]
pub(super) struct QueueRow {
    pub session: Session,
    pub decision: Decision,
    pub hand_over: HandOver,
}

impl QueueRow {
    /// The row.
    pub fn view(self, row: RefundRow) -> AnyView {
        let account = at(links::tab(&row.customer, "refunds"));
        let name = Signal::derive({
            let of = row.clone();
            move || context::customer_name(self.session, &of.customer)
        });
        let payee = row.clone();
        let pay_to = move || to_whom(self.session, &payee, name.get());
        let asked = row.clone();
        let who = move || about(self.session, &asked);
        let amount = money::figure(row.asked(), &context::currency(self.session));
        view! {
            <li>
                <span class="sum">{amount}</span>
                <div>
                    <a class="name" href=account>{name}</a>
                    <p class="small">{live(pay_to)}{order(&row)}{reference(&row)}</p>
                </div>
                <div>
                    <p>{why(&row)}</p>
                    <p class="small muted">{live(who)}</p>
                </div>
                <div class="do">{self.next(&row)}{self.menu(&row)}</div>
            </li>
        }
        .into_any()
    }

    /// The next step, for a person who may do it; for others, who does it.
    fn next(self, row: &RefundRow) -> AnyView {
        let asked = row.clone();
        let can = Memo::new({
            let row = row.clone();
            move |_| waits_for(self.session, &row)
        });
        let step = move || match asked.waits_for() {
            Some(Waits::Processor) => {
                let tag = refund_tag(&asked);
                let says = online_refund::explained(self.session, &asked);
                view! { {tag}<span class="small muted">{says}</span> }.into_any()
            }
            Some(Waits::Decision | Waits::Payment) if !can.get() => {
                view! { <span class="small muted">{say!(queue.waits_for_admin)}</span> }.into_any()
            }
            Some(Waits::Decision) if online_refund::can_record(&asked) => self.record(&asked),
            Some(Waits::Decision) if asked.is_found() => {
                let says = online_refund::explained(self.session, &asked);
                view! { {refund_tag(&asked)}<span class="small muted">{says}</span> }.into_any()
            }
            Some(Waits::Decision) => self.decide(say!(queue.approve), Verdict::Approve, &asked),
            Some(Waits::Payment) => self.decide(say!(queue.complete), Verdict::Complete, &asked),
            Some(Waits::HandOver) => {
                let given = asked.clone();
                let press = move |()| self.hand_over.press(&given);
                view! { <Button label=say!(queue.handed_over) look=Look::Tinted on_press=press/> }.into_any()
            }
            None => refund_tag(&asked),
        };
        live(step)
    }

    /// *Record*, for what was refunded on the card processor's own page.
    fn record(self, row: &RefundRow) -> AnyView {
        let found = row.clone();
        let press = move |()| self.decision.record_found(&found);
        view! { <Button label=say!(online.record) look=Look::Tinted on_press=press/> }.into_any()
    }

    fn decide(self, label: String, verdict: Verdict, row: &RefundRow) -> AnyView {
        let asked = row.clone();
        let press = move |()| self.decision.ask(verdict, &asked);
        view! { <Button label=label look=Look::Tinted on_press=press/> }.into_any()
    }

    /// The other steps, and where it is shown; computed when the menu opens, so that nothing closes it meanwhile.
    fn menu(self, row: &RefundRow) -> AnyView {
        let name = row.no.clone().unwrap_or_else(|| names::status(row.status));
        let of = row.clone();
        let items = UnsyncCallback::new(move |()| {
            let order = of.order.as_ref().map(|order| {
                MenuItem::link(say!(customer.open_order), at(links::order(&of.customer, order)))
            });
            let account = MenuItem::link(say!(queue.open_account), at(links::tab(&of.customer, "refunds")));
            self.decision.items(&of).into_iter().chain(order).chain([account]).collect()
        });
        view! { <Menu label=say!(parts.actions_for, name = name) items=items>"⋮"</Menu> }.into_any()
    }
}

/// To whom the money goes, or how it is handed over.
fn to_whom(session: Session, row: &RefundRow, name: String) -> String {
    if row.status == Status::Awaiting {
        return say!(queue.pay_to, name = row.payee.clone().unwrap_or(name));
    }
    let method = methods::name(session, row.method);
    match row.account.as_ref().filter(|account| matches!(account.code, Code::Cash | Code::Bank)) {
        Some(account) => say!(queue.by_account, method = method, account = names::money_account(account)),
        None => method,
    }
}

fn order(row: &RefundRow) -> Option<AnyView> {
    let order = row.order.as_ref()?;
    let (href, no) = (at(links::order(&row.customer, order)), order_no(row));
    Some(view! { " · "{say!(queue.order)}" "<a href=href>{no}</a> }.into_any())
}

/// What the customer sees on the payment: the reference as typed, otherwise the number.
fn reference(row: &RefundRow) -> Option<AnyView> {
    let typed = row.reference.clone();
    let shown = typed.or_else(|| row.no.clone().filter(|_| row.status == Status::Awaiting))?;
    Some(view! { " · "{say!(queue.reference)}" "<b class="reference">{shown}</b> }.into_any())
}

/// Why: the reason and the note, otherwise the credits that are paid out.
fn why(row: &RefundRow) -> String {
    let reason = row.reason.as_deref().map(reasons::label);
    let both = [reason, row.note.clone()].into_iter().flatten().collect::<Vec<_>>().join(": ");
    if both.is_empty() { say!(queue.pays_out, no = row.lots.join(", ")) } else { both }
}

/// Who asked and when, the credits it takes from, and why it was rejected.
fn about(session: Session, row: &RefundRow) -> String {
    let who = if row.is_found() {
        say!(online.found_there)
    } else if is_own(session, row) {
        say!(queue.you)
    } else {
        context::staff(session, &row.actor)
    };
    let today = session.today().get();
    let ago = date::ago(row.on, today);
    let when =
        if row.on.days_until(today) > 1 { format!("{}, {ago}", date::short(row.on, today)) } else { ago };
    let told = row.reason.is_some() || row.note.is_some();
    let lots = (told && !row.lots.is_empty()).then(|| say!(queue.credits, no = row.lots.join(", ")));
    let rejected = row.rejected.clone().map(|reason| say!(queue.rejected_for, reason = reason));
    let no = row.no.clone().filter(|_| row.status != Status::Awaiting && !row.is_found());
    [Some(who), Some(when), no, lots, rejected].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
