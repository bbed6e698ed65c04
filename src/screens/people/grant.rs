//! Granting a clerk single rights: up to an amount, for any amount, or to what has no amount; and taking them back.

use crate::components::{AmountField, Button, CheckCard, Choice, Dialog, ErrorSummary, Look, Select, live};
use crate::forms::typed_amount;
use crate::forms::{Errors, Field, non_negative};
use crate::screens::form::Form;
use crate::screens::{bind, context};
use crate::session::Session;
use crate::text::{money, names, say};
use ledger::entry::{EntryKind, GrantRight};
use ledger::id::Id;
use ledger::money::Money;
use ledger::rules::{Act, Command};
use ledger::shop::Member;
use leptos::prelude::*;

/// The limit.
const MOST: Field = Field::new("limit");

/// The open dialog. Its id is created when it opens, so that two presses record one grant.
#[derive(Clone, Copy)]
pub(super) struct Granting {
    session: Session,
    form: Form,
    open: RwSignal<bool>,
    member: RwSignal<Option<Member>>,
    right: RwSignal<EntryKind>,
    id: StoredValue<Id>,
    most: RwSignal<String>,
    any: RwSignal<bool>,
    /// Whether a right without an amount is granted.
    allowed: RwSignal<bool>,
}

/// What a member may record of a kind without asking an admin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    /// Nothing: the right was not granted, or was taken back.
    NoRight,
    /// Each up to this amount.
    UpTo(Money),
    /// Any amount.
    Unlimited,
}

/// The limit of a member's right.
pub(super) fn limit(member: &Member, right: EntryKind) -> Limit {
    match member.grants.iter().find(|grant| grant.kind == right.name()).map(|grant| grant.up_to) {
        None => Limit::NoRight,
        Some(None) => Limit::Unlimited,
        Some(Some(most)) if most.is_positive() => Limit::UpTo(most),
        Some(Some(_)) => Limit::NoRight,
    }
}

impl Granting {
    pub fn new(session: Session) -> Self {
        let form = Form::new(session, context::currency(session), "grant".to_owned());
        let granting = Self {
            session,
            form,
            open: RwSignal::new(false),
            member: RwSignal::new(None),
            right: RwSignal::new(EntryKind::RefundRecorded),
            id: StoredValue::new(Session::new_id()),
            most: RwSignal::new(String::new()),
            any: RwSignal::new(false),
            allowed: RwSignal::new(false),
        };
        form.follow(move || granting.commands().err().unwrap_or_default());
        granting
    }

    /// Opens the dialog.
    pub fn ask(self, member: &Member) {
        self.member.set(Some(member.clone()));
        self.choose(EntryKind::RefundRecorded);
        self.open.set(true);
    }

    /// Shows a right as it is granted now.
    fn choose(self, right: EntryKind) {
        let currency = context::currency(self.session);
        let now = self.member.with_untracked(|member| member.as_ref().map(|member| limit(member, right)));
        let most = if let Some(Limit::UpTo(most)) = now { most } else { Money::ZERO };
        self.id.set_value(Session::new_id());
        self.form.show(Errors::default());
        self.right.set(right);
        self.most.set(typed_amount(most, &currency));
        self.any.set(now == Some(Limit::Unlimited));
        self.allowed.set(now.is_some_and(|now| now != Limit::NoRight));
    }

