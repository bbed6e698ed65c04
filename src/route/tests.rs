//! Addresses are read as they are written.

use super::*;

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn all() -> Vec<(Route, Screen)> {
    let (customer, order, payment) = (|| id("mira"), || id("O-1"), || id("P-1"));
    vec![
        (Route::Home, Screen::Home),
        (Route::Setup, Screen::Setup),
        (Route::Counter, Screen::Counter),
        (Route::Check, Screen::Check),
        (Route::Pay, Screen::Pay),
        (Route::Customers, Screen::Customers),
        (Route::AddCustomer, Screen::AddCustomer),
        (Route::Customer(customer()), Screen::Customer),
        (Route::EditCustomer(customer()), Screen::EditCustomer),
        (Route::PayFor(customer()), Screen::PayFor),
        (Route::Payment { customer: customer(), payment: payment() }, Screen::Payment),
        (Route::AddCredit(customer()), Screen::AddCredit),
        (Route::PayRefund(customer()), Screen::PayRefund),
        (Route::RefundOutstanding(customer()), Screen::RefundOutstanding),
        (Route::AddOrderFor(customer()), Screen::AddOrderFor),
        (Route::Order { customer: customer(), order: order() }, Screen::Order),
        (Route::AddNote { customer: customer(), order: order() }, Screen::AddNote),
        (Route::Exchange { customer: customer(), order: order() }, Screen::Exchange),
        (Route::Refund { customer: customer(), order: order() }, Screen::Refund),
        (Route::Paper { customer: customer(), document: payment() }, Screen::Paper),
        (Route::Statement(customer()), Screen::Statement),
        (Route::Statements, Screen::Statements),
        (Route::Orders, Screen::Orders),
        (Route::AddOrder, Screen::AddOrder),
        (Route::Refunds, Screen::Refunds),
        (Route::Money, Screen::Money),
        (Route::DayReport, Screen::DayReport),
        (Route::Partners, Screen::Partners),
        (Route::Reports, Screen::Reports),
        (Route::ReportOf(Report::DayBook), Screen::Reports),
        (Route::Settings, Screen::Settings),
        (Route::Import, Screen::Import),
        (Route::SettingsOf(Section::People), Screen::Settings),
    ]
}

#[test]
fn every_route_is_parsed_from_what_it_writes() {
    for (route, screen) in all() {
        assert_eq!(Route::parse(&route.to_string()), route);
        assert_eq!(Route::parse(&format!("{route}/")).screen(), screen, "{route}/");
    }
}

#[test]
fn the_ids_of_a_path_are_read() {
    let route = Route::parse("/customers/mira/orders/O-1/refund");
    assert_eq!(route, Route::Refund { customer: id("mira"), order: id("O-1") });
    assert_eq!(
        (route.customer(), route.order(), route.payment()),
        (Some(&id("mira")), Some(&id("O-1")), None)
    );
    assert_eq!(Route::parse("/customers/mira/payments/P-1").payment(), Some(&id("P-1")));
    assert_eq!(Route::Counter.customer(), None);
}

#[test]
fn parameters_follow_the_path() {
    let link = Route::Pay.with(Query::Customer, id("mira")).with(Query::Done, id("P-1"));
    assert_eq!(link.to_string(), "/pay?customer=mira&done=P-1");
    assert_eq!(Link::from(Route::Counter).to_string(), "/counter");
}

#[test]
fn unknown_addresses_have_no_screen() {
    let paths = "/nowhere /customers//pay /customers/mi%20ra /counter/more /Counter /customers/mira/x";
    for path in paths.split(' ') {
        assert_eq!(Route::parse(path), Route::Missing, "{path}");
    }
}
