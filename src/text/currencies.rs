//! The currencies that a shop can use, with the names that the browser provides.

use super::language::current;
use crate::sort::sort_by;
use js_sys::{Array, Object};
use ledger::money::Currency;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl, js_name = supportedValuesOf, catch)]
    fn supported_values_of(kind: &str) -> Result<Array, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "DisplayNames", catch)]
    fn new(locale: &str, options: &Object) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, js_name = of)]
    fn name(this: &DisplayNames, code: &str) -> String;
}

/// Code and name of each currency, sorted by name. If the browser cannot list them, the common ones.
#[must_use]
pub fn all() -> Vec<(String, String)> {
    let codes =
        supported_values_of("currency").map(|all| all.iter().filter_map(|code| code.as_string()).collect());
    let codes: Vec<String> = codes.unwrap_or_else(|_| COMMON.map(String::from).to_vec());
    let names = js_sys::JSON::parse(r#"{"type":"currency"}"#)
        .and_then(|options| DisplayNames::new(current().formats(), options.unchecked_ref()))
        .ok();
    let named = |code: String| {
        let name = names.as_ref().map_or_else(|| code.clone(), |names| names.name(&code));
        (code, name)
    };
    // A name with brackets belongs to an obsolete currency, with its years, or to a fund.
    let living = |(code, name): &(String, String)| !name.contains('(') && Currency::new(code).is_ok();
    let mut all: Vec<_> = codes.into_iter().map(named).filter(living).collect();
    sort_by(&mut all, |one, other| one.1.cmp(&other.1));
    all
}

/// The likely currency of a browser that is set to this language.
#[must_use]
pub fn likely(language: &str) -> &'static str {
    let region = language.rsplit('-').next().unwrap_or_default();
    REGIONS.iter().find(|(regions, _)| regions.contains(&region)).map_or("GBP", |(_, code)| code)
}

const COMMON: [&str; 10] = ["AUD", "CAD", "CHF", "EUR", "GBP", "INR", "JPY", "NZD", "USD", "ZAR"];

const REGIONS: [(&[&str], &str); 9] = [
    (&["US"], "USD"),
    (
        &["IE", "DE", "FR", "ES", "IT", "NL", "BE", "AT", "PT", "FI", "GR", "de", "fr", "es", "it", "nl"],
        "EUR",
    ),
    (&["CA"], "CAD"),
    (&["AU"], "AUD"),
    (&["NZ"], "NZD"),
    (&["IN"], "INR"),
    (&["JP", "ja"], "JPY"),
    (&["CH"], "CHF"),
    (&["ZA"], "ZAR"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_determines_the_currency() {
        for (language, code) in
            [("en-GB", "GBP"), ("en-US", "USD"), ("de-AT", "EUR"), ("ja", "JPY"), ("en", "GBP")]
        {
            assert_eq!(likely(language), code, "{language}");
        }
    }
}
