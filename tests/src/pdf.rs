//! What the browser prints, as a PDF file: its pages and its text.

use crate::browser::Browser;
use crate::paths;
use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A printed file.
#[derive(Debug)]
pub struct Pdf {
    /// Its pages: width and height in millimetres, rounded.
    pub pages: Vec<(u32, u32)>,
    /// Its text, with columns side by side and a form feed after each page.
    pub text: String,
}

impl Browser {
    /// Prints the page as the browser's print window does, and saves `target/screens/NAME.pdf`, and its first page as a picture.
    ///
    /// # Errors
    /// When it cannot be printed or read.
    pub async fn print(&self, name: &str) -> Result<Pdf> {
        let options = json!({ "preferCSSPageSize": true, "printBackground": false });
        let printed = self.cdp_value("Page.printToPDF", options).await?;
        let data = printed["data"].as_str().context("Chromium printed nothing")?;
        let folder = paths::screens();
        std::fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{name}.pdf"));
        std::fs::write(&file, STANDARD.decode(data)?).with_context(|| file.display().to_string())?;
        picture(&file)?;
        Ok(Pdf { pages: pages(&file)?, text: tool("pdftotext", &["-layout"], &file, &["-"])? })
    }
}

impl Pdf {
    /// Says what of the texts is missing.
    ///
    /// # Errors
    /// When one is missing.
    pub fn has(&self, texts: &[&str]) -> Result<()> {
        let known = words(&self.text);
        let missing: Vec<_> = texts.iter().filter(|text| !known.contains(&words(text))).collect();
        ensure!(missing.is_empty(), "the paper lacks {missing:?}:\n{}", self.text);
        Ok(())
    }

    /// Says what of the texts is printed and must not be.
    ///
    /// # Errors
    /// When one is there.
    pub fn lacks(&self, texts: &[&str]) -> Result<()> {
        let known = words(&self.text);
        let there: Vec<_> = texts.iter().filter(|text| known.contains(&words(text))).collect();
        ensure!(there.is_empty(), "the paper has {there:?}:\n{}", self.text);
        Ok(())
    }
}

/// A text with one space between its words.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn picture(file: &Path) -> Result<()> {
    let without: PathBuf = file.with_extension("");
    let without = without.to_str().context("a path that is no text")?;
    tool("pdftoppm", &["-png", "-r", "110", "-singlefile"], file, &[without]).map(drop)
}

fn pages(file: &Path) -> Result<Vec<(u32, u32)>> {
    let known = tool("pdfinfo", &["-l", "99"], file, &[])?;
    let sizes = known.lines().filter(|line| line.starts_with("Page") && line.contains(" size:"));
    // `Page    1 size: 226.77 x 595.28 pts`
    let size = |line: &str| -> Option<(u32, u32)> {
        let (_, size) = line.split_once("size:")?;
        let (width, rest) = size.split_once(" x ")?;
        Some((millimetres(width)?, millimetres(rest.split_whitespace().next()?)?))
    };
    sizes.map(|line| size(line).with_context(|| line.to_owned())).collect()
}

/// Points, of which an inch has 72, in whole millimetres.
fn millimetres(points: &str) -> Option<u32> {
    let (whole, rest) = points.trim().split_once('.').unwrap_or((points.trim(), "0"));
    let tenths = whole.parse::<u32>().ok()? * 10 + rest.get(..1)?.parse::<u32>().ok()?;
    Some((tenths * 254 + 3_600) / 7_200)
}

fn tool(program: &str, options: &[&str], file: &Path, rest: &[&str]) -> Result<String> {
    let output = Command::new(program).args(options).arg(file).args(rest).output();
    let output = output.with_context(|| format!("{program} is needed: install poppler-utils"))?;
    ensure!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}
