//! Referral partners: what each earns and what is payable, paying it, and adding a partner.

mod history;
mod pay;
mod reverse;

use crate::at::at;
use crate::components::{
    Button, Choice, Choices, Column, Empty, ErrorSummary, Figure, Heading, Look, Table, TextField,
};
use crate::components::{live, swap};
use crate::forms::partner::{COMMISSION, NAME, PartnerDraft};
use crate::route::{Query, Route};
use crate::screens::form::Form;
use crate::screens::{bind, context, draft_storage};
use crate::session::Session;
use crate::text::{money, say};
use ledger::code::{BookAccount, Code};
use ledger::entry::{Basis, EntryKind};
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::shop::{Partner, Shop};
use leptos::prelude::*;
use pay::PartnerPayments;
use reverse::Reversals;

/// The values of the options for the commission basis.
const UP_FRONT: &str = "up-front";
const ON_PAYMENT: &str = "on-payment";

/// The screen at `/partners`.
#[component]
pub fn Partners() -> AnyView {
    let (shop, payments) = (context::session().shop(), PartnerPayments::new(context::session()));
    let reversals = Reversals::new(context::session());
    let lines = Memo::new(move |_| shop.with(|shop| shop.as_deref().map(lines).unwrap_or_default()));
    let some = Memo::new(move |_| lines.with(|lines| !lines.is_empty()));
    view! {
        <Heading text=say!(partners.title)/>
        <p class="muted">{say!(partners.says)}</p>
        {payments.notice()}
        {reversals.notice()}
        {swap(some, move |some| if some { table(lines, payments) } else { none() })}
        {payments.dialog()}
        {history::history(reversals)}
        {reversals.dialog()}
        <section class="subsection">
            <h2>{say!(partners.add)}</h2>
            {form()}
        </section>
    }
    .into_any()
}

/// A partner with the payable and the accrued commission.
#[derive(Debug, Clone, PartialEq)]
struct PartnerLine {
    partner: Partner,
    payable: Money,
    accrued: Money,
}

/// Ledger sums are debit-positive; the amount the shop owes is negated, so that it is shown as positive.
fn lines(shop: &Shop) -> Vec<PartnerLine> {
    let owed = |code, id: &Id| -shop.balance(&BookAccount::of_id(code, id));
    let line = |partner: &Partner| PartnerLine {
        payable: owed(Code::CommissionPayable, &partner.id),
        accrued: owed(Code::CommissionAccrued, &partner.id),
        partner: partner.clone(),
    };
    shop.partners.values().map(line).collect()
}

fn none() -> AnyView {
    view! { <Empty title=say!(partners.none) says=say!(partners.none_says)/> }.into_any()
}

fn table(lines: Memo<Vec<PartnerLine>>, payments: PartnerPayments) -> AnyView {
    let currency = context::currency(context::session());
    let columns = vec![
        Column::new(say!(partners.partner)),
        Column::num(say!(partners.commission)).wide(),
        Column::new(say!(partners.basis)).wide(),
        Column::num(say!(partners.accrued)).wide(),
        Column::num(say!(partners.payable)),
        Column::num(say!(customer.actions)).heard(),
    ];
    let rows = move || lines.get().into_iter().map(|line| row(line, &currency, payments)).collect_view();
    view! { <Table caption=say!(partners.title) columns=columns>{live(rows)}</Table> }.into_any()
}

fn row(line: PartnerLine, currency: &Currency, payments: PartnerPayments) -> AnyView {
    let rate = say!(partners.percent, rate = money::decimal(line.partner.rate));
    let basis = match line.partner.basis {
        Basis::OnPayment => say!(partners.on_payment),
        Basis::UpFront => say!(partners.up_front),
    };
    let pay = payments.menu(&line.partner, line.payable);
    let ledger = at(Route::Partners.with(Query::Partner, &line.partner.id));
    let figure = |amount| view! { <Figure amount=Some(amount) currency=currency.clone()/> };
    view! {
        <tr>
            <th scope="row"><a href=ledger>{line.partner.name}</a><span class="sub">{rate.clone()}" · "{basis.clone()}</span></th>
            <td class="num wide">{rate}</td>
            <td class="wide">{basis}</td>
            <td class="num wide">{figure(line.accrued)}</td>
            <td class="num">{figure(line.payable)}</td>
            <td class="num">{pay}</td>
        </tr>
    }
    .into_any()
}

/// The name of the draft in this tab.
const DRAFT: &str = "partner";

fn new_draft() -> PartnerDraft {
    let (name, commission) = (String::new(), String::new());
    PartnerDraft { id: Session::new_id(), name, commission, up_front: false }
}

fn form() -> AnyView {
    let session = context::session();
    let (draft, restored) = draft_storage::open(DRAFT, new_draft);
    let form = Form::new(session, context::currency(session), DRAFT.to_owned());
    form.follow(move || draft.with(|draft| draft.command().err().unwrap_or_default()));
    let added = RwSignal::new(None::<String>);
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        added.set(None);
        let name = draft.with_untracked(|draft| draft.name.trim().to_owned());
        let read = draft.with_untracked(PartnerDraft::command);
        form.record(read.map(|command| vec![command]), move |_| {
            restored.start_afresh();
            added.set(Some(say!(partners.added, name = name)));
        });
    };
    let name = bind::text(
        move || draft.with(|draft| draft.name.clone()),
        move |typed| draft.update(|draft| draft.name = typed),
    );
    let commission = bind::text(
        move || draft.with(|draft| draft.commission.clone()),
        move |typed| draft.update(|draft| draft.commission = typed),
    );
    let basis = bind::text(
        move || draft.with(|draft| if draft.up_front { UP_FRONT } else { ON_PAYMENT }.to_owned()),
        move |picked| draft.update(|draft| draft.up_front = picked == UP_FRONT),
    );
    let may = Memo::new(move |_| context::may(session, EntryKind::PartnerAdded, Money::ZERO));
    let why = Signal::derive(move || (!may.get()).then(|| say!(partners.clerk)));
    let bases = vec![
        Choice::new(ON_PAYMENT, say!(partners.on_payment)),
        Choice::new(UP_FRONT, say!(partners.up_front)),
    ];
    view! {
        <form class="form after-heading" novalidate on:submit=submit>
            {restored.notice(move || form.clear())}
            <ErrorSummary problems=form.problems()/>
            <TextField id=NAME.id() label=say!(partners.name) value=name error=form.error(NAME) required=true/>
            <TextField id=COMMISSION.id() label=say!(partners.commission_percent) hint=say!(partners.commission_hint)
                value=commission error=form.error(COMMISSION) keyboard="decimal" short=true required=true/>
            <Choices id="f-basis" label=say!(partners.basis) choices=bases value=basis across=true required=true/>
            <div class="actions">
                <Button label=say!(partners.add) look=Look::Primary submit=true why_not=why/>
                <span role="status">{added}</span>
            </div>
        </form>
    }
    .into_any()
}
