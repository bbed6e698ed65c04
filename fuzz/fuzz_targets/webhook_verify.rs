//! Any header and body are genuine or refused, without a panic. What is signed here is genuine for five minutes, and not with another body.
#![no_main]

#[path = "../../crates/endpoint/src/gateway/webhook/signature.rs"]
mod signature;

use hmac::{Hmac, KeyInit, Mac};
use libfuzzer_sys::fuzz_target;
use sha2::Sha256;
use signature::{NotGenuine, verify};

const SECRET: &str = "whsec_double_0123456789abcdef";
const NOW: u64 = 1_772_442_000;

fuzz_target!(|input: (&str, &[u8], u64)| {
    let (header, body, at) = input;
    let secrets = [SECRET.to_owned()];
    // Without the secret nothing is genuine.
    assert!(verify(&secrets, header, body, NOW).is_err());

    let signed = format!("t={at},v1={}", signature_of(at, body));
    let expected = match at {
        0..=1_772_441_699 => Err(NotGenuine::Old),
        1_772_442_301.. => Err(NotGenuine::Ahead),
        _ => Ok(()),
    };
    assert_eq!(verify(&secrets, &signed, body, NOW), expected);
    // What else is in the header does not matter, if it names no time first.
    if !header.split(',').any(|part| part.trim().starts_with("t=")) && header.matches("v1=").count() < 7 {
        assert_eq!(verify(&secrets, &format!("{header},{signed}"), body, NOW), expected);
    }
    let longer = [body, b" "].concat();
    assert_eq!(verify(&secrets, &signed, &longer, NOW), Err(NotGenuine::WrongSignature));
});

fn signature_of(at: u64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("a key of any length");
    mac.update(format!("{at}.").as_bytes());
    mac.update(body);
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}
