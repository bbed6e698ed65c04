//! Which column of the file holds what, with the first row as an example.

use super::state::ImportState;
use crate::components::{Choice, Select, live, swap};
use crate::import::{Column, Kind, Sheet};
use crate::screens::bind;
use crate::text::{import as words, say};
use leptos::prelude::*;

/// Characters of an example.
const EXAMPLE: usize = 40;

/// The section.
pub(super) fn columns(state: ImportState) -> AnyView {
    // The choices are those of the file and of the kind.
    let which = Memo::new(move |_| (state.kind(), state.table().map(|sheet| sheet.headings.clone())));
    let fields = move |(kind, headings): (Kind, Option<Vec<String>>)| {
        let headings = headings.unwrap_or_default();
        let field = |column: &Column| field(state, kind, *column, &headings);
        let fields = kind.columns().iter().map(field).collect_view();
        view! { <div class="pair matching">{fields}</div> }.into_any()
    };
    view! {
        <section class="stack close">
            <h2>{say!(import.columns)}</h2>
            <p class="muted">{say!(import.columns_says)}</p>
            {swap(which, fields)}
            <p class="wrong" role="status">{live(move || lacking(state))}</p>
        </section>
    }
    .into_any()
}

fn field(state: ImportState, kind: Kind, column: Column, headings: &[String]) -> AnyView {
    let mut choices = vec![Choice::new("", say!(import.none))];
    choices.extend((1..).zip(headings).map(|(at, heading): (usize, &String)| {
        let name = if heading.trim().is_empty() { at.to_string() } else { heading.clone() };
        Choice::new(at.to_string(), name)
    }));
    let chosen = move || state.matching.with(|matching| matching.of(column));
    let read = move || chosen().map_or_else(String::new, |at| (at + 1).to_string());
    let write = move |picked: String| {
        let at = picked.parse::<usize>().ok().and_then(|at| at.checked_sub(1));
        state.matching.update(|matching| matching.set(column, at));
    };
    let hint = move || match chosen().zip(state.table()) {
        Some((at, sheet)) => example(&sheet, at),
        None => String::new(),
    };
    view! {
        <Select id=format!("f-column-{column:?}") label=words::column(column) choices=choices
            value=bind::text(read, write) hint=Signal::derive(hint) required=kind.needs(column)/>
    }
    .into_any()
}

fn example(sheet: &Sheet, at: usize) -> String {
    let text = sheet.rows.first().and_then(|row| row.fields.get(at)).map_or("", |text| text.trim());
    if text.is_empty() {
        return say!(import.example_blank);
    }
    let short: String = text.chars().take(EXAMPLE).collect();
    let text = if short.len() < text.len() { format!("{short}…") } else { short };
    say!(import.example, text = text)
}

/// What has to be chosen before the rows can be checked.
fn lacking(state: ImportState) -> Option<String> {
    let kind = state.kind();
    state.table()?;
    state.matching.with(|matching| {
        let lacks: Vec<String> = state.lacks(kind, matching).into_iter().map(words::column).collect();
        if !lacks.is_empty() {
            return Some(say!(import.match_first, columns = lacks.join(", ")));
        }
        (!kind.names_customer(matching)).then(|| say!(import.match_customer))
    })
}
