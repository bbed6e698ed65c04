//! The browser's number formats, date formats, plural rules and case conversion. Each format is created once.

use super::language::{Language, current};
use crate::forms::Notation;
use js_sys::{JsString, Object};
use leptos::prelude::window;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "NumberFormat")]
    fn new(locale: &str, options: &Object) -> NumberFormat;
    #[wasm_bindgen(method, js_name = format)]
    fn write(this: &NumberFormat, decimal: &str) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "DateTimeFormat")]
    fn new(locale: &str, options: &Object) -> DateTimeFormat;
    #[wasm_bindgen(method, js_name = format)]
    fn write(this: &DateTimeFormat, date: &js_sys::Date) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "DisplayNames", catch)]
    fn new(locale: &str, options: &Object) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, tag: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type PluralRules;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "PluralRules")]
    fn new(locale: &str) -> PluralRules;
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, count: u32) -> String;
}

/// Formats that were created: the language, the options, the format.
type Made<F> = RefCell<Vec<(Language, String, F)>>;

thread_local! {
    static NUMBERS: Made<NumberFormat> = const { RefCell::new(Vec::new()) };
    static PLURALS: Made<PluralRules> = const { RefCell::new(Vec::new()) };
    static DATES: Made<DateTimeFormat> = const { RefCell::new(Vec::new()) };
}

/// The locale of all formats: that of the browser's region, if the browser is set to the language in effect. English is written
/// alike everywhere.
fn formats() -> String {
    let language = current();
    let same = |tag: &String| tag.len() == "de-AT".len() && Language::of(tag) == Some(language);
    let browser = || window().navigator().languages().iter().filter_map(|tag| tag.as_string()).find(same);
    let regional = if language == Language::English { None } else { browser() };
    regional.unwrap_or_else(|| language.formats().to_owned())
}

/// Formats a number, given as a decimal string because floats are not exact, by `Intl.NumberFormat` options in JSON.
pub fn number(decimal: &str, options: String) -> String {
    NUMBERS.with_borrow_mut(|made| {
        let format = made_once(made, options, |options| NumberFormat::new(&formats(), options));
        format.map_or_else(|| decimal.into(), |format| format.write(decimal)).replace('-', "\u{2212}")
    })
}

/// How the language in effect writes numbers.
pub fn marks() -> Option<Notation> {
    let written = number("1234567.5", "{}".to_owned());
    let mut marks = written.chars().filter(|c| !c.is_ascii_digit());
    Some(Notation { group: marks.next()?, decimal: marks.next_back()? })
}

/// Formats a date, given as `2026-11-18`, by `Intl.DateTimeFormat` options in JSON.
pub fn date(iso: &str, options: &str) -> String {
    // A date without a time is parsed and formatted in UTC, so the browser's zone has no effect.
    let options = format!(r#"{{"timeZone":"UTC",{options}}}"#);
    DATES.with_borrow_mut(|made| {
        let format = made_once(made, options, |options| DateTimeFormat::new(&formats(), options));
        format.map_or_else(|| iso.into(), |format| format.write(&js_sys::Date::new(&iso.into())))
    })
}

/// Formats a time, given in milliseconds since 1970, in the zone of the browser.
pub fn time(millis: u64, options: &str) -> String {
    #[allow(clippy::cast_precision_loss)] // No date of the browser is as far away as 2^53 milliseconds.
    let date = js_sys::Date::new(&(millis as f64).into());
    DATES.with_borrow_mut(|made| {
        let format =
            made_once(made, format!("{{{options}}}"), |options| DateTimeFormat::new(&formats(), options));
        format.map_or_else(String::new, |format| format.write(&date))
    })
}

/// The name of a language, given as a tag of BCP 47; the tag itself if the browser has no name for it.
pub fn language(tag: &str) -> String {
    name_in(&formats(), tag)
}

/// The name of a language in that language, as the first word of a line: `Français`.
pub fn own_name(language: Language) -> String {
    let name = name_in(language.tag(), language.tag());
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| capitals(&first.to_string()) + letters.as_str())
}

fn name_in(locale: &str, tag: &str) -> String {
    let options = js_sys::JSON::parse(r#"{"type":"language"}"#).ok();
    let names = options.and_then(|options| DisplayNames::new(locale, options.unchecked_ref()).ok());
    let name = names.and_then(|names| names.of(tag).ok()?.as_string());
    name.unwrap_or_else(|| tag.to_owned())
}

/// The plural form that a count has in the language in effect: `one`, `many` or `other`.
pub fn plural_form(count: u32) -> String {
    PLURALS.with_borrow_mut(|made| {
        let rules = made_once(made, "{}".to_owned(), |_| PluralRules::new(current().tag()));
        rules.map_or_else(String::new, |rules| rules.select(count))
    })
}

/// Lower case. The browser converts it, because own Unicode tables would add to the download.
pub fn small(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

/// Upper case.
pub fn capitals(text: &str) -> String {
    JsString::from(text).to_upper_case().into()
}

/// Returns the format for these options in the language in effect, and creates it on the first use.
fn made_once<F>(
    made: &mut Vec<(Language, String, F)>,
    options: String,
    make: impl FnOnce(&Object) -> F,
) -> Option<&F> {
    let language = current();
    let at = match made.iter().position(|(of, known, _)| *of == language && *known == options) {
        Some(at) => at,
        None => {
            let parsed = js_sys::JSON::parse(&options).ok()?;
            made.push((language, options, make(parsed.unchecked_ref())));
            made.len() - 1
        }
    };
    made.get(at).map(|(_, _, format)| format)
}
