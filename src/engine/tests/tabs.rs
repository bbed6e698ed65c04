//! Two tabs on one book: both can record, no commit is lost, and both show the same figures.

use super::acts::*;
use crate::engine::Changed;
use crate::engine::NotRecorded;
use crate::store::Store;
use ledger::method::Method;
use ledger::money::Money;
use ledger::refusal::Refusal;
use std::collections::BTreeSet;

#[test]
fn a_commit_on_an_old_state_is_decided_again() {
    let (store, here) = shop();
    record(&here, &[customer("mira"), order("o-1", "mira", 100)]);
    let there = tab(&store);
    now(there.open_account(&id("mira"))).unwrap();
    record(&here, &[payment("p-1", "mira", 80, Method::Cash, &["o-1"])]);
    // In the second tab the order still seems to owe 100; the decision must use the 20 that remain.
    let committed = commit(&there, &[payment("p-2", "mira", 50, Method::Card, &["o-1"])]);
    let recorded = committed.recorded.unwrap().remove(0);
    assert_eq!(recorded.no.as_deref(), Some("AP-0002"));
    assert_eq!(recorded.before.unwrap().owed, Money(20));
    assert_eq!(recorded.after.unwrap().credit, Money(30));
    assert_eq!(committed.changed.accounts, BTreeSet::from([id("mira")]));
    assert_eq!(lines(&there).len(), 7);
}

#[test]
fn a_commit_made_impossible_by_another_tab_is_refused() {
    let (store, here) = shop();
    record(&here, &[customer("mira")]);
    let there = tab(&store);
    record(&here, &[order("o-1", "mira", 100)]);
    let taken = commit(&there, &[order("o-1", "mira", 200)]);
    assert_eq!(taken.recorded, Err(NotRecorded::Refused(Refusal::IdTaken { id: id("o-1") })));
    assert_eq!(taken.changed.accounts, BTreeSet::from([id("mira")]), "what it learned is shown");
}

#[test]
fn no_commit_is_refused_on_outdated_figures() {
    let (store, here) = shop();
    record(&here, &[customer("mira")]);
    let there = tab(&store);
    now(there.open_account(&id("mira"))).unwrap();
    record(&here, &[order("o-1", "mira", 100)]);
    let paid = record(&there, &[payment("p-1", "mira", 100, Method::Cash, &["o-1"])]).remove(0);
    assert_eq!(paid.after.unwrap().owed, Money(0));
}

#[test]
fn the_same_commit_in_two_tabs_is_recorded_once() {
    let (store, here) = shop();
    record(&here, &[customer("mira")]);
    let there = tab(&store);
    now(there.open_account(&id("mira"))).unwrap();
    record(&here, &[order("o-1", "mira", 100)]);
    let again = record(&there, &[order("o-1", "mira", 100)]).remove(0);
    assert!(again.already);
    assert_eq!(again.after.unwrap().owed, Money(100));
    assert_eq!(lines(&there).len(), 5);
}

#[test]
fn a_refresh_shows_exactly_what_the_other_tab_changed() {
    let (store, here) = shop();
    record(&here, &[customer("mira"), customer("bob")]);
    let there = tab(&store);
    now(there.open_account(&id("mira"))).unwrap();
    assert_eq!(now(there.refresh(today())), Ok(Changed::default()));
    record(&here, &[order("o-1", "mira", 100)]);
    record(&here, &[order("o-2", "mira", 50)]);
    let changed = now(there.refresh(today())).unwrap();
    assert_eq!(changed, Changed { any: true, accounts: BTreeSet::from([id("mira")]), ..Changed::default() });
    assert_eq!(there.view(&id("mira")), here.view(&id("mira")));
    assert_eq!(there.figures(today()), here.figures(today()));
    assert_eq!(there.shop(), here.shop());
}

#[test]
fn a_refresh_reads_many_commits_page_by_page() {
    let (store, here) = shop();
    let there = tab(&store);
    let names: Vec<_> = (0..300).map(|n| format!("c-{n}")).collect();
    let all: Vec<_> = names.iter().map(|name| customer(name)).collect();
    all.chunks(100).for_each(|some| drop(record(&here, some)));
    assert_eq!(now(there.refresh(today())).unwrap().accounts.len(), 300);
    assert_eq!(there.rows().len(), 300);
}

#[test]
fn a_new_day_starts_without_takings() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira"), payment("p-1", "mira", 500, Method::Cash, &[])]);
    let tomorrow = day("2026-03-03");
    assert_eq!(now(engine.refresh(tomorrow)), Ok(Changed { any: true, ..Changed::default() }));
    assert_eq!(engine.figures(tomorrow).taken, Money(0));
    assert_eq!(engine.figures(tomorrow).credit, Money(500));
}

/// Customers of both tabs come to lie on the same pages; each tab and the store have all of them.
#[test]
fn tabs_that_add_customers_in_turn_have_the_same_pages() {
    let (store, here) = shop();
    let there = tab(&store);
    for round in 0..9 {
        let tab = if round % 2 == 0 { &here } else { &there };
        let added: Vec<_> = (0..7).map(|each| customer(&format!("c-{round}-{each}"))).collect();
        record(tab, &added);
        if round == 5 {
            now(here.refresh(today())).unwrap();
        }
        record(tab, &[payment(&format!("p-{round}"), "c-0-3", 100, Method::Cash, &[])]);
    }
    now(here.refresh(today())).unwrap();
    now(there.refresh(today())).unwrap();
    assert_eq!(here.rows().len(), 63);
    assert_eq!(here.rows()[&id("c-0-3")].row.credit, Money(900));
    for other in [&there, &tab(&store)] {
        assert_eq!(*other.rows(), *here.rows());
        assert_eq!(other.figures(today()), here.figures(today()));
    }
    assert_eq!(now(store.pages(0)).unwrap().len(), 2);
    assert_eq!(now(here.open_account(&id("c-0-3"))), Ok(()));
    assert_eq!(here.trouble(&id("c-0-3")), None);
}
