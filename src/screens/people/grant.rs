//! Allowing a clerk to record refunds up to a limit.

use crate::components::{AmountField, Button, Dialog, ErrorSummary, Look};
use crate::forms::{Errors, Field, non_negative};
use crate::screens::context;
use crate::screens::form::Form;
use crate::session::Session;
use crate::text::{money, say};
use ledger::entry::{EntryKind, GrantRight};
use ledger::id::Id;
use ledger::money::Money;
use ledger::rules::{Act, Command};
use ledger::shop::Member;
use leptos::prelude::*;

/// The entry kind that the right allows.
const RIGHT: &str = EntryKind::RefundRecorded.name();
/// The limit.
const MOST: Field = Field::new("limit");

/// The open dialog. Its id is created when it opens, so that two presses record one grant.
#[derive(Clone, Copy)]
pub(super) struct Granting {
    session: Session,
    form: Form,
    open: RwSignal<bool>,
    member: RwSignal<Option<Member>>,
    id: StoredValue<Id>,
    most: RwSignal<String>,
}

/// The refunds that a member may record without asking an admin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RefundLimit {
    /// None: the right was not granted, or was taken back.
    NoRight,
    /// Each up to this amount.
    UpTo(Money),
    /// Any amount.
    Unlimited,
}

/// The refund limit of a member.
pub(super) fn limit(member: &Member) -> RefundLimit {
    match member.grants.iter().find(|grant| grant.kind == RIGHT).map(|grant| grant.up_to) {
        None => RefundLimit::NoRight,
        Some(None) => RefundLimit::Unlimited,
        Some(Some(most)) if most.is_positive() => RefundLimit::UpTo(most),
        Some(Some(_)) => RefundLimit::NoRight,
    }
}

impl Granting {
    pub fn new(session: Session) -> Self {
        let (open, most) = (RwSignal::new(false), RwSignal::new(String::new()));
        let form = Form::new(session, context::currency(session), "grant".to_owned());
        let granting = Self {
            session,
            form,
            open,
            member: RwSignal::new(None),
            id: StoredValue::new(Session::new_id()),
            most,
        };
        form.follow(move || granting.commands().err().unwrap_or_default());
        granting
    }

    /// Opens the dialog.
    pub fn ask(self, member: &Member) {
        let currency = context::currency(self.session);
        let most = match limit(member) {
            RefundLimit::NoRight => currency.format(Money::ZERO),
            RefundLimit::UpTo(most) => currency.format(most),
            // No amount means no limit, and saving asks for one.
            RefundLimit::Unlimited => String::new(),
        };
        self.id.set_value(Session::new_id());
        self.form.show(Errors::default());
        self.most.set(most);
        self.member.set(Some(member.clone()));
        self.open.set(true);
    }

    /// The dialog.
    pub fn dialog(self) -> AnyView {
        let name = move || self.member.get().map(|member| member.name).unwrap_or_default();
        let title = Signal::derive(move || say!(people.refunds_of, name = name()));
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            self.form.record(untrack(|| self.commands()), move |_| self.open.set(false));
        };
        let sign = money::sign(&context::currency(self.session));
        let content = move || {
            view! {
                <form class="stack" novalidate on:submit=submit>
                    <ErrorSummary problems=self.form.problems()/>
                    <p>{say!(people.refunds_says)}</p>
                    <AmountField id=MOST.id() label=say!(people.up_to) currency=sign.clone() value=self.most
                        error=self.form.error(MOST) required=true/>
                    <div class="actions">
                        <Button label=say!(people.save) look=Look::Primary submit=true/>
                        <Button label=say!(people.cancel) on_press=move |()| self.open.set(false)/>
                    </div>
                </form>
            }
        };
        view! { <Dialog open=self.open title=title>{content()}</Dialog> }.into_any()
    }

    fn commands(self) -> Result<Vec<Command>, Errors> {
        let mut errors = Errors::default();
        let read = non_negative(&self.most.get(), &context::currency(self.session));
        let up_to = errors.take(MOST, read);
        let member = self.member.get().map(|member| member.id);
        let (up_to, member) = errors.or(up_to.zip(member))?;
        let act = Act::GrantRight(GrantRight { member, kind: RIGHT.into(), up_to: Some(up_to) });
        Ok(vec![Command { id: self.id.get_value(), customer: None, on: None, act }])
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
        let granted = |up_to| limit(&member(vec![Grant { kind: RIGHT.into(), up_to }]));
        assert_eq!(limit(&member(Vec::new())), RefundLimit::NoRight);
        assert_eq!(granted(None), RefundLimit::Unlimited);
        assert_eq!(granted(Some(Money(500))), RefundLimit::UpTo(Money(500)));
        assert_eq!(granted(Some(Money::ZERO)), RefundLimit::NoRight, "a limit of zero takes the right back");
    }
}
