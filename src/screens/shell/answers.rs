//! The answers to what the notes at the top of every screen ask.

use crate::components::{Button, Look, swap};
use crate::session::{Note, Session};
use crate::text::say;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A note that asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Whether the date is right.
    Date,
    /// At which drawer the device stands.
    Drawer,
}

/// How the shell shows [`answers`], which are in another part of the program. The root provides it.
#[derive(Clone)]
pub struct Answers(pub UnsyncCallback<Question, AnyView>);

impl Question {
    /// What a note asks.
    pub const fn of(note: &Note) -> Option<Self> {
        match note {
            Note::IsToday(_) => Some(Self::Date),
            Note::WhichDrawer(_) => Some(Self::Drawer),
            Note::Fault(_)
            | Note::BroughtBack { .. }
            | Note::SettingsLost { .. }
            | Note::WrongClock
            | Note::NoBackup(_)
            | Note::MirrorLost
            | Note::Mended { .. } => None,
        }
    }
}

/// The buttons.
pub fn answers(question: Question) -> AnyView {
    match question {
        Question::Date => is_today(),
        Question::Drawer => which_drawer(),
    }
}

fn is_today() -> AnyView {
    let session = expect_context::<Session>();
    let yes = move |()| {
        spawn_local(async move {
            // What fails is told by the next attempt to record something.
            let _ = session.confirm_today().await;
        });
    };
    view! {
        <div class="actions">
            <Button label=say!(faults.is_today_yes) on_press=yes/>
            <Button label=say!(faults.is_today_no) look=Look::Quiet on_press=move |()| session.deny_today()/>
        </div>
    }
    .into_any()
}

fn which_drawer() -> AnyView {
    let session = expect_context::<Session>();
    let stand = move |drawer: Option<String>| {
        spawn_local(async move {
            // What fails is told by the next attempt to record something.
            let _ = session.stand_at(drawer).await;
        });
    };
    let answer = move |drawer: String| {
        let label = say!(names.drawer, letter = drawer.clone());
        view! { <Button label=label on_press=move |()| stand(Some(drawer.clone()))/> }
    };
    let notes = session.notes();
    let drawers = Memo::new(move |_| {
        notes.with(|notes| {
            notes.iter().find_map(|note| {
                if let Note::WhichDrawer(drawers) = note { Some(drawers.clone()) } else { None }
            })
        })
    });
    view! {
        <div class="actions">
            {swap(drawers, move |drawers| {
                drawers.unwrap_or_default().into_iter().map(answer).collect_view().into_any()
            })}
            <Button label=say!(faults.own_drawer) look=Look::Quiet on_press=move |()| stand(None)/>
        </div>
    }
    .into_any()
}
