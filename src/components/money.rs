//! A figure in a column or a sentence; a dash while it is not known.

use crate::text::money;
use ledger::money::{Currency, Money};
use leptos::prelude::*;

/// How a figure is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FigureFormat {
    /// `70.00`.
    #[default]
    Plain,
    /// `70.00`, and a dash for nothing.
    Dash,
    /// `+50.00` in green, `−30.00` in ink.
    Signed,
    /// `£70.00`.
    Money,
}

/// A figure; `None` is a dash, never a zero.
///
/// ```ignore
/// <td class="num"><Figure amount=order.owed currency=currency.clone() format=Shown::Dash/></td>
/// ```
#[component]
pub fn Figure(
    /// The amount, in minor units.
    #[prop(into)]
    amount: Signal<Option<Money>>,
    /// The shop's currency.
    currency: Currency,
    /// How it is written.
    #[prop(optional)]
    format: FigureFormat,
) -> AnyView {
    let class = move || match amount.get() {
        None => "zero",
        Some(amount) if format == FigureFormat::Dash && amount.is_zero() => "zero",
        Some(amount) if format == FigureFormat::Signed && amount.is_positive() => "in",
        Some(_) => "",
    };
    let text =
        move || amount.get().map_or_else(|| money::DASH.into(), |amount| write(amount, &currency, format));
    view! { <span class=class>{text}</span> }.into_any()
}

fn write(amount: Money, currency: &Currency, format: FigureFormat) -> String {
    match format {
        FigureFormat::Plain => money::figure(amount, currency),
        FigureFormat::Dash => money::figure_or_dash(amount, currency),
        FigureFormat::Signed => money::signed(amount, currency),
        FigureFormat::Money => money::money(amount, currency),
    }
}
