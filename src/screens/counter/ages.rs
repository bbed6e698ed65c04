//! The amount owed, by how long it has been due.

use crate::session::Session;
use crate::text::money::{DASH, figure_or_dash};
use crate::text::say;
use leptos::prelude::*;

/// A bar chart, and the same figures as a table.
pub fn ages() -> AnyView {
    let session = expect_context::<Session>();
    let (figures, shop) = (session.figures(), session.shop());
    let amounts = Memo::new(move |_| figures.with(|figures| figures.as_ref().map(|figures| figures.by_age)));
    let part = move |at: usize| {
        let share =
            move || amounts.get().and_then(|all| all.get(at).map(|amount| amount.0.max(0))).unwrap_or(0);
        let empty = move || share() == 0;
        view! { <i class=format!("age-{at}") class:none=move || empty() style:flex-grow=move || share().to_string()></i> }
    };
    let figure = move |at: usize| {
        move || {
            let currency = shop.with(|shop| shop.as_ref().and_then(|shop| shop.currency.clone()));
            let amount = amounts.get().and_then(|all| all.get(at).copied());
            currency
                .zip(amount)
                .map_or_else(|| DASH.into(), |(currency, amount)| figure_or_dash(amount, &currency))
        }
    };
    let names = [
        say!(counter.not_due),
        say!(counter.days_30),
        say!(counter.days_60),
        say!(counter.days_90),
        say!(counter.over_90),
    ];
    let line = move |(at, name): (usize, String)| {
        view! {
            <tr>
                <th scope="row"><i class=format!("key age-{at}") aria-hidden="true"></i>{name}</th>
                <td class="num">{figure(at)}</td>
            </tr>
        }
    };
    let lines = names.into_iter().enumerate().map(line).collect_view();
    view! {
        <section aria-labelledby="by-age">
            <h2 id="by-age">{say!(counter.by_age)}</h2>
            <div class="bar" aria-hidden="true">{(0..5).map(part).collect_view()}</div>
            <table class="table plain small">
                <caption class="heard">{say!(counter.by_age)}</caption>
                <tbody>{lines}</tbody>
            </table>
        </section>
    }
    .into_any()
}
