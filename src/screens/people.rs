//! Staff: who works here, their rights, and who has a PIN on this device.

mod add;
mod change;
mod grant;
mod pin;

use crate::components::live;
use crate::components::{Column, ErrorSummary, MenuItem, RowMenu, Table, Tag, Tone};
use crate::device::right::DeviceRight;
use crate::screens::context;
use crate::screens::form::Form;
use crate::screens::shell::SwitchUser;
use crate::session::Session;
use crate::text::{money, names, say};
use change::Changing;
use grant::Granting;
use ledger::entry::{ChangeStaff, EntryKind, Role};
use ledger::id::Id;
use ledger::money::Money;
use ledger::rules::{Act, Command};
use ledger::shop::Member;
use leptos::prelude::*;
use pin::{PinTask, Task};

/// What a row can open.
#[derive(Clone, Copy)]
struct Tasks {
    session: Session,
    pin: PinTask,
    granting: Granting,
    changing: Changing,
    /// Records that a person has left or is back.
    form: Form,
}

/// The table of staff, and the form that adds one.
pub fn people() -> AnyView {
    let session = context::session();
    let tasks = Tasks {
        session,
        pin: PinTask::new(session),
        granting: Granting::new(session),
        changing: Changing::new(session),
        form: Form::new(session, context::currency(session), "staff-left".to_owned()),
    };
    let boss = Memo::new(move |_| may_staff(session));
    let add = move || match boss.get() {
        true => add::form(),
        false => view! { <p class="note after-heading">{say!(people.clerk)}</p> }.into_any(),
    };
    view! {
        <p class="muted">{say!(people.says)}</p>
        {tasks.pin.notice()}
        <ErrorSummary problems=tasks.form.problems()/>
        {table(tasks)}
        <section class="subsection">
            <h3>{say!(people.add)}</h3>
            {add}
        </section>
        {tasks.pin.dialog()}
        {tasks.granting.dialog()}
        {tasks.changing.dialog()}
    }
    .into_any()
}

/// Whether the signed-in user may add staff.
fn may_staff(session: Session) -> bool {
    context::may(session, EntryKind::StaffAdded, Money::ZERO)
}

/// A row of the table of staff.
#[derive(Debug, Clone, PartialEq)]
struct StaffLine {
    member: Member,
    has_pin: bool,
    acts: bool,
    /// Whether the signed-in user may set this member's PIN.
    open: bool,
    /// Whether the signed-in user may grant rights, and change the person.
    boss: bool,
    /// Whether the person opened the shop: they cannot leave.
    owns: bool,
}

fn lines(session: Session) -> Vec<StaffLine> {
    let (people, actor) = (session.people().get(), session.this_device().with(|here| here.actor.clone()));
    let boss = may_staff(session);
    let owner = session.shop().with(|shop| shop.as_ref().and_then(|shop| shop.owner.clone()));
    let line = |member: &Member| StaffLine {
        owns: owner.as_ref() == Some(&member.id),
        has_pin: people.has_pin(&member.id),
        acts: member.id == actor,
        open: context::has_right(session, &DeviceRight::PinOf(&member.id)),
        boss,
        member: member.clone(),
    };
    session
        .shop()
        .with(|shop| shop.as_ref().map(|shop| shop.staff.values().map(line).collect()))
        .unwrap_or_default()
}

fn table(tasks: Tasks) -> AnyView {
    let session = tasks.session;
    let lines = Memo::new(move |_| lines(session));
    let columns = vec![
        Column::new(say!(people.name)),
        Column::new(say!(people.role)).wide(),
        Column::new(say!(people.pin_here)),
        Column::new(say!(customer.actions)).heard(),
    ];
    let switch_user = expect_context::<SwitchUser>();
    let unguarded = move || {
        let mut bare = lines.get();
        let alone = bare.len() == 1;
        bare.retain(|line| line.member.role == Role::Admin && !line.has_pin && !line.member.left && !alone);
        let note = |line: StaffLine| {
            view! { <p class="note warn">{say!(people.unguarded, name = line.member.name)}</p> }
        };
        bare.into_iter().map(note).collect_view()
    };
    let rows = move || lines.get().into_iter().map(|line| row(line, tasks, switch_user)).collect_view();
    view! {
        <div class="stack close after-heading">{live(unguarded)}</div>
        <Table caption=say!(settings.people) columns=columns>{live(rows)}</Table>
    }
    .into_any()
}

