//! What receipts and day reports are printed on, as this browser remembers it: the printer stands beside it.

use super::page_rule::Sheet;
use crate::browser_storage;
use crate::components::{Choice, Select, Value};
use crate::text::say;
use leptos::prelude::*;

const RECEIPTS: &str = "counterfoil-receipt-sheet";
const ROLL: &str = "roll";
const A4: &str = "a4";

/// The sheet that was chosen last; at first the roll.
pub(super) fn of_receipts() -> RwSignal<Sheet> {
    let known = browser_storage::get::<String>(RECEIPTS);
    RwSignal::new(if known.as_deref() == Some(A4) { Sheet::A4 } else { Sheet::Roll })
}

/// The field that chooses it.
pub(super) fn field(chosen: RwSignal<Sheet>) -> AnyView {
    let choices = vec![Choice::new(ROLL, say!(paper.on_roll)), Choice::new(A4, say!(paper.on_a4))];
    let word = |sheet| if sheet == Sheet::A4 { A4 } else { ROLL };
    let value = Value::new(
        move || word(chosen.get()).to_owned(),
        move |typed: String| {
            browser_storage::set(RECEIPTS, &typed);
            chosen.set(if typed == A4 { Sheet::A4 } else { Sheet::Roll });
        },
    );
    view! {
        <div class="row span-fields">
            <Select id="sheet" label=say!(paper.sheet) choices=choices value=value required=true/>
        </div>
    }
    .into_any()
}
