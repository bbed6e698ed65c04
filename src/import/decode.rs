//! Finds out how the bytes of a file are written, and turns them into text.

/// How characters are written as bytes. `Windows1252` also reads what is written in Latin-1: it has the same characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

impl Encoding {
    /// All of them, the most usual first.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Windows1252, Self::Utf16Le, Self::Utf16Be];

    /// The name in standards.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// Why a file is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotText {
    /// Nothing is in it.
    Empty,
    /// A workbook of a spreadsheet program.
    Workbook,
    /// Bytes that are no characters.
    Binary,
}

/// What stands for bytes that are no character of the encoding.
pub const UNREADABLE: char = '\u{fffd}';

/// Turns bytes into text, with `\n` at the ends of lines and without a byte order mark. `encoding` is what the user chose; `None`
/// finds it out. Bytes that are no characters become [`UNREADABLE`].
///
/// # Errors
/// The file is no text.
pub fn decode(bytes: &[u8], encoding: Option<Encoding>) -> Result<(String, Encoding), NotText> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(NotText::Workbook);
    }
    let encoding = encoding.unwrap_or_else(|| detect(bytes));
    let text = match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
        Encoding::Utf16Le => utf16(bytes, u16::from_le_bytes),
        Encoding::Utf16Be => utf16(bytes, u16::from_be_bytes),
        Encoding::Windows1252 => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.contains('\0') {
        return Err(NotText::Binary);
    }
    if text.trim().is_empty() {
        return Err(NotText::Empty);
    }
    Ok((text.replace("\r\n", "\n").replace('\r', "\n"), encoding))
}

/// By the byte order mark; else by the zeros that UTF-16 has beside each plain letter; else UTF-8 if that is possible.
fn detect(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => return Encoding::Utf8,
        [0xff, 0xfe, ..] => return Encoding::Utf16Le,
        [0xfe, 0xff, ..] => return Encoding::Utf16Be,
        _ => {}
    }
    let pairs = bytes.as_chunks::<2>().0.iter().take(1000);
    let zeros = |at: usize| pairs.clone().filter(|pair| pair.get(at) == Some(&0)).count();
    let (first, second, all) = (zeros(0), zeros(1), pairs.clone().count());
    match (first * 2 > all, second * 2 > all) {
        (false, true) => Encoding::Utf16Le,
        (true, false) => Encoding::Utf16Be,
        _ if is_mostly_utf8(bytes) => Encoding::Utf8,
        _ => Encoding::Windows1252,
    }
}

/// Whether all lines are UTF-8, or at least more of those with other than plain letters than are not: then a few lines were
/// written by another program, and they are named.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        *(if std::str::from_utf8(line).is_ok() { &mut good } else { &mut bad }) += 1;
    }
    bad == 0 || good > bad
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let text = char::decode_utf16(units).map(|read| read.unwrap_or(UNREADABLE));
    text.chain((!rest.is_empty()).then_some(UNREADABLE)).collect()
}

/// The characters of the bytes 0x80 to 0x9f, where Latin-1 has control characters; 0 where there is none.
const WINDOWS: [u16; 32] = [
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
    0x0153, 0, 0x017e, 0x0178,
];

fn windows_1252(byte: u8) -> char {
    let own = byte.checked_sub(0x80).and_then(|at| WINDOWS.get(usize::from(at)));
    match own {
        None => char::from(byte),
        Some(0) => UNREADABLE,
        Some(code) => char::from_u32(u32::from(*code)).unwrap_or(UNREADABLE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_of(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_usual_encoding_is_found() {
        let text = "Name;Ort\nZoë Groß;Łódź €";
        let western = "Name;Ort\nZoë Groß;“Málaga” €";
        let latin = b"Name;Ort\nZo\xeb Gro\xdf;\x93M\xe1laga\x94 \x80".to_vec();
        for (bytes, text, encoding) in [
            (text.as_bytes().to_vec(), text, Encoding::Utf8),
            (format!("\u{feff}{text}").into_bytes(), text, Encoding::Utf8),
            (utf16_of(text, u16::to_le_bytes), text, Encoding::Utf16Le),
            (utf16_of(text, u16::to_be_bytes), text, Encoding::Utf16Be),
            (utf16_of(&format!("\u{feff}{text}"), u16::to_le_bytes), text, Encoding::Utf16Le),
            (utf16_of(&format!("\u{feff}{text}"), u16::to_be_bytes), text, Encoding::Utf16Be),
            (latin, western, Encoding::Windows1252),
        ] {
            assert_eq!(decode(&bytes, None), Ok((text.to_owned(), encoding)));
        }
    }

    #[test]
    fn one_line_of_another_encoding_does_not_spoil_the_others() {
        let mut bytes = "Zoë\nÅsa\n".as_bytes().to_vec();
        bytes.extend(b"Gro\xdf\r\n");
        assert_eq!(decode(&bytes, None), Ok(("Zoë\nÅsa\nGro\u{fffd}\n".to_owned(), Encoding::Utf8)));
    }

    #[test]
    fn what_is_no_text_is_said() {
        assert_eq!(decode(b"PK\x03\x04rest", None), Err(NotText::Workbook));
        assert_eq!(decode(b" \r\n", None), Err(NotText::Empty));
        assert_eq!(decode(b"", None), Err(NotText::Empty));
        assert_eq!(decode(b"a\0\0\0b,c", None), Err(NotText::Binary));
    }
}
