//! The day's totals, and the amount owed.

use crate::components::{Tile, Tiles};
use crate::engine::Figures;
use crate::session::Session;
use crate::text::{counted, money, names, say};
use ledger::entry::AddMethod;
use ledger::money::{Currency, Money};
use leptos::prelude::*;

/// Three tiles; dashes until the figures are loaded.
pub fn figures() -> AnyView {
    let session = expect_context::<Session>();
    let (figures, shop) = (session.figures(), session.shop());
    let with = move |write: fn(&Figures, &Currency, &[AddMethod]) -> String| {
        Signal::derive(move || {
            let shop = shop.get()?;
            let currency = shop.currency.as_ref()?;
            figures.with(|figures| figures.as_ref().map(|figures| write(figures, currency, &shop.methods)))
        })
    };
    let tile = move |label, value, detail| Tile { label, value: with(value), detail: with(detail) };
    let tiles = vec![
        tile(say!(counter.taken), |f, c, _| money::money(f.taken, c), by_method),
        tile(
            say!(counter.given_back),
            |f, c, _| money::money(f.given_back, c),
            |f, _, _| counted!(counter.refunds, f.refunds),
        ),
        tile(say!(counter.owed), |f, c, _| money::money(f.owed, c), owing),
    ];
    view! { <Tiles tiles=tiles/> }.into_any()
}

/// `cash 412.50 · card 872.00`.
fn by_method(figures: &Figures, currency: &Currency, own: &[AddMethod]) -> String {
    let part = |(method, amount): &(_, Money)| {
        let method = names::method_in_line(*method, own);
        say!(counter.method_took, method = method, amount = money::figure(*amount, currency))
    };
    figures.taken_by.iter().map(part).collect::<Vec<_>>().join(" · ")
}

/// `38 customers · credit held £412.00`.
fn owing(figures: &Figures, currency: &Currency, _: &[AddMethod]) -> String {
    let owing = counted!(counter.owing, figures.owing);
    if figures.credit.is_zero() {
        return owing;
    }
    format!("{owing} · {}", say!(counter.credit_held, credit = money::money(figures.credit, currency)))
}
