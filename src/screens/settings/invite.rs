//! Invites: a link and a code for one more counter or one reader, copied or withdrawn.

use super::server::{address, not_written, page_address};
use crate::components::{Button, ErrorSummary, Look, Qr, live};
use crate::replica::HandedIn;
use crate::route::Route;
use crate::screens::send::copy;
use crate::session::{Invited, Session};
use crate::text::say;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The part of the settings.
pub(super) fn invite(session: Session) -> AnyView {
    let (invited, problems) = (RwSignal::new(None::<Invited>), RwSignal::new(Vec::new()));
    let (busy, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    let handed_in = handed_in(session, invited);
    let ask = move |reader: bool| {
        busy.set(true);
        said.set(String::new());
        problems.set(Vec::new());
        spawn_local(async move {
            let outcome = session.invite(reader).await;
            busy.try_set(false);
            if let Ok(new) = &outcome {
                invited.try_set(Some(*new));
            }
            not_written(session, problems, outcome);
        });
    };
    let withdraw = move |()| {
        let Some(now) = invited.get_untracked() else { return };
        busy.set(true);
        problems.set(Vec::new());
        spawn_local(async move {
            let outcome = session.withdraw(&now).await;
            busy.try_set(false);
            let outcome = outcome.map(|()| {
                invited.try_set(None);
                said.try_set(say!(sync.withdrawn));
            });
            not_written(session, problems, outcome);
        });
    };
    let why = Signal::derive(move || busy.get().then(|| say!(sync.recording)));
    let shown = move || {
        invited.get().map(|Invited { code, reader, .. }| {
            let code = code.to_string();
            // A counter opens the page; a program asks the server.
            let place = if reader { address() } else { page_address() };
            let link = format!("{place}{}#{code}", crate::at::at(Route::Setup));
            let copied = link.clone();
            let copy = move |()| {
                let link = copied.clone();
                spawn_local(async move {
                    let says = if copy(&link).await { say!(sync.copied) } else { say!(sync.not_copied) };
                    said.try_set(says);
                });
            };
            let what = if reader { say!(sync.for_reader) } else { say!(sync.for_counter) };
            view! {
                <div class="beside-qr" role="status">
                    <Qr text=link.clone() label=say!(sync.scan)/>
                    <dl class="facts">
                        <dt>{say!(sync.link)}</dt><dd>{link}</dd>
                        <dt>{say!(sync.code_to_type)}</dt><dd>{grouped(&code)}</dd>
                    </dl>
                </div>
                <p class="small muted">{what}</p>
                <p>{live(move || state(handed_in.get()))}</p>
                <div class="actions">
                    <Button label=say!(sync.copy) on_press=copy/>
                    <Button label=say!(sync.withdraw) why_not=why on_press=withdraw/>
                </div>
            }
        })
    };
    view! {
        <h3>{say!(sync.invite_title)}</h3>
        <p class="muted">{say!(sync.invite_says)}</p>
        <ErrorSummary problems=problems/>
        {shown}
        <p role="status">{live(move || said.get())}</p>
        <div class="actions">
            <Button label=say!(sync.invite) look=Look::Plain why_not=why on_press=move |()| ask(false)/>
            <Button label=say!(sync.invite_reader) look=Look::Plain why_not=why on_press=move |()| ask(true)/>
        </div>
    }
    .into_any()
}

/// Whether the server has the invite that is shown. It is asked for again whenever something was exchanged.
fn handed_in(session: Session, invited: RwSignal<Option<Invited>>) -> RwSignal<HandedIn> {
    let state = RwSignal::new(HandedIn::No);
    let exchanged = Memo::new(move |_| session.sync().with(|sync| (sync.complete, sync.unsent)));
    Effect::new(move |_| {
        exchanged.get();
        let shown = invited.get();
        spawn_local(async move {
            let now = match shown {
                Some(shown) => session.handed_in(&shown).await.unwrap_or_default(),
                None => HandedIn::No,
            };
            if invited.try_get_untracked() == Some(shown) {
                state.try_set(now);
            }
        });
    });
    state
}

fn state(handed_in: HandedIn) -> String {
    match handed_in {
        HandedIn::No => say!(sync.invite_waits),
        HandedIn::Yes => say!(sync.invite_good),
        HandedIn::Refused => say!(sync.invite_refused),
    }
}

/// The digits in groups of four, to be read aloud.
fn grouped(code: &str) -> String {
    let groups: Vec<&str> =
        code.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(" ")
}
