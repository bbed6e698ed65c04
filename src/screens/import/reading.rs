//! How the file is read: encoding, separator, dates and amounts, found out and changeable.

use super::state::ImportState;
use crate::components::{Choice, Select, live, swap};
use crate::import::{DateOrder, Encoding, Kind, NumberMarks, Reading, Separator};
use crate::screens::bind;
use crate::text::{counted, import as words, say};
use leptos::prelude::*;

/// The section.
pub(super) fn reading(state: ImportState) -> AnyView {
    let has_amounts = Memo::new(move |_| state.kind() != Kind::Customers);
    let has_dates = Memo::new(move |_| matches!(state.kind(), Kind::Orders | Kind::Credits));
    let rows = move || {
        let name = state.file.with(|file| file.as_ref().map(|file| file.name.clone()))?;
        let count = state.table()?.rows.len();
        Some(counted!(import.file, count, name = name))
    };
    view! {
        <section class="stack close">
            <h2>{say!(import.how)}</h2>
            <p role="status">{live(rows)}</p>
            <div class="pair">{encoding(state)}{separator(state)}</div>
            {swap(has_amounts, move |has| if has { amounts(state, has_dates) } else { ().into_any() })}
        </section>
    }
    .into_any()
}

fn encoding(state: ImportState) -> AnyView {
    let choices: Vec<Choice> =
        Encoding::ALL.into_iter().map(|one| Choice::new(one.name(), one.name())).collect();
    let read = move || state.table().map(|sheet| sheet.encoding.name().to_owned()).unwrap_or_default();
    let value = bind::text(read, move |name| state.encoding.set(name));
    view! { <Select id="f-encoding" label=say!(import.encoding) choices=choices value=value required=true/> }
        .into_any()
}

fn separator(state: ImportState) -> AnyView {
    let choice = |one: Separator| Choice::new(one.char().to_string(), words::separator(one));
    let choices: Vec<Choice> = Separator::ALL.into_iter().map(choice).collect();
    let read = move || state.table().map(|sheet| sheet.separator.char().to_string()).unwrap_or_default();
    let value = bind::text(read, move |mark| state.separator.set(mark));
    view! { <Select id="f-separator" label=say!(import.separator) choices=choices value=value required=true/> }.into_any()
}

fn amounts(state: ImportState, has_dates: Memo<bool>) -> AnyView {
    let order = |one: DateOrder| Choice::new(words::date_order(one), words::date_order(one));
    let marks = |one: NumberMarks| Choice::new(words::marks(one), words::marks(one));
    let orders: Vec<Choice> = DateOrder::ALL.into_iter().map(order).collect();
    let both: Vec<Choice> = NumberMarks::ALL.into_iter().map(marks).collect();
    let set_order = move |picked: String| {
        let picked = DateOrder::ALL.into_iter().find(|one| words::date_order(*one) == picked);
        picked
            .into_iter()
            .for_each(|dates| state.reading.update(|reading| *reading = Reading { dates, ..*reading }));
    };
    let set_marks = move |picked: String| {
        let picked = NumberMarks::ALL.into_iter().find(|one| words::marks(*one) == picked);
        picked
            .into_iter()
            .for_each(|marks| state.reading.update(|reading| *reading = Reading { marks, ..*reading }));
    };
    let dates = bind::text(move || words::date_order(state.reading.get().dates), set_order);
    let amounts = bind::text(move || words::marks(state.reading.get().marks), set_marks);
    view! {
        <div class="pair">
            <Show when=move || has_dates.get()>
                <Select id="f-dates" label=say!(import.dates) choices=orders.clone() value=dates required=true/>
            </Show>
            <Select id="f-marks" label=say!(import.marks) choices=both value=amounts required=true/>
        </div>
    }
    .into_any()
}
