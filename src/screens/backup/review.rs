//! What a file would bring, before anything is added: who recorded what, what it changes of the shop itself, and which of its
//! lines are damaged.

use super::BackupReceiver;
use crate::components::{Button, Column, Look, Table, TextField, swap};
use crate::engine::{Brought, Flaw, Review};
use crate::forms::pin::Pin;
use crate::screens::context;
use crate::session::{PinCheck, ReceiveOutcome, ReceiveStep, Received, Session};
use crate::text::{counted, date, not_received, say, shop_entry};
use ledger::id::Id;
use leptos::prelude::*;

/// What the chosen file would bring, or which of its lines are bad; nothing before one was read.
pub fn review(receiver: BackupReceiver, done: Callback<Received>) -> AnyView {
    let session = context::session();
    swap(receiver.found, move |found| match found {
        Some(ReceiveOutcome::Review(review)) => panel(session, receiver, *review, done),
        Some(ReceiveOutcome::Damaged { bad, left_out }) => {
            let restore = move |()| receiver.step(session, ReceiveStep::OnlyGood, done);
            view! {
                <div class="note warn">
                    {damage(&bad, left_out)}
                    <div class="actions">
                        <Button label=say!(backup.only_good) on_press=restore/>
                        {cancel(receiver)}
                    </div>
                </div>
            }
            .into_any()
        }
        Some(ReceiveOutcome::Received(_) | ReceiveOutcome::NotGiven(_) | ReceiveOutcome::NotPermitted)
        | None => ().into_any(),
    })
}

/// Why nothing was added.
pub fn not_given(session: Session, check: PinCheck) -> String {
    let actor = session.this_device().with_untracked(|here| here.actor.clone());
    match check {
        PinCheck::Wait => counted!(people.wait, session.pin_wait(&actor).div_ceil(1_000)),
        PinCheck::Wrong | PinCheck::Right => say!(people.wrong),
    }
}

fn panel(session: Session, receiver: BackupReceiver, review: Review, done: Callback<Received>) -> AnyView {
    let (missing, left_out) = (review.missing(), review.left_out);
    let damaged =
        (left_out > 0).then(|| view! { <div class="note warn">{damage(&review.bad, left_out)}</div> });
    if missing == 0 {
        let words = counted!(backup.none_missing, review.lines);
        return view! { {damaged}<p role="status">{words}</p> }.into_any();
    }
    let actor = session.this_device().with_untracked(|here| here.actor.clone());
    let has_pin = session.people().with_untracked(|people| people.has_pin(&actor));
    let pin = has_pin.then(|| {
        view! {
            <TextField id="f-review-pin" label=say!(backup.your_pin) value=receiver.pin required=true short=true
                kind="password" keyboard="numeric" autocomplete="current-password"/>
        }
    });
    let (who, shop) = (table(session, &review.by), of_shop(session, &review));
    let hidden = (review.hidden > 0)
        .then(|| view! { <p class="note warn">{counted!(backup.hidden, review.hidden)}</p> });
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        let pin = Pin::from(receiver.pin.get_untracked().trim());
        receiver.step(session, ReceiveStep::Add { review: Box::new(review.clone()), pin }, done);
    };
    view! {
        <form class="panel stack" novalidate on:submit=submit>
            <h3>{say!(backup.review)}</h3>
            <p>{counted!(backup.brings, missing)}</p>
            {damaged}
            {who}
            {shop}
            {hidden}
            <p class="note warn">{say!(backup.claim)}</p>
            {pin}
            <div class="actions">
                <Button label=say!(backup.add) look=Look::Primary submit=true/>
                {cancel(receiver)}
            </div>
        </form>
    }
    .into_any()
}

fn cancel(receiver: BackupReceiver) -> AnyView {
    view! { <Button label=say!(backup.cancel) on_press=move |()| receiver.found.set(None)/> }.into_any()
}

fn table(session: Session, by: &[Brought]) -> AnyView {
    let columns = vec![
        Column::new(say!(backup.who)),
        Column::new(say!(backup.counter)).wide(),
        Column::new(say!(backup.when)),
        Column::num(say!(backup.count)),
    ];
    let here = session.this_device().with_untracked(|here| here.device.clone());
    let today = session.today().get_untracked();
    let row = |line: &Brought| {
        let counter = if line.device == here {
            say!(backup.this_counter)
        } else {
            say!(backup.other_counter, id = short(&line.device))
        };
        let (first, last) = (date::short(line.first, today), date::short(line.last, today));
        let when = if first == last { first } else { say!(backup.from_to, first = first, last = last) };
        view! {
            <tr>
                <th scope="row">{name(session, &line.actor)}<span class="sub">{counter.clone()}</span></th>
                <td class="wide">{counter}</td>
                <td>{when}</td>
                <td class="num">{line.entries}</td>
            </tr>
        }
    };
    let rows = by.iter().map(row).collect_view();
    view! { <Table caption=say!(backup.review) columns=columns>{rows}</Table> }.into_any()
}

/// Each entry about the shop itself: what it changes, and who is named as its actor.
fn of_shop(session: Session, review: &Review) -> Option<AnyView> {
    let shop = session.shop().get_untracked()?;
    let line = |entry: &ledger::entry::Entry| {
        let (what, name) = (shop_entry::sentence(entry, &shop), name(session, &entry.actor));
        view! { <li>{say!(backup.by, what = what, name = name)}</li> }
    };
    let lines: Vec<_> = review.of_shop.iter().map(line).collect();
    (!lines.is_empty())
        .then(|| view! { <div><p>{say!(backup.of_shop)}</p><ul class="plain">{lines}</ul></div> }.into_any())
}

fn damage(bad: &[(u64, Flaw)], left_out: u64) -> AnyView {
    let lines =
        bad.iter().map(|(at, flaw)| view! { <li>{not_received::line(*at, flaw)}</li> }).collect_view();
    view! { <p>{counted!(backup.bad, left_out)}</p><ul class="plain small">{lines}</ul> }.into_any()
}

fn name(session: Session, actor: &Id) -> String {
    let known = context::staff(session, actor);
    if known.is_empty() { say!(backup.unknown_person, id = short(actor)) } else { known }
}

/// The last characters of an id: enough to tell two apart.
fn short(id: &Id) -> String {
    let text = id.as_str();
    text.get(text.len().saturating_sub(6)..).unwrap_or(text).to_owned()
}
