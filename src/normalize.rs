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

/// As [`normalize`], for names as people type them: without apostrophes, with spaces for hyphens, and with plain letters
/// for those that Unicode does not decompose. `"Łukasz O’Brien-Groß"` becomes `"lukasz obrien gross"`.
#[must_use]
pub fn searchable(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in normalize(text).chars() {
        match c {
            '\'' | '`' | '\u{b4}' | '\u{2b9}'..='\u{2bf}' | '\u{2018}'..='\u{201b}' => {}
            '-' | '\u{2010}'..='\u{2015}' => plain.push(' '),
            'ł' => plain.push('l'),
            'ø' => plain.push('o'),
            'đ' | 'ð' => plain.push('d'),
            'ħ' => plain.push('h'),
            'ı' => plain.push('i'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            other => plain.push(other),
        }
    }
    plain
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
    use super::{normalize, searchable};

    #[test]
    fn case_accents_and_surrounding_spaces_are_ignored() {
        assert_eq!(normalize("  AI-0001 "), "ai-0001");
        assert_eq!(normalize("Zoe\u{308} ÅSA"), normalize("zoe åsa"));
    }

    #[test]
    fn names_are_found_as_people_type_them() {
        for (text, plain) in [
            ("Łukasz O’Brien-Groß", "lukasz obrien gross"),
            ("Søren D'Arcy", "soren darcy"),
            ("Đorđe Æsop", "dorde aesop"),
            ("Zoe\u{308}", "zoe"),
            ("王芳", "王芳"),
        ] {
            assert_eq!(searchable(text), plain);
        }
    }

    #[cfg(target_arch = "wasm32")]
    #[wasm_bindgen_test::wasm_bindgen_test]
    fn the_browser_decomposes_letters() {
        assert_eq!(normalize("Zoë Ångström ﬁ"), "zoe angstrom fi");
        assert_eq!(searchable("Siobhán Łukasz-GROẞ"), "siobhan lukasz gross");
    }
}
