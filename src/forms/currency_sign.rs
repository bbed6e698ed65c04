//! The signs of currencies, as browsers print them: `£` for `GBP`. A currency without a sign is printed with its code.

use ledger::money::Currency;

/// The signs of the narrow format of `Intl.NumberFormat` in the app's locale, with their currencies.
const SIGNS: [(&str, &[&str]); 59] = [
    ("؋", &["AFN"]),
    ("֏", &["AMD"]),
    ("Kz", &["AOA"]),
    (
        "$",
        &[
            "ARS", "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "CLP", "COP", "CUC", "CUP", "DOP", "FJD",
            "GYD", "HKD", "JMD", "KYD", "LRD", "MXN", "NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD", "USD",
            "UYU", "XCD",
        ],
    ),
    ("₼", &["AZN"]),
    ("KM", &["BAM"]),
    ("৳", &["BDT"]),
    ("Bs", &["BOB"]),
    ("R$", &["BRL"]),
    ("P", &["BWP"]),
    ("¥", &["CNY", "JPY"]),
    ("₡", &["CRC"]),
    ("Kč", &["CZK"]),
    ("kr", &["DKK", "ISK", "NOK", "SEK"]),
    ("E£", &["EGP"]),
    ("€", &["EUR"]),
    ("£", &["FKP", "GBP", "GIP", "SHP", "SSP", "SYP"]),
    ("₾", &["GEL"]),
    ("GH₵", &["GHS"]),
    ("FG", &["GNF"]),
    ("Q", &["GTQ"]),
    ("L", &["HNL"]),
    ("kn", &["HRK"]),
    ("Ft", &["HUF"]),
    ("Rp", &["IDR"]),
    ("₪", &["ILS"]),
    ("₹", &["INR"]),
    ("⃀", &["KGS"]),
    ("៛", &["KHR"]),
    ("CF", &["KMF"]),
    ("₩", &["KPW", "KRW"]),
    ("₸", &["KZT"]),
    ("₭", &["LAK"]),
    ("L£", &["LBP"]),
    ("Rs", &["LKR", "MUR", "NPR", "PKR"]),
    ("Ar", &["MGA"]),
    ("K", &["MMK"]),
    ("₮", &["MNT"]),
    ("RM", &["MYR"]),
    ("₦", &["NGN"]),
    ("C$", &["NIO"]),
    ("₱", &["PHP"]),
    ("zł", &["PLN"]),
    ("₲", &["PYG"]),
    ("lei", &["RON"]),
    ("₽", &["RUB"]),
    ("RF", &["RWF"]),
    ("Db", &["STN"]),
    ("฿", &["THB"]),
    ("T$", &["TOP"]),
    ("₺", &["TRY"]),
    ("₴", &["UAH"]),
    ("₫", &["VND"]),
    ("FCFA", &["XAF"]),
    ("Cg.", &["XCG"]),
    ("F CFA", &["XOF"]),
    ("CFPF", &["XPF"]),
    ("R", &["ZAR"]),
    ("ZK", &["ZMW"]),
];

/// The sign that is printed with amounts, or the code.
#[must_use]
pub fn sign(currency: &Currency) -> &str {
    let own = |(_, codes): &&(&str, &[&str])| codes.contains(&currency.code.as_str());
    SIGNS.iter().find(own).map_or(&currency.code, |(sign, _)| sign)
}

/// The text without the currency's sign or code, at one of its ends and with any space beside it.
#[must_use]
pub fn without_sign<'a>(text: &'a str, currency: &Currency) -> &'a str {
    let signs = [sign(currency), &currency.code];
    let found = signs.into_iter().find_map(|sign| {
        let start = text.get(..sign.len()).filter(|start| start.eq_ignore_ascii_case(sign));
        let after = start.and_then(|_| text.get(sign.len()..));
        after.or_else(|| {
            let at = text.len().checked_sub(sign.len())?;
            text.get(at..).filter(|end| end.eq_ignore_ascii_case(sign)).and_then(|_| text.get(..at))
        })
    });
    found.map_or(text, str::trim)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_removed_once() {
        let pounds = Currency::new("GBP").unwrap();
        for (text, left) in [
            ("£5", "5"),
            ("5 £", "5"),
            ("GBP\u{a0}5", "5"),
            ("££5", "£5"),
            ("$5", "$5"),
            ("5", "5"),
            ("", ""),
        ] {
            assert_eq!(without_sign(text, &pounds), left, "{text}");
        }
        assert_eq!(sign(&Currency::new("CHF").unwrap()), "CHF");
    }
}
