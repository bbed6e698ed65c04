//! Normalizes text for comparison: without case, accents and surrounding spaces.

/// `" Zoë "` becomes `"zoe"`. The browser converts the case and decomposes the letters; own Unicode tables would add
/// 55 kB to the download.
#[must_use]
pub fn normalize(text: &str) -> String {
    let text = text.trim();
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    small(text).chars().filter(|c| !is_mark(*c)).collect()
}

/// Lower case, decomposed.
#[cfg(target_arch = "wasm32")]
fn small(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFKD").to_lower_case().into()
}

/// Outside of a browser nothing is decomposed, so only text that already is loses its accents.
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
    fn case_accents_and_surrounding_spaces_are_ignored() {
        assert_eq!(normalize("  AI-0001 "), "ai-0001");
        assert_eq!(normalize("Zoe\u{308} ÅSA"), normalize("zoe åsa"));
    }

    #[cfg(target_arch = "wasm32")]
    #[wasm_bindgen_test::wasm_bindgen_test]
    fn the_browser_decomposes_letters() {
        assert_eq!(normalize("Zoë Ångström ﬁ"), "zoe angstrom fi");
    }
}
