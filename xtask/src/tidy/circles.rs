//! No two files of a crate import each other, directly or through other files.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Finding;
use super::imports::Imports;

/// Finds the import circles of crates.
pub fn circles(crates: &[Imports<'_>]) -> Vec<Finding> {
    let of_crate = |imports| circles_of(imports).into_iter().map(move |circle| finding(&circle, imports));
    crates.iter().flat_map(of_crate).collect()
}

/// The files of one circle: each imports every other one, directly or through other files of the circle.
type Circle<'a> = BTreeSet<&'a str>;

fn circles_of<'a>(imports: &Imports<'a>) -> Vec<Circle<'a>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        imports.keys().map(|file| (*file, reached_from(file, imports))).collect();
    let reaches = |from: &str, to: &str| reached.get(from).is_some_and(|files| files.contains(to));
    let circle = |file: &str| -> Circle<'a> {
        imports.keys().copied().filter(|other| reaches(file, other) && reaches(other, file)).collect()
    };
    let all: BTreeSet<Circle<'a>> = imports.keys().map(|file| circle(file)).collect();
    all.into_iter().filter(|circle| circle.len() > 1).collect()
}

fn reached_from<'a>(file: &'a str, imports: &Imports<'a>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![file];
    while let Some(next) = open.pop() {
        let new = imports.get(next).into_iter().flat_map(BTreeMap::keys);
        open.extend(new.copied().filter(|file| reached.insert(*file)));
    }
    reached
}

fn finding(circle: &Circle<'_>, imports: &Imports<'_>) -> Finding {
    let mut what = format!("an import circle of {} files", circle.len());
    for from in circle {
        let targets = imports.get(from).into_iter().flatten();
        for (to, names) in targets.filter(|(to, _)| circle.contains(*to)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            what += &format!("\n  {from} -> {to}: {}", names.join(", "));
        }
    }
    Finding::in_file(circle.first().copied().unwrap_or_default(), what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::imports::imports;
    use crate::tidy::source::Source;

    /// The circles of a crate `crates/a`, given its files as path below `src/` and text.
    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let source = |(path, text): &(&str, &str)| Source::new(&format!("crates/a/src/{path}"), text);
        let sources: Vec<Source> = files.iter().map(source).collect();
        circles(&imports(&sources)).iter().map(ToString::to_string).collect()
    }

    const ROOT: (&str, &str) = ("lib.rs", "mod b;\nmod c;\nmod d;\npub use c::C;");

    #[test]
    fn two_files_that_import_each_other_are_a_circle_with_the_names_that_tie_it() {
        let b = ("b.rs", "use crate::c::{C, self};\npub struct B;\nfn f(_: C) { c::g(); }");
        let c = ("c.rs", "pub struct C;\npub fn g() { super::b::B; }");
        let found = found(&[ROOT, b, c]);
        let expected = "crates/a/src/b.rs:1: an import circle of 2 files\n  \
                        crates/a/src/b.rs -> crates/a/src/c.rs: C, g\n  \
                        crates/a/src/c.rs -> crates/a/src/b.rs: B";
        assert_eq!(found, [expected]);
    }

    #[test]
    fn a_name_is_followed_through_re_exports_to_the_file_that_defines_it() {
        let c = ("c.rs", "use crate::b::B;\npub struct C;");
        for b in ["use crate::C;\npub struct B;", "pub struct B;\nfn f() -> crate::C {}"] {
            assert_eq!(found(&[ROOT, ("b.rs", b), c]).len(), 1, "{b}");
        }
        let b = ("b.rs", "use crate::d::Renamed;\npub struct B;");
        let d = ("d.rs", "pub use super::c::C as Renamed;");
        assert_eq!(found(&[ROOT, b, c, d]).len(), 1);
    }

    #[test]
    fn a_file_that_hands_a_name_on_is_imported_too() {
        let b = ("b.rs", "mod inner;\npub use inner::Inner;\nuse crate::c::C;\npub struct B(C);");
        let c = ("c.rs", "use crate::b::Inner;\npub struct C(Inner);");
        assert_eq!(found(&[ROOT, b, c, ("b/inner.rs", "pub struct Inner;")]).len(), 1);
    }

    #[test]
    fn a_circle_through_three_files_is_found_once() {
        let b = ("b.rs", "use crate::c::C;\npub struct B;");
        let c = ("c.rs", "pub struct C(crate::d::D);");
        let d = ("d.rs", "use super::b;\npub struct D(b::B);");
        let found = found(&[ROOT, b, c, d]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found.iter().all(|each| each.contains("3 files")), "{found:?}");
    }

    #[test]
    fn what_is_no_import_makes_no_circle() {
        let c = ("c.rs", "use crate::b::B;\npub struct C;");
        for b in [
            "pub struct B;",
            "pub struct B; // crate::c::C",
            "pub struct B;\nconst TEXT: &str = \"crate::c::C\";",
            "pub use crate::c::C;\npub struct B;",
            "pub struct B;\n#[cfg(test)]\nmod tests { use crate::c::C; }",
            "pub struct B;\n#[cfg(all(test, unix))]\nfn f() { crate::c::g(); }",
            "use other::c::C;\npub struct B;",
        ] {
            assert_eq!(found(&[ROOT, ("b.rs", b), c]), Vec::<String>::new(), "{b}");
        }
    }

    #[test]
    fn a_re_export_that_the_file_uses_itself_is_an_import() {
        let (b, c) = ("pub use crate::c::C;\npub struct B(C);", "use crate::b::B;\npub struct C;");
        assert_eq!(found(&[ROOT, ("b.rs", b), ("c.rs", c)]).len(), 1);
    }

    #[test]
    fn a_module_may_name_what_a_module_above_it_defines() {
        let b = ("b.rs", "mod inner;\nuse inner::Inner;\npub struct B(Inner);");
        let inner = ("b/inner.rs", "use super::B;\npub struct Inner(Box<B>);");
        assert!(found(&[ROOT, b, inner]).is_empty());
        let c = ("c.rs", "use crate::b::B;\npub struct C;");
        let inner = ("b/inner.rs", "use super::super::c::C;\npub struct Inner;");
        assert_eq!(found(&[ROOT, b, inner, c]).len(), 1, "b -> inner -> c -> b");
    }

    #[test]
    fn files_that_hold_tests_alone_are_left_out() {
        let b = ("b.rs", "#[cfg(test)]\nmod inner;\npub struct B;");
        let (inner, more) =
            (("b/inner/mod.rs", "mod more;"), ("b/inner/more.rs", "use crate::c::C;\npub struct M;"));
        let c = ("c.rs", "use crate::b::inner::more::M;\npub struct C;");
        assert!(found(&[ROOT, b, inner, more, c]).is_empty());
    }
}
