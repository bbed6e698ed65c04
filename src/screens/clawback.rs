//! The boxes of referral partner commissions, each with the amount that it would move.

use crate::components::{CheckCard, Value};
use crate::session::Session;
use crate::text::{money, say};
use ledger::money::{Currency, Money};
use ledger::preview::{Change, Subject};
use ledger::rules::Command;
use ledger::view::order::OrderView;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// One box: unmarked at first, with what marking it would move, or that there is nothing to take back.
pub fn card(
    (id, label): (&'static str, String),
    hint: String,
    moves: Memo<Option<Money>>,
    marked: Value<bool>,
    currency: Currency,
) -> AnyView {
    let figure = Signal::derive(move || {
        moves.get().map_or_else(|| money::DASH.into(), |amount| money::figure(amount, &currency))
    });
    let hint = Signal::derive(move || {
        if moves.get().is_some_and(Money::is_zero) { say!(refund.moves_nothing) } else { hint.clone() }
    });
    view! { <CheckCard id=id label=label hint=hint figure=figure checked=marked/> }.into_any()
}

/// The box of what is taken off an order, with the names of its partners; nothing if the order has none.
pub fn of_credit(
    view: &OrderView,
    moves: impl Fn() -> Option<Money> + Send + Sync + 'static,
    marked: Value<bool>,
    currency: Currency,
) -> AnyView {
    let names = names(view);
    if names.is_empty() {
        return ().into_any();
    }
    let (label, hint) = (say!(refund.clawback_credit), say!(refund.clawback_credit_hint, names = names));
    card(("f-clawback-credit", label), hint, Memo::new(move |_| moves()), marked, currency)
}

/// The partners of an order, each once.
#[must_use]
pub fn names(view: &OrderView) -> String {
    let names = view.partners.iter().map(|earned| earned.name.clone());
    names.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
}

/// What marking a box would move: what the partners get by the commands with it, less what they get without it, in minor units.
/// `None` while the form is incomplete.
#[must_use]
pub fn moved(session: Session, with: Option<Vec<Command>>, without: Option<Vec<Command>>) -> Option<Money> {
    let given = |commands: Option<Vec<Command>>| {
        let preview = session.preview_all(&commands?).ok()?;
        Some(of_partners(&preview.changes, |change| change.after - change.before))
    };
    Some(given(with)? - given(without)?)
}

/// A figure of the partners together, payable or not yet payable, in minor units.
#[must_use]
pub fn of_partners(changes: &[Change], figure: fn(&Change) -> Money) -> Money {
    let is_of_partner =
        |change: &&Change| matches!(change.subject, Subject::Payable(_) | Subject::Accrued(_));
    changes.iter().filter(is_of_partner).map(figure).sum()
}
