//! What has become of the mails of the documents in a list: a tag beside the number of each that was sent by mail.

use crate::components::{Tag, Tone, live};
use crate::session::{Delivery, MailStatus, Session, SyncPhase};
use crate::text::say;
use gloo_timers::future::TimeoutFuture;
use ledger::id::Id;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Milliseconds between two looks while a mail is on its way.
const LOOK: u32 = 2_000;

/// The mails of the customers of a screen.
#[derive(Clone, Copy)]
struct MailTags(RwSignal<Arc<Vec<MailStatus>>>);

/// Lets the lists of a screen show what has become of the mails of a customer. Without an endpoint that sends mails there are none.
pub(super) fn provide(session: Session, customer: Id) {
    let tags = MailTags(RwSignal::default());
    provide_context(tags);
    let is_alone = session.sync().with_untracked(|sync| sync.phase == SyncPhase::Alone);
    if is_alone || !session.sends_mails() {
        return;
    }
    spawn_local(async move {
        loop {
            let Ok(mails) = session.mails(&customer).await else { return };
            let goes_on = mails.iter().any(|mail| !mail.delivery.is_final());
            let is_known = tags.0.try_with_untracked(|known| **known == mails);
            // A screen that is gone looks no more.
            match is_known {
                None => return,
                Some(true) => {}
                Some(false) => drop(tags.0.try_set(Arc::new(mails))),
            }
            if !goes_on {
                return;
            }
            TimeoutFuture::new(LOOK).await;
        }
    });
}

/// The tag of a document: of the mail that was asked for last. Nothing for a document without one.
pub(super) fn tag(document: &Id) -> AnyView {
    let Some(MailTags(mails)) = use_context() else { return ().into_any() };
    let document = document.to_string();
    let last = Memo::new(move |_| {
        mails.with(|mails| {
            mails.iter().rfind(|mail| mail.document == document).map(|mail| words(&mail.delivery))
        })
    });
    live(move || last.get().map(|(text, tone)| view! { " "<Tag text=text tone=tone/> }))
}

fn words(delivery: &Delivery) -> (String, Tone) {
    match delivery {
        Delivery::Here | Delivery::Queued(_) => (say!(mail.tag_queued), Tone::Plain),
        Delivery::Sent(_) => (say!(mail.tag_sent), Tone::Plain),
        Delivery::Refused(_) | Delivery::GivenUp(_) | Delivery::NotTaken(_) => {
            (say!(mail.tag_failed), Tone::Danger)
        }
        Delivery::CameBack(_) => (say!(mail.tag_back), Tone::Danger),
    }
}
