//! The amount parser never panics, and a parsed amount is formatted and parsed to the same amount, in every currency.
#![no_main]

use ledger::money::{Currency, Money};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for code in ["GBP", "JPY", "KWD"] {
        let currency = Currency::new(code).expect("a currency");
        if let Ok(money) = currency.parse(text) {
            assert!(money.0.abs() <= currency.most().0, "{text} is above the limit");
            let written = currency.format(money);
            assert_eq!(currency.parse(&written), Ok(money), "{text} is written {written}");
        }
    }
    // Amounts are strings in entries and numbers in caches; both are parsed here.
    if let Ok(money) = serde_json::from_str::<Money>(text) {
        let written = serde_json::to_string(&money).expect("JSON");
        assert_eq!(serde_json::from_str::<Money>(&written).expect("the same"), money);
    }
});
