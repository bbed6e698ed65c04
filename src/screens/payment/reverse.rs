//! *Reverse payment*: a dialog asks for the reason and shows the effect, then the reversal is recorded once.

use crate::components::live;
use crate::components::{Button, ChangeRow, Changes, Dialog, ErrorSummary, Look, TextField};
use crate::forms::{Errors, ReasonDraft, limits, required};
use crate::screens::context;
use crate::screens::form::Form;
use crate::session::Session;
use crate::text::{money, names, refusal::refusal, say};
use ledger::id::Id;
use ledger::money::Money;
use ledger::preview::{Change, Subject};
use ledger::refusal::Refusal;
use ledger::rules::{Act, Command, Reversal};
use ledger::view::account::AccountView;
use leptos::prelude::*;

/// The reversal of one payment. It outlives the view of the payment, which is rebuilt after the reversal.
#[derive(Clone, Copy)]
pub(super) struct Reverse {
    session: Session,
    form: Form,
    customer: StoredValue<Id>,
    payment: StoredValue<Id>,
    reason: RwSignal<String>,
    open: RwSignal<bool>,
    notice: RwSignal<Option<String>>,
}

impl Reverse {
    pub fn new(session: Session, customer: Id, payment: Id) -> Self {
        let reverse = Self {
            session,
            form: Form::new(session, context::currency(session), format!("reverse/{payment}")),
            customer: StoredValue::new(customer),
            payment: StoredValue::new(payment),
            reason: RwSignal::new(String::new()),
            open: RwSignal::new(false),
            notice: RwSignal::new(None),
        };
        reverse.form.follow(move || reverse.commands().err().unwrap_or_default());
        reverse
    }

    /// The button; it shows why the signed-in user may not reverse the payment.
    pub fn button(self) -> AnyView {
        let why = Memo::new(move |_| self.why_not());
        let ask = move |()| {
            self.form.show(Errors::default());
            self.open.set(true);
        };
        view! { <Button label=say!(pay.reverse) why_not=why on_press=ask/> }.into_any()
    }

    /// The confirmation.
    pub fn notice(self) -> AnyView {
        live(move || self.notice.get().map(|said| view! { <p class="note notice" role="status">{said}</p> }))
    }

    /// The dialog; `view` is the current account.
    pub fn dialog(
        self,
        view: impl Fn() -> Option<std::sync::Arc<AccountView>> + Copy + Send + Sync + 'static,
    ) -> AnyView {
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            self.form.record(untrack(|| self.commands()), move |_| {
                self.open.set(false);
                self.notice.set(Some(say!(pay.reversed_done)));
            });
        };
        let content = move || {
            let rows = untrack(|| self.changes());
            let spent = untrack(|| view().and_then(|view| self.spent(&view)));
            let close = move |()| self.open.set(false);
            view! {
                <form class="stack" novalidate on:submit=submit>
                    <ErrorSummary problems=self.form.problems()/>
                    <p>{say!(pay.reverse_says)}</p>
                    {spent.map(|says| view! { <p class="note warn">{says}</p> })}
                    <Changes caption=say!(refund.what_will_happen) rows=rows/>
                    <TextField id=ReasonDraft::WORDS.id() label=say!(reasons.label) hint=say!(pay.reverse_hint)
                        value=self.reason error=self.form.error(ReasonDraft::WORDS) required=true/>
                    <div class="actions">
                        <Button label=say!(pay.reverse) look=Look::Danger submit=true/>
                        <Button label=say!(pay.cancel) on_press=close/>
                    </div>
                </form>
            }
        };
        view! { <Dialog open=self.open title=say!(pay.reverse_sure)>{content()}</Dialog> }.into_any()
    }

    /// The id is derived from the payment's id, so that pressing twice reverses once.
    fn command(self, reason: String) -> Option<Command> {
        let (of, customer) = (self.payment.get_value(), self.customer.get_value());
        let id = Id::new(&format!("{of}-reversed")).ok()?;
        let act = Act::ReversePayment(Reversal { of, reason: Some(reason) });
        Some(Command { id, customer: Some(customer), on: None, act })
    }

    fn commands(self) -> Result<Vec<Command>, Errors> {
        let mut errors = Errors::default();
        let read = required(&self.reason.get(), limits::REASON);
        let reason = errors.take(ReasonDraft::WORDS, read);
        errors.or(reason).map(|reason| self.command(reason).into_iter().collect())
    }

    fn why_not(self) -> Option<String> {
        // The result depends on the signed-in user, the day, and the shop's cash counts.
        self.session.this_device().track();
        self.session.shop().track();
        self.session.today().track();
        match self.session.preview(&self.command(say!(pay.reverse))?) {
            Ok(_) => None,
            Err(Refusal::NotPermitted { .. }) => Some(say!(pay.clerk_reverse)),
            Err(why) => Some(refusal(&why, &context::currency(self.session))),
        }
    }

    /// Credit from this payment that was already used, and that the customer will have to repay.
    fn spent(self, view: &AccountView) -> Option<String> {
        let is = |id: &Id| self.payment.with_value(|payment| payment == id);
        let lot = view.lots.iter().find(|lot| is(&lot.id))?;
        let spent = lot.amount - lot.os.max(Money::ZERO);
        let amount = money::money(spent, &context::currency(self.session));
        spent.is_positive().then(|| say!(pay.reverse_spent, amount = amount))
    }

    fn changes(self) -> Vec<ChangeRow> {
        let command = self.command(say!(pay.reverse));
        let preview = command.and_then(|command| self.session.preview(&command).ok());
        preview
            .map(|preview| preview.changes)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|c| self.row(c))
            .collect()
    }

    fn partner(self, id: &Id) -> String {
        let shop = self.session.shop().get_untracked();
        shop.and_then(|shop| shop.partners.get(id).map(|partner| partner.name.clone())).unwrap_or_default()
    }

    /// The customer, the money accounts and the partners; the changes of the orders follow from them and are left out.
    fn row(self, change: Change) -> Option<ChangeRow> {
        let currency = context::currency(self.session);
        let name = || {
            let row = self.customer.with_value(|customer| context::row(self.session, customer.clone()));
            row.get_untracked().map(|row| row.name).unwrap_or_default()
        };
        let subject = match change.subject {
            Subject::Owed => say!(pay.owes, name = name()),
            Subject::Credit => say!(pay.credit),
            Subject::ToRepay => say!(customer.to_repay),
            Subject::Money(account) => names::money_account(&account),
            Subject::Payable(id) => say!(refund.payable_to, name = self.partner(&id)),
            Subject::Accrued(id) => say!(refund.not_yet_payable_to, name = self.partner(&id)),
            Subject::OrderOwed(_) | Subject::Sale(_) | Subject::Tax(_) => return None,
        };
        let figure = |amount| money::figure(amount, &currency);
        Some(ChangeRow { subject, before: figure(change.before), after: figure(change.after) })
    }
}
