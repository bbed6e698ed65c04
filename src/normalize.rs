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
    put_searchable(text, &mut plain);
    plain
}

/// Adds what [`searchable`] gives at the end of a text.
pub fn put_searchable(text: &str, plain: &mut String) {
    if text.is_ascii() {
        // Most names, of which no letter has to be looked up.
        for byte in text.trim().bytes() {
            match byte {
                b'\'' | b'`' => {}
                b'-' => plain.push(' '),
                other => plain.push(char::from(other.to_ascii_lowercase())),
            }
        }
        return;
    }
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
}

/// The digits of a telephone number, however it is written: `"+44 (0)20 7946"` gives `"440207946"`.
#[must_use]
pub fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// The name without differences of case, accents, apostrophes, hyphens and spaces: two customers with the same one may be the
/// same person. `"mira  PATEL"` and `"Mira Patel"` give `"mira patel"`.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for word in searchable(name).split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

/// The text with letters and their marks as one character where there is one (Unicode NFC). Outside of a browser it stays as
/// it is.
#[must_use]
pub fn composed(text: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    if !text.is_ascii() {
        return js_sys::JsString::from(text).normalize("NFC").into();
    }
    text.to_owned()
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
    use super::{normalize, plain_name, searchable};

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
            (" Jean-Luc `Jim' O'Shea ", "jean luc jim oshea"),
        ] {
            assert_eq!(searchable(text), plain);
        }
    }

    #[test]
    fn a_double_differs_in_case_spaces_and_marks_only() {
        for same in ["mira  PATEL", "Mira Patel", " Mira\u{a0}Patel ", "Mira-Patel", "Mi\u{301}ra Patel"] {
            assert_eq!(plain_name(same), "mira patel", "{same}");
        }
        assert_ne!(plain_name("Mira Patell"), "mira patel");
    }

    #[cfg(target_arch = "wasm32")]
    #[wasm_bindgen_test::wasm_bindgen_test]
    fn the_browser_decomposes_letters() {
        assert_eq!(normalize("Zoë Ångström ﬁ"), "zoe angstrom fi");
        assert_eq!(searchable("Siobhán Łukasz-GROẞ"), "siobhan lukasz gross");
    }
}
