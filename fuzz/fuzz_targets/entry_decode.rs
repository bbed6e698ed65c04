//! Decoding an entry never panics. An entry that decodes strictly is encoded to the same bytes; an entry of an earlier
//! version is encoded in the present one, which decodes to the same body. A side record is written to the same bytes.
#![no_main]

use codec::decode::{Decoded, SharedIds, decode_envelope};
use journal::{Envelope, Line, Side};
use ledger::entry::{Body, Verdict};
use ledger::hidden::replaced;
use ledger::money::Currency;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let names = &mut SharedIds::default();
    // An envelope is parsed without its body, so more bytes are envelopes than lines.
    if let Ok(envelope) = Line::envelope(bytes) {
        let _ = decode_envelope(&envelope, envelope.clock, Verdict::Ok, None, names);
    }

    if let Ok(side) = Side::parse(bytes) {
        let written = side.write().expect("a parsed side record can be written");
        assert_eq!(written.as_bytes(), bytes);
    }

    let Ok(line) = Line::parse(bytes) else { return };
    let written = line.write().expect("a parsed line can be written");
    let reparsed = Line::parse(written.as_bytes()).expect("and parsed");
    assert_eq!(reparsed.write().as_ref(), Ok(&written));

    let line = line.to_envelope();
    for code in ["GBP", "JPY", "KWD"] {
        let currency = Currency::new(code).expect("a currency");
        let decoded = decode_envelope(&line, line.clock, Verdict::Ok, Some(&currency), names);
        if let Ok(Decoded::Entry(record)) = decoded {
            check_encoding(&record.entry.body, &line, &currency);
        }
    }
});

fn check_encoding(decoded: &Body, line: &Envelope<'_>, currency: &Currency) {
    let (kind, version, body) = decoded.encode(currency);
    if version == line.kv {
        // A hidden character that came from elsewhere is decoded as what is shown instead, if the entry can be read so; what cannot be
        // read keeps its bytes.
        let shown = replaced(line.body);
        assert_eq!(kind, line.kind);
        assert!(body == line.body || Some(&body) == shown.as_ref(), "{body} of {}", line.body);
        return;
    }
    let present = Body::decode_strict(&kind, version, &body, currency);
    assert_eq!((kind.as_str(), present.as_ref()), (line.kind, Ok(decoded)));
}