    /// The dialog.
    pub fn dialog(self) -> AnyView {
        let name = move || self.member.get().map(|member| member.name).unwrap_or_default();
        let title = Signal::derive(move || say!(people.rights_of, name = name()));
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            match untrack(|| self.commands()) {
                Ok(commands) if commands.is_empty() => self.open.set(false),
                read => self.form.record(read, move |_| self.open.set(false)),
            }
        };
        let sign = Signal::<String>::from(money::sign(&context::currency(self.session)));
        let rights: Vec<_> =
            names::grantable().map(|kind| Choice::new(kind.name(), names::right(kind.name()))).collect();
        let has_amount = Memo::new(move |_| names::has_amount(self.right.get().name()));
        let says = move || {
            if has_amount.get() { say!(people.rights_says) } else { say!(people.rights_allowed_says) }
        };
        let value = bind::text(
            move || self.right.get().name().to_owned(),
            move |picked| EntryKind::named(&picked).into_iter().for_each(|right| self.choose(right)),
        );
        let content = move || {
            view! {
                <form class="stack" novalidate on:submit=submit>
                    <ErrorSummary problems=self.form.problems()/>
                    <p>{live(says)}</p>
                    <Select id="f-right" label=say!(people.right) choices=rights.clone() value=value required=true/>
                    <Show when=move || !has_amount.get()>
                        <CheckCard id="f-allowed" label=say!(people.right_allowed) checked=self.allowed plain=true/>
                    </Show>
                    <Show when=move || has_amount.get()>
                        <CheckCard id="f-any-amount" label=say!(people.any_amount) checked=self.any plain=true/>
                    </Show>
                    <Show when=move || has_amount.get() && !self.any.get()>
                        <AmountField id=MOST.id() label=say!(people.up_to) currency=sign value=self.most
                            error=self.form.error(MOST) required=true/>
                    </Show>
                    <div class="actions">
                        <Button label=say!(people.save) look=Look::Primary submit=true/>
                        <Button label=say!(people.cancel) on_press=move |()| self.open.set(false)/>
                    </div>
                </form>
            }
        };
        view! { <Dialog open=self.open title=title>{content()}</Dialog> }.into_any()
    }

    /// The command; none if the right stays as it is.
    fn commands(self) -> Result<Vec<Command>, Errors> {
        let right = self.right.get();
        let mut errors = Errors::default();
        let wanted = match names::has_amount(right.name()) {
            false if self.allowed.get() => Some(Limit::Unlimited),
            false => Some(Limit::NoRight),
            true if self.any.get() => Some(Limit::Unlimited),
            true => errors
                .take(MOST, non_negative(&self.most.get(), &context::currency(self.session)))
                .map(|most| if most.is_positive() { Limit::UpTo(most) } else { Limit::NoRight }),
        };
        let (wanted, member) = errors.or(wanted.zip(self.member.get()))?;
        if wanted == limit(&member, right) {
            return Ok(Vec::new());
        }
        let (up_to, taken_back) = match wanted {
            Limit::NoRight => (None, true),
            Limit::UpTo(most) => (Some(most), false),
            Limit::Unlimited => (None, false),
        };
        let grant = GrantRight { member: member.id, kind: right.name().into(), up_to, taken_back };
        let (id, act) = (self.id.get_value(), Act::GrantRight(grant));
        Ok(vec![Command { id, customer: None, on: None, act }])
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ledger::entry::{Grant, Role};

    fn member(grants: Vec<Grant>) -> Member {
        Member {
            id: Id::new("bob").unwrap(),
            name: "Bob".into(),
            role: Role::Clerk,
            pin: None,
            left: false,
            grants,
        }
    }

    #[test]
    fn a_right_without_a_limit_is_not_shown_like_no_right() {
        let right = EntryKind::RefundRecorded;
        let granted = |up_to| limit(&member(vec![Grant { kind: right.name().into(), up_to }]), right);
        assert_eq!(limit(&member(Vec::new()), right), Limit::NoRight);
        assert_eq!(granted(None), Limit::Unlimited);
        assert_eq!(granted(Some(Money(500))), Limit::UpTo(Money(500)));
        assert_eq!(granted(Some(Money::ZERO)), Limit::NoRight, "a limit of zero takes the right back");
        let other = Grant { kind: EntryKind::CreditGranted.name().into(), up_to: None };
        assert_eq!(limit(&member(vec![other]), right), Limit::NoRight, "each right has its own limit");
    }
}
