//! Backups in the interface: saved and merged under Settings, restored at the first start, and the reminder.

mod folder;
mod offered;
mod review;

pub use review::review;

use crate::at::at;
use crate::components::{Button, ErrorSummary, FileButton, Look, Problem, swap};
use crate::device::right::DeviceRight;
use crate::engine::Phase;
use crate::route::{Route, Section};
use crate::screens::context;
use crate::session::{BackupState, ReceiveOutcome, ReceiveProgress, ReceiveStep, Received, Saved, Session};
use crate::text::{counted, date, fault::fault, not_received::not_received, say};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

/// The file types that the dialog offers first.
const KIND: &str = ".jsonl,application/jsonl";

/// The import of a backup.
#[derive(Debug, Clone, Copy, Default)]
pub struct BackupReceiver {
    progress: RwSignal<Option<ReceiveProgress>>,
    problems: RwSignal<Vec<Problem>>,
    /// The chosen file. It is read again at every step; the browser stops when it was changed meanwhile.
    file: StoredValue<Option<File>, LocalStorage>,
    /// What the file would bring, or which of its lines are bad.
    found: RwSignal<Option<ReceiveOutcome>>,
    pin: RwSignal<String>,
}

/// How the screens of the first Wasm part show [`review`], which is in the second one. The root provides it.
#[derive(Clone)]
pub struct FileReview(UnsyncCallback<(BackupReceiver, Callback<Received>), AnyView>);

impl FileReview {
    /// With the function that shows it.
    pub fn new(show: impl Fn(BackupReceiver, Callback<Received>) -> AnyView + 'static) -> Self {
        Self(UnsyncCallback::new(move |(receiver, done)| show(receiver, done)))
    }
}

impl BackupReceiver {
    /// Whether an import is running.
    #[must_use]
    pub fn busy(self) -> Signal<bool> {
        Signal::derive(move || self.progress.with(Option::is_some))
    }

    /// The errors of the last import.
    #[must_use]
    pub fn problems(self) -> Signal<Vec<Problem>> {
        self.problems.into()
    }

    /// The review of the chosen file, once there is something to review.
    pub fn found(self, done: Callback<Received>) -> AnyView {
        let FileReview(show) = expect_context();
        let is_found = Memo::new(move |_| self.found.with(Option::is_some));
        swap(is_found, move |is_found| if is_found { show.run((self, done)) } else { ().into_any() })
    }

    /// The button that opens the file; `done` receives the result.
    pub fn button(self, label: String, done: Callback<Received>) -> AnyView {
        let session = expect_context::<Session>();
        let take = move |file: File| {
            self.file.set_value(Some(file));
            self.step(session, ReceiveStep::Open, done);
        };
        view! { <FileButton label=label accept=KIND busy=self.busy() on_choose=take/> }.into_any()
    }

    /// Takes a step with the chosen file.
    fn step(self, session: Session, step: ReceiveStep, done: Callback<Received>) {
        let Some(file) = self.file.get_value() else { return };
        let adds = matches!(step, ReceiveStep::Add { .. });
        self.problems.set(Vec::new());
        if !adds {
            self.found.set(None);
        }
        self.pin.set(String::new());
        self.progress.set(Some(ReceiveProgress { phase: Phase::Checking, percent: Some(0) }));
        spawn_local(async move {
            let taken = session.receive_backup(&file, step, self.progress.write_only()).await;
            self.progress.try_set(None);
            match taken {
                Ok(ReceiveOutcome::Received(taken)) => {
                    self.found.try_set(None);
                    done.run(taken);
                }
                Ok(found @ (ReceiveOutcome::Review(_) | ReceiveOutcome::Damaged { .. })) => {
                    self.found.try_set(Some(found));
                }
                Ok(ReceiveOutcome::NotGiven(check)) => self.show(review::not_given(session, check)),
                Ok(ReceiveOutcome::NotPermitted) => {
                    self.found.try_set(None);
                    self.show(say!(backup.clerk));
                }
                Err(why) => {
                    self.found.try_set(None);
                    self.show(not_received(&why));
                }
            }
        });
    }

    fn show(self, says: String) {
        self.problems.try_set(vec![Problem::whole(says)]);
    }

    /// The progress; nothing while no import is running.
    pub fn progress_view(self) -> AnyView {
        let phase = Memo::new(move |_| self.progress.get().map(|now| now.phase));
        let percent = move || self.progress.get().and_then(|now| now.percent).map(|done| done.to_string());
        let bar = move |phase| {
            let words = words(phase);
            view! {
                <div class="stack close">
                    <p role="status">{words.clone()}</p>
                    <progress max="100" value=percent aria-label=words></progress>
                </div>
            }
        };
        (move || phase.get().map(bar)).into_any()
    }
}

