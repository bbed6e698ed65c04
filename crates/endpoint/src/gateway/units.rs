//! How the gateway counts amounts.

/// Whether Stripe counts amounts of the currency as ISO 4217 does. It has two decimals for ISK and UGX and none for MGA, and of the
/// currencies with three it takes amounts that end with 0.
pub fn is_counted_alike(code: &str, amount: u64) -> bool {
    match code {
        "isk" | "ugx" | "mga" => false,
        "bhd" | "jod" | "kwd" | "omr" | "tnd" => amount.is_multiple_of(10),
        _ => true,
    }
}
