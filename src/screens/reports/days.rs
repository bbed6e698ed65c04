//! The fields for the days of a report, and the usual spans.

use super::state::ReportState;
use crate::at::at;
use crate::components::{DateField, Value, effect, swap};
use crate::forms::Field;
use crate::forms::report::{AS_OF, DaysDraft, FROM, KNOWN_ON, Preset, ReportDays, TO};
use crate::route::Report;
use crate::screens::context;
use crate::text::problem::problem;
use crate::text::say;
use leptos::prelude::*;

/// The fields of the report. Days that are right are those of the address at once.
pub(super) fn fields(state: ReportState) -> AnyView {
    let is_ageing = Memo::new(move |_| state.report.get() == Report::Ageing);
    swap(is_ageing, move |is_ageing| {
        state.errors.set(Default::default());
        let draft = RwSignal::new(DaysDraft::of(&state.days.get()));
        follow(state, draft);
        if is_ageing { balances(state, draft) } else { span(state, draft) }
    })
}

fn balances(state: ReportState, draft: RwSignal<DaysDraft>) -> AnyView {
    let as_of =
        day(state, draft, AS_OF, say!(reports.as_of), |draft| &draft.as_of, |draft, day| draft.as_of = day);
    view! {
        <div class="report-days">
            {as_of}{known_on(state, draft)}
            <p class="small muted report-says"><b>{say!(reports.as_of)}</b>" "{say!(reports.as_of_says)}" "
                <b>{say!(reports.known_on)}</b>" "{say!(reports.known_on_says)}</p>
        </div>
    }
    .into_any()
}

fn span(state: ReportState, draft: RwSignal<DaysDraft>) -> AnyView {
    let from =
        day(state, draft, FROM, say!(reports.from), |draft| &draft.from, |draft, day| draft.from = day);
    let to = day(state, draft, TO, say!(reports.to), |draft| &draft.to, |draft, day| draft.to = day);
    let pill = move |preset: Preset| {
        let days = move || {
            let (from, to) = preset.span(state.session.today().get());
            ReportDays { from, to, ..state.days.get() }
        };
        let href = move || at(state.link(state.report.get(), &days()));
        let current = move || (days() == state.days.get()).then_some("true");
        view! { <li><a href=href aria-current=current data-noscroll="">{label(preset)}</a></li> }
    };
    let pills = Preset::ALL.into_iter().map(pill).collect_view();
    view! {
        <div class="report-days">{from}{to}{known_on(state, draft)}
            <ul class="pills" aria-label=say!(reports.spans)>{pills}</ul>
        </div>
    }
    .into_any()
}

fn known_on(state: ReportState, draft: RwSignal<DaysDraft>) -> AnyView {
    day(
        state,
        draft,
        KNOWN_ON,
        say!(reports.known_on),
        |draft| &draft.known_on,
        |draft, day| draft.known_on = day,
    )
}

/// A field for a day.
fn day(
    state: ReportState,
    draft: RwSignal<DaysDraft>,
    field: Field,
    label: String,
    read: fn(&DaysDraft) -> &String,
    write: fn(&mut DaysDraft, String),
) -> AnyView {
    let error = {
        let (field, currency) = (field.clone(), context::currency(state.session));
        Signal::derive(move || {
            let found = state.errors.with(|errors| errors.of(&field).cloned())?;
            Some(problem(&field, &found, &currency))
        })
    };
    let value = Value::new(
        move || draft.with(|draft| read(draft).clone()),
        move |typed| {
            draft.update(|draft| write(draft, typed));
            take(state, draft);
        },
    );
    view! { <DateField id=field.id() label=label value=value error=error required=true/> }.into_any()
}

/// Goes to the address of the days as typed, or says what is wrong with them.
fn take(state: ReportState, draft: RwSignal<DaysDraft>) {
    let today = state.session.today().get_untracked();
    match draft.with_untracked(|draft| draft.days(today)) {
        Ok(days) => {
            state.errors.set(Default::default());
            if days != state.days.get_untracked() {
                let link = untrack(|| state.link(state.report.get(), &days));
                context::router().go_instead(link);
            }
        }
        Err(errors) => state.errors.set(errors),
    }
}

/// Fills the fields when the address has other days.
fn follow(state: ReportState, draft: RwSignal<DaysDraft>) {
    effect(move || {
        let days = state.days.get();
        let today = state.session.today().get_untracked();
        if draft.with_untracked(|draft| draft.days(today).ok()) != Some(days) {
            draft.set(DaysDraft::of(&days));
            state.errors.set(Default::default());
        }
    });
}

fn label(preset: Preset) -> String {
    match preset {
        Preset::Today => say!(reports.today),
        Preset::Week => say!(reports.this_week),
        Preset::Month => say!(reports.this_month),
        Preset::LastMonth => say!(reports.last_month),
        Preset::Year => say!(reports.this_year),
    }
}
