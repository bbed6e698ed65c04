//! Changing the name and role of a member of staff.

use crate::components::{Button, Choice, Choices, Dialog, ErrorSummary, Look, TextField};
use crate::forms::staff::NAME;
use crate::forms::{Errors, limits, required};
use crate::screens::form::Form;
use crate::screens::{bind, context};
use crate::session::Session;
use crate::text::{names, say};
use ledger::entry::{ChangeStaff, Role};
use ledger::id::Id;
use ledger::rules::{Act, Command};
use ledger::shop::Member;
use leptos::prelude::*;

/// The values of the options for the role.
const ADMIN: &str = "admin";
const CLERK: &str = "clerk";

/// The open dialog. Its id is created when it opens, so that two presses record one change.
#[derive(Clone, Copy)]
pub(super) struct Changing {
    session: Session,
    form: Form,
    open: RwSignal<bool>,
    member: RwSignal<Option<Member>>,
    id: StoredValue<Id>,
    name: RwSignal<String>,
    admin: RwSignal<bool>,
}

impl Changing {
    pub fn new(session: Session) -> Self {
        let form = Form::new(session, context::currency(session), "staff-change".to_owned());
        let changing = Self {
            session,
            form,
            open: RwSignal::new(false),
            member: RwSignal::new(None),
            id: StoredValue::new(Session::new_id()),
            name: RwSignal::new(String::new()),
            admin: RwSignal::new(false),
        };
        form.follow(move || changing.commands().err().unwrap_or_default());
        changing
    }

    /// Opens the dialog.
    pub fn ask(self, member: &Member) {
        self.id.set_value(Session::new_id());
        self.form.show(Errors::default());
        self.name.set(member.name.clone());
        self.admin.set(member.role == Role::Admin);
        self.member.set(Some(member.clone()));
        self.open.set(true);
    }

    /// The dialog. The owner is an admin whatever is recorded, so their role is not asked for.
    pub fn dialog(self) -> AnyView {
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            match untrack(|| self.commands()) {
                Ok(commands) if commands.is_empty() => self.open.set(false),
                read => self.form.record(read, move |_| self.open.set(false)),
            }
        };
        let owns = Memo::new(move |_| {
            let owner = self.session.shop().with(|shop| shop.as_ref().and_then(|shop| shop.owner.clone()));
            self.member.with(|member| member.as_ref().map(|member| member.id.clone()) == owner)
        });
        let role = bind::text(
            move || if self.admin.get() { ADMIN } else { CLERK }.to_owned(),
            move |picked| self.admin.set(picked == ADMIN),
        );
        let roles = move || {
            vec![
                Choice::new(CLERK, names::role(Role::Clerk)).hint(say!(people.role_clerk_hint)),
                Choice::new(ADMIN, names::role(Role::Admin)).hint(say!(people.role_admin_hint)),
            ]
        };
        let content = move || {
            view! {
                <form class="stack" novalidate on:submit=submit>
                    <ErrorSummary problems=self.form.problems()/>
                    <TextField id="f-person-name" label=say!(people.name) value=self.name error=self.form.error(NAME)
                        required=true/>
                    <Show when=move || !owns.get()>
                        <Choices id="f-person-role" label=say!(people.role) choices=roles() value=role required=true/>
                    </Show>
                    <div class="actions">
                        <Button label=say!(people.save) look=Look::Primary submit=true/>
                        <Button label=say!(people.cancel) on_press=move |()| self.open.set(false)/>
                    </div>
                </form>
            }
        };
        view! { <Dialog open=self.open title=say!(people.change_menu)>{content()}</Dialog> }.into_any()
    }

    /// The command; none if nothing changes.
    fn commands(self) -> Result<Vec<Command>, Errors> {
        let mut errors = Errors::default();
        let name = errors.take(NAME, required(&self.name.get(), limits::NAME));
        let (name, member) = errors.or(name.zip(self.member.get()))?;
        let role = if self.admin.get() { Role::Admin } else { Role::Clerk };
        let change = ChangeStaff {
            member: member.id.clone(),
            name: Some(name).filter(|name| *name != member.name),
            role: Some(role).filter(|role| *role != member.role),
            left: None,
        };
        if change.name.is_none() && change.role.is_none() {
            return Ok(Vec::new());
        }
        Ok(vec![Command { id: self.id.get_value(), customer: None, on: None, act: Act::ChangeStaff(change) }])
    }
}
