//! The search for a customer, an order or a slip: it shows results while the user types, and Enter opens the first.

use crate::components::{Picked, Picker, Search, focus_on};
use crate::engine::{Hit, SLIP_PREFIX};
use crate::route::{Query, Route};
use crate::router::Router;
use crate::screens::{find, links};
use crate::session::Session;
use crate::text::{money, say};
use ledger::entry::EntryKind;
use ledger::view::customer::CustomerRow;
use leptos::prelude::*;

/// The most results that fit under the field without hiding the page.
const MOST: usize = 8;

/// The search; it takes the focus when the screen opens.
pub fn search() -> AnyView {
    let all = expect_context::<Session>().customers();
    let text = RwSignal::new(String::new());
    let documents = find::documents(text);
    let options = Memo::new(move |_| {
        let typed = text.get();
        if typed.trim().is_empty() {
            return Vec::new();
        }
        if let Some(code) = code(&typed) {
            return vec![code];
        }
        let mut found: Vec<Picked> = Vec::new();
        let mut add = |result: Picked| {
            if found.len() < MOST && found.iter().all(|known| known.id != result.id) {
                found.push(result);
            }
        };
        let documents = documents.get();
        // A charge that became a payment has its number: the payment is what is looked for.
        let is_paid = |hit: &&Hit| {
            hit.kind == EntryKind::ChargeAsked
                && documents
                    .iter()
                    .any(|other| other.no == hit.no && other.kind == EntryKind::PaymentRecorded)
        };
        documents.iter().filter(|hit| !is_paid(hit)).cloned().map(document).for_each(&mut add);
        all.with(|all| all.best(&typed, MOST, |_| true).into_iter().map(customer).for_each(&mut add));
        found
    });
    let router = expect_context::<Router>();
    let open = move |path: String| router.go(path);
    let on_enter = move |()| {
        if let Some(best) = options.with_untracked(|all| all.first().map(|best| best.id.clone())) {
            open(best);
        }
    };
    focus_on("find");
    let look = Search { placeholder: say!(counter.find_placeholder), key: "/" };
    view! {
        <Picker id="find" label=say!(counter.find) text=text options=options on_pick=open on_enter=on_enter search=look/>
    }
    .into_any()
}

/// The code of a slip that was scanned into the search: it leads to its check.
fn code(typed: &str) -> Option<Picked> {
    let typed = typed.trim();
    let fits = |b: u8| b.is_ascii_alphanumeric() || b".*-".contains(&b);
    let is_code =
        typed.len() > SLIP_PREFIX.len() && typed.starts_with(SLIP_PREFIX) && typed.bytes().all(fits);
    is_code.then(|| Picked {
        id: Route::Check.with(Query::Code, typed).to_string(),
        label: say!(check.title),
        detail: String::new(),
    })
}

/// The id of a result is its path; the router adds the base.
fn customer(row: &CustomerRow) -> Picked {
    Picked { id: links::customer(&row.id).to_string(), label: row.name.clone(), detail: balance_summary(row) }
}

/// A short text with the balance owed and the credit held.
fn balance_summary(row: &CustomerRow) -> String {
    let shop = expect_context::<Session>().shop().get_untracked();
    let Some(currency) = shop.and_then(|shop| shop.currency.clone()) else { return String::new() };
    let m = |amount| money::money(amount, &currency);
    match (row.owed.is_zero(), row.credit.is_zero()) {
        (false, true) => say!(counter.owes, amount = m(row.owed)),
        (true, false) => say!(counter.credit, amount = m(row.credit)),
        (false, false) => format!(
            "{} · {}",
            say!(counter.owes, amount = m(row.owed)),
            say!(counter.credit, amount = m(row.credit))
        ),
        (true, true) => say!(counter.even),
    }
}

fn document(hit: Hit) -> Picked {
    let Hit { customer, name, id, no, kind } = hit;
    let path = if kind == EntryKind::OrderPlaced {
        links::order(&customer, &id).to_string()
    } else if kind == EntryKind::PaymentRecorded {
        links::payment(&customer, &id).to_string()
    } else if kind == EntryKind::ChargeAsked {
        links::tab(&customer, "payments").to_string()
    } else {
        links::customer(&customer).to_string()
    };
    let (label, detail) = match no {
        Some(no) => (no, name),
        // Found by a contact person.
        None => (name, say!(counter.by_contact)),
    };
    Picked { id: path, label, detail }
}
