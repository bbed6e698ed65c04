//! Rights where they act: waits, dialogs of a person who no longer acts, and the recovery code.

use super::{TURN, fresh, opened, with_shop};
use crate::forms::pin::Pin;
use crate::session::{NewCode, PinChange, PinCheck, Session, SignIn, Stage};
use ledger::entry::{AddStaff, Role};
use ledger::id::Id;
use ledger::rules::{Act, Command};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

/// A shop whose owner, Ana, has the PIN 1234, and a clerk without one.
async fn with_a_clerk() -> (Session, Id, Id) {
    let session = with_shop().await;
    let (ana, bob) = (session.this_device().get_untracked().actor, Session::new_id());
    let staff = Act::AddStaff(AddStaff { name: "Bob".into(), role: Role::Clerk, pin: None });
    session.record(Command { id: bob.clone(), customer: None, on: None, act: staff }).await.unwrap();
    (session, ana, bob)
}

#[wasm_bindgen_test]
async fn a_right_pin_is_not_called_wrong_while_a_wait_lasts() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    let (session, ana, _) = with_a_clerk().await;
    for _ in 0..3 {
        assert_eq!(session.check_pin(&ana, "9999").await, Ok(PinCheck::Wrong));
    }
    assert_eq!(session.check_pin(&ana, "1234").await, Ok(PinCheck::Wait));
    assert_eq!(session.sign_in(&ana, "1234").await, Ok(SignIn::Wait));
    let changed = session.change_pin(&ana, &ana, "1234", None).await;
    assert_eq!(changed, Ok(PinChange::NotGiven(PinCheck::Wait)));
}

#[wasm_bindgen_test]
async fn a_dialog_of_an_admin_does_nothing_for_the_clerk_who_took_over() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    let (session, ana, bob) = with_a_clerk().await;
    let again = opened(Stage::Open).await;
    assert_eq!(again.sign_in(&bob, "").await, Ok(SignIn::SignedIn), "in another tab");
    let new = || Some(Pin::from("5555"));
    for member in [&ana, &bob] {
        let changed = session.change_pin(&ana, member, "1234", new()).await;
        assert_eq!(changed, Ok(PinChange::NotPermitted));
    }
    assert_eq!(session.new_recovery_code(&ana, "1234").await, Ok(NewCode::NotPermitted));
    assert_eq!(session.change_pin(&bob, &ana, "", new()).await, Ok(PinChange::NotPermitted));
    assert_eq!(session.change_pin(&bob, &bob, "", new()).await, Ok(PinChange::Done), "his own");
    let before = session.people().get_untracked().lock_after;
    session.set_lock_after(0);
    session.mark_bypasses_read();
    assert_eq!(session.people().get_untracked().lock_after, before, "a clerk saves no setting");
    assert_eq!(session.sign_in(&ana, "1234").await, Ok(SignIn::SignedIn), "her PIN is as it was");
}

#[wasm_bindgen_test]
async fn the_recovery_code_lets_an_admin_in_once_and_that_is_remembered() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    let (session, ana, bob) = with_a_clerk().await;
    let code = match session.new_recovery_code(&ana, "1234").await {
        Ok(NewCode::Made(code)) => code.on_paper(),
        other => panic!("{other:?}"),
    };
    assert_eq!(session.new_recovery_code(&ana, "9999").await, Ok(NewCode::NotGiven(PinCheck::Wrong)));
    session.lock();
    assert_eq!(session.sign_in_with_code(&ana, "00000-00000-00000-00000").await, Ok(false));
    assert_eq!(session.sign_in_with_code(&bob, &code).await, Ok(false), "a clerk");
    assert!(session.people().get_untracked().is_locked());
    assert_eq!(session.sign_in_with_code(&ana, &code).await, Ok(true));
    let people = opened(Stage::Open).await.people().get_untracked();
    assert_eq!((people.is_locked(), people.has_pin(&ana), people.bypasses.len()), (false, false, 1));
    assert_eq!(session.sign_in_with_code(&ana, &code).await, Ok(false), "it is used up");
    session.mark_bypasses_read();
    let read = session.people().get_untracked().bypasses.iter().filter_map(|each| each.read.clone()).count();
    assert_eq!(read, 1);
    // The request for access without a PIN counts no time of the clock.
    session.report_forgotten_pin();
    session.sign_in_without_pin(&ana);
    assert_eq!(session.people().get_untracked().bypasses.len(), 1);
}
