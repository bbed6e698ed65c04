//! Removes from the finished Wasm the sections that only tools read, such as function names.

use std::fs;
use std::path::Path;

use anyhow::Result;
use wasmparser::{Parser, Payload};

use crate::files;

/// Magic number and version.
const HEADER: usize = 8;

/// Strips every Wasm file below `folder`.
pub fn strip(folder: &Path) -> Result<()> {
    for file in files::below(folder)? {
        if file.extension().is_some_and(|kind| kind == "wasm") {
            fs::write(&file, without_custom_sections(&fs::read(&file)?)?)?;
        }
    }
    Ok(())
}

/// The module without its custom sections: no engine needs one.
fn without_custom_sections(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut stripped = wasm.get(..HEADER).unwrap_or_default().to_vec();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else { continue };
        if !matches!(payload, Payload::CustomSection(_)) {
            let content = wasm.get(usize::try_from(range.start)?..usize::try_from(range.end)?);
            stripped.push(id);
            let content = content.unwrap_or_default();
            stripped.extend(leb128(content.len()));
            stripped.extend_from_slice(content);
        }
    }
    Ok(stripped)
}

/// A length in LEB128: seven bits a byte, the lowest first.
fn leb128(length: usize) -> impl Iterator<Item = u8> {
    let mut rest = Some(length);
    std::iter::from_fn(move || {
        let now = rest?;
        rest = (now >> 7 > 0).then_some(now >> 7);
        let more = if rest.is_some() { 0x80 } else { 0 };
        Some((now & 0x7f) as u8 | more)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_sections_are_removed() {
        let header = b"\0asm\x01\0\0\0";
        let types = [1, 4, 1, 0x60, 0, 0];
        let names = [0, 6, 4, b'n', b'a', b'm', b'e', 7];
        let whole = [&header[..], &names, &types, &names].concat();
        assert_eq!(without_custom_sections(&whole).unwrap(), [&header[..], &types].concat());
    }

    #[test]
    fn lengths_are_encoded_as_leb128() {
        for (length, bytes) in
            [(0, vec![0]), (127, vec![127]), (128, vec![0x80, 1]), (624_485, vec![0xe5, 0x8e, 0x26])]
        {
            assert_eq!(leb128(length).collect::<Vec<_>>(), bytes, "{length}");
        }
    }
}
