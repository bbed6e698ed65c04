//! `cargo xtask connect`: tells a built app which endpoint it has, where that is not the one that serves its files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::worker;

/// Writes the address of the endpoint into a built app.
#[derive(Args)]
pub struct Connect {
    /// The folder of the built app
    #[arg(long, default_value = "dist")]
    dist: PathBuf,
    /// The address of the endpoint, without a path
    #[arg(long, value_parser = origin)]
    endpoint: String,
}

impl Connect {
    /// Writes it.
    pub fn run(&self) -> Result<()> {
        connect(&self.dist, &self.endpoint)?;
        println!(
            "The app in {} exchanges entries with {} (docs/hosting.md).",
            self.dist.display(),
            self.endpoint
        );
        Ok(())
    }
}

/// What is in front of the address in the page, and what may follow the page's own origin in its policy.
const NAMED: &str = r#"<meta name="counterfoil-endpoint" content=""#;
const POLICY: &str = "connect-src 'self'";

/// The files that contain the page or depend on its bytes.
const CHANGED: [&str; 3] = ["index.html", "404.html", "sw.js"];

/// Writes the address of an endpoint into the page in a folder, and allows it there.
pub fn connect(dist: &Path, endpoint: &str) -> Result<()> {
    let file = dist.join("index.html");
    let page = fs::read_to_string(&file)
        .with_context(|| format!("there is no index.html in {}: build the app first", dist.display()))?;
    let page = with(&page, NAMED, '"', endpoint)
        .context("this index.html is not of this version: build it again")?;
    let page =
        with(&page, POLICY, ';', &format!(" {endpoint}")).context("this index.html has no content policy")?;
    fs::write(&file, &page)?;
    fs::write(dist.join("404.html"), &page)?;
    for name in CHANGED {
        for kind in ["br", "gz"] {
            let compressed = dist.join(format!("{name}.{kind}"));
            if compressed.exists() {
                fs::remove_file(compressed)?;
            }
        }
    }
    // The worker compares each file with its list.
    Ok(fs::write(dist.join("sw.js"), worker::caching(dist)?)?)
}

/// The text with something else between `before` and the next `end`.
fn with(text: &str, before: &str, end: char, between: &str) -> Option<String> {
    let (head, rest) = text.split_once(before)?;
    let (_, tail) = rest.split_once(end)?;
    Some(format!("{head}{before}{between}{end}{tail}"))
}

/// Reads an address without a path. Browsers use an endpoint without TLS only on the same machine.
pub fn origin(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let check = || {
        let (scheme, host) = text.split_once("://").context("write it like https://sync.example.org")?;
        let is_plain =
            |each: char| each.is_ascii_alphanumeric() || matches!(each, '.' | '-' | ':' | '[' | ']');
        ensure!(
            !host.is_empty() && host.chars().all(is_plain),
            "write it like https://sync.example.org, without a path"
        );
        let is_local = ["127.0.0.1", "localhost", "[::1]"].iter().any(|local| host.starts_with(local));
        ensure!(scheme == "https" || scheme == "http" && is_local, "an endpoint elsewhere needs https");
        Ok(())
    };
    check().map(|()| text.to_ascii_lowercase()).map_err(|cause| cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_into_the_page_and_replaced() {
        let folder = std::env::temp_dir().join(format!("counterfoil-connect-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for name in ["index.html", "index.html.br", "sw.js"] {
            fs::write(folder.join(name), include_str!("../../index.html")).unwrap();
        }
        for endpoint in ["https://sync.example.org", "http://127.0.0.1:8080"] {
            connect(&folder, endpoint).unwrap();
            let page = fs::read_to_string(folder.join("index.html")).unwrap();
            assert!(
                page.contains(&format!(r#"<meta name="counterfoil-endpoint" content="{endpoint}">"#)),
                "{page}"
            );
            assert!(page.contains(&format!("connect-src 'self' {endpoint}; manifest-src")), "{page}");
            assert_eq!(page, fs::read_to_string(folder.join("404.html")).unwrap());
            assert!(fs::read_to_string(folder.join("sw.js")).unwrap().contains("\"index.html\""));
        }
        assert!(!folder.join("index.html.br").exists());
        fs::write(folder.join("index.html"), "<!doctype html>").unwrap();
        assert!(
            connect(&folder, "https://sync.example.org").unwrap_err().to_string().contains("build it again")
        );
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn an_address_has_no_path_and_is_safe() {
        for (text, expected) in [
            ("https://Sync.Example.org/", Some("https://sync.example.org")),
            ("http://localhost:8080", Some("http://localhost:8080")),
            ("http://sync.example.org", None),
            ("sync.example.org", None),
            ("https://sync.example.org/v1", None),
            ("https://a; script-src *", None),
            ("https://", None),
        ] {
            assert_eq!(origin(text).ok().as_deref(), expected, "{text}");
        }
    }
}
