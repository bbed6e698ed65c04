//! The panel after recording: what was recorded, with figures before and after.

use crate::components::{ChangeRow, Changes, Done};
use crate::engine::Recorded;
use crate::screens::context;
use crate::text::{money, say};
use ledger::money::Money;
use leptos::prelude::*;

/// The panel: figures before and after if known, then details of the document, then the next actions.
pub fn panel(title: String, recorded: Option<&[Recorded]>, more: impl IntoView, next: AnyView) -> AnyView {
    let rows = recorded.map(changes).unwrap_or_default();
    let table = (!rows.is_empty()).then(|| view! { <Changes caption=title.clone() rows=rows past=true/> });
    let more = more.into_any();
    view! { <Done title=title>{table}{more}<div class="actions">{next}</div></Done> }.into_any()
}

/// The balance and the credit, before the first entry and after the last.
#[must_use]
pub fn changes(all: &[Recorded]) -> Vec<ChangeRow> {
    let before = all.iter().find_map(|one| one.before.as_ref());
    let Some(after) = all.iter().rev().find_map(|one| one.after.as_ref()) else { return Vec::new() };
    let currency = context::currency(context::session());
    let row = |subject: String, was: Money, is: Money| {
        let (before, after) = (money::figure(was, &currency), money::figure(is, &currency));
        ChangeRow { subject, before, after }
    };
    let (owed, credit) = before.map(|row| (row.owed, row.credit)).unwrap_or_default();
    vec![
        row(say!(pay.owes, name = after.name.clone()), owed, after.owed),
        row(say!(pay.credit), credit, after.credit),
    ]
}
