//! Webhooks that are genuine, and those that are not.

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::*;
use crate::gateway::Wanted;
use crate::gateway::stripe::{CHARGE, SHOP};

const SECRET: &str = "whsec_double_0123456789abcdef";
const OTHER: &str = "whsec_another_0123456789abcdef";
const AT: u64 = 1_772_442_000;
const BODY: &[u8] = br#"{"type":"refund.updated","data":{"object":{"id":"re_1","object":"refund"}}}"#;

fn signature(at: &str, body: &[u8], secret: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{at}.").as_bytes());
    mac.update(body);
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn signed(at: u64, secrets: &[&str]) -> String {
    let made = secrets.iter().map(|secret| format!(",v1={}", signature(&at.to_string(), BODY, secret)));
    format!("t={at}{}", made.collect::<String>())
}

fn verify(header: &str) -> Result<(), NotGenuine> {
    WebhookSecrets::new(SECRET).unwrap().verify(header, BODY, AT)
}

/// `tests/gateway/sdk.py` makes sure that the processor's own library signs like this.
#[test]
fn what_the_library_of_the_processor_signs_is_genuine() {
    let text = include_str!("../../../../../tests/gateway/webhook.json");
    let sample: BTreeMap<String, String> = serde_json::from_str(text).unwrap();
    let secrets = WebhookSecrets::new(&sample["secret"]).unwrap();
    let at = sample["at"].parse().unwrap();
    assert_eq!(secrets.verify(&sample["signature"], sample["payload"].as_bytes(), at), Ok(()));
    let Some(Hint::Refund(refund)) = Hint::read(sample["payload"].as_bytes()) else { panic!("no refund") };
    let of = Some(Wanted { shop: "shop-1".into(), refund: "r-1".into() });
    assert_eq!((refund.id.as_str(), refund.amount, refund.of), ("re_1", 3_000, of));
}

#[test]
fn one_right_signature_is_enough() {
    for secrets in [&[SECRET][..], &[OTHER, SECRET], &[SECRET, OTHER]] {
        assert_eq!(verify(&signed(AT, secrets)), Ok(()), "{secrets:?}");
    }
    let header = signed(AT, &[SECRET]);
    assert_eq!(verify(&format!("v0=00,{header},v2=zz,x")), Ok(()));
    assert_eq!(verify(&signed(AT, &[OTHER])), Err(NotGenuine::WrongSignature));
}

#[test]
fn while_a_secret_is_changed_both_are_good() {
    let both = WebhookSecrets::new(&format!("{SECRET}\n{OTHER}\n")).unwrap();
    for secret in [SECRET, OTHER] {
        assert_eq!(both.verify(&signed(AT, &[secret]), BODY, AT), Ok(()));
    }
    assert_eq!(
        both.verify(&signed(AT, &["whsec_third_0123456789"]), BODY, AT),
        Err(NotGenuine::WrongSignature)
    );
}

#[test]
fn a_webhook_is_good_for_five_minutes_both_ways() {
    for (at, outcome) in [
        (AT - 300, Ok(())),
        (AT - 301, Err(NotGenuine::Old)),
        (AT + 300, Ok(())),
        (AT + 301, Err(NotGenuine::Ahead)),
        (u64::MAX, Err(NotGenuine::Ahead)),
        (0, Err(NotGenuine::Old)),
    ] {
        assert_eq!(verify(&signed(at, &[SECRET])), outcome, "{at}");
    }
}

#[test]
fn every_byte_of_the_body_is_signed() {
    let (header, secrets) = (signed(AT, &[SECRET]), WebhookSecrets::new(SECRET).unwrap());
    for at in 0..BODY.len() {
        let mut body = BODY.to_vec();
        body[at] ^= 1;
        assert_eq!(secrets.verify(&header, &body, AT), Err(NotGenuine::WrongSignature), "{at}");
    }
    // The same value written in another way is another body.
    let spaced = [BODY, b" "].concat();
    assert_eq!(secrets.verify(&header, &spaced, AT), Err(NotGenuine::WrongSignature));
}

#[test]
fn a_header_that_is_none_is_no_signature() {
    let right = signature(&AT.to_string(), BODY, SECRET);
    for header in [
        String::new(),
        "t=,v1=".into(),
        format!("t={AT}"),
        format!("v1={right}"),
        format!("t={AT},v0={right}"),
        format!("t={AT},v1={}", &right[1..]),
        format!("t={AT},v1={right}00"),
        format!("t={AT},v1={}", right.replace(|digit: char| digit.is_ascii_digit(), "g")),
        format!("t=+{AT},v1={right}"),
        format!("t=-1,v1={right}"),
        format!("t=99999999999999999999,v1={right}"),
        format!("t={AT}; v1={right}"),
    ] {
        assert_eq!(verify(&header), Err(NotGenuine::Unsigned), "{header}");
    }
    // Only the first time counts, and a leading zero is another text.
    assert_eq!(verify(&format!("t=1,t={AT},v1={right}")), Err(NotGenuine::WrongSignature));
    assert_eq!(verify(&format!("t=0{AT},v1={right}")), Err(NotGenuine::WrongSignature));
}

#[test]
fn secrets_are_told_from_other_texts() {
    for wrong in ["", "whsec_", "whsec_short", "rk_live_abcdefgh12345678", "sk_test_abcdefgh12345678"] {
        assert_eq!(WebhookSecrets::new(wrong), Err(SecretError::NotAWebhookSecret), "{wrong}");
    }
    let three = [SECRET; 3].join(" ");
    assert_eq!(WebhookSecrets::new(&three), Err(SecretError::NotAWebhookSecret));
    assert_eq!(format!("{:?}", WebhookSecrets::new(SECRET).unwrap()), "WebhookSecrets(…)");
}

#[test]
fn what_is_about_nothing_known_gives_no_hint() {
    for body in [
        "",
        "{}",
        "[]",
        "<html>",
        r#"{"data":{"object":{"id":"x"}}}"#,
        r#"{"data":{"object":1}}"#,
        r#"{"data":{"object":{"object":"refund","id":"re_1"}}}"#,
        r#"{"data":{"object":{"object":"refund","id":"re_1","amount":-1,"currency":"gbp"}}}"#,
    ] {
        assert_eq!(Hint::read(body.as_bytes()), None, "{body}");
    }
    assert_eq!(Hint::read(&[b'['; 100_000]), None);
    let charge = |metadata: &str| {
        let object = format!(
            r#"{{"id":"pi_1","object":"payment_intent","amount":5,"currency":"gbp","customer":"cus_1","status":"processing","last_payment_error":null,"metadata":{metadata}}}"#
        );
        Hint::read(format!(r#"{{"data":{{"object":{object}}}}}"#).as_bytes())
    };
    let of = Wanted { shop: "shop-1".into(), refund: "k-1".into() };
    let metadata = format!(r#"{{"{SHOP}":"shop-1","{CHARGE}":"k-1"}}"#);
    assert_eq!(charge(&metadata), Some(Hint::Charge(of)));
    assert_eq!(charge("{}"), Some(Hint::Other("payment_intent".into())), "of a web shop");
    let other = Hint::read(br#"{"data":{"object":{"object":"payout","id":"po_1","metadata":{}}}}"#);
    assert_eq!(other, Some(Hint::Other("payout".into())));
    let dispute = Hint::read(br#"{"data":{"object":{"object":"dispute","id":"dp_1"}}}"#);
    assert_eq!(dispute, Some(Hint::Dispute));
}
