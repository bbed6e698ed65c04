//! The slip of a refund or a pay-out. Notes are internal and never printed.

use super::head;
use super::parts::{balances, returned, row};
use super::printing::Printing;
use crate::screens::{context, methods};
use crate::text::{date, money, names, reasons, say};
use ledger::account::Status;
use ledger::code::Code;
use ledger::method::Method;
use ledger::view::paper::{Paper, RefundPaper};
use ledger::view::refund::RefundRow;
use leptos::prelude::*;

/// The slip on a roll of 80 mm.
pub(super) fn refund_slip(printing: &Printing, paper: &Paper, slip: &RefundPaper) -> AnyView {
    let refund = &slip.refund;
    let no = refund.no.clone().unwrap_or_default();
    let is_reversed = matches!(refund.status, Status::Reversed | Status::Failed | Status::Canceled);
    let void = is_reversed.then(|| view! { <p class="void">{names::status(refund.status)}</p> });
    let name = context::staff(printing.session, &paper.actor);
    let by = if name.is_empty() { name } else { say!(paper.refunded_by, name = name) };
    let account = paper.balances.map(|pair| view! { <hr/>{balances(printing, pair)} });
    view! {
        {head::of_slip(printing)}
        <hr/>
        <div class="two"><p class="doc">{title(refund)}</p><span class="n">{Printing::day(paper.on)}</span></div>
        <div class="two"><span>{paper.customer.name.clone()}</span><span class="n">{date::clock(paper.recorded)}</span></div>
        {void}
        {amount(printing, refund)}
        <table><tbody>{facts(printing, slip)}</tbody></table>
        {credited(printing, slip)}
        {account}
        {signature(printing, paper, refund)}
        {head::foot_of_slip(printing, &no, by)}
    }
    .into_any()
}

/// `Refund AR-0014`, or that of credit.
pub(super) fn title(refund: &RefundRow) -> String {
    let no = refund.no.clone().unwrap_or_default();
    if refund.order.is_some() { say!(paper.refund, no = no) } else { say!(paper.pay_out, no = no) }
}

fn is_open(refund: &RefundRow) -> bool {
    matches!(refund.status, Status::Awaiting | Status::Pending)
}

fn amount(printing: &Printing, refund: &RefundRow) -> AnyView {
    let (label, amount) = if refund.money.is_zero() {
        (say!(paper.as_credit), refund.amount)
    } else if is_open(refund) {
        (say!(paper.to_be_paid), refund.money)
    } else {
        (say!(paper.given_back), refund.money)
    };
    view! { <div class="big"><span>{label}</span><span class="n">{printing.money(amount)}</span></div> }
        .into_any()
}

fn facts(printing: &Printing, slip: &RefundPaper) -> AnyView {
    let refund = &slip.refund;
    let method = methods::name(printing.session, refund.method);
    let place = refund.account.as_ref().filter(|account| matches!(account.code, Code::Cash | Code::Bank));
    let how = match place {
        Some(account) => say!(paper.from_account, method = method, account = names::money_account(account)),
        None => method,
    };
    let dated = |(no, on): &(Option<String>, _)| {
        say!(paper.invoice_of, no = no.clone().unwrap_or_default(), date = date::short(*on, refund.on))
    };
    let from: Vec<_> = slip.from.iter().map(dated).collect();
    let source = if refund.order.is_some() { say!(paper.of_payment) } else { say!(paper.of_credit) };
    let to_credit = refund.amount - refund.money;
    let is_split = !refund.money.is_zero() && refund.order.is_some() && to_credit.is_positive();
    [
        Some(row(say!(paper.how), how)),
        (!from.is_empty()).then(|| row(source, from.join("\n"))),
        is_split.then(|| row(say!(paper.kept_as_credit), printing.figure(to_credit))),
        refund.payee.clone().map(|payee| row(say!(paper.payee), payee)),
        refund.reference.clone().map(|reference| row(say!(paper.pay_reference), reference)),
        refund.reason.as_deref().map(|reason| row(say!(paper.reason), reasons::label(reason))),
    ]
    .into_iter()
    .flatten()
    .collect_view()
    .into_any()
}

/// The credit leg: what came back, and the tax in it.
fn credited(printing: &Printing, slip: &RefundPaper) -> Option<AnyView> {
    let refund = &slip.refund;
    if refund.credit.is_zero() {
        return None;
    }
    let no = refund.order_no.clone().unwrap_or_default();
    let taxed = slip.taxes.iter().filter(|tax| !tax.tax.is_zero());
    let taxed = taxed
        .map(|tax| row(say!(paper.of_which_tax, rate = money::decimal(tax.rate)), printing.figure(tax.tax)));
    let lines = (!slip.lines.is_empty()).then(|| {
        view! { <table><tbody>{returned(printing, &slip.lines)}</tbody></table><hr class="solid"/> }
    });
    let credited = view! {
        <hr/>
        <p class="above">{say!(paper.came_back, no = no)}</p>
        {lines}
        <table class="keep"><tbody>
            <tr class="strong"><th scope="row">{say!(paper.credited)}</th><td class="n">{printing.figure(refund.credit)}</td></tr>
            {taxed.collect_view()}
        </tbody></table>
    };
    Some(credited.into_any())
}

/// A line to sign, for money that is given by hand.
fn signature(printing: &Printing, paper: &Paper, refund: &RefundRow) -> Option<AnyView> {
    let is_by_hand = matches!(refund.method, Method::Cash | Method::Check);
    if refund.money.is_zero() || !is_by_hand || is_open(refund) {
        return None;
    }
    let name = refund.payee.clone().unwrap_or_else(|| paper.customer.name.clone());
    let signature = view! {
        <hr/>
        <div class="keep">
            <p>{say!(paper.i_received, amount = printing.money(refund.money))}</p>
            <div class="sign"></div>
            <div class="two"><small>{say!(paper.signature, name = name)}</small><small>{say!(paper.date)}</small></div>
        </div>
    };
    Some(signature.into_any())
}
