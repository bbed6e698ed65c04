//! Writes the guide of `docs/guide` as pages that the app serves: plain HTML, styled by the app's tokens.

mod markdown;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::place;
use markdown::Page;

const STYLE: &str = include_str!("guide/guide.css");
const THEME: &str = include_str!("guide/theme.js");
const FRAME: &str = include_str!("guide/frame.html");

/// The most bytes of one picture.
const MOST: u64 = 60_000;

/// Writes the pages, their style and their pictures to `guide/` below the staging folder.
pub fn write(staging: &Path) -> Result<()> {
    let (from, to) = (place::at("docs/guide"), staging.join("guide"));
    fs::create_dir_all(&to)?;
    let tokens = tokens(staging)?;
    for (name, page) in pages(&from)? {
        let title = if name == "index" { "Guide".to_owned() } else { format!("{}: guide", page.title) };
        let html =
            FRAME.replace("@TITLE@", &title).replace("@TOKENS@", &tokens).replace("@BODY@", &page.html);
        fs::write(to.join(format!("{name}.html")), html)?;
    }
    for picture in pictures(&from)? {
        let name = picture.file_name().context("a picture without a name")?;
        fs::copy(&picture, to.join(name))?;
    }
    fs::write(to.join("guide.css"), STYLE)?;
    fs::write(to.join("theme.js"), THEME)?;
    Ok(())
}

/// The pages by the names of their addresses, in the order of their files; every link and picture of them exists.
fn pages(folder: &Path) -> Result<Vec<(String, Page)>> {
    let mut pages = Vec::new();
    for file in files(folder, "md")? {
        let text = fs::read_to_string(&file)?;
        let page = markdown::page(&text).with_context(|| file.display().to_string())?;
        pages.push((address(&stem(&file)?), page));
    }
    let known: BTreeSet<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    for (name, page) in &pages {
        for link in &page.links {
            ensure!(known.contains(link.as_str()), "docs/guide/{name}: there is no page {link}");
        }
        for picture in &page.pictures {
            ensure!(
                folder.join("pictures").join(picture).is_file(),
                "docs/guide/{name}: there is no {picture}"
            );
        }
    }
    Ok(pages)
}

/// The name of a page in its address: that of its file, and `index` for the list of all.
fn address(stem: &str) -> String {
    if stem == "README" { "index".to_owned() } else { stem.to_owned() }
}

fn pictures(folder: &Path) -> Result<Vec<PathBuf>> {
    let pictures = files(&folder.join("pictures"), "webp")?;
    for picture in &pictures {
        let bytes = fs::metadata(picture)?.len();
        ensure!(bytes <= MOST, "{}: {bytes} bytes are more than {MOST}", picture.display());
    }
    Ok(pictures)
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|known| known == ending) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn stem(file: &Path) -> Result<String> {
    Ok(file.file_stem().context("a file without a name")?.to_string_lossy().into_owned())
}

/// The name of the sheet with the app's tokens, which has a hash in releases.
fn tokens(staging: &Path) -> Result<String> {
    for file in files(staging, "css")? {
        let name = file.file_name().context("a sheet without a name")?.to_string_lossy().into_owned();
        if name.starts_with("tokens") {
            return Ok(name);
        }
    }
    bail!("the build has no sheet with the tokens")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_and_picture_of_the_guide_exists_and_every_picture_is_shown() {
        let folder = place::at("docs/guide");
        let pages = pages(&folder).unwrap();
        assert!(pages.len() >= 8, "{} pages", pages.len());
        let shown: BTreeSet<&str> =
            pages.iter().flat_map(|(_, page)| page.pictures.iter().map(String::as_str)).collect();
        for picture in pictures(&folder).unwrap() {
            let name = picture.file_name().unwrap().to_string_lossy().into_owned();
            assert!(shown.contains(name.as_str()), "no page shows {name}");
        }
    }

    #[test]
    fn the_app_links_to_pages_that_exist() {
        let pages: BTreeSet<String> =
            pages(&place::at("docs/guide")).unwrap().into_iter().map(|(name, _)| name).collect();
        let source = fs::read_to_string(place::at("src/screens/guide.rs")).unwrap();
        let named: Vec<&str> =
            source.split("=> \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(named.len() >= 6, "{named:?}");
        for name in named {
            assert!(pages.contains(name), "the app links to {name}");
        }
    }
}
