//! Stored formats: a sample of every kind and version can always be read.
#![allow(clippy::unwrap_used)]

use ledger::entry::{Body, Malformed};
use ledger::money::Currency;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeSet;

#[derive(Deserialize)]
struct Sample<'a> {
    kind: &'a str,
    kv: u32,
    #[serde(borrow)]
    body: &'a RawValue,
}

fn samples() -> Vec<Sample<'static>> {
    include_str!("../samples/kinds.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn pounds() -> Currency {
    Currency::new("GBP").unwrap()
}

#[test]
fn every_sample_round_trips_byte_for_byte() {
    for sample in samples() {
        let read = Body::decode_strict(sample.kind, sample.kv, sample.body.get(), &pounds());
        let body = read.unwrap_or_else(|error| panic!("{}: {error}", sample.kind));
        assert_eq!(body.kind(), sample.kind);
        if is_written_today(&sample) {
            let expected = (sample.kind.into(), sample.kv, sample.body.get().into());
            assert_eq!(body.encode(&pounds()), expected);
        }
    }
}

/// Whether the program still writes this version of the kind, which is the highest.
fn is_written_today(sample: &Sample<'_>) -> bool {
    written_today(sample.kind) == sample.kv
}

/// The version of a kind that the program writes.
fn written_today(kind: &str) -> u32 {
    Body::KINDS.iter().filter(|(known, _)| *known == kind).map(|(_, version)| *version).max().unwrap()
}

#[test]
fn an_earlier_version_is_decoded_strictly_and_converted_to_the_current_one() {
    let earlier: Vec<_> = samples().into_iter().filter(|sample| !is_written_today(sample)).collect();
    let versions: BTreeSet<_> = earlier.iter().map(|sample| (sample.kind, sample.kv)).collect();
    assert_eq!(versions, EARLIER.into_iter().collect());
    for sample in earlier {
        let json = sample.body.get();
        let body = Body::decode_strict(sample.kind, sample.kv, json, &pounds()).unwrap();
        let (kind, version, today) = body.encode(&pounds());
        assert_eq!((kind.as_str(), version), (sample.kind, written_today(sample.kind)));
        assert_eq!(Body::decode_strict(&kind, version, &today, &pounds()), Ok(body));
        let spaced = format!("{{ {}", &json[1..]);
        let refused = Body::decode_strict(sample.kind, sample.kv, &spaced, &pounds());
        assert_eq!(refused, Err(Malformed::NotCanonical));
    }
}

/// The versions that are only read.
const EARLIER: [(&str, u32); 22] = [
    ("charge.asked", 1),
    ("charge.asked", 2),
    ("charge.progressed", 1),
    ("customer.changed", 1),
    ("customer.changed", 2),
    ("day.sealed", 1),
    ("order.credited", 1),
    ("order.placed", 1),
    ("payment.recorded", 1),
    ("payout.completed", 1),
    ("payout.processed", 1),
    ("payout.rejected", 1),
    ("refund.issued", 1),
    ("refund.issued", 2),
    ("refund.recorded", 1),
    ("refund.recorded", 2),
    ("refund.rejected", 1),
    ("refund.requested", 1),
    ("refund.requested", 2),
    ("refund.withdrawn", 1),
    ("right.granted", 1),
    ("shop.changed", 1),
];

#[test]
fn every_kind_and_version_has_a_sample() {
    let sampled: BTreeSet<_> = samples().iter().map(|sample| (sample.kind, sample.kv)).collect();
    for kind in Body::KINDS {
        assert!(sampled.contains(kind), "{kind:?} has no sample in samples/kinds.jsonl");
    }
}

#[test]
fn a_body_of_a_newer_version_is_preserved() {
    for (kind, kv) in [("order.dreamt", 1), ("order.placed", 99)] {
        let body = Body::decode(kind, kv, "{\"odd\": 1}").unwrap();
        assert!(matches!(body, Body::Unknown(_)));
        assert_eq!(body.encode(&pounds()), (kind.into(), kv, "{\"odd\": 1}".into()));
    }
}

