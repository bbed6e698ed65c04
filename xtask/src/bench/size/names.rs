//! Names of functions, from the compiler's to those a table can be grouped by.

/// As Rust writes it: demangled, without the hash that tells copies apart.
pub fn readable(mangled: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(mangled));
    match name.rsplit_once("::h") {
        Some((path, hash)) if hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            path.to_owned()
        }
        _ => name,
    }
}

/// The same name for all copies of a generic function: what stands in angle brackets goes, but not the brackets of
/// `<Type as Trait>` at the front.
pub fn generic(name: &str) -> String {
    let (mut short, mut depth, mut before) = (String::with_capacity(name.len()), 0_usize, ' ');
    for (at, c) in name.char_indices() {
        // The arrow of a function's type closes nothing.
        let closes = c == '>' && before != '-';
        before = c;
        match c {
            '<' if at > 0 => depth += 1,
            _ if closes && depth > 0 => depth -= 1,
            _ if depth == 0 => short.push(c),
            _ => {}
        }
    }
    short.replace("::::", "::").trim_end_matches("::").to_owned()
}

/// The crate a function belongs to: that of the type for a method, that of the trait where the type is a parameter.
pub fn owner(name: &str) -> String {
    path(name).split("::").next().unwrap_or_default().to_owned()
}

/// Crate and first modules for functions of the house, the crate for others.
pub fn room(name: &str) -> String {
    const HOUSE: [&str; 5] = ["counterfoil_app", "ledger", "journal", "codec", "daybook"];
    let owner = owner(name);
    if !HOUSE.contains(&owner.as_str()) {
        return "(others)".to_owned();
    }
    let deep = if owner == "counterfoil_app" { 3 } else { 2 };
    let modules = path(name).split("::").take_while(|part| part.starts_with(char::is_lowercase));
    modules.take(deep).collect::<Vec<_>>().join("::")
}

/// The path a name begins with.
fn path(name: &str) -> &str {
    let plain = bare(name);
    match plain.split_once(" as ") {
        // A parameter such as `F` has no path of its own.
        Some((own, of)) if !own.contains("::") => bare(of),
        _ => plain,
    }
}

/// Without what may stand before a path.
fn bare(name: &str) -> &str {
    let mut rest = name;
    for _ in 0..name.len() {
        let before = rest;
        for sign in ["<", "&", "(", "[", "*", "mut ", "const ", "dyn ", "impl "] {
            rest = rest.strip_prefix(sign).unwrap_or(rest);
        }
        if before == rest {
            break;
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_without_its_hash() {
        let mangled = "_ZN6ledger5money5Money3add17h0123456789abcdefE";
        assert_eq!(readable(mangled), "ledger::money::Money::add");
        assert_eq!(readable("ledger::money::Money::add::h0123456789abcdef"), "ledger::money::Money::add");
        assert_eq!(readable("__wbindgen_malloc"), "__wbindgen_malloc");
    }

    #[test]
    fn copies_of_a_generic_function_have_one_name() {
        let copy = "<alloc::vec::Vec<fn(u8) -> u8> as core::clone::Clone>::clone";
        assert_eq!(generic(copy), "<alloc::vec::Vec as core::clone::Clone>::clone");
        assert_eq!(generic("core::ptr::drop_in_place::<ledger::Body>"), "core::ptr::drop_in_place");
        assert_eq!(
            generic("core::ptr::drop_in_place<Option<Id>>::{{closure}}"),
            "core::ptr::drop_in_place::{{closure}}"
        );
    }

    #[test]
    fn a_function_belongs_to_its_type_or_to_its_trait() {
        assert_eq!(owner("<ledger::id::Id as core::fmt::Display>::fmt"), "ledger");
        assert_eq!(owner("<F as tachys::view::Render>::build"), "tachys");
        assert_eq!(owner("<&mut serde_json::de::Deserializer<R> as serde::Deserializer>::x"), "serde_json");
        assert_eq!(room("counterfoil_app::screens::order::Order"), "counterfoil_app::screens::order");
        assert_eq!(room("<ledger::account::lot::Lot as Clone>::clone"), "ledger::account");
        assert_eq!(room("core::fmt::write"), "(others)");
    }
}
