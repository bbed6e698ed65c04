//! Tables: figures are right-aligned; on a narrow screen some columns are replaced by a line under the first column.

use leptos::prelude::*;

/// A column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub label: String,
    class: &'static str,
    heard: bool,
}

impl Column {
    /// A text column.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// A column of figures.
    pub fn num(label: impl Into<String>) -> Self {
        Self { class: "num", ..Self::new(label) }
    }

    /// Hides the column on a narrow screen. Its cells must have the class `wide` too.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.class = if self.class == "num" { "num wide" } else { "wide" };
        self
    }

    /// Hides the heading visually; screen readers still announce it.
    #[must_use]
    pub const fn heard(mut self) -> Self {
        self.heard = true;
        self
    }
}

/// A table. Rows are the children: `<tr>` with `<th scope="row">` first; `class="num"` on figures, `class="wide"` on
/// cells hidden on a narrow screen, and a `<span class="sub">` under the name with the text shown there instead.
///
/// ```ignore
/// <Table caption=say!(customer.orders) columns=vec![Column::new(say!(order.order)), Column::num(say!(order.owed))]>
///     {rows}
/// </Table>
/// ```
#[component]
pub fn Table(
    /// The table's accessible name.
    #[prop(into)]
    caption: Signal<String>,
    /// Its columns.
    columns: Vec<Column>,
    /// An additional class, for the widths of the columns.
    #[prop(optional)]
    class: &'static str,
    /// The row of sums under them; it stays in sight.
    #[prop(optional)]
    foot: Option<AnyView>,
    /// The rows.
    children: Children,
) -> AnyView {
    let head = |column: Column| {
        let Column { label, class, heard } = column;
        view! { <th scope="col" class=class><span class:heard=heard>{label}</span></th> }
    };
    let all_heard = columns.iter().all(|column| column.heard);
    let heads = columns.into_iter().map(head).collect_view();
    view! {
        <table class=format!("table {class}")>
            <caption class="heard">{caption}</caption>
            <thead class:heard=all_heard><tr>{heads}</tr></thead>
            <tbody>{children()}</tbody>
            {foot.map(|foot| view! { <tfoot>{foot}</tfoot> })}
        </table>
    }
    .into_any()
}
