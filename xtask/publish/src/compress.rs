//! Writes the compressed forms of each file next to it, so that the server need not compress on request.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::files;

/// Smaller files fit in one packet and are not compressed.
const MIN_SIZE: usize = 1_000;

/// Compresses every file below `folder` of a compressible type.
pub fn compress(folder: &Path) -> Result<()> {
    for file in files::below(folder)?.into_iter().filter(|file| is_compressible(file)) {
        let bytes = fs::read(&file)?;
        if bytes.len() >= MIN_SIZE {
            fs::write(beside(&file, "br"), brotli(&bytes)?)?;
            fs::write(beside(&file, "gz"), gzip(&bytes)?)?;
        }
    }
    Ok(())
}

fn is_compressible(file: &Path) -> bool {
    let kind = file.extension().and_then(|kind| kind.to_str());
    matches!(kind, Some("css" | "html" | "js" | "json" | "svg" | "txt" | "wasm" | "webmanifest"))
}

fn beside(file: &Path, kind: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(kind);
    name.into()
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let best = BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: bytes.len(), ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut small, &best)?;
    Ok(small)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn both_compressed_forms_decompress_to_the_same_bytes() {
        let bytes: Vec<u8> = (0..40_000_u32).flat_map(|n| (n / 7).to_le_bytes()).collect();
        let (mut from_brotli, mut from_gzip) = (Vec::new(), Vec::new());
        let small = brotli(&bytes).unwrap();
        brotli::Decompressor::new(small.as_slice(), 4096).read_to_end(&mut from_brotli).unwrap();
        flate2::read::GzDecoder::new(gzip(&bytes).unwrap().as_slice()).read_to_end(&mut from_gzip).unwrap();
        assert!(small.len() < bytes.len() / 4 && from_brotli == bytes && from_gzip == bytes);
    }
}
