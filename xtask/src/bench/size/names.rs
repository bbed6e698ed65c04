//! Names of functions: demangled, and as keys for the tables.

/// The demangled name without the hash.
pub fn readable(mangled: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(mangled));
    match name.rsplit_once("::h") {
        Some((path, hash)) if hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            path.to_owned()
        }
        _ => name,
    }
}

/// The common name of all copies of a generic function: without type arguments, but with a leading `<Type as Trait>`.
pub fn generic(name: &str) -> String {
    let (mut short, mut depth, mut before) = (String::with_capacity(name.len()), 0_usize, ' ');
    for (at, c) in name.char_indices() {
        // The arrow of a function type is not a closing bracket.
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

/// The crate of a function: for a method the crate of its type, or of the trait when the type is a parameter.
pub fn owner(name: &str) -> String {
    path(name).split("::").next().unwrap_or_default().to_owned()
}

/// The crate and the first modules of a function of this workspace; `(others)` for other functions.
pub fn module(name: &str) -> String {
    const WORKSPACE: [&str; 5] = ["counterfoil_app", "ledger", "journal", "codec", "daybook"];
    let owner = owner(name);
    if !WORKSPACE.contains(&owner.as_str()) {
        return "(others)".to_owned();
    }
    let deep = if owner == "counterfoil_app" { 3 } else { 2 };
    let modules = path(name).split("::").take_while(|part| part.starts_with(char::is_lowercase));
    modules.take(deep).collect::<Vec<_>>().join("::")
}

/// The path at the beginning of a name.
fn path(name: &str) -> &str {
    let plain = bare(name);
    match plain.split_once(" as ") {
        // A parameter such as `F` has no path.
        Some((own, of)) if !own.contains("::") => bare(of),
        _ => plain,
    }
}

/// A name without the signs before its path.
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
    fn the_hash_is_not_part_of_the_name() {
        let mangled = "_ZN6ledger5money5Money3add17h0123456789abcdefE";
        assert_eq!(readable(mangled), "ledger::money::Money::add");
        assert_eq!(readable("ledger::money::Money::add::h0123456789abcdef"), "ledger::money::Money::add");
        assert_eq!(readable("__wbindgen_malloc"), "__wbindgen_malloc");
    }

    #[test]
    fn all_copies_of_a_generic_function_have_one_name() {
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
        assert_eq!(module("counterfoil_app::screens::order::Order"), "counterfoil_app::screens::order");
        assert_eq!(module("<ledger::account::lot::Lot as Clone>::clone"), "ledger::account");
        assert_eq!(module("core::fmt::write"), "(others)");
    }
}