fn words(phase: Phase) -> String {
    match phase {
        Phase::Checking => say!(backup.checking),
        Phase::Writing => say!(backup.writing),
        Phase::Folding => say!(backup.folding),
    }
}

/// Under Settings: the date of the last backup, saving a backup, and merging missing entries from one.
pub fn settings() -> AnyView {
    let session = expect_context::<Session>();
    let (receiver, said) = (BackupReceiver::default(), RwSignal::new(None::<String>));
    let offered = RwSignal::new(false);
    let state = session.backup_state();
    let last = move || last(state.get(), session.today().get());
    let class = move || if state.get().is_some_and(|state| state.due) { "note warn" } else { "muted" };
    let admin = Memo::new(move |_| context::has_right(session, &DeviceRight::ReceiveFile));
    let taken = Callback::new(move |taken: Received| {
        let added = match taken.added {
            0 => counted!(backup.none_missing, taken.lines),
            added => counted!(backup.added, added),
        };
        let ahead = (taken.ahead > 0).then(|| counted!(backup.ahead, taken.ahead));
        said.try_set(Some([Some(added), ahead].into_iter().flatten().collect::<Vec<_>>().join(" ")));
    });
    view! {
        <p>{say!(backup.says)}</p>
        <p class=class>{last}</p>
        <ErrorSummary problems=receiver.problems()/>
        <div><Button label=say!(backup.save) on_press=save(said, offered, receiver)/></div>
        {folder::folder(receiver.problems)}
        <p>{say!(backup.bring_in)}</p>
        {swap(admin, move |admin| match admin {
            true => view! { <div>{receiver.button(say!(backup.open), taken)}</div> }.into_any(),
            false => view! { <p class="small muted">{say!(backup.clerk)}</p> }.into_any(),
        })}
        {receiver.progress_view()}
        {receiver.found(taken)}
        <p role="status">{said}</p>
        {offered::offered(offered, said)}
    }
    .into_any()
}

fn save(said: RwSignal<Option<String>>, offered: RwSignal<bool>, receiver: BackupReceiver) -> impl Fn(()) {
    let session = expect_context::<Session>();
    move |()| {
        receiver.problems.set(Vec::new());
        said.set(Some(say!(backup.saving)));
        spawn_local(async move {
            let saved = session.save_backup().await;
            said.try_set(saved.as_ref().ok().map(saved_words));
            offered.try_set(saved.is_ok());
            if let Err(why) = saved {
                receiver.problems.try_set(vec![Problem::whole(fault(&why))]);
            }
        });
    }
}

fn saved_words(saved: &Saved) -> String {
    let words = counted!(backup.saved, saved.entries);
    if saved.damaged == 0 {
        words
    } else {
        format!("{words} {}", counted!(backup.saved_damaged, saved.damaged))
    }
}

/// On the counter screen: a single line, shown when a backup is due.
pub fn reminder() -> AnyView {
    let session = expect_context::<Session>();
    let due = move || session.backup_state().get().filter(|state| state.due);
    let line = move |state: BackupState| {
        let words = match state.last {
            Some(day) => say!(backup.old, when = date::ago(day, session.today().get())),
            None => say!(backup.old_never),
        };
        view! { <p class="reminder small muted">{words}" "<a href=at(Route::SettingsOf(Section::Backup))>{say!(backup.save)}</a></p> }
    };
    (move || due().map(line)).into_any()
}

fn last(state: Option<BackupState>, today: ledger::date::Date) -> String {
    match state.and_then(|state| state.last) {
        Some(day) => say!(backup.last, when = date::ago(day, today)),
        None => say!(backup.never),
    }
}

/// Shown when the database was deleted: restores it from a backup.
pub fn way_back() -> AnyView {
    let (receiver, done) = (BackupReceiver::default(), Callback::new(|_| ()));
    view! {
        <div class="actions">{receiver.button(say!(backup.open), done)}</div>
        {receiver.progress_view()}
        {receiver.found(done)}
        <ErrorSummary problems=receiver.problems()/>
    }
    .into_any()
}

/// Shown when entries are missing: continues without them, if there is no backup that contains them.
pub fn accept_loss() -> AnyView {
    let session = expect_context::<Session>();
    let why =
        move || (!context::has_right(session, &DeviceRight::AcceptLoss)).then(|| say!(people.admins_only));
    view! {
        <Button label=say!(backup.accept) look=Look::Quiet why_not=Signal::derive(why)
            on_press=move |()| session.accept_loss()/>
    }
    .into_any()
}
