//! *Pay Partner*: a dialog that names the partner and what is payable, shows the effect, and records once.

use crate::components::{
    AmountField, Button, Dialog, ErrorSummary, Look, MenuItem, RowMenu, Select, TextArea, Value, said, swap,
};
use crate::forms::money::{AMOUNT, BANK, METHOD, NOTE, PartnerPaymentDraft};
use crate::forms::payment::has_bank;
use crate::forms::refund::METHODS;
use crate::screens::confirmation::confirmation;
use crate::screens::form::Form;
use crate::screens::{bind, change_rows, context, methods};
use crate::session::Session;
use crate::text::{money, say};
use ledger::entry::EntryKind;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::shop::Partner;
use leptos::prelude::*;

/// The partner to pay, and what is payable.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    partner: Id,
    name: String,
    payable: Money,
}

/// The dialog of the page; cheap to copy.
#[derive(Clone, Copy)]
pub struct PartnerPayments {
    session: Session,
    open: RwSignal<bool>,
    asked: RwSignal<Option<Asked>>,
    said: RwSignal<Option<String>>,
}

impl PartnerPayments {
    /// None is asked for yet.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let (open, asked, said) = (RwSignal::new(false), RwSignal::new(None), RwSignal::new(None));
        Self { session, open, asked, said }
    }

    /// The menu of a partner to whom commission is payable; nothing where the signed-in user may not pay it.
    #[must_use]
    pub fn menu(self, partner: &Partner, payable: Money) -> AnyView {
        let asked = Asked { partner: partner.id.clone(), name: partner.name.clone(), payable };
        let may = Memo::new(move |_| {
            payable.is_positive() && context::may(self.session, EntryKind::PartnerPaid, payable)
        });
        let ask = move || {
            self.said.set(None);
            self.asked.set(Some(asked.clone()));
            self.open.set(true);
        };
        let label = say!(parts.actions_for, name = partner.name.clone());
        let menu = move |may: bool| {
            let pay = may.then(|| {
                MenuItem::press(say!(partners.pay), {
                    let ask = ask.clone();
                    move || ask()
                })
            });
            view! { <RowMenu label=label.clone() items=pay.into_iter().collect()/> }.into_any()
        };
        swap(may, menu)
    }

    /// What was paid last.
    #[must_use]
    pub fn notice(self) -> AnyView {
        said(self.said)
    }

    /// The dialog.
    #[must_use]
    pub fn dialog(self) -> AnyView {
        let name = move || self.asked.with(|asked| asked.as_ref().map(|asked| asked.name.clone()));
        let title = Signal::derive(move || say!(partners.pay_named, name = name().unwrap_or_default()));
        let content = move || untrack(|| self.asked.get().map(|asked| self.content(asked)));
        view! { <Dialog open=self.open title=title>{content()}</Dialog> }.into_any()
    }

    fn content(self, asked: Asked) -> AnyView {
        let Asked { partner, name, payable } = asked;
        let (session, currency) = (self.session, context::currency(self.session));
        let draft = RwSignal::new(PartnerPaymentDraft::new(Session::new_id(), partner, payable, &currency));
        let form = Form::new(session, currency.clone(), "pay-partner".to_owned());
        let (shown, typed, written) = (currency.clone(), currency.clone(), currency.clone());
        form.follow(move || draft.with(|draft| draft.command(&written).err().unwrap_or_default()));
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            let read = draft.with_untracked(|draft| draft.command(&typed));
            let amount = draft.with_untracked(|draft| crate::forms::amount(&draft.amount, &typed));
            let amount = money::money(amount.unwrap_or(payable), &typed);
            let by = methods::by(session, draft.with_untracked(|draft| draft.method));
            let done = say!(partners.paid, amount = amount, name = name.clone(), by = by);
            form.record(read.map(|command| vec![command]), move |_| {
                self.open.set(false);
                self.said.set(Some(done));
            });
        };
        let close = move |()| self.open.set(false);
        view! {
            <form class="stack" novalidate on:submit=submit>
                <ErrorSummary problems=form.problems()/>
                <p>{say!(partners.pay_says, amount = money::money(payable, &currency))}</p>
                <AmountField id=AMOUNT.id() label=say!(partners.pay_amount) currency=money::sign(&currency)
                    value=text(draft, |draft| &draft.amount, |draft| &mut draft.amount)
                    error=form.error(AMOUNT) required=true/>
                {how(session, draft)}
                <TextArea id=NOTE.id() label=say!(money.note) hint=say!(money.note_hint)
                    value=text(draft, |draft| &draft.note, |draft| &mut draft.note) error=form.error(NOTE)/>
                {confirmation(form, NOTE, draft, |draft| &draft.note, say!(problems.not_a_card))}
                {change_rows::of_shop(session, move || draft.with(|draft| draft.command(&shown).ok()))}
                <div class="actions">
                    <Button label=say!(partners.pay) look=Look::Primary submit=true/>
                    <Button label=say!(correct.cancel) on_press=close/>
                </div>
            </form>
        }
        .into_any()
    }
}

/// The method, with its bank account.
fn how(session: Session, draft: RwSignal<PartnerPaymentDraft>) -> AnyView {
    let method = Memo::new(move |_| draft.with(|draft| draft.method));
    let value = bind::text(
        move || method.with(|method| method.word().to_owned()),
        move |picked| draft.update(|draft| draft.method = Method::of(&picked).unwrap_or(Method::Cash)),
    );
    let bank = move || {
        let value = methods::bank_value(
            session,
            move || draft.with(|draft| draft.bank.clone()),
            move |bank| draft.update(|draft| draft.bank = Some(bank)),
        );
        let banks = methods::banks(session);
        view! { <Select id=BANK.id() label=say!(refund.bank) choices=banks value=value required=true/> }
    };
    view! {
        <div class="pair">
            <Select id=METHOD.id() label=say!(partners.pay_method) choices=methods::choices(session, METHODS) value=value
                required=true/>
            <Show when=move || has_bank(method.get())>{bank()}</Show>
        </div>
    }
    .into_any()
}

fn text(
    draft: RwSignal<PartnerPaymentDraft>,
    read: fn(&PartnerPaymentDraft) -> &String,
    write: fn(&mut PartnerPaymentDraft) -> &mut String,
) -> Value<String> {
    bind::text(
        move || draft.with(|draft| read(draft).clone()),
        move |typed| draft.update(|draft| *write(draft) = typed),
    )
}
