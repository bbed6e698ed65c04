//! The panel after recording: what was recorded, with figures before and after.

use crate::components::{ChangeRow, Changes, Done};
use crate::engine::Recorded;
use crate::screens::{change_rows, context};
use crate::text::{money, say};
use ledger::money::Money;
use ledger::preview::{Change, Subject};
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
    let mut rows = vec![
        row(say!(pay.owes, name = after.name.clone()), owed, after.owed),
        row(say!(pay.credit), credit, after.credit),
    ];
    rows.extend(of_the_shop(all, &row));
    rows
}

/// The drawer or bank account, the tax of the sales and the partners, where they moved.
pub fn of_the_shop(all: &[Recorded], row: &impl Fn(String, Money, Money) -> ChangeRow) -> Vec<ChangeRow> {
    let session = context::session();
    let changes = || all.iter().flat_map(|one| &one.changes).filter(|change| change.before != change.after);
    let is_tax = |change: &&Change| matches!(change.subject, Subject::Tax(_));
    let (was, is): (Money, Money) = (
        changes().filter(is_tax).map(|change| change.before).sum(),
        changes().filter(is_tax).map(|change| change.after).sum(),
    );
    let tax = (was != is).then(|| row(say!(parts.tax_of_sales), was, is));
    let shop = session.shop().get_untracked();
    let moved = changes().filter_map(|change| match &change.subject {
        Subject::Money(account) if change_rows::is_hidden(session, account) => None,
        subject => Some(row(change_rows::subject(shop.as_ref()?, subject)?, change.before, change.after)),
    });
    moved.chain(tax).collect()
}
