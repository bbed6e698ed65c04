//! An amount in a column or a sentence; a dash while it is unknown.

use crate::text::money;
use ledger::money::{Currency, Money};
use leptos::prelude::*;

/// The format of an amount.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FigureFormat {
    /// `70.00`.
    #[default]
    Plain,
    /// `70.00`, and a dash for zero.
    Dash,
    /// `+50.00` in green, `−30.00` in the text colour.
    Signed,
    /// `£70.00`.
    Money,
}

/// An amount; `None` is shown as a dash, never as zero.
///
/// ```ignore
/// <td class="num"><Figure amount=order.owed currency=currency.clone() format=FigureFormat::Dash/></td>
/// ```
#[component]
pub fn Figure(
    /// The amount, in minor units.
    #[prop(into)]
    amount: Signal<Option<Money>>,
    /// The shop's currency.
    currency: Currency,
    /// The format.
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
