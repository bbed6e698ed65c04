//! Signatures that another program made are accepted, and nothing that differs from them.
#![cfg(feature = "verify")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use journal::Hash;
use sync::{PublicKey, Signature};

/// By `openssl pkeyutl -sign -rawin` over the 32 bytes of the hash of `{}`.
const ED25519: (&str, &str) = (
    "ed25519:873c251f2b50ae513d37a877064792a1ce247933771ba4bf49af345cf26411cf",
    "557221ca2cb64f367f2db70ff454c10dc58ecef9568f1c2a9bed4b898ce266e233f5afcfc85734471e457d6ac2e88c4731d27364d7d85114834d3677d295e208",
);

/// By `openssl dgst -sha256 -sign` over the same 32 bytes: r, then s.
const ES256: (&str, &str) = (
    "es256:04a70dadfe3252b88b0a514b9c3ac56870fe326a08d7bedb7b6a3d7ede1c192bceb0d49b922dbbf1bf6e1d3da8f6bf3c6ea6b0b3559f9c81015c00d8dd8d56e2df",
    "c2a2d1ab33c8649b471a131ac164a1f5cae74454cff944c8ce62aa04dec48c7ac1ec4d656095a86508ac9adb5c119e42c4e91eadef62fea858fd908c0a6f2e13",
);

#[test]
fn a_signature_of_a_line_by_each_algorithm_is_accepted_and_no_other() {
    let hash = Hash::of(b"{}");
    for (key, signature) in [ED25519, ES256] {
        let (key, signature) = (PublicKey::parse(key).unwrap(), Signature::parse(signature).unwrap());
        assert!(key.verify(hash.bytes(), &signature).is_ok(), "{key}");
        assert!(key.verify(Hash::of(b"{ }").bytes(), &signature).is_err(), "{key}");
        for at in 0..64 {
            let mut changed = signature;
            changed.0[at] ^= 1;
            assert!(key.verify(hash.bytes(), &changed).is_err(), "{key}, byte {at}");
        }
    }
}

#[test]
fn bytes_that_are_no_point_of_the_curve_are_no_key() {
    let signature = Signature::parse(ES256.1).unwrap();
    let point = PublicKey::parse(&format!("es256:04{}", "01".repeat(64))).unwrap();
    assert!(point.verify(Hash::of(b"{}").bytes(), &signature).is_err());
    // The key of all zeros is a point of small order: with it, one signature would fit many lines.
    assert!(PublicKey::Ed25519([0; 32]).verify(Hash::of(b"{}").bytes(), &Signature([0; 64])).is_err());
}

#[test]
fn a_key_is_read_as_it_is_written_and_in_no_other_form() {
    for (text, _) in [ED25519, ES256] {
        assert_eq!(PublicKey::parse(text).unwrap().to_string(), text);
        assert!(PublicKey::parse(&text.to_uppercase()).is_err());
        assert!(PublicKey::parse(&text[..text.len() - 2]).is_err());
    }
    assert!(PublicKey::parse(&ES256.0.replace(":04", ":02")).is_err());
    assert!(PublicKey::parse(&ED25519.0.replace("ed25519", "rsa")).is_err());
}
