//! The modules of each crate, and the file that defines a name.

use std::collections::BTreeMap;

use super::Imports;
use super::names::{Names, Use};
use crate::tidy::source::Source;
use crate::tidy::tests_out::tests_out;

/// A module's path below the root of its crate.
type Module = Vec<String>;

/// One crate: its files by module.
pub struct Crate<'a> {
    files: BTreeMap<Module, File<'a>>,
}

struct File<'a> {
    path: &'a str,
    names: Names,
}

/// More re-exports in a row than any name has: a limit for imports that lead back to themselves.
const MOST_STEPS: usize = 16;

impl<'a> Crate<'a> {
    /// Every crate of the workspace: every folder `src/` with a `lib.rs` or a `main.rs`.
    pub fn all(sources: &'a [Source]) -> Vec<Self> {
        let roots = |name: &'static str| {
            sources.iter().filter_map(move |source| Some((source.path.strip_suffix(name)?, name)))
        };
        let (libraries, programs) = (roots("src/lib.rs"), roots("src/main.rs"));
        // A library is what can be imported: the program beside it is left out.
        let roots: BTreeMap<&str, &str> = programs.chain(libraries).collect();
        let each = roots.into_iter().map(|(above, root)| {
            let folder = format!("{above}src/");
            let files =
                sources.iter().filter_map(|source| Some((source, source.path.strip_prefix(&folder)?)));
            Self::of(files, root.trim_start_matches("src/"))
        });
        each.collect()
    }

    fn of(sources: impl Iterator<Item = (&'a Source, &'a str)>, root: &str) -> Self {
        let mut files = BTreeMap::new();
        let mut for_tests: Vec<Module> = Vec::new();
        for (source, below) in
            sources.filter(|(_, below)| *below == root || !matches!(*below, "lib.rs" | "main.rs"))
        {
            let module = module(below);
            let (code, tests) = tests_out(&source.code);
            for_tests.extend(tests.into_iter().map(|name| child(&module, name)));
            files.insert(module, File { path: &source.path, names: Names::of(&code) });
        }
        files.retain(|module, _| !for_tests.iter().any(|tests| module.starts_with(tests)));
        Self { files }
    }

    /// Which file imports which, and the names.
    pub fn imports(&self) -> Imports<'a> {
        let mut imports = Imports::new();
        for (module, file) in &self.files {
            let targets = imports.entry(file.path).or_default();
            for (defining, name) in self.named(module, file) {
                let Some(other) = self.files.get(&defining) else { continue };
                if !module.starts_with(&defining) {
                    targets.entry(other.path).or_default().insert(name);
                }
            }
        }
        imports
    }

    /// The names that a file takes from other files, each with the module that defines it and with the modules that
    /// hand it on.
    fn named(&self, module: &Module, file: &File<'_>) -> Vec<(Module, String)> {
        let is_import = |each: &&Use| !each.public || file.names.has(&each.name);
        let uses = file.names.uses.iter().filter(is_import).map(|each| &each.path);
        let mut named = Vec::new();
        for path in uses.chain(&file.names.paths) {
            let mut passed = Vec::new();
            if let Some(path) = self.absolute(module, path, 0) {
                self.follow(&path, &mut passed);
            }
            named.append(&mut passed);
        }
        named
    }

    /// A path written in a module, from the root of the crate; `None` for paths into other crates.
    fn absolute(&self, module: &Module, path: &[String], steps: usize) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        let mut from: Module = match first.as_str() {
            "crate" => Module::new(),
            "self" => module.clone(),
            "super" => above(module)?,
            word => self.relative(module, word, path, steps)?,
        };
        for word in rest {
            from = if word == "super" { above(&from)? } else { child(&from, word) };
        }
        Some(from)
    }

    /// The meaning of the first word of a path: an imported name or a module below this one.
    fn relative(&self, module: &Module, word: &str, path: &[String], steps: usize) -> Option<Module> {
        let below = child(module, word);
        let used = self.files.get(module)?.names.used(word).filter(|used| used.path != path);
        match used {
            Some(used) if steps < MOST_STEPS => self.absolute(module, &used.path, steps + 1),
            _ => self.files.contains_key(&below).then_some(below),
        }
    }

    /// Follows a path to the module that defines its name. Adds that module and each module with a re-export on the
    /// way; nothing when the path ends at a module.
    fn follow(&self, path: &[String], passed: &mut Vec<(Module, String)>) {
        let mut module = Module::new();
        for (at, word) in path.iter().enumerate() {
            let inner = child(&module, word);
            let rest = path.get(at + 1..).unwrap_or_default();
            let is_module = self.files.contains_key(&inner);
            let used = self.files.get(&module).and_then(|file| file.names.used(word));
            match used {
                Some(used) if passed.len() < MOST_STEPS && (rest.is_empty() || !is_module) => {
                    // There is no target for a name of another crate.
                    let Some(mut target) = self.absolute(&module, &used.path, 0) else { return };
                    target.extend_from_slice(rest);
                    passed.push((module, word.clone()));
                    return self.follow(&target, passed);
                }
                _ if is_module => module = inner,
                _ => return passed.push((module, word.clone())),
            }
        }
    }
}

/// `a/b.rs` and `a/b/mod.rs` are the module `a::b`; the root is the empty path.
fn module(below: &str) -> Module {
    let path = below.trim_end_matches(".rs").trim_end_matches("/mod");
    let is_root = matches!(path, "lib" | "main");
    path.split('/').filter(|_| !is_root).map(str::to_owned).collect()
}

fn child(module: &Module, name: &str) -> Module {
    module.iter().cloned().chain([name.to_owned()]).collect()
}

fn above(module: &Module) -> Option<Module> {
    module.split_last().map(|(_, above)| above.to_vec())
}
