//! The recent activity of an account, one sentence for each entry.

use super::page::{AccountMemo, CustomerPage};
use crate::components::live;
use crate::components::{Column, Table};
use crate::screens::document_tables::{history_amount, status_tag};
use crate::screens::{context, methods};
use crate::sort::sort_by;
use crate::text::{date, history, say};
use ledger::account::Status;
use ledger::entry::EntryKind;
use ledger::money::Currency;
use ledger::view::history::HistoryRow;
use leptos::prelude::*;

/// The number of entries shown.
const FEW: usize = 8;

/// Of the account and of those shown with it.
pub(super) fn recent_activity(pages: &[CustomerPage]) -> AnyView {
    let views: Vec<AccountMemo> = pages.iter().map(|page| page.view).collect();
    let rows = Memo::new(move |_| {
        let few = |view: &AccountMemo| {
            view.with(|view| {
                view.as_ref().map(|view| view.history.iter().take(FEW).cloned().collect::<Vec<_>>())
            })
        };
        let mut rows: Vec<HistoryRow> = views.iter().filter_map(few).flatten().collect();
        // Each account has its latest first, and days of one account stay in their sequence.
        sort_by(&mut rows, |one, other| other.on.cmp(&one.on));
        rows.truncate(FEW);
        rows
    });
    let currency = context::currency(context::session());
    live(move || Some(rows.get()).filter(|rows| !rows.is_empty()).map(|rows| list(rows, &currency)))
}

fn list(rows: Vec<HistoryRow>, currency: &Currency) -> AnyView {
    let columns = vec![
        Column::new(say!(customer.date)).heard().wide(),
        Column::new(say!(customer.what)).heard(),
        Column::new(say!(customer.who)).heard().wide(),
        Column::num(say!(customer.amount)).heard(),
    ];
    let rows = rows.into_iter().map(|row| line(row, currency)).collect_view();
    view! {
        <section class="subsection">
            <h2>{say!(customer.recent_activity)}</h2>
            <Table caption=say!(customer.recent_activity) columns=columns>{rows}</Table>
        </section>
    }
    .into_any()
}

fn line(row: HistoryRow, currency: &Currency) -> AnyView {
    let session = context::session();
    let on = date::short(row.on, session.today().get_untracked());
    // The endpoint writes it in the owner's name.
    let who = if row.is_found() { say!(history.processor) } else { context::staff(session, &row.actor) };
    let sub = format!("{on} · {who}");
    // What was taken back says so itself, and whether the money of a recorded refund was handed over is an entry of its own.
    let told = |status: &Status| *status != Status::Recorded && row.kind != EntryKind::RefundWithdrawn;
    let status = row.status.filter(told).map(|status| status_tag(status, true));
    view! {
        <tr>
            <td class="wide date muted">{on}</td>
            <td>{methods::with_own(session, |own| history::sentence(&row, own))}" "{status}<span class="sub">{sub}</span></td>
            <td class="wide muted">{who}</td>
            {history_amount(&row, currency)}
        </tr>
    }
    .into_any()
}
