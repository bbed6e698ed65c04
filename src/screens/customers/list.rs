//! The customers that match the filter: a chunk of rows at first, and more when the page is scrolled to its end.

use super::filter::CustomerFilter;
use crate::at::at;
use crate::components::{Button, Column, Empty, Figure, FigureFormat, Table, Tag};
use crate::components::{effect, live, swap};
use crate::route::Route;
use crate::screens::at_the_end::at_the_end;
use crate::screens::find;
use crate::session::Session;
use crate::text::{counted, say};
use ledger::money::Currency;
use ledger::view::customer::CustomerRow;
use leptos::prelude::*;

/// The number of rows at first and in each further chunk: a key press must not draw thousands of rows.
const CHUNK: usize = 30;

/// The matching customers, and their number.
#[derive(Debug, Clone, Default, PartialEq)]
struct Matching {
    rows: Vec<CustomerRow>,
    count: usize,
}

/// The list under the search.
pub fn list(filter: CustomerFilter) -> AnyView {
    let session = expect_context::<Session>();
    let (customers, shop) = (session.customers(), session.shop());
    let limit = RwSignal::new(CHUNK);
    let documents = find::documents(filter.text);
    let matching = Memo::new(move |_| {
        customers.with(|customers| {
            let all = match filter.letter.get() {
                Some(letter) => customers.under(letter),
                None => filter.text.with(|text| customers.matching(text)),
            };
            let owners = documents.with(|documents| find::customers_of(documents, customers, &all));
            let count = owners.len() + all.len();
            let rows = owners.into_iter().chain(all).take(limit.get()).cloned().collect();
            Matching { rows, count }
        })
    });
    effect(move || {
        filter.text.track();
        filter.letter.track();
        limit.set(CHUNK);
    });
    let total = Memo::new(move |_| customers.with(|all| all.count()));
    let some = Memo::new(move |_| matching.with(|matching| matching.count > 0));
    let more = Memo::new(move |_| matching.with(|matching| matching.count > matching.rows.len()));
    let count = move || count_words(matching.with(|matching| matching.count), total.get());
    at_the_end(move || {
        if more.get_untracked() {
            limit.update(|limit| *limit += CHUNK);
        }
    });
    let table = move || {
        let currency = shop.with_untracked(|shop| shop.as_ref().and_then(|shop| shop.currency.clone()));
        currency.map(|currency| table(matching, currency))
    };
    view! {
        <p class="count-line small muted" role="status">{live(count)}</p>
        {swap(some, move |some| if some { table().into_any() } else { nothing(filter) })}
        {move || more.get().then(|| view! {
            <div class="actions"><Button label=say!(customers.more) on_press=move |()| limit.update(|limit| *limit += CHUNK)/></div>
        })}
    }
    .into_any()
}

fn table(matching: Memo<Matching>, currency: Currency) -> AnyView {
    let columns = vec![
        Column::new(say!(customers.customer)),
        Column::new(say!(customers.phone)).wide(),
        Column::new(say!(customers.email)).wide(),
        Column::num(say!(customers.owed)),
        Column::num(say!(customers.credit)).wide(),
    ];
    // The key contains every value that the row shows, so that a changed row is drawn again.
    let key = |row: &CustomerRow| (row.id.clone(), row.name.clone(), row.owed, row.credit);
    let each = move || matching.with(|matching| matching.rows.clone());
    let row = move |row: CustomerRow| line(row, &currency);
    view! {
        <Table caption=say!(customers.title) columns=columns class="all-customers"><For each=each key=key children=row/></Table>
    }
    .into_any()
}

fn line(row: CustomerRow, currency: &Currency) -> AnyView {
    let href = at(Route::Customer(row.id.clone()));
    let contact = row.phone.clone().or_else(|| row.email.clone());
    let company = row.company.then(|| view! { " "<Tag text=say!(customers.company)/> });
    let held = (!row.credit.is_zero()).then(|| {
        let amount = crate::text::money::figure(row.credit, currency);
        view! { <span class="sub in">{say!(customers.credit_short, amount = amount)}</span> }
    });
    view! {
        <tr>
            <th scope="row"><a href=href>{row.name}</a>{company}<span class="sub">{contact}</span></th>
            <td class="wide muted">{row.phone}</td>
            <td class="wide muted">{row.email}</td>
            <td class="num"><Figure amount=Some(row.owed) currency=currency.clone() format=FigureFormat::Dash/>{held}</td>
            <td class="num wide"><Figure amount=Some(row.credit) currency=currency.clone() format=FigureFormat::Dash/></td>
        </tr>
    }
    .into_any()
}

fn nothing(filter: CustomerFilter) -> AnyView {
    let all = move |()| {
        filter.text.set(String::new());
        filter.letter.set(None);
    };
    view! {
        <Empty title=say!(customers.nothing_fits) says=say!(customers.nothing_fits_says)>
            <Button label=say!(customers.show_all) on_press=all/>
        </Empty>
    }
    .into_any()
}

fn count_words(shown: usize, all: usize) -> String {
    let count = counted!(customers.count, all);
    if shown == all { count } else { say!(customers.of, shown = shown, count = count) }
}
