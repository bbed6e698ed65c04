//! Staff: who works here, their rights, and who has a PIN on this device.

mod add;
mod grant;
mod pin;

use crate::at::at;
use crate::components::live;
use crate::components::{Column, Crumb, Crumbs, Heading, MenuItem, RowMenu, Table, Tag, Tone};
use crate::device::right::DeviceRight;
use crate::route::Route;
use crate::screens::context;
use crate::screens::shell::SwitchUser;
use crate::session::Session;
use crate::text::{money, names, say};
use grant::{Granting, RefundLimit};
use ledger::entry::{EntryKind, Role};
use ledger::id::Id;
use ledger::money::Money;
use ledger::shop::Member;
use leptos::prelude::*;
use pin::{PinTask, Task};

/// The screen at `/settings/people`.
#[component]
pub fn People() -> AnyView {
    let session = context::session();
    let (task, granting) = (PinTask::new(session), Granting::new(session));
    let boss = Memo::new(move |_| may_staff(session));
    let add = move || match boss.get() {
        true => add::form(),
        false => view! { <p class="note after-heading">{say!(people.clerk)}</p> }.into_any(),
    };
    view! {
        <Crumbs crumbs=vec![Crumb::new(at(Route::Settings), say!(settings.title))]/>
        <Heading text=say!(people.title)/>
        <p class="muted">{say!(people.says)}</p>
        {task.notice()}
        {table(session, task, granting)}
        <section class="subsection">
            <h2>{say!(people.add)}</h2>
            {add}
        </section>
        {task.dialog()}
        {granting.dialog()}
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
    /// Whether the signed-in user may grant rights.
    boss: bool,
}

fn lines(session: Session) -> Vec<StaffLine> {
    let (people, actor) = (session.people().get(), session.this_device().with(|here| here.actor.clone()));
    let boss = may_staff(session);
    let line = |member: &Member| StaffLine {
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

fn table(session: Session, task: PinTask, granting: Granting) -> AnyView {
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
        bare.retain(|line| line.member.role == Role::Admin && !line.has_pin && !alone);
        let note = |line: StaffLine| {
            view! { <p class="note warn">{say!(people.unguarded, name = line.member.name)}</p> }
        };
        bare.into_iter().map(note).collect_view()
    };
    let rows =
        move || lines.get().into_iter().map(|line| row(line, task, granting, switch_user)).collect_view();
    view! {
        <div class="stack close after-heading">{live(unguarded)}</div>
        <Table caption=say!(people.title) columns=columns>{live(rows)}</Table>
    }
    .into_any()
}

fn row(line: StaffLine, task: PinTask, granting: Granting, switch_user: SwitchUser) -> AnyView {
    let role = role(&line.member);
    let acts = line.acts.then(|| view! { " "<Tag text=say!(people.acts) tone=Tone::Accent/> });
    let pin = if line.has_pin { say!(people.has_pin) } else { say!(people.no_pin) };
    let menu = menu(&line, task, granting, switch_user);
    view! {
        <tr>
            <th scope="row">{line.member.name}{acts}<span class="sub">{role.clone()}</span></th>
            <td class="wide">{role}</td>
            <td class:muted=!line.has_pin>{pin}</td>
            <td class="num">{menu}</td>
        </tr>
    }
    .into_any()
}

fn menu(line: &StaffLine, task: PinTask, granting: Granting, switch_user: SwitchUser) -> AnyView {
    let (id, name) = (line.member.id.clone(), line.member.name.clone());
    let mut items = Vec::new();
    if !line.acts {
        let id = id.clone();
        let act = move || switch_user.act_as(id.clone());
        items.push(MenuItem::press(say!(people.act_as, name = name.clone()), act));
    }
    let item = |what: Task, label: String, id: Id| MenuItem::press(label, move || task.ask(what, &id));
    if line.open {
        let label = if line.has_pin { say!(people.change_pin) } else { say!(people.set_pin) };
        items.push(item(Task::Set, label, id.clone()));
    }
    if line.open && line.has_pin {
        items.push(item(Task::Remove, say!(people.remove_pin), id));
    }
    if line.boss && line.member.role == Role::Clerk {
        let member = line.member.clone();
        items.push(MenuItem::press(say!(people.refunds_menu), move || granting.ask(&member)));
    }
    view! { <RowMenu label=say!(parts.actions_for, name = name) items=items/> }.into_any()
}

/// The member's role and the rights granted in addition.
fn role(member: &Member) -> String {
    let role = names::role(member.role);
    if member.role != Role::Clerk {
        return role;
    }
    match grant::limit(member) {
        RefundLimit::NoRight => role,
        RefundLimit::Unlimited => say!(people.role_unlimited, role = role),
        RefundLimit::UpTo(most) => {
            let most = money::money(most, &context::currency(context::session()));
            say!(people.role_with, role = role, most = most)
        }
    }
}