fn row(line: StaffLine, tasks: Tasks, switch_user: SwitchUser) -> AnyView {
    let role = role(&line.member);
    let acts = line.acts.then(|| view! { " "<Tag text=say!(people.acts) tone=Tone::Accent/> });
    let pin = if line.has_pin { say!(people.has_pin) } else { say!(people.no_pin) };
    let menu = menu(&line, tasks, switch_user);
    let left = line.member.left;
    view! {
        <tr>
            <th scope="row" class:muted=left>{line.member.name}{acts}<span class="sub">{role.clone()}</span></th>
            <td class="wide">{role}</td>
            <td class:muted=!line.has_pin>{pin}</td>
            <td class="num">{menu}</td>
        </tr>
    }
    .into_any()
}

fn menu(line: &StaffLine, tasks: Tasks, switch_user: SwitchUser) -> AnyView {
    let (id, name) = (line.member.id.clone(), line.member.name.clone());
    let mut items = Vec::new();
    if !line.acts && !line.member.left {
        let id = id.clone();
        let act = move || switch_user.act_as(id.clone());
        items.push(MenuItem::press(say!(people.act_as, name = name.clone()), act));
    }
    let item = |what: Task, label: String, id: Id| MenuItem::press(label, move || tasks.pin.ask(what, &id));
    if line.open && !line.member.left {
        let label = if line.has_pin { say!(people.change_pin) } else { say!(people.set_pin) };
        items.push(item(Task::Set, label, id.clone()));
    }
    if line.open && line.has_pin {
        items.push(item(Task::Remove, say!(people.remove_pin), id.clone()));
    }
    if line.boss {
        items.extend(of_boss(line, tasks));
    }
    view! { <RowMenu label=say!(parts.actions_for, name = name) items=items/> }.into_any()
}

/// What only who may change staff sees.
fn of_boss(line: &StaffLine, tasks: Tasks) -> Vec<MenuItem> {
    let mut items = Vec::new();
    let member = line.member.clone();
    if !member.left {
        let changed = member.clone();
        items.push(MenuItem::press(say!(people.change_menu), move || tasks.changing.ask(&changed)));
    }
    if member.role == Role::Clerk && !member.left {
        let member = member.clone();
        items.push(MenuItem::press(say!(people.rights_menu), move || tasks.granting.ask(&member)));
    }
    if !line.acts && !line.owns {
        let label = if member.left { say!(people.is_back) } else { say!(people.has_left) };
        // The same press twice has the same id, so it records once.
        let (id, left) = (Session::new_id(), Some(!member.left));
        let press = move || {
            let act =
                Act::ChangeStaff(ChangeStaff { member: member.id.clone(), name: None, role: None, left });
            let command = Command { id: id.clone(), customer: None, on: None, act };
            tasks.form.record(Ok(vec![command]), |_| ());
        };
        items.push(MenuItem::press(label, press));
    }
    items
}

/// The member's role and the rights granted in addition; or that they left.
fn role(member: &Member) -> String {
    let role = names::role(member.role);
    if member.left {
        return say!(people.role_left, role = role);
    }
    if member.role != Role::Clerk {
        return role;
    }
    let currency = context::currency(context::session());
    let rights = names::grantable().filter_map(|kind| {
        let right = names::right_noun(kind);
        Some(match grant::limit(member, kind) {
            grant::Limit::NoRight => return None,
            grant::Limit::Unlimited if !names::has_amount(kind.name()) => right,
            grant::Limit::Unlimited => say!(people.right_unlimited, right = right),
            grant::Limit::UpTo(most) => {
                say!(people.right_up_to, right = right, most = money::money(most, &currency))
            }
        })
    });
    std::iter::once(role).chain(rights).collect::<Vec<_>>().join(" · ")
}
