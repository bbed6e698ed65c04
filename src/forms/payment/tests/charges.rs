//! Charges of a saved card, and payment links.

use super::*;
use crate::forms::NoCharge;

#[test]
fn a_saved_card_is_charged_today_and_two_presses_ask_once() {
    with(|facts| {
        let mut draft = PaymentDraft::new(id("P-1"), Towards::First);
        (draft.method, draft.date) = (CHARGE_NOW, "2020-01-01".into());
        let commands = draft.commands(facts).unwrap();
        assert_eq!(commands, draft.commands(facts).unwrap());
        let charge = commands.last().unwrap();
        let Act::AskCharge(asked) = &charge.act else { panic!("{charge:?}") };
        assert_eq!(
            (charge.on, &charge.id, Some(&asked.payment)),
            (None, &id("P-1"), payment_of(&id("P-1")).as_ref())
        );
        for why in [NoCharge::Processor, NoCharge::Network, NoCharge::Card] {
            let facts = PaymentFacts { no_charge: Some(why), ..*facts };
            assert_eq!(draft.commands(&facts).unwrap_err().of(&METHOD), Some(&Problem::NoCharge(why)));
            let cash = PaymentDraft::new(id("P-1"), Towards::First);
            assert!(cash.commands(&facts).is_ok());
        }
        assert!(!asked.by_link);
        draft.by_link = true;
        let commands = draft.commands(facts).unwrap();
        let Some(Act::AskCharge(asked)) = commands.last().map(|link| &link.act) else {
            panic!("{commands:?}")
        };
        assert!(asked.by_link && asked.amount.is_positive() && !asked.saves);
        // The card is saved with a link, and only with a tick.
        draft.saves_card = true;
        for by_link in [true, false] {
            draft.by_link = by_link;
            let commands = draft.commands(facts).unwrap();
            let Some(Act::AskCharge(asked)) = commands.last().map(|link| &link.act) else {
                panic!("{commands:?}")
            };
            assert_eq!((asked.by_link, asked.saves), (by_link, by_link));
        }
        // What is typed for cash stays cash, whatever was chosen before.
        (draft.method, draft.date) = (Method::Cash, "2026-03-02".into());
        assert!(matches!(draft.commands(facts).unwrap().last().unwrap().act, Act::RecordPayment(_)));
    });
}
