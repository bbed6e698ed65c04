//! Choosing the customer first: a type-ahead with **OK**, and *Walk-in* for a sale without a name.

use crate::at::at;
use crate::components::swap;
use crate::components::{
    Button, Crumb, Crumbs, Empty, ErrorSummary, Heading, LinkButton, Look, Picked, Picker, Problem, focus_on,
};
use crate::route::{Query, Route};
use crate::screens::{context, find, walk_in};
use crate::session::Loaded;
use crate::text::{money, say};
use ledger::id::Id;
use ledger::money::Currency;
use ledger::view::customer::CustomerRow;
use leptos::prelude::*;

/// The most matches shown.
const MOST: usize = 8;
/// The id of the field.
const FIELD: &str = "f-customer";

/// Asks for the customer, then navigates to `route` with that customer.
pub fn choose_customer(title: String, route: Route) -> AnyView {
    let session = context::session();
    let typed = RwSignal::new(String::new());
    let picked = RwSignal::new(None::<String>);
    let problem = RwSignal::new(None::<String>);
    let matching = matching(typed);
    let router = context::router();
    let go = UnsyncCallback::new(move |id: String| {
        router.go(route.clone().with(Query::Customer, id));
    });
    let ok = move || match chosen(typed, picked, matching) {
        Some(id) => go.run(id),
        None => problem.set(Some(say!(pay.choose_customer))),
    };
    let walk_in = move |()| {
        if let Some(id) = walk_in::today(session) {
            go.run(id.to_string());
        }
    };
    let problems = Signal::derive(move || {
        problem.get().map(|says| Problem::at(FIELD, says)).into_iter().collect::<Vec<_>>()
    });
    focus_on(FIELD);
    view! {
        <Crumbs crumbs=vec![Crumb::new(at(Route::Counter), say!(shell.counter))]/>
        <Heading text=title leave_focus=true/>
        <form class="form after-heading" novalidate on:submit=move |ev| { ev.prevent_default(); ok(); }>
            <ErrorSummary problems=problems/>
            <Picker id=FIELD label=say!(pay.customer) text=typed options=matching required=true
                hint=say!(pay.customer_hint) error=problem on_pick=move |id| picked.set(Some(id))/>
            <div class="actions">
                <Button label=say!(pay.ok) look=Look::Primary submit=true/>
                <Button label=say!(pay.walk_in) on_press=walk_in/>
            </div>
        </form>
    }
    .into_any()
}

/// Shows a form for a customer, or an error if the id is unknown. A walk-in account may not be open yet.
pub fn with_customer(customer: &Id, form: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let account = context::session().account(customer.clone());
    let walk_in = walk_in::is(customer);
    let missing = Memo::new(move |_| !walk_in && account.with(|account| matches!(account, Loaded::Missing)));
    swap(missing, move |missing| if missing { no_such_customer() } else { form() })
}

fn no_such_customer() -> AnyView {
    view! {
        <Empty title=say!(customer.missing) says=say!(customer.missing_hint)>
            <LinkButton href=at(Route::Customers) label=say!(customer.find)/>
        </Empty>
    }
    .into_any()
}

/// The customers who own a matching document, then those that match the typed text, best first.
pub(super) fn matching(typed: RwSignal<String>) -> Memo<Vec<Picked>> {
    let (customers, currency) = (context::session().customers(), context::currency(context::session()));
    let documents = find::documents(typed);
    Memo::new(move |_| {
        customers.with(|all| {
            let named = all.best(&typed.read(), MOST, |row| !row.walk_in);
            let owners = documents.with(|documents| find::customers_of(documents, all, &named));
            let owners = owners.into_iter().filter(|row| !row.walk_in);
            owners.chain(named.iter().copied()).take(MOST).map(|row| option(row, &currency)).collect()
        })
    })
}

fn option(row: &CustomerRow, currency: &Currency) -> Picked {
    let owed = row.owed.is_positive().then(|| say!(pay.owes_now, owed = money::money(row.owed, currency)));
    let detail = owed.or_else(|| row.phone.clone()).unwrap_or_default();
    Picked { id: row.id.to_string(), label: row.name.clone(), detail }
}

/// The customer picked, if the field still contains the name; otherwise the only match.
pub(super) fn chosen(
    typed: RwSignal<String>,
    picked: RwSignal<Option<String>>,
    matching: Memo<Vec<Picked>>,
) -> Option<String> {
    let text = typed.get_untracked();
    let fits = matching.get_untracked();
    let same = |picked: &&Picked| picked.label == text;
    let held = picked.get_untracked().filter(|id| fits.iter().any(|p| p.id == *id && p.label == text));
    let only = || match fits.as_slice() {
        [one] if !text.trim().is_empty() => Some(one.id.clone()),
        _ => None,
    };
    let exact = || match fits.iter().filter(same).collect::<Vec<_>>().as_slice() {
        [one] => Some(one.id.clone()),
        _ => None,
    };
    held.or_else(exact).or_else(only)
}
