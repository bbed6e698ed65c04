//! No text makes the amount parser panic, and what it reads it writes and reads again, in every currency.
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
    // Entries carry amounts as strings, caches as numbers; both are read here.
    if let Ok(money) = serde_json::from_str::<Money>(text) {
        let written = serde_json::to_string(&money).expect("JSON");
        assert_eq!(serde_json::from_str::<Money>(&written).expect("the same"), money);
    }
});
