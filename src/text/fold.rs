//! Text without case and accents, so that `muller` finds Müller.

use js_sys::JsString;

/// Lower case, accents taken off. Plain text never leaves Wasm; the rest is taken apart by the browser.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let apart = String::from(JsString::from(text).normalize("NFKD"));
    apart.chars().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Whether it is one of the combining accents that NFKD splits off.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}
