//! Leaves out of a file what is compiled for tests alone.

use super::tokens::tokens;

/// The same number of bytes and lines, with blanks for the items marked `#[cfg(test)]` or `#[cfg(all(test, …))]`; and the
/// names of modules that such items declare.
pub fn tests_out(code: &str) -> (String, Vec<&str>) {
    let (mut product, mut modules) = (String::with_capacity(code.len()), Vec::new());
    let mut rest = code;
    while let Some(at) = ["#[cfg(test)]", "#[cfg(all(test,"].iter().filter_map(|mark| rest.find(mark)).min() {
        let (before, marked) = rest.split_at(at);
        let (item, after) = marked.split_at(end_of_item(marked));
        product.push_str(before);
        product.extend(item.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        modules.extend(declared(item));
        rest = after;
    }
    product.push_str(rest);
    (product, modules)
}

/// The length of the attributes and the item that a text begins with.
fn end_of_item(text: &str) -> usize {
    let (mut braces, mut others) = (0_usize, 0_usize);
    for (at, each) in text.char_indices() {
        match each {
            '(' | '[' => others += 1,
            ')' | ']' => others = others.saturating_sub(1),
            '{' => braces += 1,
            '}' if braces <= 1 => return at + 1,
            '}' => braces -= 1,
            ';' if braces == 0 && others == 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The name of a module whose text is in a file of its own: `mod name;`.
fn declared(item: &str) -> Option<&str> {
    let tokens = tokens(item);
    match tokens.as_slice() {
        [.., "mod", name, ";"] => Some(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_item_after_the_mark_is_left_out_and_nothing_else() {
        for (code, left, modules) in [
            ("a #[cfg(test)]\nmod t { x { } } b", "a b", vec![]),
            ("#[cfg(test)]\n#[allow(a, b)]\nmod t; b", "b", vec!["t"]),
            ("#[cfg(all(test, unix))]\npub fn f(a: [u8; 2]) { } b", "b", vec![]),
            ("#[cfg(not(test))]\nmod a;", "#[cfg(not(test))] mod a;", vec![]),
        ] {
            let (product, declared) = tests_out(code);
            assert_eq!(product.len(), code.len(), "{code}");
            assert_eq!(product.split_whitespace().collect::<Vec<_>>().join(" "), left, "{code}");
            assert_eq!(declared, modules, "{code}");
        }
    }
}
