//! *Move money*: a float into the drawer, cash to the bank, or between banks.

use crate::components;
use crate::components::{AmountField, Button, Choice, ErrorSummary, Look, Select, TextArea};
use crate::components::{Value, effect};
use crate::forms::money::{AMOUNT, FEE, MoveDraft, NOTE, TO};
use crate::screens::confirmation::confirmation;
use crate::screens::form::Form;
use crate::screens::{bind, change_rows, context, draft_storage};
use crate::session::Session;
use crate::text::{money, names, say};
use ledger::code::{BookAccount, MoneyAccount};
use ledger::money::Currency;
use leptos::prelude::*;

/// The name of the draft in this tab.
const DRAFT: &str = "move-money";
/// The id of the drop-down for the account that gives the money; its value is always one of the accounts.
const FROM: &str = "f-from";

/// The form; it stays, with what was moved last.
pub fn form() -> AnyView {
    let session = context::session();
    let currency = context::currency(session);
    let (draft, restored) = draft_storage::open(DRAFT, || MoveDraft::new(Session::new_id(), None, None));
    let form = Form::new(session, currency.clone(), DRAFT.to_owned());
    let (written, shown, typed) = (currency.clone(), currency.clone(), currency.clone());
    form.follow(move || draft.with(|draft| draft.command(&written).err().unwrap_or_default()));
    let accounts = accounts(session);
    // The first two accounts: from the drawer to the bank.
    effect(move || {
        let first = accounts.get();
        if draft.with(|draft| draft.from.is_none() && draft.to.is_none()) {
            let mut first = first.into_iter();
            let (from, to) = (first.next(), first.next());
            draft.update(|draft| (draft.from, draft.to) = (from, to));
        }
    });
    let said = RwSignal::new(None::<String>);
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        said.set(None);
        let (read, done) = draft.with_untracked(|draft| (draft.command(&typed), moved(draft, &typed)));
        form.record(read.map(|command| vec![command]), move |_| {
            restored.start_afresh();
            said.set(done);
        });
    };
    view! {
        <form class="form after-heading" novalidate on:submit=submit>
            {restored.notice(move || form.clear())}
            <ErrorSummary problems=form.problems()/>
            {fields(draft, form, accounts, &currency)}
            {change_rows::of_shop(session, move || draft.with(|draft| draft.command(&shown).ok()))}
            <div class="actions">
                <Button label=say!(money.move_money) look=Look::Primary submit=true/>
            </div>
            {components::said(said)}
        </form>
    }
    .into_any()
}

fn fields(
    draft: RwSignal<MoveDraft>,
    form: Form,
    accounts: Memo<Vec<MoneyAccount>>,
    currency: &Currency,
) -> AnyView {
    let text = |read: fn(&MoveDraft) -> &String, write: fn(&mut MoveDraft) -> &mut String| {
        bind::text(
            move || draft.with(|draft| read(draft).clone()),
            move |typed| draft.update(|draft| *write(draft) = typed),
        )
    };
    let choices = Signal::derive(move || {
        let choice = |account: MoneyAccount| Choice::new(account.to_string(), names::money_account(&account));
        accounts.get().into_iter().map(choice).collect::<Vec<_>>()
    });
    let sign = money::sign(currency);
    view! {
        <div class="pair">
            <Select id=FROM label=say!(money.from) choices=choices required=true
                value=account(draft, |draft| draft.from.as_ref(), |draft| &mut draft.from)/>
            <Select id=TO.id() label=say!(money.to) choices=choices required=true error=form.error(TO)
                value=account(draft, |draft| draft.to.as_ref(), |draft| &mut draft.to)/>
        </div>
        <AmountField id=AMOUNT.id() label=say!(money.amount) currency=sign.clone() required=true
            value=text(|draft| &draft.amount, |draft| &mut draft.amount) error=form.error(AMOUNT)/>
        <AmountField id=FEE.id() label=say!(money.fee) hint=say!(money.fee_hint) currency=sign
            value=text(|draft| &draft.fee, |draft| &mut draft.fee) error=form.error(FEE)/>
        <TextArea id=NOTE.id() label=say!(money.note) hint=say!(money.note_hint)
            value=text(|draft| &draft.note, |draft| &mut draft.note) error=form.error(NOTE)/>
        {confirmation(form, NOTE, draft, |draft| &draft.note, say!(problems.not_a_card))}
    }
    .into_any()
}

/// An account of the draft as the value of a drop-down.
fn account(
    draft: RwSignal<MoveDraft>,
    read: fn(&MoveDraft) -> Option<&MoneyAccount>,
    write: fn(&mut MoveDraft) -> &mut Option<MoneyAccount>,
) -> Value<String> {
    bind::text(
        move || draft.with(|draft| read(draft).map(ToString::to_string).unwrap_or_default()),
        move |picked| draft.update(|draft| *write(draft) = picked.parse::<BookAccount>().ok()),
    )
}

fn accounts(session: Session) -> Memo<Vec<MoneyAccount>> {
    Memo::new(move |_| {
        let drawer = session.this_device().with(|here| here.drawer.clone());
        let all = |shop: &ledger::shop::Shop| change_rows::money_accounts(shop, &drawer);
        session.shop().with(|shop| shop.as_deref().map(all).unwrap_or_default())
    })
}

/// What will have been moved.
fn moved(draft: &MoveDraft, currency: &Currency) -> Option<String> {
    let (from, to) = (draft.from.as_ref()?, draft.to.as_ref()?);
    let amount = crate::forms::amount(&draft.amount, currency).ok()?;
    let (from, to) = (names::money_account(from), names::money_account(to));
    Some(say!(money.moved, amount = money::money(amount, currency), from = from, to = to))
}
