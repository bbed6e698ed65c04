//! The functions of a Wasm module by name and size.

use std::collections::HashMap;
use std::ops::Range;

use anyhow::Result;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use super::names;

/// One function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The demangled name, without the hash.
    pub name: String,
    /// The size of its code in bytes.
    pub bytes: u64,
}

/// The sizes of a module.
#[derive(Debug, Default)]
pub struct Module {
    /// Its functions.
    pub items: Vec<Item>,
    /// The size of its data in bytes.
    pub data: u64,
}

impl Module {
    /// Reads a module with a name section.
    ///
    /// # Errors
    /// When the bytes are not a Wasm module.
    pub fn read(wasm: &[u8]) -> Result<Self> {
        let (mut sizes, mut names, mut imported, mut data) = (Vec::new(), HashMap::new(), 0, 0);
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => sizes.push(length(&body.range())),
                Payload::DataSection(section) => data = length(&section.range()),
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(section) = section.as_known() else { continue };
                    for part in section {
                        let Name::Function(map) = part? else { continue };
                        for named in map {
                            let named = named?;
                            names.insert(named.index, names::readable(named.name));
                        }
                    }
                }
                _ => {}
            }
        }
        let name = |at| names.remove(&at).unwrap_or_else(|| "unnamed".to_owned());
        let named = (imported..).map(name).zip(sizes);
        Ok(Self { items: named.map(|(name, bytes)| Item { name, bytes }).collect(), data })
    }

    /// The size of all code in bytes.
    pub fn code(&self) -> u64 {
        self.items.iter().map(|item| item.bytes).sum()
    }

    /// Code size and number of functions by a key, largest first.
    pub fn grouped(&self, key: impl Fn(&Item) -> String) -> Vec<(String, u64, usize)> {
        let mut groups: HashMap<String, (u64, usize)> = HashMap::new();
        for item in &self.items {
            let (bytes, count) = groups.entry(key(item)).or_default();
            *bytes += item.bytes;
            *count += 1;
        }
        let mut sorted: Vec<_> =
            groups.into_iter().map(|(name, (bytes, count))| (name, bytes, count)).collect();
        sorted.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        sorted
    }
}

const fn length(range: &Range<u64>) -> u64 {
    range.end - range.start
}
