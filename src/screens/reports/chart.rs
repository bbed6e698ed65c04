//! Bar charts of a report. On a wide screen bars can stand on the columns of their table; otherwise they lie beside their
//! names. Screen readers hear every figure in the description.

use crate::text::money;
use ledger::money::{Currency, Money};
use leptos::prelude::*;

/// The height of a standing chart, in its own units; a column is 100 wide.
const HEIGHT: i64 = 136;
/// The height of a lying bar with its gap.
const ROW: usize = 32;
/// The most bars that lie below each other.
const MOST: usize = 12;

/// A bar.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bar {
    pub label: String,
    pub amount: Money,
    /// The class of its colour.
    pub class: &'static str,
}

impl Bar {
    /// A bar in the usual colour.
    pub fn new(label: impl Into<String>, amount: Money) -> Self {
        Self { label: label.into(), amount, class: "b0" }
    }
}

/// Bars of one report.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chart {
    /// What the bars measure.
    pub title: String,
    pub bars: Vec<Bar>,
    /// How many figure columns the table has, if the bars stand on the first of them.
    pub columns: Option<usize>,
}

/// The bars; of very many, the largest ones.
pub(super) fn view(chart: &Chart, report: &str, currency: &Currency) -> AnyView {
    let mut bars: Vec<&Bar> = chart.bars.iter().collect();
    if chart.columns.is_none() && bars.len() > MOST {
        bars.sort_by_key(|bar| std::cmp::Reverse(bar.amount.0.abs()));
        bars.truncate(MOST);
    }
    let title = format!("{report}: {}", chart.title);
    let figures = bars.iter().map(|bar| format!("{} {}", bar.label, money::money(bar.amount, currency)));
    let description = figures.collect::<Vec<_>>().join(", ");
    let standing = chart.columns.map(|of| standing(&bars, of, &title, &description));
    view! { {standing}{lying(&bars, &title, &description, currency)} }.into_any()
}

/// The share of the largest amount, in thousandths.
fn share(amount: Money, bars: &[&Bar]) -> i64 {
    let largest = bars.iter().map(|bar| bar.amount.0.abs()).max().unwrap_or_default().max(1);
    let share = i128::from(amount.0.abs()) * 1_000 / i128::from(largest);
    i64::try_from(share).unwrap_or_default()
}

fn standing(bars: &[&Bar], of: usize, title: &str, description: &str) -> AnyView {
    let count = bars.len();
    let rect = |(at, bar): (usize, &&Bar)| {
        let height = share(bar.amount, bars) * HEIGHT / 1_000;
        let (x, y) = (100 * at + 26, HEIGHT + 3 - height);
        view! { <rect class=bar.class x=x.to_string() y=y.to_string() width="62" height=height.to_string()/> }
    };
    let rects = bars.iter().enumerate().map(rect).collect_view();
    let (frame, base) = (format!("0 0 {} 140", 100 * count), format!("M0 139.5h{}", 100 * count));
    view! {
        <svg class="bars standing" viewBox=frame preserveAspectRatio="none" role="img" aria-labelledby="standing-title"
            aria-describedby="standing-figures" style:--bars=count.to_string() style:--columns=of.to_string()>
            <title id="standing-title">{title.to_owned()}</title>
            <desc id="standing-figures">{description.to_owned()}</desc>
            {rects}
            <path class="base" d=base/>
        </svg>
    }
    .into_any()
}

fn lying(bars: &[&Bar], title: &str, description: &str, currency: &Currency) -> AnyView {
    let rect = |(at, bar): (usize, &&Bar)| {
        let (y, width) = (at * ROW + 11, share(bar.amount, bars));
        view! { <rect class=bar.class y=y.to_string() width=width.to_string() height="10"/> }
    };
    let rects = bars.iter().enumerate().map(rect).collect_view();
    let labels = bars.iter().map(|bar| view! { <li class="cut">{bar.label.clone()}</li> }).collect_view();
    let amounts = bars.iter().map(|bar| view! { <li>{money::figure_or_dash(bar.amount, currency)}</li> });
    let amounts = amounts.collect_view();
    view! {
        <div class="lying">
            <ul aria-hidden="true">{labels}</ul>
            <svg class="bars" viewBox=format!("0 0 1000 {}", bars.len() * ROW) preserveAspectRatio="none" role="img"
                aria-labelledby="lying-title" aria-describedby="lying-figures" style:--bars=bars.len().to_string()>
                <title id="lying-title">{title.to_owned()}</title>
                <desc id="lying-figures">{description.to_owned()}</desc>
                {rects}
            </svg>
            <ul class="num" aria-hidden="true">{amounts}</ul>
        </div>
    }
    .into_any()
}
