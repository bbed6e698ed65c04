//! *Seal the day*: which day, a step that asks, what arrived late, and taking the last seal back.

use crate::components::{Button, DateField, Dialog, ErrorSummary, Look, TextField, said, swap};
use crate::forms::seal::{DAY, SealDraft};
use crate::forms::{Errors, ReasonDraft, limits, required};
use crate::screens::form::Form;
use crate::screens::{bind, context};
use crate::session::Session;
use crate::text::{date, say};
use ledger::date::Date;
use ledger::entry::EntryKind;
use ledger::money::Money;
use leptos::prelude::*;

/// The parts share what was sealed last.
#[derive(Clone, Copy)]
struct Sealing {
    session: Session,
    draft: RwSignal<SealDraft>,
    form: Form,
    asked: RwSignal<Option<Date>>,
    asks: RwSignal<bool>,
    said: RwSignal<Option<String>>,
}

/// The form and the sentence above it.
pub fn form() -> AnyView {
    let session = context::session();
    let sealing = Sealing {
        session,
        draft: RwSignal::new(SealDraft::new(Session::new_id())),
        form: Form::new(session, context::currency(session), "seal".to_owned()),
        asked: RwSignal::new(None),
        asks: RwSignal::new(false),
        said: RwSignal::new(None),
    };
    sealing.form.follow(move || sealing.read().err().unwrap_or_default());
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        sealing.said.set(None);
        match untrack(|| sealing.read()) {
            Err(errors) => sealing.form.show(errors),
            Ok(day) => {
                sealing.form.clear();
                sealing.asked.set(Some(day));
                sealing.asks.set(true);
            }
        }
    };
    let sealed = move || match sealing.sealed() {
        None => say!(money.none_sealed),
        Some(day) => say!(money.sealed_to, day = date::long(day)),
    };
    let why = Signal::derive(move || {
        let may = context::may(session, EntryKind::DaySealed, Money::ZERO);
        (!may).then(|| say!(money.seal_clerk))
    });
    let value = bind::text(
        move || sealing.draft.with(|draft| draft.text(session.today().get(), sealing.sealed())),
        move |typed| sealing.draft.update(|draft| draft.day = typed),
    );
    let today = Signal::derive(move || session.today().get().to_string());
    view! {
        <form class="form after-heading" novalidate on:submit=submit>
            <p class="muted">{say!(money.seal_says)}</p>
            <p>{sealed}</p>
            <ErrorSummary problems=sealing.form.problems()/>
            <DateField id=DAY.id() label=say!(money.seal_day) value=value max=today error=sealing.form.error(DAY)
                required=true/>
            <div class="actions">
                <Button label=say!(money.seal) look=Look::Primary submit=true why_not=why/>
                {unseal(sealing)}
            </div>
            {said(sealing.said)}
        </form>
        {sealing.dialog()}
    }
    .into_any()
}

impl Sealing {
    /// The last sealed day.
    fn sealed(self) -> Option<Date> {
        self.session.shop().with(|shop| shop.as_ref().and_then(|shop| shop.sealed))
    }

    fn read(self) -> Result<Date, Errors> {
        let (today, sealed) = (self.session.today().get(), self.sealed());
        self.draft.with(|draft| draft.read(today, sealed))
    }

    /// The question, which names the day.
    fn dialog(self) -> AnyView {
        let day = move || self.asked.get().map(date::long).unwrap_or_default();
        let title = Signal::derive(move || say!(money.seal_title, day = day()));
        let content = move || {
            view! {
                <p>{say!(money.seal_sure, day = untrack(day))}</p>
                <div class="actions">
                    <Button label=say!(money.seal) look=Look::Primary on_press=move |()| self.seal()/>
                    <Button label=say!(correct.cancel) on_press=move |()| self.asks.set(false)/>
                </div>
            }
        };
        view! { <Dialog open=self.asks title=title>{content()}</Dialog> }.into_any()
    }

    fn seal(self) {
        let Some(day) = self.asked.get_untracked() else { return };
        let (id, session) = (self.draft.with_untracked(|draft| draft.id.clone()), self.session);
        self.asks.set(false);
        self.form.submit(
            Ok(day),
            move |day| session.seal_day(id, day),
            move |_| {
                // A second press may have asked again meanwhile.
                self.asks.set(false);
                self.draft.set(SealDraft::new(Session::new_id()));
                let next = date::long(day.next());
                self.said.set(Some(say!(money.sealed, day = date::long(day), next = next)));
            },
        );
    }
}

/// *Take the seal back*, for the owner.
fn unseal(sealing: Sealing) -> AnyView {
    let session = sealing.session;
    let last = Memo::new(move |_| {
        sealing.sealed().filter(|_| context::may(session, EntryKind::DayUnsealed, Money::ZERO))
    });
    let (open, asked) = (RwSignal::new(false), RwSignal::new(None::<Date>));
    let button = move |day: Option<Date>| {
        let day = day?;
        let ask = move |()| {
            sealing.said.set(None);
            asked.set(Some(day));
            open.set(true);
        };
        Some(view! { <Button label=say!(money.unseal) look=Look::Quiet on_press=ask/> })
    };
    let title = Signal::derive(move || {
        say!(money.unseal_title, day = asked.get().map(date::long).unwrap_or_default())
    });
    let content = move || untrack(|| asked.get().map(|day| unseal_form(sealing, open, day)));
    view! {
        {swap(last, move |day| button(day).into_any())}
        <Dialog open=open title=title>{content()}</Dialog>
    }
    .into_any()
}

fn unseal_form(sealing: Sealing, open: RwSignal<bool>, day: Date) -> AnyView {
    let session = sealing.session;
    let (id, reason) = (Session::new_id(), RwSignal::new(String::new()));
    let form = Form::new(session, context::currency(session), "unseal".to_owned());
    let read = move || {
        let mut errors = Errors::default();
        let reason = errors.take(ReasonDraft::WORDS, required(&reason.get(), limits::REASON));
        errors.or(reason)
    };
    form.follow(move || read().err().unwrap_or_default());
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        let id = id.clone();
        form.submit(
            untrack(read),
            move |reason| session.unseal_day(id, day, reason),
            move |_| {
                open.set(false);
                sealing.said.set(Some(say!(money.unsealed, day = date::long(day))));
            },
        );
    };
    view! {
        <form class="stack" novalidate on:submit=submit>
            <ErrorSummary problems=form.problems()/>
            <p>{say!(money.unseal_says)}</p>
            <TextField id=ReasonDraft::WORDS.id() label=say!(money.unseal_reason) value=reason
                error=form.error(ReasonDraft::WORDS) required=true/>
            <div class="actions">
                <Button label=say!(money.unseal) look=Look::Danger submit=true/>
                <Button label=say!(correct.cancel) on_press=move |()| open.set(false)/>
            </div>
        </form>
    }
    .into_any()
}
