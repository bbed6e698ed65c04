//! No bytes make the decoding of entries panic, and what decodes strictly is written as the same bytes.
#![no_main]

use book::decode::{Decoded, decode_parsed};
use journal::Line;
use ledger::entry::Verdict;
use ledger::money::Currency;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(line) = Line::parse(bytes) else { return };
    let written = line.write().expect("what was read can be written");
    let again = Line::parse(written.as_bytes()).expect("and read");
    assert_eq!(again.write().as_ref(), Ok(&written));

    let _ = decode_parsed(&line, line.clock, Verdict::Ok, None);
    for code in ["GBP", "JPY", "KWD"] {
        let currency = Currency::new(code).expect("a currency");
        let decoded = decode_parsed(&line, line.clock, Verdict::Ok, Some(&currency));
        if let Ok(Decoded::Entry(record)) = decoded {
            let (kind, kv, body) = record.entry.body.encode(&currency);
            assert_eq!((kind.as_str(), kv, body.as_str()), (line.kind, line.kv, line.body.get()));
        }
    }
});
