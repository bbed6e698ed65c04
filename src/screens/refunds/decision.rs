//! *Approve*, *Reject*, *Mark as Paid and Complete*: a dialog names the document and shows what changes, then the decision
//! is recorded once.

use super::sections::{is_own, looks_after, waits_for};
pub use super::verdict::Verdict;
use super::verdict::{About, Words};
use crate::components::{
    Button, ChangeRow, Changes, Dialog, ErrorSummary, Look, MenuItem, Notice, TextField, effect, live,
};
use crate::engine::NotRecorded;
use crate::forms::{Errors, ReasonDraft, limits, required};
use crate::screens::form::Form;
use crate::screens::{change_rows, context, methods, online_refund};
use crate::session::Session;
use crate::text::fault::not_recorded;
use crate::text::{money, names, say};
use ledger::account::Waits;
use ledger::id::Id;
use ledger::preview::Preview;
use ledger::rules::{Act, Command};
use ledger::view::refund::RefundRow;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The open dialog, and the result of the last decision.
#[derive(Clone, Copy)]
pub struct Decision {
    session: Session,
    open: RwSignal<bool>,
    asked: RwSignal<Option<(Verdict, RefundRow)>>,
    reason: RwSignal<String>,
    form: Form,
    outcome: RwSignal<Option<Result<String, NotRecorded>>>,
    /// A decision is being written.
    busy: RwSignal<bool>,
}

