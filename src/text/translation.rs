//! The texts of the language in effect: English from the program, the others from the file that the page fetched.

use super::intl;
use super::language::{Language, current, set_current};
use super::written::FILES;
use crate::device::assets;
use crate::forms;
use crate::store::Fault;
use js_sys::{Array, JSON, Reflect};
use std::cell::RefCell;
use std::fmt::{Display, Write};
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    /// The fetched texts, in the sequence of [`FILES`].
    static FETCHED: RefCell<[Option<Array>; FILES.len()]> = const { RefCell::new([const { None }; FILES.len()]) };
}

/// Fetches the texts of a language, unless they are there.
///
/// # Errors
/// [`Fault`] when the file cannot be read.
pub async fn load(language: Language) -> Result<(), Fault> {
    let Some(at) = language.file().filter(|_| !is_loaded(language)) else { return Ok(()) };
    let Some(name) = FILES.get(at) else { return Ok(()) };
    let read = JSON::parse(&assets::text(&format!("/{name}")).await?)?;
    FETCHED.with_borrow_mut(|fetched| {
        if let Some(place) = fetched.get_mut(at) {
            *place = read.dyn_into().ok();
        }
    });
    Ok(())
}

/// Whether the texts of a language are there; those of English always are.
#[must_use]
pub fn is_loaded(language: Language) -> bool {
    let is_there = |at| FETCHED.with_borrow(|fetched| fetched.get(at).is_some_and(Option::is_some));
    language.file().is_none_or(is_there)
}

/// Makes a language that was loaded that of the page, with its formats and the notation of amounts that are typed.
pub fn start(language: Language) {
    set_current(language);
    if let Some(notation) = intl::marks() {
        forms::write_numbers_as(notation);
    }
}

/// Builds a paper in another language, if its texts were loaded. Only texts and figures that are written while `build` runs are in
/// that language: a reactive view inside would be written later, in the language of the page.
pub fn in_language<T>(language: Language, build: impl FnOnce() -> T) -> T {
    /// Also when `build` panics in a test.
    struct Restore(Language);
    impl Drop for Restore {
        fn drop(&mut self) {
            set_current(self.0);
        }
    }
    let own = current();
    let _restore = Restore(own);
    set_current(if is_loaded(language) { language } else { own });
    build()
}

/// The sentence with this number. The generated types call it.
pub(super) fn text(number: u32, english: &'static str, arguments: &[&dyn Display]) -> String {
    match translated(number).and_then(|text| text.as_string()) {
        Some(text) => filled(&text, arguments),
        None => filled(english, arguments),
    }
}

/// The sentence with this number in the plural form of a count.
pub(super) fn plural(
    number: u32,
    english: [&'static str; 2],
    count: u32,
    arguments: &[&dyn Display],
) -> String {
    let form = intl::plural_form(count);
    let own = translated(number).and_then(|forms| {
        let text = |form: &str| Reflect::get(&forms, &form.into()).ok()?.as_string();
        text(&form).or_else(|| text("other"))
    });
    let [one, other] = english;
    let english = if form == "one" { one } else { other };
    filled(own.as_deref().unwrap_or(english), arguments)
}

/// What the file of the language in effect has for a text.
fn translated(number: u32) -> Option<JsValue> {
    let at = current().file()?;
    FETCHED.with_borrow(|fetched| Some(fetched.get(at)?.as_ref()?.get(number)))
}

/// A text with its arguments at their places: `{0} owes {1}`.
fn filled(text: &str, arguments: &[&dyn Display]) -> String {
    let mut whole = String::with_capacity(text.len());
    for (at, piece) in text.split('{').enumerate() {
        match piece.split_once('}').filter(|_| at > 0) {
            Some((place, after)) => {
                let argument = place.parse().ok().and_then(|place: usize| arguments.get(place));
                argument.map(|argument| write!(whole, "{argument}"));
                whole.push_str(after);
            }
            None => whole.push_str(piece),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_stand_where_the_language_puts_them() {
        let arguments: [&dyn Display; 2] = [&"Mira", &3];
        for (text, whole) in [
            ("{0} owes {1}.", "Mira owes 3."),
            ("{1} schuldet {0}", "3 schuldet Mira"),
            ("{0}{0}", "MiraMira"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(filled(text, &arguments), whole, "{text}");
        }
    }

    #[test]
    fn a_brace_in_an_argument_is_text() {
        assert_eq!(filled("{0}: {1}", &[&"{1}", &"b"]), "{1}: b");
    }

    #[test]
    fn a_language_without_its_texts_is_not_in_effect() {
        assert!(is_loaded(Language::English) && !is_loaded(Language::German));
        assert_eq!(in_language(Language::German, current), Language::English);
    }

    #[test]
    fn the_language_of_a_paper_is_in_effect_only_while_it_is_built() {
        set_current(Language::German);
        assert_eq!(in_language(Language::English, current), Language::English);
        assert_eq!(current(), Language::German);
        set_current(Language::English);
    }
}
