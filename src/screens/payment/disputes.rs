//! Disputes of a payment: what the customer's bank and the card processor have done, recorded with one press.

use crate::components::{Button, ErrorSummary, Look, Tag, Tone, said};
use crate::forms::Errors;
use crate::screens::context;
use crate::screens::form::Form;
use crate::session::Session;
use crate::text::{date, money, say};
use ledger::entry::{DisputeStage, EntryKind};
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::rules::{Act, Command, RecordDispute};
use ledger::view::dispute::DisputeRow;
use ledger::view::payment::PaymentRow;
use leptos::prelude::*;

/// Records what is new of a dispute.
#[derive(Clone, Copy)]
pub(super) struct Disputes {
    customer: StoredValue<Id>,
    form: Form,
    said: RwSignal<Option<String>>,
}

impl Disputes {
    pub fn new(session: Session, customer: Id) -> Self {
        let form = Form::new(session, context::currency(session), "dispute".to_owned());
        form.follow(Errors::default);
        Self { customer: StoredValue::new(customer), form, said: RwSignal::new(None) }
    }

    /// The result of the last press.
    pub fn notice(self) -> AnyView {
        view! { <ErrorSummary problems=self.form.problems()/>{said(self.said)} }.into_any()
    }

    /// The id follows from the dispute, so that counters that do not reach each other record it once.
    fn record(self, row: &DisputeRow) {
        let command = Command {
            id: row.next.clone(),
            customer: Some(self.customer.get_value()),
            on: None,
            act: Act::RecordDispute(RecordDispute { payment: row.payment.clone(), dispute: row.id.clone() }),
        };
        self.said.set(None);
        self.form.record(Ok(vec![command]), move |_| self.said.set(Some(say!(dispute.done))));
    }
}

/// How far the latest dispute of a payment is.
pub(crate) fn tag(row: &PaymentRow) -> Option<AnyView> {
    let (text, tone) = match row.disputes.first()?.stage {
        DisputeStage::Open => (say!(dispute.tag_open), Tone::Warn),
        DisputeStage::Won => (say!(dispute.tag_won), Tone::Plain),
        DisputeStage::Lost => (say!(dispute.tag_lost), Tone::Danger),
    };
    Some(view! { " "<Tag text=text tone=tone/> }.into_any())
}

/// The disputes of a payment; nothing if there are none.
pub(super) fn disputes(row: &PaymentRow, currency: &Currency, recording: Disputes) -> Option<AnyView> {
    if row.disputes.is_empty() {
        return None;
    }
    let each = row.disputes.iter().map(|dispute| card(dispute, currency, recording)).collect_view();
    Some(
        view! {
            <section class="subsection">
                <h2>{say!(dispute.title)}</h2>
                <ul class="plain stack close">{each}</ul>
            </section>
        }
        .into_any(),
    )
}

fn card(row: &DisputeRow, currency: &Currency, recording: Disputes) -> AnyView {
    let amount = money::money(row.amount, currency);
    let (title, hint) = match row.stage {
        DisputeStage::Open => (say!(dispute.open_amount, amount = amount), say!(dispute.open_hint)),
        DisputeStage::Won => (say!(dispute.won_amount, amount = amount), say!(dispute.won_hint)),
        DisputeStage::Lost => (say!(dispute.lost_amount, amount = amount), say!(dispute.lost_hint)),
    };
    let answer = row.answer_by.filter(|_| row.stage == DisputeStage::Open);
    let answer = answer.map(|day| view! { <p>{say!(dispute.answer_by, date = date::long(day))}</p> });
    let number = row.reference.clone().map(|number| say!(dispute.number, number = number));
    let reason = row.reason.as_deref().map(|reason| say!(dispute.reason, reason = reason_given(reason)));
    let facts = number.into_iter().chain(reason).collect::<Vec<_>>().join(" · ");
    let warns = row.stage == DisputeStage::Open || row.to_record.is_some();
    let class = if warns { "note warn stack close" } else { "note stack close" };
    view! {
        <li class=class>
            <p><b>{title}</b></p>
            <p>{hint}</p>
            {answer}
            <p class="small muted">{facts}</p>
            {in_book(row, currency)}
            {row.to_record.map(|more| to_record(row, more, currency, recording))}
        </li>
    }
    .into_any()
}

/// The customer's reason. The processor's words for it that are not known here are shown as they are.
fn reason_given(reason: &str) -> String {
    match reason {
        "fraudulent" => say!(dispute.fraudulent),
        "product_not_received" => say!(dispute.not_received),
        "product_unacceptable" => say!(dispute.unacceptable),
        "duplicate" => say!(dispute.duplicate),
        "credit_not_processed" => say!(dispute.no_credit),
        "subscription_canceled" => say!(dispute.canceled),
        "unrecognized" => say!(dispute.unrecognized),
        "general" => say!(dispute.general),
        other => other.replace('_', " "),
    }
}

fn in_book(row: &DisputeRow, currency: &Currency) -> Option<AnyView> {
    let (amount, fee) = row.recorded;
    if amount.is_zero() && fee.is_zero() {
        return None;
    }
    let [amount, fee] = [amount, fee].map(|amount| money::money(amount, currency));
    Some(view! { <p class="small">{say!(dispute.in_book, amount = amount, fee = fee)}</p> }.into_any())
}

/// What is to be recorded, below zero what comes back, and the press that does it.
fn to_record(
    row: &DisputeRow,
    (amount, fee): (Money, Money),
    currency: &Currency,
    recording: Disputes,
) -> AnyView {
    let line = |amount: Money, (taken, given): (String, String)| {
        (!amount.is_zero()).then(|| {
            let label = if amount.is_positive() { taken } else { given };
            let figure = money::money(Money(amount.0.abs()), currency);
            view! { <dt>{label}</dt><dd>{figure}</dd> }
        })
    };
    let session = context::session();
    let why = Signal::derive(move || {
        (!context::may(session, EntryKind::DisputeRecorded, amount)).then(|| say!(dispute.admin))
    });
    let asked = row.clone();
    view! {
        <dl class="facts">
            {line(amount, (say!(dispute.taken), say!(dispute.given)))}
            {line(fee, (say!(dispute.fee), say!(dispute.fee_back)))}
        </dl>
        <div class="actions">
            <Button label=say!(dispute.record) look=Look::Primary why_not=why
                on_press=move |()| recording.record(&asked)/>
        </div>
    }
    .into_any()
}
