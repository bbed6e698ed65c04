//! Whether clerks count their drawer blind: for the whole shop, changed by an admin.

use crate::components::{CheckCard, ErrorSummary};
use crate::screens::form::Form;
use crate::screens::{bind, context};
use crate::session::Session;
use crate::text::say;
use ledger::entry::{EntryKind, SetBlindCount};
use ledger::money::Money;
use ledger::rules::{Act, Command};
use leptos::prelude::*;

pub(super) fn blind_count() -> AnyView {
    let session = context::session();
    let form = Form::new(session, context::currency(session), "blind-count".to_owned());
    let why = Signal::derive(move || {
        (!context::may(session, EntryKind::BlindCountSet, Money::ZERO)).then(|| say!(money.blind_clerk))
    });
    let shop = session.shop();
    let value = bind::checkbox(
        move || shop.with(|shop| shop.as_ref().is_some_and(|shop| shop.blind_count)),
        move |blind| {
            let act = Act::SetBlindCount(SetBlindCount { blind });
            let command = Command { id: Session::new_id(), customer: None, on: None, act };
            form.record(Ok(vec![command]), |_| ());
        },
    );
    view! {
        <ErrorSummary problems=form.problems()/>
        <CheckCard id="f-blind-count" label=say!(money.blind) hint=say!(money.blind_hint) checked=value why_not=why/>
    }
    .into_any()
}
