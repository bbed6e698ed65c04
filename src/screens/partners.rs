//! Referral partners: what each earns and what is payable, and adding a partner.

use crate::components::{
    Button, Choice, Choices, Column, Empty, ErrorSummary, Figure, Heading, Look, Table, TextField,
};
use crate::components::{live, swap};
use crate::forms::partner::{COMMISSION, NAME, PartnerDraft};
use crate::screens::context;
use crate::screens::form::Form;
use crate::session::Session;
use crate::text::say;
use ledger::code::{BookAccount, Code};
use ledger::entry::Basis;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::shop::{Partner, Shop};
use leptos::prelude::*;

/// The value of the *up front* option for the commission basis.
const UP_FRONT: &str = "up-front";

/// The screen at `/partners`.
#[component]
pub fn Partners() -> AnyView {
    let shop = context::session().shop();
    let lines = Memo::new(move |_| shop.with(|shop| shop.as_deref().map(lines).unwrap_or_default()));
    let some = Memo::new(move |_| lines.with(|lines| !lines.is_empty()));
    view! {
        <Heading text=say!(partners.title)/>
        <p class="muted">{say!(partners.says)}</p>
        {swap(some, move |some| if some { table(lines) } else { none() })}
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

fn table(lines: Memo<Vec<PartnerLine>>) -> AnyView {
    let currency = context::currency(context::session());
    let columns = vec![
        Column::new(say!(partners.partner)),
        Column::num(say!(partners.commission)).wide(),
        Column::new(say!(partners.basis)).wide(),
        Column::num(say!(partners.accrued)).wide(),
        Column::num(say!(partners.payable)),
    ];
    let rows = move || lines.get().into_iter().map(|line| row(line, &currency)).collect_view();
    view! { <Table caption=say!(partners.title) columns=columns>{live(rows)}</Table> }.into_any()
}

fn row(line: PartnerLine, currency: &Currency) -> AnyView {
    let rate = say!(partners.percent, rate = line.partner.rate.to_string());
    let basis = match line.partner.basis {
        Basis::OnPayment => say!(partners.on_payment),
        Basis::UpFront => say!(partners.up_front),
    };
    let figure = |amount| view! { <Figure amount=Some(amount) currency=currency.clone()/> };
    view! {
        <tr>
            <th scope="row">{line.partner.name}<span class="sub">{rate.clone()}" · "{basis.clone()}</span></th>
            <td class="num wide">{rate}</td>
            <td class="wide">{basis}</td>
            <td class="num wide">{figure(line.accrued)}</td>
            <td class="num">{figure(line.payable)}</td>
        </tr>
    }
    .into_any()
}

/// The texts of the form, and its id; the id is replaced once the partner is recorded.
#[derive(Clone, Copy)]
struct Texts {
    id: StoredValue<Id>,
    name: RwSignal<String>,
    commission: RwSignal<String>,
    basis: RwSignal<String>,
}

impl Texts {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        let (id, basis) = (StoredValue::new(Session::new_id()), RwSignal::new("on-payment".to_owned()));
        Self { id, name: empty(), commission: empty(), basis }
    }

    fn draft(self) -> PartnerDraft {
        PartnerDraft {
            id: self.id.get_value(),
            name: self.name.get(),
            commission: self.commission.get(),
            up_front: self.basis.get() == UP_FRONT,
        }
    }

    fn clear(self) {
        self.id.set_value(Session::new_id());
        self.name.set(String::new());
        self.commission.set(String::new());
    }
}

fn form() -> AnyView {
    let session = context::session();
    let (texts, form) = (Texts::new(), Form::new(session, context::currency(session), "partner".to_owned()));
    form.follow(move || texts.draft().command().err().unwrap_or_default());
    let added = RwSignal::new(None::<String>);
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        added.set(None);
        let name = texts.name.get_untracked();
        let read = untrack(|| texts.draft().command());
        form.record(read.map(|command| vec![command]), move |_| {
            texts.clear();
            added.set(Some(say!(partners.added, name = name.trim())));
        });
    };
    let may = Memo::new(move |_| context::may(session, "partner.added", Money::ZERO));
    let why = Signal::derive(move || (!may.get()).then(|| say!(partners.clerk)));
    let bases = vec![
        Choice::new("on-payment", say!(partners.on_payment)),
        Choice::new(UP_FRONT, say!(partners.up_front)),
    ];
    view! {
        <form class="form after-heading" novalidate on:submit=submit>
            <ErrorSummary problems=form.problems()/>
            <TextField id=NAME.id() label=say!(partners.name) value=texts.name error=form.error(NAME) required=true/>
            <TextField id=COMMISSION.id() label=say!(partners.commission_percent) hint=say!(partners.commission_hint)
                value=texts.commission error=form.error(COMMISSION) keyboard="decimal" short=true required=true/>
            <Choices id="f-basis" label=say!(partners.basis) choices=bases value=texts.basis across=true required=true/>
            <div class="actions">
                <Button label=say!(partners.add) look=Look::Primary submit=true why_not=why/>
                <span role="status">{added}</span>
            </div>
        </form>
    }
    .into_any()
}
