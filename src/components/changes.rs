//! Figures before and after, as a table.

use crate::text::say;
use leptos::prelude::*;

/// One figure before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// What the figure is about, such as an order.
    pub subject: String,
    /// The figure now.
    pub before: String,
    /// The figure afterwards.
    pub after: String,
}

/// A table of figures before and after; unchanged figures are shown in a muted style.
///
/// ```ignore
/// <Changes caption=say!(refund.will_happen) rows=rows/>
/// ```
#[component]
pub fn Changes(
    /// The table's accessible name.
    #[prop(into)]
    caption: Signal<String>,
    /// The figures, in the order of the preview.
    #[prop(into)]
    rows: Signal<Vec<ChangeRow>>,
    /// Whether the change has already happened: the first column is then *Before*, not *Now*.
    #[prop(optional)]
    past: bool,
) -> AnyView {
    let first = if past { say!(parts.before) } else { say!(parts.now) };
    view! {
        <table class="table changes">
            <caption class="heard">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col"><span class="heard">{say!(parts.what)}</span></th>
                    <th scope="col" class="num">{first}</th>
                    <td></td>
                    <th scope="col" class="num">{say!(parts.after)}</th>
                </tr>
            </thead>
            <tbody>{move || rows.get().into_iter().map(line).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn line(row: ChangeRow) -> AnyView {
    let ChangeRow { subject, before, after } = row;
    let class = if before == after { "num same" } else { "num to" };
    view! {
        <tr>
            <th scope="row">{subject}</th>
            <td class="num">{before}</td>
            <td class="arrow"><span aria-hidden="true">"→"</span></td>
            <td class=class>{after}</td>
        </tr>
    }
    .into_any()
}
