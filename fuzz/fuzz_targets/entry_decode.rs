//! Decoding an entry never panics, and an entry that decodes strictly is encoded to the same bytes.
#![no_main]

use codec::decode::{Decoded, Names, decode_envelope};
use journal::Line;
use ledger::entry::Verdict;
use ledger::money::Currency;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let names = &mut Names::default();
    // An envelope is parsed without its body, so more bytes are envelopes than lines.
    if let Ok(envelope) = Line::envelope(bytes) {
        let _ = decode_envelope(&envelope, envelope.clock, Verdict::Ok, None, names);
    }

    let Ok(line) = Line::parse(bytes) else { return };
    let written = line.write().expect("a parsed line can be written");
    let reparsed = Line::parse(written.as_bytes()).expect("and parsed");
    assert_eq!(reparsed.write().as_ref(), Ok(&written));

    let line = line.unread();
    for code in ["GBP", "JPY", "KWD"] {
        let currency = Currency::new(code).expect("a currency");
        let decoded = decode_envelope(&line, line.clock, Verdict::Ok, Some(&currency), names);
        if let Ok(Decoded::Entry(record)) = decoded {
            let (kind, kv, body) = record.entry.body.encode(&currency);
            assert_eq!((kind.as_str(), kv, body.as_str()), (line.kind, line.kv, line.body));
        }
    }
});