impl Decision {
    /// The state without an open dialog.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
        let form = Form::new(session, context::currency(session), "decision".into());
        let decision = Self {
            session,
            open,
            asked: RwSignal::new(None),
            reason: RwSignal::new(String::new()),
            form,
            outcome: RwSignal::new(None),
            busy,
        };
        form.follow(move || decision.read().err().unwrap_or_default());
        decision
    }

    /// Opens the dialog, unless a decision is being written: the focus is then back on the row's button, which a second
    /// Enter would press.
    pub fn ask(self, verdict: Verdict, row: &RefundRow) {
        if self.busy.get_untracked() {
            return;
        }
        self.reason.set(String::new());
        self.form.clear();
        self.asked.set(Some((verdict, row.clone())));
        self.open.set(true);
    }

    /// Records with one press what was refunded on the card processor's own page.
    pub fn record_found(self, row: &RefundRow) {
        if !self.busy.get_untracked() {
            self.asked.set(Some((Verdict::Approve, row.clone())));
            self.record();
        }
    }

    /// Whether the person who acts can take it back: what they asked for, as long as it is not decided or paid; and what is on its way to the
    /// card processor, if they approved it, too.
    pub fn takes_back(self, row: &RefundRow) -> bool {
        let waits = matches!(row.waits_for(), Some(Waits::Decision | Waits::Payment));
        let is_theirs = is_own(self.session, row);
        if online_refund::can_cancel(row) {
            let actor = self.session.this_device().with(|here| here.actor.clone());
            return is_theirs || row.completed_by.as_ref() == Some(&actor);
        }
        waits && !row.is_found() && is_theirs
    }

    /// The menu items for what the person who acts can decide on a refund that waits, without its next step.
    pub fn items(self, row: &RefundRow) -> Vec<MenuItem> {
        let item = |label: String, verdict: Verdict| {
            let asked = row.clone();
            MenuItem::press(label, move || self.ask(verdict, &asked))
        };
        let reject = match row.waits_for() {
            Some(Waits::Decision) => Some(Verdict::Reject),
            Some(Waits::Payment) => Some(Verdict::RejectPayout),
            Some(Waits::Processor | Waits::HandOver) | None => None,
        };
        let reject = reject.filter(|_| waits_for(self.session, row));
        let label = if online_refund::can_cancel(row) { say!(online.cancel) } else { say!(queue.withdraw) };
        let take_back = self.takes_back(row).then(|| item(label, Verdict::Withdraw));
        let found = match looks_after(self.session, row) {
            true => vec![
                item(say!(online.was_made), Verdict::WasMade),
                item(say!(online.was_not_made), Verdict::WasNotMade),
            ],
            false => Vec::new(),
        };
        let reject = reject.map(|verdict| item(say!(queue.reject), verdict));
        found.into_iter().chain(reject).chain(take_back).collect()
    }

    /// The same with the next step before it, where no button beside the menu has it.
    pub fn all_items(self, row: &RefundRow) -> Vec<MenuItem> {
        let next = match row.waits_for() {
            Some(Waits::Decision) if online_refund::can_record(row) => {
                Some((say!(online.record), Verdict::Approve))
            }
            Some(Waits::Decision) => {
                Some((say!(queue.approve), Verdict::Approve)).filter(|_| !row.is_found())
            }
            Some(Waits::Payment) => Some((say!(queue.complete), Verdict::Complete)),
            Some(Waits::Processor | Waits::HandOver) | None => None,
        };
        let next = next.filter(|_| waits_for(self.session, row)).map(|(label, verdict)| {
            let asked = row.clone();
            MenuItem::press(label, move || self.ask(verdict, &asked))
        });
        next.into_iter().chain(self.items(row)).collect()
    }

    /// Whether the request still has the same status: another tab may have decided it.
    fn waits(self) -> bool {
        let asked = self.asked.get();
        self.session.queue().with(|rows| {
            let mut rows = rows.iter().flat_map(|rows| rows.iter());
            asked.is_some_and(|(_, of)| rows.any(|row| row.id == of.id && row.status == of.status))
        })
    }

    /// The commands with the reason as typed.
    fn read(self) -> Result<Vec<Command>, Errors> {
        let Some((verdict, row)) = self.asked.get() else { return Ok(Vec::new()) };
        let mut errors = Errors::default();
        let reason = if verdict.has_reason() {
            errors.take(ReasonDraft::WORDS, required(&self.reason.get(), limits::REASON))
        } else {
            None
        };
        errors.or(commands(verdict, &row, reason))
    }

    /// Records the decision.
    fn record(self) {
        if self.busy.get_untracked() {
            return;
        }
        let commands = match untrack(|| self.read()) {
            Err(errors) => return self.form.show(errors),
            Ok(commands) => commands,
        };
        self.open.set(false);
        let Some((verdict, row)) = self.asked.get_untracked() else { return };
        let said = verdict.said(&row, context::customer_name(self.session, &row.customer));
        self.busy.set(true);
        spawn_local(async move {
            let outcome = self.session.record_all(commands).await;
            let _ = self.busy.try_set(false);
            let _ = self.outcome.try_set(Some(outcome.map(|_| said)));
        });
    }

    /// The result of the last decision.
    pub fn notice(self) -> AnyView {
        let currency = context::currency(self.session);
        live(move || match self.outcome.get() {
            None => ().into_any(),
            Some(Ok(said)) => view! { <Notice says=said/> }.into_any(),
            Some(Err(why)) => {
                let says = not_recorded(&why, &currency);
                view! { <p class="wrong" role="alert">{says}</p> }.into_any()
            }
        })
    }

    /// The dialog; it closes when there is nothing left to decide.
    pub fn dialog(self) -> AnyView {
        effect(move || {
            if self.open.get() && !self.waits() {
                self.open.set(false);
            }
        });
        let title = Signal::derive(move || self.words().map(|words| words.title).unwrap_or_default());
        let content = move || untrack(|| self.content());
        view! { <Dialog open=self.open title=title>{content()}</Dialog> }.into_any()
    }

    fn words(self) -> Option<Words> {
        let (verdict, row) = self.asked.get()?;
        let about = About { what: what(self.session, &row), who: context::staff(self.session, &row.actor) };
        Some(verdict.asks(about, &row))
    }

    fn content(self) -> Option<AnyView> {
        let (verdict, _) = self.asked.get()?;
        let words = self.words()?;
        let changes = Memo::new(move |_| self.changes());
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            self.record();
        };
        let reason = verdict.has_reason().then(|| {
            view! {
                <TextField id=ReasonDraft::WORDS.id() label=say!(reasons.label) hint=say!(queue.reason_hint)
                    value=self.reason error=self.form.error(ReasonDraft::WORDS) required=true/>
            }
        });
        let look = if verdict.has_reason() { Look::Danger } else { Look::Primary };
        let content = view! {
            <form class="stack" novalidate on:submit=submit>
                <ErrorSummary problems=self.form.problems()/>
                <p>{words.text}</p>
                {reason}
                <Show when=move || changes.with(|rows| !rows.is_empty())>
                    <Changes caption=say!(refund.what_will_happen) rows=changes/>
                </Show>
                {live(move || change_rows::warning(self.session, &self.preview()?))}
                <div class="actions">
                    <Button label=words.yes look=look submit=true/>
                    <Button label=say!(queue.no) on_press=move |()| self.open.set(false)/>
                </div>
            </form>
        };
        Some(content.into_any())
    }

    /// What the decision would do, as the ledger previews it.
    fn preview(self) -> Option<Preview> {
        let (verdict, row) = self.asked.get()?;
        self.session.account(row.customer.clone()).track();
        self.session.shop().track();
        let first = commands(verdict, &row, None)?.into_iter().next()?;
        self.session.preview(&first).ok()
    }

    /// The customer, the money and the partners before and after.
    fn changes(self) -> Vec<ChangeRow> {
        let customer = self.asked.get().map(|(_, row)| row.customer);
        let name =
            customer.map(|customer| context::customer_name(self.session, &customer)).unwrap_or_default();
        let preview = self.preview().unwrap_or_default();
        preview
            .changes
            .into_iter()
            .filter_map(|change| change_rows::of_account(self.session, &name, change))
            .collect()
    }
}

/// The document in words: `AR-0010: £40.00 to Dee Okafor by bank transfer`.
fn what(session: Session, row: &RefundRow) -> String {
    say!(
        queue.document,
        no = row.no.clone().unwrap_or_else(|| names::status(row.status)),
        amount = money::money(row.asked(), &context::currency(session)),
        name = context::customer_name(session, &row.customer),
        by = methods::by(session, row.method)
    )
}

/// The decision; a pay-out marked as paid is also marked as handed over, and so is what the card processor has paid.
fn commands(verdict: Verdict, row: &RefundRow, reason: Option<String>) -> Option<Vec<Command>> {
    let (suffix, act) = verdict.act(row.id.clone(), reason);
    let command = |suffix, act| {
        let id = Id::new(&format!("{}-{suffix}", row.id)).ok()?;
        Some(Command { id, customer: Some(row.customer.clone()), on: None, act })
    };
    let mut commands = vec![command(suffix, act)?];
    if verdict == Verdict::Complete || (verdict == Verdict::Approve && row.is_found()) {
        commands.extend(command("handed", Act::HandOver(row.id.clone())));
    }
    Some(commands)
}
