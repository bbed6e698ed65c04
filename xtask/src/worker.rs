//! Writes the service worker from a template and the list of the files of this version of the app.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Result;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::files;

const CACHING: &str = include_str!("worker/caching.js");
const UNCACHED: &str = include_str!("worker/uncached.js");

/// The folder of files that no start of the app needs.
const LATER: &str = "guide/";

/// A worker that caches every file below `folder`, each checked against its SHA-256: those of the guide after the others.
pub fn caching(folder: &Path) -> Result<String> {
    let (later, files): (BTreeMap<_, _>, BTreeMap<_, _>) =
        list(folder)?.into_iter().partition(|(address, _)| address.starts_with(LATER));
    let list = serde_json::to_string_pretty(&files)?;
    let later = serde_json::to_string_pretty(&later)?;
    // The template is part of the version: a changed worker must not share a cache with its predecessor.
    let version = &BASE64_STANDARD.encode(Sha256::digest(format!("{CACHING}{list}{later}")))[..12];
    Ok(CACHING.replace("@VERSION@", version).replace("'@FILES@'", &list).replace("'@LATER@'", &later))
}

/// A worker that caches nothing and deletes the caches of earlier workers.
pub fn uncached() -> &'static str {
    UNCACHED
}

fn list(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut list = BTreeMap::new();
    for file in files::below(folder)? {
        let address = files::address(folder, &file)?;
        let is_compressed = address.ends_with(".br") || address.ends_with(".gz");
        if !is_compressed && !matches!(address.as_str(), "sw.js" | "404.html") {
            list.insert(address, BASE64_STANDARD.encode(Sha256::digest(fs::read(&file)?)));
        }
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_names_every_file_but_the_worker_and_its_version_follows_the_bytes() {
        let folder = std::env::temp_dir().join(format!("counterfoil-worker-{}", std::process::id()));
        fs::create_dir_all(folder.join("deep")).unwrap();
        fs::create_dir_all(folder.join("guide")).unwrap();
        for (name, bytes) in [
            ("index.html", "a"),
            ("deep/b.wasm", "b"),
            ("sw.js", "c"),
            ("404.html", "d"),
            ("guide/a.html", "e"),
        ] {
            fs::write(folder.join(name), bytes).unwrap();
        }
        let first = caching(&folder).unwrap();
        fs::write(folder.join("deep/b.wasm"), "B").unwrap();
        let second = caching(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();

        assert!(first.contains(r#""index.html": "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=""#), "{first}");
        assert!(
            first.contains(r#""deep/b.wasm": "PiPoFgA5WUoziU9lZOGxNIu9egCI1CxKy3PurtWcAJ0=""#),
            "{first}"
        );
        let (_, later) = first.split_once("const LATER").unwrap();
        let (later, _) = later.split_once('}').unwrap();
        assert!(later.contains(r#""guide/a.html""#) && !later.contains("index.html"), "{first}");
        assert!(!first.contains(r#""sw.js""#) && !first.contains("@VERSION@") && !first.contains("@FILES@"));
        let version =
            |script: &str| script.lines().find(|line| line.contains("VERSION =")).unwrap().to_owned();
        assert_ne!(version(&first), version(&second));
    }
}
