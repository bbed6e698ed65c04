//! *Reverse payment* of a payment to a partner: a dialog that names partner and amount, and records once.

use crate::components::{Button, Dialog, ErrorSummary, Look, TextField, said};
use crate::forms::{Errors, ReasonDraft, limits, required};
use crate::screens::form::Form;
use crate::screens::{change_rows, context, methods};
use crate::session::Session;
use crate::text::{money, names, say};
use ledger::code::MoneyAccount;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::rules::{Act, Command, ReversePartnerPayment};
use leptos::prelude::*;

/// The payment to reverse.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct AskedReversal {
    pub payment: Id,
    pub partner: Id,
    pub amount: Money,
    pub method: Method,
    pub account: MoneyAccount,
}

/// The dialog of the page; cheap to copy.
#[derive(Clone, Copy)]
pub struct Reversals {
    session: Session,
    open: RwSignal<bool>,
    asked: RwSignal<Option<AskedReversal>>,
    reason: RwSignal<String>,
    form: Form,
    said: RwSignal<Option<String>>,
}

impl Reversals {
    /// None is asked for yet.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let reversals = Self {
            session,
            open: RwSignal::new(false),
            asked: RwSignal::new(None),
            reason: RwSignal::new(String::new()),
            form: Form::new(session, context::currency(session), "reverse-partner-payment".to_owned()),
            said: RwSignal::new(None),
        };
        reversals.form.follow(move || reversals.read().err().unwrap_or_default());
        reversals
    }

    /// Opens the dialog.
    pub fn ask(self, asked: AskedReversal) {
        self.reason.set(String::new());
        self.form.clear();
        self.said.set(None);
        self.asked.set(Some(asked));
        self.open.set(true);
    }

    /// The command. Its id follows from that of the payment, so that two presses are one.
    fn read(self) -> Result<Vec<Command>, Errors> {
        let Some(asked) = self.asked.get() else { return Ok(Vec::new()) };
        let mut errors = Errors::default();
        let reason = errors.take(ReasonDraft::WORDS, required(&self.reason.get(), limits::REASON));
        let reason = errors.or(reason)?;
        let act = ReversePartnerPayment { of: asked.payment.clone(), reason: Some(reason) };
        let id = Id::new(&format!("{}-reversed", asked.payment)).unwrap_or_else(|_| Session::new_id());
        Ok(vec![Command { id, customer: None, on: None, act: Act::ReversePartnerPayment(act) }])
    }

    /// The command for the figures, to which a reason that is not typed yet does not matter.
    fn previewed(self) -> Option<Command> {
        let asked = self.asked.get()?;
        let act = ReversePartnerPayment { of: asked.payment, reason: Some(say!(partners.reverse)) };
        let act = Act::ReversePartnerPayment(act);
        Some(Command { id: Session::new_id(), customer: None, on: None, act })
    }

    /// What was reversed last.
    #[must_use]
    pub fn notice(self) -> AnyView {
        said(self.said)
    }

    /// The amount and the partner in words.
    fn named(self) -> Option<(String, String)> {
        let asked = self.asked.get()?;
        let name = self.session.shop().with(|shop| {
            let partner = shop.as_ref()?.partners.get(&asked.partner)?;
            Some(partner.name.clone())
        });
        Some((money::money(asked.amount, &context::currency(self.session)), name.unwrap_or_default()))
    }

    /// The dialog.
    #[must_use]
    pub fn dialog(self) -> AnyView {
        let title = Signal::derive(move || {
            let (amount, name) = self.named().unwrap_or_default();
            say!(partners.reverse_title, amount = amount, name = name)
        });
        let content = move || untrack(|| self.content());
        view! { <Dialog open=self.open title=title>{content()}</Dialog> }.into_any()
    }

    fn content(self) -> Option<AnyView> {
        let asked = self.asked.get()?;
        let by = methods::by(self.session, asked.method);
        let says = say!(partners.reverse_says, by = by, account = names::money_account(&asked.account));
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            let (amount, name) = untrack(|| self.named()).unwrap_or_default();
            self.form.record(untrack(|| self.read()), move |_| {
                self.open.set(false);
                self.said.set(Some(say!(partners.reversed, amount = amount, name = name)));
            });
        };
        let content = view! {
            <form class="stack" novalidate on:submit=submit>
                <ErrorSummary problems=self.form.problems()/>
                <p>{says}</p>
                <TextField id=ReasonDraft::WORDS.id() label=say!(reasons.label) value=self.reason
                    error=self.form.error(ReasonDraft::WORDS) required=true/>
                {change_rows::of_shop(self.session, move || self.previewed())}
                <div class="actions">
                    <Button label=say!(partners.reverse) look=Look::Danger submit=true/>
                    <Button label=say!(correct.cancel) on_press=move |()| self.open.set(false)/>
                </div>
            </form>
        };
        Some(content.into_any())
    }
}
