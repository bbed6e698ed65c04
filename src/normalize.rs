//! Text as it is compared: without case, accents and outer spaces.

/// `" Zoë "` becomes `"zoe"`. Both are the browser's: tables of our own would cost the download 55 kB.
#[must_use]
pub fn normalize(text: &str) -> String {
    let text = text.trim();
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    small(text).chars().filter(|c| !is_mark(*c)).collect()
}

/// In small letters, decomposed.
#[cfg(target_arch = "wasm32")]
fn small(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFKD").to_lower_case().into()
}

/// Outside a browser only what is already decomposed is compared without its marks.
#[cfg(not(target_arch = "wasm32"))]
fn small(text: &str) -> String {
    text.to_lowercase()
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::normalize;

    #[test]
    fn case_marks_and_outer_spaces_do_not_count() {
        assert_eq!(normalize("  AI-0001 "), "ai-0001");
        assert_eq!(normalize("Zoe\u{308} ÅSA"), normalize("zoe åsa"));
    }

    #[cfg(target_arch = "wasm32")]
    #[wasm_bindgen_test::wasm_bindgen_test]
    fn the_browser_takes_letters_apart() {
        assert_eq!(normalize("Zoë Ångström ﬁ"), "zoe angstrom fi");
    }
}
