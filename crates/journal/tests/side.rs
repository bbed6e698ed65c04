//! Side records: written and read in one form, within limits, for a line that stands before them.
#![allow(clippy::unwrap_used, clippy::panic)]

use journal::{Clock, Hash, LineError, Problem, Side, SideVerdict, Verifier};

const SIGNATURE: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\
                         0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const SAMPLES: &str = include_str!("../samples/side.jsonl");

fn side() -> Side<'static> {
    Side {
        device: "a",
        chain: 1,
        seq: 1,
        hash: Hash::of(FIRST.as_bytes()),
        order: Clock(1_000, 0),
        verdict: SideVerdict::Ok,
        lseq: Some(9_031),
        signature: Some(SIGNATURE),
    }
}

const FIRST: &str = r#"{"v":1,"shop":"s","device":"a","chain":1,"seq":1,"prev":null,"clock":[1000,0],"id":"i","actor":"ana","on":"2026-03-02","zone":"UTC","accounts":[],"kind":"chain.opened","kv":2,"body":{"letter":"A","drawer":"A","name":"Till","key":null,"why":"new","after":null}}"#;

#[test]
fn every_sample_is_read_and_written_byte_for_byte() {
    let read: Vec<_> = SAMPLES.lines().map(|line| Side::parse(line.as_bytes()).unwrap()).collect();
    let verdicts: Vec<_> = read.iter().map(|side| side.verdict).collect();
    use SideVerdict::{Ok, RefusedLimit, RefusedRevoked, RefusedRole};
    assert_eq!(verdicts, [Ok, RefusedRole, RefusedLimit, RefusedRevoked]);
    for (side, line) in read.iter().zip(SAMPLES.lines()) {
        assert!(Side::is_side(line.as_bytes()));
        assert_eq!(side.write().unwrap(), line);
    }
}

#[test]
fn only_the_canonical_form_is_read() {
    let written = side().write().unwrap();
    assert_eq!(Side::parse(written.as_bytes()), Ok(side()));
    let other = [
        written.replace("\"chain\":1", "\"chain\": 1"),
        written.replace("\"lseq\":9031,", ""),
        written.replace("\"lseq\":9031", "\"lseq\":9031,\"more\":1"),
        written.replace("\"ok\"", "\"refused\""),
        written.replace(SIGNATURE, &SIGNATURE.to_uppercase()),
        format!("{written} "),
        written.replace("\"a\"", &format!("{:?}", "a".repeat(2_000))),
    ];
    for text in other {
        assert_ne!(text, written);
        assert!(matches!(Side::parse(text.as_bytes()), Err(LineError::Wrong(_))), "{text}");
    }
}

#[test]
fn a_field_out_of_range_is_named() {
    let wrong = |side: Side<'_>| match side.write() {
        Err(LineError::Wrong(field)) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(wrong(Side { device: "a b", ..side() }), "device");
    assert_eq!(wrong(Side { chain: 0, ..side() }), "chain");
    assert_eq!(wrong(Side { seq: 0, ..side() }), "seq");
    assert_eq!(wrong(Side { order: Clock(1 << 53, 0), ..side() }), "order");
    assert_eq!(wrong(Side { lseq: Some(0), ..side() }), "lseq");
    assert_eq!(wrong(Side { signature: Some("ab"), ..side() }), "signature");
}

#[test]
fn the_line_of_a_side_record_stands_before_it() {
    let written = side().write().unwrap();
    let mut verifier = Verifier::default();
    assert_eq!(verifier.check(written.as_bytes()), [Problem::NoLineOfSide]);
    assert_eq!(verifier.check(FIRST.as_bytes()), []);
    assert_eq!(verifier.check(written.as_bytes()), []);
    for other in
        [Side { seq: 2, ..side() }, Side { chain: 2, ..side() }, Side { hash: Hash::of(b"x"), ..side() }]
    {
        assert_eq!(verifier.check(other.write().unwrap().as_bytes()), [Problem::NoLineOfSide]);
    }
    assert_eq!(verifier.heads().count(), 1);
}
