//! The format of a line, strict parsing, and its errors.
#![allow(clippy::unwrap_used, clippy::panic)]

use journal::{Clock, Hash, Line, LineError, MAX_LINE, Press};
use serde_json::value::RawValue;

/// A line that every later version must be able to read.
const SAMPLE: &str = concat!(
    r#"{"v":1,"shop":"s-1","device":"d-1","chain":1,"seq":412,"#,
    r#""prev":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff","#,
    r#""clock":[1772442000123,0],"id":"p-1","no":"AP-0412","actor":"ana","on":"2026-03-02","#,
    r#""zone":"Europe/London","accounts":["mira"],"kind":"payment.recorded","kv":1,"#,
    r#""body":{"amount":"50.00","note":"a \" b"}}"#
);

fn with(from: &str, to: &str) -> String {
    assert!(SAMPLE.contains(from), "{from}");
    SAMPLE.replacen(from, to, 1)
}

fn error(text: &str) -> LineError {
    Line::parse(text.as_bytes()).unwrap_err()
}

#[test]
fn parses_the_envelope_and_keeps_the_body_as_it_is() {
    let line = Line::parse(SAMPLE.as_bytes()).unwrap();
    assert_eq!((line.shop, line.device, line.chain, line.seq), ("s-1", "d-1", 1, 412));
    assert_eq!(line.prev.unwrap().to_string(), "00112233445566778899aabbccddeeff".repeat(2));
    assert_eq!(line.clock, Clock(1_772_442_000_123, 0));
    assert_eq!((line.id, line.no, line.actor), ("p-1", Some("AP-0412"), "ana"));
    assert_eq!((line.on, line.zone), ("2026-03-02", "Europe/London"));
    assert_eq!((line.account, line.kind, line.kv), (Some("mira"), "payment.recorded", 1));
    assert_eq!(line.body.get(), r#"{"amount":"50.00","note":"a \" b"}"#);
}

#[test]
fn writes_the_bytes_that_it_parsed() {
    let line = Line::parse(SAMPLE.as_bytes()).unwrap();
    assert_eq!(line.write().unwrap(), SAMPLE);
}

#[test]
fn the_first_line_may_have_no_number_no_account_and_no_previous_hash() {
    let body = RawValue::from_string("{}".into()).unwrap();
    let line = Line {
        seq: 1,
        prev: None,
        no: None,
        account: None,
        body: &body,
        ..Line::parse(SAMPLE.as_bytes()).unwrap()
    };
    let text = line.write().unwrap();
    assert!(text.contains(r#""seq":1,"prev":null,"clock""#), "{text}");
    assert!(text.contains(r#""id":"p-1","actor""#), "{text}");
    assert!(text.contains(r#""accounts":[],"kind""#), "{text}");
}

#[test]
fn a_line_of_a_press_with_several_lines_says_its_place() {
    let text = with(r#""Europe/London","#, r#""Europe/London","press":[2,3],"#);
    let line = Line::parse(text.as_bytes()).unwrap();
    assert_eq!(line.press, Some(Press(2, 3)));
    assert_eq!(line.write().unwrap(), text);
    let spaced = with(r#""kv":1,"#, r#""kv": 1, "press" : [3, 3],"#);
    assert_eq!(Line::parse(spaced.as_bytes()).unwrap().press, Some(Press(3, 3)));
    assert_eq!(Line::parse(SAMPLE.as_bytes()).unwrap().press, None);
}

#[test]
fn the_hash_is_over_the_unchanged_bytes() {
    let spaced = with(r#""kv":1"#, r#""kv": 1"#);
    assert!(Line::parse(spaced.as_bytes()).is_ok());
    assert_ne!(Hash::of(spaced.as_bytes()), Hash::of(SAMPLE.as_bytes()));
}

#[test]
fn names_an_unknown_repeated_or_missing_field() {
    assert_eq!(error(&with(r#""kv":1"#, r#""kv":1,"role":"admin""#)), LineError::UnknownField("role".into()));
    assert_eq!(error(&with(r#""kv":1"#, r#""kv":1,"kv":1"#)), LineError::Twice("kv"));
    assert_eq!(error(&with(r#""kv":1"#, r#""kv":1,"\u006bv":2"#)), LineError::Twice("kv"));
    assert_eq!(error(&with(r#""actor":"ana","#, "")), LineError::Missing("actor"));
    assert_eq!(error("{}"), LineError::Missing("v"));
}

#[test]
fn names_a_field_of_the_wrong_type_or_out_of_range() {
    let wrong = [
        (r#""shop":"s-1""#, r#""shop":"s 1""#, "shop"),
        (r#""device":"d-1""#, r#""device":"""#, "device"),
        (r#""chain":1"#, r#""chain":0"#, "chain"),
        (r#""seq":412"#, r#""seq":"412""#, "seq"),
        (r#""seq":412"#, r#""seq":412.0"#, "seq"),
        (r#""seq":412"#, r#""seq":9007199254740992"#, "seq"),
        (r#""seq":412"#, r#""seq":1"#, "prev"),
        (r#""prev":"0"#, r#""prev":"g"#, "prev"),
        (r#"[1772442000123,0]"#, r#"[1772442000123]"#, "clock"),
        (r#"[1772442000123,0]"#, r#"[-1,0]"#, "clock"),
        (r#""id":"p-1""#, r#""id":"\u0070-1""#, "id"),
        (r#""no":"AP-0412""#, r#""no":null"#, "no"),
        (r#""on":"2026-03-02""#, r#""on":"2026-3-2""#, "on"),
        (r#""zone":"Europe/London""#, r#""zone":"Europe London""#, "zone"),
        (r#"["mira"]"#, r#"["mira","bob"]"#, "accounts"),
        (r#"["mira"]"#, r#""mira""#, "accounts"),
        (r#""kv":1"#, r#""kv":1,"press":[1,1]"#, "press"),
        (r#""kv":1"#, r#""kv":1,"press":[0,2]"#, "press"),
        (r#""kv":1"#, r#""kv":1,"press":[3,2]"#, "press"),
        (r#""kv":1"#, r#""kv":1,"press":[1,257]"#, "press"),
        (r#""Europe/London","#, r#""Europe/London","press":[2,1],"#, "press"),
        (r#""kind":"payment.recorded""#, r#""kind":7"#, "kind"),
        (r#""kv":1"#, r#""kv":0"#, "kv"),
        (r#"{"amount":"50.00","note":"a \" b"}"#, r#"[]"#, "body"),
    ];
    for (from, to, field) in wrong {
        assert_eq!(error(&with(from, to)), LineError::Wrong(field), "{to}");
    }
}

#[test]
fn a_line_is_one_json_object_without_line_ends() {
    assert_eq!(error(&with(r#""v":1"#, "\"v\":1\n")), LineError::NotJson { column: 7 });
    assert!(matches!(error("[]"), LineError::NotJson { .. }));
    assert!(matches!(error(""), LineError::NotJson { .. }));
    assert!(matches!(error(SAMPLE.trim_end_matches('}')), LineError::NotJson { .. }));
    assert!(matches!(error(&format!("{SAMPLE}{SAMPLE}")), LineError::NotJson { .. }));
    assert_eq!(Line::parse(b"{\"\xff\":1}").unwrap_err(), LineError::NotText);
    let deep = with(r#""50.00""#, &"[".repeat(8_000));
    assert!(matches!(error(&deep), LineError::NotJson { .. }));
}

#[test]
fn another_version_is_an_error_of_its_own() {
    assert_eq!(error(&with(r#""v":1"#, r#""v":2"#)), LineError::Version);
}

#[test]
fn neither_parses_nor_writes_a_line_above_the_limit() {
    let long = with("50.00", &"9".repeat(MAX_LINE));
    assert!(matches!(error(&long), LineError::TooLong { .. }));
    let body = RawValue::from_string(format!(r#"{{"a":"{}"}}"#, "9".repeat(MAX_LINE))).unwrap();
    let line = Line { body: &body, ..Line::parse(SAMPLE.as_bytes()).unwrap() };
    assert!(matches!(line.write(), Err(LineError::TooLong { .. })));
}

/// The two parsers, for the canonical form and for any order, give the same result.
#[test]
fn the_order_of_fields_makes_no_difference() {
    let hash = Hash::of(b"x");
    for (prev, seq) in [("null".to_owned(), 1), (format!("\"{hash}\""), 412)] {
        for no in ["", "\"no\":\"AP-0412\","] {
            for accounts in ["", "\"mira\""] {
                let head = format!(
                    "\"shop\":\"s\",\"device\":\"d\",\"chain\":1,\"seq\":{seq},\"prev\":{prev},\"clock\":[17,0],\"id\":\"i\","
                );
                let tail = format!(
                    "{no}\"actor\":\"a\",\"on\":\"2026-03-02\",\"zone\":\"Europe/London\",\"accounts\":[{accounts}],\"kind\":\"k\",\"kv\":1,\"body\":{{\"a\":[1]}}"
                );
                let written = format!("{{\"v\":1,{head}{tail}}}");
                let other = format!("{{{tail},{head}\"v\": 1}}");
                let (one, other) =
                    (Line::parse(written.as_bytes()).unwrap(), Line::parse(other.as_bytes()).unwrap());
                assert_eq!(format!("{one:?}"), format!("{other:?}"));
            }
        }
    }
}