#[test]
fn a_body_that_is_not_canonical_is_rejected() {
    let strict = |json: &str| Body::decode_strict("refund.handed-over", 1, json, &pounds());
    assert!(strict("{\"refund\":\"R-1\"}").is_ok());
    assert_eq!(strict("{\"refund\": \"R-1\"}"), Err(Malformed::NotCanonical));
    assert!(matches!(strict("{\"refund\":\"R-1\",\"why\":1}"), Err(Malformed::Json(_))));
    let amount = |amount: &str| {
        let json = format!("{{\"order\":\"O-1\",\"amount\":{amount},\"reason\":\"x\"}}");
        Body::decode_strict("order.written-off", 1, &json, &pounds())
    };
    assert!(amount("\"0.03\"").is_ok());
    for (odd, error) in
        [("\"0.030\"", "canonical"), ("3", "canonical"), ("\"-0.03\"", "amount"), ("0.03", "amount")]
    {
        assert!(amount(odd).unwrap_err().to_string().contains(error), "{odd}");
    }
}

/// A rounding has a sign. It takes no more than its amount, so that money moves the way its document says.
#[test]
fn a_rounding_is_at_most_its_amount() {
    let rounded = |rounding: &str| {
        let account = "{\"code\":1000,\"party\":\"A\"}";
        let json = format!(
            "{{\"payout\":\"X-1\",\"account\":{account},\"amount\":\"5.00\",\"rounding\":\"{rounding}\"}}"
        );
        Body::decode_strict("payout.completed", 2, &json, &pounds())
    };
    assert!(rounded("-0.02").is_ok());
    assert!(rounded("5.00").is_ok());
    assert!(matches!(rounded("5.01"), Err(Malformed::OverLimit(_))));
    assert!(rounded("-99999999.00").is_ok());
    assert!(matches!(rounded("-999999999.00"), Err(Malformed::OverLimit(_))));
    assert!(matches!(rounded("-1000000000.00"), Err(Malformed::Json(_))));
    assert_eq!(rounded("0.00"), Err(Malformed::NotCanonical));
}

#[test]
fn a_text_above_its_limit_is_malformed() {
    let long = "x".repeat(201);
    let json = format!("{{\"name\":\"{long}\"}}");
    assert!(matches!(Body::decode("bank.added", 1, &json), Err(Malformed::OverLimit(_))));
    let accented = format!("{{\"name\":\"{}\"}}", "é".repeat(200));
    assert!(Body::decode("bank.added", 1, &accented).is_ok());
}

#[test]
fn a_money_account_must_hold_money() {
    let json = "{\"account\":{\"code\":4000},\"amount\":\"5.00\"}";
    assert!(matches!(Body::decode("money.opened", 1, json), Err(Malformed::NotForMoney(_))));
}

/// What the fast parser accepts, the general JSON parser accepts too, with the same result. A leading space forces
/// the general parser.
#[test]
fn both_parsers_agree_on_samples_with_a_changed_byte() {
    for sample in samples() {
        let json = sample.body.get();
        for (at, put) in (0..json.len()).flat_map(|at| REPLACEMENTS.map(|put| (at, put))) {
            let changed = format!("{}{put}{}", &json[..at], &json[at + 1..]);
            let read = Body::decode(sample.kind, sample.kv, &changed);
            let by_general_parser = Body::decode(sample.kind, sample.kv, &format!(" {changed}"));
            assert_eq!(read.ok(), by_general_parser.ok(), "{changed}");
        }
    }
}

/// The replacements of a byte.
const REPLACEMENTS: [&str; 16] =
    ["", "0", "1", "01", "\"", ",", "}", "{", "]", "[", ":", "\\", " ", "x", ".", "-"];
